"""Tables of an English plan: Action | Lead | Due | Status, by the words of their header, else by what their cells are (표)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.english.dates import find_english_dates
from plans.fields.labels import action_named, english_field
from plans.tables.table import Table, cell
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.english import Usage, read_english
from plans.time.timeline import Context, Reading

HEADER_ROWS: Final = 3
ENOUGH: Final = 0.5  # share of a column's cells that must be times where no header says so
LONGEST_LABEL: Final = 45
LONGEST_NAME: Final = 90  # letters of what names a row, on the average; more describe it
MOST: Final = 0.8  # share of cells that are days where no header says so
LEAST_ROWS: Final = 2
SAMPLE: Final = 80  # rows that are looked at to say what a column holds
_HAPPENED: Final = re.compile(r"\blast\b|\b[a-z]{2,}ed\b", re.IGNORECASE)
_TO_COME: Final = re.compile(
    r"\b(?:be|will|expected|planned|proposed|required|scheduled|estimated|anticipated|intended|projected)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[A-Z]?\d{1,3}(?:\.\d{1,3}){0,4}\.?[a-z]?")
_TITLE: Final = re.compile(r"\b(?:title|name)s?$", re.IGNORECASE)
_TIMES: Final = ("revised", "due", "original", "start")
ANY_YEAR: Final = Context(2000)  # only whether a cell is a time is asked


@dataclass(frozen=True)
class Columns:
    """The roles of a table's columns, and how many columns it has."""

    at: dict[str, int]
    width: int
    has_header: bool = True
    acts: tuple[tuple[int, str], ...] = ()  # columns of days, each with what its head says happens then
    thing: int | None = None  # the column that says of what, where two name a row

    def text(self, row: Line, role: str) -> str:
        """The cell of that role on one line, "" where there is none."""
        return cell(row, self.at[role]) if role in self.at else ""

    def lines(self, row: Line, role: str) -> list[str]:
        """The lines of the cell of that role."""
        found = row.cells[self.at[role]] if role in self.at and self.at[role] < len(row.cells) else ""
        return [one_line(text) for text in found.split("\n") if text.strip()]

    @property
    def has_time(self) -> bool:
        return bool(self.acts) or any(role in self.at for role in _TIMES)

    @property
    def actions(self) -> bool:
        return "action" in self.at or "step" in self.at


@dataclass
class Row:
    """A row of a table of actions; `group` is the title across the table above it."""

    line: Line
    columns: Columns
    group: str | None = None
    action: str = ""
    step: str = ""
    cells: dict[str, str] = field(default_factory=dict)


_WORDS: Final = re.compile(r"[A-Za-z]{3}\s[A-Za-z]{3}")


def rows_of(table: Table, before: Columns | None, usage: Usage) -> tuple[list[Row], Columns | None]:
    """The rows of a table of actions with its columns; a table without a header may go on with those of the one before."""
    header, columns = _header(table, usage)
    if columns is None and before is not None and len(table.rows[0].cells) == before.width:
        columns, header = before, -1
    if columns is None:
        return [], before
    return list(_rows(table, header, columns)), columns


def _rows(table: Table, header: int, columns: Columns) -> Iterator[Row]:
    group: str | None = None
    action = ""
    for row in table.rows[header + 1 :]:
        filled = {one_line(text) for text in row.cells if text.strip()}
        if not filled or roles_of(row) == columns.at:
            continue
        if len(filled) == 1 and len(row.cells) > 1:
            group = next(iter(filled))
            continue
        action = columns.text(row, "action") or (
            action if columns.text(row, "step") or _has_time(row, columns) else ""
        )
        cells = {role: columns.text(row, role) for role in columns.at}
        thing = "" if columns.thing is None else cell(row, columns.thing)
        named = f"{thing}: {action}" if thing and action else action
        yield Row(row, columns, group, named, columns.text(row, "step"), cells)


def _has_time(row: Line, columns: Columns) -> bool:
    return any(columns.text(row, role) for role in _TIMES) or any(cell(row, at) for at, _ in columns.acts)


def _header(table: Table, usage: Usage) -> tuple[int, Columns | None]:
    """The row that names the columns, and what they are; the time column by content where its name says nothing."""
    for index, row in enumerate(table.rows[:HEADER_ROWS]):
        body = table.rows[index + 1 :]
        at = _with_numbers(roles_of(row), body)
        columns = Columns(_with_time(at, row, body, usage), len(row.cells))
        if len(at) > 1 and columns.has_time and columns.actions and not _is_timed(row, usage):
            return index, columns
        if (found := _by_content(at, row, body, usage)) is not None and not _is_timed(row, usage):
            return index, found
    return -1, None


def _with_numbers(at: dict[str, int], body: Sequence[Line]) -> dict[str, int]:
    """The roles, where a column of steps or actions that only numbers them (2.1.1) is the one of numbers."""
    found = dict(at)
    if "no" in at and not at.keys() & {"action", "step"} and _holds_words(body, at["no"]):
        found["action"] = found.pop("no")  # Item: what is dealt with, and no number
        return found
    for role in ("step", "action"):
        texts = [text for row in body if role in at and (text := cell(row, at[role]))]
        if texts and all(map(_NUMBER.fullmatch, texts)):
            found["no"] = found.pop(role)
    if "action" not in found and "step" not in found:
        return at
    return found


def _holds_words(rows: Sequence[Line], column: int) -> bool:
    """Whether most cells of a column are words and no numbers."""
    texts = [text for row in rows if (text := cell(row, column))]
    return 2 * sum(bool(_WORDS.search(text)) for text in texts) > len(texts)


