"""The lines of one task -> its milestones, its project period and what could not be read (과제 본문)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from plans.draft import UNNAMED, Asked, BudgetDraft, Finding, MilestoneDraft, PeriodDraft
from plans.entries.brackets import is_lasting
from plans.entries.clauses import read_clauses
from plans.entries.items import Place, asked, milestone, split_items, without_mark
from plans.entries.ladders import Step, steps_by_year
from plans.entries.paragraphs import (
    ANY_YEAR,
    Paragraph,
    actions_beside,
    is_time,
    leads_with_day,
    paragraph_at,
    roadmap_at,
    time_of,
)
from plans.entries.phrase import Clause, Unreadable, clean_title, is_thing, is_year_only, whole
from plans.entries.remarks import remark_finding, unreadable
from plans.entries.shapes import looks_like_entry
from plans.entries.suspensions import Suspension, suspension
from plans.entries.time_groups import times_of_actions
from plans.fields.labels import PERIOD_LABELS, WHEN_LABELS, is_attribute
from plans.fields.money import read_budgets
from plans.structure.sections import (
    PLANNED,
    Section,
    SectionKind,
    is_section_title,
    section_kind,
    split_sections,
    tells_ahead,
    tells_history,
    tells_state,
    title_of,
)
from plans.structure.years import YearScope, hull
from plans.tables.entries import NO_ANSWERS, TableEntries, read_table
from plans.tables.field_rows import FieldRow, field_rows, title_above
from plans.tables.grids import GridEntry, named_by
from plans.tables.table import Table, find_tables
from plans.text.characters import APOSTROPHES
from plans.text.lines import PLAIN_RANK, Line, parent_of
from plans.text.spelling import alike, one_line, squeeze, without_brackets
from plans.time.timeline import Context, Reading, parse_prefix, read_prefix, read_time

_ATTRIBUTE: Final = re.compile(
    r"^\(?([가-힣][가-힣 ·/]{0,14}?)\)?\s*[:：]\s*(.+)$|^\(([가-힣][가-힣 ]{0,9})\)\s*(.+)$"
)
_NUMBER: Final = re.compile(r"^(?:[①-⑳]|\(?\d{1,2}\)|\d{1,2}\.|[가-하][.)])\s*(?=[가-힣(])")
_CONDITION: Final = re.compile(
    r"[가-힣]{1,12} ?(?:후|로부터|부터) ?\d{1,3} ?(?:일|주|개월|년) ?(?:이내|안에|내|까지)"
)
WHEN_AND_WHERE: Final = re.compile(r"^(일시|기간|일정|시기)[/·]?(장소|규모|인원|대상)$")
EVENT_LABELS: Final = frozenset({"일시", "일자", "날짜"})
OF_ACT: Final = re.compile(
    r"(?:신청|접수|모집|공모|교육|공고|공람|심사|면접|발표|행사|전시|공연|조사|설문|훈련|회의|축제|시험|투표|캠프|등록)$"
)
_OPENS: Final = re.compile(r"(?:신청|접수|모집|공모|응모|제출|등록)$")  # which may stay open for months
EVENT_TIME: Final = re.compile(r"^(.{2,8}?)(기간|일시|일자|시기)$")
SHORT: Final = timedelta(days=14)  # a time of no more days is that of an event, whatever its label says
_IS_AHEAD: Final = re.compile(r"(?:예정|계획|목표)\)?$")
LONGEST_PART: Final = 30
BARE_LABEL: Final = 2  # letters of 일정, 일시, 시기
SAME_NAME: Final = 0.7  # likeness from which a row of a grid bears the name of its task
_BUDGET_TITLE: Final = re.compile(r"(소요예산|사업비|예산액)$")


@dataclass
class Body:
    """What the lines under a task's heading hold; `title` is the task's, where it may be that of an event."""

    title: str = ""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    periods: list[tuple[PeriodDraft, bool]] = field(
        default_factory=list
    )  # (period, stands under a sub-project)
    grids: list[GridEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    budgets: list[BudgetDraft] = field(default_factory=list)  # from a section 소요예산
    asked: list[Asked] = field(default_factory=list)  # entries of which nobody knows the year
    kinds: dict[int, SectionKind] = field(default_factory=dict)  # line number -> kind of its section
    events: list[MilestoneDraft] = field(
        default_factory=list
    )  # the times of events, unless an entry says them
    lone: list[MilestoneDraft] = field(default_factory=list)  # short periods, unless anything else has a time
    beside: dict[int, str] = field(
        default_factory=dict
    )  # index of a line that is a time -> the action beside it
    under: dict[int, int] = field(
        default_factory=dict
    )  # index of an action -> of the line that is its time, in groups of such
    steps: dict[int, Step] = field(
        default_factory=dict
    )  # index of a line -> what is done in a year that stands before or above it
    paired: set[int] = field(
        default_factory=set
    )  # numbers of lines that are a time, of the action beside them
    repeats: set[int] = field(
        default_factory=set
    )  # numbers of lines that only repeat an entry, or a part of its time
    joined: dict[int, int] = field(
        default_factory=dict
    )  # number of a line that goes on -> of the line it belongs to

    @property
    def period(self) -> PeriodDraft | None:
        """The task's own 사업기간: the only one, or the only one outside sub-projects; None where they differ."""
        own = [period for period, is_sub in self.periods if not is_sub] or [
            period for period, _ in self.periods
        ]
        return own[0] if own and all(period == own[0] for period in own) else None


