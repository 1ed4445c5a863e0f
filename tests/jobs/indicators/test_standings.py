"""What is remembered of how indicators stand is never other than what their rows say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.indicators import standings, steps
from jobs.indicators.figures import ends_of
from jobs.indicators.pace import State
from jobs.indicators.standings import Placed, placed, standing
from jobs.indicators.steps import Amount, Entry, IndicatorError
from store import indicators, officers
from store.audit import Who
from store.db.engine import Store
from store.indicators import Rows
from store.models import Indicator
from store.states import IndicatorKind
from tests.builders import RULES, kst

BOUND = RULES.indicators.bound
TODAY = date(2026, 7, 7)


def deed(session: Session) -> Deed:
    return Deed(session, Who(1, "기획", "test", "test"), kst(2026, 7, 7, 9), RULES)


@pytest.fixture
def numbers(store: Store) -> list[int]:
    """Six monthly flows of two departments with a plan of 100 a month."""
    with store.write() as session:
        places = [officers.ensure_department(session, name) for name in ("도로과", "공원과")]
        officers.ensure(session, "기획", places[0])
        made = []
        for at in range(6):
            one = steps.add(
                deed(session), Entry(f"지표 {at}", IndicatorKind.COUNT, department=places[at % 2])
            )
            for month in range(1, 13):
                steps.set_target(deed(session), one.id, Amount("100"), 2026, month)
            made.append(one.id)
        return made


def seen(store: Store, today: date = TODAY) -> list[Placed]:
    with store.read() as session:
        return placed(session, today, BOUND)


def worked_out(store: Store, today: date = TODAY) -> list[Placed]:
    """The same of the rows themselves."""
    with store.read() as session:
        places = {one.number: one for one in indicators.places(session)}
        rows = indicators.rows(session, indicators.listed(session))
        return [Placed(places[one.indicator.id], standing(one, today, BOUND)) for one in rows]


def enter(store: Store, number: int, month: int, amount: str) -> None:
    with store.write() as session:
        end = ends_of(session.get_one(Indicator, number), 2026)[month - 1]
        steps.enter_value(deed(session), number, end, Amount(amount))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_entered_in_whatever_order_what_is_remembered_is_what_the_rows_say(
    store: Store, numbers: list[int], seed: int
) -> None:
    chance = random.Random(seed)
    acts: list[Callable[[], None]] = [
        lambda: enter(store, chance.choice(numbers), chance.randint(1, 7), str(chance.randint(0, 200))),
        lambda: enter(store, chance.choice(numbers), chance.randint(1, 7), str(chance.randint(0, 200))),
        lambda: retarget(store, chance.choice(numbers), chance.randint(1, 12), str(chance.randint(0, 200))),
        lambda: switch(store, chance.choice(numbers), is_on=chance.random() < 0.5),
    ]
    for _ in range(25):
        chance.choice(acts)()
        today = chance.choice([TODAY, TODAY, date(2026, 8, 3)])
        assert seen(store, today) == worked_out(store, today)


def retarget(store: Store, number: int, month: int, amount: str) -> None:
    with store.write() as session:
        steps.adjust(deed(session), number, Amount(amount), 2026, "사유", month)


def switch(store: Store, number: int, *, is_on: bool) -> None:
    with store.write() as session:
        steps.ask_monthly(deed(session), number, is_on=is_on)


def test_what_is_taken_back_is_not_remembered(store: Store, numbers: list[int]) -> None:
    for month in range(1, 7):
        enter(store, numbers[0], month, "100")
    before = seen(store)
    with pytest.raises(IndicatorError), store.write() as session:
        end = ends_of(session.get_one(Indicator, numbers[0]), 2026)[5]
        steps.enter_value(deed(session), numbers[0], end, Amount("1"))
        assert placed(session, TODAY, BOUND) != before
        raise IndicatorError("no-reason")
    enter(store, numbers[0], 6, "100")  # the same revision as that which was taken back
    assert seen(store) == worked_out(store)
    assert [one.of.state for one in seen(store) if one.place.number == numbers[0]] == [State.KEPT]


def test_only_what_has_changed_is_read_again(
    store: Store, numbers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen(store)
    read: list[int] = []
    judged = indicators.judged

    def noted(session: Session, wanted: Sequence[int], year: int) -> Iterator[Rows]:
        read.extend(wanted)
        return judged(session, wanted, year)

    monkeypatch.setattr(indicators, "judged", noted)
    seen(store)
    assert read == []
    enter(store, numbers[2], 1, "5")
    seen(store)
    assert read == [numbers[2]]


def test_departments_with_most_behind_come_first(store: Store, numbers: list[int]) -> None:
    enter(store, numbers[1], 1, "10")
    enter(store, numbers[0], 1, "100")
    found = standings.by_department(seen(store))
    assert [[one.place.number for one in group.found] for group in found] == [
        [numbers[1], numbers[3], numbers[5]],
        [numbers[0], numbers[2], numbers[4]],
    ]
    first = standings.laggards_first(found[1].found)
    assert [one.place.number for one in first] == [numbers[2], numbers[4], numbers[0]]
    told = found[0].counts
    assert (told.total, told.planned, told.behind) == (3, 1, 1)
    assert standings.together(found) == standings.counts(seen(store))
