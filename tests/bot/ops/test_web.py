"""/healthz and the webhook."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.intake.poll import Kept
from bot.ops.health import Trouble, Word
from bot.ops.web import MOST_BODY, SECRET_HEADER, Accept, NotReadyError, create_app
from gihan import __version__
from jobs.pulse import STANDS_S, Pulse
from store.db.engine import Store
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


def look_fine() -> Trouble | None:
    return None


def test_ok_where_nothing_is_lacking() -> None:
    answer = call(create_app(look_fine, None, ""), "GET", "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok (leader)")


def test_the_word_of_what_is_lacking_comes_first() -> None:
    app = create_app(lambda: Trouble(Word.DEAF, "nobody speaks"), None, "", role=lambda: "standby")
    answer = call(app, "GET", "/healthz")
    assert (answer.status_code, answer.text) == (503, "deaf (standby): nobody speaks")


def test_unhealthy_when_the_store_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    freed = threading.Event()
    monkeypatch.setattr("bot.ops.web.HEALTH_WITHIN_S", 0.01)

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

    app = create_app(look_fine, accept, "s3cret")
    answer = call(app, "POST", "/telegram", content=body, headers={SECRET_HEADER: header})
    assert answer.status_code == status
    assert bool(taken) == (status == 200)


def hook(accept: Accept, content: Any) -> httpx.Response:
    headers = {SECRET_HEADER: "s3cret"}
    return call(
        create_app(look_fine, accept, "s3cret"),
        "POST",
        "/telegram",
        content=content,
        headers=headers,
    )


def test_telegram_is_told_to_repeat_what_the_store_did_not_keep(store: Store) -> None:
    async def gone(_text: str) -> None:
        raise OperationalError("INSERT", {}, Exception("disk I/O error"))

    assert hook(gone, '{"update_id": 5}').status_code == 503


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
    assert [hook(accept, body).status_code for _ in range(2)] == [200, 200]
    assert kept == [1, 1]
    assert len(handled) <= 1


@pytest.mark.open_door("kind B")
def test_a_body_that_is_no_json_is_not_repeated_for_ever_and_logged_without_its_words(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram brings again whatever is not answered with 200."""

    async def accept(_text: str) -> None:
        raise AssertionError

    assert hook(accept, '{"text": "비밀 이야기').status_code == 200
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

    assert hook(accept, endless()).status_code == 200
    assert len(read) < 10


def test_there_is_no_webhook_in_polling_mode(store: Store) -> None:
    assert call(create_app(look_fine, None, ""), "POST", "/telegram").status_code == 404


def test_what_waits_lives_and_a_loop_that_stands_does_not(store: Store) -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    app = create_app(look_fine, None, "", stands=pulse.stands)
    now[0] = 10 * STANDS_S
    assert call(app, "GET", "/livez").status_code == 200
    with pulse.looping():
        assert call(app, "GET", "/livez").status_code == 200
        now[0] += STANDS_S
        assert call(app, "GET", "/livez").status_code == 503


def test_updates_that_come_while_it_starts_are_to_be_brought_again(store: Store) -> None:
    async def accept(_text: str) -> None:
        raise NotReadyError

    assert hook(accept, '{"update_id": 5}').status_code == 503


def test_the_webhook_has_the_path_of_its_address_and_no_other(store: Store) -> None:
    async def accept(_text: str) -> None:
        return

    app = create_app(look_fine, accept, "s3cret", path="/a/hook")
    headers = {SECRET_HEADER: "s3cret"}
    answers = [
        call(app, "POST", path, content='{"update_id": 5}', headers=headers)
        for path in ("/a/hook", "/telegram")
    ]
    assert [one.status_code for one in answers] == [200, 404]


@pytest.mark.parametrize(("path", "is_told"), [("/healthz", True), ("/livez", True), ("/telegram", False)])
def test_health_tells_the_version_and_the_way_in_does_not(path: str, is_told: bool) -> None:
    async def accept(_text: str) -> None: ...

    app = create_app(look_fine, accept, "secret")
    answer = call(app, "POST" if path == "/telegram" else "GET", path)
    assert (answer.headers.get("gihan-version") == __version__) is is_told
