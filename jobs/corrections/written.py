"""What somebody writes into one field of a task or an entry: behind /edit, or in a cell of the register. It is read first; what
it does is done when it counts."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.corrections import edit
from jobs.corrections.edit import Said
from jobs.milestones import share
from plans.fields.money import in_won, read_budgets
from plans.fields.people import office_and_team
from plans.sheet.columns import APART, NOTHING
from plans.time.either import read_prefix
from plans.time.timeline import CannotSay, Context
from store import milestones, officers
from store.models import AuditEntry, Milestone, Officer, Series, Task
from store.states import Precision

Thing = Milestone | Task | Series
Put = Callable[[], list[AuditEntry]]
TEXT_MOST: Final = 300
NO_MOST: Final = 40  # characters that the column of numbers takes
MUCH_LIKE: Final = 0.65  # from this likeness on a department that nobody knows is rather a slip


class UnreadableError(Exception):
    """It cannot be that: the code of why, with its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read(deed: Deed, thing: Thing, field: str, text: str) -> Put:
    """What the text means for that field of it. Raises UnreadableError; nothing is changed before `Put` is called."""
    return READERS[field](deed, thing, text)


def task_of(thing: Thing) -> Task:
    return thing if isinstance(thing, Task) else thing.task


def departments(session: Session, task: Task) -> list[str]:
    """Of those that the task names besides its own: the departments (관련부서)."""
    return [one for one in task.related if is_department(session, one)]


def partners(session: Session, task: Task) -> list[str]:
    """The others (협업기관)."""
    return [one for one in task.related if not is_department(session, one)]


def is_department(session: Session, name: str) -> bool:
    return share.is_everybody(name) or officers.department(session, name) is not None


def time(thing: Thing, text: str, today: date) -> tuple[Said, str]:
    """The time at the front of the text and what follows it. Raises UnreadableError for none, or several."""
    day = thing.original_due_on if isinstance(thing, Milestone) else None
    year = day.year if day else task_of(thing).plan.year or today.year
    found = read_prefix(text, Context(year))
    if isinstance(found, CannotSay):
        raise UnreadableError("no-day", reason=found.reason)
    if len(found.windows) != 1:
        raise UnreadableError("one-day")
    [window] = found.windows
    said = Said(window.start, window.due, Precision(window.precision))
    return said, text[found.end :].strip(" ,:·")


# --- one way for each field


def _title(deed: Deed, thing: Thing, text: str) -> Put:
    title = _short(text)
    if isinstance(thing, Task):
        return lambda: [edit.edit_task(deed, thing, {"title": title})]
    return lambda: edit.edit_words(deed, thing, {"title": title})


def _expr(deed: Deed, thing: Thing, text: str) -> Put:
    if isinstance(thing, Task):
        raise UnreadableError("of-milestone", number=thing.id)
    expr = _short(text)
    return lambda: edit.edit_words(deed, thing, {"expr": expr})


def _ensure_no_slip(session: Session, text: str) -> None:
    """A department that nobody knows is made, but for one much like a known one, or a known one with a team behind it. Raises
    UnreadableError."""
    if officers.department(session, text) is None:
        names, name = officers.department_names(session), officers.close_up(text)
        office, team = office_and_team(text)
        is_team = team is not None and officers.department(session, office) is not None
        like = [office] if is_team else difflib.get_close_matches(name, names, n=3, cutoff=MUCH_LIKE)
        if like or text in NOTHING:
            raise UnreadableError("no-department", name=name, choices=like)


def _department(deed: Deed, thing: Thing, text: str) -> Put:
    _ensure_no_slip(deed.session, text)

    def put() -> list[AuditEntry]:
        found = officers.ensure_department(deed.session, text)
        return [edit.edit_task(deed, task_of(thing), {"department_id": found.id})]

    return put


def _related(deed: Deed, thing: Thing, text: str) -> Put:
    """A name that no department bears is one from now on: it would stand among the partners."""
    task, named = task_of(thing), _list(text)
    new = [one for one in named if not is_department(deed.session, one)]
    for one in new:
        _ensure_no_slip(deed.session, one)

    def put() -> list[AuditEntry]:
        others = partners(deed.session, task)
        for one in new:
            officers.ensure_department(deed.session, one)
        return [edit.edit_task(deed, task, {"related": [*named, *others]})]

    return put


def _partners(deed: Deed, thing: Thing, text: str) -> Put:
    task, named = task_of(thing), _list(text)
    return lambda: [edit.edit_task(deed, task, {"related": [*departments(deed.session, task), *named]})]


def _officers(deed: Deed, thing: Thing, text: str) -> Put:
    """Names, the accountable one first; whoever is new belongs to the task's department."""
    task = task_of(thing)
    named = [(name, _person(deed, task, name)) for name in _list(text)]

    def put() -> list[AuditEntry]:
        people = [one or officers.ensure(deed.session, name, task.department) for name, one in named]
        return [edit.put_officers(deed, task, list(dict.fromkeys(people)))]

    return put


def _person(deed: Deed, task: Task, name: str) -> Officer | None:
    """Who of that name is meant: who answers already, else in the task's department, else the only one; "도로과 김하늘" names
    the department. None where nobody is called so."""
    before = officers.department_before(deed.session, name)
    if before is not None and before[1]:
        found = officers.find(deed.session, before[1], before[0].name)
    else:
        held = [one.officer for one in milestones.of_task(task, deed.today)]
        found = [one for one in held if one.name == name] or officers.find(deed.session, name)
        own = [one for one in found if one.department_id == task.department_id]
        found = own or found
    if len(found) > 1:
        raise UnreadableError("which-person", name=name)
    return found[0] if found else None


def _budgets(deed: Deed, thing: Thing, text: str) -> Put:
    found = [] if text in NOTHING else [one.model_dump() for one in read_budgets(in_won(text))]
    if not found and text not in NOTHING:
        raise UnreadableError("no-amount")
    return lambda: [edit.edit_task(deed, task_of(thing), {"budgets": found})]


def _period(deed: Deed, thing: Thing, text: str) -> Put:
    said = time(thing, text, deed.today)[0]
    values = {"start_on": said.start, "end_on": said.due, "is_open_ended": said.due is None}
    return lambda: [edit.edit_task(deed, task_of(thing), values)]


def _area(deed: Deed, thing: Thing, text: str) -> Put:
    area = None if text in NOTHING else _short(text)
    return lambda: [edit.edit_task(deed, task_of(thing), {"area": area})]


def _no(deed: Deed, thing: Thing, text: str) -> Put:
    no = None if text in NOTHING else text[:NO_MOST]
    return lambda: [edit.edit_task(deed, task_of(thing), {"no": no})]


READERS: Final[dict[str, Callable[[Deed, Thing, str], Put]]] = {
    "title": _title, "expr": _expr, "department": _department, "related": _related, "partners": _partners,
    "officers": _officers, "budgets": _budgets, "period": _period, "area": _area, "no": _no,
}  # fmt: skip


def _short(text: str) -> str:
    if not text or len(text) > TEXT_MOST:
        raise UnreadableError("long", count=TEXT_MOST)
    return text


def _list(text: str) -> list[str]:
    return [] if text in NOTHING else [one for one in APART.split(text) if one]
