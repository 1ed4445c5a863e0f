"""Flows of steps whose times stand in the line below or above, or between arrows: rows of a table again (흐름도).

Steps beside each other (공모 → 심사 / 3월 → 5월) become a row of names and one of times, steps below each other a row each
of name and time. The lines that such rows take up stay, as rows without cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from plans.entries.paragraphs import is_time
from plans.structure.sections import title_of
from plans.structure.tasklist import DEPARTMENT_END
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates

_ARROWS: Final = "→⇒⇨➡➔➜➠▶▷⇢⟶»"
_DOWN: Final = "↓⇓⬇▼▽⇩"
_LONE_ARROW: Final = re.compile(rf"[{_ARROWS}{_DOWN}]+")
_ARROW: Final = re.compile(rf"\s*[{_ARROWS}]\s*")
_GAP: Final = re.compile(r"\s{3,60}")
_BETWEEN_TIMES: Final = re.compile(r"(?<=\))\s{1,60}(?=\()")
_LABEL: Final = re.compile(r"^[가-힣][가-힣 ]{0,12}[:：]\s*")
_WORDS: Final = re.compile(r"[가-힣]{2}")
_ALWAYS: Final = re.compile(r"(?:연중|상시|수시)(?:\s?접수)?")
_LEAD: Final = re.compile(r"^(?:\([^()\d]{1,20}\)\s?)?[-–]\s+")  # (타당성 등) - 7월
_COUNTS: Final = re.compile(r"(?:제?\s?\d{1,2}\s?(?:단계|차|기)|[①-⑳]|\d{1,2}[.)]?)")
BRACKETS: Final = ("()", "[]", "<>")
LEAST_STEPS: Final = 2
LEAST_BESIDE: Final = 3  # steps that only white space parts
MOST_BETWEEN: Final = 1  # blank lines between names and times
LONGEST: Final = 40
MOST_LINES: Final = 4  # of a step


def with_flows(lines: Sequence[Line]) -> list[Line]:
    """The lines, with flows of steps as rows of a table."""
    found = list(lines)
    for rows in (*_beside(lines), *_below(lines)):
        first, last = min(rows), max(rows)
        width = max(row.count("\t") for row in rows.values())
        for at in range(first, last + 1):
            found[at] = replace(lines[at], text=rows.get(at, "\t" * width))
    return found


def _beside(lines: Sequence[Line]) -> Iterator[dict[int, str]]:
    """Names in one line, as many times in the next one, or the other way round."""
    behind = 0
    for at, line in enumerate(lines):
        other = next(
            (i for i in range(at + 1, min(at + 2 + MOST_BETWEEN, len(lines))) if not lines[i].is_blank), None
        )
        if at < behind or other is None or line.is_blank:
            continue
        one, two = _parts(line), _parts(lines[other])
        if len(one) != len(two) or not one or _is_names(one) == _is_names(two):
            continue
        if (_is_names(one) and _are_times(two)) or (_are_times(one) and _is_names(two)):
            behind = other + 1
            yield {at: "\t".join(map(_bare, one)), other: "\t".join(map(_bare, two))}


def _parts(line: Line) -> list[str]:
    """What stands between arrows, between times in brackets, or between wide gaps; [] for a line of one piece."""
    if line.cells or line.title_in_brackets is not None or line.is_note:
        return []
    text = _LABEL.sub("", line.body)
    for pattern, least in ((_ARROW, LEAST_STEPS), (_BETWEEN_TIMES, LEAST_STEPS), (_GAP, LEAST_BESIDE)):
        parts = [part.strip() for part in pattern.split(text) if part.strip()]
        if len(parts) >= least:
            return parts
    return []


def _is_names(parts: Sequence[str]) -> bool:
    return all(_WORDS.search(part) and len(part) <= LONGEST and not find_dates(part) for part in parts)


def _are_times(parts: Sequence[str]) -> bool:
    return all(_is_time(part) for part in parts) and any(find_dates(part) for part in parts)


def _is_time(text: str) -> bool:
    bare = _bare(text)
    return bool(_ALWAYS.fullmatch(bare)) or is_time(Line(1, bare))


def _bare(text: str) -> str:
    """A time without the bracket around it, or the dash before it."""
    text = one_line(text).strip()
    inner = text[1:-1] if _is_bracketed(text) else text
    return _LEAD.sub("", inner).strip()


def _is_bracketed(text: str) -> bool:
    return text[:1] + text[-1:] in BRACKETS


@dataclass(frozen=True)
class _Step:
    """The indexes of the lines of one step, and of the one that is its time."""

    lines: tuple[int, ...]
    time: int


def _below(lines: Sequence[Line]) -> Iterator[dict[int, str]]:
    """Steps below each other: parted by arrows, or each of as many lines that end in its time."""
    for run in _runs(lines):
        steps = _between_arrows(lines, run) or _in_turn(lines, run)
        if len(steps) >= LEAST_STEPS:
            named = {step.lines[0]: f"{_name(lines, step)}\t{_bare(lines[step.time].body)}" for step in steps}
            yield {steps[-1].lines[-1]: "\t", **named}


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Short lines without a value or a title of a section, blank ones passed over."""
    run: list[int] = []
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        is_arrow = _LONE_ARROW.fullmatch(squeeze(line.text)) is not None
        is_piece = is_arrow or not (line.cells or line.is_note or line.title_in_brackets is not None)
        is_piece = is_piece and len(line.body) <= LONGEST and ":" not in re.sub(r"\d:\d", "", line.body)
        if not is_piece or (not is_arrow and title_of(line) is not None and not _is_time(line.body)):
            if run:
                yield run
            run = []
        else:
            run.append(at)
    if run:
        yield run


