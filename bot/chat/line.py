"""How one milestone stands in a list: its facts for the templates, its section, its buttons."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from bot.chat.turn import button
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.texts import render
from bot.texts.render import label, words
from jobs.authority.permissions import Standing
from jobs.milestones.changes import timeline_of
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import SEEN_DAYS, seen_until
from reports.texts.states import GATE_WORDS, ROLE_WORDS, STATE_WORDS
from store import milestones
from store.deliveries import Html
from store.models import Assignment, Milestone
from store.states import AssignmentKind, DelayState, MilestoneState, PastReview, Precision


class Section(StrEnum):
    """Sections of a list, problems first."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this-week"
    COMING = "coming"
    STARTED = "started"
    UNDATED = "undated"
    HELD = "held"
    BEFORE_START = "before-start"

    @property
    def heading(self) -> str:
        return words("chat.section")[self]


def key_day(milestone: Milestone) -> date | None:
    """The day it stands for: its due day, or the start of an open-ended one."""
    return milestone.due_on or milestone.start_on


def section(day: date | None, today: date, *, is_start: bool = False) -> Section:
    """Where a thing of that day stands, seen from `today`; the week ends on Sunday. `is_start`: it has no other day than
    that of its start, and so is never late."""
    if day is None:
        return Section.UNDATED
    if is_start and day <= today:
        return Section.STARTED
    if day < today:
        return Section.OVERDUE
    if day == today:
        return Section.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return Section.THIS_WEEK if day <= sunday else Section.COMING


def section_of(milestone: Milestone, today: date) -> Section:
    """The same of a milestone; what is on hold and what is of before its plan's start stand by themselves, last of all."""
    if milestone.before_start:
        return Section.BEFORE_START
    if milestone.state is MilestoneState.ON_HOLD:
        return Section.HELD
    return section(key_day(milestone), today, is_start=milestone.due_on is None)


def line(
    milestone: Milestone,
    today: date,
    calendar: WorkCalendar,
    *,
    with_people: bool = False,
    with_task: bool = True,
    said_on: date | None = None,
    capacity: str = "",
    promise: str = "",
) -> Html:
    """One item of a list as Telegram HTML. `said_on`: the day an earlier message named; another one is marked.

    `capacity`: why its reader is asked although the task is another's ("김하늘 님 대직"). `promise`: what follows where it
    stays as it is.
    """
    held = milestones.assignees(milestone, today)
    people = [one.officer.name for one in held] if with_people else []
    returns = milestone.review_on is not None and calendar.next_or_same(milestone.review_on) == today
    return render.text(
        "item",
        milestone=milestone,
        task=milestone.task,
        today=today,
        days=(milestone.due_on - today).days if milestone.due_on else None,
        is_open=milestone.state is MilestoneState.PLANNED,
        with_task=with_task,
        is_moved=said_on is not None and said_on != key_day(milestone),
        is_before_start=milestone.before_start,
        waits_for_office=milestone.past_review is PastReview.OPEN,
        is_holiday=milestone.due_on is not None and calendar.is_holiday(milestone.due_on),
        is_exact=milestone.precision is Precision.DAY,
        state_word=STATE_WORDS[milestone.state],
        department=milestone.task.department.name if with_people and milestone.task.department else None,
        people=people,
        accountable=accountable(held),
        capacity=capacity,
        waits=waiting_words(milestone, today),
        seen=milestone.seen_until_on if milestone.seen_until_on and milestone.seen_until_on > today else None,
        why=late_words(milestone) if milestone.due_on and milestone.due_on < today else "",
        held=milestone.reason if returns or milestone.state is MilestoneState.ON_HOLD else None,
        returns=returns,
        withdrawn=milestone.reason if milestone.state is MilestoneState.CANCELLED else None,
        pending=pending_words(milestone, today, calendar),
        last_day=last_working_day(milestone, today, calendar),
        promise=promise,
    )


def accountable(held: Sequence[Assignment]) -> str:
    """Who of several is 주담당; empty where one alone answers for it."""
    is_said = len(held) > 1 and held[0].kind is AssignmentKind.LEAD and guard.lets(Part.NAME)
    return held[0].officer.name if is_said else ""


def capacity(milestone: Milestone, reader: Standing, today: date) -> str:
    """Why the reader is asked where the task is not the reader's own; empty for an own one."""
    away = reader.absent_at(milestone, today)
    if away:
        return label("chat.capacity.stands-in", names=[guard.name(one) for one in away])
    return "" if milestones.assignees(milestone, today) else label("chat.capacity.vacant")


