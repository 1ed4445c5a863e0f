"""역할을 받는 일: from today on somebody holds a role; a first one of the planning office answers for its own dates."""

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.people.assignment import assign
from store import milestones, officers, plans
from store.models import Officer, Plan, Role, Task
from store.states import AssignmentKind, RoleName


def appoint(deed: Deed, officer: Officer, role: RoleName, department_id: int | None) -> Role | None:
    """The role that is held from today on; None where the person holds it already or it is the plain officer's."""
    granted = officers.grant(deed.session, officer, role, deed.today, department_id)
    if granted is not None and role is RoleName.PLANNER:
        _take_up_own_dates(deed, officer)
    return granted


def _take_up_own_dates(deed: Deed, officer: Officer) -> None:
    """총괄부서 자체 일정 of a plan that came in before anybody was of the planning office has no officer yet."""
    query = select(Task).join(Plan).where(Task.is_office, plans.is_in_use())
    for task in deed.session.scalars(query.where(milestones.has_no_officer(deed.today)).order_by(Task.id)):
        task.department = task.department or officer.department
        assign(deed, task, officer, AssignmentKind.LEAD)
