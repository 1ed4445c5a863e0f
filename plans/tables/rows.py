"""The entries in the rows of a table: what the columns say happens, and when (표의 일정)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from plans.draft import Asked, Finding, MilestoneDraft, Window, finding
from plans.entries.clauses import read_clauses
from plans.entries.items import Place, asked, milestone, row_milestones, split_items, unwrapped, without_mark
from plans.entries.phrase import Clause, Unreadable, clean_title, is_act, is_figure, is_year_only, whole
from plans.entries.remarks import remark_finding, time_missing, unreadable
from plans.facts import short
from plans.fields.labels import DONE, read_status
from plans.structure.sections import Section, tells_ahead
from plans.structure.years import YearScope, hull, inside
from plans.tables.column_roles import (
    EMPTY,
    Column,
    Columns,
    Role,
    groups_of,
    is_ordinal,
    is_time_word,
    is_total,
    read_columns,
)
from plans.tables.forms import form_of
from plans.tables.table import Table, cell, cell_text, filled
from plans.tables.whens import Merged, When, answer_for, choose, names
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates, lists_years, years_listed
from plans.time.timeline import CannotSay, Context, Reading, parse_prefix, read_prefix, read_time

_DATE_LIKE: Final = re.compile(r"\d\s*[월년.]|\d-\d|분기|반기")
_LETTER: Final = re.compile(r"[가-힣A-Za-z]")
_PART: Final = re.compile(
    r"\s*[,;/]\s*(?=['’‘(]?\d|[상하]반기)|\s*[;/]\s+|,\s+|(?<=[가-힣])\s(?=['’‘]\d{2}\.\s?\d)"
)
_ABOUT: Final = frozenset(
    {
        "owner",
        "officers",
        "phones",
        "related",
        "budgets",
        "status",
        "remark",
        "figure",
        "no",
        "fact",
        "period",
    }
)
"""Roles of columns that tell of an entry, and do not say what it is."""
LONGEST_TITLE: Final = 80
SHORT_NAME: Final = 14  # letters of a name that says little alone
_HELD: Final = re.compile(r"[가-힣]{1,6}(?:회|회의|행사|주간|시)")
_DEADLINE: Final = re.compile(r"(완료|조치|이행|처리|추진)(목표|예정)?기한$")
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d")
_STAGE: Final = re.compile(r"(?:단계|절차)$")
_BRACKETED: Final = re.compile(r"\(([^()]+)\)")


@dataclass
class Entries:
    """What the rows of a table give; empty for one without times."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    has_names: bool = False  # its header names things or facts: no row above times says what happens


@dataclass(frozen=True)
class Timed:
    """A row with its time; `expr` as written."""

    row: Line
    reading: Reading
    expr: str
    when: When


@dataclass
class Rows:
    """A table that is being read: its columns, where it stands, and what was found."""

    table: Table
    columns: Columns
    section: Section
    scope: YearScope
    is_register: bool  # each row is a task, whose name no entry needs
    found: Entries = field(default_factory=Entries)
    thing: str = ""  # the last name of a thing, which may be merged over rows

    def tell(self, row: Line, window: Window | None, is_unknown: bool = False) -> None:
        """What the next row may take its year from; tasks of a register are in no order of time."""
        if not self.is_register and (window is not None or is_unknown):
            self.scope.tell(row.no, window)

    @cached_property
    def fullest(self) -> int:
        """The most cells of a row that hold something."""
        return max((len(filled(one)) for one in self.table.below), default=0)

    def place(self, row: Line, column: Column | None = None) -> Place:
        """Where an entry stands: in its section, or below a header that tells of what is done or to come."""
        if column is None:
            return Place(row.no, self.section.title, self.section.kind)
        is_done = self.columns.role(column.index) == "done"
        header = " ".join(column.path)
        title = (header if tells_ahead(header) else self.section.title or header) or None
        kind = "content" if self.section.kind == "overview" else self.section.kind  # a column of events plans
        return Place(row.no, title, "done" if is_done else kind)


