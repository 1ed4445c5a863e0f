"""[다른 날에 다시]: its officer names the day before the due day on which the item comes up again; till then nothing is said."""

from datetime import date, timedelta

from bot.chat import stale
from bot.chat.turn import Press, Turn, UsageError, button
from bot.standing.hold import review_day
from bot.standing.remarks import open_milestone
from bot.texts.render import label, say
from jobs.milestones import changes
from jobs.rules.calendar import ONE_DAY, WorkCalendar
from store.models import Dialogue, Milestone

DIALOGUE = "again"
VERB, ON_DAY = "again", "againon"
WEEK = timedelta(days=7)


def choices(today: date, due: date, calendar: WorkCalendar) -> list[date]:
    """Working days to choose from, soonest first: tomorrow, the next week's first day, a week before its last day, and
    that day itself."""
    last = calendar.previous_or_same(due)
    wanted = (
        calendar.next_or_same(today + ONE_DAY),
        calendar.first_of_week(today + WEEK),
        calendar.previous_or_same(last - WEEK),
        last,
    )
    return sorted({one for one in wanted if today < one <= last})


def press(turn: Turn, pressed: Press) -> None:
    milestone = stale.pressed(turn, pressed)
    if milestone is None:
        return
    due = _due_ahead(turn, milestone)
    turn.ask(DIALOGUE, "day", milestone)
    days = choices(turn.today, due, turn.office.rules.calendar)
    shown = [
        button(label("standing.again.on", day=one), ON_DAY, milestone.id, one.toordinal()) for one in days
    ]
    turn.answer(
        "again_ask",
        [shown[at : at + 2] for at in range(0, len(shown), 2)],
        milestone=milestone,
        today=turn.today,
    )


def press_day(turn: Turn, pressed: Press) -> None:
    turn.forget_asked()
    put_off(turn, open_milestone(turn, pressed.id), date.fromordinal(max(1, pressed.revision)))


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The day in words."""
    assert asked.milestone_id is not None
    milestone = open_milestone(turn, asked.milestone_id)
    day, _ = review_day(text, turn.ahead(), label("standing.again.example", day=turn.today + ONE_DAY))
    turn.forget_asked()
    put_off(turn, milestone, day)


def _due_ahead(turn: Turn, milestone: Milestone) -> date:
    """Raises UsageError for what has no day to come before its due day."""
    due = milestone.due_on
    if due is None or turn.office.rules.calendar.previous_or_same(due) <= turn.today:
        raise UsageError(say("standing.again.too-late", number=milestone.id))
    return due


def put_off(turn: Turn, milestone: Milestone, day: date) -> None:
    calendar = turn.office.rules.calendar
    last = calendar.previous_or_same(_due_ahead(turn, milestone))
    until = calendar.next_or_same(day)
    if not turn.today < until <= last:
        raise UsageError(say("standing.again.outside", number=milestone.id, last=last))
    entry = changes.see(turn.deed_for(milestone), milestone, until=until)
    turn.registered("again", entry, milestone=milestone, until=until, today=turn.today)
