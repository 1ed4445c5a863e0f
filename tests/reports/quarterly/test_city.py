"""R1 of the made-up city, number by number, and what is found in its own document."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.period import Period
from reports.quarterly.result import FindingKind, Result
from store.states import PledgeStatus
from tests.reports.quarterly.samples import SAMPLES, bureaus, city, quarter
from tests.reports.quarterly.samples import result as built


@pytest.fixture(scope="module")
def result() -> Result:
    return city()


def test_the_matrix_has_the_documents_columns_and_every_cell(result: Result) -> None:
    assert result.matrix.bureaus == ("실", "도시국", "복지국", "보건소")
    assert result.matrix.labels == ("걷기·도시", "돌봄·복지", "건강·안전")
    assert result.matrix.cells == ((1, 3, 0, 0), (0, 1, 3, 0), (0, 0, 1, 2))


def test_counts_come_from_rows_and_rates_from_counts(result: Result) -> None:
    assert [one.count for one in result.columns] == [5, 4, 2]
    assert (result.rate.done, result.rate.counted, result.rate.value) == (5, 11, Decimal("45.5"))


def test_the_row_of_shares_adds_to_100_by_the_stated_rule(result: Result) -> None:
    assert [str(one.share) for one in result.columns] == ["45.5", "36.3", "18.2"]
    assert "36.3%(4/11 = 36.4%)" in result.footnotes[1]


def test_what_changed_stands_from_to_and_reconciles(result: Result) -> None:
    assert result.previous is not None
    moves = {one.row.no: (one.before, one.after) for one in result.previous.changes.moves}
    assert moves == {
        "1-1-②": (PledgeStatus.ON_TRACK, PledgeStatus.CONTINUING),
        "2-1": (PledgeStatus.CONTINUING, PledgeStatus.PARTIAL),
        "2-2-①": (PledgeStatus.ON_TRACK, PledgeStatus.CONTINUING),
    }
    assert all(one.before + one.came - one.left == one.now for one in result.previous.changes.balance)


def test_the_difference_is_that_of_the_printed_rates(result: Result) -> None:
    assert result.previous is not None
    assert (str(result.previous.rate.value), str(result.previous.difference)) == ("36.4", "9.1")


def test_the_documents_own_contradiction_is_told_with_both_values(result: Result) -> None:
    [found] = [one for one in result.findings if one.kind is FindingKind.CONTRADICTION]
    assert (found.printed, found.computed) == ("2건", "+1건(4→5)")
    assert "2-1 이행 후 계속추진 → 일부추진" in found.text


def test_nothing_else_differs_from_the_document(result: Result) -> None:
    assert FindingKind.DIFFERENCE not in {one.kind for one in result.findings}
    assert result.checked > 30


def test_an_adjustment_has_the_status_of_now_apart_from_it(result: Result) -> None:
    [(adjustment, status)] = result.adjustments
    assert (adjustment.no, status) == ("2-1", PledgeStatus.PARTIAL)


def test_units_of_one_pledge_are_one_pledge(result: Result) -> None:
    assert result.scope == "3대 분야 6개 공약 11개 사업"


def test_without_a_quarter_before_the_contradiction_is_still_told() -> None:
    alone = built(quarter(SAMPLES / "quarter.txt", bureaus(SAMPLES / "quarter-bureaus.csv")), None)
    assert FindingKind.CONTRADICTION in {one.kind for one in alone.findings}
    assert alone.previous is None


def test_without_bureaus_the_matrix_says_so_once() -> None:
    bare = built(quarter(SAMPLES / "quarter.txt", {}), None)
    assert bare.matrix.bureaus == ("국 미지정",)
    assert [one.what for one in bare.findings].count("분야×국") == 1


def test_the_comment_is_a_draft_from_the_numbers(result: Result) -> None:
    assert result.is_drafted
    assert "45.5%(5/11)" in result.comment[1]
    assert "9.1%p 상승" in result.comment[1]


def test_the_period_before_is_told_by_its_name(result: Result) -> None:
    assert result.previous is not None
    assert (result.previous.period, result.previous.is_adjacent) == (Period(2030, 1), True)
