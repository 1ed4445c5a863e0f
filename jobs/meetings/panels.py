"""Panels of citizens (시민평가단, 배심원단): their 분과 with the tasks of each, and what it says of them; an opinion is an item
that the task's department answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete

from jobs.authority.permissions import Deed
from jobs.items import steps as items
from jobs.items.steps import Entry, ItemError
from jobs.meetings.steps import MeetingError, held, take_step
from plans.facts import Fault
from plans.sheet.opinions import OpinionDraft
from store import panels
from store.models import MeetingOpinion, MeetingPanel, MeetingPanelTask, MeetingTime, Task
from store.panels import is_said
from store.states import ItemKind, ItemStage, MeetingKind

NAME_MOST, MEMBERS_MOST = 120, 9999
OPINION_MOST = 380  # letters
TITLE_SHOWN = 60  # letters of the task's title before an opinion


@dataclass(frozen=True)
class Seats:
    """What is said of a 분과; None: as it was. `names`: whose tasks it has, in the place of those it had."""

    name: str
    citizens: int | None = None
    experts: int | None = None
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Placed:
    """A 분과 as it stands, and how many of its tasks came from another one."""

    time: MeetingTime
    panel: MeetingPanel
    tasks: int
    moved: int


def _held(deed: Deed, number: int) -> MeetingTime:
    of = held(deed, number)
    if of.meeting.kind is not MeetingKind.PANEL:
        raise MeetingError("no-panel-meeting", number=number)
    return of


def named(deed: Deed, of: MeetingTime, name: str) -> MeetingPanel:
    """The 분과 of that name. Raises MeetingError."""
    found = panels.named(deed.session, of.meeting_id, name)
    if found is None:
        choices = [one.name for one in panels.of_meeting(deed.session, of.meeting_id)]
        raise MeetingError("no-such-panel", said=name, choices=", ".join(choices))
    return found


def seat(deed: Deed, number: int, wanted: Seats) -> Placed:
    """분과: made, or changed. A task that is named goes there from another one. Raises MeetingError."""
    of = _held(deed, number)
    name = " ".join(wanted.name.split())[:NAME_MOST]
    if not name:
        raise MeetingError("no-panel-name")
    found = panels.named(deed.session, of.meeting_id, name) or _made(deed, of, name)
    for key in ("citizens", "experts"):
        count = getattr(wanted, key)
        if count is not None and not 0 <= count <= MEMBERS_MOST:
            raise MeetingError("members", most=MEMBERS_MOST)
        if count is not None:
            setattr(found, key, count)
    moved = _map(deed, found, _named_tasks(deed, wanted.names)) if wanted.names else 0
    deed.session.flush()
    fresh = _fresh(deed, found)
    count = len(panels.tasks_of(fresh))
    after = {"title": found.name, "value": f"{found.citizens}/{found.experts}", "tasks": count}
    done = take_step(deed, of, "meeting-panel", after=after)
    return Placed(done, _fresh(deed, found), count, moved)


def _fresh(deed: Deed, panel: MeetingPanel) -> MeetingPanel:
    return next(one for one in panels.of_meeting(deed.session, panel.meeting_id) if one.id == panel.id)


def _made(deed: Deed, of: MeetingTime, name: str) -> MeetingPanel:
    last = max((one.position for one in panels.of_meeting(deed.session, of.meeting_id)), default=0)
    made = MeetingPanel(meeting_id=of.meeting_id, position=last + 1, name=name, citizens=0, experts=0)
    deed.session.add(made)
    deed.session.flush()
    return made


def _named_tasks(deed: Deed, names: Sequence[str]) -> list[Task]:
    """The tasks of every name, none twice. Raises MeetingError with a name that means none."""
    found: dict[int, Task] = {}
    for name in names:
        some = panels.tasks_named(deed.session, name)
        if not some:
            raise MeetingError("no-tasks", said=name)
        found |= {one.id: one for one in some}
    return list(found.values())


def _map(deed: Deed, panel: MeetingPanel, wanted: Sequence[Task]) -> int:
    """It has these tasks and no others; gives how many were of another one."""
    ids = {one.id for one in wanted}
    rows = [one for each in panels.of_meeting(deed.session, panel.meeting_id) for one in each.tasks]
    moved = sum(one.task_id in ids and one.panel_id != panel.id for one in rows)
    gone = [one.id for one in rows if one.panel_id == panel.id or one.task_id in ids]
    deed.session.execute(delete(MeetingPanelTask).where(MeetingPanelTask.id.in_(gone)))
    for one in wanted:
        row = MeetingPanelTask(meeting_id=panel.meeting_id, panel_id=panel.id, task_id=one.id)
        deed.session.add(row)
    return moved


def drop(deed: Deed, number: int, name: str) -> MeetingTime:
    """A 분과 that has said nothing goes. Raises MeetingError."""
    of = _held(deed, number)
    found = named(deed, of, name)
    if panels.has_spoken(deed.session, found.id):
        raise MeetingError("panel-spoke", said=found.name)
    gone, title = found.id, found.name
    deed.session.execute(delete(MeetingPanelTask).where(MeetingPanelTask.panel_id == gone))
    deed.session.execute(delete(MeetingPanel).where(MeetingPanel.id == gone))
    return take_step(deed, of, "meeting-panel-dropped", before={"title": title})


def opine(
    deed: Deed, number: int, task_id: int, text: str | None, due_on: date | None = None
) -> MeetingOpinion:
    """의견 about a task of one of its 분과, from then on an item of the task's department; `text` None: it has none. It may be
    said in other words until the department answers. Raises MeetingError, ItemError."""
    of = _held(deed, number)
    said = " ".join(text.split()) if text is not None else None
    if said == "" or (said is not None and len(said) > OPINION_MOST):
        raise MeetingError("opinion-length", most=OPINION_MOST)
    panel, task = _place(deed, of, task_id)
    known = panels.opinion_of(deed.session, of.id, task.id)
    if known is None:
        known = MeetingOpinion(time_id=of.id, panel_id=panel.id, task_id=task.id)
        deed.session.add(known)
    before = known.text if known.item is None or is_said(known) else None
    _say(deed, of, known, panel, task, said, due_on)
    known.text, known.panel_id = said, panel.id
    deed.session.flush()
    deed.session.refresh(known)
    became = f"item:{known.item_id}" if known.item_id is not None else None
    after = {"task_id": task.id, "opinion": said, "became": became}
    take_step(deed, of, "meeting-opinion", before={"opinion": before} if before else {}, after=after)
    return known


def _say(
    deed: Deed,
    of: MeetingTime,
    known: MeetingOpinion,
    panel: MeetingPanel,
    task: Task,
    said: str | None,
    due_on: date | None,
) -> None:
    """The item that it is: entered, or put in other words. What a department has answered stays as it was said."""
    item = known.item if is_said(known) else None
    if item is not None and (said is None or item.state is not ItemStage.OPEN):
        raise MeetingError("opinion-there", number=item.id)
    if said is None:
        known.item_id = None
        return
    title = f"{task.no or f'#{task.id}'} {task.title[:TITLE_SHOWN]}: {said}"
    if item is not None:
        items.reword(deed, item.id, title)
        return
    if task.department is None:
        raise MeetingError("no-department", number=task.id)
    entry = Entry(
        kind=ItemKind.PROPOSAL,
        title=title,
        source_on=min(of.held_on, deed.today),
        department=task.department,
        source=of.meeting.title,
        requester=panel.name,
        due_on=due_on,
    )
    known.item_id = items.enter(deed, entry).id


def _place(deed: Deed, of: MeetingTime, task_id: int) -> tuple[MeetingPanel, Task]:
    """The 분과 that has the task. Raises MeetingError."""
    for panel in panels.of_meeting(deed.session, of.meeting_id):
        for task in panels.tasks_of(panel):
            if task.id == task_id:
                return panel, task
    raise MeetingError("no-panel-of-task", number=task_id)


@dataclass
class Taken:
    """What became of a sheet: opinions that are new, put in other words, none to say; rows that say what is there."""

    entered: int = 0
    changed: int = 0
    none: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)


def take(deed: Deed, number: int, rows: Sequence[OpinionDraft]) -> Taken:
    """The rows of a sheet that came back; with a fault nothing of it counts, and the caller undoes it. Raises MeetingError."""
    of, done = _held(deed, number), Taken()
    for row in rows:
        known = panels.opinion_of(deed.session, of.id, row.task_id)
        is_there = known is not None and (known.item is None or is_said(known))
        if known is not None and is_there and known.text == row.opinion:
            done.known += 1
            continue
        try:
            opine(deed, number, row.task_id, row.opinion)
        except (MeetingError, ItemError) as error:
            done.faults.append(_fault(row, error))
        else:
            done.none += row.opinion is None
            done.changed += row.opinion is not None and is_there
            done.entered += row.opinion is not None and not is_there
    return done


def _fault(row: OpinionDraft, error: MeetingError | ItemError) -> Fault:
    """What the rules say of a row, by its cell."""
    if error.code == "opinion-length":
        return Fault(row.line, "opinions.length", {"cell": row.cell, "most": OPINION_MOST})
    if error.code in {"opinion-there", "answered", "moved-on"}:
        return Fault(row.line, "opinions.answered", {"cell": row.cell})
    if error.code == "no-panel-of-task":
        return Fault(row.line, "opinions.task", {"cell": row.cell, "number": row.task_id})
    if error.code == "no-department":
        return Fault(row.line, "opinions.department", {"cell": row.cell, "number": row.task_id})
    raise error
