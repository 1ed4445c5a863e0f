"""What is temporary is waited for: `gihan run` starts before its database, its port, its network, and takes its place
once they are there. Said at once and in words, then at most once a minute."""

import asyncio
import logging
import math
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.ops import logs, network
from bot.ops.health import Trouble, Word
from bot.ops.network import Cause
from bot.ops.web import PortTakenError
from bot.settings import Fault, SettingsError
from bot.texts import store_words
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.leader import HeldError
from store.db import causes
from store.db.errors import StoreError, UnavailableError

log = logging.getLogger(__name__)

T = TypeVar("T")

SAY_EVERY_S = 60.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0  # between two tries: who comes back is met soon

ANSWER_S = 10.0


class EndedError(Exception):
    """The end came while something was waited for."""


class Patience:
    """`ended` ends every wait at once. `limit_s` is how long all waits together may take, None for ever; `note` hears
    what is waited for. The limit counts from here."""

    def __init__(self, ended: asyncio.Event, limit_s: float | None, note: Callable[[Trouble], None]) -> None:
        self.ended = ended
        self.note = note
        self._until = None if limit_s is None else time.monotonic() + limit_s

    async def until(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What the attempt gives once it succeeds.

        Raises EndedError, UnavailableError where the limit ran out, and for what no waiting mends what judged it.
        """
        said_at, pause_s = -SAY_EVERY_S, FIRST_PAUSE_S
        while True:
            try:
                return await self._unless_ended(attempt())
            except WAITED_FOR as error:
                cause, trouble = await self._unless_ended(asyncio.to_thread(_judged, error))
            self.note(trouble)
            if self._left_s() <= 0:
                raise UnavailableError("waited", cause=cause.words, code=cause.code)
            if time.monotonic() - said_at >= SAY_EVERY_S:
                said_at = time.monotonic()
                _say(cause)
            await self._rest(min(pause_s, self._left_s()))
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _left_s(self) -> float:
        return math.inf if self._until is None else self._until - time.monotonic()

    async def _unless_ended(self, work: Awaitable[T]) -> T:
        """What hangs is given up with the limit, but never sooner than an answer may take."""
        task, end = asyncio.ensure_future(work), asyncio.ensure_future(self.ended.wait())
        within_s = None if self._until is None else max(self._left_s(), ANSWER_S)
        await asyncio.wait([task, end], timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if task.done():
            return task.result()
        task.cancel()
        if self.ended.is_set():
            raise EndedError
        raise UnavailableError("unanswered")

    async def _rest(self, pause_s: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), pause_s)
            raise EndedError


WAITED_FOR = (HeldError, PortTakenError, UnavailableError, SQLAlchemyError, TelegramError)


def _judged(error: Exception) -> tuple[Cause, Trouble]:
    """Why it did not succeed, for people and for /healthz. Raises SettingsError or StoreError for what no waiting mends."""
    match error:
        case HeldError():
            return Cause("lock", _words(error), is_temporary=True), _waits(
                Word.CONNECTING, "the lock of another run"
            )
        case PortTakenError():
            return Cause("port", _words(error), is_temporary=True), _waits(Word.CONNECTING, "the port")
        case UnavailableError():
            return Cause("schema", _words(error), is_temporary=True), _waits(Word.STORE, "its upgrade")
        case TelegramError():
            found = network.cause_of(error)
            if not found.is_temporary:
                raise SettingsError(
                    Fault(f"telegram.{found.code}", "refused", said=f"{found.words}.")
                ) from None
            return found, _waits(Word.CONNECTING, f"Telegram ({found.code})")
        case SQLAlchemyError():
            why = causes.cause_of(error)
            if not why.is_temporary:
                raise causes.error_of(error) from None
            return (
                Cause(why.code, store_words.cause(why), is_temporary=True),
                _waits(Word.STORE, f"the database ({why.code})"),
            )
    raise error


def _words(error: StoreError | PortTakenError) -> str:
    return (store_words.told(error) if isinstance(error, StoreError) else str(error)).removesuffix(".")


def _waits(word: Word, what: str) -> Trouble:
    return Trouble(word, f"waiting for {what}")


def _say(cause: Cause) -> None:
    """On a terminal as every other line that a command prints; else as a line of the log."""
    if sys.stderr.isatty():
        echo(logs.redact(label("ops.waiting.begun", cause=cause.words, code=cause.code)), err=True)
    else:
        log.warning("action=waiting kind=%s cause=%s", cause.code, cause.words)


class Unawaited(ThreadPoolExecutor):
    """An executor each of whose threads is a daemon: one that hangs in a connection holds up no end."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=work, daemon=True).start()
        return future
