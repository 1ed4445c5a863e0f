"""Items (지시·건의) as rows, as `gihan item list --json` prints them, and their counts: every count is one of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.orm import Session

from reports.hours import instant_of
from store import items
from store.models import Item, ItemReply
from store.outcomes import Outcome
from store.states import ItemStage

TENTH = Decimal("0.1")


class Said(BaseModel):
    """What one department says to an item; `text` None: nothing yet."""

    department: str
    text: str | None
    replied_on: date | None
    replied_by: str | None
    on_behalf: bool


class ItemRow(BaseModel):
    """One item. `department` leads, `cooperating` have a part of their own; `reply` is what all of them say, put together."""

    no: int
    kind: str
    title: str
    source: str | None
    source_on: date
    requester: str | None
    department: str
    officer: str | None
    cooperating: list[str]
    due_at: datetime
    first_due_on: date
    state: str
    overdue: bool
    reply: str | None
    replied_on: date | None
    outcome: str | None
    closed_on: date | None
    replies: list[Said]


class Counts(BaseModel):
    """`answered`: closed with an outcome; `open`: all others, `closing` of them wait for the planning office, `overdue` are
    late. `rate`: adopted of answered in percent, None where nothing is answered."""

    total: int
    answered: int
    adopted: int
    open: int
    closing: int
    overdue: int
    rate: Decimal | None


def due_at(item: Item, zone: ZoneInfo) -> datetime:
    """The last instant at which it is in time."""
    return instant_of(item.due_on, item.due_minute, zone)


def is_late(item: Item, zone: ZoneInfo, now: datetime) -> bool:
    """Its day is over, and a department has yet to do something: what waits for the planning office is not late."""
    return item.state is ItemStage.OPEN and now > due_at(item, zone)


def reply_of(item: Item, replies: Mapping[int, ItemReply]) -> str | None:
    """What the departments say as one reply, the lead one first; None until each has answered."""
    if items.missing(item):
        return None
    said = [(one.department.name, replies[one.id].text) for one in item.parts]
    return said[0][1] if len(said) == 1 else "\n".join(f"{name}: {text}" for name, text in said)


def replied_on(item: Item) -> date | None:
    """The day on which the reply was complete."""
    days = [one.replied_on for one in item.parts if one.version and one.replied_on is not None]
    return max(days) if days and not items.missing(item) else None


def rows(session: Session, found: Sequence[Item], zone: ZoneInfo, now: datetime) -> list[ItemRow]:
    """The items in their order."""
    said = items.replies(session, found)
    return [_row(one, said, zone, now) for one in found]


def _row(item: Item, replies: Mapping[int, ItemReply], zone: ZoneInfo, now: datetime) -> ItemRow:
    names = [one.department.name for one in item.parts]
    closed = item.closed_at.astimezone(zone).date() if item.closed_at is not None else None
    return ItemRow(
        no=item.id,
        kind=item.kind.value,
        title=item.title,
        source=item.source,
        source_on=item.source_on,
        requester=item.requester,
        department=item.department.name,
        officer=item.officer.name if item.officer is not None else None,
        cooperating=names[1:],
        due_at=due_at(item, zone),
        first_due_on=item.first_due_on,
        state=item.state.value,
        overdue=is_late(item, zone, now),
        reply=reply_of(item, replies),
        replied_on=replied_on(item),
        outcome=item.outcome,
        closed_on=closed,
        replies=[_said(one.department.name, one.replied_on, replies.get(one.id)) for one in item.parts],
    )


def _said(department: str, on: date | None, reply: ItemReply | None) -> Said:
    if reply is None:
        return Said(department=department, text=None, replied_on=None, replied_by=None, on_behalf=False)
    return Said(
        department=department,
        text=reply.text,
        replied_on=on,
        replied_by=reply.replied_by,
        on_behalf=reply.is_on_behalf,
    )


def counts(found: Sequence[ItemRow]) -> Counts:
    """Of those rows."""
    answered = sum(one.state == ItemStage.CLOSED for one in found)
    adopted = sum(one.state == ItemStage.CLOSED and one.outcome == Outcome.ADOPTED for one in found)
    return Counts(
        total=len(found),
        answered=answered,
        adopted=adopted,
        open=len(found) - answered,
        closing=sum(one.state == ItemStage.CLOSING for one in found),
        overdue=sum(one.overdue for one in found),
        rate=rate(adopted, answered),
    )


def rate(adopted: int, answered: int) -> Decimal | None:
    """반영률: adopted of answered, in percent with one decimal, halves up."""
    if not answered:
        return None
    return (Decimal(100 * adopted) / answered).quantize(TENTH, rounding=ROUND_HALF_UP)
