"""What stands beside the tasks: tables whose rows are of tasks, and sections with times of their own (과제 밖의 일정).

A row that names a task of the body is of that task; where a column names tasks and one of its cells names none of the
body's, the row is a task itself. What no row names is of the section's heading, else of the document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.document import Document, Placed
from plans.draft import UNTITLED, MilestoneDraft, TaskDraft
from plans.entries.body import Body, grid_milestone, read_body
from plans.structure.blocks import Block, is_year_title, names_appendix
from plans.structure.outline import is_closing
from plans.structure.projects import BULLETS_FROM, whole_project
from plans.structure.sections import is_section_title, tells_done
from plans.tables.column_roles import is_total, read_columns
from plans.tables.grids import GridEntry
from plans.tables.registers import is_register
from plans.tables.table import Table, cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, alike, one_line, squeeze, without_brackets
from plans.time.scan import find_dates

FRAME: Final = "<>〈〉《》[]【】 "
LONGEST_HEADING: Final = 45
LEAST_NAMED: Final = 2  # rows that name tasks, which make theirs a column of tasks
SAME: Final = 0.8  # likeness of two titles of one task
LEAST_LETTERS: Final = 5  # of a title that is found within a longer one
MOST: Final = 0.6  # of the longer title whose letters the shorter one has in their order
_NUMBER: Final = re.compile(
    rf"^(?:\(?\d{{1,2}}(?:-\d{{1,2}})*[.)]?\s+|\d{{1,2}}(?:-\d{{1,2}})+\s*|[{CIRCLED}]\s*)"
)
PART: Final = 0.5  # of the longer title that the shorter one makes up
LEAST_ACTS: Final = 2  # of a row on the average: rows of one act each are acts themselves
LEAST_ENTRIES: Final = 2  # that make a section a task beside others
HALF: Final = 2
_THING: Final = re.compile(r"(?:업무|사업|과제|시책)명$")
_NEXT: Final = re.compile(r"향후|앞으로")
_PLAN: Final = re.compile(r"(?:일정|계획|로드맵)표?(?:\(안\))?$")


def join_rows(document: Document, projects: Sequence[Placed], rows: Sequence[Placed]) -> None:
    """The rows of a list of tasks beside the projects: one that names a project tells its department and adds what the
    project does not say; the others are tasks."""
    titles = _Titles(list(projects))
    for row in rows:
        of = titles.find(row.task.title)
        if of is None:
            continue
        document.tasks.remove(row)
        of.task.department = of.task.department if of.task.department != document.cover.department else None
        of.task.department = of.task.department or row.task.department or document.cover.department
        ends = {window.due for one in of.task.milestones for window in one.windows}
        for entry in row.task.milestones:
            is_said = bool(entry.windows) and all(window.due in ends for window in entry.windows)
            names = sorted((_bare(entry.title), _bare(row.task.title)), key=len)
            if not (is_said and names[0] in names[1]):
                _add(of, entry.line, entry)
        of.lines = [*of.lines, *row.lines]
        of.body.kinds |= dict.fromkeys((line.no for line in row.lines), "schedule")


def read_rest(document: Document) -> None:
    """Adds to the document what stands outside its tasks."""
    titles = _Titles(list(document.tasks), _other_headings(document))
    inside = {line.no for placed in document.tasks for line in placed.lines}
    for start, end in list(_stretches(document, inside)):
        lines = document.lines[start:end]
        if not any(not line.is_blank for line in lines[1:]):
            continue  # a heading with nothing below it
        body = read_body(lines, document.scope, document.answers, "overview", _heading(document, start))
        head = document.scope.tree.blocks[start]
        _place(document, titles, lines, body, head is not None and _is_reference(head))


def _other_headings(document: Document) -> list[Block]:
    """The headings that are no task, no section's and have no time."""
    starts = {placed.first for placed in document.tasks}
    return [
        block
        for block in document.scope.tree.blocks
        if block is not None
        and block.kind in ("title", "item")
        and block.index + 1 not in starts
        and len(block.text) <= LONGEST_HEADING
        and not is_section_title(_title(block))
        and not find_dates(block.text)
    ]


