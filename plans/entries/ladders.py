"""What is done year by year on lines: 2031년 - 설계, or bullets below years that rise (연차별 목록)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.entries.phrase import clean_title, has_words, is_act, is_figure
from plans.structure.sections import is_section_title
from plans.text.lines import Line
from plans.time.scan import find_dates, year_of_two

_YEAR: Final = r"(?:20\d\d|['’‘]\d\d)\s?년?도?|\d\d년"
_HEAD: Final = re.compile(
    rf"[(\[<〈]?\s?(?P<expr>(?:{_YEAR})(?:\s?[~∼～]\s?(?:{_YEAR})?)?)\.?\s?[)\]>〉]?\s*(?:[-–—]\s+(?P<rest>\S.*))?"
)
_DIGITS: Final = re.compile(r"\d+")
LEAST_YEARS: Final = 2
MOST_APART: Final = 5  # years between two steps
LONGEST: Final = 120


@dataclass(frozen=True)
class Step:
    """What is done, and the year as written above or before it."""

    title: str
    expr: str


@dataclass
class _Year:
    """A line that is a year, or begins with one and a dash, and the bullets below it."""

    index: int
    year: int
    expr: str
    rest: str
    items: list[int] = field(default_factory=list)


def steps_by_year(lines: Sequence[Line], year: int | None) -> dict[int, Step]:
    """Index of a line -> what is done then, in lists of rising years most of whose lines tell of a deed; what lies before
    the plan's year is none."""
    found: dict[int, Step] = {}
    for run in _runs(lines):
        steps = {
            at: step for one in run if year is None or one.year >= year for at, step in _steps(lines, one)
        }
        if 2 * sum(is_act(step.title) for step in steps.values()) >= len(steps):
            found |= steps
    return found


def _steps(lines: Sequence[Line], one: _Year) -> Iterator[tuple[int, Step]]:
    if one.rest:
        yield one.index, Step(clean_title(one.rest), one.expr)
    for at in one.items if not one.rest else ():
        yield at, Step(clean_title(lines[at].body), one.expr)


def _runs(lines: Sequence[Line]) -> Iterator[list[_Year]]:
    """Years that rise on lines of one depth, each with words of its own or bullets below."""
    run: list[_Year] = []
    for index, line in enumerate(lines):
        if line.is_blank:
            continue
        head = _head(line, index)
        if head is not None and run and _follows(lines, run[-1], head):
            run.append(head)
        elif head is not None or not (run and _is_below(lines, run[-1], index)):
            if _is_whole(run):
                yield run
            run = [head] if head is not None else []
    if _is_whole(run):
        yield run


def _is_whole(run: Sequence[_Year]) -> bool:
    return len(run) >= LEAST_YEARS and all(one.rest or one.items for one in run)


def _head(line: Line, index: int) -> _Year | None:
    found = None if line.cells or line.is_note else _HEAD.fullmatch(line.body[:LONGEST])
    rest = (found["rest"] or "") if found is not None else ""
    if found is None or (rest and not _is_said(rest)):
        return None
    digits = _DIGITS.findall(found["expr"])[0]
    year = int(digits) if len(digits) > 2 else year_of_two(int(digits))
    return _Year(index, year, found["expr"], rest)


def _follows(lines: Sequence[Line], last: _Year, head: _Year) -> bool:
    is_beside = lines[last.index].rank == lines[head.index].rank and bool(last.rest) == bool(head.rest)
    return is_beside and 0 < head.year - last.year <= MOST_APART


def _is_below(lines: Sequence[Line], head: _Year, index: int) -> bool:
    """Whether a line belongs to the year above it: a deeper bullet without a time, which counts where it is of the first
    depth."""
    line, above = lines[index], lines[head.index]
    is_bullet = bool(line.marks) and not line.cells and (not above.marks or line.rank > above.rank)
    if not is_bullet or find_dates(line.body):
        return False
    is_first = not head.items or line.rank == lines[head.items[0]].rank
    if is_first and not line.is_note and _is_said(line.body):
        head.items.append(index)
    return True


def _is_said(text: str) -> bool:
    is_short = has_words(text) and not is_figure(text) and ":" not in text
    return is_short and not find_dates(text) and not is_section_title(text)
