"""Lines of an English plan -> its headings with what stands under each: labels, items, tables (얼개).

What a line is comes from its shape: "Action 3: …" and "1.2 …" are headings, "Lead: …" is a label, a bullet an item.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from plans.english.clauses import read_sentence, sentence_of
from plans.english.dates import find_english_dates
from plans.english.heads import HEAD, times_in_parts
from plans.english.tables import is_header
from plans.english.timelines import (
    ANY_YEAR,
    Known,
    actions_of_times,
    is_time,
    leads_with_time,
    time_in,
    unsigned,
)
from plans.entries.phrase import Clause
from plans.fields.labels import english_field
from plans.tables.table import Table
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.english import MONTHS, Usage

_NAMED: Final = re.compile(
    r"^(?P<kind>[A-Z][A-Za-z]+(?: [A-Za-z]+)?) "
    r"(?P<no>\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z]\d{0,2}|[IVX]{1,5})(?:\s*[:.)–—-]\s*| +(?=[A-Z\"“(]))"
    r"(?P<title>[A-Za-z\"'“‘(].{2,180})$"
)
_NAMED_ALONE: Final = re.compile(r"^(?P<kind>[A-Z][a-z]+) (?P<no>\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z]\d{0,2}):?$")
_NUMBERED: Final = re.compile(r"^(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?P<title>[A-Z\"'“‘(].{2,150})$")
_NO_HEADING: Final = frozenset(
    {
        *("page", "figure", "table", "chart", "box", "source", "note", "photo", "map", "image", "year"),
        *("within", "by", "in", "at", "over", "about", "around", "the", "of", "and", "with"),
        *MONTHS,
    }
)
_YEAR_ALONE: Final = re.compile(r"(20\d\d):?")
_YEAR_LED: Final = re.compile(r"20\d\d\s?[:–—]\s?[A-Z]")  # 2027: Establish a pilot
_APPENDIX: Final = re.compile(r"^(?:appendix|annex|glossary|contact us|references|endnotes)\b", re.IGNORECASE)
_ITEM: Final = re.compile(r"^(?:\d{1,2}[.)]|[a-zA-Z][.)]|\([0-9a-z]{1,3}\))\s+\S")
_LABEL: Final = re.compile(
    r"(?:^|(?<=[|;,])\s*|(?<=\s{2})|(?<=\t))(?P<label>[A-Z][A-Za-z' /&-]{1,45}?)\s*(?:\([^()]{1,30}\)\s*)?[:：]\s*"
)
_SENTENCE: Final = re.compile(r"[.;,]$|[a-z0-9][.!?] ")
LONGEST_TITLE: Final = 90
MOST_TITLE_WORDS: Final = 12
LONGEST_LABEL: Final = 45
NEAR: Final = 6  # lines below a time in which the next one of its list stands
LABELS: Final = frozenset(
    ("department", "related", "officers", "phones", "status", "due", "start", "original", "revised", "period")
)


@dataclass
class Stretch:
    """A heading and what stands under it up to the next; `kind` is its word ("action"), "" for a title without number."""

    kind: str = ""
    no: str | None = None
    title: str = ""
    first: int = 0  # index of its heading
    end: int = 0
    is_appendix: bool = False
    section: str = (
        ""  # the title without a number that was read last, of those that come again under other headings
    )
    labels: dict[str, tuple[str, Line]] = field(default_factory=dict)
    year: int | None = None  # the one that stands alone on a line above a list
    items: list[tuple[Line, str, str, int | None]] = field(
        default_factory=list
    )  # with its section and that year
    tables: list[Table] = field(default_factory=list)
    prose: list[tuple[list[Line], str]] = field(default_factory=list)  # paragraphs, each with its section
    heads: list[Line] = field(default_factory=list)  # what only gives the times below a year or a month
    details: list[list[Line]] = field(default_factory=list)  # what more is said below a time and its action

    def label(self, name: str) -> str:
        return self.labels[name][0] if name in self.labels else ""


def stretches_of(lines: Sequence[Line], cover: frozenset[int], usage: Usage) -> list[Stretch]:
    """All stretches in order; the first has no heading."""
    found = [Stretch()]
    table: list[Line] = []
    start, passed = 0, -1
    repeated = _repeated(lines)
    times = actions_of_times(lines, max(cover, default=-1) + 1, _known(lines), usage)
    told = {action: at for at, actions in times.items() for action in actions}
    signed = _signed(lines, usage)
    parts = times_in_parts(lines, usage)
    for index, line in enumerate([*lines, Line(len(lines) + 1, "")]):
        if line.cells:
            start = start if table else index
            table.append(line)
            continue
        if table:
            _take_table(found[-1], Table(tuple(table), start, index))
            table = []
        if index in cover or line.is_blank or index <= passed or index >= len(lines):
            continue
        if index in parts:
            _take_part(found[-1], line, parts[index])
        elif index in times or index in told:
            passed = max(passed, _take_time(found[-1], lines, index, times, told))
        elif index in signed and not _is_labelled(lines, index):
            found[-1].items.append((line, signed[index], found[-1].section, found[-1].year))
        elif (value := _value_below(lines, index)) is not None:
            passed = value
            _take_pair(found[-1], lines, index, value)
        elif (heading := _heading(lines, index)) is None or _is_dated_item(lines, index, heading, usage):
            _take_line(found[-1], lines, index, is_item=heading is not None)
        elif found[-1].no and _is_section(heading, repeated):
            found[-1].section = heading.title
        else:
            passed = _below_title(lines, heading, index)
            found[-1].end = index
            found.append(heading)
    found[-1].end = len(lines)
    return found


def _signed(lines: Sequence[Line], usage: Usage) -> dict[int, str]:
    """Index -> text of the lines that begin with a time and say what happens then, with a sign between, which several lines
    beside each other may leave out."""
    bare = {at: text for at, line in enumerate(lines) if (text := unsigned(line, usage)) is not None}
    led = {
        at: one_line(line.body.replace("**", "")).strip("# ")
        for at, line in enumerate(lines)
        if leads_with_time(line, usage)
    }
    texts = {at: one_line(line.body.replace("**", "")) for at, line in enumerate(lines) if not line.cells}
    years = {at: text for at, text in texts.items() if _YEAR_LED.match(text)}
    return (years if len(years) > 1 else {}) | (bare if len(bare) > 1 else {}) | led


def _take_part(stretch: Stretch, line: Line, text: str) -> None:
    """A line with its whole time, or the head that gives a part of it."""
    if text == HEAD:
        stretch.heads.append(line)
    else:
        stretch.items.append((line, text, stretch.section, stretch.year))


def _known(lines: Sequence[Line]) -> list[Known]:
    """Of each line whether it may head what follows, or is a label or its value."""
    values = {value for at in range(len(lines)) if (value := _value_below(lines, at)) is not None}
    return [_known_line(lines, at, values) for at in range(len(lines))]


def _known_line(lines: Sequence[Line], at: int, values: set[int]) -> Known:
    line = lines[at]
    if line.is_blank or line.cells:
        return ""
    if at in values or labels_in(line) or _value_below(lines, at) is not None:
        return "label"
    return "title" if english_field(line.body.strip("#* :")) is not None else ""


def _take_time(
    stretch: Stretch,
    lines: Sequence[Line],
    index: int,
    times: Mapping[int, list[int]],
    told: Mapping[int, int],
) -> int:
    """A time on a line of its own, or what happens then; gives the index of the last line that only says more of it."""
    at = told.get(index, index)
    actions = times[at]
    if index == at and lines[actions[0]].marks:
        return index
    time, action = time_in(lines[at]), one_line(lines[index].body)
    if index != at and lines[index].marks:
        stretch.items.append(_under_time(lines[index], time, action, stretch.section))
    elif index == max(at, *actions):
        stretch.items.append(
            (lines[at], f"{time}: {one_line(lines[actions[0]].body)}", stretch.section, None)
        )
        return _take_details(stretch, lines, index, times, told)
    return index


def _under_time(line: Line, time: str, action: str, section: str) -> tuple[Line, str, str, int | None]:
    """A bullet below a time: it happens then, unless it says itself when."""
    years = re.findall(r"\b20\d\d\b", time)
    year = int(years[0]) if len(years) == 1 else None
    return line, action if find_english_dates(action) else f"{time}: {action}", section, year


def _take_details(
    stretch: Stretch,
    lines: Sequence[Line],
    index: int,
    times: Mapping[int, list[int]],
    told: Mapping[int, int],
) -> int:
    """The plain lines right behind a time and its action."""
    last = index
    while (
        last + 1 < len(lines)
        and last + 1 not in times
        and last + 1 not in told
        and _is_plain(lines[last + 1])
    ):
        last += 1
    stretch.details += [list(lines[index + 1 : last + 1])] if last > index else []
    return last


def _is_plain(line: Line) -> bool:
    return not (line.is_blank or line.cells or line.marks)


def _is_section(heading: Stretch, repeated: frozenset[str]) -> bool:
    """Whether a title without a number only parts what stands under the numbered one above (Next steps, Timeline)."""
    is_known = squeeze(heading.title) in repeated or english_field(heading.title) is not None
    return heading.no is None and is_known


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Short plain lines that come several times: sections that many headings have (Next steps), and no headings."""
    counts = Counter(
        squeeze(line.body) for line in lines if not line.cells and len(line.body) <= LONGEST_TITLE
    )
    return frozenset(text for text, count in counts.items() if text and count > 1)


