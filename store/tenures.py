"""Since when somebody answers for a task without an end: kept with the task, so that the few tasks that nobody
answers for are found without walking all of them.

Every change of an assignment goes through its mapper (there is no bulk statement on that table), and so through here.
"""

from typing import Any

from sqlalchemy import Connection, event, func, inspect, select, update

from store.tables.people import Assignment
from store.tables.plans import Task


@event.listens_for(Assignment, "after_insert")
@event.listens_for(Assignment, "after_update")
@event.listens_for(Assignment, "after_delete")
def _keep(_mapper: Any, connection: Connection, assignment: Assignment) -> None:
    """The task's day, and the former task's where the assignment has moved."""
    tasks = [one for one in inspect(assignment).attrs.task_id.history.sum() if one is not None]
    first = select(func.min(Assignment.from_on)).where(
        Assignment.task_id == Task.id, Assignment.until_on.is_(None)
    )
    days = update(Task).where(Task.id.in_(tasks)).values(held_from_on=first.scalar_subquery())
    connection.execute(days)
