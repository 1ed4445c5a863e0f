"""Whatever departments do, every printed count equals the rows behind it (property test)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jobs.asks import replies, window
from jobs.asks.replies import Reply
from jobs.asks.window import AskError
from reports.ask_files import workbook
from store.db.engine import Store
from store.states import AnswerKind
from tests import template
from tests.builders import kst
from tests.jobs.ask_table import PLACES, AskTable, cells

PLACE = st.sampled_from(PLACES)
STEPS = st.one_of(
    st.tuples(st.just("hand-in"), PLACE, st.lists(st.integers(-5, 10**6), max_size=4)),
    st.tuples(st.just("nothing"), PLACE, st.sampled_from([AnswerKind.NONE, AnswerKind.NOT_APPLICABLE])),
    st.tuples(st.just("send-back"), PLACE),
    st.tuples(st.just("confirm"), PLACE),
    st.tuples(st.just("reopen"), PLACE),
    st.tuples(st.just("extend"), st.one_of(st.none(), PLACE), st.integers(13, 30)),
    st.tuples(st.just("later"), st.integers(1, 30)),
    st.tuples(st.sampled_from(["freeze", "cancel"])),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskTable]:
    folder: Path = tmp_path_factory.mktemp("asks")
    made = AskTable(Store(template.copy_to(folder / "gihan.db")))
    yield made
    made.store.close()


def play(office: AskTable, number: int, step: Any) -> None:
    """One step; what the rules refuse changes nothing."""
    what, *given_ = step
    place = office.places.get(given_[0]) if given_ and isinstance(given_[0], str) else None
    with suppress(AskError):
        if what == "hand-in":
            office.do(replies.hand_in, number, place, Reply(rows=cells(*given_[1])), by="서무")
        elif what == "nothing":
            office.do(replies.hand_in, number, place, Reply(given_[1]), by="서무")
        elif what == "send-back":
            office.do(replies.send_back, number, place, "확인 바랍니다")
        elif what in {"confirm", "reopen"}:
            office.do(getattr(replies, what), number, place, *(["고침"] if what == "reopen" else []))
        elif what == "extend":
            office.extend(number, date(2030, 7, given_[1]), given_[0])
        elif what == "later":
            office.now = kst(2030, 7, given_[0], 9)
        else:
            office.do(getattr(window, what), number, *(["그만둠"] if what == "cancel" else []))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=1, max_size=14), rows=st.sampled_from([(1, None), (1, 1), (2, 2), (1, 3)])
)
def test_printed_counts_equal_their_rows(
    office: AskTable, steps: list[Any], rows: tuple[int, int | None]
) -> None:
    office.now = kst(2030, 7, 1)
    number = office.open(rows=rows, steps=("answer", "confirm"))
    for step in steps:
        play(office, number, step)
    whole, parts = office.whole(number), office.parts(number)
    by_place = {one.respondent: one.state for one in whole.rows}
    assert whole.respondents == len(by_place) == len(PLACES)
    assert whole.answered == sum(state in {"answered", "confirmed"} for state in by_place.values())
    assert whole.overdue <= whole.respondents - whole.answered
    given_rows = [one for one in whole.rows if one.values and one.state in {"answered", "confirmed"}]
    assert len(given_rows) == sum(one.count for one in parts)
    for one in parts:
        assert one.count == 0 or rows[0] <= one.count <= (rows[1] or one.count)
    compare(office.workbook(number, workbook), whole.answered, given_rows)


def compare(content: bytes, answered: int, rows: list[Any]) -> None:
    """The file says the same: a row a row, and its counts in words."""
    book = load_workbook(io.BytesIO(content))
    listed = [row for row in book["취합"].iter_rows(min_row=3, values_only=True) if row[0] is not None]
    assert [(row[1], row[2], row[3]) for row in listed] == [
        (one.respondent, one.values["c3"], one.values["c4"]) for one in rows
    ]
    sheet = book["제출 현황"]
    told = str(sheet["A2"].value)
    assert f"{len(PLACES)}개 부서 가운데 {answered}개 제출" in told and f"모두 {len(rows)}건" in told
    states = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(states) == len(PLACES) and sum(row[3] or 0 for row in states) == len(rows)


def book_rows(content: bytes) -> list[tuple[Any, ...]]:
    """The sheet of all rows, its header first."""
    return list(load_workbook(io.BytesIO(content))["취합"].iter_rows(min_row=2, values_only=True))
