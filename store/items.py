"""What was raised and wants a reply (지시·건의): finding items, the departments' parts, their replies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.models import Item, ItemPart, ItemReply
from store.officers import alike
from store.states import ItemKind, ItemStage

UNDER_WAY = (ItemStage.OPEN, ItemStage.CLOSING)
COUNTED = (*UNDER_WAY, ItemStage.CLOSED)


@dataclass(frozen=True)
class Filter:
    """Which items are meant; None: all. `since` and `until` are days on which they were raised, both included."""

    kinds: Collection[ItemKind] | None = None
    states: Collection[ItemStage] | None = None
    department_id: int | None = None
    since: date | None = None
    until: date | None = None


EVERYTHING = Filter()


def get(session: Session, number: int) -> Item | None:
    return session.scalars(_loaded().where(Item.id == number)).one_or_none()


def locked(session: Session, number: int) -> Item | None:
    """The item, read afresh; nobody else changes it until the transaction ends."""
    query = select(Item).where(Item.id == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def listed(session: Session, only: Filter = EVERYTHING) -> list[Item]:
    """Those that are meant: what is open by its day, then what is closed, the newest first. Dropped ones only where their
    state is asked for."""
    query = _loaded().where(*_conditions(only))
    found = list(session.scalars(query.order_by(Item.due_on, Item.id)))
    closed = [one for one in found if one.state not in UNDER_WAY]
    return [one for one in found if one.state in UNDER_WAY] + closed[::-1]


def _conditions(only: Filter) -> list[ColumnElement[bool]]:
    states = COUNTED if only.states is None else only.states
    found: list[ColumnElement[bool]] = [Item.state.in_(states)]
    if only.kinds is not None:
        found.append(Item.kind.in_(only.kinds))
    if only.department_id is not None:
        found.append(is_of(only.department_id))
    if only.since is not None:
        found.append(Item.source_on >= only.since)
    if only.until is not None:
        found.append(Item.source_on <= only.until)
    return found


def is_of(department_id: int) -> ColumnElement[bool]:
    """The department leads the item or cooperates."""
    return Item.parts.any(ItemPart.department_id == department_id)


def _loaded() -> Select[Item]:
    loaded = joinedload(Item.department), joinedload(Item.officer)
    return (
        select(Item)
        .options(*loaded, selectinload(Item.parts).joinedload(ItemPart.department))
        .execution_options(populate_existing=True)
    )


def part_of(item: Item, department_id: int) -> ItemPart | None:
    """The department's part; None where it has none."""
    return next((one for one in item.parts if one.department_id == department_id), None)


def replies(session: Session, found: Iterable[Item]) -> dict[int, ItemReply]:
    """The newest reply of every part of the items, by part."""
    numbers = [one.id for one in found]
    query = select(ItemReply).join(ItemPart, ItemPart.id == ItemReply.part_id)
    query = query.where(ItemPart.item_id.in_(numbers), ItemReply.version == ItemPart.version)
    return {one.part_id: one for one in session.scalars(query)}


def versions(session: Session, part_id: int) -> list[ItemReply]:
    """Every version of what the department said, the oldest first."""
    query = select(ItemReply).where(ItemReply.part_id == part_id)
    return list(session.scalars(query.order_by(ItemReply.version)))


def missing(item: Item) -> Sequence[ItemPart]:
    """Parts without a reply, in their order."""
    return [one for one in item.parts if not one.version]


def earlier(session: Session, item: Item, department_id: int) -> tuple[Item, ItemReply] | None:
    """What the department last said to the same requester: to the same words where it was, else the newest."""
    if not item.requester:
        return None
    query = (
        select(Item, ItemReply)
        .join(ItemPart, ItemPart.item_id == Item.id)
        .join(ItemReply, (ItemReply.part_id == ItemPart.id) & (ItemReply.version == ItemPart.version))
        .where(Item.id != item.id, Item.source_on <= item.source_on, ItemPart.department_id == department_id)
        .where(Item.requester.is_not(None), Item.state != ItemStage.DROPPED)
        .order_by(Item.source_on.desc(), Item.id.desc())
    )
    wanted, words = alike(item.requester), alike(item.title)
    found = [(one, said) for one, said in session.execute(query) if alike(one.requester or "") == wanted]
    same_words = [each for each in found if alike(each[0].title) == words]
    return next(iter([*same_words, *found]), None)


def same(session: Session, kind: ItemKind, title: str, requester: str | None, source_on: date) -> Item | None:
    """An item that says the same, from the same day and requester; None where there is none."""
    query = select(Item).where(Item.kind == kind, Item.source_on == source_on, Item.state.in_(COUNTED))
    wanted = alike(title), alike(requester or "")
    found = (
        one
        for one in session.scalars(query.order_by(Item.id))
        if (alike(one.title), alike(one.requester or "")) == wanted
    )
    return next(found, None)


class Seat(NamedTuple):
    """Where a department's part of an item stands: all that says whose turn it is. `position` 0: the lead department's."""

    part_id: int
    item_id: int
    department_id: int
    position: int
    version: int
    state: ItemStage
    officer_id: int | None
    due_on: date
    due_minute: int | None
    entered_at: datetime
    asked_at: datetime | None

    @property
    def is_wanted(self) -> bool:
        """Something is wanted of the department: its reply, and of the lead one that it asks to have the item closed."""
        return self.state is ItemStage.OPEN and (self.position == 0 or not self.version)


def seats(session: Session, *conditions: ColumnElement[bool]) -> list[Seat]:
    """The parts of items under way, the soonest due first. Values, no objects."""
    columns: list[Any] = [
        ItemPart.id,
        ItemPart.item_id,
        ItemPart.department_id,
        ItemPart.position,
        ItemPart.version,
    ]
    columns += [Item.state, Item.officer_id, Item.due_on, Item.due_minute, Item.entered_at, Item.asked_at]
    query = (
        select(*columns).join(Item, Item.id == ItemPart.item_id).where(Item.state.in_(UNDER_WAY), *conditions)
    )
    query = query.order_by(Item.due_on, Item.id, ItemPart.position)
    return [Seat(*row) for row in session.connection().execute(query)]


def by_numbers(session: Session, numbers: Collection[int]) -> dict[int, Item]:
    """Those of these numbers, by number."""
    return {one.id: one for one in session.scalars(_loaded().where(Item.id.in_(numbers)))}


def reached(session: Session, officer_ids: Collection[int], departments: Collection[int]) -> list[Item]:
    """Items under way of those officers, or in which those departments have a part, the soonest due first."""
    mine = or_(Item.officer_id.in_(officer_ids), Item.parts.any(ItemPart.department_id.in_(departments)))
    query = _loaded().where(Item.state.in_(UNDER_WAY), mine)
    return list(session.scalars(query.order_by(Item.due_on, Item.id)))
