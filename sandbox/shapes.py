"""The shapes that pass between the files: JSON objects and UTF-16 lengths."""

from typing import Any

Json = dict[str, Any]


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: code units of UTF-16, so that most emoji count as two."""
    return len(text) + sum(character > "\uffff" for character in text)
