"""The delivery ledger: the messages that are owed, what became of each, and the items that stand in the daily ones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, joinedload, selectinload

from store.db.types import spelled
from store.detours import IN_HOURS
from store.models import ChatPause, Delivery, DeliveryItem, Officer
from store.states import DeliveryKind, DeliveryState, ItemState

# Who goes first when several messages wait: an answer before news, news before the daily message.
PRIORITY = {DeliveryKind.REPLY: 0, DeliveryKind.EVENT: 1, DeliveryKind.EDIT: 2, DeliveryKind.DIGEST: 3}


class Html(str):
    """Finished text of Telegram's HTML. Only the renderer makes it: a bare string may hold anybody's words."""

    __slots__ = ()

    def __html__(self) -> str:
        """A template prints it as it is, and whatever else it is given escaped."""
        return self


@dataclass(frozen=True)
class Message:
    """Finished text and its keyboard: rows of (label, data) or (label, url)."""

    text: Html
    keyboard: list[list[dict[str, str]]]
    document: tuple[str, bytes] | None = None  # a file's name and content; the text is its caption
    topic_id: int | None = None  # the topic of a forum that it goes to
    photo: str | None = None  # a picture that Telegram keeps, by its id; the text is its caption

    def as_payload(self) -> dict[str, Any]:
        return {"text": self.text, "keyboard": self.keyboard}


DAY = timedelta(days=1)
KEEP_NAMELESS = timedelta(days=3)
AT_ANY_HOUR = (Delivery.kind != DeliveryKind.DIGEST, Delivery.event.not_in(IN_HOURS))
EVERYBODYS = 24  # an hour that is later than anybody's own


def has_come(hour: int | BindParameter[int]) -> ColumnElement[bool]:
    """Condition: no daily message of somebody whose own hour is later."""
    is_later = exists().where(Officer.id == Delivery.officer_id, Officer.own_hour > hour)
    return or_(Delivery.kind != DeliveryKind.DIGEST, ~is_later)


def next_own_hour(session: Session, hour: int) -> int | None:
    """The earliest own hour after that one for which a daily message waits; None where none does."""
    waits = Delivery.kind == DeliveryKind.DIGEST, Delivery.state == DeliveryState.PENDING
    query = select(func.min(Officer.own_hour)).join(Delivery, Delivery.officer_id == Officer.id)
    return session.scalar(query.where(*waits, Officer.own_hour > hour))


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
    topic_id: int | None = None,
) -> Delivery:
    """A message that is owed from this transaction's commit on. `now` is business time."""
    delivery = Delivery(
        kind=kind,
        event=event,
        officer_id=officer_id,
        chat_id=chat_id,
        topic_id=topic_id,
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


# Asked for with every message that has items, written once: to write it costs more than to run it.
_WITH_ITEMS = (
    select(Delivery)
    .where(Delivery.id == bindparam("number"))
    .options(selectinload(Delivery.items).joinedload(DeliveryItem.milestone))
    .execution_options(populate_existing=True)
)


def get(session: Session, delivery_id: int) -> Delivery | None:
    """The message with its items and their milestones, read afresh."""
    return session.scalars(_WITH_ITEMS, {"number": delivery_id}).one_or_none()


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


def pause_chat(session: Session, chat_id: int, until: datetime) -> None:
    """Nothing more to the chat until then (real time), also nothing that is written meanwhile: its order is kept."""
    found = session.get(ChatPause, chat_id)
    if found is None:
        session.add(ChatPause(chat_id=chat_id, until_at=until))
    else:
        found.until_at = max(found.until_at, until)


def is_paused(real_now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Nothing goes to the message's chat now."""
    return exists().where(ChatPause.chat_id == Delivery.chat_id, ChatPause.until_at > real_now)


def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """What waits for the chat waits for its new id."""
    waiting = Delivery.chat_id == old_id, Delivery.state == DeliveryState.PENDING
    session.execute(
        update(Delivery).where(*waiting).values(chat_id=new_id).execution_options(synchronize_session=False)
    )


def is_waiting(session: Session, officer_id: int, event: str) -> bool:
    """An answer of that kind to the officer waits or is on its way."""
    open_ones = Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING])
    same = Delivery.officer_id == officer_id, Delivery.kind == DeliveryKind.REPLY, Delivery.event == event
    return session.scalar(select(Delivery.id).where(open_ones, *same).limit(1)) is not None


def may_answer_nameless(
    session: Session, chat_id: int, now: datetime, most_a_day: int, *, many_at_once: bool = False
) -> bool:
    """Whether a chat behind which nobody is linked gets one more answer: one at a time, and so many a day. `now` is
    business time."""
    nameless = Delivery.officer_id.is_(None), Delivery.chat_id == chat_id, Delivery.kind == DeliveryKind.REPLY
    newest = select(Delivery.state, Delivery.created_at).where(*nameless).order_by(Delivery.id.desc())
    found = session.execute(newest.limit(most_a_day)).all()
    is_waiting = any(row.state is DeliveryState.PENDING for row in found)
    return (many_at_once or not is_waiting) and sum(row.created_at > now - DAY for row in found) < most_a_day


