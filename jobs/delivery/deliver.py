"""Claim, look again, render, send, record: one message of the ledger at a time, several at once."""

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs.clock import Clock, real_now, steady_s
from jobs.delivery import outcomes
from jobs.delivery.other_channels import AppriseNotifier, Notifier
from jobs.delivery.pace import (
    DELIVER_AT_MOST_S,
    HOLD_MOST_S,
    LEASE_S,
    RETRY_FIRST_S,
    SEND_BEGINS_WITHIN_S,
    SEND_TIMEOUT_S,
    SENDS_AT_ONCE,
    Pace,
    retry_pause_s,
)
from jobs.delivery.sender import Sender
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.delivery.wanted import is_wanted
from jobs.leader import Leader, Sole
from jobs.marks import Marks
from jobs.pulse import Sense
from jobs.rules.policy import Rules
from jobs.rules.sending_hours import come_until, is_sending_time
from store import claims, deliveries, reachability
from store.db.engine import Store, when_committed
from store.db.errors import BUSY
from store.deliveries import Message
from store.detours import FALLBACK
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState

log = logging.getLogger(__name__)

MAKING_PAUSE_S = 1.0  # until a file that is being made is asked for again
RENDER_MOST = 20  # times that the store says no to one message while it is written, and to no other
RENEW_AFTER_S = 1.0  # what takes longer to make gets its lease anew

Render = Callable[[Session, Delivery, datetime], Message | None]
Trial = Callable[[int], bool | None]  # whether the message can be written; None where the store was busy
Fact = Callable[[Session], None]  # what came of a claim, to be written down


class UnmadeError(Exception):
    """The file of a message is being made: it is asked for again in a moment, and goes out then."""


@dataclass(frozen=True)
class Outgoing:
    """What a worker carries from the claim to the record."""

    delivery_id: int
    chat_id: int
    is_edit: bool
    message_id: int | None
    message: Message
    attempts: int
    lease_until_at: datetime
    claimed_at: float  # steady, from before the lease began
    is_fallback: bool = False
    own_url: str | None = field(default=None, repr=False)  # the person's own fallback channel


def _mark(number: int) -> str:
    return f"delivery:{number}"


