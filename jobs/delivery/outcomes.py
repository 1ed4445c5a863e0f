"""What came of a send, and what follows from it: for the message, its reminders, its chat and its person."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.delivery.pace import LEASE_S, SEND_BEGINS_WITHIN_S, SEND_TIMEOUT_S, retry_pause_s
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.texts import kept
from store import audit, chat_links, claims, deliveries, groups, reachability
from store.audit import Who
from store.detours import FALLBACK
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, ItemState, LinkState

# Telegram's words for a group in which the bot still is, and may not write.
ONLY_MUTE = (
    "chat_write_forbidden",
    "chat_restricted",
    "have no rights to send",
    "not enough rights",
    "need administrator rights",
)
MOST_SENDS_IN_DOUBT = 2  # the first send and one repetition; then a person has to look

# What an earlier leader claimed has been sent or given back by then, whether it lives or not.
SPARED_S = LEASE_S - SEND_BEGINS_WITHIN_S - SEND_TIMEOUT_S


def reap(session: Session, now: datetime, *, all_sending: bool, token: int | None = None) -> int:
    """Messages whose sender died while sending become uncertain: it may have gone out or not."""
    found = claims.abandoned(session, now, all_sending=all_sending, token=token, spared_s=SPARED_S)
    for delivery in found:
        doubt(session, delivery, now, "the sender died while sending")
    return len(found)


def doubt(session: Session, delivery: Delivery, now: datetime, error: str) -> None:
    """The policy for an uncertain send: once more, marked; then the next digest and a list for the planners.

    An edit can be repeated for ever, for it writes the same text over itself. A message by the fallback channel
    goes out once, whatever came of it. `now` is real time.
    """
    pause_s = retry_pause_s(delivery.attempts)
    if delivery.kind is not DeliveryKind.EDIT:
        delivery.uncertain_sends += 1
        is_fallback = delivery.event == FALLBACK
        if is_fallback or delivery.uncertain_sends >= MOST_SENDS_IN_DOUBT:
            deliveries.finish(delivery, DeliveryState.UNCERTAIN, error=error)
            if not is_fallback:
                deliveries.release(delivery, ItemState.CARRIED)
                deliveries.pause_chat(session, delivery.chat_id, now + timedelta(seconds=pause_s))
            return
    postpone(session, delivery, now, pause_s, error)


def postpone(session: Session, delivery: Delivery, now: datetime, pause_s: float, error: str | None) -> None:
    """It waits, and everything else to its chat with it: part 2 never arrives before part 1. `now` is real time."""
    deliveries.finish(delivery, DeliveryState.PENDING, error=error)
    deliveries.pause_chat(session, delivery.chat_id, now + timedelta(seconds=pause_s))


def settle(
    session: Session,
    delivery: Delivery,
    error: SendError,
    real: datetime,
    now: datetime,
    today: date,
) -> None:
    """Record what the error means. `real` is real time; `now` and `today` are business time."""
    if error.fault is SendFault.UNCHANGED and delivery.kind is DeliveryKind.EDIT:
        deliveries.finish(delivery, DeliveryState.SENT, error=error.detail)
    elif error.fault is SendFault.UNCERTAIN:
        doubt(session, delivery, real, error.detail)
    elif error.fault is SendFault.TEMPORARY:
        pause_s = error.retry_after_s or retry_pause_s(delivery.attempts)
        postpone(session, delivery, real, pause_s, error.detail)
    elif error.fault is SendFault.NO_ENTRY:
        delivery.attempts -= 1
        deliveries.finish(delivery, DeliveryState.PENDING, error=error.detail)
    elif error.fault is SendFault.MOVED and error.new_chat_id not in {None, delivery.chat_id}:
        assert error.new_chat_id is not None
        _follow(session, delivery, error.new_chat_id, error.detail)
    elif error.fault is SendFault.UNREACHABLE:
        deliveries.finish(delivery, DeliveryState.FAILED, error=error.detail)
        _lose(session, delivery, now, today)
    else:
        refuse(session, delivery, error.detail)


def refuse(session: Session, delivery: Delivery, error: str) -> None:
    """It will never go out. A daily message's items stand in the next one, unless that one was refused, too."""
    deliveries.finish(delivery, DeliveryState.FAILED, error=error)
    is_digest = delivery.kind is DeliveryKind.DIGEST
    if is_digest and not deliveries.was_refused_before(session, delivery):
        deliveries.release(delivery, ItemState.CARRIED)


def _follow(session: Session, delivery: Delivery, new_chat_id: int, detail: str) -> None:
    """The chat has a new id: for this message, for all that waits, and for whatever is bound to it."""
    chat_links.move_chat(session, delivery.chat_id, new_chat_id)
    groups.move(session, delivery.chat_id, new_chat_id)
    deliveries.move_chat(session, delivery.chat_id, new_chat_id)
    delivery.chat_id = new_chat_id
    deliveries.finish(delivery, DeliveryState.PENDING, error=detail)


def _lose_group(session: Session, delivery: Delivery, now: datetime) -> None:
    """A group that has put the bot out is bound no more; one that only lets it say nothing stays so. The log and the
    planning office's daily message say which."""
    error = delivery.error or ""
    is_mute = any(words in error.lower() for words in ONLY_MUTE)
    group = groups.of_chat(session, delivery.chat_id)
    if group is None:
        return
    if not is_mute:
        groups.end(session, delivery.chat_id, now)
    who = Who(None, kept("running.actor.telegram"), f"delivery:{delivery.id}", f"delivery:{delivery.id}")
    action = groups.MUTE if is_mute else groups.LOST
    after = {"department": group.department.name, "error": error}
    audit.Act(session, who, now).record(action, f"group:{delivery.chat_id}", after=after)


def _lose(session: Session, delivery: Delivery, now: datetime, today: date) -> None:
    """Nobody writes to a chat that Telegram refuses, until the person comes back; others are told today."""
    if delivery.officer_id is None:
        _lose_group(session, delivery, now)
        return
    link = chat_links.active(session, delivery.officer_id)
    if link is not None and link.chat_id == delivery.chat_id:
        chat_links.pause(link, LinkState.BLOCKED, now)
        reachability.look_again(session, today, [delivery.officer_id])
    told = [one.milestone_id for one in delivery.items if one.milestone_id is not None]
    reachability.look_again_at(session, today, told)
