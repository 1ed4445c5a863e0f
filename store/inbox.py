"""The inbox: updates of Telegram, committed before they are confirmed, each with one effect."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from store.models import InboxUpdate
from store.states import InboxState

KEEP = timedelta(days=3)  # Telegram itself keeps an update for 24 hours; later the same id is a new update

MOST_STARTS = 2  # what was taken up so often and never came to an end is not taken up again
MOST_ERROR = 500
NEAR = 2000  # so many updates before and after one, the parts of its album have come
GIVEN_UP = "GivenUp"  # in place of an error's name: no process has outlived it


def content(raw: str) -> Any:
    """What the text says as JSON; the text itself where it is none, or more than a reader of JSON takes."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw


def receive(
    session: Session,
    bot_id: int,
    updates: Iterable[tuple[int, int | None, str]],
    real_now: datetime,
) -> list[InboxUpdate]:
    """Keep each (update_id, chat_id, text) once; gives back the new ones."""
    new, came = [], list(updates)
    ids = InboxUpdate.update_id.in_([update_id for update_id, *_ in came])
    known = set(session.scalars(select(InboxUpdate.update_id).where(InboxUpdate.bot_id == bot_id, ids)))
    for update_id, chat_id, raw in came:
        if update_id in known:
            continue
        known.add(update_id)
        row = InboxUpdate(
            bot_id=bot_id,
            update_id=update_id,
            chat_id=chat_id,
            raw=raw,
            state=InboxState.NEW,
            received_at=real_now,
        )
        session.add(row)
        new.append(row)
    session.flush()
    return new


def unhandled(session: Session, bot_id: int, received_before: datetime | None = None) -> list[InboxUpdate]:
    """Updates whose effect is still owed, in the order they came; None: however lately they came."""
    query = select(InboxUpdate).where(InboxUpdate.bot_id == bot_id, InboxUpdate.state == InboxState.NEW)
    if received_before is not None:
        query = query.where(InboxUpdate.received_at < received_before)
    return list(session.scalars(query.order_by(InboxUpdate.id)))


def earlier(session: Session, inbox_id: int) -> InboxUpdate | None:
    """The oldest update of the same chat that came before this one and is not handled yet; None for none."""
    one = session.get(InboxUpdate, inbox_id)
    if one is None or one.chat_id is None:
        return None
    same = InboxUpdate.bot_id == one.bot_id, InboxUpdate.chat_id == one.chat_id
    query = select(InboxUpdate).where(*same, InboxUpdate.state == InboxState.NEW, InboxUpdate.id < one.id)
    return session.scalars(query.order_by(InboxUpdate.id).limit(1)).one_or_none()


def take(session: Session, inbox_id: int) -> InboxUpdate | None:
    """The update if its effect is still owed, else None (a second handling does nothing)."""
    row = session.get(InboxUpdate, inbox_id)
    return row if row and row.state is InboxState.NEW else None


@dataclass(frozen=True)
class Start:
    """The how-manieth start it is; `is_known`: the store knows when the one before it was."""

    attempts: int
    is_known: bool

    @property
    def is_last(self) -> bool:
        """It has been begun as often as it may be, and never came to an end."""
        return self.attempts > MOST_STARTS


def start_again(session: Session, inbox_id: int, real_now: datetime) -> Start | None:
    """Count that what an ended process has left is taken up now; None where its effect is not owed any more."""
    row = take(session, inbox_id)
    if row is None:
        return None
    start = Start(row.attempts + 1, row.started_at is not None)
    row.attempts, row.started_at = start.attempts, real_now
    return start


def album(session: Session, inbox_id: int, group_id: str) -> list[dict[str, Any]]:
    """The messages of one album that are kept, in their order, seen from one of them: of its chat, and near it."""
    one = session.get_one(InboxUpdate, inbox_id)
    query = select(InboxUpdate.raw).where(
        InboxUpdate.id.between(inbox_id - NEAR, inbox_id + NEAR),
        InboxUpdate.bot_id == one.bot_id,
        InboxUpdate.chat_id == one.chat_id,
        InboxUpdate.raw.contains(group_id, autoescape=True),
    )
    kept = (content(raw) for raw in session.scalars(query.order_by(InboxUpdate.id)))
    found = (update.get("message") for update in kept if isinstance(update, dict))
    return [each for each in found if isinstance(each, dict) and each.get("media_group_id") == group_id]


def mark_handled(row: InboxUpdate, real_now: datetime) -> None:
    row.state = InboxState.HANDLED
    row.handled_at = real_now


def mark_failed(row: InboxUpdate, real_now: datetime, error: str) -> None:
    row.state = InboxState.FAILED
    row.handled_at = real_now
    row.error = error.encode("utf-8", "replace").decode().replace("\0", "")[:MOST_ERROR]


def failed(session: Session) -> list[InboxUpdate]:
    """What could not be handled and is still kept, the newest first."""
    query = select(InboxUpdate).where(InboxUpdate.state == InboxState.FAILED)
    return list(session.scalars(query.order_by(InboxUpdate.id.desc())))


def last_failed(session: Session) -> int:
    """The number of the newest one that could not be handled; 0 for none."""
    return session.scalar(select(func.max(InboxUpdate.id)).where(InboxUpdate.state == InboxState.FAILED)) or 0


def name_of_error(row: InboxUpdate) -> str:
    """The kind of the error; its own words may be those of a chat."""
    return (row.error or "").partition(":")[0]


def forget_words(row: InboxUpdate) -> None:
    """Drop what was written and sent; that an update came, from which chat and when, stays."""
    row.raw = json.dumps({"update_id": row.update_id})
    if row.error is not None:
        row.error = name_of_error(row)


def last_came_at(session: Session) -> datetime | None:
    """When the newest update was received (real time); None where there is none."""
    return session.scalar(select(InboxUpdate.received_at).order_by(InboxUpdate.received_at.desc()).limit(1))


def count_unhandled(session: Session) -> int:
    query = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == InboxState.NEW)
    return session.scalar(query) or 0


def forget_old(session: Session, real_now: datetime) -> None:
    """Drop handled updates past their keeping time, so that ids that start anew are not taken for copies."""
    old = InboxUpdate.state != InboxState.NEW, InboxUpdate.received_at < real_now - KEEP
    session.execute(delete(InboxUpdate).where(*old))
