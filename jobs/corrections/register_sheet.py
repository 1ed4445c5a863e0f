"""The whole register of active plans as a sheet that can be changed and sent back (plans/sheet/register.py, sheet.py)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from jobs.corrections import written
from plans.sheet.columns import WON, YEAR_UNIT
from plans.sheet.register import Cell, write_register
from reports.texts.hidden_titles import shown_title
from reports.texts.states import STATE_WORDS
from store import milestones, plans
from store.models import Assignment, Milestone, Plan, Task
from store.states import MilestoneState


def register_sheet(
    session: Session, today: date, title: str, help_: Sequence[str], *, hides_secret: bool = False
) -> bytes:
    """The .xlsx file: every task of the active plans that was not withdrawn with its entries, in the order of the documents.
    `hides_secret`: of secret tasks it has numbers and days, no words."""
    query = select(Milestone).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(plans.is_in_use(), Milestone.state != MilestoneState.CANCELLED)
    query = query.order_by(Plan.id, Task.position, Milestone.due_on, Milestone.id)
    entries: dict[int, list[Milestone]] = {}
    for one in session.scalars(milestones.full(query)).unique():
        entries.setdefault(one.task_id, []).append(one)
    is_department = cache(partial(written.is_department, session))
    rows: list[dict[str, Cell]] = []
    for task in _tasks(session):
        about = _task_cells(task, today, is_department)
        hidden = _hidden(task) if hides_secret and task.is_secret else {}
        shown: Sequence[Milestone | Task] = entries.get(task.id) or [task]
        rows += [{"number": each.id, **about, **_entry_cells(each), **hidden} for each in shown]
    return write_register(title, help_, rows)


def _tasks(session: Session) -> Sequence[Task]:
    """A task without entries has a row of its own."""
    query = select(Task).join(Plan).where(plans.is_in_use()).order_by(Plan.id, Task.position, Task.id)
    people = selectinload(Task.assignments).joinedload(Assignment.officer)
    return session.scalars(query.options(joinedload(Task.department), people)).unique().all()


def _hidden(task: Task) -> dict[str, Cell]:
    """What stands in place of the words of a secret task."""
    words = dict.fromkeys(("no", "title", "expr", "note", "area", "related", "partners", "budgets"))
    return {**words, "task": shown_title(task)}


def cells(session: Session, one: Milestone | Task, today: date) -> dict[str, Cell]:
    """What the sheet shows of it, by its columns."""
    about = _task_cells(written.task_of(one), today, partial(written.is_department, session))
    return {**about, **_entry_cells(one)}


def _task_cells(task: Task, today: date, is_department: Callable[[str], bool]) -> dict[str, Cell]:
    return {
        "no": task.no,
        "task": task.title,
        "department": task.department.name if task.department else None,
        "officers": "; ".join(each.officer.name for each in milestones.of_task(task, today)),
        "area": task.area,
        "related": "; ".join(one for one in task.related if is_department(one)),
        "partners": "; ".join(one for one in task.related if not is_department(one)),
        "budgets": "; ".join(_budget(one["year"], one["krw"]) for one in task.budgets),
        "period": _period(task.start_on, task.end_on),
    }


def _entry_cells(one: Milestone | Task) -> dict[str, Cell]:
    if isinstance(one, Task):
        return {}
    return {
        "title": one.title,
        "expr": one.expr,
        "original": one.original_due_on,
        "due": one.due_on,
        "state": STATE_WORDS[one.state],
        "done": one.done_on,
        "percent": one.progress,
        "note": one.note,
    }


def _budget(year: int | None, krw: int) -> str:
    return f"{year}{YEAR_UNIT} {krw:,}{WON}" if year else f"{krw:,}{WON}"


def _period(start: date | None, end: date | None) -> str:
    days = [f"{one.year}. {one.month}. {one.day}." if one else "" for one in (start, end)]
    return " ~ ".join(days).strip() if any(days) else ""
