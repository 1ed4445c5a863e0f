"""Entries that go on all year (연중·상시): which are to be asked about, and who answers for them."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from store import chat_links, milestones, plans, teams
from store.models import Assignment, ChatLink, Milestone, Series
from store.officers import Place
from store.scan import Person
from store.states import AssignmentKind, LinkState, MilestoneState

_ON_HOLD = MilestoneState.ON_HOLD


@dataclass
class Asked:
    """An entry with who answers for its task, as store.scan.Looked has it for a milestone."""

    series: Series
    team_id: int | None = None
    assigned: dict[int, date] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def task_id(self) -> int:
        return self.series.task_id

    @property
    def place(self) -> Place:
        return Place(self.series.task.department_id, self.team_id)


def _stands() -> ColumnElement[bool]:
    """Condition: it is no suspension that is over, nor one of a milestone that came back by whatever way."""
    is_held = select(Milestone.id).where(Milestone.id == Series.held_id, Milestone.state == _ON_HOLD)
    is_over = and_(Series.is_suspension.is_(True), Series.ask_on.is_(None))
    return and_(not_(is_over), or_(Series.held_id.is_(None), is_held.exists()))


def _live() -> Select[Series]:
    return select(Series).where(Series.rrule.is_(None), plans.is_active_series(), _stands())


def get(session: Session, number: int) -> Series | None:
    """The year-round entry of that number, whatever its plan's state."""
    found = session.get(Series, number)
    return found if found is not None and found.rrule is None else None


def to_ask(session: Session, today: date) -> list[Series]:
    """Entries of active plans whose next question is due by today, or not worked out yet."""
    query = _live().where(Series.ask_on <= today).options(joinedload(Series.task))
    # Here: the database would sort all there are.
    return sorted(session.scalars(query), key=lambda one: one.id)


def next_day(session: Session) -> date | None:
    """The day of the next question; None where nothing is asked about."""
    query = _live().where(Series.ask_on.is_not(None)).with_only_columns(Series.ask_on)
    return session.scalar(query.order_by(Series.ask_on).limit(1))


def of_task(session: Session, task_id: int) -> list[Series]:
    query = select(Series).where(Series.task_id == task_id, Series.rrule.is_(None), _stands())
    return list(session.scalars(query.order_by(Series.id)))


def of_officer(session: Session, officer_id: int, today: date) -> list[Series]:
    """What goes on all year and is the officer's today."""
    mine = milestones.tasks_of([officer_id], today)
    during = Series.start_on <= today, Series.until_on >= today
    return list(session.scalars(_live().where(Series.task_id.in_(mine), *during).order_by(Series.id)))


def answering(session: Session, series: Series, today: date) -> Asked:
    """Who answers for it, and who of them can be written to."""
    reached = and_(
        ChatLink.officer_id == Assignment.officer_id, chat_links.is_live(), ChatLink.state == LinkState.ACTIVE
    )
    query = (
        select(Assignment.officer_id, ChatLink.chat_id, ChatLink.active_from, Assignment.from_on)
        .outerjoin(ChatLink, reached)
        .where(Assignment.task_id == series.task_id, milestones.is_current(today))
        .order_by(Assignment.kind != AssignmentKind.LEAD, Assignment.id)
    )
    found = Asked(series, teams.of_task(session, series.task, today))
    for row in session.execute(query):
        if row.officer_id not in found.assigned:
            found.assigned[row.officer_id] = row.from_on
            if row.chat_id is not None:
                found.people.append(Person(*row))
    return found
