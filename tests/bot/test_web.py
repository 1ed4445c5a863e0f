"""/healthz and the webhook."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.health import Health, Trouble, Word
from bot.intake import Kept
from bot.web import MOST_BODY, SECRET_HEADER, Accept, NotReadyError, create_app
from jobs.clock import real_now
from jobs.limits import TICK_RECENT
from jobs.pulse import STANDS_S, Pulse
from store import meta
from store.engine import Store
from store.models import InboxUpdate
from tests import template
from tests.bot.wire import way_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(template.copy_to(tmp_path / "gihan.db"))
    yield found
    found.close()


def call(app: Starlette, method: str, path: str, **options: Any) -> httpx.Response:
    """One request to the app, without a network."""

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
            return await client.request(method, path, **options)

    return asyncio.run(asked())


def serving(store: Store) -> Health:
    """The health of a bot that has started."""
    found = Health(store)
    found.starting = None
    return found


def ticked(store: Store, ago: timedelta) -> None:
    with store.write() as session:
        meta.put(session, meta.LAST_TICK_AT, (real_now() - ago).isoformat())


def test_healthy_after_a_recent_tick(store: Store) -> None:
    ticked(store, timedelta(seconds=1))
    assert call(create_app(serving(store).look, None, ""), "GET", "/healthz").status_code == 200


def test_unhealthy_without_a_tick_or_after_a_long_silence(store: Store) -> None:
    app = create_app(serving(store).look, None, "")
    assert (call(app, "GET", "/healthz").status_code, "not ticked" in call(app, "GET", "/healthz").text) == (
        503,
        True,
    )
    ticked(store, TICK_RECENT + timedelta(seconds=1))
    assert (call(app, "GET", "/healthz").status_code, "last tick" in call(app, "GET", "/healthz").text) == (
        503,
        True,
    )


def test_unhealthy_when_the_store_does_not_answer(tmp_path: Path) -> None:
    app = create_app(serving(Store(f"sqlite:///{tmp_path / 'none' / 'x.db'}")).look, None, "")
    assert call(app, "GET", "/healthz").status_code == 503


def test_unhealthy_when_the_file_is_deleted_under_the_running_bot(store: Store) -> None:
    ticked(store, timedelta(seconds=1))
    app = create_app(serving(store).look, None, "")
    assert call(app, "GET", "/healthz").status_code == 200
    assert store.path is not None
    store.path.unlink()
    answer = call(app, "GET", "/healthz")
    assert (answer.status_code, answer.text) == (503, "store (leader): the store's file is gone")


def test_unhealthy_while_another_process_keeps_the_store_to_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.engine.BUSY_TIMEOUT_MS", 10)
    ticked(store, timedelta(seconds=1))
    store.close()
    own = sqlite3.connect(str(store.path), isolation_level=None)
    own.execute("PRAGMA locking_mode=EXCLUSIVE")
    own.execute("BEGIN EXCLUSIVE")
    answer = call(create_app(serving(store).look, None, ""), "GET", "/healthz")
    own.close()
    assert (answer.status_code, answer.text) == (503, "store (leader): the store does not answer")


def test_unhealthy_when_the_store_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    freed = threading.Event()
    monkeypatch.setattr("bot.web.HEALTH_WITHIN_S", 0.01)

    def never() -> None:
        freed.wait()

    async def asked() -> int:
        app = create_app(never, None, "")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
            answer = await client.get("/healthz")
        freed.set()
        return answer.status_code

    assert asyncio.run(asked()) == 503


@pytest.mark.parametrize(
    ("header", "body", "status"),
    [
        ("s3cret", '{"update_id": 5}', 200),
        ("wrong", '{"update_id": 5}', 401),
        ("", '{"update_id": 5}', 401),
    ],
)
def test_the_webhook_takes_updates_with_the_secret_only(
    store: Store, header: str, body: str, status: int
) -> None:
    taken: list[str] = []

    async def accept(text: str) -> None:
        taken.append(text)

    app = create_app(serving(store).look, accept, "s3cret")
    answer = call(app, "POST", "/telegram", content=body, headers={SECRET_HEADER: header})
    assert answer.status_code == status
    assert bool(taken) == (status == 200)


def hook(store: Store, accept: Accept, content: Any) -> httpx.Response:
    headers = {SECRET_HEADER: "s3cret"}
    return call(
        create_app(serving(store).look, accept, "s3cret"),
        "POST",
        "/telegram",
        content=content,
        headers=headers,
    )


def test_telegram_is_told_to_repeat_what_the_store_did_not_keep(store: Store) -> None:
    async def gone(_text: str) -> None:
        raise OperationalError("INSERT", {}, Exception("disk I/O error"))

    assert hook(store, gone, '{"update_id": 5}').status_code == 503


def test_the_answer_comes_after_the_commit_and_a_copy_is_answered_the_same(store: Store) -> None:
    handled: list[int] = []

    async def handle(one: Kept) -> None:
        handled.append(one.inbox_id)

    intake = way_in(store, handle)
    kept: list[int] = []

    async def accept(text: str) -> None:
        await intake.accept([text])
        with store.read() as session:
            kept.append(len(session.scalars(select(InboxUpdate)).all()))

    body = '{"update_id": 5}'
    assert [hook(store, accept, body).status_code for _ in range(2)] == [200, 200]
    assert kept == [1, 1]
    assert len(handled) <= 1


@pytest.mark.open_door("kind B")
def test_a_body_that_is_no_json_is_not_repeated_for_ever_and_logged_without_its_words(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram brings again whatever is not answered with 200."""

    async def accept(_text: str) -> None:
        raise AssertionError

    assert hook(store, accept, '{"text": "비밀 이야기').status_code == 200
    assert "action=webhook-unread" in caplog.text
    assert "비밀" not in caplog.text


