"""The delivery ledger: what is owed, who has claimed it, what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from store import leases
from store.instead import IN_HOURS
from store.models import Delivery, DeliveryItem
from store.states import DeliveryKind, DeliveryState, ItemState
from store.types import UtcInstant, spelled

# Who goes first when several messages wait: an answer before news, news before the daily message.
PRIORITY = {DeliveryKind.REPLY: 0, DeliveryKind.EVENT: 1, DeliveryKind.EDIT: 2, DeliveryKind.DIGEST: 3}


@dataclass(frozen=True)
class Message:
    """Finished text (Telegram HTML) and its keyboard: rows of (label, data) or (label, url)."""

    text: str
    keyboard: list[list[dict[str, str]]]
    document: tuple[str, bytes] | None = None  # a file's name and content; the text is its caption

    def as_payload(self) -> dict[str, Any]:
        return {"text": self.text, "keyboard": self.keyboard}


_AT_ANY_HOUR = (Delivery.kind != DeliveryKind.DIGEST, Delivery.event.not_in(IN_HOURS))


def subject_of(milestone_id: int) -> str:
    """The milestone's name in the ledger."""
    return f"milestone:{milestone_id}"


def add(
    session: Session,
    kind: DeliveryKind,
    event: str,
    chat_id: int,
    now: datetime,
    *,
    officer_id: int | None = None,
    cause: str | None = None,
    part: int = 1,
    day: date | None = None,
    message: Message | None = None,
    message_id: int | None = None,
    target_id: int | None = None,
) -> Delivery:
    """A message that is owed from this transaction's commit on. `now` is business time."""
    delivery = Delivery(
        kind=kind,
        event=event,
        officer_id=officer_id,
        chat_id=chat_id,
        day=day,
        cause=cause,
        part=part,
        priority=PRIORITY[kind],
        state=DeliveryState.PENDING,
        payload=message.as_payload() if message else {},
        message_id=message_id,
        target_id=target_id,
        created_at=now,
    )
    session.add(delivery)
    session.flush()
    return delivery


def _first_claimable() -> Select[int]:
    busy = aliased(Delivery)
    chat_is_busy = exists().where(busy.chat_id == Delivery.chat_id, busy.state == DeliveryState.SENDING)
    query = select(Delivery.id).where(
        Delivery.state == DeliveryState.PENDING,
        or_(
            Delivery.not_before_at.is_(None),
            Delivery.not_before_at <= bindparam("real_now", type_=UtcInstant),
        ),
        ~chat_is_busy,
    )
    return query.order_by(Delivery.priority, Delivery.id).limit(1)


# What every message asks for, written once: to write it costs more than to run it.
_FIRST = _first_claimable()
_FIRST_AT_ANY_HOUR = _FIRST.where(*_AT_ANY_HOUR)
_WITH_ITEMS = (
    select(Delivery)
    .where(Delivery.id == bindparam("number"))
    .options(selectinload(Delivery.items).joinedload(DeliveryItem.milestone))
    .execution_options(populate_existing=True)
)
_HELD = (
    select(Delivery)
    .where(
        Delivery.id == bindparam("number"),
        Delivery.state == DeliveryState.SENDING,
        Delivery.worker == bindparam("ours"),
        Delivery.attempts == bindparam("ours_th"),
    )
    .execution_options(populate_existing=True)
)
_TAKEN = (
    update(Delivery)
    .where(Delivery.id == bindparam("number"), Delivery.state == DeliveryState.PENDING)
    .values(
        state=DeliveryState.SENDING,
        worker=bindparam("ours"),
        token=bindparam("ours_under"),
        lease_until_at=bindparam("ours_until"),
        attempts=Delivery.attempts + 1,
    )
    .returning(Delivery)
    .execution_options(populate_existing=True, synchronize_session=False)
)


