"""The kinds of change that the log knows, by the words that people read and search by."""

from __future__ import annotations

import re

from bot.texts.render import words

ACTION_WORDS = words("audit.actions")
ACTIONS = {word: action for action, word in ACTION_WORDS.items()}
# The longest first: "연기 승인" is no "연기".
_KIND = re.compile(
    r"(?<!\S)(?:"
    + "|".join(sorted((one.replace(" ", r"\s*") for one in ACTIONS), key=len, reverse=True))
    + r")(?!\S)"
)
_SQUEEZED = {word.replace(" ", ""): action for word, action in ACTIONS.items()}


def kind_of(text: str) -> tuple[str | None, str]:
    """The kind of change that the text names, and the text without it."""
    found = _KIND.search(text)
    if found is None:
        return None, text
    return _SQUEEZED["".join(found[0].split())], f"{text[: found.start()]} {text[found.end() :]}"