def _value_below(lines: Sequence[Line], index: int) -> int | None:
    """Where the value of a label stands that has a line of its own (Lead, and below it the office)."""
    line = lines[index]
    role = (
        english_field(line.body.rstrip(":")) if not line.marks and len(line.body) <= LONGEST_LABEL else None
    )
    below = next((at for at in range(index + 1, min(index + 4, len(lines))) if not lines[at].is_blank), None)
    if (
        role not in LABELS
        or below is None
        or lines[below].cells
        or lines[below].marks
        or labels_in(lines[below])
    ):
        return None
    is_short = len(lines[below].body) <= LONGEST_TITLE and "." not in lines[below].body.rstrip(".")
    is_value = english_field(lines[below].body) is None and not _YEAR_ALONE.fullmatch(lines[below].body)
    return below if is_short and is_value and not _begins_list_of_times(lines, below) else None


def _begins_list_of_times(lines: Sequence[Line], index: int) -> bool:
    """Whether a time is followed by another one and no label between (Key dates, March, …, July, …)."""
    if not is_time(lines[index], Usage()):
        return False
    behind = (line for line in lines[index + 1 : index + NEAR] if not line.is_blank)
    until = takewhile(
        lambda line: english_field(line.body.rstrip(":")) is None and not labels_in(line), behind
    )
    return any(is_time(line, Usage()) for line in until)


