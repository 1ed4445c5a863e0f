"""Lists within a line: several actions that each end in their time, and a time among the remarks of one (줄 안의 나열)."""

from __future__ import annotations

import re
from typing import Final

from plans.entries.phrase import (
    Clause,
    clean_title,
    has_words,
    is_described,
    is_exact,
    is_figure,
    is_year_only,
    whole,
)
from plans.fields.labels import is_attribute
from plans.structure.sections import PLANNED, SectionKind
from plans.text.spelling import one_line
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, parse_prefix

_SLASH: Final = re.compile(r"\s+/\s*|/\s+")
_PARTS: Final = re.compile(r",\s+|\s+/\s+|;\s+|\s*[→⇒⇨➡➔▶]\s*")
_TIME_BEHIND: Final = re.compile(r"(?<=[가-힣)A-Za-z])\s(?=['’‘~∼]?\s?\d)")
LEAST_PARTS: Final = 2
_LABEL: Final = re.compile(r"\(([^()]{1,20})\)\s*(.+)$")


def each_ends_in_time(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """설계 2∼3월, 계약 4월, 준공 10월 · 허가 3월 / 착공 5월: several actions, each with its own time behind it; one without goes
    with the next."""
    parts = _PARTS.split(_unlabelled(body, context))
    if kind not in PLANNED or len(parts) < LEAST_PARTS or is_described(body):
        return []
    clauses: list[Clause] = []
    action = ""
    for part in parts:
        at, reading = _time_behind(part, context)
        action = f"{action}, {part[:at]}".strip(", ")
        if reading is None and find_dates(part):
            return []
        if reading is not None:
            clauses.append(Clause(clean_title(action), one_line(part[at:]), reading))
            action = ""
        if reading is not None and reading.is_year_written:
            context = Context(context.year, reading.windows[-1], "next")
    return clauses if len(clauses) >= LEAST_PARTS and not action else []


def _unlabelled(body: str, context: Context) -> str:
    """(추진) 설계 2월, 착공 4월 -> what stands behind the label; a time in front is none."""
    found = _LABEL.match(body)
    return body if found is None or isinstance(parse_prefix(found[1], context), Reading) else found[2]


def _time_behind(part: str, context: Context) -> tuple[int, Reading | None]:
    """Where the exact time begins in which a part ends, and the time; the part's end and None where no action is before."""
    for found in _TIME_BEHIND.finditer(part):
        reading, title = whole(part[found.end() :], context), clean_title(part[: found.start()])
        is_time = reading is not None and is_exact(reading) and whole(title, context) is None
        if is_time and has_words(title) and not (is_figure(title) or is_attribute(title)):
            return found.end(), reading
    return len(part), None


def between_slashes(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """도로 개설 / ~ 2032. 12. · 정거장 운영 / 4월 ~ 11월 / 자원팀: the one time among what stands behind an action."""
    title, *others = _SLASH.split(body)
    times = [(part, found) for part in others if (found := whole(part, context)) is not None]
    if kind not in PLANNED or is_described(body) or len(times) != 1 or find_dates(title):
        return []
    expr, found = times[0]
    is_entry = has_words(title) and not is_year_only(found)
    return [Clause(clean_title(title), one_line(expr), found)] if is_entry else []
