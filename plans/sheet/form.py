"""The spreadsheet form of a plan draft (계획표): reading it back from the common text form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from plans.draft import (
    BudgetDraft,
    MilestoneDraft,
    OfficerDraft,
    PeriodDraft,
    PlanDraft,
    Precision,
    TaskDraft,
    Window,
    finding,
)
from plans.errors import PlanError
from plans.facts import LONGEST_NAME, Fact
from plans.fields.people import is_rank
from plans.sheet.columns import (
    ENTRY_COLUMNS,
    FACTS,
    GOAL_COLUMNS,
    KINDS,
    MARK,
    PLEDGE_COLUMNS,
    PRECISIONS,
    TASK_COLUMNS,
    TO_DATE,
    WON,
    YEAR_UNIT,
    YES,
)
from plans.sheet.goals import read_goal
from plans.text.characters import number_of
from plans.time.recurrence import EXAMPLE as RULE_EXAMPLE
from plans.time.recurrence import read_rule
from plans.time.timeline import CannotSay, Context, Reading, month_end, read_time

SPLIT: Final = "; "
YEAR_DIGITS: Final = 4
COLUMNS_SHOWN: Final = 3  # of a header that is missing
NONE: Final[Mapping[str, str]] = {}
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
    facts = _facts(lines)
    written = facts.get("year", "").removesuffix(YEAR_UNIT).strip()
    draft = PlanDraft(
        plan_year=number_of(written, YEAR_DIGITS) if written else year,
        title=facts.get("title", ""),
        organisation=facts.get("organisation") or None,
    )
    if not draft.title:
        raise PlanError("sheet-title")
    reader = _Reader(draft)
    if written and draft.plan_year is None:
        reader.complain(None, "sheet-row.year", written=written)
        draft.plan_year = year
    for number, row in _rows(lines, TASK_COLUMNS, PLEDGE_COLUMNS):
        reader.add_task(number, row)
    entries = _rows(lines, ENTRY_COLUMNS)
    for _, group in groupby(entries, key=_entry_key(entries)):
        reader.add_entry(list(group))
    if any(set(GOAL_COLUMNS.values()) <= set(_cells(line)) for line in lines):
        for number, row in _rows(lines, GOAL_COLUMNS):
            reader.add_goal(number, row)
    return draft


def _facts(lines: Sequence[str]) -> Row:
    """What stands above the tables: title, year, organisation."""
    names = {word: name for name, word in FACTS.items()}
    pairs = (cells for cells in map(_cells, lines) if len(cells) > 1)
    return {names[cells[0]]: cells[1] for cells in pairs if cells[0] in names}


def _cells(line: str) -> list[str]:
    return [cell.replace("<br>", " ").strip() for cell in line.split("\t")]


def _rows(
    lines: Sequence[str], columns: Mapping[str, str], more: Mapping[str, str] = NONE
) -> list[tuple[int, Row]]:
    """The rows under the header that has all the columns, with their 1-based lines, to the next table.

    Their cells by the names of the columns, `more` of which may be missing. Raises: PlanError without such a header.
    """
    headers = (number for number, line in enumerate(lines) if set(columns.values()) <= set(_cells(line)))
    start = next(headers, None)
    if start is None:
        raise PlanError("sheet-head", columns=list(columns.values())[:COLUMNS_SHOWN])
    names = {word: name for name, word in {**columns, **more}.items()}
    header, found = [names.get(cell) for cell in _cells(lines[start])], []
    for number, line in enumerate(lines[start + 1 :], start + 2):
        cells = _cells(line)
        if any(all(column in cells for column in head.values()) for head in (ENTRY_COLUMNS, GOAL_COLUMNS)):
            break
        if any(cells):
            row = {name: cell for name, cell in zip(header, cells, strict=False) if name is not None}
            found.append((number, row))
    return found


def _entry_key(entries: list[tuple[int, Row]]) -> Callable[[tuple[int, Row]], tuple[str, ...]]:
    """Rows of one milestone stand together under one 순번; a row without one is a milestone of its own."""

    def key(entry: tuple[int, Row]) -> tuple[str, ...]:
        number, row = entry
        own = row.get("order") or f"line {number}"
        return row.get("no", ""), row.get("task", ""), own

    return key


class _Reader:
    """Fills the draft row by row."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft = draft

    def complain(self, line: int | None, code: str, **facts: Fact) -> None:
        self.draft.findings.append(finding(line, code, **facts))

    def add_task(self, number: int, row: Row) -> None:
        if not row.get("title"):
            self.complain(number, "sheet-row.title")
            return
        start, end = (self._day(number, row, TASK_COLUMNS, name) for name in ("start", "end"))
        is_open = row.get("is_open") == YES
        has_period = start is not None or end is not None or is_open
        self.draft.tasks.append(
            TaskDraft(
                no=row.get("no") or None,
                title=row["title"],
                department=row.get("department") or None,
                related=_list(row.get("related", "")),
                officers=[_officer(one) for one in _list(row.get("officers", ""))],
                phones=_list(row.get("phones", "")),
                budgets=[
                    one for text in _list(row.get("budgets", "")) if (one := self._budget(number, text))
                ],
                period=PeriodDraft(start=start, end=end, open_ended=is_open) if has_period else None,
                status=row.get("status") or None,
                area=row.get("area") or None,
                pledge_no=row.get("pledge_no") or None,
                pledge=row.get("pledge") or None,
            )
        )

    def add_entry(self, group: list[tuple[int, Row]]) -> None:
        number, row = group[0]
        task = self._task_of(row)
        if task is None or not row.get("title"):
            self.complain(number, "sheet-row.task" if task is None else "sheet-row.entry")
            return
        milestone = self._milestone(group)
        if milestone is not None:
            task.milestones.append(milestone)

    def add_goal(self, number: int, row: Row) -> None:
        task = self._task_of(row)
        if task is None:
            self.complain(number, "sheet-row.task")
            return
        wrong = read_goal(row, number, task)
        if wrong == "words":
            self.complain(number, "sheet-row.goal")
        elif wrong == "number":
            self.complain(number, "sheet-row.goal-number")

    def _task_of(self, row: Row) -> TaskDraft | None:
        for task in self.draft.tasks:
            same_no = not row.get("no") or row["no"] == (task.no or "")
            if same_no and (not row.get("task") or row["task"] == task.title):
                return task
        return None

    def _milestone(self, group: list[tuple[int, Row]]) -> MilestoneDraft | None:
        """Dates in the columns win; without any the words of the time are read."""
        number, row = group[0]
        windows = [window for line, each in group if (window := self._window(line, each)) is not None]
        if not windows and row.get("kind") == TO_DATE:
            self.complain(number, "year-unknown.row", title=row["title"], expr=row.get("expr", ""))
            return None
        kind, rule = KINDS.get(row.get("kind", "")), self._rule(number, row)
        if not windows and rule is None and kind not in {"ongoing", "recurring"}:
            found = self._reading(number, row)
            if found is None:
                return None
            kind, rule, windows = found.kind, found.rrule, list(found.windows)
        if windows:
            kind = "open" if all(one.due is None for one in windows) else "dated"
        return MilestoneDraft(
            title=row["title"],
            expr=row.get("expr") or "",
            line=number,
            section=row.get("section") or None,
            kind=kind or "recurring",
            windows=windows,
            rrule=rule,
            done=row.get("done") == YES,
        )

    def _rule(self, number: int, row: Row) -> str | None:
        """The rule in its column, where it is one that is known here."""
        written = row.get("rule", "").upper().replace(" ", "")
        if written and read_rule(written) is None:
            self.complain(number, "sheet-row.rule", written=written[:LONGEST_NAME], example=RULE_EXAMPLE)
            return None
        return written or None

    def _reading(self, number: int, row: Row) -> Reading | None:
        found = read_time(row.get("expr", ""), Context(self.draft.plan_year))
        if isinstance(found, CannotSay):
            self.complain(number, "sheet-row.time", expr=row.get("expr", ""), reason=found.reason)
            return None
        return found

    def _window(self, number: int, row: Row) -> Window | None:
        start, due = (self._day(number, row, ENTRY_COLUMNS, name) for name in ("start", "due"))
        if start is None and due is None:
            return None
        if start is not None and due is not None and due < start:
            self.complain(number, "sheet-row.order", due=str(due), start=str(start))
            return None
        wanted = PRECISIONS.get(row.get("precision", ""), "day")
        return Window(start=start, due=due, precision=fitting_precision(start, due, wanted))

    def _day(self, number: int, row: Row, columns: Mapping[str, str], name: str) -> date | None:
        text = row.get(name, "")
        if not text:
            return None
        found = read_time(text, Context(self.draft.plan_year))
        if isinstance(found, CannotSay) or len(found.windows) != 1 or found.windows[0].precision != "day":
            self.complain(number, "sheet-row.day", column=columns[name], written=text)
            return None
        return found.windows[0].due

    def _budget(self, number: int, text: str) -> BudgetDraft | None:
        head, _, tail = text.rpartition(":")
        amount = number_of(tail.strip().replace(",", "").removesuffix(WON))
        year = number_of(head.removesuffix(YEAR_UNIT), YEAR_DIGITS)
        if amount is None or (year is None and head.strip()):
            self.complain(number, "sheet-row.budget", written=text)
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
    """ "NAME RANK" is a name and a rank; words that are no rank belong to the name (남궁 민수)."""
    name, _, rank = text.rpartition(" ")
    return OfficerDraft(name=name.strip(), rank=rank) if name and is_rank(rank) else OfficerDraft(name=text)
