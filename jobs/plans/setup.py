"""The first hour with a plan: what the planning office sees to around its start."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from store import chat_links, differences, milestones, officers, plans, teams
from store.models import Department, Milestone, Plan, Task
from store.states import DifferenceKind, PlanState, RoleName

OVER = (RoleName.LEAD, RoleName.HEAD, RoleName.CONTACT)  # whom every department should have


@dataclass(frozen=True)
class Setup:
    """`linked` of `people` who answer for its tasks have registered; `lacking`: role -> departments without one;
    `past`: entries of before the start, by task; `unscheduled` and `vacant`: tasks without entries, without officer."""

    people: int
    linked: int
    lacking: dict[RoleName, list[str]]
    past: dict[Task, list[Milestone]]
    unscheduled: list[Task]
    vacant: list[Task]
    doubles: int  # pairs of entries that may be one, of which nobody has decided

    @property
    def entries(self) -> int:
        return sum(map(len, self.past.values()))


def newest(session: Session) -> Plan | None:
    """The plan that waits for its start, else the one that came in last; None where there is none."""
    query = select(Plan).where(Plan.state == PlanState.ACTIVE)
    return session.scalar(query.order_by(Plan.awaits_start.desc(), Plan.id.desc()).limit(1))


def of_plan(session: Session, plan: Plan, today: date) -> Setup:
    tasks = plans.tasks(session, plan)
    people = {one.officer_id for task in tasks for one in milestones.of_task(task, today)}
    series = plans.series_of(session, plan)
    return Setup(
        people=len(people),
        linked=len(chat_links.chats(session, people)) if people else 0,
        lacking=_lacking(session, {one.department for one in tasks if one.department}, today),
        past=past(session, Task.plan_id == plan.id),
        unscheduled=[one for one in tasks if not one.milestones and one.id not in series],
        doubles=differences.count_of(session, DifferenceKind.DOUBLE, plan.id),
        vacant=[one for one in tasks if not milestones.of_task(one, today)],
    )


def _lacking(session: Session, departments: set[Department], today: date) -> dict[RoleName, list[str]]:
    found = {}
    held = officers.above(session, OVER, today)
    for role in OVER:
        names = sorted(one.name for one in departments if (role, one.id) not in held)
        names += _teams_lacking(session, departments, today) if role is RoleName.LEAD else []
        if names:
            found[role] = names
    return found


def _teams_lacking(session: Session, departments: set[Department], today: date) -> list[str]:
    """Teams that people belong to without a lead, in departments that have leads of other teams alone."""
    found = []
    for department_id, leads in officers.leads(session, today).items():
        led = {team_id for _officer, team_id in leads}
        if None not in led and department_id in {one.id for one in departments}:
            held = teams.of_department(session, department_id)
            found += [teams.full_name(one) for one in held if one.id not in led]
    return sorted(found)


def past(session: Session, scope: ColumnElement[bool]) -> dict[Task, list[Milestone]]:
    """Entries of before the start that nobody has settled, by task, both soonest first."""
    found: dict[Task, list[Milestone]] = defaultdict(list)
    for one in milestones.search(session, scope, milestones.is_before_start()):
        found[one.task].append(one)
    return found