def read_rows(
    table: Table, section: Section, scope: YearScope, answers: Mapping[str, str], is_register: bool
) -> Entries:
    """The entries of a table's rows, and those whose time cannot be said."""
    columns = read_columns(table.head, table.below, section.title or "")
    rows = Rows(table, columns, section, scope, is_register)
    rows.found.has_names = bool(columns.of("title", "fact", "period", "budgets"))
    choice = choose(rows.columns, answer_for(form_of(rows.columns), answers), scope.year)
    is_plan = section.kind in ("schedule", "done") or any(_is_named(columns, when) for when in choice.whens)
    is_plan = is_plan or _are_rounds(rows, choice.whens)
    whens = [when for when in choice.whens if is_plan and not _is_past_fact(rows, when)]
    if choice.rivals:
        _ask_which(rows, choice.rivals)
    for when in whens:
        _read_times(rows, when, [other for other in whens if other is not when])
    _read_events(rows, has_times=bool(whens or choice.rivals))
    period = rows.columns.first("period")
    if period is not None and not is_register and not (whens or choice.rivals or rows.found.milestones):
        _read_times(rows, When(period.index))
    return rows.found


def _is_named(columns: Columns, when: When) -> bool:
    """Whether a column is one of times by its header, or by the months beside it. Those that are times only by what stands
    in them count where another one is, or where the section tells of what is to be done."""
    is_joined = when.month is not None or when.start is not None
    return is_joined or bool(_NAMED.search(columns.all[when.at].last))


def _are_rounds(rows: Rows, whens: Sequence[When]) -> bool:
    """Whether several columns of times only count (1차 | 2차) beside a column of acts (신청, 선정)."""
    counted = [when for when in whens if is_ordinal(rows.columns.all[when.at].last)]
    acts = [row.cells[0] for row in rows.table.below if row.cells]
    return len(counted) == len(whens) >= LEAST_ROUNDS and all(map(is_act, acts))


LEAST_ROUNDS: Final = 2
_NAMED: Final = re.compile(
    r"(일자|일정|시기|일시|날짜|기한|연월|년월|월별|예정일?|시점)(안|계획)?$|^[월일]$|^변경|(교육|행사|접수|모집|신청|공모|운영)기간$"
)


def _is_past_fact(rows: Rows, when: When) -> bool:
    """Whether a column tells only when things came to be (개관월), all before the plan's year."""
    year = rows.scope.year
    if not when.act or year is None:
        return False
    tokens = [token for text in rows.columns.all[when.at].filled for token in find_dates(text)]
    years = [token.year for token in tokens if token.year is not None]
    return bool(years) and max(years) < year


def _ask_which(rows: Rows, rivals: Sequence[Column]) -> None:
    """Two columns may be the time: nobody but a person knows which, so that no row is registered."""
    asked_for = {column.index: column for column in (*rows.columns.of("time"), *rivals)}
    told, form = names(list(asked_for.values())), form_of(rows.columns)
    columns = [told[column.index] for column in rivals]
    taken = [column.index for column in rivals]
    for row in rows.table.below:
        choices = [cell(row, i) for i in taken]
        times = [text for text in choices if squeeze(text) not in EMPTY]
        title = without_mark(_action(rows, row, taken))
        if times and title and not is_total(row):
            one = asked(Unreadable(title, " / ".join(times), {}), rows.place(row))
            rows.found.asked.append(
                one.model_copy(update={"form": form, "columns": columns, "choices": choices})
            )
            rows.tell(row, None, is_unknown=True)
    head = rows.table.rows[rows.table.head.top].no
    rows.found.findings.append(finding(head, "time-column", columns=columns, count=len(rows.found.asked)))


