"""The lines of one task -> its milestones, its project period and what could not be read (과제 본문)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from plans.draft import UNNAMED, Asked, BudgetDraft, Finding, MilestoneDraft, PeriodDraft
from plans.entries.clauses import read_clauses
from plans.entries.items import Place, asked, milestone
from plans.entries.phrase import Clause, Unreadable, clean_title
from plans.entries.remarks import remark_finding, unreadable
from plans.fields.labels import PERIOD_LABELS, WHEN_LABELS, is_attribute
from plans.fields.money import read_budgets
from plans.structure.sections import Section, SectionKind, split_sections, title_of
from plans.structure.years import YearScope, hull
from plans.tables.entries import NO_ANSWERS, TableEntries, read_table
from plans.tables.grids import GridEntry, named_by
from plans.tables.table import find_tables
from plans.text.lines import PLAIN_RANK, Line, parent_of
from plans.text.spelling import alike, squeeze, without_brackets
from plans.time.timeline import Context, Reading, read_prefix, read_time

_ATTRIBUTE: Final = re.compile(
    r"^\(?([가-힣][가-힣 ·/]{0,14}?)\)?\s*[:：]\s*(.+)$|^\(([가-힣][가-힣 ]{0,9})\)\s*(.+)$"
)
_CONDITION: Final = re.compile(
    r"[가-힣]{1,12} ?(?:후|로부터|부터) ?\d{1,3} ?(?:일|주|개월|년) ?(?:이내|안에|내|까지)"
)
BARE_LABEL: Final = 2  # letters of 일정, 일시, 시기
SAME_NAME: Final = 0.7  # likeness from which a row of a grid bears the name of its task
LONG_LINE: Final = 20  # letters; a shorter bullet is a title, not the first half of a broken line
_BUDGET_TITLE: Final = re.compile(r"(소요예산|사업비|예산액)$")


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
    asked: list[Asked] = field(default_factory=list)  # entries of which nobody knows the year
    kinds: dict[int, SectionKind] = field(default_factory=dict)  # line number -> kind of its section

    @property
    def period(self) -> PeriodDraft | None:
        """The task's own 사업기간: the only one, or the only one outside sub-projects; None where they differ."""
        own = [period for period, is_sub in self.periods if not is_sub] or [
            period for period, _ in self.periods
        ]
        return own[0] if own and all(period == own[0] for period in own) else None


def read_body(lines: Sequence[Line], scope: YearScope, answers: Mapping[str, str] = NO_ANSWERS) -> Body:
    """Reads the lines of one task in order; a missing year comes from the scope."""
    body = Body()
    for section in split_sections(lines):
        tables = {
            table.start + section.start: table for table in find_tables(lines[section.start : section.end])
        }
        for index in range(section.start, section.end):
            body.kinds[lines[index].no] = section.kind
            if index in tables:
                _add_table(body, read_table(tables[index], section, scope, answers))
            elif not lines[index].cells and not lines[index].is_blank:
                _read_line(body, lines, index, section, scope)
    return body


def _add_table(body: Body, found: TableEntries) -> None:
    _add(body, found.milestones)
    body.grids += found.grids
    body.findings += found.findings
    body.asked += found.asked


def _year_in(title: str | None) -> int | None:
    found = re.search(r"(20\d\d|['’‘]\d\d)\s?년", title or "")
    return int(found[1].strip("'’‘")) % 2000 + 2000 if found else None


def _add(body: Body, milestones: list[MilestoneDraft]) -> None:
    for found in milestones:
        if (
            not found.title.strip()
        ):  # its bullet lost its words: the section's title says at least what it is of
            found.title = found.section or UNNAMED
        body.milestones.append(found)