def read_body(
    lines: Sequence[Line],
    scope: YearScope,
    answers: Mapping[str, str] = NO_ANSWERS,
    first: SectionKind = "overview",
    title: str = "",
) -> Body:
    """Reads the lines of one task in order; a missing year comes from the scope, `first` is what stands before titles."""
    under = times_of_actions(lines)
    beside = {at: act for at, act in actions_beside(lines).items() if at not in under.values()}
    body = Body(title, beside=beside, under=under, steps=steps_by_year(lines, scope.year))
    for section in split_sections(lines, scope.tree, first):
        tables = {
            table.start + section.start: table for table in find_tables(lines[section.start : section.end])
        }
        behind = section.start
        for index in range(section.start, section.end):
            body.kinds[lines[index].no] = section.kind
            if index in tables and (fields := field_rows(tables[index])):
                at = title_above(lines, index)
                above = "" if at is None else one_line(lines[at].body)
                _read_fields(body, fields, body.title or above, section, scope)
            elif index in tables:
                _add_table(body, _read_table(tables[index], section, scope, answers))
            elif index >= behind and not lines[index].cells and not lines[index].is_blank:
                behind = index + len(_read_line(body, lines, index, section, scope).lines)
    body.milestones += [one for one in body.events if not _is_said(one, body.milestones)]
    body.milestones += [] if body.milestones or body.asked or body.grids else body.lone
    _leave_repeats(body, lines)
    _settle_past(body, scope.year)
    return body


def _settle_past(body: Body, year: int | None) -> None:
    """What ended before the plan's year is done where a title tells of how things came to where they are (추진현황 및 계획),
    unless the entry itself says that it is to come."""
    for entry in body.milestones:
        ends = [window.due for window in entry.windows]
        is_past = bool(ends) and year is not None and all(due is not None and due.year < year for due in ends)
        is_history = tells_history(entry.section or "") and not _IS_AHEAD.search(entry.title)
        entry.done = entry.done or (is_past and is_history)


OF_THING: Final = re.compile(r"^(?:추진|사업|시행|개최|운영|행사|실시|진행)?(?:일정|일시|시기|기간|일자)$")
_WHEN: Final = re.compile(r"(?:일정|일시|시기|기간|일자)$")
_SLASHED: Final = re.compile(r"\s/\s")


