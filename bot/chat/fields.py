"""The name of a field at the front of a text, as /edit and /correct have it typed, and what follows it."""

from collections.abc import Mapping

MOST_WORDS = 2  # of the longest name


def field_at(text: str, fields: Mapping[str, str]) -> tuple[str | None, str]:
    """Which of the fields the longest name at the front means, and the rest; None and the text where none does."""
    words = text.split(" ", MOST_WORDS)
    for count in range(MOST_WORDS, 0, -1):
        field = fields.get(" ".join(words[:count]).lower())
        if field is not None:
            return field, " ".join(words[count:]).strip()
    return None, text
