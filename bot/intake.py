"""Updates in: getUpdates -> inbox, committed; then handled one by one per chat, several chats at once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from jobs.clock import real_now
from jobs.limits import retry_pause_s
from store import inbox
from store.engine import Store
from store.errors import cause

log = logging.getLogger(__name__)

POLL_S = 25  # how long Telegram may wait for news before it answers "none"
BATCH = 100
OFFER_EVERY_S = 15.0
# Where several replicas serve one store:
ALIVE = timedelta(seconds=10)  # what is younger is most likely being handled by who received it
TURN_EVERY_S = 0.05  # how often it is looked whether another replica is done with the chat's earlier update
HELD_UP_S = 10.0  # after so long that replica is taken for dead, and its update is handled here
AGAIN_AFTER_S = 1.0  # what the store did not take is tried again
AGAIN_MOST = 60  # times before what came after it; then it is offered again like anything else that is left
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")

Handle = Callable[[int, Update], Awaitable[None]]


class Lanes:
    """One lane a chat: its updates in their order, one at a time; other chats do not wait for it."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self._known: set[int] = set()  # what waits in a lane or is being handled
        self._waiting: dict[int | None, deque[tuple[int, Update]]] = defaultdict(deque)
        self._running: dict[int | None, asyncio.Task[None]] = {}
        self._is_ending = False

    def put(self, chat_id: int | None, inbox_id: int, update: Update) -> None:
        """Hand in an update; one that is in its lane already is left there."""
        if inbox_id in self._known:
            return
        self._known.add(inbox_id)
        self._waiting[chat_id].append((inbox_id, update))
        if chat_id not in self._running:
            self._running[chat_id] = asyncio.create_task(self._run(chat_id))

    async def _run(self, chat_id: int | None) -> None:
        waiting = self._waiting[chat_id]
        try:
            while waiting:
                inbox_id, update = waiting.popleft()
                try:
                    await self._handle(inbox_id, update)
                except OperationalError as error:
                    log.error("action=store-failed kind=%s inbox=%d", cause(error), inbox_id)
                except Exception:  # it stays in the inbox and is offered again; the lane goes on
                    log.exception("action=lane-failed inbox=%d", inbox_id)
                finally:
                    self._known.discard(inbox_id)
        finally:
            del self._running[chat_id], self._waiting[chat_id]

    async def _handle(self, inbox_id: int, update: Update) -> None:
        """Where the store fails, soon once more, before what came after it; not for ever, for it may be the update
        that the store cannot take. At the end it stays in the inbox."""
        for _ in range(AGAIN_MOST):
            try:
                return await self.handle(inbox_id, update)
            except OperationalError as error:
                if self._is_ending:
                    raise
                log.error("action=store-failed kind=%s inbox=%d", cause(error), inbox_id)
                await asyncio.sleep(AGAIN_AFTER_S)
        return await self.handle(inbox_id, update)

    async def finish(self) -> None:
        """Wait for what is being handled; what waits behind it stays in the inbox."""
        self._is_ending = True
        for waiting in self._waiting.values():
            waiting.clear()
        await asyncio.gather(*self._running.values(), return_exceptions=True)


