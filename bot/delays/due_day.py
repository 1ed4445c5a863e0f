"""New due days: what a date or a length means for one milestone, what speaks against it, what is offered instead."""

from __future__ import annotations

from datetime import date, timedelta

from bot.chat.turn import Turn
from bot.speech.dates import MOST_DAYS, Shift, month_end_after
from bot.texts import render
from store.models import Milestone
from store.states import Precision

CHOICES = {
    "delay3d": ("+3일", Shift(days=3)),
    "delay1w": ("+1주", Shift(days=7)),
    "delay2w": ("+2주", Shift(days=14)),
}


def counted(milestone: Milestone, length: Shift, today: date) -> date:
    """From the due day; of an overdue item from today."""
    assert milestone.due_on is not None
    return length.from_day(max(milestone.due_on, today))


def basis(milestone: Milestone, length: Shift, today: date) -> str:
    """From where it was counted, for the answer that shows the day."""
    assert milestone.due_on is not None
    return f"{'기한이 지나 오늘' if milestone.due_on < today else '현재 기한'}부터 {length}"


def choices(milestone: Milestone, today: date) -> dict[str, tuple[str, date]]:
    """The days offered by buttons, with their labels. An overdue item counts from today."""
    assert milestone.due_on is not None
    base = max(milestone.due_on, today)
    days = {verb: (label, shift.from_day(base)) for verb, (label, shift) in CHOICES.items()}
    return days | {"delayme": ("월말", month_end_after(base))}


def objection(milestone: Milestone, day: date, today: date) -> str | None:
    """Why the day cannot be a later due day, in a sentence; None where nothing speaks against it."""
    due = milestone.due_on
    assert due is not None
    if day < today:
        return f"{render.long_day(day)}은 이미 지난 날입니다. 바뀐 것은 없습니다."
    if day <= due:
        return f"새 기한 {render.long_day(day)}은 현재 기한 {render.long_day(due)}보다 늦어야 합니다. 바뀐 것은 없습니다."
    if day > max(due, today) + timedelta(days=MOST_DAYS):
        return (
            f"{render.long_day(day)}은 1년이 넘게 남은 날짜입니다. 연도를 확인해 주십시오."
            " 계획의 변경은 기획실과 협의해 주시기 바랍니다."
        )
    return None


def is_inside_window(milestone: Milestone, day: date) -> bool:
    """The day refines a month or the like instead of putting it off."""
    return (
        milestone.precision not in {Precision.DAY, Precision.RANGE}
        and milestone.start_on is not None
        and milestone.due_on is not None
        and milestone.start_on <= day <= milestone.due_on
    )


def inside_reason(milestone: Milestone, day: date) -> str:
    assert milestone.due_on is not None
    return (
        f"{render.long_day(day)}은 현재 기한 {render.long_day(milestone.due_on)}보다 늦지 않아 연기가 아닙니다."
        f" “{milestone.expr}” 안에서 날짜를 정하시는 것이면 아래 버튼을, 연기하시려면 더 늦은 날짜를 보내 주십시오."
    )


def good_example(turn: Turn, milestone: Milestone) -> str:
    """An answer that would be taken, in the form that fits: a date alone where one was asked."""
    assert milestone.due_on is not None
    day = max(milestone.due_on, turn.today) + timedelta(days=7)
    if turn.asked is not None:
        return f"{day.month}.{day.day}"
    return f"/delay {milestone.id} {day.month}.{day.day} 의회 일정"
