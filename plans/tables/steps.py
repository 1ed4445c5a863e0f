"""Step tables: actions side by side in one row and their times in the next, 접수 | 심사 | 선정 (절차표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from plans.draft import MilestoneDraft
from plans.entries.items import Place, milestone, without_mark
from plans.entries.phrase import is_figure, is_year_only, whole
from plans.structure.sections import Section
from plans.tables.column_roles import is_ordinal
from plans.tables.table import Table, cell
from plans.text.lines import Line
from plans.text.spelling import plain
from plans.time.timeline import Context, Reading

_ARROW: Final = re.compile(r"^[→⇒⇨➡➔▶▷▸»>=\-\s]*$")
_ACTION: Final = re.compile(r"[가-힣]{2,}")
LEAST_STEPS: Final = 2
ENOUGH: Final = 0.6  # share of a row's filled cells that must be times


def read_steps(table: Table, section: Section, context: Context) -> list[MilestoneDraft]:
    """The milestones of a step table; [] for any other table."""
    if section.kind == "none":
        return []
    for at, (above, below) in enumerate(pairwise(table.rows)):
        for actions, times in ((above, below), (below, above)):
            found = _pairs(actions, times, context)
            if found and not _times_go_on(table.rows[at + 2 : at + 3], context):
                return [
                    milestone(title, expr, reading, Place(times.no, section.title, section.kind))
                    for title, expr, reading in found
                ]
    return []


def _pairs(actions: Line, times: Line, context: Context) -> list[tuple[str, str, Reading]]:
    """(action, time as written, time) of the columns that have both."""
    filled = [text for text in times.cells if not _ARROW.match(plain(text))]
    found: list[tuple[str, str, Reading]] = []
    for column in range(len(times.cells)):
        expr = cell(times, column).strip("()[]")
        reading = whole(expr, context)
        title = without_mark(cell(actions, column))
        if reading is not None and _is_action(title, context) and not is_year_only(reading):
            found.append((title, expr, reading))
    return found if len(found) >= max(LEAST_STEPS, ENOUGH * len(_unlabelled(filled))) else []


def _times_go_on(below: Sequence[Line], context: Context) -> bool:
    """Whether the next row has times, too: then the words above both are headers, and each row is of a thing of its own."""
    return any(sum(whole(text, context) is not None for text in row.cells if text) > 1 for row in below)


def _unlabelled(filled: Sequence[str]) -> Sequence[str]:
    """The cells without a label in front (일정)."""
    return filled[1:] if filled and re.fullmatch(r"[가-힣\s]{2,6}", filled[0]) else filled


def _is_action(title: str, context: Context) -> bool:
    is_named = bool(_ACTION.search(title)) and not is_figure(title) and not is_ordinal(title)
    return is_named and whole(title, context) is None