def _read_fields(
    body: Body, fields: Sequence[FieldRow], title: str, section: Section, scope: YearScope
) -> None:
    """The times of a table of fields: its times are of the task, those of 신청기간 of what is done then, and a plan or what
    was done lists its own; 사업기간 is the period, and the time of the task where nothing else has one."""
    for one in fields:
        context = replace(scope.context(one.row.no), before=None)
        kind = section_kind(one.label) if is_section_title(one.label) else section.kind
        place = Place(one.row.no, one.label, kind)
        reading = read_prefix(one.value, context)
        if isinstance(reading, Reading) and (WHEN_LABELS.match(one.label) or one.label in PERIOD_LABELS):
            _add_field_time(body, one, title, reading, place)
        elif (kind in ("schedule", "done") and kind != section.kind) or WHEN_LABELS.match(one.label):
            items = [part for item in split_items(one.value) for part in _SLASHED.split(item)]
            for item in items:
                _add_item(body, without_mark(item), place, context)


def _add_field_time(body: Body, one: FieldRow, title: str, reading: Reading, place: Place) -> None:
    act = "" if OF_THING.match(one.label) else _WHEN.sub("", one.label)
    found = milestone(act or title, one.value[: reading.end].strip(), reading, place)
    if one.label in PERIOD_LABELS:
        _add_period(body, one.label, reading, is_sub=False)
        body.lone += [found] if found.title else []
    else:
        _add(body, [found])


def _add_item(body: Body, text: str, place: Place, context: Context) -> None:
    for one in read_clauses(text, place.kind, context):
        if isinstance(one, Clause):
            _add_clause(body, one, None, place)
        else:
            body.findings.append(unreadable(one, place.line))
            body.asked += [asked(one, place)] if one.code == "year-unknown" else []


def _read_table(table: Table, section: Section, scope: YearScope, answers: Mapping[str, str]) -> TableEntries:
    """What a table gives; under a title such as 추진절차 only what is exact and lies in the plan's year or behind it."""
    if section.kind != "none":
        return read_table(table, section, scope, answers)
    told = read_table(table, replace(section, kind="content"), scope, answers)
    return TableEntries(milestones=[one for one in told.milestones if _is_exact_ahead(one, scope.year)])


def _is_exact_ahead(entry: MilestoneDraft, year: int | None) -> bool:
    ends = [window.due or window.start for window in entry.windows]
    is_exact = all(window.precision not in ("year", "half") for window in entry.windows)
    return year is not None and is_exact and any(day is not None and day.year >= year for day in ends)


def _is_said(event: MilestoneDraft, others: Sequence[MilestoneDraft]) -> bool:
    """Whether an entry of the task begins on the day of an event, and so says it in other words."""
    days = {window.start for window in event.windows}
    return any(window.start in days for other in others for window in other.windows)


def _leave_repeats(body: Body, lines: Sequence[Line]) -> None:
    """A note or a plain line (the words under a picture) that repeats a bullet's entry is none of its own, nor is a time
    that was only held to be of the line beside it."""
    weak = {line.no for line in lines if line.is_note or not (line.marks or line.cells)}
    told: dict[str, list[str]] = defaultdict(list)
    for entry in body.milestones:
        if entry.line not in weak and body.joined.get(entry.line, 0) == 0:
            told[repr(entry.windows)].append(squeeze(entry.title))
    repeats = [
        entry
        for entry in body.milestones
        if entry.line in weak - body.joined.keys()
        and (others := told.get(repr(entry.windows)) if entry.windows else None)
        and (entry.line in body.paired or _is_told(entry.title, others))
    ]
    gone = {id(entry) for entry in repeats}
    body.repeats |= {entry.line for entry in repeats}
    body.milestones = [entry for entry in body.milestones if id(entry) not in gone]