def _take_pair(stretch: Stretch, lines: Sequence[Line], label: int, value: int) -> None:
    role = english_field(lines[label].body.rstrip(":"))
    if role is not None:
        stretch.labels.setdefault(role, (one_line(lines[value].body).rstrip("."), lines[value]))


def _below_title(lines: Sequence[Line], heading: Stretch, index: int) -> int:
    """A number alone on its line (Commitment 19) has its title on the next."""
    below = next((at for at in range(index + 1, min(index + 4, len(lines))) if not lines[at].is_blank), None)
    if heading.title or below is None or lines[below].cells or lines[below].marks or labels_in(lines[below]):
        return index
    heading.title = one_line(lines[below].body)
    return below


def _take_table(stretch: Stretch, table: Table) -> None:
    """Rows of labels and values, above the head of a table of actions or without one, say what the heading's task is;
    the rest waits for its reader."""
    rows = table.rows
    head = next((at for at, row in enumerate(rows) if is_header(row)), None)
    pairs = [(pair, row) for row in rows[:head] if (pair := _pair(row)) is not None]
    is_form = head is not None or len(pairs) * 2 >= len(rows)
    for pair, row in pairs if is_form else ():
        stretch.labels.setdefault(pair[0], (pair[1], row))
    if head is not None or not pairs or not is_form:
        stretch.tables.append(Table(rows[head:] if pairs else rows, table.start, table.end))


def _pair(row: Line) -> tuple[str, str] | None:
    cells = [one_line(text) for text in row.cells if text.strip()]
    if len(cells) != len(("label", "value")) or english_field(cells[1]) is not None:
        return None
    role = english_field(cells[0].rstrip(":"))
    return (role, cells[1]) if role in LABELS else None


def labels_in(line: Line) -> list[tuple[str, str]]:
    """(role, value) of "Lead: Finance" or "Lead: Finance | By: June 2026"."""
    body = line.body.replace("**", "")
    marks = [(found, english_field(found["label"])) for found in _LABEL.finditer(body)]
    known = [(found, role) for found, role in marks if role in LABELS]
    if not known or known[0][0].start() > 0:
        return []
    ends = [found.start() for found, _ in known[1:]] + [len(body)]
    pairs = [
        (role, body[found.end() : end].strip(" |;,\t"))
        for (found, role), end in zip(known, ends, strict=True)
    ]
    return [(role, value) for role, value in pairs if role is not None and value]