def claim(
    session: Session,
    worker: str,
    real_now: datetime,
    lease_s: float,
    *,
    with_digests: bool,
    token: int | None = None,
) -> Delivery | None:
    """The next message to send, now ours until the lease ends; None where nothing can be sent now.

    One message of a chat is on its way at a time, so that answers arrive in their order. The claim is a
    conditional UPDATE whose row count decides: two workers never hold the same message, and nobody claims
    under the `token` of a leader whom another has followed.
    """
    candidate = session.scalar(_FIRST if with_digests else _FIRST_AT_ANY_HOUR, {"real_now": real_now})
    if candidate is None:
        return None
    lease = {"ours": worker, "ours_under": token, "ours_until": real_now + timedelta(seconds=lease_s)}
    taken = session.scalars(
        _TAKEN if token is None else _TAKEN.where(leases.is_current(token)), {"number": candidate} | lease
    ).one_or_none()
    if taken is None or taken.kind is DeliveryKind.REPLY:
        return taken  # a finished answer has no items
    return get(session, candidate)


def held(session: Session, delivery_id: int, worker: str, attempts: int) -> Delivery | None:
    """The message where that worker's claim, its so many-th, still stands; None where it was taken from it."""
    claim = {"number": delivery_id, "ours": worker, "ours_th": attempts}
    return session.scalars(_HELD, claim).one_or_none()


def get(session: Session, delivery_id: int) -> Delivery | None:
    """The message with its items and their milestones, read afresh."""
    return session.scalars(_WITH_ITEMS, {"number": delivery_id}).one_or_none()


def abandoned(
    session: Session,
    real_now: datetime,
    *,
    all_sending: bool,
    token: int | None = None,
    spared_s: float = 0.0,
) -> list[Delivery]:
    """Messages whose sender died: `sending` past the lease, or all of them where we are alone.

    Under a new leader's `token`, what an older one claimed is given up `spared_s` before its lease ends.
    """
    query = (
        select(Delivery).where(Delivery.state == DeliveryState.SENDING).options(selectinload(Delivery.items))
    )
    if not all_sending:
        is_late = Delivery.lease_until_at < real_now
        if token is not None:
            is_older = or_(Delivery.token.is_(None), Delivery.token < token)
            spared = timedelta(seconds=spared_s)
            is_late = or_(is_late, and_(is_older, Delivery.lease_until_at < real_now + spared))
        query = query.where(is_late)
    return list(session.scalars(query.order_by(Delivery.id)))


def unfinished(session: Session) -> list[Delivery]:
    """Messages that wait or are on their way, oldest first."""
    query = select(Delivery).where(Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]))
    return list(session.scalars(query.options(selectinload(Delivery.items)).order_by(Delivery.id)))


def is_first_digest_since(session: Session, digest: Delivery, since: datetime) -> bool:
    """The officer got no daily message made since that instant before this one."""
    if digest.created_at < since:
        return False
    query = select(Delivery.id).where(
        Delivery.officer_id == digest.officer_id,
        Delivery.kind == DeliveryKind.DIGEST,
        Delivery.created_at >= since,
        Delivery.id < digest.id,
        Delivery.state != DeliveryState.CANCELLED,
    )
    return session.scalar(query.limit(1)) is None


def finish(delivery: Delivery, state: DeliveryState, *, error: str | None = None) -> None:
    """The message's state for good (or back to pending); the claim ends."""
    delivery.state = state
    delivery.worker = None
    delivery.token = None
    delivery.lease_until_at = None
    delivery.error = error


def cancel(delivery: Delivery, *, items: ItemState = ItemState.CANCELLED) -> None:
    """The message is no longer wanted; its items become `items`."""
    finish(delivery, DeliveryState.CANCELLED)
    release(delivery, items)


def carry_over(delivery: Delivery) -> None:
    """A daily message of an earlier day that never went out, or perhaps did: the next one takes its items.

    One that may have arrived is listed as unconfirmed, like any other that nobody can vouch for.
    """
    if delivery.uncertain_sends:
        finish(delivery, DeliveryState.UNCERTAIN, error=delivery.error)
        release(delivery, ItemState.CARRIED)
    else:
        cancel(delivery, items=ItemState.CARRIED)


def defer_chat(session: Session, chat_id: int, until: datetime) -> None:
    """Nothing more to the chat until then (real time): its order is kept, and nobody claims it in vain."""
    waiting = Delivery.chat_id == chat_id, Delivery.state == DeliveryState.PENDING
    is_sooner = or_(Delivery.not_before_at.is_(None), Delivery.not_before_at < until)
    session.execute(
        update(Delivery)
        .where(*waiting, is_sooner)
        .values(not_before_at=until)
        .execution_options(synchronize_session=False)
    )


