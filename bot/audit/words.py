"""The kinds of change that the log knows, by the words that people read and search by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.texts.render import codes, words


def action_words() -> Mapping[str, str]:
    """What each kind is called."""
    return words("audit.actions")


@cache
def _kind() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of every language, the longest first: "연기 승인" is no "연기"."""
    found = codes("audit.actions")
    spaced = sorted((r"\s*".join(map(re.escape, one.split())) for one in found), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\S)(?:{'|'.join(spaced)})(?!\S)", re.IGNORECASE)
    return pattern, {"".join(word.split()).casefold(): action for word, action in found.items()}


def kind_of(text: str) -> tuple[str | None, str]:
    """The kind of change that the text names, and the text without it."""
    pattern, actions = _kind()
    found = pattern.search(text)
    if found is None:
        return None, text
    return actions["".join(found[0].split()).casefold()], f"{text[: found.start()]} {text[found.end() :]}"
