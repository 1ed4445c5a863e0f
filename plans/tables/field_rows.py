"""Tables of fields, a label and its value in each row: 추진일정 | 5월 ~ 11월, 지원대상 | 새내기 가게 (항목표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.fields.labels import PERIOD_LABELS, WHEN_LABELS, field_of, is_attribute
from plans.structure.sections import is_section_title
from plans.tables.table import Table
from plans.text.lines import Line
from plans.text.spelling import squeeze

_LABEL: Final = re.compile(r"[가-힣][가-힣·/() ]{1,14}")
LEAST_ROWS: Final = 2
PAIR: Final = 2  # cells


@dataclass(frozen=True)
class FieldRow:
    """One label, closed up, and its value with its line breaks."""

    row: Line
    label: str
    value: str


def field_rows(table: Table) -> list[FieldRow]:
    """The fields of a table in which labels and values take turns; [] for any other table."""
    found: list[FieldRow] = []
    for row in table.rows:
        found += _fields_of(row) or _rest_of(row, found)
    shown = {one.row.no for one in found}
    is_such = LEAST_ROWS <= len(table.rows) == len(shown)
    knows = PAIR * sum(_is_known(one.label) for one in found) >= len(found)
    heads = any(_is_head(squeeze(one.value)) for one in found)
    return found if is_such and knows and not heads else []


def _fields_of(row: Line) -> list[FieldRow]:
    """The fields of a row: each filled cell is a label or the value behind one."""
    filled = [text for text in row.cells if text.strip()]
    labels, values = filled[::PAIR], filled[1::PAIR]
    is_such = all(_LABEL.fullmatch(text.replace("\n", " ")) for text in labels)
    if len(labels) != len(values) or not is_such:
        return []
    return [FieldRow(row, squeeze(label), value) for label, value in zip(labels, values, strict=True)]


def _rest_of(row: Line, above: Sequence[FieldRow]) -> list[FieldRow]:
    """A row without a label of its own, which is merged with the one above."""
    filled = [text for text in row.cells if text.strip()]
    is_rest = bool(above) and len(filled) == 1 and not row.cells[0].strip()
    return [FieldRow(row, above[-1].label, filled[0])] if is_rest else []


def _is_known(label: str) -> bool:
    """Whether a label is one of those that fields have."""
    is_when = bool(WHEN_LABELS.match(label)) or label in PERIOD_LABELS
    return is_when or field_of(label) is not None or is_attribute(label) or is_section_title(label)


def _is_head(value: str) -> bool:
    """Whether a value is a label itself: 내용 | 일자 stands above rows."""
    return bool(WHEN_LABELS.match(value)) or field_of(value) is not None


def title_above(lines: Sequence[Line], start: int) -> int | None:
    """The index of the plain line that names the fields below index `start`: the one right above them, or the shorter one
    over it, where that tells more; None where there is none."""
    own = start - 1
    if own < 0 or not is_plain(lines[own]):
        return None
    above = own - 1
    is_told = above >= 0 and is_plain(lines[above]) and len(lines[above].body) < len(lines[own].body)
    return above if is_told else own


def is_plain(line: Line) -> bool:
    """Whether a line has no mark, cell or frame, as a title has that is only set apart."""
    return not (line.marks or line.cells or line.is_blank or line.title_in_brackets)