def forget_nameless(session: Session, now: datetime) -> None:
    """Drop answers to chats behind which nobody is linked, some days after they went out. `now` is business time."""
    open_ones = [DeliveryState.PENDING, DeliveryState.SENDING]
    session.execute(
        delete(Delivery)
        .where(
            Delivery.officer_id.is_(None),
            Delivery.kind == DeliveryKind.REPLY,
            Delivery.state.not_in(open_ones),
            Delivery.created_at < now - KEEP_NAMELESS,
        )
        .execution_options(synchronize_session=False)
    )


def told(session: Session, officer_id: int, event: str, by: int, now: datetime) -> list[Delivery]:
    """What that person has told the officer of that kind within a day, newest first. `now` is business time."""
    query = select(Delivery).where(
        Delivery.kind == DeliveryKind.EVENT,
        Delivery.event == event,
        Delivery.created_at > now - DAY,
        Delivery.officer_id == officer_id,
        Delivery.state.not_in([DeliveryState.CANCELLED, DeliveryState.FAILED]),
    )
    return [one for one in session.scalars(query.order_by(Delivery.id.desc())) if one.payload.get("by") == by]


def waiting_edit(session: Session, target_id: int) -> Delivery | None:
    """The edit of the message that waits to go out."""
    query = select(Delivery).where(Delivery.target_id == target_id, Delivery.state == DeliveryState.PENDING)
    return session.scalars(query.order_by(Delivery.id.desc()).limit(1)).one_or_none()


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


def is_any_left(session: Session, day: date) -> bool:
    """A daily message of that day, by whichever channel, is not out."""
    query = select(Delivery.id).where(
        Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]), Delivery.day == day
    )
    return session.scalar(query.limit(1)) is not None


def newest_digest(session: Session, officer_id: int) -> Delivery | None:
    """The officer's newest daily message that is out or on its way."""
    query = select(Delivery).where(
        Delivery.officer_id == officer_id,
        Delivery.kind == DeliveryKind.DIGEST,
        Delivery.day.is_not(None),
        Delivery.state.in_([DeliveryState.SENT, DeliveryState.SENDING]),
    )
    # By the day, as the index has it: by the number, years of daily messages would be looked through.
    query = query.options(selectinload(Delivery.items)).order_by(Delivery.day.desc()).limit(1)
    return session.scalars(query).one_or_none()


def standing_at(
    session: Session, chat_id: int, message_id: int, kind: DeliveryKind | None = None
) -> Delivery | None:
    """The message of ours, of that kind or of any, that stands in the chat under that message id."""
    is_meant = Delivery.kind == kind if kind is not None else Delivery.kind != DeliveryKind.EDIT
    query = select(Delivery).where(Delivery.chat_id == chat_id, Delivery.message_id == message_id, is_meant)
    query = query.options(selectinload(Delivery.items)).order_by(Delivery.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def count_unfinished(session: Session, *, with_digests: bool, hour: int = EVERYBODYS) -> int:
    """How many messages wait or are on their way; not those that wait for somebody's own hour after `hour`."""
    query = select(func.count()).select_from(Delivery)
    query = query.where(Delivery.state.in_([DeliveryState.PENDING, DeliveryState.SENDING]), has_come(hour))
    if not with_digests:
        query = query.where(*AT_ANY_HOUR)
    return session.scalar(query) or 0


_TOLD_INSTEAD = and_(
    DeliveryItem.milestone_id == bindparam("number"), DeliveryItem.instead_of_id.is_not(None)
)
_WAITING = (
    select(DeliveryItem)
    .outerjoin(Delivery)
    .where(
        DeliveryItem.state.in_([ItemState.INCLUDED, ItemState.CARRIED]),
        or_(DeliveryItem.delivery_id.is_(None), Delivery.state == DeliveryState.PENDING),
        or_(DeliveryItem.subject == bindparam("subject"), _TOLD_INSTEAD),
    )
)


def cancel_items(session: Session, subject: str, milestone_id: int = 0) -> None:
    """Lines about the subject not yet on their way are dropped, of a milestone also those that somebody gets instead of its
    officers; a digest left empty is cancelled."""
    items = session.scalars(_WAITING, {"subject": subject, "number": milestone_id}).all()
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


_HOLDERS = select(DeliveryItem.officer_id).where(
    DeliveryItem.subject.in_(bindparam("subjects", expanding=True))
)


def holders(session: Session, subjects: Collection[str]) -> list[int]:
    """Officers in whose digests one of the subjects stands."""
    return sorted(set(session.scalars(_HOLDERS, {"subjects": list(subjects)})))


def carried(session: Session) -> list[DeliveryItem]:
    """Items whose message could not be confirmed: the next digest takes them."""
    query = select(DeliveryItem).where(DeliveryItem.state == spelled(ItemState.CARRIED))
    return list(session.scalars(query.order_by(DeliveryItem.id)))


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
