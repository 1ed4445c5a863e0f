"""The spreadsheet form of a plan draft (계획표): its columns, and reading it back from the common text form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from plans.characters import number_of
from plans.draft import (
    BudgetDraft,
    Finding,
    Kind,
    MilestoneDraft,
    OfficerDraft,
    PeriodDraft,
    PlanDraft,
    Precision,
    TaskDraft,
    Window,
)
from plans.errors import PlanError
from plans.people import is_rank
from plans.recurrence import EXAMPLE as RULE_EXAMPLE
from plans.recurrence import read_rule
from plans.time.timeline import CannotSay, Context, Reading, month_end, read_time

MARK: Final = "기한 계획표"
FACTS: Final = ("계획 제목", "계획 연도", "기관")
TASK_COLUMNS: Final = (
    *("과제번호", "과제명", "주관부서", "담당자", "협업기관", "연락처"),
    *("소요예산(원)", "사업기간 시작", "사업기간 끝", "끝 미정", "추진상황"),
)
PLEDGE_COLUMNS: Final = ("분야", "공약번호", "공약명")  # may be missing: forms made before had none
ENTRY_COLUMNS: Final = (
    *("과제번호", "과제명", "순번", "일정", "시기", "시작", "기한"),
    *("정밀도", "반복규칙", "종류", "완료", "항목"),
)
SPLIT: Final = "; "
YES: Final = "예"
YEAR_DIGITS: Final = 4
PRECISIONS: Final[dict[str, Precision]] = {
    "일": "day",
    "월": "month",
    "분기": "quarter",
    "반기": "half",
    "연": "year",
    "기간": "range",
}
KINDS: Final[dict[str, Kind]] = {"날짜": "dated", "시작만": "open", "상시": "ongoing", "반복": "recurring"}
TO_DATE: Final = "확인 필요"  # an entry whose year a person has to write
MONTHS: Final[dict[Precision, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}

Row = dict[str, str]


def is_sheet(text: str) -> bool:
    """The text is a plan in this form."""
    return text.lstrip("\n").startswith(MARK)


def read_sheet(text: str, year: int | None = None) -> PlanDraft:
    """The draft of a plan in this form; `year` where it says none. A row that cannot be read becomes a finding.

    Raises: PlanError where a part of the form is missing.
    """
    lines = text.split("\n")
    facts = {cells[0]: cells[1] for cells in map(_cells, lines) if len(cells) > 1 and cells[0] in FACTS}
    written = facts.get("계획 연도", "").removesuffix("년").strip()
    draft = PlanDraft(
        plan_year=number_of(written, YEAR_DIGITS) if written else year,
        title=facts.get("계획 제목", ""),
        organisation=facts.get("기관") or None,
    )
    if not draft.title:
        raise PlanError("계획표의 '계획 제목'이 비어 있습니다. 제목을 적어 다시 보내 주십시오.")
    reader = _Reader(draft)
    if written and draft.plan_year is None:
        reader.complain(None, f"계획 연도 '{written}'을(를) 읽지 못했습니다. 예) 2026")
        draft.plan_year = year
    for number, row in _rows(lines, TASK_COLUMNS):
        reader.add_task(number, row)
    entries = _rows(lines, ENTRY_COLUMNS)
    for _, group in groupby(entries, key=_entry_key(entries)):
        reader.add_entry(list(group))
    return draft


def _cells(line: str) -> list[str]:
    return [cell.replace("<br>", " ").strip() for cell in line.split("\t")]


def _rows(lines: Sequence[str], columns: Sequence[str]) -> list[tuple[int, Row]]:
    """The rows under the header that has all the columns, with their 1-based lines, to the next empty line."""
    headers = (number for number, line in enumerate(lines) if set(columns) <= set(_cells(line)))
    start = next(headers, None)
    if start is None:
        raise PlanError(f"계획표에서 '{columns[0]} · {columns[1]} · {columns[2]}' 머리글을 찾지 못했습니다.")
    header, found = _cells(lines[start]), []
    for number, line in enumerate(lines[start + 1 :], start + 2):
        cells = _cells(line)
        if all(column in cells for column in ENTRY_COLUMNS):
            break
        if any(cells):
            found.append((number, dict(zip(header, cells, strict=False))))
    return found


def _entry_key(entries: list[tuple[int, Row]]) -> Callable[[tuple[int, Row]], tuple[str, ...]]:
    """Rows of one milestone stand together under one 순번; a row without one is a milestone of its own."""

    def key(entry: tuple[int, Row]) -> tuple[str, ...]:
        number, row = entry
        own = row.get("순번") or f"line {number}"
        return row.get("과제번호", ""), row.get("과제명", ""), own

    return key


class _Reader:
    """Fills the draft row by row."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft = draft

    def complain(self, line: int | None, message: str, code: str = "sheet-row") -> None:
        self.draft.findings.append(Finding(line=line, code=code, severity="check", message=message))

    def add_task(self, number: int, row: Row) -> None:
        if not row.get("과제명"):
            self.complain(number, f"{number}행에 과제명이 없어 등록하지 않습니다.")
            return
        start, end = self._day(number, row, "사업기간 시작"), self._day(number, row, "사업기간 끝")
        is_open = row.get("끝 미정") == YES
        has_period = start is not None or end is not None or is_open
        self.draft.tasks.append(
            TaskDraft(
                no=row.get("과제번호") or None,
                title=row["과제명"],
                department=row.get("주관부서") or None,
                related=_list(row.get("협업기관", "")),
                officers=[_officer(one) for one in _list(row.get("담당자", ""))],
                phones=_list(row.get("연락처", "")),
                budgets=[
                    one for text in _list(row.get("소요예산(원)", "")) if (one := self._budget(number, text))
                ],
                period=PeriodDraft(start=start, end=end, open_ended=is_open) if has_period else None,
                status=row.get("추진상황") or None,
                area=row.get("분야") or None,
                pledge_no=row.get("공약번호") or None,
                pledge=row.get("공약명") or None,
            )
        )

    def add_entry(self, group: list[tuple[int, Row]]) -> None:
        number, row = group[0]
        task = self._task_of(row)
        if task is None or not row.get("일정"):
            missing = "일정 이름" if task is not None else "과제 시트에 같은 과제"
            self.complain(number, f"{number}행은 {missing}이(가) 없어 등록하지 않습니다.")
            return
        milestone = self._milestone(group)
        if milestone is not None:
            task.milestones.append(milestone)

    def _task_of(self, row: Row) -> TaskDraft | None:
        for task in self.draft.tasks:
            same_no = not row.get("과제번호") or row["과제번호"] == (task.no or "")
            if same_no and (not row.get("과제명") or row["과제명"] == task.title):
                return task
        return None

    def _milestone(self, group: list[tuple[int, Row]]) -> MilestoneDraft | None:
        """Dates in the columns win; without any the words in 시기 are read."""
        number, row = group[0]
        windows = [window for line, each in group if (window := self._window(line, each)) is not None]
        if not windows and row.get("종류") == TO_DATE:
            words = f"'{row['일정']}'의 연도가 없어 등록하지 않습니다: '{row.get('시기', '')}'."
            self.complain(number, f"{words} 시작이나 기한에 날짜를 적어 주십시오.", "year-unknown")
            return None
        kind, rule = KINDS.get(row.get("종류", "")), self._rule(number, row)
        if not windows and rule is None and kind not in {"ongoing", "recurring"}:
            found = self._reading(number, row)
            if found is None:
                return None
            kind, rule, windows = found.kind, found.rrule, list(found.windows)
        if windows:
            kind = "open" if all(one.due is None for one in windows) else "dated"
        return MilestoneDraft(
            title=row["일정"],
            expr=row.get("시기") or "",
            line=number,
            section=row.get("항목") or None,
            kind=kind or "recurring",
            windows=windows,
            rrule=rule,
            done=row.get("완료") == YES,
        )

    def _rule(self, number: int, row: Row) -> str | None:
        """The rule in its column, where it is one that is known here."""
        written = row.get("반복규칙", "").upper().replace(" ", "")
        if written and read_rule(written) is None:
            self.complain(
                number,
                f"{number}행의 반복규칙 '{written[:40]}'을(를) 읽지 못해 시기로 읽습니다. 예) {RULE_EXAMPLE}",
            )
            return None
        return written or None

    def _reading(self, number: int, row: Row) -> Reading | None:
        found = read_time(row.get("시기", ""), Context(self.draft.plan_year))
        if isinstance(found, CannotSay):
            words = row.get("시기") or "빈칸"
            self.complain(
                number, f"{number}행의 시기 '{words}'을(를) 읽지 못했습니다({found.reason}). 예) 2026. 7."
            )
            return None
        return found

    def _window(self, number: int, row: Row) -> Window | None:
        start, due = self._day(number, row, "시작"), self._day(number, row, "기한")
        if start is None and due is None:
            return None
        if start is not None and due is not None and due < start:
            self.complain(
                number, f"{number}행의 기한 {due}이(가) 시작 {start}보다 빠릅니다. 바로잡아 주십시오."
            )
            return None
        wanted = PRECISIONS.get(row.get("정밀도", ""), "day")
        return Window(start=start, due=due, precision=fitting_precision(start, due, wanted))

    def _day(self, number: int, row: Row, column: str) -> date | None:
        text = row.get(column, "")
        if not text:
            return None
        found = read_time(text, Context(self.draft.plan_year))
        if isinstance(found, CannotSay) or len(found.windows) != 1 or found.windows[0].precision != "day":
            self.complain(
                number, f"{number}행 {column} '{text}'을(를) 날짜로 읽지 못했습니다. 예) 2026. 7. 20."
            )
            return None
        return found.windows[0].due

    def _budget(self, number: int, text: str) -> BudgetDraft | None:
        head, _, tail = text.rpartition(":")
        amount = number_of(tail.strip().replace(",", "").removesuffix("원"))
        year = number_of(head.removesuffix("년"), YEAR_DIGITS)
        if amount is None or (year is None and head.strip()):
            self.complain(number, f"{number}행 소요예산 '{text}'을(를) 읽지 못했습니다. 예) 2026: 25,000,000")
            return None
        return BudgetDraft(year=year, krw=amount)


def fitting_precision(start: date | None, due: date | None, wanted: Precision) -> Precision:
    """The wanted precision where the days are such a period, else what the days say themselves."""
    if start is None or due is None:
        return wanted
    months = MONTHS.get(wanted)
    if months is None:
        return "day" if start == due else "range"
    last = start.month + months - 1
    is_whole = start.day == 1 and (start.month - 1) % months == 0 and due == month_end(start.year, last)
    if is_whole:
        return wanted
    return "day" if start == due else "range"


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(SPLIT.strip()) if part.strip()]


def _officer(text: str) -> OfficerDraft:
    """ "홍길동 주무관" is a name and a rank; words that are no rank belong to the name (남궁 민수)."""
    name, _, rank = text.rpartition(" ")
    return OfficerDraft(name=name.strip(), rank=rank) if name and is_rank(rank) else OfficerDraft(name=text)
