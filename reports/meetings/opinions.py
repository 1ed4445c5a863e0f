"""Panels (분과) of a meeting and what they said of tasks, as rows; every count is one of the rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.orm import Session

from reports import items as item_rows
from reports.items import ItemRow
from reports.texts.hidden_titles import shown_title
from store import items, panels
from store.models import MeetingOpinion, MeetingPanel, MeetingTime, Task
from store.panels import is_said
from store.states import ItemStage


class OpinionRow(BaseModel):
    """What a 분과 said of a task (`opinion` None: that it had nothing to say), and what became of it: the item, whose reply."""

    panel: str
    task: int
    task_no: str | None
    title: str
    department: str | None
    opinion: str | None
    item: int | None
    state: str | None
    reply: str | None
    outcome: str | None
    due_at: datetime | None


class PanelRow(BaseModel):
    """A 분과: who sits in it, how many tasks it has, of how many it said something, and how many of that nobody answered."""

    name: str
    citizens: int
    experts: int
    tasks: int
    opinions: int
    unanswered: int


def opinion_rows(
    session: Session, found: Sequence[MeetingOpinion], zone: ZoneInfo, now: datetime
) -> list[OpinionRow]:
    """In their order; one whose item was taken back has no words."""
    known = items.by_numbers(session, [one.item_id for one in found if one.item_id is not None])
    told = {one.no: one for one in item_rows.rows(session, list(known.values()), zone, now)}
    return [_row(one, told.get(one.item_id or 0)) for one in found]


def _row(one: MeetingOpinion, item: ItemRow | None) -> OpinionRow:
    is_there = item is not None and item.state != ItemStage.DROPPED
    return OpinionRow(
        panel=one.panel.name,
        task=one.task_id,
        task_no=one.task.shown_no,
        title=shown_title(one.task),
        department=one.task.department.name if one.task.department is not None else None,
        opinion=one.text if is_there else None,
        item=item.no if item is not None and is_there else None,
        state=item.state if item is not None and is_there else None,
        reply=item.reply if item is not None and is_there else None,
        outcome=item.outcome if item is not None and is_there else None,
        due_at=item.due_at if item is not None and is_there else None,
    )


def panel_rows(of_meeting: Sequence[MeetingPanel], said: Collection[MeetingOpinion]) -> list[PanelRow]:
    """The panels in their order, with what they said at one time."""
    unanswered = panels.unanswered(said)
    return [
        PanelRow(
            name=one.name,
            citizens=one.citizens,
            experts=one.experts,
            tasks=len(panels.tasks_of(one)),
            opinions=sum(each.panel_id == one.id and is_said(each) for each in said),
            unanswered=sum(each.panel_id == one.id for each in unanswered),
        )
        for one in of_meeting
    ]


def of_time(session: Session, of: MeetingTime) -> list[PanelRow]:
    """The same of one time of the meeting."""
    found = panels.of_meeting(session, of.meeting_id)
    return panel_rows(found, panels.opinions(session, [of.id])[of.id] if found else [])


def label_of(task: Task) -> str:
    """4-1-② 공영주차장: as papers name it."""
    return " ".join(one for one in (task.shown_no, shown_title(task)) if one)