@dataclass(eq=False)
class Deliverer:
    """Sends what the ledger owes. `render` makes the text; it gives None for what is no longer wanted."""

    store: Store
    sender: Sender
    render: Render
    rules: Rules
    clock: Clock
    worker: str
    notifier: Notifier = field(default_factory=AppriseNotifier)
    pace: Pace = field(default_factory=Pace)
    leader: Leader = field(default_factory=Sole)
    marks: Marks = field(default_factory=Marks)
    trial: Trial | None = None  # writes a message in a process of its own, where it harms nobody
    speaking: Sense = field(default_factory=Sense)  # who watches over us looks here
    is_ending: bool = False  # what is on its way may arrive, nothing more is taken up
    written: int = 0  # what came of sends, so far: it may bring others something that is owed
    # Message -> how often the store said no while it was written.
    _tried: set[int] = field(default_factory=set)  # messages that are being tried
    _in_vain: Counter[int] = field(default_factory=Counter)
    _stop_at: float = 0.0
    _sends: set[asyncio.Task[None]] = field(default_factory=set)  # one a message, SENDS_AT_ONCE at the most
    _clerk: asyncio.Task[None] | None = None  # who writes down and claims
    # What came of sends, each with when its claim is given up (0.0: not yet).
    _came: list[tuple[Fact, float]] = field(default_factory=list)
    _is_called: bool = False  # there may be something to claim
    _failures: list[BaseException] = field(default_factory=list)

    async def deliver_all(self) -> bool:
        """Send until nothing can be sent now, at most some seconds; True where more may wait.

        A failure of one message stops nobody else's, and one that still waits for an answer nobody's turn: it
        goes on beside the next call.

        Not a TaskGroup: that would cancel the others in the middle of their sends. Raises the first failure,
        after all others have come to their end or to that time.
        """
        self._stop_at = time.monotonic() + DELIVER_AT_MOST_S
        self._call()
        try:
            while (busy := self._busy()) and (left_s := self._stop_at - time.monotonic()) > 0.0:
                await asyncio.wait(busy, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self.abandon()
            raise
        failures, self._failures = self._failures, []
        if failures:
            raise failures[0]
        return time.monotonic() >= self._stop_at

    async def finish(self) -> None:
        """Wait for what is on its way."""
        while busy := self._busy():
            await asyncio.wait(busy)

    def abandon(self) -> None:
        """What is on its way is left to its lease."""
        for one in self._busy():
            one.cancel()

    def more(self) -> None:
        """Something new waits: where messages are going out, it need not wait for the end of theirs."""
        if self._busy():
            self._call()

    def _busy(self) -> set[asyncio.Task[None]]:
        clerk = {self._clerk} if self._clerk is not None and not self._clerk.done() else set()
        return self._sends | clerk

    def _call(self) -> None:
        self._is_called = True
        if self._clerk is None or self._clerk.done():
            self._clerk = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Write down what came of sends, claim for the free seats and send each message by a task of its own; again
        where something came meanwhile."""
        await asyncio.sleep(0)  # whoever is about to come gets in
        while self._came or (self._is_called and not self._is_over()):
            came, self._came, self._is_called = self._came, [], False
            try:
                seats = SENDS_AT_ONCE - len(self._sends)
                for out in await asyncio.to_thread(self._turn, [fact for fact, _ in came], seats):
                    sending = asyncio.create_task(self._deliver(out))
                    self._sends.add(sending)
                    sending.add_done_callback(self._gone)
            except BUSY as error:
                await self._try_again(came, error)
            except Exception as error:
                self._failures.append(error)

    async def _try_again(self, came: list[tuple[Fact, float]], error: Exception) -> None:
        """What came is written down as long as its claim lasts: a busy store is no reason to send twice. The time
        counts from the first failure, for we may have stood still; a claim that ended since is left alone."""
        end, now = steady_s() + LEASE_S - SEND_TIMEOUT_S, steady_s()
        kept = [(fact, until or end) for fact, until in came if not until or now < until]
        self._came = kept + self._came
        if len(kept) < len(came) or not came:
            self._failures.append(error)
        if kept:
            await asyncio.sleep(RETRY_FIRST_S)

    async def _deliver(self, out: Outgoing) -> None:
        fact = await self._send(out) if await self._may_go(out) else partial(self._give_back, out)
        self._came.append((fact, 0.0))

    def _gone(self, sending: asyncio.Task[None]) -> None:
        """Its seat is free, and another message of its chat may go."""
        self._sends.discard(sending)
        if not sending.cancelled():
            self._failures += filter(None, [sending.exception()])
            self._call()

    def _is_over(self) -> bool:
        is_late = time.monotonic() >= self._stop_at or self.pace.paused_s() > 0.0
        return self.is_ending or is_late or not self.leader.is_leading()

    async def _may_go(self, out: Outgoing) -> bool:
        """Wait for a place in the flow of all messages; False where the claim is better given back: everybody
        pauses for long, or a process that stood still wakes up and another may have sent the message since."""
        while not out.is_fallback and (wait_s := self.pace.wait_overall(out.delivery_id)):
            if self.pace.paused_s() > HOLD_MOST_S or not self._is_fresh(out):
                return False
            await asyncio.sleep(wait_s)
        if self._is_fresh(out):
            return True
        self.pace.not_sent(out.delivery_id)
        return False

    def _is_fresh(self, out: Outgoing) -> bool:
        return steady_s() < out.claimed_at + SEND_BEGINS_WITHIN_S and self.leader.is_leading()

    def _turn(self, facts: Sequence[Fact], seats: int) -> list[Outgoing]:
        """What came of sends is written down and the next messages are claimed, in one transaction; each in a savepoint
        of its own, so that what breaks there stops nothing else."""
        self.written += len(facts)
        found: list[Outgoing] = []

        def claim(session: Session) -> None:
            found.extend(self._claim(session, seats))

        with self.store.write() as session:
            for work in (*facts, claim):
                try:
                    with session.begin_nested():
                        work(session)
                except BUSY:
                    raise
                except Exception as error:
                    self._failures.append(error)
        return found

    def _claim(self, session: Session, most: int) -> list[Outgoing]:
        """The next wanted messages, rendered; unwanted ones are cancelled on the way."""
        found: list[Outgoing] = []
        at, real = steady_s(), real_now(session)
        while len(found) < most and not self._is_over():
            now = self.clock.now()
            hours = self.rules.settings, self.rules.calendar
            delivery = claims.claim(
                session,
                self.worker,
                real,
                LEASE_S,
                with_digests=is_sending_time(now, *hours),
                hour=come_until(now, *hours),
                token=self.leader.token,
            )
            if delivery is None:
                break
            if (out := self._prepare(session, delivery, now, real, at)) is not None:
                found.append(out)
        return found

    def _prepare(
        self, session: Session, delivery: Delivery, now: datetime, real: datetime, at: float
    ) -> Outgoing | None:
        if delivery.day is not None and delivery.day < self.rules.calendar.local_date(now):
            deliveries.carry_over(delivery)  # or two days' messages would go out on one
            return None
        if wait_s := self.pace.wait_chat(delivery.chat_id):
            delivery.attempts -= 1
            outcomes.postpone(session, delivery, real, wait_s, delivery.error)
            return None
        target = session.get_one(Delivery, delivery.target_id) if delivery.target_id is not None else delivery
        message_id = target.message_id
        if delivery.kind is DeliveryKind.EDIT and message_id is None:
            if target is not delivery and target.state in {
                DeliveryState.PENDING,
                DeliveryState.SENDING,
            }:  # it is on its way itself
                self._later(delivery, real, retry_pause_s(1), None)
            else:
                deliveries.cancel(delivery)
            return None
        try:
            message = self._render(session, delivery, now)
        except UnmadeError:
            delivery.attempts -= 1
            self._later(delivery, real, MAKING_PAUSE_S, delivery.error)
            return None
        if message is None:
            return None
        at = self._lasting(session, delivery, at)
        assert delivery.lease_until_at is not None
        is_fallback = delivery.event == FALLBACK
        own = reachability.channel_of(session, delivery.officer_id or 0) if is_fallback else None
        return Outgoing(
            delivery.id,
            delivery.chat_id,
            delivery.kind is DeliveryKind.EDIT,
            message_id,
            replace(message, topic_id=delivery.topic_id),
            delivery.attempts,
            delivery.lease_until_at,
            at,
            is_fallback,
            own.url if own else None,
        )

    def _lasting(self, session: Session, delivery: Delivery, at: float) -> float:
        """From when the claim counts. A large file takes seconds to make: the claim begins when it is there, or it
        would be given back each time, before everything else."""
        now = steady_s()
        if now - at < RENEW_AFTER_S:
            return at
        claims.renew(delivery, real_now(session), LEASE_S)
        return now

    def _ensure_harmless(self, number: int) -> None:
        """Raises UnmadeError while a message over which processes ended is tried apart. One death more would prove
        nothing: whoever is killed on its way up comes back to the same first message each time."""
        if self.trial is None or not self.marks.is_suspect(_mark(number)):
            return
        if number not in self._tried:
            self._tried.add(number)
            threading.Thread(target=self._try, args=(self.trial, number), daemon=True).start()
        raise UnmadeError

    def _try(self, trial: Trial, number: int) -> None:
        try:
            is_harmless = trial(number)
            if is_harmless is not None:
                (self.marks.acquit if is_harmless else self.marks.condemn)(_mark(number))
        finally:
            self._tried.discard(number)

    def _render(self, session: Session, delivery: Delivery, now: datetime) -> Message | None:
        """The message; None where it is cancelled as not wanted, or failed because it cannot be written: left
        waiting, it would be claimed first again and again, and nobody would get anything any more."""
        try:
            self._ensure_harmless(delivery.id)
            with session.begin_nested(), self.marks.on(_mark(delivery.id)):
                today = self.rules.calendar.local_date(now)
                message = self.render(session, delivery, now) if is_wanted(session, delivery, today) else None
        except UnmadeError:
            raise
        except OperationalError as error:
            # The store is full, busy or gone, which says nothing about the message; unless it is this one each time.
            self._in_vain[delivery.id] += 1
            if self._in_vain[delivery.id] < RENDER_MOST:
                raise
            log.exception("action=render-failed delivery=%d", delivery.id)
            outcomes.refuse(session, delivery, type(error).__name__)
            return None
        except Exception as error:
            log.exception("action=render-failed delivery=%d", delivery.id)
            outcomes.refuse(session, delivery, f"{type(error).__name__}: {error}")
            return None
        if message is None:
            deliveries.cancel(delivery)
            when_committed(session, log.info, "action=cancel delivery=%d kind=%s", delivery.id, delivery.kind)
        return message

    async def _send(self, out: Outgoing) -> Fact:
        """Send; what came of it is to be recorded."""
        try:
            message_id = await self._put(out)
        except SendError as error:
            self._slow_down(out, error)
            return partial(self._record_error, out, error)
        except Exception as error:  # not in a Sender's contract; only its name: its text may hold the token
            doubtful = SendError(SendFault.UNCERTAIN, type(error).__name__)
            return partial(self._record_error, out, doubtful)
        if not out.is_fallback:
            self.pace.token_accepted()
            self.speaking.well()
        return partial(self._record_sent, out, message_id)

    async def _put(self, out: Outgoing) -> int | None:
        """The message's id in the chat; None by the fallback channel. Raises SendError."""
        if out.is_fallback:
            await self.notifier.notify(out.own_url, out.message.text)
            return None
        try:
            if not out.is_edit:
                return await self.sender.send(out.chat_id, out.message)
            assert out.message_id is not None
            await self.sender.edit(out.chat_id, out.message_id, out.message)
            return out.message_id
        finally:
            self.pace.answered(out.delivery_id)

    def _slow_down(self, out: Outgoing, error: SendError) -> None:
        """What an error means for everybody else's messages, at once: the next one is about to go."""
        if not out.is_fallback:
            self._feel(out, error)
        if error.fault is SendFault.NO_ENTRY:
            pause_s = self.pace.token_refused()
            log.error("action=token-refused delivery=%d seconds=%d", out.delivery_id, round(pause_s))
        elif error.retry_after_s is not None:
            pause_s = self.pace.flood(out.chat_id, error.retry_after_s)
            log.warning("action=flood delivery=%d seconds=%d", out.delivery_id, round(pause_s))

    def _feel(self, out: Outgoing, error: SendError) -> None:
        """Whether it was about this message, or about all of them."""
        if error.fault is SendFault.NO_ENTRY:
            self.speaking.ill("token")
        elif error.fault in {SendFault.UNREACHABLE, SendFault.REFUSED}:
            self.speaking.refused(out.chat_id)
        elif error.fault in {SendFault.MOVED, SendFault.UNCHANGED}:
            self.speaking.well()
        elif error.retry_after_s is None:
            self.speaking.ill("network")

    def _held(self, session: Session, out: Outgoing) -> Delivery | None:
        """The message, as long as our claim stands; what others made of it since is not for us to change."""
        found = claims.held(session, out.delivery_id, self.worker, out.lease_until_at)
        if found is None:
            log.warning("action=late-result delivery=%d attempts=%d", out.delivery_id, out.attempts)
        return found

    def _give_back(self, out: Outgoing, session: Session) -> None:
        """Claimed, and never begun."""
        delivery = self._held(session, out)
        if delivery is not None:
            delivery.attempts -= 1
            deliveries.finish(delivery, DeliveryState.PENDING, error=delivery.error)
        when_committed(session, log.info, "action=give-back delivery=%d", out.delivery_id)

    def _record_sent(self, out: Outgoing, message_id: int | None, session: Session) -> None:
        delivery = self._held(session, out)
        if delivery is None:
            return
        deliveries.finish(delivery, DeliveryState.SENT)
        delivery.sent_at = self.clock.now()
        delivery.message_id = message_id
        when_committed(
            session, log.info, "action=sent delivery=%d attempts=%d", out.delivery_id, out.attempts
        )

    def _record_error(self, out: Outgoing, error: SendError, session: Session) -> None:
        delivery = self._held(session, out)
        if delivery is None:
            return
        now = self.clock.now()
        today = self.rules.calendar.local_date(now)
        outcomes.settle(session, delivery, error, real_now(session), now, today)
        when_committed(
            session, log.warning, "action=send-failed fault=%s delivery=%d", error.fault, delivery.id
        )

    def _later(self, delivery: Delivery, real: datetime, pause_s: float, error: str | None) -> None:
        deliveries.finish(delivery, DeliveryState.PENDING, error=error)
        delivery.not_before_at = real + timedelta(seconds=pause_s)