def _read_line(body: Body, lines: Sequence[Line], index: int, section: Section, scope: YearScope) -> None:
    line = lines[index]
    context = scope.context(line.no)
    if _BUDGET_TITLE.search(squeeze(section.title or "")) and not body.budgets and title_of(line) is None:
        body.budgets = [
            b if b.year else b.model_copy(update={"year": _year_in(section.title)})
            for b in read_budgets(line.body)
        ]
    attribute = attribute_of(line)
    if attribute is not None and _read_attribute(body, lines, index, section, scope, attribute):
        return
    if section.kind == "none" or title_of(line) is not None:
        return
    if line.rank == PLAIN_RANK and section.kind == "overview":
        return
    found = read_clauses(line.body, section.kind, context)
    if not found and section.kind == "schedule" and (condition := _CONDITION.search(line.body)):
        body.findings.append(unreadable(_after_condition(line.body, condition), line.no))
    clauses = [one for one in found if isinstance(one, Clause)]
    troubles = [one for one in found if isinstance(one, Unreadable)]
    body.findings += [unreadable(one, line.no) for one in troubles]
    _tell(scope, line, clauses, troubles)
    place = Place(line.no, section.title, section.kind)
    above = parent_of(lines, index, section.start)
    body.asked += [asked(_named_by(one, above), place) for one in troubles if one.code == "year-unknown"]
    for clause in clauses:
        begun = _begun_above(lines, index) if len(found) == 1 else ""
        _add_clause(body, replace(clause, title=begun + clause.title), above, place)


def _tell(scope: YearScope, line: Line, clauses: Sequence[Clause], troubles: Sequence[Unreadable]) -> None:
    """What the entries after this one may take their year from: its time outside brackets."""
    if any(one.code == "year-unknown" for one in troubles):
        scope.tell(line.no, None)
    own = hull([window for one in clauses if not one.is_bracketed for window in one.reading.windows])
    if own is not None:
        scope.tell(line.no, own)


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
    scope: YearScope,
    attribute: tuple[str, str],
) -> bool:
    """Takes 사업기간 and 일시 lines; True when the line is used up."""
    label, value = attribute
    if not WHEN_LABELS.match(label) and label not in PERIOD_LABELS:
        return False
    parent = parent_of(lines, index, section.start)
    context = scope.context(lines[index].no)
    reading = read_prefix(value, replace(context, before=None) if label in PERIOD_LABELS else context)
    is_sub = parent is not None and title_of(parent) is None and not parent.body.startswith("(")
    if (
        section.kind in ("schedule", "done")
        and label not in PERIOD_LABELS[:2]
        and is_sub
        and parent is not None
    ):
        _add_when(body, label, value, parent, reading, Place(lines[index].no, section.title, section.kind))
        return True
    is_named = len(label) > BARE_LABEL and label not in PERIOD_LABELS and not is_attribute(label)
    if is_named and section.kind in ("schedule", "done"):
        return False  # 공청회 일정 : 8. 20. says what happens
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
    title = clause.title or _title_of_parent(parent)
    if title:
        _add(body, [milestone(title, clause.expr, clause.reading, place)])
        body.findings += [remark_finding(remark, place.line) for remark in clause.reading.remarks]


def _after_condition(text: str, found: re.Match[str]) -> Unreadable:
    """An entry whose time counts from something that has no day yet (계약 후 30일 이내)."""
    title = clean_title(text[: found.start()] + text[found.end() :])
    return Unreadable(title, found[0], {"why": "after-condition"}, "after-condition")


def _title_of_parent(parent: Line | None) -> str:
    """What the line above says happens; a section's title (추진 실적) says it of nothing in particular."""
    if parent is None or title_of(parent) is not None:
        return ""
    return clean_title(without_remark(parent.body))


def _named_by(found: Unreadable, parent: Line | None) -> Unreadable:
    return found if found.title else replace(found, title=_title_of_parent(parent) or UNNAMED)


def without_remark(text: str) -> str:
    """The action of a parent line, its ": value" cut off."""
    return re.split(r"\s*[:：]\s", text)[0] or without_brackets(text)


def read_period(text: str, year: int | None) -> PeriodDraft | None:
    """사업기간 as written -> start and end; None where it says no time."""
    reading = read_prefix(text, Context(year))
    if not isinstance(reading, Reading):
        return None
    if reading.kind == "ongoing":
        return PeriodDraft(start=None, end=None, open_ended=True)
    return period_of(reading) if reading.windows else None


def grid_milestone(entry: GridEntry, task: str) -> MilestoneDraft:
    """The milestone of a grid's entry; one of a row that is named otherwise than its task bears that name, too."""
    title = entry.title if alike(entry.label, task) >= SAME_NAME else named_by(entry.label, entry.title)
    return milestone(title, entry.expr, entry.reading, Place(entry.line, None, "schedule"))
