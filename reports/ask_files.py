"""The files of a request (.xlsx): the empty form that goes out, and one workbook of all that came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from plans.sheet.question import Form, Question
from plans.sheet.returned import Value
from reports import texts
from reports.ask_words import verdict_word
from reports.asks import due_at, form_of, is_late
from reports.quarterly.workbook import Sheet, Span, new_sheet, saved
from reports.texts.grammar import full_day
from store import asks
from store.models import Ask, AskAnswer, AskCorrection, AskRow, AskVerdict
from store.states import AnswerKind

WIDTH, NARROW = 18.0, 8.0
FORM_ROWS = 200  # of the drop-down lists
FORMULA_MOST = 255  # characters of a drop-down list that a spreadsheet takes
CORRECTION_WIDTHS = (18.0, 8.0, 20.0, 24.0, 24.0, 40.0, 16.0, 20.0)
DOUBT_WIDTHS = (18.0, 16.0, 90.0)
STATE_WIDTHS = (18.0, 16.0, 12.0, 8.0, 18.0, 16.0, 12.0, 12.0, 8.0, 30.0)


@dataclass(frozen=True)
class Reply:
    """One department's part: how it stands, and its rows."""

    own: AskAnswer
    rows: Sequence[AskRow]
    owner: str | None
    is_late: bool
    said: Mapping[int, AskVerdict] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.rows)


def replies_of(
    of: Ask,
    answers: Sequence[AskAnswer],
    rows: Mapping[int, Sequence[AskRow]],
    owners: Mapping[int, str],
    zone: ZoneInfo,
    now: datetime,
    verdicts: Mapping[int, Mapping[int, AskVerdict]] | None = None,
) -> list[Reply]:
    """Every department in the order of the list; rows count where the reply is there and was not sent back."""
    return [
        Reply(
            own=one,
            rows=rows.get(one.id, ()) if one.state in asks.GIVEN else (),
            owner=owners.get(one.department_id),
            is_late=is_late(of, one, zone, now),
            said=(verdicts or {}).get(one.id, {}) if one.state in asks.GIVEN else {},
        )
        for one in answers
    ]


def empty_form(form: Form, department: str | None = None, rows: Sequence[Mapping[str, Value]] = ()) -> bytes:
    """The form as it goes out: the lines above, the header as it was sent in, lists to choose from; for a department with
    its name, and with the rows that it has, or had last time. Without rows, the form's own examples stand there."""
    book = Workbook()
    sheet = new_sheet(book, form.sheet, [_width(one) for one in form.columns], is_first=True)
    for line in form.above:
        sheet.line(
            " ".join(text for text in line if text), bold=True, center=len([one for one in line if one]) == 1
        )
    head = sheet.cells([Span(one.name, is_head=True) for one in form.columns])
    sheet.page.freeze_panes = sheet.page.cell(head + 1, 1)
    for column, one in enumerate(form.columns, 1):
        _offer(sheet, one, column, head)
    if rows:
        for number, cells in enumerate(rows, 1):
            sheet.cells([Span(_shown(one, cells, number, department), is_left=True) for one in form.columns])
    else:
        for example in form.examples:
            sheet.cells([Span(text or None, is_left=True) for text in example])
    return saved(book)


def _width(one: Question) -> float:
    return NARROW if one.kind == "no" else max(WIDTH, min(40.0, 2.0 * len(one.name)))


def _offer(sheet: Sheet, one: Question, column: int, head: int) -> None:
    """A drop-down list where its words fit in one."""
    listed = ",".join(one.choices)
    if one.kind != "choice" or not listed or len(listed) > FORMULA_MOST - 2 or '"' in listed:
        return
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    sheet.page.add_data_validation(choice)
    letter = get_column_letter(column)
    choice.add(f"{letter}{head + 1}:{letter}{head + FORM_ROWS}")


def _shown(
    one: Question, cells: Mapping[str, Value], number: int, department: str | None
) -> str | int | None:
    if one.kind == "no":
        return number
    if one.kind == "department":
        return department
    value = cells.get(one.key)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    return _day(value) if one.kind == "day" else value


def _day(value: str) -> str:
    on = date.fromisoformat(value)
    return f"{on.year}. {on.month}. {on.day}."


def workbook(
    of: Ask,
    replies: Sequence[Reply],
    zone: ZoneInfo,
    now: datetime,
    doubts: Sequence[tuple[AskAnswer, str]] = (),
    corrections: Sequence[tuple[AskAnswer, AskCorrection]] = (),
) -> bytes:
    """All rows of all departments on one sheet, who replied when on another, and what does not fit, and what was put right
    after the end, each on one of its own."""
    form, book = form_of(of), Workbook()
    book.properties.title = of.title
    columns = [one for one in form.columns if one.kind != "department"]
    if not any(one.kind == "no" for one in columns):
        columns = [Question(key="no", name=texts.line("asks.no"), kind="no"), *columns]
    _rows(
        new_sheet(
            book, texts.line("asks.rows-sheet"), [NARROW, WIDTH, *[WIDTH] * (len(columns) - 1)], is_first=True
        ),
        of,
        columns,
        replies,
    )
    _states(new_sheet(book, texts.line("asks.states-sheet"), STATE_WIDTHS), of, replies, zone, now)
    if doubts:
        _doubts(new_sheet(book, texts.line("asks.doubts-sheet"), DOUBT_WIDTHS), of, doubts)
    if corrections:
        _corrections(
            new_sheet(book, texts.line("asks.corrections-sheet"), CORRECTION_WIDTHS), of, corrections, zone
        )
    return saved(book)


