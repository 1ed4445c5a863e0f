"""A store that an earlier release left behind, with messages nobody had handled yet, is upgraded and goes on."""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.intake.poll import Kept
from bot.intake.received import read
from store.db import schema
from store.db.engine import Store
from store.models import Delivery, InboxUpdate
from store.states import InboxState, MilestoneState
from tests.bot.chat import Chat
from tests.bot.wire import way_in

RELEASES = Path(__file__).parents[1] / "store" / "releases"


@pytest.fixture(params=sorted(one.name for one in RELEASES.glob("*.sql.gz")))
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chat]:
    """The office of 한별시 as that release left it: 김하늘's /done and 박바다's /my had come and not been handled."""
    with closing(sqlite3.connect(tmp_path / "gihan.db")) as connection:
        connection.executescript(gzip.decompress((RELEASES / request.param).read_bytes()).decode())
    store = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    schema.upgrade(store)
    store.close()
    office = Chat(tmp_path, store_url=f"sqlite:///{tmp_path / 'gihan.db'}")
    yield office
    office.store.close()


def test_what_had_come_is_still_there_as_it_came(left: Chat) -> None:
    with left.store.read() as session:
        rows = session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)).all()
    assert [one.update_id for one in rows if one.state is InboxState.NEW] == [5001, 5002]
    assert {one.attempts for one in rows} == {1}
    assert [json.loads(one.raw)["update_id"] for one in rows] == [one.update_id for one in rows]


@pytest.mark.open_door("kind B")
def test_what_had_come_is_handled_after_the_upgrade(left: Chat) -> None:
    async def handle(one: Kept) -> None:
        await asyncio.to_thread(left.dispatcher.handle, one.inbox_id, read(one.raw, None))

    async def scene() -> None:
        intake = way_in(left.store, handle)
        intake.resume()
        await asyncio.gather(*intake.lanes._running.values())

    with left.store.read() as session:
        before = session.scalar(select(func.count()).select_from(Delivery)) or 0
    asyncio.run(scene())
    done = left.milestone("설계 용역")
    assert (done.state, done.note) == (MilestoneState.DONE, "준공 검사까지 마침")
    with left.store.read() as session:
        assert (session.scalar(select(func.count()).select_from(Delivery)) or 0) >= before + 2
        assert {one.state for one in session.scalars(select(InboxUpdate))} == {InboxState.HANDLED}