def tasks_of_rows(document: Document, whole: Placed) -> list[Placed]:
    """The rows of a document's tables as tasks, where they name several: headings of the document, or things with acts of
    their own; what stands in no such row stays with the document. [] where no rows name any."""
    titles = _Titles((), _other_headings(document))
    entries = _entries(whole.task.milestones, whole.body.grids)
    rows = {row for row, _, _ in entries}
    owners = _owners(titles, whole.lines, rows, whole.body.grids)
    names = list(dict.fromkeys(owners.named[row] for row, _, _ in entries if row in owners.named))
    if len(names) < LEAST_NAMED or whole.task.asked:
        return []
    parts = [_part(whole, name, entries, owners) for name in names]
    left = [one for row, one, grid in entries if one is not None and grid is None and row not in owners.named]
    left += [
        grid_milestone(one, "") for row, _, one in entries if one is not None and row not in owners.named
    ]
    told = {row for row in rows if row in owners.named}
    rest = [line for line in whole.lines if line.no not in told]
    task = whole.task.model_copy(update={"milestones": left})
    return [Placed(task, rest, whole.body, whole.first), *parts] if left else parts


_Entry = tuple[int, MilestoneDraft | None, GridEntry | None]


def _entries(milestones: Sequence[MilestoneDraft], grids: Sequence[GridEntry]) -> list[_Entry]:
    """Number of its row, and the entry of it or of a grid; what is said of a grid is among the milestones, too."""
    told = {(one.line, one.expr, squeeze(one.title)) for one in map(_of_grid, grids)}
    own = [one for one in milestones if (one.line, one.expr, squeeze(one.title)) not in told]
    return [*((one.line, one, None) for one in own), *((one.row, None, one) for one in grids)]


def _of_grid(one: GridEntry) -> MilestoneDraft:
    return grid_milestone(one, "")


def _part(whole: Placed, name: str, entries: Sequence[_Entry], owners: _Owners) -> Placed:
    own = [(row, one, grid) for row, one, grid in entries if owners.named.get(row) == name]
    task = TaskDraft(no=owners.numbers.get(name) or None, title=name, department=whole.task.department)
    task.milestones = [one if one is not None else grid_milestone(grid, name) for _, one, grid in own]  # type: ignore[arg-type]
    lines = [line for line in whole.lines if owners.named.get(line.no) == name]
    return Placed(task, lines, Body(kinds={line.no: "schedule" for line in lines}), lines[0].no)


def _stretches(document: Document, inside: set[int]) -> Iterator[tuple[int, int]]:
    """Indexes of what stands outside all tasks, from heading to heading; without what closes the document, tells of what
    was, or stands above the first heading."""
    first = min((placed.first for placed in document.tasks), default=0)
    is_headed = any(
        one.level < BULLETS_FROM
        for one in document.scope.tree.blocks
        if one is not None and one.kind == "title"
    )
    start: int | None = None
    for index in range(len(document.lines) + 1):
        is_out = index < len(document.lines) and document.lines[index].no not in inside
        block = document.scope.tree.blocks[index] if is_out else None
        is_head = block is not None and _is_head(block)
        if start is not None and (not is_out or is_head):
            yield start, index
            start = None
        if is_head and block is not None:
            start = None if _is_passed_over(document, block) else index
        elif not is_out:
            start = None
        elif not is_headed and start is None and block is not None and document.lines[index].no > first:
            start = index


def _is_head(block: Block) -> bool:
    return block.kind == "title" and (block.level < BULLETS_FROM or names_appendix(block.text))


def _is_passed_over(document: Document, block: Block) -> bool:
    """Whether a heading, or one above it, closes the document or is about what was."""
    if is_closing(document.lines[block.index]) and not names_appendix(block.text):
        return True
    if len(document.tasks) > 1 and _NEXT.search(_title(block)) and is_section_title(_title(block)):
        return True  # the planning office's own dates (plans/own_dates.py)
    chain = [block, *document.scope.tree.above(block.index)]
    return any(tells_done(_title(one)) or _is_past(document, one) for one in chain)


def _is_past(document: Document, block: Block) -> bool:
    first = next(iter(find_dates(_title(block))), None)
    year = first.year if first is not None and first.start <= 1 else None
    return year is not None and document.year is not None and year < document.year


def _title(block: Block) -> str:
    return block.number.title if block.number is not None else block.text


def _heading(document: Document, index: int) -> str:
    """The nearest heading from a line upwards that names more than a section; else the document."""
    own = document.scope.tree.blocks[index]
    chain = [*([own] if own is not None else []), *document.scope.tree.above(index)]
    for block in chain:
        title = _title(block).strip(FRAME)
        is_named = not (is_section_title(title) or is_year_title(title) or names_appendix(title))
        if block.kind == "title" and is_named:
            return title
    return _whole_title(document)


def _whole_title(document: Document) -> str:
    return whole_project(document.lines, document.scope.tree, document.cover.title or UNTITLED).title


