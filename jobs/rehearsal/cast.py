"""Who and what a rehearsal plays with: everything it must know, read from the store once."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.plans.series import occurrences
from jobs.rules.reminder_days import Timeline
from store import groups, milestones
from store.models import (
    Absence,
    Assignment,
    Department,
    Milestone,
    Officer,
    Plan,
    Role,
    Series,
    Task,
    Team,
    TeamMember,
)
from store.states import AssignmentKind, MilestoneKind, MilestoneState, PastReview, PlanState, RoleName


@dataclass(frozen=True)
class Term:
    """Somebody's time in something, both days inclusive; `until_on` None: without an end. `team_id`: as lead of that team."""

    officer_id: int
    from_on: date
    until_on: date | None
    team_id: int | None = None

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Part:
    """A milestone as it is played. `id` None: an occurrence that the store does not have yet, or a year-round entry.

    `ends_on`: the day on which it was done (None: never); `is_explained`: the silence about it is broken.
    """

    id: int | None
    task_id: int
    timeline: Timeline
    ends_on: date | None = None
    is_explained: bool = False
    is_past: bool = False  # it was over when its plan came in: never owed, whoever looks


@dataclass(frozen=True)
class YearRound:
    """연중: an entry without a date of its own."""

    task_id: int
    from_on: date
    until_on: date


@dataclass
class Cast:
    """The parts, and who plays them; `names`: officer -> name and department."""

    parts: list[Part] = field(default_factory=list)
    year_round: list[YearRound] = field(default_factory=list)
    assigned: dict[int, list[Term]] = field(default_factory=dict)
    accountable: dict[int, list[Term]] = field(default_factory=dict)
    team_of: dict[int, tuple[int, int]] = field(default_factory=dict)  # officer -> team and its department
    department_of: dict[int, int | None] = field(default_factory=dict)
    above: dict[tuple[RoleName, int], list[Term]] = field(default_factory=dict)
    bureau: dict[int, list[int]] = field(default_factory=dict)  # the departments beside each
    planners: list[Term] = field(default_factory=list)
    away: dict[int, list[tuple[Term, int]]] = field(default_factory=dict)
    names: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    groups: int = 0


def cast(session: Session, last: date, begins: date = date.min) -> Cast:
    """Everybody and everything of the plans that are owed, occurrences until `last` included; those of plans that wait
    for their start are counted from `begins`, as on that day itself."""
    found = Cast(groups=len(groups.bound(session)))
    _tasks(session, found)
    _milestones(session, found)
    _series(session, found, last, begins)
    _people(session, found)
    return found


def _tasks(session: Session, found: Cast) -> None:
    found.department_of = {
        row.id: row.department_id for row in session.execute(select(Task.id, Task.department_id))
    }
    columns = Assignment.officer_id, Assignment.from_on, Assignment.until_on
    query = select(Assignment.task_id, Assignment.kind, *columns)
    terms: dict[int, list[Term]] = defaultdict(list)
    accountable: dict[int, list[Term]] = defaultdict(list)
    for row in session.execute(query.order_by(Assignment.kind != AssignmentKind.LEAD, Assignment.id)):
        terms[row.task_id].append(Term(*row[2:]))
        if row.kind is AssignmentKind.LEAD:
            accountable[row.task_id].append(Term(*row[2:]))
    found.accountable = {task_id: _from_the_beginning(each) for task_id, each in accountable.items()}
    members = select(TeamMember.officer_id, Team.id, Team.department_id).join(Team)
    found.team_of = {row[0]: (row[1], row[2]) for row in session.execute(members)}
    found.assigned = {task_id: _from_the_beginning(each) for task_id, each in terms.items()}


def _from_the_beginning(terms: list[Term]) -> list[Term]:
    """Who was there first counts as there all along: a plan that came in yesterday is played for the whole year."""
    first = min(one.from_on for one in terms)
    return [replace(one, from_on=date.min) if one.from_on == first else one for one in terms]


