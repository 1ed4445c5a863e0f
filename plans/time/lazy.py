"""Patterns that are compiled when they are first looked for: reading a text needs few of them, and starting none."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    @cached_property
    def made(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.made, name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, not compiled yet."""
    return cast("re.Pattern[str]", _Lazy(text, flags))


def any_of(words: str) -> re.Pattern[str]:
    """Any of the words, which stand two spaces or a line apart; one space in a word means any number or none."""
    found = (one.strip().replace(" ", r"\s*") for one in words.split("  "))
    return pattern("|".join(one for one in found if one), re.IGNORECASE)
