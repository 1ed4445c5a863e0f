"""What an officer types for a date: read at the front of a text, and judged: past, too far, a day off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from bot.speech.foreign import foreign
from bot.speech.reading import Understood
from plans.time.days import Doubt, Leaning, Shift, Value, When, month_end_after, name
from plans.time.spoken import Found, find, front

__all__ = ["Doubt", "Found", "Leaning", "Read", "Shift", "Value", "When", "find", "month_end_after"]

MOST_DAYS: Final = 366  # a longer postponement is a slip of the pen or a change of the plan
MOST_MONTHS: Final = 12
MOST_CHOICES: Final = 5
COUNTED: Final = "오늘부터 셈"
_READ_OVER: Final = (
    ("입니다", "이에요", "예요", "이요", "요", "임"),
    ("더",),
    ("연기", "연장", "미룸", "늦춤"),  # "3일 연기 의회": no part of the reason
)


class Read(NamedTuple):
    """What stood at the front of the text, and the rest of it."""

    value: Value
    rest: str
    found: Found | None = None

    @property
    def basis(self) -> str | None:
        return None if self.found is None else basis(self.found)


class Judged(NamedTuple):
    """What is to be done with a value: a day, or a length, or a question with days to choose from; day and question
    stand together where the reading is sure and only the day itself is doubtful (a day off)."""

    day: date | None = None
    shift: Shift | None = None
    question: str | None = None
    choices: tuple[date, ...] = ()


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
    rest = text[found.end :]
    for words in _READ_OVER:
        rest = rest.lstrip()
        word = next((one for one in words if rest.startswith(one) and not rest[len(one) :][:1].isalnum()), "")
        rest = rest.removeprefix(word)
    return Read(found.value, rest.strip(" ,;:"), found)


def judge(value: Value, when: When) -> Judged:
    """Whether the value can be taken: not a doubt, on the right side of today, not too far, and worked on."""
    if isinstance(value, Shift):
        is_long = value.days > MOST_DAYS or value.months > MOST_MONTHS
        question = "1년이 넘는 기간입니다. 새 기한을 날짜로 알려 주십시오."
        return Judged(question=question) if is_long else Judged(shift=value)
    if isinstance(value, Doubt):
        return Judged(question=value.reason, choices=_offered(value.choices, when))
    if when.leaning is Leaning.PAST:
        question = f"완료일 {name(value)}은 아직 오지 않은 날입니다."
        return Judged(value) if value <= when.today else Judged(question=question, choices=(when.today,))
    if value < when.today:
        return Judged(question=f"{name(value)}은 이미 지난 날입니다.")
    if value > when.today + timedelta(days=MOST_DAYS):
        question = f"{name(value)}은 1년이 넘게 남은 날짜입니다. 연도를 확인해 주십시오."
        return Judged(value, question=question)
    if not when.calendar.is_working(value):
        choices = (when.calendar.previous_or_same(value), value, when.calendar.next_or_same(value))
        offered = tuple(one for one in choices if one >= when.today)
        return Judged(value, question=f"{name(value)}은 휴무일입니다.", choices=offered)
    return Judged(value)


def judged(made: Understood, found: Found, when: When) -> Understood:
    """The reading with the day or length that was found, or with what is doubtful about it."""
    one = judge(found.value, when)
    told = basis(found) if when.leaning is Leaning.FUTURE else None
    return replace(made, day=one.day, shift=one.shift, question=one.question, choices=one.choices, basis=told)


def _offered(days: tuple[date, ...], when: When) -> tuple[date, ...]:
    """The days that can be, each once; before a day off the working day ahead of it."""
    found: list[date] = []
    for day in days:
        if when.leaning is Leaning.PAST:
            found += [day] if day <= when.today else []
        elif day >= when.today:
            found += [one for one in (when.calendar.previous_or_same(day), day) if one >= when.today]
    return tuple(dict.fromkeys(found))[:MOST_CHOICES]