def _milestones(session: Session, found: Cast) -> None:
    query = (
        select(
            *(Milestone.id, Milestone.task_id, Milestone.kind, Milestone.precision, Milestone.start_on),
            *(Milestone.due_on, Milestone.review_on, Milestone.state, Milestone.done_on),
            *(
                Milestone.explained_due_on,
                Milestone.past_review,
                Milestone.seen_until_on,
                Milestone.before_start,
            ),
            Task.is_watched,
        )
        .join(Task, Milestone.task_id == Task.id)
        .join(Plan)
        .where(milestones.is_owed(), Milestone.state != MilestoneState.CANCELLED)
    )
    for row in session.connection().execute(query):
        timeline = Timeline(
            *(row.kind, row.precision, row.start_on, row.due_on, row.review_on),
            is_watched=row.is_watched,
            seen_until=row.seen_until_on,
        )
        is_closed = row.state in {MilestoneState.DONE, MilestoneState.REPORTED}
        found.parts.append(
            Part(
                row.id,
                row.task_id,
                timeline,
                ends_on=(row.done_on or date.min) if is_closed else None,
                is_explained=row.explained_due_on is not None and row.explained_due_on == row.due_on,
                is_past=row.before_start or row.past_review in {PastReview.OPEN, PastReview.SETTLED},
            )
        )


def _series(session: Session, found: Cast, last: date, begins: date) -> None:
    """Occurrences that are not in the store yet, and year-round entries."""
    known: dict[int, set[date | None]] = defaultdict(set)
    query = select(Milestone.series_id, Milestone.original_due_on).where(Milestone.series_id.is_not(None))
    for row in session.execute(query):
        known[row.series_id].add(row.original_due_on)
    active = (
        select(Series).join(Task, Series.task_id == Task.id).join(Plan).where(Plan.state == PlanState.ACTIVE)
    )
    for one in session.scalars(active):
        if one.rrule is None:
            found.year_round.append(YearRound(one.task_id, one.start_on, one.until_on))
            continue
        first = max(one.start_on, begins) if one.task.plan.awaits_start else one.start_on
        found.parts += [
            Part(None, one.task_id, Timeline(MilestoneKind.OCCURRENCE, turn.precision, turn.start, turn.due))
            for turn in occurrences(one.rrule, first, min(one.until_on, last.replace(month=12, day=31)))
            if turn.due not in known[one.id]
        ]


def _people(session: Session, found: Cast) -> None:
    beside: dict[str, list[int]] = defaultdict(list)
    for number, bureau in session.execute(select(Department.id, Department.bureau)):
        beside[bureau or f"#{number}"].append(number)
    found.bureau = {one: numbers for numbers in beside.values() for one in numbers}
    above: dict[tuple[RoleName, int], list[Term]] = defaultdict(list)
    for role in session.scalars(select(Role).order_by(Role.id)):
        term = Term(role.officer_id, role.from_on, role.until_on, role.team_id)
        if role.role is RoleName.PLANNER:
            found.planners.append(term)
        elif role.department_id is not None:
            above[role.role, role.department_id].append(term)
    found.above = {where: _from_the_beginning(terms) for where, terms in above.items()}
    found.planners = _from_the_beginning(found.planners) if found.planners else []
    away: dict[int, list[tuple[Term, int]]] = defaultdict(list)
    gone = select(Absence).where(Absence.substitute_id.is_not(None), Absence.ended_on.is_(None))
    for one in session.scalars(gone.order_by(Absence.id)):
        assert one.substitute_id is not None
        away[one.officer_id].append((Term(one.officer_id, one.from_on, one.until_on), one.substitute_id))
    found.away = dict(away)
    people = select(Officer.id, Officer.name, Department.name).outerjoin(Department)
    found.names = {row[0]: (row[1], row[2]) for row in session.execute(people)}
