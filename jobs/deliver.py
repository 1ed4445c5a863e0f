"""Claim, look again, render, send, record: one message of the ledger at a time, several at once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs.clock import Clock, real_now
from jobs.limits import (
    DELIVER_AT_MOST_S,
    LEASE_S,
    RETRY_FIRST_S,
    SEND_TIMEOUT_S,
    SENDS_AT_ONCE,
    Pace,
    retry_pause_s,
)
from jobs.policy import Rules, is_sending_time
from jobs.sender import Sender, SendError, SendFault
from store import deliveries, links
from store.deliveries import Message
from store.engine import Store
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, ItemState, LinkState, MilestoneState

log = logging.getLogger(__name__)

Render = Callable[[Session, Delivery, datetime], Message | None]
MOST_SENDS_IN_DOUBT = 2  # the first send and one repetition; then a person has to look


@dataclass(frozen=True)
class Outgoing:
    """What a worker carries from the claim to the record."""

    delivery_id: int
    chat_id: int
    is_edit: bool
    message_id: int | None
    message: Message
    attempts: int


def reap(session: Session, now: datetime, *, all_sending: bool) -> int:
    """Messages whose sender died while sending become uncertain: it may have gone out or not."""
    found = deliveries.abandoned(session, now, all_sending=all_sending)
    for delivery in found:
        doubt(delivery, now, "the sender died while sending")
    return len(found)


def doubt(delivery: Delivery, now: datetime, error: str) -> None:
    """The policy for an uncertain send: once more, marked; then the next digest and a list for the planners.

    An edit can be repeated for ever, for it writes the same text over itself. `now` is real time.
    """
    if delivery.kind is not DeliveryKind.EDIT:
        delivery.uncertain_sends += 1
        if delivery.uncertain_sends >= MOST_SENDS_IN_DOUBT:
            deliveries.finish(delivery, DeliveryState.UNCERTAIN, error=error)
            deliveries.release(delivery, ItemState.CARRIED)
            return
    deliveries.finish(delivery, DeliveryState.PENDING, error=error)
    delivery.not_before_at = now + timedelta(seconds=retry_pause_s(delivery.attempts))


class Deliverer:
    """Sends what the ledger owes. `render` makes the text; it gives None for what is no longer wanted."""

    def __init__(
        self, store: Store, sender: Sender, render: Render, rules: Rules, clock: Clock, worker: str
    ) -> None:
        self.store = store
        self.sender = sender
        self.render = render
        self.rules = rules
        self.clock = clock
        self.worker = worker
        self.pace = Pace()
        self.is_ending = False  # what is on its way may arrive, nothing more is taken up
        self._stop_at = 0.0

    async def deliver_all(self) -> bool:
        """Send until nothing can be sent now, at most some seconds; True where more may wait.

        A worker's failure stops nobody else's message.

        Not a TaskGroup: that would cancel the others in the middle of their sends. Raises the first failure,
        after all have come to their end.
        """
        self._stop_at = time.monotonic() + DELIVER_AT_MOST_S
        workers = (self._work() for _ in range(SENDS_AT_ONCE))
        for ended in await asyncio.gather(*workers, return_exceptions=True):
            if ended is not None:
                raise ended
        return time.monotonic() >= self._stop_at

    async def _work(self) -> None:
        while not self._is_over() and (out := await asyncio.to_thread(self._claim)) is not None:
            await asyncio.sleep(self.pace.wait_overall())
            await self._send(out)

    def _is_over(self) -> bool:
        return self.is_ending or time.monotonic() >= self._stop_at

    def _claim(self) -> Outgoing | None:
        """The next wanted message, rendered; unwanted ones are cancelled on the way. None: nothing to do."""
        while not self._is_over():
            now, real = self.clock.now(), real_now()
            with self.store.write() as session:
                with_digests = is_sending_time(now, self.rules.settings, self.rules.calendar)
                delivery = deliveries.claim(session, self.worker, real, LEASE_S, with_digests=with_digests)
                if delivery is None:
                    return None
                out = self._prepare(session, delivery, now, real)
            if out is not None:
                return out
        return None

    def _prepare(
        self, session: Session, delivery: Delivery, now: datetime, real: datetime
    ) -> Outgoing | None:
        if delivery.day is not None and delivery.day < self.rules.calendar.local_date(now):
            deliveries.carry_over(delivery)  # or two days' messages would go out on one
            return None
        if wait_s := self.pace.wait_chat(delivery.chat_id):
            delivery.attempts -= 1
            self._later(delivery, real, wait_s, delivery.error)
            deliveries.defer_chat(session, delivery.chat_id, real + timedelta(seconds=wait_s))
            return None
        message_id = self._edited_message(session, delivery)
        if delivery.kind is DeliveryKind.EDIT and message_id is None:
            self._wait_for_target(session, delivery, real)
            return None
        message = self._render(session, delivery, now)
        if message is None:
            return None
        is_edit = delivery.kind is DeliveryKind.EDIT
        return Outgoing(delivery.id, delivery.chat_id, is_edit, message_id, message, delivery.attempts)

    def _render(self, session: Session, delivery: Delivery, now: datetime) -> Message | None:
        """The message; None where it is cancelled as not wanted, or failed because it cannot be written: left
        waiting, it would be claimed first again and again, and nobody would get anything any more."""
        try:
            with session.begin_nested():
                is_wanted = self._is_wanted(session, delivery)
                message = self.render(session, delivery, now) if is_wanted else None
        except OperationalError:
            raise  # the store is full, busy or gone, which says nothing about the message
        except Exception as error:
            log.exception("action=render-failed delivery=%d", delivery.id)
            self._refuse(session, delivery, f"{type(error).__name__}: {error}")
            return None
        if message is None:
            deliveries.cancel(delivery)
            log.info("action=cancel delivery=%d kind=%s", delivery.id, delivery.kind)
        return message

    def _edited_message(self, session: Session, delivery: Delivery) -> int | None:
        if delivery.target_id is None:
            return delivery.message_id
        return session.get_one(Delivery, delivery.target_id).message_id

    def _wait_for_target(self, session: Session, delivery: Delivery, real: datetime) -> None:
        """The message to edit is on its way itself, or will never be there."""
        target = session.get_one(Delivery, delivery.target_id)
        if target.state in {DeliveryState.PENDING, DeliveryState.SENDING}:
            self._later(delivery, real, retry_pause_s(1), None)
        else:
            deliveries.cancel(delivery)

    def _is_wanted(self, session: Session, delivery: Delivery) -> bool:
        """Just before sending: does the reason still hold?"""
        if delivery.kind is DeliveryKind.DIGEST or delivery.target_id is not None:
            assert delivery.officer_id is not None
            link = links.active(session, delivery.officer_id)
            if link is None or link.chat_id != delivery.chat_id:
                return False
        if delivery.kind is not DeliveryKind.DIGEST:
            return True
        for item in delivery.items:
            stale = item.milestone is not None and (
                item.milestone.state is not MilestoneState.PLANNED
                or (item.milestone.due_on or item.milestone.start_on) != item.due_on
            )
            if stale and item.state is ItemState.INCLUDED:
                item.state = ItemState.CANCELLED
        return any(item.state is ItemState.INCLUDED for item in delivery.items)

    async def _send(self, out: Outgoing) -> None:
        try:
            if out.is_edit:
                assert out.message_id is not None
                await self.sender.edit(out.chat_id, out.message_id, out.message)
                message_id: int | None = out.message_id
            else:
                message_id = await self.sender.send(out.chat_id, out.message)
        except SendError as error:
            await self._record(self._record_error, out, error)
            return
        except (
            Exception
        ) as error:  # not in a Sender's contract; only its name, for its text may hold the token
            doubtful = SendError(SendFault.UNCERTAIN, type(error).__name__)
            await self._record(self._record_error, out, doubtful)
            return
        await self._record(self._record_sent, out, message_id)

    async def _record(self, work: Callable[..., None], *facts: object) -> None:
        """What came of a send, written down as long as the claim lasts: a busy store is no reason to send twice."""
        end = time.monotonic() + LEASE_S - SEND_TIMEOUT_S
        while True:
            try:
                await asyncio.to_thread(work, *facts)
                return
            except OperationalError:
                if time.monotonic() >= end:
                    raise
                await asyncio.sleep(RETRY_FIRST_S)

    def _record_sent(self, out: Outgoing, message_id: int | None) -> None:
        with self.store.write() as session:
            delivery = session.get_one(Delivery, out.delivery_id)
            deliveries.finish(delivery, DeliveryState.SENT)
            delivery.sent_at = self.clock.now()
            delivery.message_id = message_id
        log.info("action=sent delivery=%d attempts=%d", out.delivery_id, out.attempts)

    def _record_error(self, out: Outgoing, error: SendError) -> None:
        real = real_now()
        with self.store.write() as session:
            delivery = deliveries.get(session, out.delivery_id)
            assert delivery is not None
            self._settle(session, delivery, error, real)
        log.warning("action=%s delivery=%d detail=%s", error.fault, out.delivery_id, error.detail)

    def _settle(self, session: Session, delivery: Delivery, error: SendError, real: datetime) -> None:
        if error.fault is SendFault.UNCHANGED and delivery.kind is DeliveryKind.EDIT:
            deliveries.finish(delivery, DeliveryState.SENT, error=error.detail)
        elif error.fault is SendFault.UNCERTAIN:
            doubt(delivery, real, error.detail)
        elif error.fault is SendFault.TEMPORARY:
            pause = error.retry_after_s or retry_pause_s(delivery.attempts)
            self._later(delivery, real, pause, error.detail)
            deliveries.defer_chat(session, delivery.chat_id, real + timedelta(seconds=pause))
        elif error.fault is SendFault.MOVED and error.new_chat_id is not None:
            self._follow(session, delivery, error.new_chat_id)
            deliveries.finish(delivery, DeliveryState.PENDING, error=error.detail)
        else:
            self._refuse(session, delivery, error.detail, is_unreachable=error.fault is SendFault.UNREACHABLE)
            if error.fault is SendFault.UNREACHABLE and delivery.officer_id is not None:
                self._pause_link(session, delivery)

    def _refuse(
        self, session: Session, delivery: Delivery, error: str, *, is_unreachable: bool = False
    ) -> None:
        """It will never go out. A daily message's items stand in the next one, unless that one was refused, too."""
        deliveries.finish(delivery, DeliveryState.FAILED, error=error)
        is_digest = delivery.kind is DeliveryKind.DIGEST
        if is_digest and not is_unreachable and not deliveries.was_refused_before(session, delivery):
            deliveries.release(delivery, ItemState.CARRIED)

    def _later(self, delivery: Delivery, real: datetime, pause_s: float, error: str | None) -> None:
        deliveries.finish(delivery, DeliveryState.PENDING, error=error)
        delivery.not_before_at = real + timedelta(seconds=pause_s)

    def _follow(self, session: Session, delivery: Delivery, new_chat_id: int) -> None:
        """The chat has a new id: for this message, and for the person's link."""
        link = links.of_officer(session, delivery.officer_id) if delivery.officer_id is not None else None
        if link is not None and link.chat_id == delivery.chat_id:
            link.chat_id = new_chat_id
        delivery.chat_id = new_chat_id

    def _pause_link(self, session: Session, delivery: Delivery) -> None:
        """Nobody writes to a chat that Telegram refuses, until the person comes back."""
        assert delivery.officer_id is not None
        link = links.active(session, delivery.officer_id)
        if link is not None and link.chat_id == delivery.chat_id:
            links.pause(link, LinkState.BLOCKED)
