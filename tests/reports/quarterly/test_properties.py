"""Random registers under random settings: every total its rows, every rate its counts, shares add to 100."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.period import Period
from reports.quarterly.changes import compare
from reports.quarterly.rates import percent, shares
from reports.quarterly.result import Result
from reports.quarterly.rows import Quarter, Row
from reports.quarterly.xlsx import xlsx
from reports.settings import RoundSettings
from store.states import PledgeStatus
from tests.reports.quarterly.samples import result as built
from tests.reports.quarterly.samples import table

STATUSES = st.sampled_from(list(PledgeStatus))
MODES = st.sampled_from(["half-up", "half-even", "down"])


@st.composite
def organisations(draw: st.DrawFn) -> RoundSettings:
    done = draw(st.lists(STATUSES, min_size=1, max_size=3, unique=True))
    rest = [one for one in PledgeStatus if one not in done]
    return RoundSettings(
        done_statuses=tuple(done),
        excluded_statuses=tuple(draw(st.lists(st.sampled_from(rest), max_size=2, unique=True))),
        decimals=draw(st.integers(0, 2)),
        rounding=draw(MODES),
        residual_status=draw(STATUSES),
    )


@st.composite
def registers(draw: st.DrawFn, least: int = 1) -> list[Row]:
    size = draw(st.integers(least, 60))
    return [
        Row(
            no=draw(st.sampled_from([f"{i}", f"{i % 7}-{i}", None])),
            title=f"사업 {i}",
            status=draw(STATUSES),
            area=draw(st.sampled_from(["가", "나", "다", "분야 미지정"])),
            bureau=draw(st.sampled_from(["국1", "국2", "국 미지정"])),
            pledge_no=draw(st.sampled_from(["1", "2", None])),
            id=i,
        )
        for i in range(1, size + 1)
    ]


@st.composite
def results(draw: st.DrawFn) -> Result:
    rows, organisation = draw(registers()), draw(organisations())
    before = [replace(row, status=draw(STATUSES)) for row in rows if draw(st.booleans())]
    now = Quarter(Period(2030, 2), Period(2030, 2).last_day, rows)
    past = Quarter(Period(2030, 1), Period(2030, 1).last_day, before) if before else None
    return built(now, past, organisation)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=7), st.integers(0, 6), st.integers(0, 2), MODES)
def test_shares_add_to_100_whichever_class_takes_the_rest(
    counts: list[int], residual: int, decimals: int, mode: str
) -> None:
    found = shares(counts, residual if residual < len(counts) else None, decimals, mode)  # type: ignore[arg-type]
    if found is None:
        assert sum(counts) == 0
        return
    assert sum(found.values) == 100
    assert found.values[0] == found.plain[0]
    assert all(value >= 0 for value in found.values)
    assert all(value == 0 for value, count in zip(found.values, counts, strict=True) if count == 0)


@given(st.integers(0, 900), st.integers(1, 900), st.integers(0, 2))
def test_a_rate_is_its_counts_to_half_of_the_last_decimal(part: int, whole: int, decimals: int) -> None:
    value = percent(part, whole, decimals, "half-up")
    assert value is not None
    gap = Fraction(value) - Fraction(100 * part, whole)
    assert -Fraction(1, 2) < gap * 10**decimals <= Fraction(1, 2)


@given(results())
@settings(max_examples=60)
def test_every_total_equals_its_rows(result: Result) -> None:
    statuses = Counter(row.status for row in result.rows)
    assert sum(one.count for one in result.columns) == len(result.rows)
    for column in result.columns:
        assert column.count == sum(statuses[one] for one in column.statuses)
    assert result.matrix.total == len(result.rows)
    for area, cells in zip(result.matrix.areas, result.matrix.cells, strict=True):
        for bureau, count in zip(result.matrix.bureaus, cells, strict=True):
            assert count == sum(row.area == area and row.bureau == bureau for row in result.rows)


@given(results())
@settings(max_examples=60)
def test_every_rate_equals_its_counts(result: Result) -> None:
    own = result.settings
    rows = [row for row in result.rows if row.status not in own.excluded_statuses]
    done = sum(row.status in own.done_statuses for row in rows)
    assert (result.rate.done, result.rate.counted) == (done, len(rows))
    for rate in (result.rate, *(one.rate for one in (*result.by_area, *result.by_bureau))):
        assert rate.value == percent(rate.done, rate.counted, own.decimals, own.rounding)
    shown = [one.share for one in result.columns if one.share is not None]
    assert sum(shown) == (100 if rows else 0)


@given(registers(0), st.data())
def test_changes_reconcile_whatever_came_or_went(before: list[Row], data: st.DataObject) -> None:
    kept = [row for row in before if data.draw(st.booleans())]
    now = [replace(row, status=data.draw(STATUSES)) for row in kept]
    now += [replace(row, title=f"새 {row.title}", no=f"9-{row.id}") for row in data.draw(registers(0))]
    changes = compare(before, now)
    counts = Counter(row.status for row in before)
    for move in changes.moves:
        counts[move.before] -= move.before is not None  # type: ignore[index]
        counts[move.after] += move.after is not None  # type: ignore[index]
    assert {one: counts[one] for one in PledgeStatus} == {
        one: sum(row.status is one for row in now) for one in PledgeStatus
    }


@given(results())
@settings(max_examples=15, deadline=None)
def test_the_spreadsheet_prints_those_numbers(result: Result) -> None:
    form = openpyxl.load_workbook(io.BytesIO(xlsx(result)))["점검결과"]
    rows = table(form, "총계", len(result.matrix.areas) + 2)
    width = len(result.matrix.bureaus) + 2
    assert rows[1][1:width] == [
        sum(column) for column in zip(*(row[1:width] for row in rows[2:]), strict=True)
    ]
    assert all(row[1] == sum(row[2:width]) for row in rows[1:])
    _, counts, printed = table(form, "계", 3)
    columns = len(result.columns) + 2
    assert counts[1] == sum(counts[2:columns]) == len(result.rows)
    shown = [Decimal(str(value)) for value in printed[2:columns] if value != "-"]
    assert sum(shown) == (1 if result.rate.counted else 0)
