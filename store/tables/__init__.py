"""The tables, one file per family."""
