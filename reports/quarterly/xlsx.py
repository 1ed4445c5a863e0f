"""R1 as a spreadsheet: sheet 점검결과 in the order of the published form, sheet 자료 with one row per project."""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook

from reports.quarterly import wording
from reports.quarterly.page import FIELD_WORDS, difference
from reports.quarterly.result import Part, Previous, Rate, Result
from reports.quarterly.rows import Row
from reports.quarterly.workbook import (
    COUNT,
    PIECES,
    Sheet,
    Span,
    fraction,
    new_sheet,
    percent_format,
    saved,
)
from store.states import PLEDGE_WORDS, PledgeStatus

FIRST_WIDTH, WIDTH, LEAST_COLUMNS = 16.0, 12.0, 8
DATA_HEAD = (
    "분야",
    "공약번호",
    "공약",
    "관리번호",
    "단위사업",
    "국",
    "주관부서",
    "직전 추진상황",
    "추진상황",
    "이행",
)
DATA_WIDTHS = (18, 10, 30, 10, 44, 14, 18, 16, 16, 8)


def xlsx(result: Result) -> bytes:
    """The file's content."""
    book = Workbook()
    book.properties.title = f"{result.period.label} 추진실적 점검 결과"
    columns = max(LEAST_COLUMNS, len(result.matrix.bureaus) + 2, len(result.columns) + 2)
    sheet = new_sheet(book, "점검결과", [FIRST_WIDTH] + [WIDTH] * (columns - 1), is_first=True)
    _Form(sheet, result).write()
    _write_data(new_sheet(book, "자료", DATA_WIDTHS), result)
    return saved(book)