def _rows(sheet: Sheet, of: Ask, columns: Sequence[Question], replies: Sequence[Reply]) -> None:
    sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
    sheet.line(of.title, size=14, bold=True, center=True)
    asked = [one for one in columns if one.kind != "no"]
    names = [texts.line("asks.no"), texts.line("asks.department"), *(one.name for one in asked)]
    is_chosen = asks.SELECT in of.steps
    names += texts.labels("asks.choice-head") if is_chosen else ()
    head = sheet.cells([Span(name, is_head=True) for name in names])
    sheet.page.freeze_panes = sheet.page.cell(head + 1, 3)
    for number, (department, row, said) in enumerate(_listed(replies), 1):
        values = [Span(_shown(one, row.cells, number, department), is_left=True) for one in asked]
        values += [Span(one, is_left=True) for one in _told(of, said)] if is_chosen else []
        sheet.cells([Span(number), Span(department), *values])


def _listed(replies: Sequence[Reply]) -> Iterator[tuple[str, AskRow, AskVerdict | None]]:
    return ((one.own.department.name, row, one.said.get(row.position)) for one in replies for row in one.rows)


def _told(of: Ask, said: AskVerdict | None) -> tuple[str | None, str | None]:
    """What was said, and why."""
    return (verdict_word(of.kind, said.verdict), said.opinion) if said is not None else (None, None)


def _states(sheet: Sheet, of: Ask, replies: Sequence[Reply], zone: ZoneInfo, now: datetime) -> None:
    """Who replied and when; late ones, later days and replies of 0건 are told."""
    sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
    sheet.line(of.title, size=14, bold=True, center=True)
    given = [one for one in replies if one.own.state in asks.GIVEN]
    counts = {
        "total": len(replies),
        "answered": len(given),
        "late": sum(one.is_late for one in given),
        "left": len(replies) - len(given),
        "rows": sum(one.count for one in replies),
    }
    sheet.line(texts.line("asks.counts", at=now.astimezone(zone), due=due_at(of, zone), **counts))
    more = texts.labels("asks.verdict-head") if asks.EVALUATE in of.steps else ()
    sheet.cells([Span(name, is_head=True) for name in (*texts.labels("asks.states-head"), *more)])
    for one in replies:
        judged = _told(of, one.said.get(0)) if more else ()
        sheet.cells([Span(text, is_left=True) for text in (*_state_row(of, one, zone), *judged)])


def _state_row(of: Ask, one: Reply, zone: ZoneInfo) -> list[str | int | None]:
    own, is_given = one.own, one.own.state in asks.GIVEN
    kind = own.kind if is_given and own.kind is not AnswerKind.ROWS else None
    at = own.answered_at.astimezone(zone) if is_given and own.answered_at is not None else None
    return [
        own.department.name,
        one.owner,
        texts.words("asks.state")[own.state],
        one.count if is_given else None,
        f"{full_day(at.date())} {at:%H:%M}" if at is not None else None,
        own.answered_by if is_given else None,
        texts.line("asks.on-behalf") if is_given and own.is_on_behalf else None,
        full_day(due_at(of, zone, own).date()),
        texts.line("asks.late") if one.is_late else None,
        texts.words("asks.kind")[kind] if kind is not None else own.sent_back_reason,
    ]


def _doubts(sheet: Sheet, of: Ask, doubts: Sequence[tuple[AskAnswer, str]]) -> None:
    """What remains to be asked about the replies, a line a question."""
    sheet.line(of.title, size=14, bold=True, center=True)
    sheet.cells([Span(name, is_head=True) for name in texts.labels("asks.doubts-head")])
    for own, text in doubts:
        sheet.cells([Span(one, is_left=True) for one in (own.department.name, own.answered_by, text)])


def _corrections(
    sheet: Sheet, of: Ask, corrections: Sequence[tuple[AskAnswer, AskCorrection]], zone: ZoneInfo
) -> None:
    """What was put right after the end: both values, why, by whom and when."""
    sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
    sheet.line(of.title, size=14, bold=True, center=True)
    sheet.cells([Span(name, is_head=True) for name in texts.labels("asks.corrections-head")])
    names = {one.key: one.name for one in form_of(of).columns}
    for own, one in corrections:
        at = one.at.astimezone(zone)
        values = (
            *(own.department.name, one.position, names.get(one.field, one.field), one.before, one.after),
            *(one.reason, one.by, f"{full_day(at.date())} {at:%H:%M}"),
        )
        sheet.cells([Span(each, is_left=True) for each in values])
