"""The whole register of active plans as a sheet that can be filled in and sent back (plans/sheet/register.py)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from plans.sheet.register import Cell, write_register
from reports.texts.hidden_titles import shown_title
from reports.texts.states import STATE_WORDS
from store import milestones, plans
from store.models import Milestone, Plan, Task
from store.states import MilestoneState


def register_sheet(
    session: Session, today: date, title: str, help_: Sequence[str], *, hides_secret: bool = False
) -> bytes:
    """The .xlsx file: every entry of the active plans that was not withdrawn, in the order of the documents. `hides_secret`:
    of secret tasks it has numbers and days, no words."""
    query = select(Milestone).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(plans.is_in_use(), Milestone.state != MilestoneState.CANCELLED)
    query = query.order_by(Plan.id, Task.position, Milestone.due_on, Milestone.id)
    found = session.scalars(milestones.full(query)).unique()
    return write_register(
        title, help_, [_row(one, today, is_hidden=hides_secret and one.task.is_secret) for one in found]
    )


def _row(one: Milestone, today: date, *, is_hidden: bool) -> dict[str, Cell]:
    task = one.task
    return {
        "number": one.id,
        "no": None if is_hidden else task.no,
        "task": shown_title(task) if is_hidden else task.title,
        "department": task.department.name if task.department else None,
        "officers": "; ".join(each.officer.name for each in milestones.of_task(task, today)),
        "title": shown_title(one) if is_hidden else one.title,
        "expr": None if is_hidden else one.expr,
        "original": one.original_due_on,
        "due": one.due_on,
        "state": STATE_WORDS[one.state],
        "done": one.done_on,
        "percent": one.progress,
        "note": None if is_hidden else one.note,
    }
