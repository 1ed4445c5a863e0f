"""Updates in: getUpdates -> inbox, committed; then handled one by one per chat, several chats at once."""

import asyncio
import json
import logging
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake.received import RawBot, Received, received
from jobs.clock import real_now
from jobs.delivery.pace import retry_pause_s
from jobs.delivery.telegram_errors import classify
from jobs.pulse import Sense
from store import inbox
from store.db.engine import Store
from store.db.errors import BUSY, cause
from store.models import InboxUpdate

log = logging.getLogger(__name__)

POLL_S = 25  # how long Telegram may wait for news before it answers "none"
BATCH = 100
OFFER_EVERY_S = 15.0
NUMBERLESS_PAUSE_S = 1.0
PAUSED_MOST_S = 300.0  # then Telegram is asked again, whatever pause it named
NEAR = 1_000_000  # updates that may come between two looks
# Where several replicas serve one store:
ALIVE = timedelta(seconds=10)  # what is younger is most likely being handled by who received it
TURN_EVERY_S = 0.05  # how often it is looked whether another replica is done with the chat's earlier update
HELD_UP_S = 10.0  # after so long that replica is taken for dead, and its update is handled here
AGAIN_AFTER_S = 1.0  # what the store did not take is tried again
AGAIN_MOST = 60  # times before what came after it; then it is offered again like anything else that is left
WANTED = ("message", "edited_message", "callback_query", "message_reaction", "my_chat_member")


@dataclass(frozen=True)
class Kept:
    """An update in the inbox, as the text it came as. `is_fresh`: this process received it; else an earlier one, or
    another replica, has left it."""

    inbox_id: int
    chat_id: int | None
    raw: str
    is_fresh: bool


Handle = Callable[[Kept], Awaitable[None]]
LastTry = Callable[[Kept, inbox.Start], Awaitable[None]]


