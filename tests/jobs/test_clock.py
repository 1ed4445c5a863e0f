"""Business time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobs.clock import ClockError, ClockReading, FileClock, SystemClock, real_now
from tests.builders import kst


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clock.json"
    path.write_text('{"seq": 3, "now": "2026-06-30T09:10:00+09:00"}', encoding="utf-8")
    return path


def test_a_file_says_what_time_it_is(file: Path) -> None:
    clock = FileClock(file)
    assert clock.read() == ClockReading(3, kst(2026, 6, 30))
    assert clock.now().tzinfo is UTC


def test_a_moved_clock_is_read_at_once(file: Path) -> None:
    clock = FileClock(file)
    clock.now()
    file.write_text('{"seq": 4, "now": "2026-07-01T00:10:00Z"}', encoding="utf-8")
    assert clock.read() == ClockReading(4, kst(2026, 7, 1))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json",
        "[]",
        "null",
        "{}",
        '{"seq": 1}',
        '{"now": "2026-06-30T09:10:00+09:00"}',
        '{"seq": 1, "now": "2026-06-30T09:10:00"}',
        '{"seq": 1, "now": "tomorrow"}',
        '{"seq": 1, "now": 5}',
        '{"seq": null, "now": "2026-06-30T09:10:00+09:00"}',
    ],
)
def test_a_file_that_says_something_else_is_one_clear_line(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ClockError, match=r"^clock\.file .*clock\.json: [^\n]+$"):
        FileClock(file).now()


def test_a_file_in_another_encoding_is_one_clear_line(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClockError, match=r"^clock\.file"):
        FileClock(file).now()


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ClockError, match=r"^clock\.file"):
        FileClock(tmp_path / "nothing.json").now()


@pytest.mark.parametrize(
    ("next_at", "expected"), [(None, None), (kst(2026, 7, 1), "2026-07-01T00:10:00+00:00")]
)
def test_the_answer_lies_beside_the_file(file: Path, next_at: datetime | None, expected: str | None) -> None:
    FileClock(file).acknowledge(3, next_at)
    answer = json.loads((file.parent / "clock.json.ack").read_text(encoding="utf-8"))
    assert answer == {"seq": 3, "next_at": expected}


def test_an_answer_replaces_the_one_before_and_leaves_nothing_else(file: Path) -> None:
    clock = FileClock(file)
    clock.acknowledge(3, kst(2026, 7, 1))
    clock.acknowledge(4, None)
    assert json.loads(clock.ack_path.read_text(encoding="utf-8"))["seq"] == 4
    assert sorted(path.name for path in file.parent.iterdir()) == ["clock.json", "clock.json.ack"]


def test_the_systems_clock_is_aware_and_that_of_the_machine() -> None:
    before = datetime.now(UTC)
    found = SystemClock().now()
    assert found.utcoffset() == timedelta()
    assert before <= found <= datetime.now(UTC)


class Machine:
    """A wall clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.wall = kst(2026, 6, 30)
        self.steady = 0.0
        self.clock = SystemClock(lambda: self.wall, lambda: self.steady)

    def passes(self, **time: float) -> None:
        self.wall += timedelta(**time)
        self.steady += timedelta(**time).total_seconds()

    def told(self) -> datetime:
        return self.clock.now()


@pytest.mark.open_door("kind A")
@pytest.mark.parametrize("step", [timedelta(hours=-9), timedelta(hours=1), timedelta(days=7)])
def test_a_clock_that_is_set_is_believed_at_once(step: timedelta) -> None:
    machine = Machine()
    machine.wall += step
    assert machine.told() == kst(2026, 6, 30) + step


@pytest.mark.open_door("kind A")
@pytest.mark.parametrize("leap", [timedelta(days=730), timedelta(days=-730)])
def test_a_leap_of_years_is_not_believed_and_the_time_before_it_goes_on(leap: timedelta) -> None:
    machine = Machine()
    machine.wall += leap
    machine.passes(minutes=10)
    assert machine.told() == kst(2026, 6, 30, 9, 20)
    machine.wall -= leap
    assert machine.told() == kst(2026, 6, 30, 9, 20)


@pytest.mark.open_door("kind A")
def test_a_leap_that_stays_is_believed_after_an_hour() -> None:
    machine = Machine()
    machine.wall += timedelta(days=730)
    machine.told()
    machine.passes(minutes=59)
    assert machine.told() == kst(2026, 6, 30, 10, 9)
    machine.passes(minutes=1)
    assert machine.told() == machine.wall


def test_a_long_sleep_is_no_leap() -> None:
    machine = Machine()
    machine.passes(days=40)
    assert machine.told() == machine.wall


def test_real_time_goes_on_and_is_aware() -> None:
    assert real_now() <= real_now()
    assert real_now().utcoffset() == timedelta()
