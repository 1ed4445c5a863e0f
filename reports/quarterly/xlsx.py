"""R1 as a spreadsheet: sheet 점검결과 in the order of the published form, sheet 자료 with one row per project."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook

from reports import texts
from reports.quarterly import wording
from reports.quarterly.result import Part, Previous, Result
from reports.quarterly.rows import Row
from reports.quarterly.workbook import (
    COUNT,
    Sheet,
    Span,
    fraction,
    new_sheet,
    percent_format,
    pieces_format,
    saved,
)
from reports.texts.grammar import full_day
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

FIRST_WIDTH, WIDTH, LEAST_COLUMNS = 16.0, 12.0, 8
DATA_WIDTHS = (18, 10, 30, 10, 44, 14, 18, 16, 16, 8)


def xlsx(result: Result) -> bytes:
    """The file's content."""
    book = Workbook()
    book.properties.title = texts.line("result.form.title", period=result.period.label)
    columns = max(LEAST_COLUMNS, len(result.matrix.bureaus) + 2, len(result.columns) + 2)
    widths = [FIRST_WIDTH] + [WIDTH] * (columns - 1)
    sheet = new_sheet(book, texts.line("result.sheet.name"), widths, is_first=True)
    _Form(sheet, result).write()
    _write_data(new_sheet(book, texts.line("result.sheet.data-name"), DATA_WIDTHS), result)
    return saved(book)