def _read_times(rows: Rows, when: When, others: Sequence[When] = ()) -> None:
    """The entries of the rows with the time in these columns; `others` are the columns of other acts."""
    taken = [*when.columns, *(i for other in others for i in other.columns)]
    above = ""
    groups = groups_of(rows.columns) if when.start is not None else None
    taken += [groups.index] if groups is not None else []
    for timed in _timed_rows(rows, when, others):
        action = _action(rows, timed.row, taken)
        if is_figure(action):
            continue
        above = (
            action if _LETTER.search(action) else above
        )  # a name that is merged over several rows stands once
        entries = _entries(rows, timed, above, bool(others))
        is_done = not rows.is_register and _is_said_done(rows, timed.row)
        rows.found.milestones += (
            [one.model_copy(update={"done": True}) for one in entries] if is_done else entries
        )


def _is_said_done(rows: Rows, row: Line) -> bool:
    """Whether the column of states says that a row is done."""
    return any(read_status(cell(row, column.index)) == DONE for column in rows.columns.of("status"))


def _entries(rows: Rows, timed: Timed, action: str, is_one_of_several: bool) -> list[MilestoneDraft]:
    """The entries of a row with this time."""
    act, place = timed.when.act, rows.place(timed.row)
    act = "" if _is_deadline(rows, timed.when) else act
    if act and (is_one_of_several or _is_thing(rows)):
        thing = "" if is_time_word(action) else one_line(without_mark(next(iter(unwrapped(action)), "")))
        title = thing if act in thing else f"{thing} {act}".strip()
        if is_ordinal(title):
            return []
        found = milestone(title, timed.expr, timed.reading, place)
        return [_still_to_come(found, place)]
    if not action:
        return []
    action = _with_thing(rows, timed.row, action)
    if timed.when.start is not None:  # it happens from then to then, whatever times its own words name
        entry = milestone(one_line(without_mark(action)), timed.expr, timed.reading, place)
        return [_still_to_come(entry, place) if rows.is_register else entry]
    entries = list(_line_by_line(rows, timed, action)) or row_milestones(
        action, timed.expr, timed.reading, place
    )
    return [_still_to_come(one, place) for one in entries] if rows.is_register else entries


def _is_deadline(rows: Rows, when: When) -> bool:
    """Whether a column only says by when what another one names is done (조치계획 | 조치기한)."""
    own = rows.columns.first("action", "events")
    return (
        own is not None
        and own is not rows.columns.name
        and bool(own.filled)
        and bool(_DEADLINE.search(rows.columns.all[when.at].last))
    )


def _still_to_come(entry: MilestoneDraft, place: Place) -> MilestoneDraft:
    """완료 in a header, or in what a register says of a task's times, is what is to come; its column of states says what
    is done."""
    return entry.model_copy(update={"done": place.kind == "done"})


def _with_thing(rows: Rows, row: Line, action: str) -> str:
    """A bare act (착공) with the thing whose name is merged over its rows."""
    column = _action_column(rows)
    title = rows.columns.first("title")
    if rows.is_register or title is None or column is None or column is title:
        return action
    rows.thing = cell(row, title.index) or rows.thing
    is_bare = rows.thing and len(unwrapped(action)) == 1
    return named(without_mark(action), rows.thing) if is_bare and " " not in without_mark(action) else action


def _is_thing(rows: Rows) -> bool:
    """Whether the rows name things, of which the header of the time says what happens (시설명 | 준공)."""
    if rows.is_register:
        return True
    return rows.columns.first("action", "events") is None and rows.columns.first("title") is not None


def _line_by_line(rows: Rows, timed: Timed, action: str) -> Iterator[MilestoneDraft]:
    """The entries of a row whose two cells have as many lines, each with its time beside its action."""
    times = [one_line(part) for part in cell_text(timed.row, timed.when.at).split("\n") if part.strip()]
    actions = [without_mark(part) for part in action.split("\n") if part.strip()]
    if len(times) < 2 or len(times) != len(actions):
        return
    context = rows.scope.context(timed.row.no)
    readings = [whole(text, replace(context, before=None)) for text in times]
    if all(reading is not None and reading.trouble is None for reading in readings):
        for title, expr, reading in zip(actions, times, readings, strict=True):
            assert reading is not None
            yield milestone(title, expr, reading, rows.place(timed.row))


