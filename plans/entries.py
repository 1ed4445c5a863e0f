"""The lines of one task -> its milestones, its project period and what could not be read (과제 본문)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from plans.clauses import read_clauses
from plans.draft import BudgetDraft, Finding, MilestoneDraft, PeriodDraft
from plans.grids import GridEntry, find_header, read_grid
from plans.items import Place, last_day, milestone
from plans.labels import PERIOD_LABELS, WHEN_LABELS
from plans.lines import PLAIN_RANK, Line, parent_of
from plans.money import read_budgets
from plans.phrase import Clause, Unreadable, clean_title
from plans.schedules import read_schedule, unreadable_rows
from plans.sections import Section, split_sections, title_of
from plans.spelling import squeeze, without_brackets
from plans.steps import read_steps
from plans.tables import Table, find_tables
from plans.time.timeline import Context, Reading, read_prefix, read_time

_ATTRIBUTE: Final = re.compile(
    r"^\(?([가-힣][가-힣 ·/]{0,14}?)\)?\s*[:：]\s*(.+)$|^\(([가-힣][가-힣 ]{0,9})\)\s*(.+)$"
)
LONG_LINE: Final = 20  # letters; a shorter bullet is a title, not the first half of a broken line
_BUDGET_TITLE: Final = re.compile(r"(소요예산|사업비|예산액)$")
_YEAR_ALONE: Final = re.compile(r"^[\[(<]?\s*['’‘]?(20\d\d|\d\d)\s?년도?\s*[\])>]?\s*:?$")
_WRITTEN_YEAR: Final = re.compile(r"20\d\d|['’‘]\s?\d\d|\d\d년")
_YEARLY: Final = re.compile(r"(연차별|연도별|년차별|년도별).*(계획|추진)")


@dataclass
class Body:
    """What the lines under a task's heading hold."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    periods: list[tuple[PeriodDraft, bool]] = field(
        default_factory=list
    )  # (period, stands under a sub-project)
    grids: list[GridEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    budgets: list[BudgetDraft] = field(default_factory=list)  # from a section 소요예산
    previous: date | None = None

    @property
    def period(self) -> PeriodDraft | None:
        """The task's own 사업기간: the only one, or the only one outside sub-projects; None where they differ."""
        own = [period for period, is_sub in self.periods if not is_sub] or [
            period for period, _ in self.periods
        ]
        return own[0] if own and all(period == own[0] for period in own) else None


def read_body(lines: Sequence[Line], year: int | None) -> Body:
    """Reads the lines of one task in order, so that a missing year comes from the entry above."""
    body = Body()
    for section in split_sections(lines):
        tables = {
            table.start + section.start: table for table in find_tables(lines[section.start : section.end])
        }
        before, known = body.previous, len(body.milestones)
        heading_year = None
        for index in range(section.start, section.end):
            named = _YEAR_ALONE.match(lines[index].body) if lines[index].marks else None
            if named is not None:
                heading_year = int(named[1]) % 2000 + 2000
                body.previous = date(heading_year, 1, 1)
            context = Context(year, body.previous)
            if index in tables:
                _read_table(body, tables[index], section, context)
            elif not lines[index].cells and not lines[index].is_blank:
                _read_line(body, lines, index, section, context)
        if heading_year is not None and not any(
            _WRITTEN_YEAR.search(m.expr) for m in body.milestones[known:]
        ):
            body.previous = before
    return body


def _read_table(body: Body, table: Table, section: Section, context: Context) -> None:
    if section.kind == "none":
        return
    is_yearly = bool(_YEARLY.search(squeeze(section.title or "")))
    if find_header(table, is_yearly) is not None:
        body.grids += read_grid(table, is_yearly, Context(_year_in(section.title) or context.year))
        return
    rows = read_schedule(table, section, context)
    _add(body, rows or read_steps(table, section, context))
    body.findings += [unreadable(found, line) for line, found in unreadable_rows(table, section, context)]


def _year_in(title: str | None) -> int | None:
    found = re.search(r"(20\d\d|['’‘]\d\d)\s?년", title or "")
    return int(found[1].strip("'’‘")) % 2000 + 2000 if found else None


UNNAMED: Final = "이름 없는 일정"


def _add(body: Body, milestones: list[MilestoneDraft]) -> None:
    for found in milestones:
        if (
            not found.title.strip()
        ):  # its bullet lost its words: the section's title says at least what it is of
            found.title = found.section or UNNAMED
        body.milestones.append(found)
        body.previous = last_day(found.windows, body.previous)


def _read_line(body: Body, lines: Sequence[Line], index: int, section: Section, context: Context) -> None:
    line = lines[index]
    if _BUDGET_TITLE.search(squeeze(section.title or "")) and not body.budgets and title_of(line) is None:
        body.budgets = [
            b if b.year else b.model_copy(update={"year": _year_in(section.title)})
            for b in read_budgets(line.body)
        ]
    attribute = attribute_of(line)
    if attribute is not None and _read_attribute(body, lines, index, section, context, attribute):
        return
    if section.kind == "none" or title_of(line) is not None:
        return
    if line.rank == PLAIN_RANK and section.kind == "overview":
        return
    found = read_clauses(line.body, section.kind, context)
    place = Place(line.no, section.title, section.kind)
    if isinstance(found, Unreadable):
        body.findings.append(unreadable(found, line.no))
        return
    for clause in found:
        begun = _begun_above(lines, index) if len(found) == 1 else ""
        _add_clause(
            body, replace(clause, title=begun + clause.title), parent_of(lines, index, section.start), place
        )


def _begun_above(lines: Sequence[Line], index: int) -> str:
    """The first part of an entry that a conversion broke in two: a long bullet without a value, then a plain line."""
    above = lines[index - 1] if index else None
    is_broken = (
        lines[index].rank == PLAIN_RANK and lines[index].indent > 0 and above is not None and above.marks
    )
    if (
        not is_broken
        or above is None
        or ":" in above.body
        or len(above.body) < LONG_LINE
        or above.body.endswith((")", "."))
    ):
        return ""
    return clean_title(above.body) + " "


def attribute_of(line: Line) -> tuple[str, str] | None:
    """(label, value) of "- 사 업 기 간 : 2021. 4. ~ 12." or "(시 기) '21. 6월", label closed up."""
    found = _ATTRIBUTE.match(line.body)
    return None if found is None else (squeeze(found[1] or found[3]), found[2] or found[4])


def _read_attribute(
    body: Body,
    lines: Sequence[Line],
    index: int,
    section: Section,
    context: Context,
    attribute: tuple[str, str],
) -> bool:
    """Takes 사업기간 and 일시 lines; True when the line is used up."""
    label, value = attribute
    if not WHEN_LABELS.match(label) and label not in PERIOD_LABELS:
        return False
    parent = parent_of(lines, index, section.start)
    reading = read_prefix(value, Context(context.year, None if label in PERIOD_LABELS else context.previous))
    is_sub = parent is not None and title_of(parent) is None and not parent.body.startswith("(")
    if (
        section.kind in ("schedule", "done")
        and label not in PERIOD_LABELS[:2]
        and is_sub
        and parent is not None
    ):
        _add_when(body, label, value, parent, reading, Place(lines[index].no, section.title, section.kind))
        return True
    if label in PERIOD_LABELS and not lines[index].is_note and isinstance(reading, Reading):
        _add_period(body, label, reading, is_sub)
    return True


def _add_when(body: Body, label: str, value: str, parent: Line, reading: object, place: Place) -> None:
    """일시 below a titled bullet says when that bullet happens."""
    if not isinstance(reading, Reading):
        return
    title = clean_title(parent.body.split(" : ")[0])
    prefix = re.sub(r"(일시|시기|일정|일자|날짜|기간)$", "", label)
    if prefix and prefix not in squeeze(title):
        title = f"{title} {prefix}"
    whole = isinstance(read_time(value, Context(2000)), Reading)
    _add(body, [milestone(title, value if whole else value[: reading.end], reading, place)])


def _add_period(body: Body, label: str, reading: Reading, is_sub: bool) -> None:
    if reading.kind == "ongoing":
        body.periods.append((PeriodDraft(start=None, end=None, open_ended=True), is_sub))
    is_span = any(window.precision in ("range", "year") or window.due is None for window in reading.windows)
    if reading.windows and (is_span or label != "시기"):
        body.periods.append((period_of(reading), is_sub))


def period_of(reading: Reading) -> PeriodDraft:
    """From the start of the first window to the end of the last."""
    first, last = reading.windows[0], reading.windows[-1]
    return PeriodDraft(start=first.start, end=last.due, open_ended=last.due is None)


def _add_clause(body: Body, clause: Clause, parent: Line | None, place: Place) -> None:
    title = clause.title or (clean_title(without_remark(parent.body)) if parent is not None else "")
    if title:
        _add(body, [milestone(title, clause.expr, clause.reading, place)])
        for warning in clause.reading.warnings:
            body.findings.append(weekday_finding(warning, place.line))


def without_remark(text: str) -> str:
    """The action of a parent line, its ": value" cut off."""
    return re.split(r"\s*[:：]\s", text)[0] or without_brackets(text)


def unreadable(found: Unreadable, line: int) -> Finding:
    """The finding of an entry whose time cannot be said."""
    shown = f"'{found.title[:40]}'의 시기를 읽지 못했습니다: '{found.expr[:30]}'({found.reason})."
    return Finding(
        line=line,
        code="unreadable-time",
        severity="check",
        message=f"{shown} 날짜를 확인하여 주시기 바랍니다.",
    )


def weekday_finding(warning: str, line: int) -> Finding:
    return Finding(
        line=line,
        code="weekday-differs",
        severity="check",
        message=f"{warning}. 날짜와 요일을 확인하여 주시기 바랍니다.",
    )


def read_period(text: str, year: int | None) -> PeriodDraft | None:
    """사업기간 as written -> start and end; None where it says no time."""
    reading = read_prefix(text, Context(year))
    if not isinstance(reading, Reading):
        return None
    if reading.kind == "ongoing":
        return PeriodDraft(start=None, end=None, open_ended=True)
    return period_of(reading) if reading.windows else None


def grid_milestone(entry: GridEntry) -> MilestoneDraft:
    """The milestone of a grid's entry."""
    return milestone(entry.title, entry.expr, entry.reading, Place(entry.line, None, "schedule"))