def _is_told(title: str, others: Sequence[str]) -> bool:
    words = [squeeze(word) for word in title.split() if len(squeeze(word)) > 1]
    return any(2 * sum(word in other for word in words) >= len(words) > 0 for other in others)


def _add_table(body: Body, found: TableEntries) -> None:
    _add(body, found.milestones)
    body.grids += found.grids
    body.findings += found.findings
    body.asked += found.asked


def _year_in(title: str | None) -> int | None:
    found = re.search(rf"(20\d\d|[{APOSTROPHES}]\d\d)\s?년", title or "")
    return int(found[1].strip(APOSTROPHES)) % 2000 + 2000 if found else None


def _add(body: Body, milestones: list[MilestoneDraft]) -> None:
    for found in milestones:
        if (
            not found.title.strip()
        ):  # its bullet lost its words: the section's title says at least what it is of
            found.title = found.section or UNNAMED
        body.milestones.append(found)


def _read_line(
    body: Body, lines: Sequence[Line], index: int, section: Section, scope: YearScope
) -> Paragraph:
    """Reads a line and those it goes on in, and gives them."""
    line = lines[index]
    if _BUDGET_TITLE.search(squeeze(section.title or "")) and not body.budgets and title_of(line) is None:
        body.budgets = [
            b if b.year else b.model_copy(update={"year": _year_in(section.title)})
            for b in read_budgets(line.body)
        ]
    alone = Paragraph((line,), line.body, (0,))
    if index in body.steps and section.kind != "done":
        _add_step(body, body.steps[index], Place(line.no, section.title, "schedule"), scope)
        return alone
    if line.marks == "-" and line.body.endswith("-"):
        return alone  # - a title below the title -
    attribute = attribute_of(line)
    if attribute is not None and _read_attribute(body, lines, index, section, scope, attribute):
        return alone
    if title_of(line) is not None and not _is_titled_entry(line):
        return alone
    is_evident = (
        index in body.beside or index in body.under or (looks_like_entry(line) and line.rank < PLAIN_RANK)
    )
    if section.kind == "none" and not is_evident:
        return alone
    if line.rank == PLAIN_RANK and section.kind == "overview" and not looks_like_entry(line):
        return alone
    found = paragraph_at(lines, index, section.end, scope.tree)
    _read_paragraph(body, found, lines, index, section, scope)
    body.joined |= dict.fromkeys((one.no for one in found.lines[1:]), line.no)
    return found


def _add_step(body: Body, step: Step, place: Place, scope: YearScope) -> None:
    reading = whole(step.expr, scope.context(place.line))
    if reading is not None and reading.windows:
        _add(body, [milestone(step.title, step.expr, reading, place)])


def _is_titled_entry(line: Line) -> bool:
    """□ 순회진료 운행(월 4회), ■ 2026. 4. 20.(월) 최종 발표: a part of a project that says itself when it is."""
    is_named = line.marks and not is_section_title(line.body)
    return bool(is_named) and (
        leads_with_day(line.body)
        or any(whole(group, ANY_YEAR) is not None for group in re.findall(r"\(([^()]+)\)$", line.body))
    )


