"""The day on which something that waits or is on hold is looked at again (재검토일), as people type it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.chat.arguments import UsageError
from bot.speech.dates import Doubt, Shift, When, read
from bot.texts import render

MOST_DAYS = 366


def review_day(text: str, when: When, example: str) -> tuple[date, str]:
    """The day at the front of the text and what follows it. Raises UsageError for none, or one that cannot be."""
    found = read(text, when)
    if found is None:
        raise UsageError("다시 검토할 날짜를 읽지 못했습니다. 바뀐 것은 없습니다.", example=example)
    if isinstance(found.value, Doubt):
        raise UsageError(found.value.reason + " 바뀐 것은 없습니다.", example=example)
    day = found.value.from_day(when.today) if isinstance(found.value, Shift) else found.value
    return checked(day, when.today, example), found.rest


def checked(day: date, today: date, example: str) -> date:
    if day <= today:
        raise UsageError(
            f"{render.long_day(day)}은 오늘이거나 지난 날입니다. 재검토일은 내일 이후여야 합니다. 바뀐 것은 없습니다.",
            example=example,
        )
    if day > today + timedelta(days=MOST_DAYS):
        raise UsageError(
            f"{render.long_day(day)}은 1년이 넘게 남은 날짜입니다. 1년 안의 날짜로 적어 주십시오. 바뀐 것은 없습니다.",
            example=example,
        )
    return day