def test_a_body_too_large_is_refused_before_all_of_it_came(store: Store) -> None:
    read: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            read.append(1)
            yield b"x" * (MOST_BODY // 4)

    async def accept(_text: str) -> None:
        raise AssertionError

    assert hook(store, accept, endless()).status_code == 413
    assert len(read) < 10


def test_there_is_no_webhook_in_polling_mode(store: Store) -> None:
    assert call(create_app(serving(store).look, None, ""), "POST", "/telegram").status_code == 404


def test_while_it_starts_health_says_what_it_waits_for(store: Store) -> None:
    health = Health(store)
    answer = call(create_app(health.look, None, "", role=lambda: "starting"), "GET", "/healthz")
    assert (answer.status_code, answer.text) == (503, "connecting (starting): the bot is starting")
    health.starting = Trouble(Word.STORE, "the database refuses connections")
    answer = call(create_app(health.look, None, "", role=lambda: "starting"), "GET", "/healthz")
    assert answer.text == "store (starting): the database refuses connections"


@pytest.mark.open_door("kind A")
def test_a_tick_that_lies_ahead_of_the_clock_is_not_recent(store: Store) -> None:
    ticked(store, -timedelta(hours=9))
    answer = call(create_app(serving(store).look, None, ""), "GET", "/healthz")
    assert (answer.status_code, answer.text.split()[0]) == (503, "tick")


def test_what_waits_lives_and_a_loop_that_stands_does_not(store: Store) -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    app = create_app(Health(store).look, None, "", stands=pulse.stands)
    now[0] = 10 * STANDS_S
    assert call(app, "GET", "/livez").status_code == 200
    with pulse.looping():
        assert call(app, "GET", "/livez").status_code == 200
        now[0] += STANDS_S
        assert call(app, "GET", "/livez").status_code == 503


def test_updates_that_come_while_it_starts_are_to_be_brought_again(store: Store) -> None:
    async def accept(_text: str) -> None:
        raise NotReadyError

    assert hook(store, accept, '{"update_id": 5}').status_code == 503


def test_the_webhook_has_the_path_of_its_address_and_no_other(store: Store) -> None:
    async def accept(_text: str) -> None:
        return

    app = create_app(serving(store).look, accept, "s3cret", path="/a/hook")
    headers = {SECRET_HEADER: "s3cret"}
    answers = [
        call(app, "POST", path, content='{"update_id": 5}', headers=headers)
        for path in ("/a/hook", "/telegram")
    ]
    assert [one.status_code for one in answers] == [200, 404]
