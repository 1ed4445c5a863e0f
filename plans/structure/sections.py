"""Sections of a task: what their titles say about the lines below (소제목)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze, without_brackets

SectionKind = Literal["schedule", "done", "overview", "none"]

_TITLE: Final = re.compile(
    r"(배경|방향|개요|목적|필요성|근거|법령|사항|계획|일정|실적|현황|상황|내용|경과|경위|효과|목표|지표|대책|문제점|사진"
    r"|절차|예산|성과|체계|방안|추진사업|세부사업|로드맵|프로그램|계획\(안\)|내역)$"
)
_DONE: Final = re.compile(
    r"그동안|그간|기추진|경과|경위|지금까지|추진실적|추진성과|까지의?(추진)?(성과|실적)|주요성과|추진결과|금년실적|전년실적"
)
_AHEAD: Final = re.compile(r"향후|앞으로|계획|일정|예정")
_NONE: Final = re.compile(
    r"배경|필요성|목적|근거|법령|조례|규정|목표|효과|지표|투자|문제점|대책|사진|절차|방향|체계|예산|사업비|재원|비전|판단기준|시행전"
)
_SCHEDULE: Final = re.compile(
    r"일정|계획|향후|앞으로|추진사항|추진상황|추진현황|추진사업|세부사업|프로그램|홍보|로드맵"
)
_NUMERAL: Final = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|\d{1,2}|[가-하])\s*[.)]?\s+")
LONGEST_TITLE: Final = 30


@dataclass(frozen=True)
class Section:
    """A stretch of lines under one title; `start` and `end` are indexes, the title line included."""

    title: str | None
    kind: SectionKind
    start: int
    end: int


def section_kind(title: str) -> SectionKind:
    """What lines under `title` are: planned, already done, an overview, or nothing that has a time."""
    name = squeeze(without_brackets(title) or title)
    if _DONE.search(name) and not _AHEAD.search(name):
        return "done"
    is_plan = bool(_SCHEDULE.search(name))
    if _NONE.search(name) and not (is_plan and name.endswith("추진계획")):
        return "none"
    return "schedule" if is_plan else "overview"


def clean_title(text: str) -> str:
    """A section title without numeral, colon and "(또는 …)"."""
    text = _NUMERAL.sub("", text.strip())
    return one_line(re.sub(r"\(\s*또는[^()]*\)", "", text)).strip(" :：")


def is_section_title(text: str) -> bool:
    """Whether a short text without a value is the kind of title that sections have."""
    name = squeeze(without_brackets(clean_title(text)))
    return 2 <= len(name) <= LONGEST_TITLE and bool(_TITLE.search(name))


def title_of(line: Line) -> str | None:
    """The section title that a line is, or None."""
    if line.is_blank or line.cells:
        return None
    if line.title_in_brackets is not None:
        return clean_title(line.title_in_brackets)
    body = line.body
    if not line.marks:
        return clean_title(body) if is_section_title(body) and len(body) <= LONGEST_TITLE else None
    if line.rank < 5:
        return clean_title(body.split(":")[0]) if ":" not in body.rstrip(" :") else None
    is_heading = line.rank <= 14 and ":" not in body.rstrip(" :") and is_section_title(body)
    return clean_title(body) if is_heading else None


def split_sections(lines: Sequence[Line]) -> list[Section]:
    """The sections of a task's lines in order; what stands before the first title is an overview.

    A title in brackets that is no section word (<청년센터>) keeps the kind of the section above.
    """
    starts: list[tuple[int, str | None, SectionKind]] = [(0, None, "overview")]
    above: list[tuple[int, SectionKind]] = []
    for index, line in enumerate(lines):
        title = title_of(line)
        if not title:
            continue
        if line.title_in_brackets is not None and not is_section_title(title):
            starts.append((index, starts[-1][1], starts[-1][2]))
            continue
        rank = line.rank if line.marks else 0
        above = [(outer, kind) for outer, kind in above if outer < rank]
        kind = _kind_below(title, above)
        above.append((rank, kind))
        starts.append((index, title, kind))
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    return [Section(title, kind, start, end) for (start, title, kind), end in zip(starts, ends, strict=True)]


def _kind_below(title: str, above: Sequence[tuple[int, SectionKind]]) -> SectionKind:
    """The kind of a title; a vague one (내용) below a higher title that holds no times (성과목표) is like that one."""
    kind = section_kind(title)
    return above[-1][1] if above and kind == "overview" else kind
