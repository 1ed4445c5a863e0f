"""/healthz and the webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.web import SECRET_HEADER, create_app
from jobs.clock import real_now
from jobs.limits import TICK_RECENT
from store import meta, schema
from store.engine import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    schema.upgrade(found)
    yield found
    found.close()


def call(app: Starlette, method: str, path: str, **options: Any) -> httpx.Response:
    """One request to the app, without a network."""

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
            return await client.request(method, path, **options)

    return asyncio.run(asked())


def ticked(store: Store, ago: timedelta) -> None:
    with store.write() as session:
        meta.put(session, meta.LAST_TICK_AT, (real_now() - ago).isoformat())


def test_healthy_after_a_recent_tick(store: Store) -> None:
    ticked(store, timedelta(seconds=1))
    assert call(create_app(store, None, ""), "GET", "/healthz").status_code == 200


def test_unhealthy_without_a_tick_or_after_a_long_silence(store: Store) -> None:
    app = create_app(store, None, "")
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
    app = create_app(Store(f"sqlite:///{tmp_path / 'none' / 'x.db'}"), None, "")
    assert call(app, "GET", "/healthz").status_code == 503


@pytest.mark.parametrize(
    ("header", "body", "status"),
    [
        ("s3cret", '{"update_id": 5}', 200),
        ("wrong", '{"update_id": 5}', 401),
        ("", '{"update_id": 5}', 401),
        ("s3cret", "[]", 400),
        ("s3cret", "{", 400),
        ("s3cret", '{"update_id": "5"}', 400),
    ],
)
def test_the_webhook_takes_updates_with_the_secret_only(
    store: Store, header: str, body: str, status: int
) -> None:
    taken: list[dict[str, Any]] = []

    async def accept(update: dict[str, Any]) -> None:
        taken.append(update)

    app = create_app(store, accept, "s3cret")
    answer = call(app, "POST", "/telegram", content=body, headers={SECRET_HEADER: header})
    assert answer.status_code == status
    assert bool(taken) == (status == 200)


def test_there_is_no_webhook_in_polling_mode(store: Store) -> None:
    assert call(create_app(store, None, ""), "POST", "/telegram").status_code == 404
