"""Several lines that happen at one time, which stands on a line of its own above or below them (한 시기의 여러 줄).

Which of both is told by where a sequence of times and actions begins and ends; where neither tells, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from plans.entries.paragraphs import is_action, is_time, numbered_time
from plans.entries.phrase import is_figure
from plans.structure.sections import title_of
from plans.tables.column_roles import is_ordinal
from plans.text.lines import Line
from plans.time.scan import find_dates

Kind = Literal["time", "action", "bullet"]
LEAST_TIMES: Final = 2
_BRACKETED: Final = re.compile(r"\([^()]{3,40}\)")
_VALUE: Final = re.compile(r"[:：]")


@dataclass(frozen=True)
class _Step:
    """A line of a sequence; `is_near`: it stands right below the one before."""

    index: int
    kind: Kind
    is_near: bool


def times_of_actions(lines: Sequence[Line]) -> dict[int, int]:
    """Index of an action -> index of its time, in sequences of several times."""
    found: dict[int, int] = {}
    for steps in _sequences(lines):
        if sum(step.kind == "time" for step in steps) >= LEAST_TIMES:
            found |= _bulleted(lines, steps) if any(s.kind == "bullet" for s in steps) else _plain(steps)
    return found


def _sequences(lines: Sequence[Line]) -> Iterator[list[_Step]]:
    """Times, actions and bullets that follow each other; blank lines may stand between."""
    steps: list[_Step] = []
    for index, line in enumerate(lines):
        if line.is_blank or _is_detail(lines, index, steps):
            continue
        kind = _kind(line)
        if kind is None:
            yield steps
            steps = []
        else:
            steps.append(_Step(index, kind, bool(steps) and steps[-1].index == index - 1))
    yield steps


def _is_detail(lines: Sequence[Line], index: int, steps: Sequence[_Step]) -> bool:
    """Whether a plain line says more about the bullet right above it, in a list whose times are numbered."""
    if not steps or steps[-1].kind != "bullet" or numbered_time(lines[steps[0].index]) is None:
        return False
    above = lines[steps[-1].index + 1 : index]
    return _is_plain(lines[index]) and all(_is_plain(line) and not line.is_blank for line in above)


def _is_plain(line: Line) -> bool:
    return not (line.marks or line.cells or is_time(line) or numbered_time(line) is not None)


def _kind(line: Line) -> Kind | None:
    if line.marks and not line.is_note:
        return "bullet"
    if (
        numbered_time(line) is not None
        or is_time(line)
        or (_BRACKETED.fullmatch(line.body) and is_time(replace(line, text=line.body[1:-1])))
    ):
        return "time"
    return "action" if not line.marks and is_action(line) else None


def _bulleted(lines: Sequence[Line], steps: Sequence[_Step]) -> dict[int, int]:
    """The bullets of the first rank below times that are no bullets, where each time has some and the sequence begins with
    one: what says its own time, or is a value, is none."""
    kinds = [kind for kind, _ in groupby(steps, key=lambda step: step.kind)]
    runs = [list(run) for _, run in groupby(steps, key=lambda step: step.kind)]
    if kinds != ["time", "bullet"] * (len(kinds) // 2) or any(len(run) > 1 for run in runs[::2]):
        return {}
    rank = min(lines[step.index].rank for run in runs[1::2] for step in run)
    return {
        step.index: time.index
        for (time,), run in zip(runs[::2], runs[1::2], strict=True)
        for step in run
        if lines[step.index].rank == rank and _is_act(lines[step.index])
    }


def _is_act(line: Line) -> bool:
    body = line.body
    label, _, value = body.partition(":")
    is_value = bool(_VALUE.search(value if is_ordinal(label) else body))
    return not (is_value or find_dates(body) or is_figure(body)) and title_of(line) is None


def _plain(steps: Sequence[_Step]) -> dict[int, int]:
    """Actions below each time where times lead, above where they close. As many below or above each are what happens and
    more about it, so that the first counts; blank lines part a group from what it does not belong to."""
    leads = steps[0].kind == "time" and steps[-1].kind == "action"
    closes = steps[0].kind == "action" and steps[-1].kind == "time"
    if not (leads or closes):
        return {}
    groups = list(_groups(steps if leads else steps[::-1], leads))
    sizes = {len(actions) for _, actions in groups}
    if 0 in sizes or (closes and len(sizes) > 1):
        return {}
    before = {len(actions) for _, actions in groups[:-1]}
    has_foot = len(before) == 1 and len(groups[-1][1]) > max(before)  # lines of the page below the last
    if len(sizes) > 1 and not has_foot:
        return {action: time for time, actions in groups for action in actions}
    return {actions[0] if leads else actions[-1]: time for time, actions in groups}


def _groups(steps: Sequence[_Step], leads: bool) -> Iterator[tuple[int, list[int]]]:
    """Each time with its actions, the nearest first."""
    is_spaced = not any(step.is_near for step in steps)
    time, is_open = -1, False
    actions: list[int] = []
    for at, step in enumerate(steps):
        if step.kind == "time":
            if time >= 0:
                yield time, actions
            time, actions, is_open = step.index, [], True
            continue
        is_near = step.is_near if leads else steps[at - 1].is_near
        is_open = is_open and (is_near or is_spaced)
        actions = [*actions, step.index] if is_open else actions
    yield time, actions
