"""The steps of an item: entered, answered by its departments, closing asked for, closed, sent back, reopened, dropped.

Every step holds the item until the transaction ends, looks at its state, counts the revision and is audited.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from jobs.items.rules import due_day, outcomes
from store import items
from store.models import Department, Item, ItemPart, ItemReply, Officer
from store.states import ItemKind, ItemStage

TITLE_MOST, REPLY_MOST, NAME_MOST = 500, 4000, 200


class ItemError(StepError):
    """A step of an item cannot be taken."""


@dataclass(frozen=True)
class Entry:
    """What was raised. `due_on` None: by the settings of its kind; `cooperating`: departments beside the lead one."""

    kind: ItemKind
    title: str
    source_on: date
    department: Department
    officer: Officer | None = None
    cooperating: Sequence[Department] = ()
    source: str | None = None
    requester: str | None = None
    due_on: date | None = None
    due_minute: int | None = None


def enter(deed: Deed, entry: Entry) -> Item:
    """The item is under way from now on. Raises ItemError."""
    title = entry.title.strip()
    if not title:
        raise ItemError("no-title")
    if entry.source_on > deed.today:
        raise ItemError("not-yet", day=entry.source_on)
    due_on = entry.due_on or due_day(entry.kind, entry.source_on, deed.rules.items, deed.rules.calendar)
    if due_on < entry.source_on:
        raise ItemError("due-before", day=due_on, before=entry.source_on)
    made = Item(
        kind=entry.kind,
        title=title[:TITLE_MOST],
        source=_short(entry.source),
        source_on=entry.source_on,
        requester=_short(entry.requester),
        department_id=entry.department.id,
        officer_id=entry.officer.id if entry.officer is not None else None,
        due_on=due_on,
        due_minute=entry.due_minute,
        first_due_on=due_on,
        state=ItemStage.OPEN,
        entered_by_id=deed.who.officer_id,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    places = dict.fromkeys([entry.department.id, *(one.id for one in entry.cooperating)])
    for position, place in enumerate(places):
        deed.session.add(ItemPart(item_id=made.id, department_id=place, position=position))
    deed.session.flush()
    after = {"item_kind": made.kind.value, "due_on": made.due_on, "count": len(places)}
    deed.record("item-entered", f"item:{made.id}", after=after, revision=1)
    return _fresh(deed, made.id)


def _short(text: str | None) -> str | None:
    return (text or "").strip()[:NAME_MOST] or None


def _fresh(deed: Deed, number: int) -> Item:
    found = items.get(deed.session, number)
    assert found is not None
    return found


def _held(deed: Deed, number: int, states: Collection[ItemStage], revision: int | None = None) -> Item:
    """The item, held until the transaction ends, where it is in one of the states. Raises ItemError."""
    if items.locked(deed.session, number) is None:
        raise ItemError("no-item", number=number)
    found = _fresh(deed, number)
    if found.state not in states or revision not in {None, found.revision}:
        raise ItemError("moved-on", number=number, state=found.state)
    return found


def _step(
    deed: Deed,
    item: Item,
    action: str,
    values: dict[str, Any],
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> Item:
    """The values hold from now on; the log says what was and what is."""
    was = {"state": item.state.value} if "state" in values else {}
    for name, value in (values | {"revision": item.revision + 1}).items():
        setattr(item, name, value)
    deed.session.flush()
    now = {"state": item.state.value} if "state" in values else {}
    deed.record(
        action,
        f"item:{item.id}",
        before=was | (before or {}),
        after=now | (after or {}),
        revision=item.revision,
        reason=reason,
    )
    return _fresh(deed, item.id)


def reply(
    deed: Deed,
    number: int,
    department_id: int,
    text: str,
    *,
    is_on_behalf: bool = False,
    on: date | None = None,
) -> Item:
    """What a department says; it may be replaced until closing is asked for, and earlier versions stay. `on`: the day of
    the reply, None: today. Raises ItemError."""
    said = text.strip()
    if not said:
        raise ItemError("no-reply-text")
    item = _held(deed, number, {ItemStage.OPEN})
    part = items.part_of(item, department_id)
    if part is None:
        raise ItemError("not-of-department", number=number)
    part.version += 1
    part.replied_on = on or deed.today
    deed.session.add(
        ItemReply(
            part_id=part.id,
            version=part.version,
            text=said[:REPLY_MOST],
            replied_by_id=deed.who.officer_id,
            replied_by=deed.who.name,
            is_on_behalf=is_on_behalf,
            replied_at=deed.now,
        )
    )
    after = {"department": part.department.name, "is_on_behalf": is_on_behalf, "count": part.version}
    return _step(deed, item, "item-replied", {}, after=after)


def ask_to_close(deed: Deed, number: int, outcome: str, revision: int | None = None) -> Item:
    """종결 요청: every department has answered, and it ended with that outcome. Raises ItemError."""
    item = _held(deed, number, {ItemStage.OPEN}, revision)
    _ensure_ready(deed, item, outcome)
    values = {
        "state": ItemStage.CLOSING,
        "asked_outcome": outcome,
        "asked_by_id": deed.who.officer_id,
        "asked_at": deed.now,
        "sent_back_reason": None,
    }
    return _step(deed, item, "item-closing-asked", values, after={"outcome": outcome})


def close(deed: Deed, number: int, outcome: str | None = None, revision: int | None = None) -> Item:
    """종결: with that outcome, else with the one that was asked for. Raises ItemError."""
    item = _held(deed, number, items.UNDER_WAY, revision)
    with_ = outcome or item.asked_outcome
    if with_ is None:
        raise ItemError("no-outcome", choices=outcomes(deed.rules.items))
    _ensure_ready(deed, item, with_)
    values = {
        "state": ItemStage.CLOSED,
        "outcome": with_,
        "closed_at": deed.now,
        "sent_back_reason": None,
    }
    return _step(deed, item, "item-closed", values, after={"outcome": with_})


def _ensure_ready(deed: Deed, item: Item, outcome: str) -> None:
    if outcome not in outcomes(deed.rules.items):
        raise ItemError("unknown-outcome", choices=outcomes(deed.rules.items))
    if missing := items.missing(item):
        raise ItemError("no-reply", number=item.id, names=", ".join(one.department.name for one in missing))


def send_back(deed: Deed, number: int, reason: str, revision: int | None = None) -> Item:
    """The planning office does not close it yet, and says why; the reply stays and may be replaced. Raises ItemError."""
    _ensure_reason(reason)
    item = _held(deed, number, {ItemStage.CLOSING}, revision)
    values = {
        "state": ItemStage.OPEN,
        "asked_outcome": None,
        "asked_by_id": None,
        "asked_at": None,
        "sent_back_reason": reason,
    }
    return _step(deed, item, "item-sent-back", values, reason=reason)


def reopen(deed: Deed, number: int, reason: str) -> Item:
    """A closed one is under way again, without an outcome. Raises ItemError."""
    _ensure_reason(reason)
    item = _held(deed, number, {ItemStage.CLOSED})
    was = {"outcome": item.outcome}
    values = {
        "state": ItemStage.OPEN,
        "outcome": None,
        "closed_at": None,
        "asked_outcome": None,
        "asked_by_id": None,
        "asked_at": None,
    }
    return _step(deed, item, "item-reopened", values, before=was, reason=reason)


def extend(deed: Deed, number: int, day: date, reason: str) -> Item:
    """A later day; what was said first is kept. Raises ItemError."""
    _ensure_reason(reason)
    item = _held(deed, number, items.UNDER_WAY)
    if day <= item.due_on:
        raise ItemError("not-later", day=day, before=item.due_on)
    if day < deed.today:
        raise ItemError("past-day", day=day)
    was = {"due_on": item.due_on}
    return _step(
        deed, item, "item-extended", {"due_on": day}, before=was, after={"due_on": day}, reason=reason
    )


def assign(deed: Deed, number: int, officer: Officer | None) -> Item:
    """Who in the lead department answers for it; None: the department as a whole. Raises ItemError."""
    item = _held(deed, number, items.UNDER_WAY)
    if officer is not None and officer.department_id != item.department_id:
        raise ItemError("other-department", name=officer.name, department=item.department.name)
    chosen = officer.id if officer is not None else None
    was, now = ([one] if one is not None else [] for one in (item.officer_id, chosen))
    values = {"officer_id": chosen}
    return _step(deed, item, "item-assigned", values, before={"officers": was}, after={"officers": now})


def reword(deed: Deed, number: int, title: str) -> Item:
    """What was raised is put in other words, as long as no department has answered them. Raises ItemError."""
    said = title.strip()[:TITLE_MOST]
    if not said:
        raise ItemError("no-title")
    item = _held(deed, number, {ItemStage.OPEN})
    if any(one.version for one in item.parts):
        raise ItemError("answered", number=number)
    was = {"title": item.title}
    return _step(deed, item, "item-reworded", {"title": said}, before=was, after={"title": said})


def drop(deed: Deed, number: int, reason: str) -> Item:
    """거둠: entered by mistake; it stays to be looked up and counts nowhere. Raises ItemError."""
    _ensure_reason(reason)
    item = _held(deed, number, items.UNDER_WAY)
    return _step(deed, item, "item-dropped", {"state": ItemStage.DROPPED}, reason=reason)


def _ensure_reason(reason: str) -> None:
    if not reason.strip():
        raise ItemError("no-reason")
