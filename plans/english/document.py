"""Tasks of an English plan: its headings that have an owner or entries, or the rows of its tables (영어 계획서)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from plans.document import Document, Placed, Progress
from plans.draft import UNTITLED, Asked, MilestoneDraft, OfficerDraft, PeriodDraft, TaskDraft, Window
from plans.english.clauses import Sentence, promises_of, read_sentence, sentence_of, title_of
from plans.english.cover import read_english_cover
from plans.english.dates import find_english_dates, usage_of
from plans.english.outline import Stretch, stretches_of
from plans.english.tables import Columns, Row, rows_of
from plans.entries.body import Body, period_of
from plans.entries.phrase import Clause, Unreadable, is_year_only
from plans.entries.remarks import remark_finding, unreadable
from plans.fields.labels import english_field, english_status
from plans.fields.people import read_phones
from plans.structure.years import hull
from plans.tables.table import cell
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.english import Usage, read_english, read_prefix
from plans.time.timeline import Context, Reading, moved_remark

_NOTHING: Final = frozenset(("", "-", "tbc", "tbd", "na", "none", "various", "all"))
_BACKGROUND: Final = re.compile(
    r"^(?:introduction|background|context|foreword|summary|contents|about|our vision|vision|policy|legal|evidence)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:progress|achievements|achieved|completed|so far|what we have done|successes)\b", re.IGNORECASE
)
_DONE: Final = re.compile(r"^\s*(?:completed?|delivered|done|achieved)\b(?! by\b)", re.IGNORECASE)
_POSSIBLE: Final = re.compile(
    r"\b(?:could|might|may)(?: possibly| also| still)? (?:begin|continue|extend|go|last|move|run|shift|slip|spill|start)\b"
)
"""What only may come earlier or later is no time that anybody set."""
_HEADING_YEAR: Final = re.compile(r"\b(20\d\d)\b(?!\s?[-/–])")
_EXTENSION: Final = re.compile(r"(?<!\d)\+?\(?\d[\d ()./-]{6,18}\d")
_BRACKET: Final = re.compile(r"\([^()]{0,80}\)")
_ADDRESS: Final = re.compile(r"(?<![\w.])[\w.]{1,64}@[\w.]{1,64}")
_COMPLETE: Final = english_status("completed")


@dataclass
class _Reader:
    """What all parts of the document share while it is read."""

    document: Document
    usage: Usage
    columns: Columns | None = None
    above: list[tuple[str, str | None]] = field(default_factory=list)  # word and owner of the headings above

    def read(self, stretch: Stretch) -> None:
        owner = self._owner(stretch)
        if stretch.is_appendix:
            return
        is_background = not stretch.no and _BACKGROUND.match(stretch.title) is not None
        body = _Task(self, stretch, owner)
        body.body.repeats |= {line.no for line in stretch.heads}
        for line, text, section, year in stretch.items:
            body.section, body.year = section, year
            body.take_item(line, text)
        for paragraph, section in stretch.prose if stretch.title and not is_background else ():
            body.section = section
            body.take_prose(paragraph)
        body.section, body.year = "", None
        for paragraph in stretch.details:
            body.take_prose(paragraph, is_detail=True)
        for table in stretch.tables:
            rows, self.columns = rows_of(table, self.columns, self.usage)
            body.take_rows(rows)
        if is_background:
            body.leave_past()
        body.finish()

    def _owner(self, stretch: Stretch) -> str | None:
        """The owner of a heading, else of one of another kind above it (Priority 1 over Action 1.1)."""
        while stretch.no and any(kind == stretch.kind for kind, _ in self.above):
            self.above.pop()
        own = office_of(stretch.label("department"))
        inherited = (
            next((owner for _, owner in reversed(self.above) if owner), None) if stretch.kind else None
        )
        if stretch.no and stretch.kind:
            self.above.append((stretch.kind, own))
        return own or inherited


@dataclass
class _Task:
    """One heading while what stands under it is read; rows and items with an owner of their own become tasks."""

    reader: _Reader
    stretch: Stretch
    owner: str | None
    task: TaskDraft = field(default_factory=lambda: TaskDraft(no=None, title="", department=None))
    body: Body = field(default_factory=Body)
    others: list[Placed] = field(default_factory=list)
    before: Reading | None = None
    section: str = ""
    year: int | None = None

    @property
    def is_owned(self) -> bool:
        return self.owner is not None or "officers" in self.stretch.labels

    def context(self) -> Context:
        """The year of the heading where it names one, else the plan's; the entry before in the same list comes first."""
        named = set(_HEADING_YEAR.findall(self.stretch.title))
        year = int(named.pop()) if len(named) == 1 else self.reader.document.year
        if self.year is not None:  # a line of its own above the list names it
            return Context(self.year)
        return Context(year, None if self.before is None else hull(self.before.windows))

    def take_item(self, line: Line, text: str) -> None:
        if _POSSIBLE.search(text):
            return
        sentence = sentence_of(text)
        found = read_sentence(sentence, self.context(), self.reader.usage)
        if sentence.lead is not None and not self.is_owned:
            task = TaskDraft(
                no=sentence.no, title=title_of(sentence.text), department=office_of(sentence.lead)
            )
            if isinstance(found, Clause):
                task.title = found.title
            self.others.append(self._placed(task, [line], found, line))
        else:
            self._add(self.task, self.body, found, line)

    def take_prose(self, paragraph: Sequence[Line], is_detail: bool = False) -> None:
        """What sentences promise for a day or month: the release of guidelines by 31 March; other dates tell of things.
        A year that is not written is never that of a list above; a detail says again what its entry has said."""
        self.before = None
        for line, sentence in promises_of(paragraph):
            found = read_sentence(sentence, self.context(), self.reader.usage)
            is_dated = (
                isinstance(found, Clause)
                and found.reading.kind == "dated"
                and not is_year_only(found.reading)
            )
            if is_dated and isinstance(found, Clause) and is_detail:
                is_dated = found.reading.is_year_written and not self._is_said(found.reading)
            if is_dated and sentence.text[:1].isupper():
                self._add(self.task, self.body, found, line)

    def _is_said(self, reading: Reading) -> bool:
        """Whether an entry of the task has a time that this one reaches into."""
        told = [window for one in self.task.milestones for window in one.windows]
        return any(_meet(window, other) for window in reading.windows for other in told)

    def take_rows(self, rows: Sequence[Row]) -> None:
        self.before = None
        for row in rows:
            if _rows_are_tasks(row, self):
                self._take_task_row(row)
            else:
                self._take_entry_row(row)
        self.before = None

    def _take_task_row(self, row: Row) -> None:
        """An action with its owner; below it, its steps."""
        cells = row.cells
        named = sentence_of(row.action or row.step)
        title, no = named.text, cells.get("no") or named.no
        last = self.others[-1] if self.others else None
        if (
            last is None
            or (title and squeeze(last.task.title) != squeeze(title))
            or no not in (None, last.task.no)
        ):
            task = TaskDraft(
                no=no,
                title=title,
                department=office_of(cells.get("department", "")) or self.owner,
                related=offices_of(cells.get("related", "")),
                officers=officers_of(cells.get("officers", "")),
                phones=phones_of(cells.get("phones", "")),
                status=english_status(cells.get("status", "")),
                area=cells.get("goal") or row.group or self.stretch.title or None,
            )
            last = Placed(task, [row.line], Body(), row.line.no)
            self.others.append(last)
        for found in self._entries(row):
            self._add(last.task, last.body, found, row.line, row)
        last.body.kinds[row.line.no] = "schedule"

    def _take_entry_row(self, row: Row) -> None:
        for found in self._entries(row):
            self._add(self.task, self.body, found, row.line, row)

    def _entries(self, row: Row) -> Iterator[Clause | Unreadable]:
        """The entries of a row: its step or action at the time of its columns, or what its time cell lists with times."""
        title = title_of(sentence_of(row.step or row.action).text)
        for column, act in row.columns.acts:
            told = _told(cell(row.line, column), replace(self.context(), before=None), self.reader.usage)
            if told is not None and title:
                yield _timed(f"{title}: {act}", *told)
        found = time_of(row.cells, self.context(), self.reader.usage)
        if found is not None and title:
            yield _timed(title, *found)
        for line in row.columns.lines(row.line, "due") if found is None else ():
            listed = read_sentence(sentence_of(line), self.context(), self.reader.usage)
            if isinstance(listed, Clause) and not find_english_dates(listed.title):
                yield replace(listed, title=f"{title}: {listed.title}" if title else listed.title)

    def _placed(
        self, task: TaskDraft, lines: list[Line], found: Clause | Unreadable | None, line: Line
    ) -> Placed:
        placed = Placed(task, lines, Body(), line.no)
        self._add(task, placed.body, found, line)
        return placed

    def _add(
        self,
        task: TaskDraft,
        body: Body,
        found: Clause | Unreadable | None,
        line: Line,
        row: Row | None = None,
    ) -> None:
        body.kinds[line.no] = "schedule"
        if isinstance(found, Unreadable):
            body.findings.append(unreadable(found, line.no))
            if found.code == "year-unknown":
                task.asked.append(
                    Asked(
                        title=found.title, expr=found.expr, line=line.no, section=self.stretch.title or None
                    )
                )
        elif found is not None:
            task.milestones.append(self._milestone(found, line, row))
            body.findings += [remark_finding(remark, line.no) for remark in found.reading.remarks]
            self.before = (
                found.reading if found.reading.windows and found.reading.is_year_written else self.before
            )

    def _milestone(self, found: Clause, line: Line, row: Row | None) -> MilestoneDraft:
        reading = found.reading
        above = self.section or (self.stretch.title if not self.stretch.no else "")
        is_done = bool(_DONE.match(found.expr) or _PAST.search(above))
        is_done |= row is not None and english_status(row.cells.get("status", "")) == _COMPLETE
        return MilestoneDraft(
            title=found.title,
            expr=found.expr,
            line=line.no,
            section=(row.group if row is not None else None) or self.section or self.stretch.title or None,
            kind=reading.kind,
            windows=list(reading.windows),
            rrule=reading.rrule,
            done=is_done,
            original_due=reading.original[-1].due if reading.original else None,
        )

    def leave_past(self) -> None:
        """Under a heading such as Background only what lies in the plan's year or behind it is planned."""
        year = self.reader.document.year
        for task in (self.task, *(placed.task for placed in self.others)):
            task.asked = []
            task.milestones = [one for one in task.milestones if year is not None and _reaches(one, year)]
        self.others = [placed for placed in self.others if placed.task.milestones]
        self.body.findings = []

    def finish(self) -> None:
        """Puts the heading's own task and those of its rows and items into the document, in order."""
        stretch, task = self.stretch, self.task
        self._add_own_time()
        has_entries = bool(task.milestones or task.asked or self.body.findings)
        if has_entries or (stretch.no is not None and self.is_owned and not self.others):
            task.no = stretch.no
            task.title = self._title()
            task.department = self.owner
            task.related = offices_of(stretch.label("related"))
            task.officers = officers_of(stretch.label("officers"))
            task.phones = phones_of(stretch.label("phones")) or phones_of(stretch.label("officers"))
            task.status = english_status(stretch.label("status"))
            task.period = self._period()
            lines = self.reader.document.lines[stretch.first : stretch.end]
            self.body.kinds |= {line.no: "schedule" for line in lines if line.no not in self.body.kinds}
            self.reader.document.tasks.append(Placed(task, lines, self.body, lines[0].no if lines else 1))
        self.reader.document.tasks += self.others

    def _title(self) -> str:
        """The heading's; the document's where the heading only says that dates follow (Key dates)."""
        title, whole = title_of(self.stretch.title), self.reader.document.cover.title
        is_label = self.stretch.no is None and english_field(title) is not None
        return (whole if is_label else title) or title or whole or UNTITLED

    def _add_own_time(self) -> None:
        """The time of the heading's own labels: the action itself happens then; a period only where nothing else is dated."""
        cells = {role: value for role, (value, _) in self.stretch.labels.items()}
        if "due" not in cells and ("start" not in cells or self.task.milestones):
            return
        named = self.stretch.labels.get("due") or self.stretch.labels["start"]
        found = time_of(cells, replace(self.context(), before=None), self.reader.usage)
        title = title_of(self.stretch.title)
        if found is None or not title:
            return
        entry = _timed(title, *found)
        own = TaskDraft(no=None, title="", department=None)
        self._add(own, self.body, entry, named[1])
        if english_status(cells.get("status", "")) == _COMPLETE:
            for one in own.milestones:
                one.done = True
        self.task.milestones[:0] = own.milestones
        self.task.asked[:0] = own.asked

    def _period(self) -> PeriodDraft | None:
        found = read_english(self.stretch.label("period"), self.context(), self.reader.usage)
        is_time = isinstance(found, Reading) and found.trouble is None and bool(found.windows)
        return period_of(found) if is_time and isinstance(found, Reading) else None


