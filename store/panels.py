"""Panels (분과) of a meeting with citizens: finding them, their tasks, what they said of these and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store import items, meetings, officers, plans, rounds, tasks
from store.models import (
    Department,
    Meeting,
    MeetingOpinion,
    MeetingPanel,
    MeetingPanelTask,
    MeetingTime,
    Plan,
    Task,
)
from store.officers import alike
from store.states import ItemStage, MeetingKind

_CITIZENS_SEE = Task.is_secret.is_(False), Task.is_office.is_(False), Task.same_as_id.is_(None)


def of_meeting(session: Session, meeting_id: int) -> list[MeetingPanel]:
    """The panels in their order, with their tasks."""
    of_panel = selectinload(MeetingPanel.tasks).joinedload(MeetingPanelTask.task)
    query = select(MeetingPanel).where(MeetingPanel.meeting_id == meeting_id)
    query = query.options(of_panel.joinedload(Task.department)).order_by(MeetingPanel.position)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def last_of(session: Session, of: Meeting) -> Meeting | None:
    """The newest other meeting of citizens of the same name."""
    query = select(Meeting).where(Meeting.kind == MeetingKind.PANEL, Meeting.id != of.id)
    found = session.scalars(query.order_by(Meeting.id.desc()))
    return next((one for one in found if alike(one.title) == alike(of.title)), None)


def named(session: Session, meeting_id: int, name: str) -> MeetingPanel | None:
    """The panel of that name, however it is spaced."""
    wanted = alike(name)
    return next((one for one in of_meeting(session, meeting_id) if alike(one.name) == wanted), None)


def tasks_of(panel: MeetingPanel) -> list[Task]:
    """Its tasks in the order of their plans, without what was withdrawn or has become secret since."""
    found = (one.task for one in panel.tasks)
    there = [one for one in found if one.withdrawn_on is None and not one.is_secret]
    return sorted(there, key=lambda one: (one.plan_id, one.position))


def tasks_named(session: Session, name: str) -> list[Task]:
    """The tasks that a name means, such as citizens may see: of a department, a bureau, an area (분야), a plan, or of that
    number, ours or the document's; [] where it means none."""
    said = name.strip()
    number = said.lstrip("#＃")
    if number.isdecimal() and number.isascii():
        one = tasks.holding(session, int(number))
        return [one] if one is not None and tasks_open_to_citizens(one) else []
    found = _condition(session, said)
    if found is not None:
        return tasks.search(session, found, *_CITIZENS_SEE)
    return tasks.printed(session, said, *_CITIZENS_SEE)


def tasks_open_to_citizens(task: Task) -> bool:
    return not task.is_secret and not task.is_office and task.same_as_id is None and task.withdrawn_on is None


def _condition(session: Session, said: str) -> ColumnElement[bool] | None:
    department = officers.department(session, said)
    if department is not None:
        return Task.department_id == department.id
    bureaus = session.scalars(select(Department.bureau).where(Department.bureau.is_not(None)).distinct())
    for bureau in bureaus:
        if bureau is not None and alike(bureau) == alike(said):
            return Task.department.has(Department.bureau == bureau)
    for area in rounds.areas(session):
        if alike(area) == alike(said):
            return Task.area == area
    plan = plans.active_named(session, said)
    return Plan.id == plan.id if plan is not None else None


def opinions(session: Session, times: Collection[int]) -> dict[int, list[MeetingOpinion]]:
    """What was said at each of those times, in the order in which it was entered."""
    found: dict[int, list[MeetingOpinion]] = defaultdict(list)
    query = select(MeetingOpinion).where(MeetingOpinion.time_id.in_(times))
    loaded = joinedload(MeetingOpinion.task).joinedload(Task.department), joinedload(MeetingOpinion.item)
    query = query.options(*loaded, joinedload(MeetingOpinion.panel)).order_by(MeetingOpinion.id)
    for one in session.scalars(query.execution_options(populate_existing=True)) if times else ():
        found[one.time_id].append(one)
    return found


def opinion_of(session: Session, time_id: int, task_id: int) -> MeetingOpinion | None:
    query = select(MeetingOpinion).where(MeetingOpinion.time_id == time_id, MeetingOpinion.task_id == task_id)
    return session.scalars(query.options(joinedload(MeetingOpinion.item))).one_or_none()


def has_spoken(session: Session, panel_id: int) -> bool:
    query = select(MeetingOpinion.id).where(MeetingOpinion.panel_id == panel_id).limit(1)
    return session.scalar(query) is not None


def is_said(one: MeetingOpinion) -> bool:
    """There are words, and they were not taken back."""
    return one.item is not None and one.item.state is not ItemStage.DROPPED


def unanswered(found: Collection[MeetingOpinion]) -> list[MeetingOpinion]:
    """Those of which a department has yet to say something."""
    return [one for one in found if one.item is not None and is_said(one) and items.missing(one.item)]


def before(session: Session, of: MeetingTime) -> list[MeetingTime]:
    """The earlier times of this panel, of the same name in whatever year, that were not cancelled; the newest first."""
    wanted = alike(of.meeting.title)
    found = meetings.listed(session, kind=MeetingKind.PANEL)
    return [one for one in found if one.held_on < of.held_on and alike(one.meeting.title) == wanted][::-1]


def follows(session: Session, of: MeetingTime, today: date) -> list[MeetingOpinion]:
    """지난 회의 의견: what was said the last time, and of the times before what is still open."""
    earlier = [one for one in before(session, of) if one.held_on <= today]
    said = opinions(session, [one.id for one in earlier])
    return [
        one
        for at, time in enumerate(earlier)
        for one in said[time.id]
        if one.item is not None and is_said(one) and (at == 0 or one.item.state in items.UNDER_WAY)
    ]
