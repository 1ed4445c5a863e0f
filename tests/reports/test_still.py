"""Tasks on which nothing moves."""

from __future__ import annotations

from datetime import date

import pytest

from jobs.authority.permissions import Deed
from reports.still import Why, still
from store.db.engine import Store
from store.states import MilestoneState
from tests import builders
from tests.builders import BOT, SEOUL, kst

NOW = kst(2026, 6, 30).astimezone(SEOUL)


def named(store: Store) -> list[tuple[Why, int]]:
    with store.read() as session:
        return [(one.why, one.days) for one in still(session, NOW)]


def test_a_task_of_which_nothing_was_registered_for_sixty_days_is_named(store: Store) -> None:
    with store.write() as session:
        builders.plan(session, imported_at=kst(2026, 5, 1))
        task = builders.task(session)
        builders.milestone(session, task, date(2026, 4, 1))
        builders.milestone(session, task, date(2026, 12, 1))
    assert named(store) == [(Why.STILL, 60)]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (date(2026, 7, 1), []),
        (date(2026, 5, 2), []),
        (date(2026, 5, 1), [(Why.STILL, 60)]),
        (date(2026, 4, 1), [(Why.STILL, 90)]),
    ],
)
@pytest.mark.parametrize("by", ["entry", "period"])
def test_the_days_count_from_the_first_day_of_the_task(
    store: Store, first: date, expected: list[tuple[Why, int]], by: str
) -> None:
    with store.write() as session:
        builders.plan(session, imported_at=kst(2026, 1, 2))
        task = builders.task(session)
        builders.milestone(session, task, date(2026, 12, 1))
        if by == "entry":
            builders.milestone(session, task, first)
        else:
            task.start_on = first
    assert named(store) == expected


def test_one_of_which_something_was_registered_is_not(store: Store) -> None:
    with store.write() as session:
        builders.plan(session, imported_at=kst(2026, 1, 2))
        one = builders.milestone(session, builders.task(session), date(2026, 3, 1))
        deed = Deed(session, BOT, kst(2026, 6, 1), builders.RULES)
        deed.record("noted", f"milestone:{one.id}")
    assert named(store) == []


def test_a_task_with_nothing_left_before_its_end_is_named(store: Store) -> None:
    with store.write() as session:
        builders.plan(session, imported_at=kst(2026, 6, 1))
        task = builders.task(session)
        task.end_on = date(2026, 12, 31)
        builders.milestone(session, task, date(2026, 6, 1), state=MilestoneState.DONE)
    assert named(store) == [(Why.EMPTY, 0)]
