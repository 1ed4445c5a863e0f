"""What a source document prints, held against the count of its own rows: both values, never one hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reports.quarterly import wording
from reports.quarterly.changes import Move
from reports.quarterly.result import Finding, FindingKind, Matrix, Previous, Rate, StatusColumn
from reports.quarterly.rows import Row, number_key
from reports.settings import RoundSettings
from store.states import PLEDGE_WORDS, PledgeStatus, read_pledge_status


@dataclass
class Comparison:
    """`checked` counts the printed values that were held against ours."""

    checked: int = 0
    findings: list[Finding] = field(default_factory=list)

    def say(self, kind: FindingKind, what: str, printed: object, computed: object, text: str) -> None:
        self.findings.append(Finding(kind, what, str(printed), str(computed), text))

    def figure(self, what: str, printed: Decimal | int, computed: Decimal | int | None, unit: str) -> None:
        """A difference where the two are not the same figure."""
        self.checked += 1
        if computed is None or Decimal(printed) != Decimal(computed):
            shown = "없음" if computed is None else f"{computed}{unit}"
            text = f"{what}: 원문은 {printed}{unit}, 현황표에서 다시 센 값은 {shown}입니다."
            self.say(FindingKind.DIFFERENCE, what, f"{printed}{unit}", shown, text)


def against_source(
    claims: dict[str, Any],
    rows: Sequence[Row],
    matrix: Matrix,
    columns: Sequence[StatusColumn],
    rate: Rate,
    previous: Previous | None,
    settings: RoundSettings,
) -> Comparison:
    """All that the source prints and we count; nothing where there is no source."""
    found = Comparison()
    if not claims:
        return found
    if claims.get("rate") is not None:
        found.figure(settings.rate_name, Decimal(claims["rate"]), rate.value, "%")
    _previous_rate(found, claims, previous)
    _counts(found, claims, rows, columns)
    _changes(found, claims, rows, rate, previous, settings)
    _matrix(found, claims, matrix)
    return found


def _previous_rate(found: Comparison, claims: dict[str, Any], previous: Previous | None) -> None:
    printed = claims.get("previous_rate")
    if printed is None:
        return
    same = previous is not None and (previous.period.year, previous.period.quarter) == (
        claims.get("previous_year"),
        claims.get("previous_quarter"),
    )
    if previous is not None and same:
        found.figure(f"{previous.period.short} 비율", Decimal(printed), previous.rate.value, "%")
        return
    text = f"원문이 적은 직전 비율 {printed}%는 그 분기의 확정 기록이 없어 다시 세지 못하였습니다."
    found.say(FindingKind.NOTE, "직전 비율", f"{printed}%", "자료 없음", text)


def _counts(
    found: Comparison, claims: dict[str, Any], rows: Sequence[Row], columns: Sequence[StatusColumn]
) -> None:
    """The table of statuses: counts, and shares where the same statuses stand in one column of ours."""
    if claims.get("total") is not None:
        found.figure("점검대상", claims["total"], len(rows), "건")
    ours = {frozenset(one.statuses): one for one in columns}
    for claimed in claims.get("counts", []):
        statuses = frozenset(status for word in claimed["statuses"] if (status := read_pledge_status(word)))
        label = "·".join(claimed["statuses"])
        found.figure(f"{label} 건수", claimed["count"], sum(row.status in statuses for row in rows), "건")
        column = ours.get(statuses)
        if claimed["share"] is not None and column is not None:
            _share(found, label, Decimal(claimed["share"]), column, columns)


def _share(
    found: Comparison, label: str, printed: Decimal, column: StatusColumn, columns: Sequence[StatusColumn]
) -> None:
    found.figure(f"{label} 비율", printed, column.share, "%")
    if column.plain is not None and printed == column.share:
        counted = sum(one.count for one in columns if one.share is not None)
        text = (
            f"{label} 비율은 원문과 같은 {printed}%이나, 그대로 반올림하면 {column.plain}%({column.count}/{counted})입니다."
            " 합계를 100%로 맞추는 규칙에 따른 값입니다."
        )
        found.say(FindingKind.NOTE, f"{label} 비율", f"{printed}%", f"{column.plain}%", text)


def _changes(
    found: Comparison,
    claims: dict[str, Any],
    rows: Sequence[Row],
    rate: Rate,
    previous: Previous | None,
    settings: RoundSettings,
) -> None:
    listed = claims.get("changes", [])
    for one in listed:
        if one["numbers"] and len(one["numbers"]) != one["count"]:
            text = f"변경사항의 {one['status']}은(는) {one['count']}건으로 적혀 있으나 목록에는 {len(one['numbers'])}건입니다."
            found.say(
                FindingKind.CONTRADICTION,
                "변경사항 건수",
                f"{one['count']}건",
                f"{len(one['numbers'])}건",
                text,
            )
        if previous is not None:
            _listed(found, one, previous.changes.moves)
    if listed:
        _rise(found, claims, rows, rate, previous, settings)


def _listed(found: Comparison, claimed: dict[str, Any], moves: Sequence[Move]) -> None:
    """The projects listed under a status, against those that moved there."""
    status = read_pledge_status(claimed["status"])
    word = PLEDGE_WORDS[status] if status is not None else claimed["status"]
    printed = {number_key(no): no for no in claimed["numbers"]}
    ours = {number_key(one.row.no): one.row.no or "" for one in moves if one.after is status}
    found.checked += len(printed)
    if printed.keys() != ours.keys():
        shown = _names(printed.values()), _names(ours.values())
        text = (
            f"{claimed['status']}(으)로 바뀐 사업: 원문은 {shown[0]}, 두 분기를 견준 결과는 {shown[1]}입니다."
        )
        found.say(FindingKind.DIFFERENCE, f"{word} 변경사항", *shown, text)


def _names(numbers: Any) -> str:
    return ", ".join(numbers) or "없음"


def _rise(
    found: Comparison,
    claims: dict[str, Any],
    rows: Sequence[Row],
    rate: Rate,
    previous: Previous | None,
    settings: RoundSettings,
) -> None:
    """Newly fulfilled by the source's own list, against the rise of the count of fulfilled ones."""
    newly = sum(
        one["count"]
        for one in claims["changes"]
        if read_pledge_status(one["status"]) in settings.done_statuses
    )
    prior = _prior_done(claims, rows, previous)
    if prior is None:
        return
    found.checked += 1
    rise = rate.done - prior
    if newly == rise:
        return
    moved = f"{prior}건에서 {rate.done}건으로"
    by = f"{rise}건만" if 0 <= rise < newly else f"{rise:+}건"
    text = f"원문 변경사항에는 새로 이행한 사업이 {newly}건인데, 이행 건수는 {moved} {by} 달라졌습니다."
    printed, computed = f"{newly}건", f"{rise:+}건({prior}→{rate.done})"
    text += _explained(previous, settings)
    found.say(FindingKind.CONTRADICTION, "변경사항과 이행 건수", printed, computed, text)


