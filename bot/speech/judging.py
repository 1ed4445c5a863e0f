"""Whether a day that was read can be taken, or must be asked back: past, too far, a day off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from plans.time.days import Doubt, Leaning, Shift, Value, When, name

MOST_DAYS: Final = 366  # a longer postponement is a slip of the pen or a change of the plan
MOST_MONTHS: Final = 12
MOST_CHOICES: Final = 5


class Judged(NamedTuple):
    """What is to be done with a value: a day, or a length, or a question with days to choose from; day and question
    stand together where the reading is sure and only the day itself is doubtful (a day off)."""

    day: date | None = None
    shift: Shift | None = None
    question: str | None = None
    choices: tuple[date, ...] = ()


def judge(value: Value, when: When) -> Judged:
    """Whether the value can be taken: not a doubt, on the right side of today, not too far, and worked on."""
    if isinstance(value, Shift) and (value.days > MOST_DAYS or value.months > MOST_MONTHS):
        return Judged(question="1년이 넘는 기간입니다. 새 기한을 날짜로 알려 주십시오.")
    if isinstance(value, Shift):
        return Judged(shift=value)
    if isinstance(value, Doubt):
        choices = tuple(one for one in value.choices if _is_possible(one, when))
        return Judged(question=value.reason, choices=_offered(choices, when))
    if when.leaning is Leaning.PAST:
        if value > when.today:
            return Judged(question=f"완료일 {name(value)}은 아직 오지 않은 날입니다.", choices=(when.today,))
        return Judged(day=value)
    return _judged_ahead(value, when)


def _judged_ahead(day: date, when: When) -> Judged:
    if day < when.today:
        return Judged(question=f"{name(day)}은 이미 지난 날입니다.")
    if day > when.today + timedelta(days=MOST_DAYS):
        return Judged(day=day, question=f"{name(day)}은 1년이 넘게 남은 날짜입니다. 연도를 확인해 주십시오.")
    if not when.calendar.is_working(day):
        choices = (when.calendar.previous_or_same(day), day, when.calendar.next_or_same(day))
        offered = tuple(one for one in choices if one >= when.today)
        return Judged(day=day, question=f"{name(day)}은 휴무일입니다.", choices=offered)
    return Judged(day=day)


def _is_possible(day: date, when: When) -> bool:
    return (day >= when.today) if when.leaning is Leaning.FUTURE else (day <= when.today)


def _offered(days: tuple[date, ...], when: When) -> tuple[date, ...]:
    """The days without repetition, a day off with the working day before it."""
    found: list[date] = []
    for day in days:
        near = when.calendar.previous_or_same(day)
        worked = [near] if near >= when.today and when.leaning is Leaning.FUTURE else []
        found += [one for one in (*worked, day) if one not in found]
    return tuple(found[:MOST_CHOICES])
