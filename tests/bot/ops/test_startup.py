"""Waiting at the start: for whom, how often it is said, how it ends."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import threading
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, NetworkError

from bot.ops import startup
from bot.ops.health import Trouble, Word
from bot.ops.startup import EndedError, Patience, Unawaited
from bot.ops.web import PortTakenError
from bot.settings import Fault, SettingsError
from bot.texts import store_words
from jobs.leader import HeldError
from store.db.errors import StoreError, UnavailableError


def sqlite_error(name: str) -> OperationalError:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    return OperationalError("SELECT", {}, error)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "FIRST_PAUSE_S", 0.0)


def fails(*errors: Exception) -> Callable[[], Awaitable[str]]:
    """An attempt that fails so, one after the other, and then succeeds."""
    left = list(errors)

    async def attempt() -> str:
        if left:
            raise left.pop(0)
        return "there"

    return attempt


def wait(attempt: Callable[[], Awaitable[str]], noted: list[Trouble], limit_s: float | None = None) -> str:
    async def waited() -> str:
        return await Patience(asyncio.Event(), limit_s, noted.append).until(attempt)

    return asyncio.run(waited())


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (HeldError("held", path="gihan.db.lock"), Word.CONNECTING),
        (PortTakenError("x"), Word.CONNECTING),
        (NetworkError("x"), Word.CONNECTING),
        (UnavailableError("older"), Word.STORE),
        (sqlite_error("SQLITE_BUSY"), Word.STORE),
    ],
)
def test_what_is_temporary_is_waited_for_and_health_knows_it(error: Exception, word: Word) -> None:
    noted: list[Trouble] = []
    assert wait(fails(error, error), noted) == "there"
    assert [one.word for one in noted] == [word, word]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InvalidToken(), SettingsError),
        (sqlite_error("SQLITE_NOTADB"), StoreError),
        (StoreError("missing", path="gihan.db"), StoreError),
        (SettingsError(Fault("x", "x")), SettingsError),
    ],
)
def test_what_no_waiting_mends_is_raised(error: Exception, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        wait(fails(error), [])
    assert not isinstance(caught.value, UnavailableError)


def test_it_is_said_at_once_and_then_once_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING, "bot.ops.startup")
    wait(fails(*[HeldError("held", path="gihan.db.lock")] * 5), [])
    assert len(caplog.records) == 1
    monkeypatch.setattr(startup, "SAY_EVERY_S", 0.0)  # as if a minute went by between any two
    wait(fails(*[HeldError("held", path="gihan.db.lock")] * 5), [])
    assert len(caplog.records) == 6


def test_the_limit_ends_it_with_the_cause() -> None:
    with pytest.raises(UnavailableError) as caught:
        wait(fails(*[HeldError("held", path="gihan.db.lock")] * 9), [], limit_s=0.0)
    assert re.search(r"실행 중.*--wait", store_words.told(caught.value))


def test_the_end_is_obeyed_while_an_attempt_hangs() -> None:
    hanging = threading.Event()

    async def ended() -> None:
        asyncio.get_running_loop().set_default_executor(Unawaited())
        end = asyncio.Event()
        asyncio.get_running_loop().call_soon(end.set)
        with pytest.raises(EndedError):
            await Patience(end, None, lambda _trouble: None).until(lambda: asyncio.to_thread(hanging.wait))

    asyncio.run(ended())  # it ends although the thread still waits
    hanging.set()