@dataclass
class _Titles:
    """The tasks of the body by what they are called, and the headings that stand for none."""

    tasks: Sequence[Placed]
    headings: Sequence[Block] = ()

    def heading(self, text: str) -> Block | None:
        """The one heading that words name, and no task."""
        name = _bare(text)
        if len(name) < LEAST_LETTERS - 1:
            return None
        found = [one for one in self.headings if _is_alike(name, _bare(_title(one)))]
        return found[0] if len({_bare(_title(one)) for one in found}) == 1 else None

    def find(self, text: str) -> Placed | None:
        """The task that words name: the same title, one within the other, or one much like it."""
        name = _bare(text)
        if len(name) < LEAST_LETTERS - 1:
            return None
        names = [(_bare(one.task.title), one) for one in self.tasks]
        same = [one for title, one in names if title == name]
        like = same or [one for title, one in names if _is_alike(name, title)]
        return like[0] if same or len(like) == 1 else None


def _bare(text: str) -> str:
    """A title without its number, its brackets and its spaces."""
    return squeeze(without_brackets(_NUMBER.sub("", one_line(text))))


def _is_alike(name: str, title: str) -> bool:
    return (
        name == title or _is_within(name, title) or _has_words_of(name, title) or alike(name, title) >= SAME
    )


def _has_words_of(name: str, title: str) -> bool:
    """Whether the shorter name leaves out words or letters of the longer one, in its order (신중년 일자리 지원센터 운영)."""
    short, long = sorted((name, title), key=len)
    rest = iter(long)
    is_part = all(letter in rest for letter in short)
    return is_part and len(short) >= LEAST_LETTERS and len(short) >= MOST * len(long)


def _is_within(name: str, title: str) -> bool:
    short, long = sorted((name, title), key=len)
    return len(short) >= LEAST_LETTERS and short in long and len(short) >= PART * len(long)


@dataclass
class _Owners:
    """Number of a row -> the task of the body it is of, or the title of its own."""

    known: dict[int, Placed] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # title of a heading -> its number


def _is_reference(block: Block) -> bool:
    """Whether a heading is of what is attached, and no schedule: only what its rows say of known tasks is planned."""
    return names_appendix(block.text) and not _PLAN.search(block.text)


def _place(
    document: Document, titles: _Titles, lines: Sequence[Line], body: Body, is_reference: bool
) -> None:
    """Puts each entry under the task of its row; the others under the section's."""
    before = (
        1
        if any(_is_ahead(document, one) and body.kinds.get(one.line) == "schedule" for one in body.milestones)
        else 0
    )
    milestones = [one for one in body.milestones if _is_ahead(document, one, before)]
    grids = [one for one in body.grids if _is_ahead(document, grid_milestone(one, ""))]
    rows = {one.line for one in milestones} | {one.row for one in grids}
    owners = _owners(titles, lines, rows, grids)
    left: list[tuple[int, MilestoneDraft]] = []
    named: dict[str, list[tuple[int, MilestoneDraft]]] = defaultdict(list)
    pairs = [(one.line, one, None) for one in milestones] + [(one.row, None, one) for one in grids]
    for row, one, grid in pairs:
        title = owners.known[row].task.title if row in owners.known else owners.named.get(row, "")
        entry = one if one is not None else grid_milestone(grid, title) if grid is not None else None
        assert entry is not None
        if row in owners.known:
            _add(owners.known[row], row, entry)
        else:
            (named[title] if title else left).append((row, entry))
    if is_reference:
        named, left = {title: ones for title, ones in named.items() if title in owners.numbers}, []
    for title, entries in named.items():
        _add_task(document, title, lines, entries, owners.numbers.get(title) or None)
    is_event = bool(left) and all(one.line in {event.line for event in body.events} for _, one in left)
    is_planned = any(body.kinds.get(one.line) == "schedule" for _, one in left)
    if len(left) >= LEAST_ENTRIES or (left and named) or is_event or is_planned:
        if len(titles.tasks) > 1 and body.title == _whole_title(document):
            document.own += [one for _, one in left]  # nobody's task, so the planning office's
        else:
            _add_task(document, body.title, lines, left)


def _is_ahead(document: Document, one: MilestoneDraft, before: int = 0) -> bool:
    """Whether an entry is planned, and in the plan's year or behind it; in a schedule that reaches into it, in the year
    `before` as well."""
    ends = [window.due or window.start for window in one.windows]
    year = document.year
    is_late = not ends or year is None or any(day is not None and day.year >= year - before for day in ends)
    return is_late and not one.done


