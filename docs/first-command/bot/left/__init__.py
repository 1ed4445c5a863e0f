"""How long there still is."""