class _Form:
    """The published form, section by section."""

    def __init__(self, sheet: Sheet, result: Result) -> None:
        self.sheet = sheet
        self.result = result
        self.percent = percent_format(result.settings.decimals)
        self.pieces = pieces_format()

    def write(self) -> None:
        self.overview()
        self.sheet.line(texts.line("result.form.headline.head"), size=13, bold=True)
        self.headline()
        self.changes()
        self.findings()
        self.comment()
        self.adjustments()
        self.parts()
        self.register()
        self.closing()

    def overview(self) -> None:
        r, sheet = self.result, self.sheet
        sheet.line(texts.line("result.form.subject", subject=r.subject, as_of=r.as_of), center=True)
        title = texts.line("result.form.title", period=r.period.label)
        sheet.line(title, size=16, bold=True, center=True)
        sheet.line(r.organisation, center=True)
        sheet.gap()
        sheet.line(texts.line("result.form.overview.head"), size=13, bold=True)
        if r.basis:
            sheet.item(texts.line("result.form.overview.basis", basis=r.basis))
        sheet.item(texts.line("result.form.overview.as-of", as_of=r.as_of, timezone=r.timezone))
        sheet.item(texts.line("result.form.overview.scope", scope=r.scope))
        self.matrix()
        if r.content:
            sheet.item(texts.line("result.form.overview.content", content=r.content))
        if r.method:
            sheet.item(texts.line("result.form.overview.method", method=r.method))
        sheet.gap()

    def matrix(self) -> None:
        m = self.result.matrix
        self.sheet.cells(_heads(*texts.labels("result.form.overview.matrix-head"), *m.bureaus))
        totals = [Span(count, number_format=COUNT) for count in m.column_totals]
        whole = Span(m.total, number_format=self.pieces)
        self.sheet.cells([*_heads(_total()), whole, *totals], bold=True)
        for label, total, cells in zip(m.labels, m.row_totals, m.cells, strict=True):
            counts = [Span(count, number_format=COUNT) for count in (total, *cells)]
            self.sheet.cells([Span(label, is_head=True), *counts])

    def headline(self) -> None:
        r = self.result
        self.sheet.item(_headline(r), bold=True)
        if (goal := wording.goal_words(r.rate, r.settings, r.period.year)) is not None:
            self.sheet.note(goal)
        labels = (one.label for one in r.columns)
        self.sheet.cells(_heads(*texts.labels("result.form.headline.table-head"), *labels))
        counts = [Span(one.count, number_format=self.pieces) for one in r.columns]
        total = Span(r.total, number_format=self.pieces)
        self.sheet.cells([*_heads(texts.line("result.form.headline.counts")), total, *counts])
        whole = self._share(Decimal(100) if r.rate.counted else None)
        shares = (self._share(one.share) for one in r.columns)
        self.sheet.cells([*_heads(texts.line("result.form.headline.shares")), whole, *shares])
        for line in r.footnotes:
            self.sheet.note(line, size=9)
        shown = {status for one in r.columns for status in one.statuses}
        source = wording.criteria_source(r)
        self.sheet.line(texts.line("result.sheet.criteria", source=source), bold=True)
        for status in (one for one in PledgeStatus if one in shown):
            means = " / ".join(wording.criteria(status, r.criteria))
            self.sheet.item(f"{PLEDGE_WORDS[status]} : {means}", size=10)
        self.sheet.gap()

    def _share(self, value: Decimal | None) -> Span:
        if value is None:
            return Span("-")
        return Span(Decimal(str(fraction(value))), number_format=self.percent)

    def changes(self) -> None:
        previous, sheet = self.result.previous, self.sheet
        name = previous.period.label if previous else texts.line("result.form.changes.last-round")
        sheet.line(texts.line("result.form.changes.head", period=name), bold=True)
        if previous is None:
            sheet.item(texts.line("result.form.changes.no-record"))
        else:
            self._moves(previous)
        sheet.gap()

    def _moves(self, previous: Previous) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 5
        if not previous.is_adjacent:
            periods = {"missing": self.result.period.previous.label, "period": previous.period.label}
            sheet.note(texts.line("result.sheet.not-adjacent", **periods), size=9)
        heads = texts.labels("result.form.changes.table-head")
        sheet.cells(_heads(*heads, columns=(1, wide, 2, 2)))
        for move in previous.changes.moves:
            sheet.cells(
                [
                    Span(move.row.no or "-"),
                    Span(move.row.title, wide, is_left=True),
                    Span(wording.before_word(move), 2),
                    Span(wording.after_word(move), 2),
                ]
            )
        sheet.gap()
        heads = texts.labels("result.form.changes.balance-head")
        sheet.cells(_heads(*heads, columns=(2, 1, 1, 1, 1)))
        for one in previous.changes.balance:
            figures = (one.before, one.came, -one.left, one.now)
            counts = [Span(figure, number_format=COUNT) for figure in figures]
            sheet.cells([Span(PLEDGE_WORDS[one.status], 2, is_head=True), *counts])

    def findings(self) -> None:
        r, sheet = self.result, self.sheet
        if r.checked:
            source = r.source or texts.line("result.form.findings.source")
            head = texts.line("result.form.findings.head", source=source, checked=r.checked)
            sheet.line(head, bold=True, warn=True)
            for one in r.findings:
                values = texts.line("result.form.findings.values", one=one)
                sheet.item(f"[{wording.kind_word(one)}] {one.text} {values}", warn=True)
            if not r.findings:
                sheet.item(texts.line("result.form.findings.none"), warn=True)
            sheet.gap()
        if r.corrections:
            self._corrections()

    def _corrections(self) -> None:
        r, sheet = self.result, self.sheet
        sheet.line(texts.line("result.form.corrections.head"), bold=True, warn=True)
        if r.before_corrections:
            rates = {
                "before": wording.rate_words(r.before_corrections.rate),
                "after": wording.rate_words(r.rate),
            }
            sheet.item(texts.line("result.form.corrections.rates", **rates), warn=True)
        for row, one in ((each.row, each.correction) for each in r.corrections):
            what = f"{row.no or ''} {row.title} · {wording.field_word(one.field)}".strip()
            day = full_day(one.at)
            values = f"{one.before or '-'} → {one.after or '-'}"
            sheet.item(f"{what} : {values} ({day} {one.by}, {one.reason})", warn=True)
        sheet.gap()

    def comment(self) -> None:
        draft = texts.line("result.form.comment.draft") if self.result.is_drafted else ""
        self.sheet.line(texts.line("result.form.comment.head") + draft, bold=True)
        for line in self.result.comment:
            self.sheet.item(line)
        self.sheet.gap()

    def adjustments(self) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 5
        sheet.line(texts.line("result.form.adjustments.head"), bold=True)
        if not self.result.adjustments:
            sheet.item(texts.line("result.form.adjustments.none"))
        else:
            heads = texts.labels("result.form.adjustments.table-head")
            sheet.cells(_heads(*heads, columns=(1, wide, 1, 1, 1, 1)))
        for one, now in self.result.adjustments:
            what = f"{one.title}\n{one.reason}" if one.reason else one.title
            status = PLEDGE_WORDS[now] if now else "-"
            more = [Span(value or "-") for value in (status, one.reason_code, one.kind, one.next_step)]
            sheet.cells([Span(one.no or "-"), Span(what, wide, is_left=True), *more])
        sheet.gap()

    def parts(self) -> None:
        self.sheet.line(texts.line("result.form.parts.head"), bold=True)
        self.sheet.cells(_heads(*texts.labels("result.form.parts.table-head"), columns=(2, 1, 1, 1)))
        for one in self.result.by_area:
            self._part(one)
        r = self.result
        self._part(Part(_total(), r.rate, r.total), bold=True)
        for one in self.result.by_bureau:
            self._part(one)
        self.sheet.gap()

    def _part(self, one: Part, *, bold: bool = False) -> None:
        counts = [Span(one.total, number_format=COUNT), Span(one.rate.done, number_format=COUNT)]
        self.sheet.cells([Span(one.name, 2, is_head=True), *counts, self._share(one.rate.value)], bold=bold)

    def register(self) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 6
        sheet.line(texts.line("result.form.register.head"), bold=True)
        heads = texts.labels("result.form.register.table-head")
        sheet.cells(_heads(*heads, columns=(1, 1, wide, 2, 2)))
        for area in self.result.register:
            first = sheet.row
            for row in area.rows:
                title = f"[{row.pledge}] {row.title}" if row.pledge else row.title
                sheet.cells(
                    [
                        Span(area.name),
                        Span(row.no or "-"),
                        Span(title, wide, is_left=True),
                        Span(row.department, 2),
                        Span(PLEDGE_WORDS[row.status], 2),
                    ]
                )
            sheet.merge_down(first, sheet.row - 1, 1)
        sheet.gap()

    def closing(self) -> None:
        r = self.result
        self.sheet.line(texts.line("result.form.closing.head"), size=13, bold=True)
        for step in r.steps:
            self.sheet.item(f"{step.what} : {step.when}")
        self.sheet.gap()
        printed = texts.line("result.sheet.printed", at=r.generated_at, timezone=r.timezone)
        self.sheet.line(printed, size=9)


