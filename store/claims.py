"""Claims on the ledger: which message goes next, whose it is while it is sent, and whose sender died."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Integer, Select, and_, bindparam, case, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased, selectinload

from store import leases
from store.db.types import UtcInstant
from store.deliveries import AT_ANY_HOUR, EVERYBODYS, get, has_come, is_paused
from store.models import ChatPause, Delivery
from store.states import DeliveryKind, DeliveryState

_UNFINISHED = [DeliveryState.PENDING, DeliveryState.SENDING]
_ANY_TIME = literal(datetime(2000, 1, 1, tzinfo=UTC), UtcInstant)


def _first_claimable() -> Select[int]:
    busy = aliased(Delivery)
    chat_is_busy = exists().where(busy.chat_id == Delivery.chat_id, busy.state == DeliveryState.SENDING)
    now = bindparam("real_now", type_=UtcInstant)
    query = select(Delivery.id).where(
        Delivery.state == DeliveryState.PENDING,
        or_(Delivery.not_before_at.is_(None), Delivery.not_before_at <= now),
        ~chat_is_busy,
        ~is_paused(now),
        has_come(bindparam("hour", type_=Integer)),
    )
    return query.order_by(Delivery.priority, Delivery.id).limit(1)


# What every message asks for, written once: to write it costs more than to run it.
_FIRST = _first_claimable()
_FIRST_AT_ANY_HOUR = _FIRST.where(*AT_ANY_HOUR)
_HELD = (
    select(Delivery)
    .where(
        Delivery.id == bindparam("number"),
        Delivery.state == DeliveryState.SENDING,
        Delivery.worker == bindparam("ours"),
        Delivery.lease_until_at == bindparam("ours_until"),
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
    hour: int = EVERYBODYS,
    token: int | None = None,
) -> Delivery | None:
    """The next message to send, now ours until the lease ends; None where nothing can be sent now.

    One message of a chat is on its way at a time, so that answers arrive in their order. The claim is a
    conditional UPDATE whose row count decides: two workers never hold the same message, and nobody claims
    under the `token` of a leader whom another has followed. `hour`: daily messages of those whose own hour is later wait.
    """
    first = _FIRST if with_digests else _FIRST_AT_ANY_HOUR
    candidate = session.scalar(first, {"real_now": real_now, "hour": hour})
    if candidate is None:
        return None
    lease = {"ours": worker, "ours_under": token, "ours_until": real_now + timedelta(seconds=lease_s)}
    taken = session.scalars(
        _TAKEN if token is None else _TAKEN.where(leases.is_current(token)), {"number": candidate} | lease
    ).one_or_none()
    if taken is None or taken.kind is DeliveryKind.REPLY:
        return taken  # a finished answer has no items
    return get(session, candidate)


def renew(delivery: Delivery, real_now: datetime, lease_s: float) -> None:
    """The claim, not committed yet, lasts from now on: what was claimed took long to make."""
    delivery.lease_until_at = real_now + timedelta(seconds=lease_s)


def held(session: Session, delivery_id: int, worker: str, lease_until_at: datetime) -> Delivery | None:
    """The message where that very claim still stands, which its end tells from any other of the same worker; None
    where it was taken from it."""
    claim = {"number": delivery_id, "ours": worker, "ours_until": lease_until_at}
    return session.scalars(_HELD, claim).one_or_none()


def next_try_at(session: Session, *, with_digests: bool, hour: int = EVERYBODYS) -> datetime | None:
    """The earliest instant (real time) before which an unfinished message is not to be tried; the beginning of
    time where one waits for nothing but its turn, or is on its way. None where nothing is unfinished."""
    is_pending = Delivery.state == DeliveryState.PENDING
    at = case(
        (and_(is_pending, Delivery.not_before_at.is_not(None)), Delivery.not_before_at), else_=_ANY_TIME
    )
    at = case((and_(is_pending, ChatPause.until_at > at), ChatPause.until_at), else_=at)
    of_chat = ChatPause.chat_id == Delivery.chat_id
    query = select(func.min(at, type_=UtcInstant)).select_from(Delivery).outerjoin(ChatPause, of_chat)
    query = query.where(Delivery.state.in_(_UNFINISHED), has_come(hour))
    found: datetime | None = session.scalar(query if with_digests else query.where(*AT_ANY_HOUR))
    return found


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