def _read_paragraph(
    body: Body, paragraph: Paragraph, lines: Sequence[Line], index: int, section: Section, scope: YearScope
) -> None:
    line = lines[index]
    action, roadmap = body.beside.get(index, ""), roadmap_at(lines, index)
    if index in body.under:
        action = paragraph.text
        body.repeats.add(lines[body.under[index]].no)
    text = (
        f"{action} : {time_of(lines, body.under.get(index, index))}"
        if action
        else " → ".join(roadmap) or paragraph.text
    )
    body.paired |= {line.no} if action else set()
    own = "done" if roadmap else section.kind
    found = [] if own == "none" else read_clauses(text, own, scope.context(line.no))
    if not found and own not in PLANNED and (action or (line.marks and looks_like_entry(line))):
        told = read_clauses(text, "content", scope.context(line.no))
        found = [one for one in told if _is_ahead(one, scope.year)]
    found = found or _at_time_above(lines, index, section, scope)
    kind = "done" if found and _tells_what_was_done(lines, index, section) else section.kind
    rests = _suspension(paragraph, lines, index, section) if not found and not action else None
    if rests is not None:
        place = Place(line.no, section.title, kind)
        _add(body, [milestone(clean_title(rests.title), rests.until, Reading("ongoing"), place)])
        return
    if not found and section.kind == "schedule" and (condition := _CONDITION.search(line.body)):
        body.findings.append(unreadable(_after_condition(line.body, condition), line.no))
    clauses = [one for one in found if isinstance(one, Clause)]
    _tell(scope, line, clauses, [one for one in found if isinstance(one, Unreadable)])
    above = parent_of(lines, index, section.start)
    at = 0
    for one in found:
        number, at = paragraph.line_of(one.expr, at)
        place = Place(number, section.title, kind)
        if isinstance(one, Clause):
            _add_clause(body, one, None if line.rank == PLAIN_RANK else above, place)
            continue
        body.findings.append(unreadable(one, number))
        body.asked += [asked(_named_by(one, above), place)] if one.code == "year-unknown" else []


def _suspension(
    paragraph: Paragraph, lines: Sequence[Line], index: int, section: Section
) -> Suspension | None:
    """What rests until something happens; when it goes on may stand in the next line of the same depth."""
    if section.kind not in PLANNED or not lines[index].marks:
        return None
    behind = index + len(paragraph.lines)
    below = next((one for one in lines[behind : section.end] if not one.is_blank), None)
    is_beside = below is not None and below.rank == lines[index].rank
    return suspension(paragraph.text, below.body if below is not None and is_beside else "")


def _is_ahead(found: Clause | Unreadable, year: int | None) -> bool:
    """Whether an entry under a title such as 추진배경 lies in the plan's year or behind it, and so is planned whatever the
    title says."""
    return isinstance(found, Clause) and not is_year_only(found.reading) and _reaches(found.reading, year)


def _reaches(reading: Reading, year: int | None) -> bool:
    """Whether a time ends in a year or behind it."""
    if year is None or not reading.windows:
        return False
    first, last = reading.windows[0], reading.windows[-1]
    day = first.start or first.due if last.due is None else last.due
    return day is not None and day.year >= year


LEAST_TIMES: Final = 2  # lines that are times, which make what hangs from them a list by time


def _at_time_above(
    lines: Sequence[Line], index: int, section: Section, scope: YearScope
) -> list[Clause | Unreadable]:
    """A bullet without a time that hangs from one which is only a time (○ 2031년 1분기), in a list of such."""
    line, above = lines[index], parent_of(lines, index, section.start)
    is_item = bool(line.marks) and not line.is_note and ":" not in line.body
    if not is_item or section.kind not in ("schedule", "done") or above is None or not is_time(above):
        return []
    beside = (one for one in lines[section.start : section.end] if one.rank == above.rank and is_time(one))
    reading = whole(above.body, scope.context(above.no))
    if len(list(itertools.islice(beside, LEAST_TIMES))) < LEAST_TIMES or reading is None:
        return []
    if reading.trouble is not None:
        trouble = reading.trouble
        return [Unreadable(clean_title(line.body), above.body, trouble.reason, trouble.code)]
    return [Clause(clean_title(line.body), above.body, _as_one(reading))]


def _as_one(reading: Reading) -> Reading:
    """Times that follow each other (3, 4분기) as one."""
    windows = reading.windows
    follow = [
        one.due is not None and other.start is not None and (other.start - one.due).days == 1
        for one, other in itertools.pairwise(windows)
    ]
    whole_time = hull(windows)
    return replace(reading, windows=(whole_time,)) if follow and all(follow) and whole_time else reading


