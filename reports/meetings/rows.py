"""Meetings as rows, as `gihan meeting list --json` and `gihan meeting show N --json` print them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pydantic import BaseModel
from sqlalchemy.orm import Session

from reports.hours import hour_of
from reports.meetings.opinions import PanelRow, of_time
from store import meetings
from store.models import Item, MeetingTime
from store.states import MeetingKind

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
EVERY_MONTH = ""  # that is not named


class TopicRow(BaseModel):
    no: int
    title: str
    department: str | None
    added_by: str | None


class PartRow(BaseModel):
    """A department's material (`text` None: not yet), and how many of how many came."""

    department: str
    text: str | None
    given_on: date | None
    given_by: str | None
    on_behalf: bool
    present: int | None
    total: int | None


class MeetingRow(BaseModel):
    """One time of a meeting. `state`: planned, held once its day is over, cancelled. `decisions` are numbers of items. `panels`
    are those of citizens, with what they said at this time."""

    no: int
    meeting: int
    kind: str
    title: str
    on: date
    first_on: date
    time: str | None
    place: str | None
    chair: str | None
    rrule: str | None
    agenda_until: date
    material_until: date
    state: str
    agenda: list[TopicRow]
    parts: list[PartRow]
    decisions: list[int]
    panels: list[PanelRow]


def state_of(of: MeetingTime, today: date) -> str:
    if of.cancelled_at is not None:
        return CANCELLED
    return HELD if of.held_on < today else PLANNED


def chair_of(of: MeetingTime) -> str | None:
    """Who presides in the month in which it is held."""
    named: dict[str, str] = of.meeting.chairs
    return named.get(str(of.held_on.month)) or named.get(EVERY_MONTH)


def rows(
    session: Session, found: Collection[MeetingTime], today: date, closing: dict[int, tuple[date, date]]
) -> list[MeetingRow]:
    """The meetings in their order; `closing`: until when agenda and material of each come (jobs.meetings.rules)."""
    decided = meetings.decided(session, [one.id for one in found])
    return [_row(one, today, closing[one.id], decided[one.id], _panels(session, one)) for one in found]


def _panels(session: Session, of: MeetingTime) -> list[PanelRow]:
    return of_time(session, of) if of.meeting.kind is MeetingKind.PANEL else []


def _row(
    of: MeetingTime,
    today: date,
    closing: tuple[date, date],
    decided: list[Item],
    panels: list[PanelRow],
) -> MeetingRow:
    return MeetingRow(
        no=of.id,
        meeting=of.meeting_id,
        kind=of.meeting.kind.value,
        title=of.meeting.title,
        on=of.held_on,
        first_on=of.first_held_on,
        time=hour_of(of.minute) or None,
        place=of.place,
        chair=chair_of(of),
        rrule=of.meeting.rrule,
        agenda_until=closing[0],
        material_until=closing[1],
        state=state_of(of, today),
        agenda=[
            TopicRow(
                no=one.position,
                title=one.title,
                department=one.department.name if one.department is not None else None,
                added_by=one.added_by,
            )
            for one in meetings.topics(of)
        ],
        parts=[
            PartRow(
                department=one.department.name,
                text=one.text,
                given_on=one.given_on,
                given_by=one.given_by,
                on_behalf=one.is_on_behalf,
                present=one.present,
                total=one.total,
            )
            for one in of.parts
        ],
        decisions=[one.id for one in decided],
        panels=panels,
    )
