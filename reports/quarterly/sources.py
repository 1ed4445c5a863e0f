"""What a source document prints, held against the count of its own rows: both values, never one hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

from reports import texts
from reports.pledges import read_pledge_status
from reports.quarterly import wording
from reports.quarterly.changes import Move
from reports.quarterly.result import Finding, FindingKind, Matrix, Previous, Rate, StatusColumn
from reports.quarterly.rows import Row, number_key
from reports.settings import RoundSettings
from reports.texts import unnamed
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus


@dataclass
class Comparison:
    """What a source prints (`claims`) against our own count. `checked` counts the printed values that were held against ours."""

    claims: dict[str, Any]
    rows: Sequence[Row]
    matrix: Matrix
    columns: Sequence[StatusColumn]
    rate: Rate
    previous: Previous | None
    settings: RoundSettings
    checked: int = 0
    findings: list[Finding] = field(default_factory=list)

    def run(self) -> Self:
        """All that the source prints and we count; nothing where there is no source."""
        if not self.claims:
            return self
        if self.claims.get("rate") is not None:
            self._figure(self.settings.rate_name, Decimal(self.claims["rate"]), self.rate.value, "%")
        self._previous_rate()
        self._counts()
        self._changes()
        self._matrix()
        return self

    def _say(self, kind: FindingKind, what: str, printed: object, computed: object, text: str) -> None:
        self.findings.append(Finding(kind, what, str(printed), str(computed), text))

    def _figure(self, what: str, printed: Decimal | int, computed: Decimal | int | None, unit: str) -> None:
        """A difference where the two are not the same figure."""
        self.checked += 1
        if computed is None or Decimal(printed) != Decimal(computed):
            told, shown = f"{printed}{unit}", _nothing() if computed is None else f"{computed}{unit}"
            text = texts.line("result.source.figure", what=what, printed=told, computed=shown)
            self._say(FindingKind.DIFFERENCE, what, told, shown, text)

    def _pieces(self, what: str, printed: int, computed: int) -> None:
        """The same of a count."""
        self._figure(what, printed, computed, texts.line("result.source.pieces"))

    def _previous_rate(self) -> None:
        printed = self.claims.get("previous_rate")
        if printed is None:
            return
        same = self.previous is not None and (self.previous.period.year, self.previous.period.quarter) == (
            self.claims.get("previous_year"),
            self.claims.get("previous_quarter"),
        )
        if self.previous is not None and same:
            what = texts.line("result.source.rate-of", label=self.previous.period.short)
            self._figure(what, Decimal(printed), self.previous.rate.value, "%")
            return
        what, no_data = texts.line("result.source.previous-rate"), texts.line("result.source.no-data")
        text = texts.line("result.source.previous-unknown", printed=printed)
        self._say(FindingKind.NOTE, what, f"{printed}%", no_data, text)

    def _counts(self) -> None:
        """The table of statuses: counts, and shares where the same statuses stand in one column of ours."""
        if self.claims.get("total") is not None:
            self._pieces(texts.line("result.source.scope"), self.claims["total"], len(self.rows))
        ours = {frozenset(one.statuses): one for one in self.columns}
        for claimed in self.claims.get("counts", []):
            statuses = frozenset(
                status for word in claimed["statuses"] if (status := read_pledge_status(word))
            )
            label = "·".join(claimed["statuses"])
            what = texts.line("result.source.count-of", label=label)
            self._pieces(what, claimed["count"], sum(row.status in statuses for row in self.rows))
            column = ours.get(statuses)
            if claimed["share"] is not None and column is not None:
                self._share(label, Decimal(claimed["share"]), column)

    def _share(self, label: str, printed: Decimal, column: StatusColumn) -> None:
        what = texts.line("result.source.rate-of", label=label)
        self._figure(what, printed, column.share, "%")
        if column.plain is not None and printed == column.share:
            counted = sum(one.count for one in self.columns if one.share is not None)
            facts = {"label": label, "printed": printed, "column": column, "counted": counted}
            text = texts.line("result.source.share-adjusted", **facts)
            self._say(FindingKind.NOTE, what, f"{printed}%", f"{column.plain}%", text)

    def _changes(self) -> None:
        listed = self.claims.get("changes", [])
        for one in listed:
            if one["numbers"] and len(one["numbers"]) != one["count"]:
                self._miscounted(one)
            if self.previous is not None:
                self._listed(one, self.previous.changes.moves)
        if listed:
            self._rise()

    def _miscounted(self, claimed: dict[str, Any]) -> None:
        """The heading of a list and the list itself do not agree."""
        unit, listed = texts.line("result.source.pieces"), len(claimed["numbers"])
        facts = {"status": claimed["status"], "count": claimed["count"], "listed": listed}
        text = texts.line("result.source.changes-miscounted", **facts)
        what = texts.line("result.source.changes-count")
        self._say(FindingKind.CONTRADICTION, what, f"{claimed['count']}{unit}", f"{listed}{unit}", text)

    def _listed(self, claimed: dict[str, Any], moves: Sequence[Move]) -> None:
        """The projects listed under a status, against those that moved there."""
        status = read_pledge_status(claimed["status"])
        word = PLEDGE_WORDS[status] if status is not None else claimed["status"]
        printed = {number_key(no): no for no in claimed["numbers"]}
        ours = {number_key(one.row.no): one.row.no or "" for one in moves if one.after is status}
        self.checked += len(printed)
        if printed.keys() != ours.keys():
            shown = _names(printed.values()), _names(ours.values())
            facts = {"status": claimed["status"], "printed": shown[0], "computed": shown[1]}
            text = texts.line("result.source.changes-differ", **facts)
            self._say(
                FindingKind.DIFFERENCE, texts.line("result.source.changes-of", status=word), *shown, text
            )

    def _rise(self) -> None:
        """Newly fulfilled by the source's own list, against the rise of the count of fulfilled ones."""
        newly = sum(
            one["count"]
            for one in self.claims["changes"]
            if read_pledge_status(one["status"]) in self.settings.done_statuses
        )
        prior = self._prior_done()
        if prior is None:
            return
        self.checked += 1
        rise = self.rate.done - prior
        if newly == rise:
            return
        facts = {"newly": newly, "rise": rise, "prior": prior, "done": self.rate.done}
        text = texts.line("result.source.rise", **facts) + self._explained()
        printed = f"{newly}{texts.line('result.source.pieces')}"
        computed = texts.line("result.source.rise-computed", **facts)
        what = texts.line("result.source.rise-and-changes")
        self._say(FindingKind.CONTRADICTION, what, printed, computed, text)

    def _prior_done(self) -> int | None:
        """Done a quarter ago: as frozen, else as the printed rate gives it of as many projects as now."""
        if self.previous is not None:
            return self.previous.rate.done
        printed = self.claims.get("previous_rate")
        if printed is None:
            return None
        return int((Decimal(printed) * len(self.rows) / 100).quantize(Decimal(1), ROUND_HALF_UP))

    def _explained(self) -> str:
        """Which moves make up for the difference: what left the fulfilled ones, or joined them unlisted."""
        if self.previous is None:
            return texts.line("result.source.rise-unexplained")
        done = self.settings.done_statuses
        gone = [one for one in self.previous.changes.moves if one.before in done and one.after not in done]
        if not gone:
            return ""
        listed = ", ".join(
            f"{one.row.no or one.row.title} {_word(one.before)} → {_word(one.after)}" for one in gone
        )
        return texts.line("result.source.rise-explained", listed=listed)

    def _matrix(self) -> None:
        """Cell by cell, columns by their names, rows by their order."""
        printed = [row for row in self.claims.get("matrix", []) if not wording.is_total(row["name"])]
        if len(printed) != len(self.matrix.areas):
            return
        known = {wording.letters(name) for name in self.matrix.bureaus}
        heads = self.claims["columns"]
        if not any(wording.letters(head) in known for head in heads if not wording.is_total(head)):
            what, text = texts.line("result.source.matrix"), texts.line("result.source.matrix-unknown")
            count = texts.line("result.source.matrix-rows", count=len(printed))
            self._say(FindingKind.NOTE, what, count, unnamed.bureau(), text)
            return
        for i, row in enumerate(printed):
            for head, value in zip(heads, row["cells"], strict=False):
                ours = self._counted(head, self.matrix.cells[i], self.matrix.row_totals[i])
                self._pieces(f"{row['name']} × {head}", value, ours)
        self._column_totals()

    def _column_totals(self) -> None:
        total = next((row for row in self.claims["matrix"] if wording.is_total(row["name"])), None)
        for head, value in zip(self.claims["columns"], total["cells"] if total else [], strict=False):
            ours = self._counted(head, self.matrix.column_totals, self.matrix.total)
            self._pieces(texts.line("result.source.matrix-total", bureau=head), value, ours)

    def _counted(self, head: str, cells: Sequence[int], total: int) -> int:
        """What one of our lines has under a head of the source's."""
        by_bureau = dict(zip(map(wording.letters, self.matrix.bureaus), cells, strict=True))
        return total if wording.is_total(head) else by_bureau.get(wording.letters(head), 0)


def _names(numbers: Any) -> str:
    return ", ".join(numbers) or _nothing()


def _nothing() -> str:
    return texts.line("result.source.nothing")


def _word(status: PledgeStatus | None) -> str:
    return PLEDGE_WORDS[status] if status is not None else _nothing()
