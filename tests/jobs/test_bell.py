"""The bell between replicas."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.open_store import open_store
from bot.settings import Settings
from jobs import bell
from store.db import meta
from store.db.engine import Store
from store.db.settings import StoreSettings

HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN gihan'"


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    made = Store(postgres_url)
    yield made
    made.close()


async def listening(store: Store, heard: asyncio.Event) -> asyncio.Task[None]:
    task = asyncio.create_task(bell.listen(store, heard.set))
    await heard.wait()  # it is told once when it begins
    heard.clear()
    return task


async def hung_up(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_a_ring_wakes_who_listens(store: Store) -> None:
    async def scene() -> None:
        heard = asyncio.Event()
        task = await listening(store, heard)
        await asyncio.to_thread(bell.ring, store)
        await heard.wait()
        await hung_up(task)

    asyncio.run(scene())


def test_what_a_command_writes_is_heard(store: Store, postgres_url: str) -> None:
    command = open_store(Settings(store=StoreSettings(url=postgres_url)))

    def write() -> None:
        with command.write() as session:
            meta.put(session, "word", "said")

    async def scene() -> None:
        heard = asyncio.Event()
        task = await listening(store, heard)
        await asyncio.to_thread(write)
        await heard.wait()
        await hung_up(task)

    asyncio.run(scene())
    command.close()


def test_a_lost_connection_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.bell.AGAIN_S", 0.05)

    async def scene() -> None:
        heard = asyncio.Event()
        task = await listening(store, heard)
        with store.read() as session:
            session.execute(text(HANG_UP))
        await heard.wait()
        await hung_up(task)

    asyncio.run(scene())


def test_a_store_that_is_gone_is_no_reason_to_fail(caplog: pytest.LogCaptureFixture) -> None:
    gone = Store("postgresql://nobody@127.0.0.1:1/none")
    with caplog.at_level("INFO"):
        bell.ring(gone)
    assert "action=ring-failed" in caplog.text
    gone.close()
