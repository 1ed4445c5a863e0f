"""Times on lines of their own -> the words beside them: a page's cells one a line, in rows of any length (한 줄에 한 칸)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.entries.phrase import clean_title, is_year_only, whole
from plans.structure.sections import title_of
from plans.structure.years import YearScope
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.days import have_weekdays
from plans.time.timeline import Context, Reading

_EMPTY: Final = re.compile(r"\(\s*\)")
_WORDS: Final = re.compile(r"[가-힣]{2}")
LONGEST_CELL: Final = 60
LEAST_TIMES: Final = 2
ANY_YEAR: Final = Context(2000)


@dataclass(frozen=True)
class Beside:
    """What happens at a time in a line of its own, and how many such times its run has."""

    title: str
    expr: str
    reading: Reading
    count: int


def time_in(line: Line, context: Context = ANY_YEAR) -> Reading | None:
    """The time that a plain line is from end to end, more exact than a year; weekdays that a page lost are nothing."""
    if line.cells or line.is_blank or line.is_note or not re.search(r"\d", line.body):
        return None
    found = whole(one_line(_EMPTY.sub("", line.body)).strip("()[]<> "), context)
    return (
        found
        if found is not None and found.windows and not is_year_only(found) and found.trouble is None
        else None
    )


def beside_times(lines: Sequence[Line], scope: YearScope) -> dict[int, Beside]:
    found: dict[int, Beside] = {}
    for run in _runs(lines):
        times = [time_in(lines[at]) is not None for at in run]
        if sum(times) < LEAST_TIMES or any(have_weekdays(lines[at].body) for at in run):
            continue
        words = [_says(lines[at]) and not one for at, one in zip(run, times, strict=True)]
        leads = _times_lead(times, words)
        if leads is None:
            continue
        title, rest = "", list(zip(run, times, words, strict=True))
        for at, is_time, is_word in reversed(rest) if leads else rest:
            if is_word:
                title = clean_title(lines[at].body)
            if is_time and title:
                context = scope.context(lines[at].no)
                reading = time_in(lines[at], replace(context, before=None))
                if reading is not None:
                    found[at] = Beside(title, one_line(lines[at].body), reading, sum(times))
    return found


def _times_lead(times: Sequence[bool], words: Sequence[bool]) -> bool | None:
    """Whether each time stands above its words: the list begins with a time and ends with words; None where nobody can say."""
    said = [is_time for is_time, is_word in zip(times, words, strict=True) if is_time or is_word]
    if said[-1]:
        return None if said[0] and sum(said) < len(said) else False
    if said[0]:
        return True
    return True if len(said) == 2 * sum(said) + 1 else None  # one more: what heads them


def _says(line: Line) -> bool:
    """Whether a line says what happens, and heads no section."""
    return bool(_WORDS.search(line.body)) and title_of(line) is None


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        is_cell = (
            not (line.cells or line.title_in_brackets or line.is_note)
            and len(line.body) <= LONGEST_CELL
            and ":" not in line.body
        )
        is_new = bool(run) and (line.rank != lines[run[-1]].rank)
        if not is_cell or is_new:
            if run:
                yield run
            run = []
        if is_cell:
            run.append(at)
    if run:
        yield run