def _ends(window: Window) -> tuple[date | None, date | None]:
    return window.start or window.due, window.due or window.start


def _meet(one: Window, other: Window) -> bool:
    """Whether two times have a day in common."""
    first, last, begin, end = (day or date.min for window in (one, other) for day in _ends(window))
    return first <= end and begin <= last


def _reaches(entry: MilestoneDraft, year: int) -> bool:
    """Whether an entry's last day lies in a year or behind it."""
    ends = [window.due or window.start for window in entry.windows]
    return any(day is not None and day.year >= year for day in ends)


def _timed(title: str, expr: str, reading: Reading) -> Clause | Unreadable:
    """An entry, or why its time cannot be said."""
    if reading.trouble is None:
        return Clause(title, expr, reading)
    return Unreadable(title, expr, reading.trouble.reason, reading.trouble.code)


def _rows_are_tasks(row: Row, own: _Task) -> bool:
    """Whether each row is a task of its own, with its owner, and not a step of the heading's."""
    columns = row.columns.at
    if (
        own.is_owned
        or own.stretch.kind == "action"
        or ("step" in columns and "action" not in columns and own.stretch.no)
    ):
        return False
    has_owner = "department" in columns or "officers" in columns
    return has_owner or own.stretch.no is None


def time_of(cells: dict[str, str], context: Context, usage: Usage) -> tuple[str, Reading] | None:
    """The time that a row's columns give together: from its start to its (revised) target. None where they give none."""
    told = [_told(cells.get(role, ""), context, usage) for role in ("revised", "due", "by")]
    due = next((one for one in told if one is not None and one[1].trouble is None), None)
    due = due or next((one for one in told if one is not None), None)  # 90 days beside the day itself
    original = _told(cells.get("original", ""), context, usage)
    start = _told(cells.get("start", ""), context, usage)
    found = due or original or start
    if found is None:
        return None
    expr, reading = found
    is_moved = due is not None and original is not None and original[1].trouble is None
    if is_moved and original is not None and reading.windows and reading.windows != original[1].windows:
        moved = (
            (*reading.remarks, moved_remark(original[1].windows[-1]))
            if original[1].windows
            else reading.remarks
        )
        reading = replace(reading, original=original[1].windows, remarks=moved)
    if start is None or found is start:
        return expr, reading
    return f"{start[0]} – {expr}", _from(start[1], reading)