def _timed_rows(rows: Rows, when: When, others: Sequence[When] = ()) -> Iterator[Timed]:
    """Rows with their time; an empty time cell below a filled one is a merge that was lost, and keeps its time."""
    above: tuple[Reading, str] | None = None
    merged = Merged()
    for row in rows.table.below:
        if is_total(row) or _is_header_again(rows, row):
            above = None
            continue
        text = merged.time(row, when)
        text = alone[1] if (alone := _BRACKETED.fullmatch(text)) else text
        found = _read(text, rows, row, when)
        if isinstance(found, Reading):
            above = (found, text)
            rows.tell(row, hull(found.windows))
            rows.found.findings += [remark_finding(remark, row.no) for remark in found.remarks]
        elif found is not None:
            above = None
            _complain(rows, row, text, found, when)
        if above is None or (not text and not _goes_on(rows, row, when)):
            continue
        if not text and any(cell(row, other.at) for other in others):
            continue  # what its header names is not done with this one
        if not text and when.start is not None:  # one whose days nobody has written yet
            above = None
            rows.found.findings += [
                time_missing(name, row.no) for name in [_action(rows, row, when.columns)] if name
            ]
            continue
        if text or not _is_alone(row, when):
            yield Timed(row, *above, when)
        else:
            rows.found.findings.append(time_missing(row.cells[0], row.no))


def _read(text: str, rows: Rows, row: Line, when: When) -> Reading | CannotSay | None:
    if not text:
        return None
    context = rows.scope.context(row.no)
    found = read_time(text, context)
    lines = [one_line(part) for part in cell_text(row, when.at).split("\n") if part.strip()]
    parts = lines if len(lines) > 1 else text.split(" ")
    if isinstance(found, CannotSay) and len(parts) > 1 and all(whole(part, context) for part in parts):
        return read_time(parts[0], context)  # several lines, each a time: told apart line by line
    return _before_name(text, context) if isinstance(found, CannotSay) else found


def _before_name(text: str, context: Context) -> Reading | CannotSay:
    """The time before a name of what is held then (7월 임시회); else why the cell is none."""
    found = read_time(text, context)
    first = read_prefix(text, context)
    is_named = isinstance(first, Reading) and bool(_HELD.fullmatch(text[first.end :].strip()))
    return replace(first, has_tail=False) if is_named and isinstance(first, Reading) else found


def _is_header_again(rows: Rows, row: Line) -> bool:
    """Whether a page repeats the header."""
    head = rows.table.head
    texts = [squeeze(text) for text in row.cells]
    return any(texts == [squeeze(text) for text in one.cells] for one in rows.table.rows[head.top : head.end])


def _is_alone(row: Line, when: When) -> bool:
    """Whether only the first cell is filled, and the time stands in another: a title across the table or an action
    whose time is merged with the one above, which no form of text tells apart."""
    return when.at > 0 and bool(row.cells[0]) and len(filled(row)) == 1


def _goes_on(rows: Rows, row: Line, when: When) -> bool:
    """Whether a row without a time is another entry of the time above it, and no title of a group with its sums."""
    if when.at == 0 and not any(row.cells[1:]):
        return False
    return 2 * len(filled(row)) >= rows.fullest - 1


def _complain(rows: Rows, row: Line, text: str, found: CannotSay, when: When) -> None:
    """A cell that speaks of a month or date that cannot be said is told, and so are words where the cell of the time is
    lost; other words are none."""
    if not _DATE_LIKE.search(text):
        is_short = when.at == 0 and len(row.cells) < len(rows.columns.all)
        rows.found.findings += [time_missing(text, row.no)] if is_short else []
        return
    title = without_mark(_action(rows, row, when.columns))
    trouble = Unreadable(title, text, found.reason, found.code)
    rows.found.findings.append(unreadable(trouble, row.no))
    if trouble.code == "year-unknown":
        rows.tell(row, None, is_unknown=True)
        rows.found.asked.append(asked(trouble, rows.place(row)))


