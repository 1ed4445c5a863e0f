"""Lists that only the planning office gets in its daily message, each thing once."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from jobs.plans import year_end
from jobs.rules.calendar import WorkCalendar
from store import groups, milestones, own_days
from store.models import Delivery, Difference, Handover, Milestone, Plan, Task
from store.states import DeliveryState, DifferenceState, MilestoneState, PastReview, PlanState

PAST = "past"  # entries that were past when their plan came in
UNCONFIRMED = "unconfirmed"  # a message of which nobody knows whether it arrived
DIFFERENCES = "review"  # where a newer document disagrees with what is registered
PLAN_END = "plan-end"  # a plan whose year is over and that is still active
VACANT = "vacant"  # tasks that nobody answers for, as one list a month until there are none
GROUP = "group"  # a group that put the bot out, or does not let it speak
DAYS_OFF = "days-off"  # next year's days off, asked for in December
HANDOVER = "handover"  # to a successor: tasks that have become his

DECEMBER = 12
TOLD_FOR = timedelta(days=7)  # an unconfirmed message older than that is no news any more


@dataclass(frozen=True)
class Notice:
    """`subject` is rule:number and comes once to each planner; `day` is the day it is about."""

    rule: str
    number: int
    day: date

    @property
    def subject(self) -> str:
        return f"{self.rule}:{self.number}"


def notices(session: Session, today: date, calendar: WorkCalendar) -> list[Notice]:
    """What the planning office has to be told by today, whether it was told before or not."""
    return [one for owed in NOTICES for one in owed(session, today, calendar)]


def _past(session: Session, _today: date, calendar: WorkCalendar) -> list[Notice]:
    query = select(Plan.id, Plan.imported_at).join(Task).join(Milestone)
    query = query.where(
        Plan.state == PlanState.ACTIVE,
        Milestone.past_review == PastReview.OPEN,
        Milestone.state == MilestoneState.PLANNED,
    )
    return [
        Notice(PAST, row.id, calendar.local_date(row.imported_at))
        for row in session.execute(query.distinct())
    ]


def _unconfirmed(session: Session, today: date, calendar: WorkCalendar) -> list[Notice]:
    """Messages nobody can vouch for, and refused daily messages by whichever channel, of the last days."""
    refused = and_(Delivery.state == DeliveryState.FAILED, Delivery.day.is_not(None))
    query = select(Delivery.id, Delivery.created_at).where(
        or_(Delivery.state == DeliveryState.UNCERTAIN, refused),
        Delivery.created_at >= calendar.at(today - TOLD_FOR, time()),
    )
    rows = session.execute(query.order_by(Delivery.id))
    return [Notice(UNCONFIRMED, row.id, calendar.local_date(row.created_at)) for row in rows]


def _differences(session: Session, _today: date, calendar: WorkCalendar) -> list[Notice]:
    """One notice for all open differences; newer ones bring another."""
    query = select(func.max(Difference.id), func.max(Difference.created_at))
    newest, at = session.execute(query.where(Difference.state == DifferenceState.OPEN)).one()
    return [Notice(DIFFERENCES, newest, calendar.local_date(at))] if newest is not None else []


def _vacant(session: Session, today: date, _calendar: WorkCalendar) -> list[Notice]:
    """One list a month: the number is the month's first day."""
    first = today.replace(day=1)
    return [Notice(VACANT, first.toordinal(), first)] if vacant_tasks(session, today) else []


def _groups(session: Session, today: date, calendar: WorkCalendar) -> list[Notice]:
    """Groups that get no counts any more, of the last days; the number is the log's."""
    found = groups.troubles(session, calendar.at(today - TOLD_FOR, time()))
    return [Notice(GROUP, one.id, calendar.local_date(one.at)) for one in found]


def _days_off(session: Session, today: date, calendar: WorkCalendar) -> list[Notice]:
    """Once in December, where nothing is entered for the year to come; the number is that year."""
    first = calendar.next_or_same(date(today.year, DECEMBER, 1))
    wanted = today >= first and has_no_own_days(session, today.year + 1)
    return [Notice(DAYS_OFF, today.year + 1, first)] if wanted else []


def has_no_own_days(session: Session, year: int) -> bool:
    return all(one.year != year for one in own_days.working(session))


def vacant_tasks(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[Task]:
    """Tasks of active plans under the conditions that nobody answers for: with something open, or without any entry
    (공약), which the self-check asks about all the same."""
    is_open = Task.milestones.any(Milestone.state == MilestoneState.PLANNED)
    is_live = Task.plan.has(Plan.state == PlanState.ACTIVE)
    query = select(Task).where(
        milestones.has_no_officer(today), is_live, Task.withdrawn_on.is_(None), *conditions
    )
    query = query.where(or_(is_open, ~Task.milestones.any()))
    # Joined with the plans, or sorted by the database, SQLite would walk all tasks there are.
    return sorted(session.scalars(query), key=lambda one: one.id)


def handed_over(handover: Handover) -> Notice:
    """What a successor is told in the daily message."""
    return Notice(HANDOVER, handover.id, handover.from_on)


def _plan_ends(session: Session, today: date, _calendar: WorkCalendar) -> list[Notice]:
    return [Notice(PLAN_END, number, day) for number, day in year_end.over(session, today)]


# What is owed to the planning office; the line of each kind is in bot/digest/to_check.py.
NOTICES = (_past, _unconfirmed, _differences, _plan_ends, _vacant, _groups, _days_off)
