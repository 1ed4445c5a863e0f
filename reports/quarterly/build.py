"""Frozen rows of a quarter, of the one before and the settings -> the result; every total is asserted here."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from reports import texts
from reports.period import Period, ahead, month_after
from reports.quarterly import wording
from reports.quarterly.changes import compare
from reports.quarterly.rates import rate_of_statuses, shares
from reports.quarterly.result import (
    AreaRows,
    Before,
    CorrectedRow,
    Matrix,
    Part,
    Previous,
    Rate,
    Result,
    StatusColumn,
    names_of,
)
from reports.quarterly.rows import Adjustment, Quarter, Row, Step, corrected, number_key
from reports.quarterly.sources import Comparison
from reports.settings import RoundSettings
from reports.texts import unnamed
from reports.texts.grammar import year_month
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

ALWAYS_SHOWN = (PledgeStatus.ON_TRACK, PledgeStatus.PARTIAL)


def build(
    quarter: Quarter,
    previous: Quarter | None,
    settings: RoundSettings,
    organisation: str,
    now: datetime,
    timezone: str,
) -> Result:
    """The result of the quarter. `now` is aware, in the zone named. Raises ValueError for a quarter without rows."""
    rows = tuple(corrected(quarter, PLEDGE_WORDS.codes()))
    if not rows:
        raise ValueError(f"{quarter.period}: no rows")
    matrix = matrix_of(rows, quarter, settings)
    columns, rate = columns_of(rows, settings), rate_of(rows, settings)
    before = previous_of(previous, rows, rate, quarter, settings) if previous is not None else None
    compared = Comparison(quarter.claims, rows, matrix, columns, rate, before, settings).run()
    result = Result(
        organisation=organisation,
        period=quarter.period,
        as_of=quarter.as_of,
        generated_at=now,
        timezone=timezone,
        settings=settings,
        subject=quarter.subject or settings.subject,
        basis=quarter.basis or settings.basis or None,
        content=quarter.content,
        method=quarter.method,
        pledges=len({row.pledge_key for row in rows}),
        rows=rows,
        matrix=matrix,
        columns=columns,
        rate=rate,
        previous=before,
        by_area=parts(rows, matrix.areas, matrix.labels, lambda row: row.area, settings),
        by_bureau=parts(rows, matrix.bureaus, matrix.bureaus, lambda row: row.bureau, settings),
        comment=tuple(quarter.comment) or wording.comment(columns, rate, before, quarter, settings),
        is_drafted=not quarter.comment,
        adjustments=tuple((one, _status_of(one, rows)) for one in quarter.adjustments),
        register=tuple(
            AreaRows(area, tuple(row for row in rows if row.area == area)) for area in matrix.areas
        ),
        steps=tuple(quarter.steps) or steps_of(quarter, settings),
        findings=tuple(compared.findings),
        checked=compared.checked,
        source=quarter.source,
        corrections=corrections_of(quarter),
        before_corrections=_before(quarter, settings),
        criteria={status: tuple(lines) for status, lines in quarter.criteria.items()},
        criteria_source=quarter.criteria_source,
        footnotes=wording.footnotes(columns, settings),
    )
    verify(result)
    return result


def rate_of(rows: Sequence[Row], settings: RoundSettings) -> Rate:
    """Done of counted by the organisation's formula."""
    return rate_of_statuses([row.status for row in rows], settings)


def columns_of(rows: Sequence[Row], settings: RoundSettings) -> tuple[StatusColumn, ...]:
    """The headline first, then the other statuses in their order; rare ones are shown only where they occur."""
    counted = Counter(row.status for row in rows)
    done = tuple(status for status in PledgeStatus if status in settings.done_statuses)
    others = [
        status
        for status in PledgeStatus
        if status not in done and (counted[status] or status in ALWAYS_SHOWN)
    ]
    groups = [done, *((status,) for status in others if status not in settings.excluded_statuses)]
    counts = [sum(counted[status] for status in group) for group in groups]
    residual = next((i for i, group in enumerate(groups) if settings.residual_status in group), None)
    found = shares(counts, residual, settings.decimals, settings.rounding)
    columns = [
        StatusColumn(
            statuses=group,
            label=names_of(group, PLEDGE_WORDS),
            count=counts[i],
            share=found.values[i] if found else None,
            plain=found.plain[i] if found and i in found.adjusted else None,
        )
        for i, group in enumerate(groups)
    ]
    left_out = [status for status in others if status in settings.excluded_statuses and counted[status]]
    columns += [StatusColumn((one,), PLEDGE_WORDS[one], counted[one], None) for one in left_out]
    return tuple(columns)


def matrix_of(rows: Sequence[Row], quarter: Quarter, settings: RoundSettings) -> Matrix:
    """Areas in the order of the register; bureaus in the organisation's order, what is in none of it last."""
    areas = _in_order([row.area for row in rows], (), unnamed.area())
    wanted = (
        settings.bureau_order or printed_order(quarter) or tuple(quarter.columns) or tuple(quarter.bureaus)
    )
    bureaus = _in_order([row.bureau for row in rows], wanted, unnamed.bureau())
    counted = Counter((row.area, row.bureau) for row in rows)
    cells = tuple(tuple(counted[area, bureau] for bureau in bureaus) for area in areas)
    printed = _printed_areas(quarter)
    inherited = tuple(quarter.labels.get(one, one) for one in areas)
    labels = tuple(printed) if len(printed) == len(areas) else inherited
    return Matrix(areas, labels, bureaus, cells)


