"""A store that a release left behind, with messages nobody had handled yet, is brought up to date and goes on; one of
before the first release is refused."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.chat.update import read
from bot.intake.poll import Kept
from gihan import __version__
from jobs.asks import turns, verdicts
from jobs.meetings import steps
from jobs.meetings.rules import closing as closing_days
from reports import items as listing
from reports.meetings.rows import MeetingRow, rows
from store import asks, items, meetings, milestones
from store.backup import restore
from store.backup.archive import ArchiveReader
from store.backup.backup import backup
from store.db import schema
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import Delivery, Follow, InboxUpdate, Milestone, Officer, Plan
from store.states import InboxState, MilestoneState
from tests.bot.chat import Chat
from tests.bot.wire import way_in
from tests.builders import RULES, SEOUL, kst
from tests.jobs.ask_table import AskTable, cells
from tests.jobs.item_table import ItemTable
from tests.jobs.meetings.test_panels import Town
from tests.shell import Shell

RELEASES = Path(__file__).parents[1] / "store" / "releases"
STORES = sorted(one.name.removesuffix(".sql.gz") for one in RELEASES.glob("*.*.*.sql.gz"))
BEFORE = "9ef1e92"  # a store from before the first release


def laid(release: str, folder: Path) -> Path:
    """The store that the release left behind."""
    path = folder / "gihan.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(gzip.decompress((RELEASES / f"{release}.sql.gz").read_bytes()).decode())
    return path


def said(path: Path) -> list[str]:
    """All that stands in the store; the conditions of a table that was made anew, and its indexes, come in any order."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(
            ",".join(sorted(part.strip(" \t\n;),") for part in re.split(r",\s*\n", one)))
            for one in connection.iterdump()
        )


@pytest.fixture
def are_migrations_run() -> bool:
    """They are what is tested here."""
    return True


@pytest.fixture(params=STORES)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chat]:
    """The office of 한별시 as that release left it: 김하늘's /done and 박바다's /my had come and not been handled."""
    store = Store(f"sqlite:///{laid(request.param, tmp_path)}")
    schema.upgrade(store)
    assert schema.is_current(store)
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


def test_every_release_has_left_its_store() -> None:
    assert __version__ in STORES


def numbered(path: Path, version: str, more: str = "") -> Store:
    """The store under another version's number."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"UPDATE alembic_version SET version_num = '{version}'; {more}")
    return Store(f"sqlite:///{path}")


def test_a_store_of_the_last_version_before_the_first_release_is_stamped_over(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    first, path = laid("0.2.0", tmp_path / "first"), laid("0.2.0", tmp_path)
    for store in Store(f"sqlite:///{first}"), numbered(path, schema.LAST_BEFORE):
        schema.upgrade(store)
        assert schema.is_current(store)
        store.close()
    assert said(path) == said(first)


def test_one_with_other_tables_than_its_number_says_is_refused(tmp_path: Path) -> None:
    path = laid("0.2.0", tmp_path)
    store = numbered(path, schema.LAST_BEFORE, "DROP INDEX ix_plan_state")
    before = said(path)
    with pytest.raises(StoreError, match=r"plan\.ix_plan_state"):
        schema.upgrade(store)
    store.close()
    assert said(path) == before


@pytest.mark.parametrize(
    ("words", "code"), [(("db", "upgrade"), 2), (("list",), 2), (("run",), 2), (("doctor", "--offline"), 1)]
)
def test_a_store_of_before_the_first_release_is_refused_in_one_line_and_untouched(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    path = laid(BEFORE, tmp_path)
    before = said(path)
    gihan = Shell(tmp_path, {"GIHAN_STORE__URL": f"sqlite:///{path}", "GIHAN_TELEGRAM__TOKEN": "1:abc"})
    told = [one for one in gihan(*words, code=code).splitlines() if "0.2.0" in one]
    assert len(told) == 1
    assert said(path) == before


def test_a_backup_of_the_last_version_before_is_restored(tmp_path: Path) -> None:
    store = numbered(laid("0.2.0", tmp_path), schema.LAST_BEFORE)
    assert backup(store, tmp_path / "gihan.zip", kst(2026, 7, 1)).version == schema.LAST_BEFORE
    fresh = Store(f"sqlite:///{tmp_path / 'fresh.db'}")
    archive = ArchiveReader(tmp_path / "gihan.zip")
    restore.check(archive)
    with fresh.writer.begin() as connection:
        restore.load(connection, archive)
    assert schema.is_current(fresh)
    with fresh.read() as session, store.read() as before:
        count = select(func.count()).select_from(InboxUpdate)
        assert session.scalar(count) == before.scalar(count) == 7
    store.close()
    fresh.close()


def early(store: Store) -> list[str]:
    """What is of before its plan's start."""
    with store.read() as session:
        return list(session.scalars(select(Milestone.title).where(milestones.is_before_start())))