def _between_arrows(lines: Sequence[Line], run: Sequence[int]) -> list[_Step]:
    """The steps between lines that are only an arrow: each has one time; what stands over the first is as long as the others."""
    groups: list[list[int]] = [[]]
    for at in run:
        if _LONE_ARROW.fullmatch(squeeze(lines[at].text)):
            groups.append([])
        else:
            groups[-1].append(at)
    inner = groups[1:-1] or groups[1:]
    if len(groups) < LEAST_STEPS or not all(groups):
        return []
    sizes = {len(group) for group in inner}
    size = max(sizes)
    if len(sizes) > 1 or size > MOST_LINES:
        return []
    groups[0], groups[-1] = groups[0][-size:], groups[-1][:size]
    steps = [_step(lines, group) for group in groups]
    return [step for step in steps if step is not None] if all(steps) else []


def _in_turn(lines: Sequence[Line], run: Sequence[int]) -> list[_Step]:
    """Steps of as many lines each, of which the same one is the time, from somewhere in the run to its end or nearly so; at
    least one line beside it has a mark, or counts."""
    times = [i for i, at in enumerate(run) if _is_time(lines[at].body)]
    if len(times) < LEAST_BESIDE:
        return []
    size = times[1] - times[0]
    is_even = all(b - a == size for a, b in pairwise(times))
    if not is_even or not LEAST_STEPS <= size <= MOST_LINES:
        return []
    firsts = [times[0] - lead for lead in range(size - 1, -1, -1)]
    able = [first for first in firsts if first >= 0 and first + size * len(times) <= len(run)]
    exact = [first for first in able if first + size * len(times) == len(run)] or [
        first for first in able if not first
    ]
    for first in exact or (able if size == LEAST_STEPS else []):
        groups = [run[first + i * size : first + (i + 1) * size] for i in range(len(times))]
        steps = [step for group in groups if (step := _step(lines, group)) is not None]
        if len(steps) == len(groups) and _say_so(lines, steps):
            return steps
    return []


def _say_so(lines: Sequence[Line], steps: Sequence[_Step]) -> bool:
    """Whether the form of the lines tells where a step begins: they count, or a mark stands before all times."""
    if all(_COUNTS.fullmatch(squeeze(lines[step.lines[0]].body)) for step in steps):
        return True
    is_led = all(step.time != step.lines[0] for step in steps)
    marks = {lines[step.time].marks for step in steps}
    is_marked = len(marks - {""}) == 1 or all(_is_bracketed(lines[step.time].body) for step in steps)
    return is_led and is_marked


def _step(lines: Sequence[Line], group: Sequence[int]) -> _Step | None:
    times = [at for at in group if _is_time(lines[at].body)]
    is_said = any(_is_name(lines[at]) for at in group if at not in times)
    return _Step(tuple(group), times[0]) if len(times) == 1 and is_said else None


def _is_name(line: Line) -> bool:
    is_short = _WORDS.search(line.body) is not None and not find_dates(line.body)
    return is_short and not _COUNTS.fullmatch(squeeze(line.body))


def _name(lines: Sequence[Line], step: _Step) -> str:
    """The first line that says what is done, and no office where another one says it."""
    names = [one_line(lines[at].body) for at in step.lines if at != step.time and _is_name(lines[at])]
    return next((name for name in names if not DEPARTMENT_END.search(squeeze(name))), names[0])
