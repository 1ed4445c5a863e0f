"""One file per format: bytes -> lines and tables with places."""
