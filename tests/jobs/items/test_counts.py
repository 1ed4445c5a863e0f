"""Whatever happens to items, every printed count equals the rows behind it (property test)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jobs.items import steps
from jobs.items.steps import ItemError
from reports.item_files import workbook
from reports.items import counts
from store.db.engine import Store
from store.models import Item, ItemPart, ItemReply
from tests import template
from tests.builders import SEOUL, kst
from tests.jobs.item_table import PLACES, ItemTable

AT = st.integers(0, 5)
PLACE = st.sampled_from(PLACES)
OUTCOME = st.sampled_from(["adopted", "declined", "long-term"])
STEPS = st.one_of(
    st.tuples(st.just("enter"), PLACE, st.lists(PLACE, max_size=2)),
    st.tuples(st.just("reply"), AT, PLACE),
    st.tuples(st.just("ask_to_close"), AT, OUTCOME),
    st.tuples(st.just("close"), AT, st.one_of(st.none(), OUTCOME)),
    st.tuples(st.sampled_from(["send_back", "reopen", "drop"]), AT, st.just("사유")),
    st.tuples(st.just("later"), st.integers(1, 30)),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ItemTable]:
    made = ItemTable(Store(template.copy_to(tmp_path_factory.mktemp("items") / "gihan.db")))
    yield made
    made.store.close()


def play(office: ItemTable, numbers: list[int], step: Any) -> None:
    """One step; what the rules refuse changes nothing."""
    what, *given_ = step
    if what == "later":
        office.now = kst(2030, 7, given_[0], 9)
    elif what == "enter":
        numbers.append(office.enter(f"건의 {len(numbers)}", *given_))
    elif given_[0] < len(numbers):
        number = numbers[given_[0]]
        with suppress(ItemError):
            if what == "reply":
                office.reply(number, place=given_[1])
            else:
                office.do(getattr(steps, what), number, given_[1])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(played=st.lists(STEPS, min_size=1, max_size=24))
def test_printed_counts_equal_their_rows(office: ItemTable, played: list[Any]) -> None:
    office.now = kst(2030, 7, 1)
    with office.store.write() as session:
        for table in (ItemReply, ItemPart, Item):
            session.query(table).delete()
    numbers: list[int] = []
    for step in played:
        play(office, numbers, step)
    rows = office.rows()
    found = counts(rows)
    closed = [one for one in rows if one.closed_on is not None]
    assert found.answered == len(closed) and all(one.reply and one.outcome for one in closed)
    assert found.total == found.answered + found.open == len(rows)
    assert found.adopted == sum(one.outcome == "adopted" for one in rows) <= found.answered
    assert found.overdue + found.closing <= found.open
    compare(workbook(rows, SEOUL, office.now), [one.no for one in rows], found.answered, found.adopted)


def compare(content: bytes, numbers: list[int], answered: int, adopted: int) -> None:
    """The file says the same: a row a row, and its counts in words."""
    sheet = load_workbook(io.BytesIO(content))["지시·건의"]
    listed = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] is not None]
    assert [row[0] for row in listed] == numbers
    assert sum(row[13] == "종결" for row in listed) == answered
    assert sum(row[12] == "반영" for row in listed) == adopted
    told = str(sheet["A2"].value)
    assert f"모두 {len(numbers)}건 · 종결 {answered}건 가운데 반영 {adopted}건" in told
