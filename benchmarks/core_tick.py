"""The measure of a tick: the reads and writes that it cannot do without, as statements of SQLAlchemy Core.

What is to be written was worked out before; nothing is guarded, nobody is asked about anything else. A tick may
cost half as much again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, bindparam, insert, or_, select, update

from benchmarks.fill import NOW, TODAY
from store.base import Base
from store.engine import Store
from store.states import (
    AssignmentKind,
    DeliveryKind,
    DeliveryState,
    ItemState,
    LinkState,
    MilestoneState,
    PlanState,
)
from store.types import spelled

TABLES = Base.metadata.tables
MILESTONE, TASK, PLAN = TABLES["milestone"], TABLES["task"], TABLES["plan"]
ASSIGNMENT, LINK = TABLES["assignment"], TABLES["chat_link"]
DELIVERY, ITEM = TABLES["delivery"], TABLES["delivery_item"]


@dataclass
class Written:
    """What a tick has written, without the numbers that the store gives: to be compared, and written again."""

    digests: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """How far the ledger reached before a tick."""

    delivery: int
    item: int


def mark(store: Store) -> Mark:
    with store.reader.connect() as connection:
        return Mark(*(connection.scalar(select(_newest(table))) or 0 for table in (DELIVERY, ITEM)))


def _newest(table: Table) -> Any:
    return select(table.c.id).order_by(table.c.id.desc()).limit(1).scalar_subquery()


def written_since(store: Store, before: Mark, ids: list[int]) -> Written:
    """What stands in the ledger beyond the mark, and the next looks of the milestones."""
    made = select(DELIVERY.c.id, DELIVERY.c.officer_id, DELIVERY.c.chat_id).where(
        DELIVERY.c.id > before.delivery
    )
    columns = ITEM.c.officer_id, ITEM.c.subject, ITEM.c.milestone_id, ITEM.c.rule, ITEM.c.due_on, ITEM.c.state
    items = select(*columns, ITEM.c.delivery_id.is_not(None).label("stands")).where(ITEM.c.id > before.item)
    looks = select(MILESTONE.c.id, MILESTONE.c.next_remind_on).where(MILESTONE.c.id.in_(ids))
    with store.reader.connect() as connection:
        digests = [{"officer_id": row.officer_id, "chat_id": row.chat_id} for row in connection.execute(made)]
        return Written(
            sorted(digests, key=str),
            sorted((dict(row._mapping) for row in connection.execute(items)), key=str),
            sorted((dict(row._mapping) for row in connection.execute(looks)), key=str),
        )


def take_back(store: Store, before: Mark, ids: list[int]) -> None:
    """The rows as they were before the tick."""
    with store.writer.begin() as connection:
        connection.execute(ITEM.delete().where(ITEM.c.id > before.item))
        connection.execute(DELIVERY.delete().where(DELIVERY.c.id > before.delivery))
        connection.execute(update(MILESTONE).where(MILESTONE.c.id.in_(ids)).values(next_remind_on=TODAY))


def core_tick(store: Store, wanted: Written) -> None:
    """Read what is owed, by whom, and what the ledger has of it; write the messages, the items, the next days."""
    with store.writer.begin() as connection:
        ids = list(connection.scalars(_has_come()))
        connection.execute(_owed(ids)).all()
        subjects = [f"milestone:{one}" for one in ids]
        connection.execute(select(ITEM).where(ITEM.c.subject.in_(subjects))).all()
        officers = [one["officer_id"] for one in wanted.digests]
        todays = (
            DELIVERY.c.officer_id.in_(officers),
            DELIVERY.c.kind == DeliveryKind.DIGEST,
            DELIVERY.c.day == TODAY,
        )
        connection.execute(
            select(DELIVERY.c.officer_id, DELIVERY.c.id, DELIVERY.c.state).where(*todays)
        ).all()
        same = {
            "kind": DeliveryKind.DIGEST,
            "event": "digest",
            "day": TODAY,
            "priority": 3,
            "created_at": NOW,
        }
        rows = [{**one, **same, "state": DeliveryState.PENDING} for one in wanted.digests]
        made = connection.execute(insert(DELIVERY).returning(DELIVERY.c.officer_id, DELIVERY.c.id), rows)
        number = {row[0]: row[1] for row in made}
        connection.execute(insert(ITEM), [_item(one, number[one["officer_id"]]) for one in wanted.items])
        look = update(MILESTONE).where(MILESTONE.c.id == bindparam("number"))
        days = [{"number": one["id"], "day": one["next_remind_on"]} for one in wanted.looks]
        connection.execute(look.values(next_remind_on=bindparam("day")), days)


def _item(one: dict[str, Any], delivery_id: int) -> dict[str, Any]:
    values = {key: value for key, value in one.items() if key != "stands"}
    return values | {"delivery_id": delivery_id if one["state"] is ItemState.INCLUDED else None}


def _has_come() -> Any:
    has_come = MILESTONE.c.next_remind_on <= TODAY, MILESTONE.c.state == MilestoneState.PLANNED
    return select(MILESTONE.c.id).where(*has_come, MILESTONE.c.twin_of_id.is_(None))


def _owed(ids: list[int]) -> Any:
    """The milestones with everybody who answers for them today and can be written to."""
    own = [
        MILESTONE.c[name]
        for name in ("id", "revision", "kind", "precision", "start_on", "due_on", "remind_from")
    ]
    holds = or_(ASSIGNMENT.c.until_on.is_(None), ASSIGNMENT.c.until_on >= TODAY)
    answers = (ASSIGNMENT.c.task_id == MILESTONE.c.task_id) & (ASSIGNMENT.c.from_on <= TODAY) & holds
    is_live = LINK.c.state != spelled(LinkState.ENDED)  # the words of the index, as the program has them
    reached = (LINK.c.officer_id == ASSIGNMENT.c.officer_id) & is_live & (LINK.c.state == LinkState.ACTIVE)
    return (
        select(*own, LINK.c.officer_id, LINK.c.chat_id, LINK.c.active_from)
        .join(TASK, TASK.c.id == MILESTONE.c.task_id)
        .join(PLAN, PLAN.c.id == TASK.c.plan_id)
        .outerjoin(ASSIGNMENT, answers)
        .outerjoin(LINK, reached)
        .where(MILESTONE.c.id.in_(ids), PLAN.c.state == PlanState.ACTIVE)
        .order_by(MILESTONE.c.id, ASSIGNMENT.c.kind != AssignmentKind.LEAD, ASSIGNMENT.c.id)
    )