def _is_dated_item(lines: Sequence[Line], index: int, heading: Stretch, usage: Usage) -> bool:
    """Whether a numbered line (1.2 Review the policy by March 2028) says itself when, and heads nothing."""
    if heading.kind or heading.no is None or "." not in heading.no or _heads(lines, index):
        return False
    found = read_sentence(sentence_of(heading.title), ANY_YEAR, usage)
    return isinstance(found, Clause) and (found.reading.kind == "recurring" or bool(found.reading.windows))


def _take_line(stretch: Stretch, lines: Sequence[Line], index: int, is_item: bool = False) -> None:
    line = lines[index]
    pairs = labels_in(line)
    year = _YEAR_ALONE.fullmatch(line.body.replace("**", ""))
    if year is not None:
        stretch.year = int(year[1])
    elif pairs:
        for role, value in pairs:
            stretch.labels.setdefault(role, (value, line))
    elif is_item or line.marks or _ITEM.match(line.body):
        stretch.items.append((line, one_line(line.body), stretch.section, stretch.year))
    elif stretch.items and _goes_on(lines, index):
        last, text, section, at = stretch.items[-1]
        stretch.items[-1] = (last, f"{text} {one_line(line.body)}", section, at)
    elif stretch.prose and lines[index - 1] is stretch.prose[-1][0][-1]:
        stretch.prose[-1][0].append(line)
    else:
        stretch.prose.append(([line], stretch.section))


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the rest of the item above it."""
    above, body = lines[index - 1], lines[index].body
    return (
        not above.is_blank
        and not above.cells
        and (body[:1].islower() or body[:1] in "(&" or body[:1].isdigit())
    )


def _heading(lines: Sequence[Line], index: int) -> Stretch | None:
    line = lines[index]
    body = one_line(line.body.replace("**", "").strip("# "))
    if line.marks or len(body) > LONGEST_TITLE * 2 or labels_in(line):
        return None
    named = _NAMED.match(body)
    if named is not None and named["kind"].lower() not in _NO_HEADING and not body.endswith("."):
        return Stretch(named["kind"].lower(), named["no"], named["title"].strip(), index)
    alone = _NAMED_ALONE.match(body)
    if alone is not None and alone["kind"].lower() not in _NO_HEADING:
        return Stretch(alone["kind"].lower(), alone["no"], "", index)
    numbered = _NUMBERED.match(body)
    if numbered is not None:
        is_heading = "." in numbered["no"] or _heads(lines, index)
        return Stretch("", numbered["no"], numbered["title"].strip(), index) if is_heading else None
    is_title = len(body) <= LONGEST_TITLE and not _SENTENCE.search(body) and not _ITEM.match(body)
    is_title = is_title and len(body.split()) <= MOST_TITLE_WORDS
    if is_title and body[:1].isupper() and _stands_alone(lines, index):
        return Stretch("", None, body.rstrip(":"), index, is_appendix=bool(_APPENDIX.match(body)))
    return None


def _is_labelled(lines: Sequence[Line], index: int) -> bool:
    """Whether a label stands below a line: then it heads a task."""
    below = _below(lines, index)
    return below is not None and bool(labels_in(below))


def _heads(lines: Sequence[Line], index: int) -> bool:
    """Whether a label, a bullet or a table follows, so that a numbered line is no item of a list."""
    below = _below(lines, index)
    if below is None:
        return False
    own, lower = _NUMBERED.match(lines[index].body), _NUMBERED.match(below.body)
    is_over = own is not None and lower is not None and lower["no"].startswith(f"{own['no']}.")
    return is_over or bool(below.cells or below.marks or labels_in(below))


def _below(lines: Sequence[Line], index: int) -> Line | None:
    return next((line for line in lines[index + 1 : index + 4] if not line.is_blank), None)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a short line stands apart from the text above and has something below it."""
    above = lines[index - 1] if index else None
    is_apart = above is None or above.is_blank or bool(above.cells)
    below = _below(lines, index)
    return below is not None and (is_apart or bool(labels_in(below)))