class Lanes:
    """One lane a chat: its updates in their order, one at a time; other chats do not wait for it."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self._known: set[int] = set()  # what waits in a lane or is being handled
        self._waiting: dict[int | None, deque[Kept]] = defaultdict(deque)
        self._running: dict[int | None, asyncio.Task[None]] = {}
        self._is_ending = False

    def put(self, one: Kept) -> None:
        """Hand in an update; one that is in its lane already is left there."""
        if one.inbox_id in self._known:
            return
        self._known.add(one.inbox_id)
        self._waiting[one.chat_id].append(one)
        if one.chat_id not in self._running:
            self._running[one.chat_id] = asyncio.create_task(self._run(one.chat_id))

    async def _run(self, chat_id: int | None) -> None:
        waiting = self._waiting[chat_id]
        try:
            while waiting:
                one = waiting.popleft()
                try:
                    await self._handle(one)
                except OperationalError as error:
                    log.error("action=store-failed kind=%s inbox=%d", cause(error), one.inbox_id)
                except Exception:  # it stays in the inbox and is offered again; the lane goes on
                    log.exception("action=lane-failed inbox=%d", one.inbox_id)
                finally:
                    self._known.discard(one.inbox_id)
        finally:
            del self._running[chat_id], self._waiting[chat_id]

    async def _handle(self, one: Kept) -> None:
        """Where the store fails, soon once more, before what came after it; not for ever, for it may be the update
        that the store cannot take. At the end it stays in the inbox."""
        for _ in range(AGAIN_MOST):
            try:
                return await self.handle(one)
            except OperationalError as error:
                if self._is_ending:
                    raise
                log.error("action=store-failed kind=%s inbox=%d", cause(error), one.inbox_id)
                await asyncio.sleep(AGAIN_AFTER_S)
        return await self.handle(one)

    async def finish(self) -> None:
        """Wait for what is being handled; what waits behind it stays in the inbox."""
        self._is_ending = True
        for waiting in self._waiting.values():
            waiting.clear()
        await asyncio.gather(*self._running.values(), return_exceptions=True)


class Intake:
    """Keeps every update before Telegram may forget it, before anything reads it, and hands it to the lanes.

    What an ended process has left is taken up one by one, each start counted before it begins. What has outlived
    no start is not begun again: `last_try` is asked for it.
    """

    def __init__(
        self, store: Store, bot: RawBot, handle: Handle, last_try: LastTry, hearing: Sense | None = None
    ) -> None:
        self.store = store
        self.bot = bot
        self.handle = handle
        self.last_try = last_try
        self.hearing = hearing or Sense()  # who watches over us looks here
        self.is_shared = not store.is_sqlite  # other processes may handle updates of the same chats
        self.lanes = Lanes(self._in_turn if self.is_shared else self._begin)
        self._ours: set[int] = set()  # begun in this process and not done: to begin it again is no new start
        self._alone = asyncio.Lock()

    async def _begin(self, one: Kept) -> None:
        if one.is_fresh or one.inbox_id in self._ours:
            self._ours.add(one.inbox_id)
            await self.handle(one)
        else:
            await self._begin_again(one)
        self._ours.discard(one.inbox_id)

    async def _begin_again(self, one: Kept) -> None:
        async with self._alone:
            start = await asyncio.to_thread(self._count, one.inbox_id)
            if start is None:
                return
            if not start.is_last:
                self._ours.add(one.inbox_id)
                await self.handle(one)
                return
        await self.last_try(one, start)

    def _count(self, inbox_id: int) -> inbox.Start | None:
        with self.store.write() as session:
            return inbox.start_again(session, inbox_id, real_now(session))

    async def _in_turn(self, one: Kept) -> None:
        """Handle it after what came before it in its chat, whichever replica received that."""
        deadline = time.monotonic() + HELD_UP_S
        while (earlier := await asyncio.to_thread(self._earlier, one.inbox_id)) is not None:
            if time.monotonic() >= deadline:
                log.warning("action=take-over inbox=%d", earlier.inbox_id)
                await self._begin(earlier)
            else:
                await asyncio.sleep(TURN_EVERY_S)
        await self._begin(one)

    def _earlier(self, inbox_id: int) -> Kept | None:
        with self.store.read() as session:
            found = inbox.earlier(session, inbox_id)
            return _left(found) if found is not None else None

    def resume(self) -> None:
        """Hand out what was received and not handled when the process last ended."""
        self.offer(self._kept())

    def offer(self, kept: list[Kept]) -> None:
        for one in kept:
            self.lanes.put(one)

    def _kept(self, age: timedelta | None = None) -> list[Kept]:
        with self.store.read() as session:
            before = None if age is None else real_now(session) - age
            return [_left(row) for row in inbox.unhandled(session, self.bot.id, before)]

    async def offer_again(self) -> None:
        """Now and then hand out what is still unhandled: the store was busy for long, or another replica died."""
        while True:
            await asyncio.sleep(OFFER_EVERY_S)
            try:
                self.offer(await asyncio.to_thread(self._kept, ALIVE if self.is_shared else None))
            except OperationalError as error:
                log.error("action=store-failed kind=%s", cause(error))
            except SQLAlchemyError:
                log.exception("action=offer-failed")

    async def accept(self, texts: Sequence[str]) -> list[Received]:
        """Commit the updates to the inbox, then hand out the new ones. A copy of a known one does nothing.

        Gives what came. Raises SQLAlchemyError where the store does not answer, and nothing was kept.
        """
        came = [received(text) for text in texts]
        self.offer(await asyncio.to_thread(self._keep, came))
        return came

    def _keep(self, came: Sequence[Received]) -> list[Kept]:
        """Together; where one of them breaks that, each by itself, so that it takes no other with it."""
        try:
            return self._keep_together(came)
        except BUSY:
            raise
        except Exception:
            return [kept for one in came for kept in self._keep_apart(one)]

    def _keep_apart(self, one: Received) -> list[Kept]:
        try:
            return self._keep_together([one])
        except BUSY:
            raise
        except Exception as error:
            log.exception("action=not-kept")
            bare = replace(one, text=json.dumps({"update_id": one.update_id}))
            self._keep_together([bare], broken_by=type(error).__name__)
            return []

    def _keep_together(self, came: Sequence[Received], broken_by: str | None = None) -> list[Kept]:
        with self.store.write() as session:
            rows = [(one.update_id, one.chat_id, one.text) for one in came]
            new = inbox.receive(session, self.bot.id, rows, real_now(session))
            for row in new if broken_by is not None else ():
                inbox.mark_failed(row, real_now(session), broken_by or "")
            return [Kept(row.id, row.chat_id, row.raw, is_fresh=True) for row in new]

    async def poll(self) -> None:
        """Ask for updates until cancelled. The offset is never stored: the inbox knows what it has."""
        offset: int | None = None
        failures = 0
        while True:
            try:
                texts = await self.bot.get_raw_updates(
                    offset=offset, limit=BATCH, timeout_s=POLL_S, allowed=WANTED
                )
                offset = await self._after(await self.accept(texts), offset) if texts else offset
                failures = 0
                self.hearing.well()
            except Exception as error:
                failures += 1
                self.hearing.ill(cause_of(error))
                await asyncio.sleep(_pause_s(error, failures))

    async def _after(self, came: Sequence[Received], offset: int | None) -> int | None:
        """The offset that confirms what came. What bears no number of Telegram's, or one that is not believed, cannot be
        confirmed and comes again at once for ever: it is asked for in its own time."""
        numbers = [one.confirmed_by for one in came if one.confirmed_by is not None]
        found = next_offset(numbers, offset)
        if found == offset and offset not in numbers:
            await asyncio.sleep(NUMBERLESS_PAUSE_S)
        return found


def next_offset(numbers: Sequence[int], offset: int | None) -> int | None:
    """The offset that confirms these, each being what would confirm one of them alone.

    One that is far from all others is not believed: what is confirmed by it is everything that still comes. Telegram
    begins anew somewhere else after a quiet week, and then counts on from there: two in one place are believed.
    """
    base = min(numbers, default=None) if offset is None else offset
    near = [one for one in numbers if base is not None and abs(one - base) <= NEAR]
    if near:
        return max(near)
    elsewhere = sorted(set(numbers))
    together = [later for one, later in pairwise(elsewhere) if later - one <= NEAR]
    return max(together, default=offset)


def _left(row: InboxUpdate) -> Kept:
    return Kept(row.id, row.chat_id, row.raw, is_fresh=False)


def cause_of(error: Exception) -> str:
    """Why nothing was heard, as bot/ops/health.py names it."""
    if isinstance(error, Conflict):
        return "webhook" if "webhook" in error.message.lower() else "conflict"
    if isinstance(error, InvalidToken):
        return "token"
    if isinstance(error, RetryAfter):
        return "flood"
    return "network" if isinstance(error, TelegramError) else "store"


def _pause_s(error: Exception, failures: int) -> float:
    """How long to wait after a failed poll, with a word for the operator."""
    if isinstance(error, RetryAfter):
        log.warning("action=poll-paused failures=%d", failures)
        return min(classify(error).retry_after_s or 0.0, PAUSED_MOST_S)
    if isinstance(error, TimedOut):
        return 0.0
    if isinstance(error, Conflict):
        if failures == 1:  # once: at a take-over it is normal; what lasts is told as an alarm
            log.error("action=poll-conflict kind=%s", cause_of(error))
    elif isinstance(error, InvalidToken):
        log.error("action=poll-refused")  # the token is not accepted any more
    elif isinstance(error, OperationalError):
        log.error("action=store-failed kind=%s failures=%d", cause(error), failures)
    elif isinstance(error, NetworkError | TelegramError):
        log.warning("action=poll-failed failures=%d error=%s", failures, type(error).__name__)
    else:
        log.exception("action=poll-failed failures=%d", failures)
    return min(30.0, retry_pause_s(failures))