def _from(start: Reading, due: Reading) -> Reading:
    """From the first day of one to the last day of the other; trouble of either is that of both."""
    trouble = start.trouble or due.trouble
    if trouble is not None:
        return replace(due, trouble=trouble)
    if not start.windows or not due.windows:
        return due
    first, last = start.windows[0].start, due.windows[-1].due
    if first is None or last is None or first > last:
        return due
    window = due.windows[-1].model_copy(update={"start": first, "due": last, "precision": "range"})
    return replace(due, windows=(window,), remarks=(*start.remarks, *due.remarks))


def _told(text: str, context: Context, usage: Usage) -> tuple[str, Reading] | None:
    """A cell and its time; words that are none are left out."""
    found = read_english(text, context, usage) if text.strip() else None
    if isinstance(found, Reading):
        return one_line(text), found
    begun = read_prefix(text, context, usage) if text.strip() else None
    if isinstance(begun, Reading) and begun.kind == "recurring" and not find_english_dates(text[begun.end :]):
        return one_line(text[: begun.end]), begun  # August (annually) as part of the report
    sentence = read_sentence(Sentence(None, f"to do {text}"), context, usage) if text.strip() else None
    if not isinstance(sentence, Clause) or not sentence.reading.windows or find_english_dates(sentence.title):
        return None
    return sentence.expr, sentence.reading


