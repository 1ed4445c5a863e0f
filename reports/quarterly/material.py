"""보고회 자료: what each department has written for a round, and who has yet to write; read from the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from reports.period import Period
from reports.texts import unnamed
from reports.texts.hidden_titles import hidden_title
from store import milestones, officers, rounds
from store.models import RoundEntry
from store.states import EntryState, PledgeStatus


@dataclass(frozen=True)
class Project:
    """One project as its department reports it. `status` is the one evaluated, else the department's own word."""

    no: str
    title: str
    officers: tuple[str, ...]
    before: PledgeStatus | None
    status: PledgeStatus | None
    is_submitted: bool
    results: str | None
    problems: str | None
    next_plan: str | None
    doubts: tuple[str, ...] = ()  # what does not fit with the store, as questions


@dataclass(frozen=True)
class Department:
    name: str
    projects: tuple[Project, ...]

    @property
    def missing(self) -> list[Project]:
        return [one for one in self.projects if not one.is_submitted]


@dataclass(frozen=True)
class Material:
    """`as_of` is the day of the round; `generated_at` is aware, in the zone named."""

    organisation: str
    period: Period
    as_of: date
    generated_at: datetime
    timezone: str
    departments: tuple[Department, ...]

    @property
    def doubts(self) -> list[tuple[Department, Project, str]]:
        """Every question that remains, in the order of the departments."""
        return [(of, one, text) for of in self.departments for one in of.projects for text in one.doubts]

    @property
    def total(self) -> int:
        return sum(len(one.projects) for one in self.departments)

    @property
    def missing(self) -> int:
        return sum(len(one.missing) for one in self.departments)


def material_of(
    session: Session,
    period: Period,
    organisation: str,
    now: datetime,
    timezone: str,
    *,
    hides_secret: bool = False,
    doubts: Callable[[RoundEntry], Sequence[str]] = lambda _entry: (),
) -> Material | None:
    """None where the quarter was not checked here: a register that was taken over has no texts. `now` is aware.

    `hides_secret`: of secret tasks (비공개) neither the title nor what was written is given. `doubts`: what is
    asked of an answer that does not fit with the store.
    """
    of = rounds.find(session, period.year, period.quarter, period.name)
    entries = rounds.entries(session, of.id) if of is not None else []
    if of is None or not entries:
        return None
    answering = {one.id: milestones.of_task(one.task, now.date()) for one in entries}
    people = officers.by_ids(session, {each.officer_id for held in answering.values() for each in held})
    names = {one.id: one.name for one in people}
    found: dict[str, list[Project]] = {}
    for one in entries:
        own = tuple(names[each.officer_id] for each in answering[one.id])
        department = one.task.department.name if one.task.department else unnamed.department()
        remain = () if one.state is EntryState.EVALUATED else doubts(one)
        made = replace(_project(one, own), doubts=tuple(remain))
        found.setdefault(department, []).append(
            _hidden(made) if hides_secret and one.task.is_secret else made
        )
    departments = tuple(Department(name, tuple(found[name])) for name in sorted(found))
    return Material(organisation, period, of.as_of_on, now, timezone, departments)


def _hidden(project: Project) -> Project:
    return replace(project, title=hidden_title(), results=None, problems=None, next_plan=None)


def _project(one: RoundEntry, people: tuple[str, ...]) -> Project:
    is_submitted = one.state not in rounds.UNANSWERED
    return Project(
        no=one.task.no or f"#{one.task_id}",
        title=one.task.title,
        officers=people,
        before=one.previous_status,
        status=one.final_status if one.state is EntryState.EVALUATED else one.self_status,
        is_submitted=is_submitted,
        results=one.results,
        problems=one.problems,
        next_plan=one.next_plan,
    )
