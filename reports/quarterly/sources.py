"""What a source document prints, held against the count of its own rows: both values, never one hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reports import texts, unnamed
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
            told, shown = f"{printed}{unit}", _nothing() if computed is None else f"{computed}{unit}"
            text = texts.line("result.source.figure", what=what, printed=told, computed=shown)
            self.say(FindingKind.DIFFERENCE, what, told, shown, text)

    def pieces(self, what: str, printed: int, computed: int) -> None:
        """The same of a count."""
        self.figure(what, printed, computed, texts.line("result.source.pieces"))


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
        what = texts.line("result.source.rate-of", label=previous.period.short)
        found.figure(what, Decimal(printed), previous.rate.value, "%")
        return
    what, no_data = texts.line("result.source.previous-rate"), texts.line("result.source.no-data")
    text = texts.line("result.source.previous-unknown", printed=printed)
    found.say(FindingKind.NOTE, what, f"{printed}%", no_data, text)


def _counts(
    found: Comparison, claims: dict[str, Any], rows: Sequence[Row], columns: Sequence[StatusColumn]
) -> None:
    """The table of statuses: counts, and shares where the same statuses stand in one column of ours."""
    if claims.get("total") is not None:
        found.pieces(texts.line("result.source.scope"), claims["total"], len(rows))
    ours = {frozenset(one.statuses): one for one in columns}
    for claimed in claims.get("counts", []):
        statuses = frozenset(status for word in claimed["statuses"] if (status := read_pledge_status(word)))
        label = "·".join(claimed["statuses"])
        what = texts.line("result.source.count-of", label=label)
        found.pieces(what, claimed["count"], sum(row.status in statuses for row in rows))
        column = ours.get(statuses)
        if claimed["share"] is not None and column is not None:
            _share(found, label, Decimal(claimed["share"]), column, columns)


def _share(
    found: Comparison, label: str, printed: Decimal, column: StatusColumn, columns: Sequence[StatusColumn]
) -> None:
    what = texts.line("result.source.rate-of", label=label)
    found.figure(what, printed, column.share, "%")
    if column.plain is not None and printed == column.share:
        counted = sum(one.count for one in columns if one.share is not None)
        facts = {"label": label, "printed": printed, "column": column, "counted": counted}
        text = texts.line("result.source.share-adjusted", **facts)
        found.say(FindingKind.NOTE, what, f"{printed}%", f"{column.plain}%", text)


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
            _miscounted(found, one)
        if previous is not None:
            _listed(found, one, previous.changes.moves)
    if listed:
        _rise(found, claims, rows, rate, previous, settings)


def _miscounted(found: Comparison, claimed: dict[str, Any]) -> None:
    """The heading of a list and the list itself do not agree."""
    unit, listed = texts.line("result.source.pieces"), len(claimed["numbers"])
    facts = {"status": claimed["status"], "count": claimed["count"], "listed": listed}
    text = texts.line("result.source.changes-miscounted", **facts)
    what = texts.line("result.source.changes-count")
    found.say(FindingKind.CONTRADICTION, what, f"{claimed['count']}{unit}", f"{listed}{unit}", text)


def _listed(found: Comparison, claimed: dict[str, Any], moves: Sequence[Move]) -> None:
    """The projects listed under a status, against those that moved there."""
    status = read_pledge_status(claimed["status"])
    word = PLEDGE_WORDS[status] if status is not None else claimed["status"]
    printed = {number_key(no): no for no in claimed["numbers"]}
    ours = {number_key(one.row.no): one.row.no or "" for one in moves if one.after is status}
    found.checked += len(printed)
    if printed.keys() != ours.keys():
        shown = _names(printed.values()), _names(ours.values())
        facts = {"status": claimed["status"], "printed": shown[0], "computed": shown[1]}
        text = texts.line("result.source.changes-differ", **facts)
        found.say(FindingKind.DIFFERENCE, texts.line("result.source.changes-of", status=word), *shown, text)


def _names(numbers: Any) -> str:
    return ", ".join(numbers) or _nothing()


def _nothing() -> str:
    return texts.line("result.source.nothing")


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
    facts = {"newly": newly, "rise": rise, "prior": prior, "done": rate.done}
    text = texts.line("result.source.rise", **facts) + _explained(previous, settings)
    printed = f"{newly}{texts.line('result.source.pieces')}"
    computed = texts.line("result.source.rise-computed", **facts)
    what = texts.line("result.source.rise-and-changes")
    found.say(FindingKind.CONTRADICTION, what, printed, computed, text)


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
        return texts.line("result.source.rise-unexplained")
    done = settings.done_statuses
    gone = [one for one in previous.changes.moves if one.before in done and one.after not in done]
    if not gone:
        return ""
    listed = ", ".join(
        f"{one.row.no or one.row.title} {_word(one.before)} → {_word(one.after)}" for one in gone
    )
    return texts.line("result.source.rise-explained", listed=listed)


def _word(status: PledgeStatus | None) -> str:
    return PLEDGE_WORDS[status] if status is not None else _nothing()


def _matrix(found: Comparison, claims: dict[str, Any], matrix: Matrix) -> None:
    """Cell by cell, columns by their names, rows by their order."""
    printed = [row for row in claims.get("matrix", []) if not wording.is_total(row["name"])]
    if len(printed) != len(matrix.areas):
        return
    at = {wording.letters(name): i for i, name in enumerate(matrix.bureaus)}
    heads = claims["columns"]
    if not any(wording.letters(head) in at for head in heads if not wording.is_total(head)):
        what, text = texts.line("result.source.matrix"), texts.line("result.source.matrix-unknown")
        count = texts.line("result.source.matrix-rows", count=len(printed))
        found.say(FindingKind.NOTE, what, count, unnamed.bureau(), text)
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
            found.pieces(f"{row['name']} × {head}", value, ours)
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
        found.pieces(texts.line("result.source.matrix-total", bureau=head), value, ours)