def _read_events(rows: Rows, has_times: bool) -> None:
    """Entries whose time stands among the words of a cell: 공사 발주('31. 3.) · 준공예정 '31. 10.

    Beside a column of times they are read where their own header promises them; the action's own are read with it.
    """
    is_plan = rows.section.kind in ("schedule", "done")
    roles: tuple[Role, ...] = (
        ("events", "done") if has_times or not is_plan else ("events", "done", "action", "text", "remark")
    )
    taken = _action_column(rows) if has_times else None
    wanted = [column for column in rows.columns.of(*roles) if column.dated and column is not taken]
    wanted = _of_this_year(wanted, rows.scope.year)
    for row in rows.table.below:
        for column in wanted if not is_total(row) else ():
            _read_cell(rows, row, column)


def _of_this_year(columns: Sequence[Column], year: int | None) -> list[Column]:
    """The columns but those whose header names a year before the plan's, where another names that or a later one
    (2026년 개최 | 2027년 개최)."""
    held = [column for column in columns if year is not None and column.year >= year]
    past = [column for column in columns if year is not None and held and 0 < column.year < year]
    return [column for column in columns if column not in past]


def _read_cell(rows: Rows, row: Line, column: Column) -> None:
    place, year = rows.place(row, column), rows.scope.year
    if place.kind == "done" and column.year and (year is None or column.year < year):
        return  # results of years that are past
    context = Context(column.year) if column.year else rows.scope.context(row.no)
    thing = rows.columns.first("title", "area")
    name = "" if thing is None or thing is column or rows.is_register else cell(row, thing.index)
    for clause in events_in(cell_text(row, column.index), place, context):
        if isinstance(clause, Unreadable):
            rows.found.findings.append(unreadable(clause, row.no))
            if clause.code == "year-unknown":
                rows.found.asked.append(asked(clause, place))
        elif title := named(clause.title, name):
            rows.found.milestones.append(milestone(title, clause.expr, clause.reading, place))


def named(act: str, thing: str) -> str:
    """A bare act (준공예정) with the thing it happens to; more words say enough by themselves."""
    act = act or thing
    return act if " " in act or thing in act or not thing else short(f"{thing} {act}", LONGEST_TITLE)


def events_in(text: str, place: Place, context: Context) -> list[Clause | Unreadable]:
    """The actions of a cell that have times of their own; a time that is written once more in the line is the next one's."""
    found: list[Clause | Unreadable] = []
    text = text.rpartition("(변경)")[2].partition("(당초)")[0]  # what holds, where both are told
    if lists_years(one_line(text)):
        parts = years_listed(one_line(text))
        clauses = [one for part in parts for one in read_clauses(part, place.kind, context)]
        return [one for one in clauses if squeeze(one.title) not in EMPTY]
    for item in split_items(text):
        for part in _parts(without_mark(item)):
            clauses = [one for one in read_clauses(part, place.kind, context) if _is_event(one)]
            clauses = clauses or _in_year_ahead(part, place, context)
            found += clauses
            windows = [w for one in clauses if isinstance(one, Clause) for w in one.reading.windows]
            if (window := hull(windows)) is not None and any(token.year for token in find_dates(part)):
                context = inside(window)
    return found


def _in_year_ahead(part: str, place: Place, context: Context) -> list[Clause | Unreadable]:
    """'31년 착공: an act in a year behind the plan's, among acts with their months."""
    found = parse_prefix(part, context)
    if (
        place.kind == "done"
        or not isinstance(found, Reading)
        or not is_year_only(found)
        or context.year is None
    ):
        return []
    start, title = found.windows[0].start, clean_title(part[found.end :])
    is_ahead = start is not None and start.year > context.year
    return [Clause(title, one_line(part[: found.end]), found)] if is_ahead and is_act(title) else []