def _tells_what_was_done(lines: Sequence[Line], index: int, section: Section) -> bool:
    """Whether a line is "추진상황 : …" and one beside it "향후계획 : …"."""
    label = label_of(lines[index])
    if label is None or not tells_state(label):
        return False
    rank = lines[index].rank
    behind = lines[index + 1 : section.end]
    beside = itertools.takewhile(lambda line: line.is_blank or line.cells or line.rank >= rank, behind)
    return any(line.rank == rank and tells_ahead(label_of(line) or "") for line in beside)


def label_of(line: Line) -> str | None:
    """추진상황 of "- 추진상황 : …" or "(추진상황) …"."""
    found = attribute_of(line)
    return None if found is None else found[0]


def _tell(scope: YearScope, line: Line, clauses: Sequence[Clause], troubles: Sequence[Unreadable]) -> None:
    """What the entries after this one may take their year from: its time outside brackets."""
    if any(one.code == "year-unknown" for one in troubles):
        scope.tell(line.no, None)
    own = hull([window for one in clauses if not one.is_bracketed for window in one.reading.windows])
    if own is not None:
        scope.tell(line.no, own)


def attribute_of(line: Line) -> tuple[str, str] | None:
    """(label, value) of "- 사 업 기 간 : 2021. 4. ~ 12." or "(시 기) '21. 6월", label closed up."""
    found = _ATTRIBUTE.match(_NUMBER.sub("", line.body))
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
    label = re.sub(r"[/·]?(장소|규모|인원|대상)$", "", label) if WHEN_AND_WHERE.match(label) else label
    if not WHEN_LABELS.match(label) and label not in PERIOD_LABELS:
        return False
    if label not in PERIOD_LABELS and _tells_actions(value):
        return False
    line = lines[index]
    context = scope.context(line.no)
    reading = read_prefix(value, replace(context, before=None) if label in PERIOD_LABELS else context)
    event = _event_in(label, reading)
    if event and section.kind in PLANNED:
        named = _named_beside(event, line, scope) or _of_part(event, section)
        _add_event(body, named, value, line, section, scope)
        return True
    parent = _parent(lines, index, section, scope)
    is_sub = parent is not None and title_of(parent) is None and not parent.body.startswith("(")
    place = Place(line.no, section.title, section.kind)
    named = _event_of(body, parent, section)
    is_event = bool(event) or label in EVENT_LABELS or (label in PERIOD_LABELS and _is_of_act(reading))
    is_planned = section.kind in PLANNED or (
        label in EVENT_LABELS and isinstance(reading, Reading) and _reaches(reading, scope.year)
    )
    if is_event and isinstance(reading, Reading) and not (is_sub and is_planned):
        title = _named_beside(event, line, scope) if event else named
        found = milestone(title or event or named, value[: reading.end].strip(), reading, place)
        (body.lone if label in PERIOD_LABELS else body.events).extend([found] if found.title else [])
        if label not in PERIOD_LABELS:
            return True
    if is_planned and label not in PERIOD_LABELS[:2] and is_sub and parent is not None:
        _add_when(body, label, value, parent, reading, place)
        return True
    is_named = len(label) > BARE_LABEL and label not in PERIOD_LABELS and not is_attribute(label)
    if is_named and section.kind in PLANNED:
        return False  # 공청회 일정 : 8. 20. says what happens
    if label in PERIOD_LABELS and not lines[index].is_note and isinstance(reading, Reading):
        _add_period(body, label, reading, is_sub)
    return True


def _event_in(label: str, reading: object) -> str:
    """신청 of 신청기간, 제출 of 제출일시: what is done then; "" where the label is of a thing's time or a document's day."""
    found = EVENT_TIME.match(label)
    if found is None or label in PERIOD_LABELS or is_attribute(f"{found[1]}일") or is_thing(found[1]):
        return ""
    is_day = isinstance(reading, Reading) and any(one.precision == "day" for one in reading.windows)
    is_point = found[2] != "기간" and is_day
    return found[1] if OF_ACT.search(found[1]) or is_point or _is_short(reading) else ""


