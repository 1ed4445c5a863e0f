"""A command called by its name: with a slash, or by its Korean word, with a slash or at the front ("찾기 보행로")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.commands.base import Command
from bot.commands.registry import BY_KOREAN, BY_NAME

_LEADING = re.compile(r"/?(?P<word>[A-Za-z]+|[^\s@:：\d]+)(?:@\S+)?\s*[:：]?\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """The command and the text behind its name."""

    command: Command
    arguments: str


def is_slashed(text: str) -> bool:
    return text.lstrip().startswith("/")


def read(text: str) -> Call | None:
    """The command that the text calls; None where it calls none."""
    stripped = text.strip()
    if stripped in BY_KOREAN:
        return Call(BY_KOREAN[stripped], "")
    found = _LEADING.match(stripped)
    if found is None:
        return None
    named = BY_NAME.get(found["word"].lower()) if is_slashed(text) else None
    named = named or BY_KOREAN.get(found["word"])
    return Call(named, found["rest"].strip()) if named else None
