"""What an officer types without a slash -> a command and its arguments ("완료 121", "연기 121 7/20 의회")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.commands.base import Command
from bot.commands.registry import BY_KOREAN, BY_NAME

_LEADING = re.compile(r"/?(?P<word>[A-Za-z]+|[^\s@:：\d]+)(?:@\S+)?\s*[:：]?\s*(?P<rest>.*)", re.DOTALL)
_NUMBERS_FIRST = re.compile(
    r"(?P<ids>(?:[#＃]?\d{1,9}번?[\s,]+)+)(?P<word>완료|연기|했음|끝)(?P<ending>[가-힣]*)(?P<rest>.*)$",
    re.DOTALL,
)
_POLITE = re.compile(r"^\s*(?:해|부탁)\s*(?:주세요|주십시오|드립니다|드려요)?[.!]?\s*$")
_MEANT = {"했음": "완료", "끝": "완료"}


@dataclass(frozen=True)
class Phrase:
    command: Command
    arguments: str


def read(text: str) -> Phrase | None:
    """A command at the front, by its English or Korean name, or "121 완료"; None for anything else."""
    stripped = text.strip()
    if numbers := _NUMBERS_FIRST.match(stripped):
        command = BY_KOREAN[_MEANT.get(numbers["word"], numbers["word"])]
        rest = "" if _POLITE.match(numbers["rest"]) else numbers["rest"].strip(" .!")
        return Phrase(command, f"{numbers['ids'].strip()} {rest}")
    if stripped in BY_KOREAN:
        return Phrase(BY_KOREAN[stripped], "")
    found = _LEADING.match(stripped)
    if found is None:
        return None
    is_slashed = stripped.startswith("/")
    named = BY_NAME.get(found["word"].lower()) if is_slashed else BY_KOREAN.get(found["word"])
    return Phrase(named, found["rest"].strip()) if named else None
