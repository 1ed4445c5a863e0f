"""When an item is due and when its owner is told, without a store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs.items.rules import due_day, next_told_day, outcomes, told_days
from jobs.settings import ItemSettings
from store.states import ItemKind
from tests.builders import RULES


@pytest.mark.parametrize(
    ("kind", "raised", "due"),
    [
        (ItemKind.SUGGESTION, date(2030, 7, 1), date(2030, 7, 15)),
        (ItemKind.COUNCIL, date(2030, 7, 4), date(2030, 7, 8)),  # a Sunday: the working day after
        (ItemKind.PROPOSAL, date(2030, 7, 1), date(2030, 7, 31)),
        (ItemKind.DIRECTIVE, date(2030, 8, 1), date(2030, 8, 16)),  # 15 August is a public holiday
    ],
)
def test_each_kind_is_due_after_its_days_on_a_working_day(kind: ItemKind, raised: date, due: date) -> None:
    assert due_day(kind, raised, ItemSettings(), RULES.calendar) == due


def test_the_organisation_says_how_long_each_kind_has_and_how_it_may_end() -> None:
    own = ItemSettings(suggestion_days=7, outcomes=("타기관 이송", "adopted"))
    assert due_day(ItemKind.SUGGESTION, date(2030, 7, 1), own, RULES.calendar) == date(2030, 7, 8)
    assert outcomes(own) == ["adopted", "declined", "long-term", "타기관 이송"]


def test_an_owner_is_told_at_the_beginning_before_the_end_and_then_once_a_week() -> None:
    entered, due = date(2030, 7, 1), date(2030, 7, 15)
    days = told_days(entered, due, date(2030, 8, 5), RULES.calendar)
    after = [1, 7, 14, 21]
    assert days == [entered, date(2030, 7, 12), due, *(due + timedelta(days=one) for one in after)]


def test_a_day_off_is_told_before_and_an_hour_the_day_before_too() -> None:
    sunday = date(2030, 7, 14)
    assert told_days(date(2030, 7, 1), sunday, sunday, RULES.calendar)[1:] == [
        date(2030, 7, 11),
        date(2030, 7, 12),
    ]
    told = told_days(date(2030, 7, 1), date(2030, 7, 11), date(2030, 7, 11), RULES.calendar, has_hour=True)
    assert told[1:] == [date(2030, 7, 8), date(2030, 7, 10), date(2030, 7, 11)]


def test_nothing_is_told_before_it_was_entered_and_the_next_day_always_comes() -> None:
    entered, due = date(2030, 7, 20), date(2030, 7, 15)  # entered late
    assert told_days(entered, due, date(2030, 7, 25), RULES.calendar) == [entered, date(2030, 7, 22)]
    day = entered
    for _ in range(20):
        following = next_told_day(entered, due, day, RULES.calendar)
        assert following > day and (following - day).days <= 7
        assert following in told_days(entered, due, following, RULES.calendar)
        day = following