def standing(milestone: Milestone, today: date) -> str:
    """How it stands now, in a few words."""
    if milestone.state is MilestoneState.DONE and milestone.done_on:
        return label("chat.standing.done", day=milestone.done_on, today=today)
    if milestone.state is MilestoneState.CANCELLED and milestone.past_review is PastReview.SETTLED:
        return label("chat.standing.archived")
    if milestone.state is MilestoneState.ON_HOLD and milestone.review_on:
        return label("chat.standing.held", day=milestone.review_on, today=today)
    if milestone.state is not MilestoneState.PLANNED:
        return STATE_WORDS[milestone.state]
    if waits := waiting_words(milestone, today):
        return label("chat.standing.waits", waits=waits)
    if milestone.seen_until_on and milestone.seen_until_on > today:
        return label("chat.standing.seen", day=milestone.seen_until_on, today=today)
    if milestone.due_on:
        return label("chat.standing.due", day=milestone.due_on, today=today)
    return label("chat.standing.undated")


def waiting_words(milestone: Milestone, today: date) -> str:
    """What it waits for and until when (대기); empty where it waits for nothing, or the day has come."""
    day = milestone.review_on
    if milestone.gate is None or day is None or day < today:
        return ""
    return label("chat.standing.waiting", gate=GATE_WORDS[milestone.gate], day=day, today=today)


def pending_words(milestone: Milestone, today: date, calendar: WorkCalendar) -> str:
    """That another day was asked for and who has to decide, since when; empty where nothing is asked."""
    for request in reversed(milestone.delays):
        is_live = request.state is DelayState.PENDING and request.old_due_on == milestone.due_on
        if is_live and request.level is not None:
            waited = (today - calendar.local_date(request.requested_at)).days + 1
            role, until = ROLE_WORDS[request.level], request.new_due_on
            return label("chat.standing.pending", role=role, until=until, waited=waited, today=today)
    return ""


def last_working_day(milestone: Milestone, today: date, calendar: WorkCalendar) -> date | None:
    """The day by which it has to be done at the latest, where its due day is one off and still to come."""
    due = milestone.due_on
    if due is None or due <= today or calendar.is_working(due):
        return None
    last = calendar.previous_or_same(due)
    return last if last >= today else None


def late_words(milestone: Milestone) -> str:
    """Why its present due day passed, where somebody said so; empty where nobody did."""
    is_explained = milestone.explained_due_on is not None and milestone.explained_due_on == milestone.due_on
    return milestone.reason or "" if is_explained else ""


def sparing_from(today: date, rules: Rules) -> Callable[[Milestone], str]:
    """What the button 확인함 says under each; empty where it cannot be pressed any more."""

    def shown(milestone: Milestone) -> str:
        until = seen_until(
            timeline_of(milestone), milestone.seen_times, today, rules.settings, rules.calendar
        )
        if until is None or (milestone.seen_until_on is not None and milestone.seen_until_on > today):
            return ""
        is_week = until - today >= timedelta(days=SEEN_DAYS)
        days = SEEN_DAYS if is_week else None
        return label("chat.button.seen", number=milestone.id, days=days, until=until)

    return shown


def action_row(
    milestone: Milestone,
    today: date | None = None,
    sparing: Callable[[Milestone], str] | None = None,
    *,
    is_moved: bool = False,
) -> list[dict[str, str]]:
    """완료 and 연기 for an item that is still open; none for a closed one. No 연기 without a due day.

    사유 as well where it is late on `today` and nobody has said why; None: not offered. 확인함 where `sparing` has
    words for it. `is_moved`: it stands in a message that named another day; only 완료 makes sense there.
    """
    if milestone.state is not MilestoneState.PLANNED:
        return []
    row = [_button(milestone, "done")]
    if milestone.due_on is not None and not is_moved:
        row.append(_button(milestone, "delay"))
        is_late = today is not None and milestones.is_overdue(milestone, today)
        if is_late and not late_words(milestone):
            row.append(_button(milestone, "late"))
        if sparing is not None and not is_late and (shown := sparing(milestone)):
            row.append(button(shown, "seen", milestone.id, milestone.revision))
        elif _can_be_put_off(milestone, today) and sparing is not None:
            row.append(_button(milestone, "again"))
    return row


def _can_be_put_off(milestone: Milestone, today: date | None) -> bool:
    """Another day before the due day can be chosen, and none was."""
    if today is None or milestone.due_on is None or milestone.due_on <= today + timedelta(days=1):
        return False
    return milestone.seen_until_on is None or milestone.seen_until_on <= today


def _button(milestone: Milestone, verb: str) -> dict[str, str]:
    return button(label(f"chat.button.{verb}", number=milestone.id), verb, milestone.id, milestone.revision)