def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """What waits for the chat waits for its new id."""
    waiting = Delivery.chat_id == old_id, Delivery.state == DeliveryState.PENDING
    session.execute(
        update(Delivery).where(*waiting).values(chat_id=new_id).execution_options(synchronize_session=False)
    )


def has_nameless_waiting(session: Session, chat_id: int) -> bool:
    """An answer to a chat behind which nobody is linked already waits: one is enough."""
    query = select(Delivery.id).where(
        Delivery.chat_id == chat_id, Delivery.officer_id.is_(None), Delivery.state == DeliveryState.PENDING
    )
    return session.scalar(query.limit(1)) is not None


def was_refused_before(session: Session, delivery: Delivery) -> bool:
    """The person's daily message before this one was refused, too."""
    query = select(Delivery.state).where(
        Delivery.officer_id == delivery.officer_id,
        Delivery.kind == DeliveryKind.DIGEST,
        Delivery.id < delivery.id,
        Delivery.state != DeliveryState.CANCELLED,
    )
    return session.scalar(query.order_by(Delivery.id.desc()).limit(1)) == DeliveryState.FAILED


def release(delivery: Delivery, state: ItemState) -> None:
    """The included items leave the message for `state`; carried ones wait for the next digest."""
    for item in delivery.items:
        if item.state is ItemState.INCLUDED:
            item.state = state
            if state is ItemState.CARRIED:
                item.delivery_id = None


_OF_SUBJECT = DeliveryItem.subject == bindparam("subject")
_TOLD_INSTEAD = and_(
    DeliveryItem.milestone_id == bindparam("number"), DeliveryItem.instead_of_id.is_not(None)
)
_WAITING_ITEM = (
    select(DeliveryItem)
    .outerjoin(Delivery)
    .where(
        DeliveryItem.state.in_([ItemState.INCLUDED, ItemState.CARRIED]),
        or_(DeliveryItem.delivery_id.is_(None), Delivery.state == DeliveryState.PENDING),
    )
)
_WAITING_OF_MILESTONE = _WAITING_ITEM.where(or_(_OF_SUBJECT, _TOLD_INSTEAD))
_WAITING_OF_SUBJECT = _WAITING_ITEM.where(_OF_SUBJECT)


def cancel_items(session: Session, milestone_id: int) -> None:
    """Reminders of the milestone not yet on their way are dropped; a digest left empty is cancelled."""
    found = {"subject": subject_of(milestone_id), "number": milestone_id}
    _cancel(session, list(session.scalars(_WAITING_OF_MILESTONE, found)))


def cancel_notices(session: Session, subject: str) -> None:
    """The same for the lines of a matter that is settled now."""
    _cancel(session, list(session.scalars(_WAITING_OF_SUBJECT, {"subject": subject})))


def _cancel(session: Session, items: list[DeliveryItem]) -> None:
    if not items:
        return
    touched: set[int] = set()
    for item in items:
        item.state = ItemState.CANCELLED
        if item.delivery_id is not None:
            touched.add(item.delivery_id)
    session.flush()
    for delivery_id in sorted(touched):
        _cancel_if_empty(session, delivery_id)


def _cancel_if_empty(session: Session, delivery_id: int) -> None:
    included = and_(DeliveryItem.delivery_id == delivery_id, DeliveryItem.state == ItemState.INCLUDED)
    if session.scalar(select(func.count()).select_from(DeliveryItem).where(included)) == 0:
        delivery = session.get_one(Delivery, delivery_id)
        finish(delivery, DeliveryState.CANCELLED)
        if not delivery.uncertain_sends:
            delivery.day = None  # the day is free again should something else become owed


def digest_of(session: Session, officer_id: int, day: date) -> Delivery | None:
    """The officer's daily message of `day`, in whatever state."""
    query = select(Delivery).where(
        Delivery.officer_id == officer_id, Delivery.kind == DeliveryKind.DIGEST, Delivery.day == day
    )
    return session.scalars(query.options(selectinload(Delivery.items))).one_or_none()