@pytest.fixture
def waiting(tmp_path: Path) -> Store:
    """A release's store in which one entry waited for the planning office, and one that it settled."""
    path = laid("0.2.0", tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE milestone SET past_review = 'open' WHERE id = 102")
        connection.execute("UPDATE milestone SET past_review = 'settled', state = 'done' WHERE id = 103")
        connection.commit()
    return Store(f"sqlite:///{path}")


def test_a_plan_of_an_older_store_has_started(waiting: Store) -> None:
    schema.upgrade(waiting)
    with waiting.read() as session:
        assert [one.awaits_start for one in session.scalars(select(Plan))] == [False]
    waiting.close()


def test_what_waited_for_the_planning_office_is_of_before_the_start(waiting: Store) -> None:
    schema.upgrade(waiting)
    assert early(waiting) == ["설계 용역"]
    waiting.close()


def test_what_waited_in_an_older_backup_is_of_before_the_start(waiting: Store, tmp_path: Path) -> None:
    backup(waiting, tmp_path / "gihan.zip", kst(2026, 7, 1))
    waiting.close()
    fresh = Store(f"sqlite:///{tmp_path / 'fresh.db'}")
    with fresh.writer.begin() as connection:
        restore.load(connection, ArchiveReader(tmp_path / "gihan.zip"))
    assert early(fresh) == ["설계 용역"]
    backup(fresh, tmp_path / "again.zip", kst(2026, 7, 2))
    fresh.close()
    again = Store(f"sqlite:///{tmp_path / 'again.db'}")
    with again.writer.begin() as connection:
        restore.load(connection, ArchiveReader(tmp_path / "again.zip"))
    assert early(again) == ["설계 용역"]
    again.close()


def chosen(store: Store) -> tuple[list[int | None], int]:
    """The hours that people chose for their daily message, and how many items are followed."""
    with store.read() as session:
        return list(session.scalars(select(Officer.own_hour).order_by(Officer.id))), len(
            session.scalars(select(Follow)).all()
        )


def brought_back(store: Store, folder: Path) -> Store:
    """A fresh store with the backup of that one."""
    backup(store, folder / "gihan.zip", kst(2026, 7, 1))
    store.close()
    fresh = Store(f"sqlite:///{folder / 'fresh.db'}")
    with fresh.writer.begin() as connection:
        restore.load(connection, ArchiveReader(folder / "gihan.zip"))
    return fresh


def test_in_an_older_store_nobody_follows_and_everybody_has_everybodys_hour(waiting: Store) -> None:
    schema.upgrade(waiting)
    hours, count = chosen(waiting)
    assert hours and set(hours) == {None} and count == 0
    waiting.close()


def test_an_older_backup_brings_nobody_an_hour_or_anything_followed(waiting: Store, tmp_path: Path) -> None:
    fresh = brought_back(waiting, tmp_path)
    hours, count = chosen(fresh)
    assert hours and set(hours) == {None} and count == 0
    fresh.close()


def test_own_hours_and_what_is_followed_come_back_with_a_backup(waiting: Store, tmp_path: Path) -> None:
    schema.upgrade(waiting)
    with waiting.write() as session:
        person = session.scalars(select(Officer).order_by(Officer.id)).first()
        assert person is not None
        person.own_hour = 14
        session.add(
            Follow(officer_id=person.id, milestone_id=102, told="planned:", since_on=date(2026, 7, 1))
        )
    fresh = brought_back(waiting, tmp_path)
    hours, count = chosen(fresh)
    assert (hours[0], count) == (14, 1)
    fresh.close()


def asked_of_departments(store: Store) -> list[tuple[str, int, list[dict[str, object]]]]:
    """Each request with how many replies and which rows it has."""
    with store.read() as session:
        return [
            (
                one.title,
                len(one.answers),
                [row.cells for each in one.answers for row in asks.rows(session, each)],
            )
            for one in asks.listed(session)
        ]


def test_in_an_older_store_nothing_is_asked_of_departments(waiting: Store) -> None:
    schema.upgrade(waiting)
    assert asked_of_departments(waiting) == []
    waiting.close()


def test_requests_and_their_replies_come_back_with_a_backup(waiting: Store, tmp_path: Path) -> None:
    schema.upgrade(waiting)
    table = AskTable(waiting)
    number = table.open(departments=("도로과", "공원과"))
    table.hand_in(number, "도로과", 10, 20)
    before = asked_of_departments(waiting)
    assert before == [("수요조사", 2, cells(10, 20))]
    fresh = brought_back(waiting, tmp_path)
    assert asked_of_departments(fresh) == before
    fresh.close()


def raised(store: Store) -> list[tuple[str, str, str | None]]:
    """Each item with its state and reply."""
    with store.read() as session:
        rows = listing.rows(session, items.listed(session), SEOUL, kst(2030, 7, 1))
        return [(one.title, one.state, one.reply) for one in rows]


def test_in_an_older_store_nothing_was_raised(waiting: Store) -> None:
    schema.upgrade(waiting)
    assert raised(waiting) == []
    waiting.close()


def test_items_and_their_replies_come_back_with_a_backup(waiting: Store, tmp_path: Path) -> None:
    schema.upgrade(waiting)
    table = ItemTable(waiting)
    table.reply(table.enter("그늘막"), "설치하겠습니다.")
    assert raised(waiting) == [("그늘막", "open", "설치하겠습니다.")]
    fresh = brought_back(waiting, tmp_path)
    assert raised(fresh) == [("그늘막", "open", "설치하겠습니다.")]
    fresh.close()


def held(store: Store) -> list[MeetingRow]:
    """Every time of a meeting, with its panels and what they said."""
    with store.read() as session:
        found = meetings.listed(session)
        return rows(session, found, date(2030, 7, 2), closing_days(found, RULES.calendar))


def test_in_an_older_store_no_meeting_was_planned_and_one_can_be(waiting: Store, tmp_path: Path) -> None:
    schema.upgrade(waiting)
    assert held(waiting) == []
    town = Town(waiting)
    town.seat("교통안전", "교통과")
    number = town.opine("1-1-①", "주차면 확대")
    assert number is not None
    town.items.reply(number, "늘립니다.")
    town.do(steps.give, town.plan()[0], town.items.places["교통과"], "교통과-12", by="김교통")
    before = held(waiting)
    assert [one.tasks for one in before[0].panels] == [3] and len(before) == 6
    papers = [town.packed(at) for at in (0, 1)]
    fresh = brought_back(waiting, tmp_path)
    town.store = fresh
    assert held(fresh) == before and [town.packed(at) for at in (0, 1)] == papers
    fresh.close()


def test_what_was_said_of_replies_and_when_they_come_again_come_back_with_a_backup(
    waiting: Store, tmp_path: Path
) -> None:
    schema.upgrade(waiting)
    table = AskTable(waiting)
    number = table.open(departments=("도로과", "공원과"), kind="ideas", steps=("answer", "select"))
    table.hand_in(number, "도로과", 10, 20)
    with waiting.write() as session:
        place = asks.answers(session, number)[1].department_id
        verdicts.choose(table.deed(session), number, place, 1, "adopted", None)
        turns.begin(table.deed(session), asks.get(session, number), "매월 5번째 근무일")  # type: ignore[arg-type]

    def told(store: Store) -> tuple[object, ...]:
        with store.read() as session:
            of = asks.get(session, number)
            assert of is not None
            said = [
                (one.position, one.verdict)
                for some in asks.verdicts_of(session, number).values()
                for one in some.values()
            ]
            series = asks.series_of(session, of)
            assert series is not None
            return said, series.rule, series.opens_on, series.due_on

    before = told(waiting)
    assert before[:2] == ([(1, "adopted")], "FREQ=MONTHLY;BYWORKDAY=5")
    fresh = brought_back(waiting, tmp_path)
    assert told(fresh) == before
    fresh.close()


def test_a_backup_of_before_the_first_release_is_refused(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{laid(BEFORE, tmp_path)}")
    backup(store, tmp_path / "gihan.zip", kst(2026, 7, 1))
    store.close()
    with pytest.raises(StoreError, match=r"0\.2\.0"):
        restore.check(ArchiveReader(tmp_path / "gihan.zip"))


@pytest.fixture(params=STORES)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Shell:
    """The command line in a folder with the store that a release left behind."""
    laid(request.param, tmp_path)
    return Shell(tmp_path)


def kept_before(folder: Path) -> Path:
    [one] = (folder / "backup").glob("before-upgrade-*.zip")
    return one


def test_an_upgrade_keeps_a_backup_first_and_names_it(older: Shell) -> None:
    told = older("db", "upgrade")
    kept = kept_before(older.folder)
    assert str(kept.relative_to(older.folder)) in told
    assert kept.stat().st_mode & 0o077 == 0


def test_a_second_upgrade_keeps_nothing_more(older: Shell) -> None:
    older("db", "upgrade")
    assert "before-upgrade" not in older("db", "upgrade")
    assert kept_before(older.folder)


def test_a_new_store_has_nothing_to_keep(gihan: Shell) -> None:
    assert "before-upgrade" not in gihan("db", "upgrade")
    assert not (gihan.folder / "backup").exists()


def test_without_its_backup_the_store_stays_as_it_is(older: Shell) -> None:
    (older.folder / "backup").write_text("a file where the folder should be", encoding="utf-8")
    before = said(older.folder / "gihan.db")
    assert "backup" in older("db", "upgrade", code=2)
    assert said(older.folder / "gihan.db") == before


def test_the_way_back_is_that_backup_in_the_older_programs_form(
    older: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older wheel is this program with the migrations of then: it restores its own form and no newer one."""
    before = rows_of(older.folder / "gihan.db")
    older("db", "upgrade")
    kept = ArchiveReader(kept_before(older.folder))
    back = Store(f"sqlite:///{older.folder / 'back.db'}")
    upgrade_on = schema.upgrade_on
    monkeypatch.setattr(schema, "upgrade_on", lambda on, version=None: upgrade_on(on, kept.manifest.version))
    with back.writer.begin() as connection:
        restore.load(connection, kept)
    assert schema.current_version(back) == kept.manifest.version != schema.newest_version()
    back.close()
    assert rows_of(older.folder / "back.db") == before


def rows_of(path: Path) -> dict[str, list[str]]:
    """Every row of every table of ours, in any order of rows and columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [
            one["name"] for one in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            one: sorted(
                repr(sorted(dict(row).items())) for row in connection.execute(f'SELECT * FROM "{one}"')
            )
            for one in names
            if not one.startswith("sqlite_")
        }
