"""The minute of a day: read, written, as an instant (시각)."""

from datetime import date

import pytest

from reports.hours import hour_of, instant_of, minute_of
from tests.builders import SEOUL, kst


@pytest.mark.parametrize(
    ("said", "minute"),
    [("14:00", 840), ("9:05", 545), ("00:00", 0), ("24:00", None), ("9:60", None), ("9", None), ("", None)],
)
def test_an_hour_is_read_or_is_none(said: str, minute: int | None) -> None:
    assert minute_of(said) == minute
    assert minute is None or minute_of(hour_of(minute)) == minute


def test_the_whole_day_has_no_hour_and_lasts_until_its_end() -> None:
    assert hour_of(None) == "" and instant_of(date(2026, 7, 1), 840, SEOUL) == kst(2026, 7, 1, 14, 0)
    assert instant_of(date(2026, 7, 1), None, SEOUL) == kst(2026, 7, 1, 23, 59).replace(second=59)