def _is_event(found: Clause | Unreadable) -> bool:
    if isinstance(found, Unreadable):
        return True
    return found.reading.kind in ("dated", "open") and not is_year_only(found.reading)


def _parts(item: str) -> list[str]:
    """3월 공모, 7월 선정 -> each with its own time; brackets are not cut."""
    parts = _PART.split(item)
    is_cut = all(
        part.count("(") == part.count(")") and find_dates(part) and _LETTER.search(_without_dates(part))
        for part in parts
    )
    return parts if len(parts) > 1 and is_cut else [item]


def _without_dates(text: str) -> str:
    for token in reversed(find_dates(text)):
        text = text[: token.start] + text[token.end :]
    return text


def _action_column(rows: Rows) -> Column | None:
    """The column that says what happens: the names of things, unless each is a task, or stands over several rows of its own
    acts."""
    columns = rows.columns
    if rows.is_register and (own := columns.first("action")) is not None and own.filled:
        return own
    title, action = columns.first("title"), columns.first("action", "events", "done")
    if title is None or action is None:
        return title or action
    return action if len(action.filled) > len(title.filled) else title


def _with_content(rows: Rows, row: Line, column: Column, taken: Sequence[int]) -> str:
    """The cell of the action; the name of a stage with what is done in it (단계 | 내용), unless that says the name itself."""
    own = cell_text(row, column.index)
    more = next(
        (one for one in rows.columns.of("action") if one is not column and one.index not in taken), None
    )
    said = cell_text(row, more.index) if more is not None and _STAGE.search(column.last) else ""
    if not said or len(unwrapped(said)) != 1 or find_dates(own):
        return own
    content = without_mark(unwrapped(said)[0])
    stage = one_line(own)
    return (content if squeeze(stage) in squeeze(content) else f"{stage} {content}")[:LONGEST_TITLE]


def _action(rows: Rows, row: Line, taken: Sequence[int]) -> str:
    """The cell that says what happens, line breaks kept; 구분 and 내용 together where both are short."""
    column = _action_column(rows)
    if column is not None and column.index not in taken and cell(row, column.index):
        return _with_content(rows, row, column, taken)
    others = [
        i
        for i, text in enumerate(row.cells)
        if i not in taken and text.strip() and rows.columns.role(i) not in _ABOUT
    ]
    head = rows.table.head
    width = len(rows.table.rows[head.top].cells) if head.end > head.top else len(row.cells)
    others = [i for i in others if i < width] or others  # a cell too many for the header says more about it
    area = next((i for i in others if rows.columns.role(i) == "area"), None)
    if area is not None:
        rest = [row.cells[i] for i in others if i != area]
        own = row.cells[area]
        return own if not rest else f"{one_line(own)} {without_mark(rest[0])}"[:LONGEST_TITLE]
    named = [row.cells[i] for i in others if rows.columns.all[i].last.endswith("명")]
    behind = [row.cells[i] for i in others if i > taken[0]]
    before = [row.cells[i] for i in others if i < taken[0]]
    if named or not behind:
        return (named or before or [""])[0]
    telling = [row.cells[i] for i in others if i > taken[0] and _differs(rows.columns, i)]
    return _together(telling) if len(telling) > 1 else (telling or behind)[0]


def _differs(columns: Columns, index: int) -> bool:
    """Whether a column does not say the same in all rows, and is no time of day."""
    filled = columns.all[index].filled if index < len(columns.all) else ()
    return len(set(filled)) > 1 and not all(map(_CLOCK.match, filled))


def _together(texts: Sequence[str]) -> str:
    """The first words of a row; a short name with what stands beside it."""
    first = without_mark(texts[0])
    if len(first) > SHORT_NAME or "\n" in texts[0] or is_act(first):
        return texts[0]
    return f"{first} {without_mark(texts[1])}"[:LONGEST_TITLE]
