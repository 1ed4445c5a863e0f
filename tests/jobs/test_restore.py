"""Going back to a backup: what is refused, what is kept, what is not sent blindly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.leader import FileLeader
from jobs.restore import NUMBERS_LEFT_OUT, Restored, Wish, go_back
from store import deliveries, invites, leases, numbers
from store.backup.archive import ArchiveError
from store.backup.backup import backup
from store.db import meta, schema
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import AuditEntry, Delivery
from store.states import DeliveryKind, DeliveryState, ItemState, RoleName
from tests import builders
from tests.builders import LONG_AGO, kst

BACKED_UP = kst(2026, 6, 30, 2, 30)
NOW = kst(2026, 7, 1, 15, 0)
YESTERDAY, TODAY = date(2026, 6, 30), date(2026, 7, 1)


def wish(*, force: bool = False, is_moved: bool = False) -> Wish:
    return Wish(NOW, TODAY, NOW, force=force, is_moved=is_moved)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Store]:
    """Where no store is yet."""
    made = Store(f"sqlite:///{tmp_path / 'target.db'}")
    yield made
    made.close()


def restored(store: Store, file: Path, target: Store, *, is_moved: bool = False) -> Restored:
    backup(store, file, BACKED_UP)
    return go_back(target, file, wish(is_moved=is_moved))


def test_it_goes_into_a_store_that_is_not_there(store: Store, file: Path, target: Store) -> None:
    with store.write() as session:
        builders.officer(session)
    done = restored(store, file, target)
    with target.read() as session:
        assert builders.officer(session).name == "김하늘"
    assert (done.set_aside, schema.is_current(target)) == (None, True)


def test_it_goes_into_an_empty_store(store: Store, file: Path, target: Store) -> None:
    schema.upgrade(target)
    assert restored(store, file, target).set_aside is None


def test_a_store_with_content_is_refused_and_stays(store: Store, file: Path, target: Store) -> None:
    schema.upgrade(target)
    with target.write() as session:
        builders.officer(session, "박바다")
    with pytest.raises(StoreError, match="full"):
        restored(store, file, target)
    with target.read() as session:
        assert builders.officer(session, "박바다").id == 1


def test_forced_it_keeps_what_was_there(store: Store, file: Path, target: Store) -> None:
    schema.upgrade(target)
    with target.write() as session:
        builders.officer(session, "박바다")
    backup(store, file, BACKED_UP)
    done = go_back(target, file, wish(force=True))
    assert done.set_aside is not None
    kept = Store(f"sqlite:///{done.set_aside}")
    with kept.read() as session:
        assert builders.officer(session, "박바다").id == 1
    kept.close()


def test_forced_it_takes_the_place_of_a_file_that_is_no_store(
    store: Store, file: Path, target: Store
) -> None:
    assert target.path is not None
    target.path.write_bytes(b"not a database" * 100)
    backup(store, file, BACKED_UP)
    done = go_back(target, file, wish(force=True))
    assert done.set_aside is not None
    assert done.set_aside.read_bytes().startswith(b"not a database")


def test_it_refuses_while_a_run_holds_the_store(store: Store, file: Path, target: Store) -> None:
    assert target.path is not None
    with FileLeader(target.path), pytest.raises(StoreError, match="held"):
        restored(store, file, target)
    assert not target.path.exists()


def test_a_damaged_backup_changes_nothing(store: Store, file: Path, target: Store, tmp_path: Path) -> None:
    backup(store, file, BACKED_UP)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ArchiveError):
        go_back(target, file, wish())
    assert sorted(one.name for one in tmp_path.iterdir() if "target" in one.name) == []


def test_the_restored_store_is_for_its_owner_only(store: Store, file: Path, target: Store) -> None:
    restored(store, file, target)
    assert target.path is not None
    assert target.path.stat().st_mode & 0o077 == 0


def owe(store: Store, kind: DeliveryKind, state: DeliveryState = DeliveryState.PENDING, **more: date) -> int:
    """A message with one reminder in the store that is backed up; gives its number."""
    with store.write() as session:
        person = builders.linked(session)
        if kind is DeliveryKind.DIGEST:
            number = builders.milestone(session, builders.task(session, person), YESTERDAY)
            made = builders.digest(session, person, more["day"], number)
        else:
            made = builders.reply(session, 9001)
            made.kind = kind
        made.state = state
        return made.id


def found(target: Store, number: int) -> Delivery:
    with target.read() as session:
        one = deliveries.get(session, number)
        assert one is not None
        return one


@pytest.mark.parametrize("kind", [DeliveryKind.REPLY, DeliveryKind.EVENT])
@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING])
def test_what_may_have_gone_out_since_goes_out_once_more_and_marked(
    store: Store, file: Path, target: Store, kind: DeliveryKind, state: DeliveryState
) -> None:
    number = owe(store, kind, state)
    done = restored(store, file, target)
    one = found(target, number)
    assert (one.state, one.uncertain_sends, done.marked) == (DeliveryState.PENDING, 1, 1)


def test_a_daily_message_of_a_past_day_gives_its_items_to_the_next(
    store: Store, file: Path, target: Store
) -> None:
    number = owe(store, DeliveryKind.DIGEST, day=YESTERDAY)
    done = restored(store, file, target)
    assert (found(target, number).state, done.carried) == (DeliveryState.CANCELLED, 1)
    with target.read() as session:
        assert builders.all_items(session) == [("before:0", ItemState.CARRIED)]


def test_a_daily_message_of_today_is_marked(store: Store, file: Path, target: Store) -> None:
    number = owe(store, DeliveryKind.DIGEST, day=TODAY)
    restored(store, file, target)
    assert found(target, number).uncertain_sends == 1


def test_an_edit_writes_the_same_over_itself_and_needs_no_mark(
    store: Store, file: Path, target: Store
) -> None:
    number = owe(store, DeliveryKind.EDIT)
    done = restored(store, file, target)
    assert (found(target, number).uncertain_sends, done.marked) == (0, 0)


def test_a_second_doubt_is_left_to_a_person(store: Store, file: Path, target: Store) -> None:
    number = owe(store, DeliveryKind.REPLY, DeliveryState.SENDING)
    with store.write() as session:
        session.get_one(Delivery, number).uncertain_sends = 1
    done = restored(store, file, target)
    assert (found(target, number).state, done.in_doubt) == (DeliveryState.UNCERTAIN, 1)


def test_what_was_sent_stays_sent(store: Store, file: Path, target: Store) -> None:
    number = owe(store, DeliveryKind.REPLY, DeliveryState.SENT)
    restored(store, file, target)
    assert found(target, number).state is DeliveryState.SENT


def test_link_codes_are_void_for_they_may_have_been_used(store: Store, file: Path, target: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        code = invites.create(session, person, RoleName.OFFICER, NOW, NOW + timedelta(hours=72), None)[1]
    done = restored(store, file, target)
    with target.read() as session:
        invite = invites.find(session, code)
        assert invite is not None
        assert (invites.is_open(invite, NOW), done.voided) == (False, 1)


def test_numbers_that_may_have_been_shown_since_are_left_out(store: Store, file: Path, target: Store) -> None:
    with store.write() as session:
        last = numbers.allocate(session, "task")
    done = restored(store, file, target)
    with target.write() as session:
        assert numbers.allocate(session, "task") == done.first_number == last + NUMBERS_LEFT_OUT + 1


def test_where_the_old_store_can_be_read_numbers_go_on_from_there(store: Store, file: Path) -> None:
    with store.write() as session:
        numbers.allocate(session, "task")
    backup(store, file, BACKED_UP)
    with store.write() as session:
        last = [numbers.allocate(session, "task") for _ in range(5)][-1]
    assert go_back(store, file, wish(force=True)).first_number == last + 1


def test_the_audit_log_stays_as_it_was_with_one_entry_more(store: Store, file: Path, target: Store) -> None:
    def entries(of: Store) -> list[tuple[object, ...]]:
        with of.read() as session:
            columns = AuditEntry.__table__.columns
            return [tuple(row) for row in session.execute(select(*columns).order_by(AuditEntry.id))]

    owe(store, DeliveryKind.DIGEST, day=YESTERDAY)
    before = entries(store)
    restored(store, file, target)
    assert entries(target)[:-1] == before
    with target.read() as session:
        newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert (newest.action, newest.after["made_at"]) == ("restored", BACKED_UP.isoformat())


def test_a_store_that_only_moved_goes_on_as_if_nothing_were(store: Store, file: Path, target: Store) -> None:
    number = owe(store, DeliveryKind.REPLY)
    with store.write() as session:
        last = numbers.allocate(session, "task")
    done = restored(store, file, target, is_moved=True)
    assert (found(target, number).uncertain_sends, done.first_number) == (0, last + 1)
    with target.read() as session:
        assert meta.get(session, meta.RESTORED_AT) is None


def test_a_server_somebody_serves_from_is_refused_until_the_lease_is_given_back(
    sqlite_store: Store, postgres_store: Store, file: Path
) -> None:
    engine = postgres_store.prompt(2)
    token = leases.take(engine, "one", 60.0)
    with pytest.raises(StoreError, match="in-use"):
        restored(sqlite_store, file, postgres_store)
    assert token is not None
    leases.give_back(engine, "one", token)
    assert go_back(postgres_store, file, wish(force=True)).set_aside is not None


def test_the_loop_is_not_taken_for_living(store: Store, file: Path, target: Store) -> None:
    with store.write() as session:
        meta.put(session, meta.LAST_TICK_AT, LONG_AGO.isoformat())
    restored(store, file, target)
    with target.read() as session:
        assert meta.get(session, meta.LAST_TICK_AT) is None