def office_of(text: str) -> str | None:
    """A lead without numbers and addresses; None for "TBC"."""
    name = one_line(
        _BRACKET.sub(lambda found: "" if re.search(r"[\d@]", found[0]) else found[0], text)
    ).strip(" ,;-")
    return None if squeeze(name).rstrip("/") in _NOTHING else name


def offices_of(text: str) -> list[str]:
    """Partners, split at commas and semicolons."""
    return [name for part in re.split(r"[,;]|\n", text) if (name := office_of(part)) is not None]


def officers_of(text: str) -> list[OfficerDraft]:
    """Jane Smith (Head of Housing), Ada Harper / 01234 567890."""
    found: list[OfficerDraft] = []
    for part in re.split(r"[,;/\n]| and ", _EXTENSION.sub("", text)):
        rank = re.search(r"\(([A-Za-z][^()]{2,38})\)", part)
        name = office_of(_ADDRESS.sub("", _BRACKET.sub("", part)).strip(" ()"))
        if name is not None:
            found.append(OfficerDraft(name=name, rank=None if rank is None else rank[1].strip()))
    return found


def phones_of(text: str) -> list[str]:
    found = [
        one_line(one[0]).strip("() ") if one[0].count("(") != one[0].count(")") else one_line(one[0])
        for one in _EXTENSION.finditer(text)
    ]
    return found or read_phones(text) if text else []


def read_english_document(lines: Sequence[Line], text: str, year: int | None, progress: Progress) -> Document:
    """The tasks of an English plan with their places."""
    cover = read_english_cover(lines)
    document = Document(lines, cover.cover, cover.cover.year or year, language="en")
    reader = _Reader(document, usage_of(text, cover.is_fiscal and cover.cover.year is not None))
    for stretch in stretches_of(lines, cover.lines, reader.usage):
        reader.read(stretch)
        progress(stretch.end, len(lines))
    return document