def _heads(*names: str, columns: Sequence[int] | None = None) -> list[Span]:
    """The head of a table, each over so many columns (one where it is not said)."""
    wide = columns or [1] * len(names)
    return [Span(name, count, is_head=True) for name, count in zip(names, wide, strict=True)]


def _total() -> str:
    return texts.line("result.form.total")


def _headline(r: Result) -> str:
    previous = r.previous
    return texts.line(
        "result.sheet.rate",
        rate_name=r.settings.rate_name,
        rate=wording.rate_words(r.rate),
        previous=previous,
        before=wording.rate_words(previous.rate) if previous else None,
        difference=wording.difference_words(previous) if previous else None,
    )


def _write_data(sheet: Sheet, result: Result) -> None:
    """One row per project with nothing merged, for sorting and for counting anew."""
    sheet.cells(_heads(*texts.labels("result.sheet.data-head")))
    before = _before(result)
    for row in result.rows:
        is_done = row.status in result.settings.done_statuses
        old = before.get(id(row))
        cells = (row.area, row.pledge_no, row.pledge, row.no, row.title, row.bureau, row.department)
        shown = (*cells, old, PLEDGE_WORDS[row.status], 1 if is_done else 0)
        sheet.cells([Span(value, is_left=isinstance(value, str)) for value in shown])
    sheet.page.freeze_panes = "A2"
    sheet.page.auto_filter.ref = sheet.page.dimensions


def _before(result: Result) -> dict[int, str]:
    """The status a quarter ago of each row: that of its move, else the same as now."""
    if result.previous is None:
        return {}
    moved = {id(one.row): one.before for one in result.previous.changes.moves}

    def word(row: Row) -> str:
        status = moved.get(id(row), row.status)
        return PLEDGE_WORDS[status] if status is not None else texts.line("result.new")

    return {id(row): word(row) for row in result.rows}