class _Form:
    """The published form, section by section."""

    def __init__(self, sheet: Sheet, result: Result) -> None:
        self.sheet = sheet
        self.result = result
        self.percent = percent_format(result.settings.decimals)

    def write(self) -> None:
        self.overview()
        self.sheet.line("2. 점검결과", size=13, bold=True)
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
        sheet.line(f"- {r.subject} ({wording.full_day(r.as_of)} 기준) -", center=True)
        sheet.line(f"{r.period.label} 추진실적 점검 결과", size=16, bold=True, center=True)
        sheet.line(r.organisation, center=True)
        sheet.gap()
        sheet.line("1. 점검개요", size=13, bold=True)
        if r.basis:
            sheet.line(f"- 근거 : {r.basis}")
        sheet.line(f"- 기준일자 : {wording.full_day(r.as_of)} ({r.timezone})")
        sheet.line(f"- 점검대상 : {r.scope}")
        self.matrix()
        if r.content:
            sheet.line(f"- 점검내용 : {r.content}")
        if r.method:
            sheet.line(f"- 점검방법 : {r.method}")
        sheet.gap()

    def matrix(self) -> None:
        m = self.result.matrix
        self.sheet.cells([Span(name, is_head=True) for name in ("구분", "총계", *m.bureaus)])
        totals = [Span(count, number_format=COUNT) for count in m.column_totals]
        self.sheet.cells([Span("계", is_head=True), Span(m.total, number_format=PIECES), *totals], bold=True)
        for label, total, cells in zip(m.labels, m.row_totals, m.cells, strict=True):
            counts = [Span(count, number_format=COUNT) for count in (total, *cells)]
            self.sheet.cells([Span(label, is_head=True), *counts])

    def headline(self) -> None:
        r = self.result
        self.sheet.line(
            f"- {r.settings.rate_name}(단위사업 기준) : {_rate(r.rate)}{_against(r.previous)}", bold=True
        )
        if (goal := wording.goal_words(r.rate, r.settings)) is not None:
            self.sheet.line(f"※ {goal}")
        self.sheet.cells(
            [Span(name, is_head=True) for name in ("구분", "계", *(one.label for one in r.columns))]
        )
        counts = [Span(one.count, number_format=PIECES) for one in r.columns]
        self.sheet.cells([Span("건수", is_head=True), Span(r.total, number_format=PIECES), *counts])
        whole = self._share(Decimal(100) if r.rate.counted else None)
        self.sheet.cells([Span("비율", is_head=True), whole, *(self._share(one.share) for one in r.columns)])
        for line in r.footnotes:
            self.sheet.line(f"※ {line}", size=9)
        shown = {status for one in r.columns for status in one.statuses}
        self.sheet.line(f"☞ 이행도 판단기준 - {wording.CRITERIA_SOURCE}", bold=True)
        for status in (one for one in PledgeStatus if one in shown):
            self.sheet.line(f"- {PLEDGE_WORDS[status]} : {' / '.join(wording.CRITERIA[status])}", size=10)
        self.sheet.gap()

    def _share(self, value: Decimal | None) -> Span:
        if value is None:
            return Span("-")
        return Span(Decimal(str(fraction(value))), number_format=self.percent)

    def changes(self) -> None:
        previous, sheet = self.result.previous, self.sheet
        name = previous.period.label if previous else "직전 점검"
        sheet.line(f"{name} 대비 변경사항", bold=True)
        if previous is None:
            sheet.line("- 직전 점검의 확정 기록이 없어 견주지 못하였습니다.")
        else:
            self._moves(previous)
        sheet.gap()

    def _moves(self, previous: Previous) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 5
        if not previous.is_adjacent:
            missing = self.result.period.previous.label
            sheet.line(f"※ {missing}의 확정 기록이 없어 {previous.period.label}과 견주었습니다.", size=9)
        sheet.cells(
            [
                Span("관리번호", is_head=True),
                Span("공약명", wide, is_head=True),
                Span("직전", 2, is_head=True),
                Span("이번", 2, is_head=True),
            ]
        )
        for move in previous.changes.moves:
            before = PLEDGE_WORDS[move.before] if move.before else "신규"
            after = PLEDGE_WORDS[move.after] if move.after else "목록에서 빠짐"
            sheet.cells(
                [
                    Span(move.row.no or "-"),
                    Span(move.row.title, wide, is_left=True),
                    Span(before, 2),
                    Span(after, 2),
                ]
            )
        sheet.gap()
        heads = ("증감 확인", "직전 건수", "들어옴", "나감", "이번 건수")
        sheet.cells([Span(heads[0], 2, is_head=True), *(Span(name, is_head=True) for name in heads[1:])])
        for one in previous.changes.balance:
            figures = (one.before, one.came, -one.left, one.now)
            counts = [Span(figure, number_format=COUNT) for figure in figures]
            sheet.cells([Span(PLEDGE_WORDS[one.status], 2, is_head=True), *counts])

    def findings(self) -> None:
        r, sheet = self.result, self.sheet
        if r.checked:
            sheet.line(f"원문 대조 ({r.source or '원문'}: 적힌 값 {r.checked}개)", bold=True, warn=True)
            for finding in r.findings:
                values = f"(원문 {finding.printed} / 계산 {finding.computed})"
                sheet.line(f"- [{finding.kind.value}] {finding.text} {values}", warn=True)
            if not r.findings:
                sheet.line("- 모두 현황표에서 다시 센 값과 같습니다.", warn=True)
            sheet.gap()
        if r.corrections:
            sheet.line("정정 (확정 이후 바로잡은 곳)", bold=True, warn=True)
            if r.before_corrections:
                sheet.line(
                    f"- 확정 당시 {_rate(r.before_corrections.rate)} → 정정 후 {_rate(r.rate)}", warn=True
                )
            for row, one in ((each.row, each.correction) for each in r.corrections):
                what = f"{row.no or ''} {row.title} · {FIELD_WORDS.get(one.field, one.field)}".strip()
                day = wording.full_day(one.at.date())
                values = f"{one.before or '-'} → {one.after or '-'}"
                sheet.line(f"- {what} : {values} ({day} {one.by}, {one.reason})", warn=True)
            sheet.gap()

    def comment(self) -> None:
        mark = " — 건수에서 만든 초안" if self.result.is_drafted else ""
        self.sheet.line(f"□ 세부 점검결과(총평){mark}", bold=True)
        for line in self.result.comment:
            self.sheet.line(f"- {line}")
        self.sheet.gap()

    def adjustments(self) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 5
        sheet.line("공약조정 필요사업", bold=True)
        if not self.result.adjustments:
            sheet.line("- 제출된 사업이 없습니다.")
        else:
            heads = ("현 상태", "사유 구분", "조정 유형", "다음 단계")
            first = [Span("관리번호", is_head=True), Span("공약명 · 사유", wide, is_head=True)]
            sheet.cells([*first, *(Span(name, is_head=True) for name in heads)])
        for one, now in self.result.adjustments:
            what = f"{one.title}\n{one.reason}" if one.reason else one.title
            status = PLEDGE_WORDS[now] if now else "-"
            more = [Span(value or "-") for value in (status, one.reason_code, one.kind, one.next_step)]
            sheet.cells([Span(one.no or "-"), Span(what, wide, is_left=True), *more])
        sheet.gap()

    def parts(self) -> None:
        self.sheet.line("□ 분야별 · 국별 이행 현황", bold=True)
        self.sheet.cells(
            [Span("구분", 2, is_head=True), *(Span(name, is_head=True) for name in ("사업", "이행", "비율"))]
        )
        for one in self.result.by_area:
            self._part(one)
        r = self.result
        self._part(Part("계", r.rate, r.total), bold=True)
        for one in self.result.by_bureau:
            self._part(one)
        self.sheet.gap()

    def _part(self, one: Part, *, bold: bool = False) -> None:
        counts = [Span(one.total, number_format=COUNT), Span(one.rate.done, number_format=COUNT)]
        self.sheet.cells([Span(one.name, 2, is_head=True), *counts, self._share(one.rate.value)], bold=bold)

    def register(self) -> None:
        sheet, wide = self.sheet, self.sheet.columns - 6
        sheet.line("□ 공약사업별 추진현황", bold=True)
        sheet.cells(
            [
                Span("분야", is_head=True),
                Span("관리번호", is_head=True),
                Span("공약명", wide, is_head=True),
                Span("주관부서", 2, is_head=True),
                Span("추진상황", 2, is_head=True),
            ]
        )
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
        self.sheet.line("3. 향후계획", size=13, bold=True)
        for step in r.steps:
            self.sheet.line(f"- {step.what} : {step.when}")
        self.sheet.gap()
        at = f"{wording.full_day(r.generated_at.date())} {r.generated_at:%H:%M}"
        self.sheet.line(f"출력 {at} ({r.timezone}) · 모든 비율은 위 현황의 건수에서 계산하였습니다.", size=9)


def _rate(rate: Rate) -> str:
    return wording.rate_words(rate)


def _against(previous: Previous | None) -> str:
    if previous is None:
        return ""
    return f" ※ {previous.period.short} {_rate(previous.rate)} 대비 {difference(previous)}"


def _write_data(sheet: Sheet, result: Result) -> None:
    """One row per project with nothing merged, for sorting and for counting anew."""
    sheet.cells([Span(name, is_head=True) for name in DATA_HEAD])
    before = _before(result)
    for row in result.rows:
        is_done = row.status in result.settings.done_statuses
        old = before.get(id(row))
        texts = (row.area, row.pledge_no, row.pledge, row.no, row.title, row.bureau, row.department)
        shown = (*texts, old, PLEDGE_WORDS[row.status], 1 if is_done else 0)
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
        return PLEDGE_WORDS[status] if status is not None else "신규"

    return {id(row): word(row) for row in result.rows}
