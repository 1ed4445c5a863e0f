"""Who polls and ticks."""

from __future__ import annotations

import asyncio
import fcntl
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.texts import store_words
from jobs.leader import (
    ANSWER_WITHIN_S,
    ASK_EVERY_S,
    LEADER_LEASE_S,
    RENEW_EVERY_S,
    FileLeader,
    HeldError,
    LeaseLeader,
    process_name,
)
from jobs.marks import lock_path
from store import leases
from store.db.engine import Store
from store.db.errors import StoreError
from store.db.postgres import IDLE_WRITE_S

HOLD = """
import sys, time
from pathlib import Path
from jobs.leader import FileLeader
with FileLeader(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.pitfall(7, 12)
def test_a_second_holder_is_refused_in_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with FileLeader(path), pytest.raises(HeldError) as caught:
        FileLeader(path).__enter__()
    assert re.fullmatch(r".*gihan run.*gihan\.db\.lock.*", store_words.told(caught.value))


def test_after_the_end_another_may_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with FileLeader(path):
        pass
    with FileLeader(path) as leader:
        assert leader.path.name == "gihan.db.lock"


def test_a_failure_inside_gives_it_back(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with pytest.raises(RuntimeError), FileLeader(path):
        raise RuntimeError
    with FileLeader(path):
        assert path.with_name("gihan.db.lock").exists()


def test_two_stores_have_two_leaders(tmp_path: Path) -> None:
    with FileLeader(tmp_path / "one.db"), FileLeader(tmp_path / "two.db") as second:
        assert second.path.name == "two.db.lock"


def test_the_holders_death_gives_it_back_at_once(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    root = Path(__file__).parents[2]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError):
            FileLeader(path).__enter__()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with FileLeader(path):
            assert holder.returncode == -signal.SIGKILL


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A store on which another process runs."""
    path = tmp_path / "gihan.db"
    path.touch()
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        yield path
        holder.kill()


@pytest.mark.open_door("D2")
def test_a_lock_file_that_was_deleted_lets_nobody_in(held: Path) -> None:
    lock_path(held).unlink()
    with pytest.raises(HeldError, match="held"):
        FileLeader(held).__enter__()


@pytest.mark.open_door("D2")
@pytest.mark.parametrize("link", [Path.hardlink_to, Path.symlink_to])
def test_another_name_of_the_store_is_the_same_store(held: Path, link: Callable[[Path, Path], None]) -> None:
    other = held.with_name("other.db")
    link(other, held)
    with pytest.raises(HeldError, match="held"):
        FileLeader(other).__enter__()


@pytest.mark.open_door("D2")
def test_a_store_made_after_the_lock_is_held_by_itself_too(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with FileLeader(path) as leader:
        path.touch()
        leader.hold_store()
        with path.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_lock_on_the_store_leaves_sqlites_own_alone(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("create table fact (id)")
    writer.execute("begin immediate")
    with FileLeader(path):
        pass
    take = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('begin immediate')"
    command = [sys.executable, "-c", take, str(path)]
    assert b"locked" in subprocess.run(command, capture_output=True, check=False).stderr
    writer.execute("rollback")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    writer.close()


class Watch:
    """Monotonic time under control."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def replicas(postgres_url: str) -> Iterator[Callable[..., LeaseLeader]]:
    """Makes leaders of one store."""
    store = Store(postgres_url)
    engine = store.prompt(2)

    def made(name: str, watch: Watch | None = None) -> LeaseLeader:
        return LeaseLeader(engine, name, watch or Watch())

    yield made
    engine.dispose()
    store.close()


def acquire(leader: LeaseLeader) -> bool:
    """Whether it leads after asking once."""
    return asyncio.run(leader._try_to_take())


def test_one_of_two_leads_and_the_other_follows_at_once_when_it_is_given_back(
    replicas: Callable[..., LeaseLeader],
) -> None:
    one, two = replicas("one"), replicas("two")
    assert (acquire(one), acquire(two)) == (True, False)
    asyncio.run(one.give_back())
    assert not one.is_leading()
    assert acquire(two)
    assert (one.token, two.token) == (1, 2)


def test_belief_ends_with_the_lease_counted_from_before_the_question(
    replicas: Callable[..., LeaseLeader], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    take = leases.take

    def slow(*facts: Any) -> int | None:
        watch.at += 3.0
        return take(*facts)

    monkeypatch.setattr("store.leases.take", slow)
    one = replicas("one", watch)
    assert acquire(one)
    watch.at += LEADER_LEASE_S - 3.0 - 0.001
    assert one.is_leading()
    watch.at += 0.001
    assert not one.is_leading()


def test_an_answer_as_late_as_the_lease_makes_no_leader(
    replicas: Callable[..., LeaseLeader], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    take = leases.take

    def slow(*facts: Any) -> int | None:
        watch.at += LEADER_LEASE_S
        return take(*facts)

    monkeypatch.setattr("store.leases.take", slow)
    assert not acquire(replicas("one", watch))


def test_a_database_that_does_not_answer_ends_leadership_in_time(
    replicas: Callable[..., LeaseLeader], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()

    def never(*_: object) -> bool:
        watch.at += LEADER_LEASE_S
        raise OperationalError("select", {}, OSError("frozen"))

    monkeypatch.setattr("jobs.leader.RENEW_EVERY_S", 0.0)
    one = replicas("one", watch)
    assert acquire(one)
    monkeypatch.setattr("store.leases.renew", never)
    asyncio.run(asyncio.wait_for(one.hold(), 60))
    assert not one.is_leading()


def test_who_finds_another_in_its_place_stops_at_once(replicas: Callable[..., LeaseLeader]) -> None:
    one = replicas("one")
    assert acquire(one)
    leases.give_back(one.engine, "one", 1)
    assert acquire(replicas("two"))
    assert asyncio.run(one._renew()) is False
    assert not one.is_leading()


def test_every_process_has_a_name_of_its_own() -> None:
    assert len({process_name() for _ in range(100)}) == 100
    assert len(process_name()) <= 60


def test_a_dead_leader_is_followed_within_ten_seconds_even_if_it_froze_in_the_middle_of_a_write() -> None:
    """Its lease runs out, or the server ends its transaction; then one more question of the standby."""
    free_after_s = max(LEADER_LEASE_S, float(IDLE_WRITE_S))
    assert free_after_s + ASK_EVERY_S + 1.0 < 10.0
    assert 2 * RENEW_EVERY_S + ANSWER_WITHIN_S <= LEADER_LEASE_S  # one renewal may fail