def _is_of_act(reading: object) -> bool:
    """Whether a time is no period: days close to each other, or several times (운영시기 : 4월, 9월)."""
    return _is_short(reading) or (isinstance(reading, Reading) and len(reading.windows) > 1)


def _is_short(reading: object) -> bool:
    """Whether a time is exact to the day at both ends, and those lie close."""
    if not isinstance(reading, Reading) or not reading.windows:
        return False
    exact = (one for one in reading.windows if one.start and one.due and one.precision in ("day", "range"))
    return len(reading.windows) == sum(one.due - one.start <= SHORT for one in exact if one.start and one.due)


def _named_beside(event: str, line: Line, scope: YearScope) -> str:
    """What 행사명 names beside 행사일시; "" where no such line stands in the list."""
    for block in scope.tree.siblings(line.no - 1):
        label = attribute_of(scope.lines[block.index])
        if label is not None and label[0] == f"{event}명":
            return one_line(label[1])
    return ""


def _parent(lines: Sequence[Line], index: int, section: Section, scope: YearScope) -> Line | None:
    """The bullet or the numbered line that a label stands under, inside the task; None where it is a section's title."""
    found = parent_of(lines, index, section.start)
    first = lines[0].no - 1
    own = scope.tree.blocks[lines[index].no - 1]
    above = scope.tree.blocks[own.parent] if own is not None and own.parent >= first else None
    if above is not None and above.number is not None and (found is None or found.no - 1 < above.index):
        is_section = is_section_title(above.number.title)
        return None if is_section else replace(lines[above.index - first], text=above.number.title)
    return found if lines[index].marks or above is not None else None


def _event_of(body: Body, parent: Line | None, section: Section) -> str:
    """What a 일시 that stands below no bullet is the time of: the part under whose name it stands, or the project."""
    if parent is not None:
        return ""
    is_part = section.kind == "content" and section.title is not None and not is_section_title(section.title)
    return section.title or "" if is_part else body.title


def _of_part(event: str, section: Section) -> str:
    """신청 of the part of a project that it stands in (우수사례 공모 신청)."""
    part = section.title or ""
    is_named = section.kind == "content" and part and not is_section_title(part) and event not in part
    return f"{part} {event}" if is_named and len(part) <= LONGEST_PART else event


def _add_event(body: Body, event: str, value: str, line: Line, section: Section, scope: YearScope) -> None:
    """신청기간 : 3. 2. ~ 3. 13. says when one applies."""
    clauses = read_clauses(f"{event} : {value}", section.kind, scope.context(line.no))
    if not _OPENS.search(event) and any(
        isinstance(one, Clause) and is_lasting(one.reading) for one in clauses
    ):
        return  # a year's schooling is no event
    place = Place(line.no, section.title, section.kind)
    _tell(scope, line, [one for one in clauses if isinstance(one, Clause)], [])
    for one in clauses:
        if isinstance(one, Clause):
            _add_clause(body, one, None, place)
        else:
            body.findings.append(unreadable(one, line.no))
            body.asked += [asked(one, place)] if one.code == "year-unknown" else []


def _tells_actions(value: str) -> bool:
    """Whether behind 일정 or 시기 stands what happens and not only when: (’26. 3.) 설계 → 공사, or words first."""
    found = parse_prefix(value, Context(2000))
    if not isinstance(found, Reading):
        return True
    return "→" in value or value.startswith(("(", "[", "【"))


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
    place = replace(place, kind="schedule") if clause.is_ahead and place.kind == "done" else place
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
    found = milestone(title, entry.expr, entry.reading, Place(entry.line, None, "schedule"))
    return found.model_copy(update={"done": False})  # 완료 is what is to come here
