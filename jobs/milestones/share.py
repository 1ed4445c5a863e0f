"""A task that concerns other departments (전 부서): whose head, else whose lead, is told, and who has read it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from store import officers
from store.models import AuditEntry, Department, Officer, Plan, Role, Task
from store.states import PlanState, RoleName

SHARED, SEEN = "shared", "share-seen"
EVERYBODY = frozenset(
    {"전부서", "전실과", "전실과소", "전실국", "전기관", "각부서", "모든부서", "전부서공통", "alldepartments"}
)
FIRST = (RoleName.HEAD, RoleName.LEAD)  # who is told: the department head, else the team lead


def is_everybody(name: str) -> bool:
    """The words for all departments, however spaced and dotted (전 실·과·소)."""
    return "".join(char for char in name if char.isalnum()).lower() in EVERYBODY


def departments(session: Session, task: Task, *, everywhere: bool) -> list[Department]:
    """Whom the task concerns besides its own department: those that it names, or all that are at work.

    A department is at work where it has a lead or a head, or a task of an active plan.
    """
    names = [str(one) for one in task.related]
    if everywhere or any(map(is_everybody, names)):
        led = select(Role.department_id).where(Role.role.in_(FIRST))
        busy = select(Task.department_id).join(Plan).where(Plan.state == PlanState.ACTIVE)
        query = select(Department).where(or_(Department.id.in_(led), Department.id.in_(busy)))
        found = list(session.scalars(query.order_by(Department.name)))
    else:
        found = [one for name in names if (one := officers.department(session, name)) is not None]
    return [one for one in dict.fromkeys(found) if one.id != task.department_id]


def readers(session: Session, department: Department, today: date) -> list[Officer]:
    """Who is told for the department: those of the first level that can be written to."""
    above = officers.over(session, department, today)
    reached = ([one.officer for one in above.get(role, ()) if one.chat_id is not None] for role in FIRST)
    return next(filter(None, reached), [])


@dataclass(frozen=True)
class Shared:
    """Told: who for which department; and departments without anybody to write to."""

    entry: AuditEntry
    told: dict[int, str]
    missed: list[str]


class NotShared(StrEnum):
    """Why it was told to nobody; nothing has changed."""

    TODAY = "today"  # it was told today already: once a day for each task
    NOBODY = "nobody"  # the task names no other department
    UNREACHED = "unreached"  # nobody of them can be written to


def share(deed: Deed, task: Task, words: str, *, everywhere: bool) -> Shared | NotShared:
    """To those of the departments that the task concerns who can be written to; the messages are the caller's to owe."""
    before = newest(deed.session, task.id)
    if before is not None and deed.rules.calendar.local_date(before.at) == deed.today:
        return NotShared.TODAY
    concerned = departments(deed.session, task, everywhere=everywhere)
    if not concerned:
        return NotShared.NOBODY
    people = {one.name: readers(deed.session, one, deed.today) for one in concerned}
    told: dict[int, str] = {}
    for name, held in people.items():
        told |= {one.id: name for one in held if one.id not in told}
    if not told:
        return NotShared.UNREACHED
    missed = [name for name, held in people.items() if not held]
    after = {"people": {str(one): name for one, name in told.items()}, "missed": missed}
    return Shared(deed.record(SHARED, f"task:{task.id}", after=after, reason=words), told, missed)


def newest(session: Session, task_id: int) -> AuditEntry | None:
    return next((one for one in _entries(session, task_id) if one.action == SHARED), None)


def see(deed: Deed, shared: AuditEntry) -> bool:
    """The reader has read it; False where that was noted before."""
    if deed.who.officer_id in seen_by(deed.session, shared):
        return False
    deed.record(SEEN, shared.subject, after={"shared": shared.id})
    return True


def seen_by(session: Session, shared: AuditEntry) -> set[int]:
    task_id = int(shared.subject.partition(":")[2])
    found = [one for one in _entries(session, task_id) if one.action == SEEN]
    return {
        one.actor_id for one in found if one.actor_id is not None and one.after.get("shared") == shared.id
    }


def _entries(session: Session, task_id: int) -> list[AuditEntry]:
    query = select(AuditEntry).where(
        AuditEntry.subject == f"task:{task_id}", AuditEntry.action.in_((SHARED, SEEN))
    )
    return list(session.scalars(query.order_by(AuditEntry.id.desc())))


@dataclass(frozen=True)
class Standing:
    """Who has read a message and who has not, each with the department; and departments that nobody was told for."""

    seen: list[tuple[str, str]]
    unseen: list[tuple[str, str]]
    missed: list[str]


def standing(session: Session, shared: AuditEntry) -> Standing:
    told = {int(number): name for number, name in shared.after["people"].items()}
    names = {one.id: one.name for one in officers.by_ids(session, told)}
    read = seen_by(session, shared)
    rows = [(department, names.get(number, "")) for number, department in told.items() if number in read]
    left = [(department, names.get(number, "")) for number, department in told.items() if number not in read]
    return Standing(sorted(rows), sorted(left), list(shared.after["missed"]))