class Intake:
    """Keeps every update before Telegram may forget it, and hands it to the lanes."""

    def __init__(self, store: Store, bot: Bot, handle: Handle) -> None:
        self.store = store
        self.bot = bot
        self.handle = handle
        self.is_shared = not store.is_sqlite  # other processes may handle updates of the same chats
        self.lanes = Lanes(self._in_turn if self.is_shared else handle)

    async def _in_turn(self, inbox_id: int, update: Update) -> None:
        """Handle it after what came before it in its chat, whichever replica received that."""
        deadline = time.monotonic() + HELD_UP_S
        while (earlier := await asyncio.to_thread(self._earlier, inbox_id)) is not None:
            if time.monotonic() >= deadline:
                log.warning("action=take-over inbox=%d", earlier[0])
                await self.handle(earlier[0], self.parse(earlier[1]))
            else:
                await asyncio.sleep(TURN_EVERY_S)
        await self.handle(inbox_id, update)

    def _earlier(self, inbox_id: int) -> tuple[int, dict[str, Any]] | None:
        with self.store.read() as session:
            found = inbox.earlier(session, inbox_id)
            return (found.id, found.json) if found is not None else None

    def resume(self) -> None:
        """Hand out what was received and not handled when the process last ended."""
        self.offer(self._kept())

    def offer(self, kept: list[tuple[int | None, int, dict[str, Any]]]) -> None:
        for chat_id, inbox_id, json in kept:
            self.lanes.put(chat_id, inbox_id, self.parse(json))

    def _kept(self, before: datetime | None = None) -> list[tuple[int | None, int, dict[str, Any]]]:
        with self.store.read() as session:
            found = inbox.unhandled(session, self.bot.id, before)
            return [(row.chat_id, row.id, row.json) for row in found]

    async def offer_again(self) -> None:
        """Now and then hand out what is still unhandled: the store was busy for long, or another replica died."""
        while True:
            await asyncio.sleep(OFFER_EVERY_S)
            try:
                before = real_now() - ALIVE if self.is_shared else None
                self.offer(await asyncio.to_thread(self._kept, before))
            except OperationalError as error:
                log.error("action=store-failed kind=%s", cause(error))
            except SQLAlchemyError:
                log.exception("action=offer-failed")

    def parse(self, json: dict[str, Any]) -> Update:
        return Update.de_json(json, self.bot)

    async def accept(self, updates: Sequence[Update]) -> None:
        """Commit the updates to the inbox, then hand out the new ones. A copy of a known one does nothing."""
        rows = [(one.update_id, _chat_of(one), one.to_dict()) for one in updates]
        new = await asyncio.to_thread(self._keep, rows)
        by_id = {one.update_id: one for one in updates}
        for inbox_id, chat_id, update_id in new:
            self.lanes.put(chat_id, inbox_id, by_id[update_id])

    def _keep(self, rows: list[tuple[int, int | None, dict[str, Any]]]) -> list[tuple[int, int | None, int]]:
        with self.store.write() as session:
            new = inbox.receive(session, self.bot.id, rows, real_now())
            return [(row.id, row.chat_id, row.update_id) for row in new]

    async def poll(self) -> None:
        """Ask for updates until cancelled. The offset is never stored: the inbox knows what it has."""
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self.bot.get_updates(
                    offset=offset, limit=BATCH, timeout=POLL_S, allowed_updates=WANTED
                )
                if updates:
                    await self.accept(updates)
                    offset = updates[-1].update_id + 1
                failures = 0
            except Exception as error:
                failures += 1
                await asyncio.sleep(_pause_s(error, failures))


def _pause_s(error: Exception, failures: int) -> float:
    """How long to wait after a failed poll, with a word for the operator."""
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        return float(pause) if isinstance(pause, int) else pause.total_seconds()
    if isinstance(error, TimedOut):
        return 0.0
    if isinstance(error, Conflict):
        if failures == 1:  # once: at a take-over it is normal, and else it says the same for hours
            log.error("action=poll-conflict")  # another process polls with this token, or a webhook is set
    elif isinstance(error, InvalidToken):
        log.error("action=poll-refused")  # the token is not accepted any more
    elif isinstance(error, OperationalError):
        log.error("action=store-failed kind=%s failures=%d", cause(error), failures)
    elif isinstance(error, NetworkError | TelegramError):
        log.warning("action=poll-failed failures=%d error=%s", failures, type(error).__name__)
    else:
        log.exception("action=poll-failed failures=%d", failures)
    return min(30.0, retry_pause_s(failures))


def _chat_of(update: Update) -> int | None:
    return update.effective_chat.id if update.effective_chat else None
