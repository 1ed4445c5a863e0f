"""Cells of tables that spreadsheets open: text stays text."""

import re

ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what a spreadsheet file cannot hold
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


def storable(text: str) -> str:
    """Without what a spreadsheet file cannot hold."""
    return ILLEGAL.sub("", text)


def safe(text: str) -> str:
    """As a .csv has it: nothing in it is taken for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