def roles_of(row: Line) -> dict[str, int]:
    """Role -> column, of two of one role the first; a second column of actions has their steps, goals alone are actions."""
    at: dict[str, int] = {}
    for column, text in enumerate(row.cells):
        label = one_line(text)
        role = (english_field(label) if len(label) <= LONGEST_LABEL else None) or action_named(label)
        role = "step" if role == "action" and role in at else role
        role = "by" if role == "due" and role in at else role  # a second column of times
        if role is not None:
            at.setdefault("due" if role == "period" else role, column)
    if "goal" in at and not at.keys() & {"action", "step"}:
        at["action"] = at.pop("goal")
    return at


def is_header(row: Line) -> bool:
    """Whether a row names a column of actions and one of times."""
    roles = roles_of(row).keys()
    return bool(roles & {"action", "step"}) and bool(roles & set(_TIMES))


def _with_time(at: dict[str, int], header: Line, body: Sequence[Line], usage: Usage) -> dict[str, int]:
    """The roles with a column of times: one that is named and has no time is none, a nameless one full of times is."""
    if not body:
        return at
    named = {
        role: column for role, column in at.items() if role not in _TIMES or _has_times(body, column, usage)
    }
    if any(role in named for role in _TIMES):
        return named
    free = [column for column in range(len(header.cells)) if column not in named.values()]
    best = max(free, key=lambda column: _share(body, column, usage), default=None)
    return named if best is None or _share(body, best, usage) < ENOUGH else {**named, "due": best}


def _by_content(at: dict[str, int], header: Line, body: Sequence[Line], usage: Usage) -> Columns | None:
    """The columns of a register whose header has no word for its times or for what happens (Dataset | Release Date): times are
    the columns nearly all of whose cells are days, what happens stands in the column of titles or of words that never come
    again. None where there is no such column."""
    sample = [row for row in body if any(row.cells)][:SAMPLE]
    named = {role: i for role, i in at.items() if role not in _TIMES or _days(sample, i, usage) >= MOST}
    free = [i for i in range(len(header.cells)) if i not in named.values() and one_line(header.cells[i])]
    days = (
        [] if any(role in named for role in _TIMES) else [i for i in free if _days(sample, i, usage) >= MOST]
    )
    coming = [i for i in days if not tells_past(cell(header, i))]
    first = min((i for role, i in named.items() if role in _TIMES), default=min(coming, default=-1))
    names = [] if "action" in named else _names(header, sample, [i for i in free if i not in days], first)
    if first < 0 or len(sample) < LEAST_ROWS or not (names or named.keys() & {"action", "step"}):
        return None
    if names:
        named["action"] = names[-1]
    thing = names[0] if len(names) > 1 else None
    if len(coming) == 1:
        return Columns({**named, "due": coming[0]}, len(header.cells), thing=thing)
    acts = tuple((i, cell(header, i)) for i in coming)
    return Columns(named, len(header.cells), acts=acts, thing=thing)


def tells_past(label: str) -> bool:
    """Whether the head of a column of days says that something has been done on them (Date adopted, Last reviewed)."""
    return bool(_HAPPENED.search(label)) and not _TO_COME.search(label)


def _days(rows: Sequence[Line], column: int, usage: Usage) -> float:
    """The share of a column's cells that are days or months; hardly any cell may be empty."""
    texts = [text for row in rows if (text := cell(row, column))]
    dated = sum(_is_day(text, usage) for text in texts)
    return dated / max(len(texts), 1) if 2 * len(texts) >= len(rows) else 0.0


def _is_day(text: str, usage: Usage) -> bool:
    found = read_english(text, ANY_YEAR, usage) if len(text) <= LONGEST_LABEL else None
    return isinstance(found, Reading) and bool(found.windows) and found.is_year_written


def _names(header: Line, rows: Sequence[Line], free: Sequence[int], first: int) -> list[int]:
    """The column of titles; else the one or two columns of short words that hardly come again, those before the times first."""
    titles = [i for i in free if _TITLE.search(cell(header, i))]
    if titles:
        return titles[:1]
    told = [i for i in free if _is_name(rows, i)]
    before = [i for i in told if i < first]
    return (before or told)[:2]


def _is_name(rows: Sequence[Line], column: int) -> bool:
    texts = [text for row in rows if (text := cell(row, column))]
    words = sum(bool(re.search(r"[A-Za-z]{3}", text)) for text in texts)
    length = sum(map(len, texts)) / max(len(texts), 1)
    is_own = len(set(texts)) >= MOST * len(rows)
    return is_own and words >= MOST * len(rows) and length <= LONGEST_NAME


def _has_times(rows: Sequence[Line], column: int, usage: Usage) -> bool:
    """Whether a cell of a column is a time or lists some."""
    texts = [text for row in rows if (text := cell(row, column))]
    return any(_is_time(text, usage) or find_english_dates(text) for text in texts)


def _share(rows: Sequence[Line], column: int, usage: Usage) -> float:
    texts = [text for row in rows if (text := cell(row, column))]
    return sum(_is_time(text, usage) for text in texts) / max(len(texts), 1)


def _is_time(text: str, usage: Usage) -> bool:
    return isinstance(read_english(text, ANY_YEAR, usage), Reading)


def _is_timed(row: Line, usage: Usage) -> bool:
    return any(_is_time(text, usage) for text in row.cells if any(char.isdigit() for char in text))
