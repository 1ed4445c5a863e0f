"""The wall clock is set while the bot runs, or the machine sleeps: the day's messages go out once, at the right time."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import kst
from tests.faults.asked import log_of
from tests.faults.walls import WallOffice
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Person, Telegram, until

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(400), pytest.mark.open_door("kind A")]

MONDAY = kst(2026, 6, 29, 9, 10)  # the first daily message of the sample plan
QUIET_S = 6.0  # several looks of the loop


class City(WallOffice):
    """An office with the sample plan, and one officer who has something due today."""

    officer: Person

    def open_at(self, instant: datetime) -> None:
        self.begin_at(instant)
        self.start()
        self.gihan("import", str(SAMPLE_PLAN), "--yes")
        [self.officer] = self.link("심청")
        self.before = len(self.officer.received())

    def digests(self) -> int:
        """How many messages came that nobody asked for."""
        return len(self.officer.received()) - self.before

    def stays_at(self, count: int) -> None:
        time.sleep(QUIET_S)
        assert self.digests() == count


@pytest.fixture
def city(telegram: Telegram, tmp_path: Path) -> Iterator[City]:
    found = City(telegram, tmp_path)
    yield found
    if found.run_process is not None and found.run_process.poll() is None:
        assert found.stop() == 0


def test_nine_hours_back_the_days_message_comes_at_its_time_and_once(city: City) -> None:
    city.open_at(MONDAY - timedelta(minutes=20))
    city.set(MONDAY + timedelta(hours=9, seconds=-3))  # past the hours in which daily messages go out
    city.stays_at(0)
    city.set(MONDAY - timedelta(seconds=3))
    until(lambda: city.digests() == 1, "the day's message")
    city.set(MONDAY - timedelta(seconds=3))
    city.stays_at(1)
    assert "action=clock-set" in log_of(city)


def test_two_years_forward_and_back_the_days_message_comes_at_its_time(city: City) -> None:
    city.open_at(MONDAY - timedelta(minutes=20))
    city.set(kst(2028, 6, 29, 9, 30))
    city.stays_at(0)
    city.set(MONDAY - timedelta(seconds=2))
    until(lambda: city.digests() == 1, "the day's message")
    city.stays_at(1)
    assert "action=clock-leapt" in log_of(city)


def test_after_an_hours_sleep_the_days_message_comes_at_once(city: City) -> None:
    city.open_at(MONDAY - timedelta(minutes=40))
    assert city.run_process is not None
    city.run_process.send_signal(signal.SIGSTOP)
    city.set(MONDAY + timedelta(minutes=20))
    city.run_process.send_signal(signal.SIGCONT)
    until(lambda: city.digests() == 1, "the day's message")
    city.stays_at(1)
