"""A request that opens anew by itself: same form, rows, steps and departments; what was missed is left out; its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jobs.asks import turns
from jobs.asks.window import AskError
from store import asks
from store.db.engine import Store
from store.models import Ask
from tests.builders import RULES, kst
from tests.jobs.ask_table import AskTable


@pytest.fixture
def office(store: Store) -> AskTable:
    return AskTable(store)


def begin(
    office: AskTable, number: int, said: str = "매월 5번째 근무일", ahead: int = 3
) -> tuple[date, date]:
    with office.store.write() as session:
        made = turns.begin(office.deed(session), session.get_one(Ask, number), said, ahead)
        return made.opens_on, made.due_on


def tick(office: AskTable, month: int, day: int) -> list[int]:
    """What opens by itself on that morning."""
    with office.store.write() as session:
        return [one.id for one in turns.take_effect(session, kst(2030, month, day, 9), RULES)]


def test_it_opens_anew_on_its_day_with_the_same_and_once(office: AskTable) -> None:
    number = office.open(kind="review", rows=(1, 3), basis="기획예산실-12")
    assert begin(office, number) == (date(2030, 8, 2), date(2030, 8, 7))
    assert tick(office, 8, 1) == []
    [second] = tick(office, 8, 2)
    assert tick(office, 8, 2) == [] and tick(office, 8, 5) == []
    with office.store.read() as session:
        first, again = session.get_one(Ask, number), session.get_one(Ask, second)
        same = ("title", "kind", "steps", "form", "scope", "rows_least", "rows_most", "basis")
        assert [getattr(first, one) for one in same] == [getattr(again, one) for one in same]
        assert (again.opens_on, again.due_on, again.like_id) == (date(2030, 8, 2), date(2030, 8, 7), number)
        assert len(asks.answers(session, second)) == len(asks.answers(session, number))
    log = [one for one in office.log() if one.subject == f"ask:{second}"]
    assert [(one.action, one.actor_id) for one in log] == [("ask-opened", None)]


def test_turns_that_passed_while_nothing_ran_are_left_out(office: AskTable) -> None:
    number = office.open()
    begin(office, number)
    assert tick(office, 10, 20) == []
    with office.store.read() as session:
        series = asks.series_of(session, session.get_one(Ask, number))
        assert series is not None and (series.opens_on, series.due_on) == (
            date(2030, 11, 4),
            date(2030, 11, 7),
        )
    assert len(tick(office, 11, 4)) == 1


def test_its_end_opens_no_more_and_is_said_once(office: AskTable) -> None:
    number = office.open()
    begin(office, number)
    office_ends(office, number)
    assert tick(office, 8, 2) == []
    with pytest.raises(AskError, match="comes-not-again"):
        office_ends(office, number)
    assert [one.action for one in office.log() if one.action.startswith("ask-repeat")] == [
        "ask-repeated",
        "ask-repeat-ended",
    ]


def office_ends(office: AskTable, number: int) -> None:
    with office.store.write() as session:
        turns.end(office.deed(session), session.get_one(Ask, number))


@pytest.mark.parametrize(
    ("given", "code"),
    [(("가끔", 3), "no-rule"), (("매월 5번째 근무일", -1), "ahead"), (("매월 5번째 근무일", 61), "ahead")],
)
def test_what_cannot_come_again_is_refused(office: AskTable, given: tuple[Any, ...], code: str) -> None:
    number = office.open()
    with pytest.raises(AskError) as error:
        begin(office, number, *given)
    assert error.value.code == code


def test_one_that_comes_again_is_not_made_to_twice(office: AskTable) -> None:
    number = office.open()
    begin(office, number)
    with pytest.raises(AskError, match="comes-again"):
        begin(office, number)
