"""Besides the counts: what is late and why, what waits outside, what comes, what changed since last week."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from reports.office_morning import registered
from reports.status import AHEAD_DAYS, Status
from reports.texts.hidden_titles import shown_title
from reports.texts.states import REASON_WORDS
from store import milestones, plans
from store.models import DelayRequest, Milestone, Plan, Task
from store.states import DelayReason, DelayState, MilestoneState

WEEK_DAYS = 7
# Reasons that lie with somebody outside: counted apart from the officers' own delays.
OUTSIDE = frozenset(
    {
        DelayReason.BUDGET,
        DelayReason.COUNCIL,
        DelayReason.CONSULTATION,
        DelayReason.AGENCY,
        DelayReason.CONTEST,
    }
)
TOLD = (DelayState.APPLIED, DelayState.PENDING)  # a request whose reason holds


class Line(BaseModel):
    """One milestone of a list. `days` from the as-of day to the due day; `reason` None: nobody has given one."""

    id: int
    task: str
    title: str
    department: str | None
    due: date | None
    days: int | None
    reason: str | None
    is_watched: bool = False


class Week(BaseModel):
    """What became of things in the last seven days, the as-of day included."""

    since: date
    done: int
    registered: int  # as done, whenever it was done
    became_overdue: int
    delayed: int


class WatchedTask(BaseModel):
    """집중관리: a task that is looked at more often, and why."""

    id: int
    title: str
    reason: str | None
    since: date | None
    overdue: int


class Overview(BaseModel):
    """The lists, problems first; each soonest first."""

    watched: list[WatchedTask]
    late: list[Line]
    late_waiting: (
        int  # of the late ones, those that wait for something outside until a day that is yet to come
    )
    waiting_outside: list[Line]
    next_14_days: list[Line]
    last_week: Week


class DetailedStatus(Status, Overview):
    """As `gihan status --detail --json` prints it: the counts and the lists of one scope."""

    scope: str


def overview(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> Overview:
    """Of what counts (store.plans.counts) under the conditions on tasks. A promise that stands in two plans counts once.

    `now` is aware, in the organisation's zone.
    """
    today, in_use = now.date(), (plans.is_in_use(), *conditions)
    scope = plans.counts(today), *conditions
    open_states = (MilestoneState.PLANNED, MilestoneState.ON_HOLD)
    found = milestones.search(session, *scope, Milestone.state.in_(open_states))
    planned = [one for one in found if one.state is MilestoneState.PLANNED and one.due_on is not None]
    ahead = today + timedelta(days=AHEAD_DAYS)
    return Overview(
        watched=_watched(session, planned, today, in_use),
        late=_lines([one for one in planned if milestones.is_overdue(one, today)], today),
        late_waiting=sum(_waits_in_peace(one, today) for one in planned),
        waiting_outside=_lines([one for one in found if _waits_outside(one)], today),
        next_14_days=_lines(
            [one for one in planned if one.due_on is not None and today <= one.due_on <= ahead], today
        ),
        last_week=_week(session, planned, now, scope),
    )


def _lines(found: Sequence[Milestone], today: date) -> list[Line]:
    return [_line(one, today) for one in sorted(found, key=lambda one: not one.task.is_watched)]


def _line(one: Milestone, today: date) -> Line:
    return Line(
        id=one.id,
        task=shown_title(one.task),
        title=shown_title(one),
        department=one.task.department.name if one.task.department else None,
        due=one.due_on,
        days=(one.due_on - today).days if one.due_on else None,
        reason=reason_of(one),
        is_watched=one.task.is_watched,
    )


def _newest(one: Milestone) -> DelayRequest | None:
    told = [each for each in one.delays if each.state in TOLD]
    return told[-1] if told else None


def reason_of(one: Milestone) -> str | None:
    """Why it is late or waits, as it was registered; else the newest request's reason, else the last note."""
    if one.is_secret:
        return None
    newest = _newest(one)
    if one.reason:
        return _labelled(one.reason_code, one.reason)
    return _labelled(newest.reason_code, newest.reason) if newest is not None else one.note


def _labelled(code: DelayReason | None, words: str) -> str:
    label = REASON_WORDS[code] if code else ""
    return words if not label or label == words else f"{label} — {words}"


def _waits_in_peace(one: Milestone, today: date) -> bool:
    is_late = milestones.is_overdue(one, today)
    return is_late and one.gate is not None and one.review_on is not None and one.review_on >= today


def _waits_outside(one: Milestone) -> bool:
    """It is on hold, it waits for a decision of somebody else, or its newest delay lies with somebody outside."""
    newest = _newest(one)
    if one.state is MilestoneState.ON_HOLD or one.gate is not None:
        return True
    return newest is not None and newest.reason_code in OUTSIDE


def _watched(
    session: Session, planned: Sequence[Milestone], today: date, scope: Sequence[ColumnElement[bool]]
) -> list[WatchedTask]:
    query = select(Task).join(Plan).where(Task.is_watched.is_(True), *scope)
    late = [one.task_id for one in planned if milestones.is_overdue(one, today)]
    return [
        WatchedTask(
            id=one.id,
            title=shown_title(one),
            reason=None if one.is_secret else one.watch_reason,
            since=one.watched_since,
            overdue=late.count(one.id),
        )
        for one in session.scalars(query.order_by(Task.watched_since, Task.id))
    ]


def _week(
    session: Session, planned: Sequence[Milestone], now: datetime, scope: Sequence[ColumnElement[bool]]
) -> Week:
    today = now.date()
    since = today - timedelta(days=WEEK_DAYS - 1)
    done = milestones.search(
        session, *scope, Milestone.state == MilestoneState.DONE, Milestone.done_on.between(since, today)
    )
    became = [
        one
        for one in planned
        if one.due_on and milestones.is_overdue(one, today) and one.due_on >= since - timedelta(days=1)
    ]
    since_at = datetime.combine(since, time(), now.tzinfo)
    at = func.coalesce(DelayRequest.decided_at, DelayRequest.requested_at)
    applied = select(DelayRequest.milestone_id).where(
        DelayRequest.state == DelayState.APPLIED, at >= since_at
    )
    moved = milestones.search(session, *scope, Milestone.id.in_(applied))
    told = registered(session, since_at, now + timedelta(seconds=1))
    counted = milestones.search(session, *scope, Milestone.id.in_(told)) if told else []
    return Week(
        since=since,
        done=len(done),
        registered=len(counted),
        became_overdue=len(became),
        delayed=len(moved),
    )