def printed_labels(quarter: Quarter) -> dict[str, str]:
    """The short names of the areas in the quarter's own document; {} where it does not print one for each."""
    areas = _in_order([row.area for row in corrected(quarter, PLEDGE_WORDS.codes())], (), unnamed.area())
    printed = _printed_areas(quarter)
    return dict(zip(areas, printed, strict=True)) if len(printed) == len(areas) else {}


def _printed_areas(quarter: Quarter) -> list[str]:
    names = [row["name"] for row in quarter.claims.get("matrix", [])]
    return [name for name in names if not wording.is_total(name)]


def printed_order(quarter: Quarter) -> tuple[str, ...]:
    """The bureaus in the order in which the quarter's own document prints its columns; () where it does not."""
    by_letters = {
        wording.letters(name): name for name in (*quarter.bureaus, *(r.bureau for r in quarter.rows))
    }
    printed = [head for head in quarter.claims.get("columns", []) if not wording.is_total(head)]
    heads = [by_letters.get(wording.letters(head)) for head in printed]
    return tuple(head for head in heads if head) if heads and all(heads) else ()


def _in_order(names: Sequence[str], wanted: Sequence[str], last: str) -> tuple[str, ...]:
    """Every name once: those wanted in their order, the others as they come, `last` at the end."""
    there = dict.fromkeys(names)
    order = [name for name in wanted if name in there]
    order += [name for name in there if name not in order and name != last]
    return tuple(order + [last] * (last in there and last not in order))


def parts(
    rows: Sequence[Row],
    keys: Sequence[str],
    labels: Sequence[str],
    key_of: Callable[[Row], str],
    settings: RoundSettings,
) -> tuple[Part, ...]:
    """The rate of each area or bureau."""
    found = []
    for key, label in zip(keys, labels, strict=True):
        own = [row for row in rows if key_of(row) == key]
        found.append(Part(label, rate_of(own, settings), len(own)))
    return tuple(found)


def previous_of(
    previous: Quarter, rows: Sequence[Row], rate: Rate, quarter: Quarter, settings: RoundSettings
) -> Previous:
    """The quarter before under the same settings, and what changed since."""
    before = corrected(previous, PLEDGE_WORDS.codes())
    old = rate_of(before, settings)
    difference = rate.value - old.value if rate.value is not None and old.value is not None else None
    is_adjacent = previous.period in _adjacent(quarter.period)
    return Previous(previous.period, previous.as_of, old, difference, compare(before, rows), is_adjacent)


def _adjacent(period: Period) -> tuple[Period, ...]:
    """The quarters between which and the round none is missing; one with a name may follow within the same quarter."""
    return (period.previous, Period(period.year, period.quarter)) if period.name else (period.previous,)


def steps_of(quarter: Quarter, settings: RoundSettings) -> tuple[Step, ...]:
    """향후계획 where nobody has written one: notice, publication and the next quarter's report."""
    publish = quarter.publish_on or month_after(quarter.as_of, settings.publish_after_months)
    following = ahead(quarter.period, quarter.as_of) if quarter.period.name else quarter.period.following
    report = month_after(following.last_day, 1)
    return (
        Step(texts.line("result.steps.notice"), year_month(publish)),
        Step(texts.line("result.steps.publish", period=quarter.period.label), year_month(publish)),
        Step(texts.line("result.steps.report", period=following.label), year_month(report)),
    )


def corrections_of(quarter: Quarter) -> tuple[CorrectedRow, ...]:
    by_id = {row.id: row for row in quarter.rows}
    return tuple(CorrectedRow(by_id[one.row_id], one) for one in quarter.corrections if one.row_id in by_id)


def _before(quarter: Quarter, settings: RoundSettings) -> Before | None:
    if not quarter.corrections:
        return None
    return Before(rate_of(quarter.rows, settings), columns_of(quarter.rows, settings))


def _status_of(adjustment: Adjustment, rows: Sequence[Row]) -> PledgeStatus | None:
    wanted = number_key(adjustment.no)
    return next((row.status for row in rows if wanted and number_key(row.no) == wanted), None)


def verify(result: Result) -> None:
    """Every total against its rows. Raises AssertionError: a fault of this program, and no result is printed."""
    total = len(result.rows)
    counted = [one for one in result.columns if one.statuses[0] not in result.settings.excluded_statuses]
    assert result.matrix.total == sum(result.matrix.column_totals) == total
    assert sum(one.count for one in result.columns) == total
    assert sum(one.count for one in counted) == result.rate.counted
    assert sum(len(one.rows) for one in result.register) == total
    for parts_ in (result.by_area, result.by_bureau):
        assert sum(one.total for one in parts_) == total
        assert sum(one.rate.done for one in parts_) == result.rate.done
    if result.rate.counted:
        assert sum((one.share or Decimal(0) for one in counted), Decimal(0)) == 100
        assert result.columns[0].share == result.rate.value
