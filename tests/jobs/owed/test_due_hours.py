"""When an hour that comes is said once more, whatever is due at it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from jobs.owed.due_hours import call_at, calls, come, next_at
from tests.builders import RULES, kst


@pytest.mark.parametrize(
    ("due", "said"), [((14, 0), (12, 0)), ((19, 30), (17, 0)), ((10, 0), None), ((11, 10), None)]
)
def test_an_hour_is_said_two_hours_before_inside_working_hours(
    due: tuple[int, int], said: tuple[int, int] | None
) -> None:
    at = call_at(kst(2030, 7, 18, *due), kst(2030, 7, 18, 9, 10), kst(2030, 7, 18, 18, 0))
    assert at == (kst(2030, 7, 18, *said) if said is not None else None)


class Due(NamedTuple):
    due_on: date
    due_minute: int | None


def test_it_is_said_from_then_on_until_the_hour_is_over_and_on_working_days_only() -> None:
    today, sunday = date(2030, 7, 18), date(2030, 7, 21)
    seats = [Due(today, 14 * 60), Due(today, None), Due(sunday, 14 * 60), Due(date(2030, 7, 17), 14 * 60)]
    found = calls(seats, today, RULES)
    assert [one.seat for one in found] == [seats[0]]
    assert next_at(found, kst(2030, 7, 18, 9, 0)) == kst(2030, 7, 18, 12, 0)
    heard = [
        kst(2030, 7, 18, 11, 59),
        kst(2030, 7, 18, 12, 0),
        kst(2030, 7, 18, 13, 59),
        kst(2030, 7, 18, 14, 0),
    ]
    assert [len(come(found, now)) for now in heard] == [0, 1, 1, 0]
    assert next_at(found, kst(2030, 7, 18, 12, 0)) is None