def _owners(titles: _Titles, lines: Sequence[Line], rows: set[int], grids: Sequence[GridEntry]) -> _Owners:
    found = _Owners()
    labels = _acting_labels(grids)
    for table in find_tables(lines):
        own = [row for row in table.below if row.no in rows and not is_total(row)]
        if not own:
            continue
        column = _column_of_tasks(titles, table, own)
        for row, name in _names(table, column).items() if column is not None else ():
            task, heading = titles.find(name), titles.heading(name)
            if task is not None:
                found.known[row] = task
            elif heading is not None:
                found.named[row] = _title(heading).strip(FRAME)
                found.numbers[found.named[row]] = heading.number.no if heading.number is not None else ""
            elif name:
                found.named[row] = name
        if column is None and (names := _named_rows(table)):
            found.named |= {row.no: names[row.no] for row in own if row.no in names}
        elif column is None:
            named = labels or _things_of(table)
            found.named |= {row.no: named[row.no] for row in own if row.no in named}
    return found


def _named_rows(table: Table) -> dict[int, str]:
    """Number of a row -> the name of its task, where the table is a register of such."""
    columns = read_columns(table.head, table.below)
    if not is_register(table, columns) or columns.name is None:
        return {}
    return {no: name for no, name in _names(table, columns.name.index).items() if name}


def _things_of(table: Table) -> dict[int, str]:
    """Number of a row -> the thing it is about (업무명), where things come again above acts of their own."""
    columns = read_columns(table.head, table.below)
    acts = [column for column in columns.of("action", "events", "text") if column.filled]
    things = [column for column in columns.all if _THING.search(column.last) and column.filled]
    if len(things) != 1 or not [column for column in acts if column.index > things[0].index]:
        return {}
    names = {no: name for no, name in _names(table, things[0].index).items() if name}
    counts = Counter(names.values())
    return names if len(counts) >= LEAST_NAMED and len(names) >= len(counts) + LEAST_ACTS else {}


def _acting_labels(grids: Sequence[GridEntry]) -> Mapping[int, str]:
    """Number of a row -> its name, where the rows of a grid have acts of their own."""
    named = [one for one in grids if squeeze(one.title) != squeeze(one.label)]
    rows = Counter(one.label for one in named)
    is_list = len(named) >= LEAST_ACTS * len(rows) or max(rows.values(), default=0) >= LEAST_ACTS
    if not named or len(named) < len(grids) or not is_list:
        return {}
    return {one.row: one.label for one in named}


def _column_of_tasks(titles: _Titles, table: Table, rows: Sequence[Line]) -> int | None:
    """The column of names in which most rows name several tasks of the body, or headings of it."""
    columns = read_columns(table.head, table.below)
    best: tuple[int, int] = (0, 0)
    for index in range(max(len(row.cells) for row in rows)):
        if columns.role(index) not in _NAMING:
            continue
        names = _names(table, index)
        told = [name for row in rows if (name := names.get(row.no))]
        known = [name for name in told if titles.find(name) is not None or titles.heading(name) is not None]
        if len(set(known)) >= LEAST_NAMED and HALF * len(known) >= len(told):
            best = max(best, (len(known), -index))
    return -best[1] if best[0] else None


_NAMING: Final = frozenset({"title", "area", "action", "text"})


def _names(table: Table, column: int) -> dict[int, str]:
    """Number of a row -> its cell in a column, or the one above that reaches into it."""
    found: dict[int, str] = {}
    name = ""
    for row in table.below:
        name = cell(row, column) or name
        found[row.no] = name
    return found


def _add(placed: Placed, row: int, entry: MilestoneDraft) -> None:
    """Adds an entry to a task of the body that does not say the same at the same time."""
    words = [squeeze(word) for word in entry.title.split() if len(squeeze(word)) > 1]
    others = [squeeze(one.title) for one in placed.task.milestones if one.windows == entry.windows]
    if entry.windows and any(HALF * sum(word in other for word in words) >= len(words) for other in others):
        return
    placed.task.milestones.append(entry)
    placed.body.kinds[row] = "schedule"


def _add_task(
    document: Document,
    title: str,
    lines: Sequence[Line],
    entries: Sequence[tuple[int, MilestoneDraft]],
    no: str | None = None,
) -> None:
    rows = {row for row, _ in entries}
    task = TaskDraft(no=no, title=title, department=document.cover.department)
    task.milestones = [one for _, one in entries]
    own = [line for line in lines if line.no in rows]
    body = Body(kinds={line.no: "schedule" for line in own})
    document.tasks.append(Placed(task, own, body, own[0].no if own else lines[0].no))