def _prior_done(claims: dict[str, Any], rows: Sequence[Row], previous: Previous | None) -> int | None:
    """Done a quarter ago: as frozen, else as the printed rate gives it of as many projects as now."""
    if previous is not None:
        return previous.rate.done
    printed = claims.get("previous_rate")
    if printed is None:
        return None
    return int((Decimal(printed) * len(rows) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _explained(previous: Previous | None, settings: RoundSettings) -> str:
    """Which moves make up for the difference: what left the fulfilled ones, or joined them unlisted."""
    if previous is None:
        return " 직전 분기의 확정 기록을 등록하면 어느 사업 때문인지 알 수 있습니다."
    done = settings.done_statuses
    gone = [one for one in previous.changes.moves if one.before in done and one.after not in done]
    if not gone:
        return ""
    listed = ", ".join(
        f"{one.row.no or one.row.title} {_word(one.before)} → {_word(one.after)}" for one in gone
    )
    return f" 이행에서 빠진 사업({listed})이 있으나 원문에는 직전 상황이 적혀 있지 않습니다."


def _word(status: PledgeStatus | None) -> str:
    return PLEDGE_WORDS[status] if status is not None else "없음"


def _matrix(found: Comparison, claims: dict[str, Any], matrix: Matrix) -> None:
    """Cell by cell, columns by their names, rows by their order."""
    printed = [row for row in claims.get("matrix", []) if not wording.is_total(row["name"])]
    if len(printed) != len(matrix.areas):
        return
    at = {wording.letters(name): i for i, name in enumerate(matrix.bureaus)}
    heads = claims["columns"]
    if not any(wording.letters(head) in at for head in heads if not wording.is_total(head)):
        text = "원문의 분야×국 표는 부서의 국이 등록되지 않아 견주지 못하였습니다(gihan bureaus)."
        found.say(FindingKind.NOTE, "분야×국", f"{len(printed)}행", "국 미지정", text)
        return
    for i, row in enumerate(printed):
        for head, value in zip(heads, row["cells"], strict=False):
            column = at.get(wording.letters(head))
            ours = (
                matrix.row_totals[i]
                if wording.is_total(head)
                else matrix.cells[i][column]
                if column is not None
                else 0
            )
            found.figure(f"{row['name']} × {head}", value, ours, "건")
    _column_totals(found, claims, matrix, at)


def _column_totals(found: Comparison, claims: dict[str, Any], matrix: Matrix, at: dict[str, int]) -> None:
    total = next((row for row in claims["matrix"] if wording.is_total(row["name"])), None)
    for head, value in zip(claims["columns"], total["cells"] if total else [], strict=False):
        column = at.get(wording.letters(head))
        ours = (
            matrix.total
            if wording.is_total(head)
            else matrix.column_totals[column]
            if column is not None
            else 0
        )
        found.figure(f"계 × {head}", value, ours, "건")