def overdue_digests(session: Session, today: date) -> list[Delivery]:
    """Daily messages of earlier days, by whichever channel, that never went out."""
    query = select(Delivery).where(Delivery.state == DeliveryState.PENDING, Delivery.day < today)
    return list(session.scalars(query.options(selectinload(Delivery.items))))


def newest_digest(session: Session, officer_id: int) -> Delivery | None:
    """The officer's newest daily message that is out or on its way."""
    query = select(Delivery).where(
        Delivery.officer_id == officer_id,
        Delivery.kind == DeliveryKind.DIGEST,
        Delivery.state.in_([DeliveryState.SENT, DeliveryState.SENDING]),
    )
    query = query.options(selectinload(Delivery.items)).order_by(Delivery.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


_HOLDERS = select(DeliveryItem.officer_id).where(
    DeliveryItem.subject.in_(bindparam("subjects", expanding=True))
)


def holders(session: Session, subjects: Collection[str]) -> list[int]:
    """Officers in whose digests one of the subjects stands."""
    return sorted(set(session.scalars(_HOLDERS, {"subjects": list(subjects)})))


def has_edit_waiting(session: Session, target_id: int) -> bool:
    query = select(Delivery.id).where(
        Delivery.target_id == target_id, Delivery.state == DeliveryState.PENDING
    )
    return session.scalar(query.limit(1)) is not None


def carried(session: Session) -> list[DeliveryItem]:
    """Items whose message could not be confirmed: the next digest takes them."""
    query = select(DeliveryItem).where(DeliveryItem.state == spelled(ItemState.CARRIED))
    return list(session.scalars(query.order_by(DeliveryItem.id)))


def answer_of(session: Session, chat_id: int, message_id: int) -> Delivery | None:
    """The answer that stands in the chat under that message id; None for anything else."""
    query = select(Delivery).where(
        Delivery.chat_id == chat_id, Delivery.message_id == message_id, Delivery.kind == DeliveryKind.REPLY
    )
    return session.scalars(query.order_by(Delivery.id.desc()).limit(1)).one_or_none()


def digest_at(session: Session, chat_id: int, message_id: int) -> Delivery | None:
    """The daily message that stands in the chat under that message id; None for anything else."""
    query = select(Delivery).where(
        Delivery.chat_id == chat_id, Delivery.message_id == message_id, Delivery.kind == DeliveryKind.DIGEST
    )
    query = query.options(selectinload(Delivery.items)).order_by(Delivery.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def notice_item(session: Session, officer_id: int, subject: str) -> DeliveryItem | None:
    """The planner's item of that list, with its message; None where the list was never owed to that planner."""
    query = select(DeliveryItem).where(DeliveryItem.officer_id == officer_id, DeliveryItem.subject == subject)
    return session.scalars(query.options(joinedload(DeliveryItem.delivery)).limit(1)).one_or_none()


def still_counts(item: DeliveryItem) -> bool:
    """It was told, or will be: carried, or in a message that is neither refused nor cancelled."""
    return counts(item.state, item.delivery.state if item.delivery else None)


def counts(state: ItemState, delivery_state: DeliveryState | None) -> bool:
    """The same of an item's state and that of its message; None where it stands in none."""
    if delivery_state is None:
        return state is ItemState.CARRIED
    return delivery_state not in {DeliveryState.FAILED, DeliveryState.CANCELLED}


def it_counts() -> ColumnElement[bool]:
    """The same as a condition on items with their messages joined from outside."""
    refused = Delivery.state.in_((DeliveryState.FAILED, DeliveryState.CANCELLED))
    carried = and_(Delivery.id.is_(None), DeliveryItem.state == ItemState.CARRIED)
    return or_(and_(Delivery.id.is_not(None), ~refused), carried)


def unconfirmed(session: Session) -> list[Delivery]:
    """Messages of which nobody knows whether they arrived, oldest first."""
    query = select(Delivery).where(Delivery.state == DeliveryState.UNCERTAIN).order_by(Delivery.id)
    return list(session.scalars(query))


def count_unfinished(session: Session, *, with_digests: bool) -> int:
    """How many messages wait or are on their way."""
    query = select(func.count()).select_from(Delivery)
    query = query.where(Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]))
    if not with_digests:
        query = query.where(*_AT_ANY_HOUR)
    return session.scalar(query) or 0
