"""One message on its way: claimed, sent, settled; its rates and its other way out."""
