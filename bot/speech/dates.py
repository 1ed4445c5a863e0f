"""What an officer types for a date -> a day: at the front of a text, anywhere in it, or as the whole of it."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from bot.speech.foreign import foreign
from bot.speech.judging import MOST_DAYS, Judged, judge
from plans.time.days import Doubt, Leaning, Shift, Value, When, month_end_after
from plans.time.spoken import Found, find, front

__all__ = [
    "MOST_DAYS",
    "Doubt",
    "Found",
    "Judged",
    "Leaning",
    "Read",
    "Shift",
    "Value",
    "When",
    "find",
    "judge",
    "month_end_after",
    "read",
]

COUNTED: Final = "오늘부터 셈"
_POLITE: Final = ("입니다", "이에요", "예요", "이요", "요", "임")
_ACTS: Final = ("더", "연기", "연장", "미룸", "늦춤")  # "3일 연기 의회": no part of the reason
_SIGNS: Final = " ,;:"


class Read(NamedTuple):
    """What stood at the front of the text, and the rest of it."""

    value: Value
    rest: str
    basis: str | None = None
    found: Found | None = None


def basis(found: Found) -> str | None:
    """From where a day that is not written out was counted, for the answer that shows it."""
    return f"“{found.text}”, {COUNTED}" if found.said.is_counted and isinstance(found.value, date) else None


def read(text: str, when: When) -> Read | None:
    """The date at the front of the text; None where there is none."""
    text = text.strip()
    found = front(text, when) if text else None
    if found is None:
        value = foreign(text, when)
        return None if value is None else Read(value, "")
    rest = text[found.end :].lstrip()
    for words in (_POLITE, _ACTS[:1], _ACTS[1:]):
        rest = _without(rest, words)
    return Read(found.value, rest.strip(_SIGNS), basis(found), found)


def _without(text: str, words: tuple[str, ...]) -> str:
    """The text behind one of the words, where it begins with it."""
    text = text.lstrip()
    word = next((one for one in words if text.startswith(one) and not text[len(one) :][:1].isalnum()), "")
    return text.removeprefix(word)
