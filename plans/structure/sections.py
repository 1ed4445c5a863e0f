"""Sections of a task: what their titles say about the lines below (소제목)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from plans.entries.shapes import looks_like_entry
from plans.structure.blocks import Tree
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze, without_brackets
from plans.time.scan import find_dates

SectionKind = Literal["schedule", "done", "overview", "content", "none"]
"""Planned, done, what a project is, a part of the project under its own name, or nothing that has a time."""

PLANNED: Final[frozenset[SectionKind]] = frozenset({"schedule", "done", "content"})
"""Kinds of sections whose lines are entries."""

_TITLE: Final = re.compile(
    r"(배경|방향|개요|목적|필요성|근거|법령|사항|계획|일정|실적|현황|상황|내용|경과|경위|효과|목표|지표|대책|문제점|사진"
    r"|절차|예산|성과|체계|방안|추진사업|세부사업|로드맵|프로그램|계획\(안\)|내역|(?:전년도?|작년|지난해)결과"
    r"|(?:일정|계획|현황|실적|총괄)표)$"
)
_DONE: Final = re.compile(
    r"그동안|그간|기추진|경과|경위|지금까지|추진실적|추진성과|까지의?(추진)?(성과|실적)|추진결과|(?:전년도?|작년|지난해)결과|(?<!기대)(?<!예상)(?<!목표)(?:성과|실적)$"
)
_AHEAD: Final = re.compile(r"향후|앞으로|계획|일정|예정")
_NONE: Final = re.compile(
    r"배경|필요성|목적|근거|법령|조례|규정|목표|효과|지표|투자|문제점|사진|절차|방향|체계|예산|사업비|재원|비전|판단기준|시행전"
)
_SCHEDULE: Final = re.compile(
    r"일정|계획|향후|앞으로|추진사항|추진상황|추진현황|추진사업|세부사업|프로그램|홍보|로드맵"
)
_NUMERAL: Final = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|\d{1,2}|[가-하])\s*[.)]?\s+")
_STATE: Final = re.compile(r"(추진|진행|이행|사업)\s?(상황|현황|사항|경과)|추진실적")
_MATTERS: Final = re.compile(r"사항")  # 세부 추진사항 is what will be done unless 향후계획 stands beside it
_HISTORY: Final = re.compile(r"(추진|진행|이행|사업)\s?(상황|현황|경과|경위|연혁)|연혁|경과|경위")
_NEXT: Final = re.compile(r"향후|앞으로")
_GOES_ON: Final = re.compile(
    r"(추진|진행|작업|시행|검토|협의|공사|수립|이행|건립|조성) ?중|(?<![월년말])(?<!기간)(?<!분기) 중(?=$|\s*[(),·/])"
)
_STEP: Final = re.compile(
    r"[가-힣]\s?\(['’‘]?\d{2,4}\.\s?\d{1,2}\.\s?\d{1,2}\.?(?:\s?[~∼～][\d.\s]{0,14})?\)$"
)
_NO_TIMES: Final = re.compile(rf"(?:{_NONE.pattern}|수요|집행액|기준)$")
LONGEST_TITLE: Final = 30
LEAST_ENTRIES: Final = 3  # that make a section a schedule against its title


@dataclass(frozen=True)
class Section:
    """A stretch of lines under one title; `start` and `end` are indexes, the title line included."""

    title: str | None
    kind: SectionKind
    start: int
    end: int


def section_kind(title: str) -> SectionKind:
    """What lines under `title` are: planned, done, an overview, nothing that has a time, or a part of its own name."""
    name = squeeze(without_brackets(title) or title)
    if not is_section_title(title) and not _NO_TIMES.search(name):
        return "content"
    if _DONE.search(name) and not _AHEAD.search(name):
        return "done"
    is_plan = bool(_SCHEDULE.search(name))
    if _NONE.search(name) and not (is_plan and name.endswith(("추진계획", "일정", "일정표"))):
        return "none"
    return "schedule" if is_plan else "overview"


def tells_state(title: str) -> bool:
    """Whether a title is of how far things are (추진상황), which is what was done where 향후계획 stands beside it."""
    return bool(_STATE.search(title)) and not tells_ahead(title)


def tells_done(title: str) -> bool:
    """Whether a title is of what was done (주요성과)."""
    return bool(_DONE.search(squeeze(title))) and not tells_ahead(title)


def tells_history(title: str) -> bool:
    """Whether a title is of how things came to where they are, even where it is of what comes, too (추진현황 및 계획)."""
    return bool(_HISTORY.search(title))


def tells_ahead(title: str) -> bool:
    """Whether a title is of what comes (향후계획)."""
    return bool(_AHEAD.search(title))


def is_going_on(text: str) -> bool:
    """Whether words say that a thing is being done and not done yet (추진 중)."""
    return bool(_GOES_ON.search(text))


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


@dataclass
class _Open:
    """A title that the next line may stand under."""

    rank: float
    title: str | None
    kind: SectionKind


def split_sections(lines: Sequence[Line], tree: Tree, first: SectionKind = "overview") -> list[Section]:
    """The sections of a task's lines in order; what stands before the first title is of the kind `first`.

    A title in brackets that is no section word (<청년센터>) keeps the kind of the section above.
    """
    starts: list[tuple[int, str | None, SectionKind]] = [(0, None, first)]
    above: list[_Open] = []
    for index, line in enumerate(lines):
        found = _starts_at(line, tree, above, starts[-1])
        if found is not None:
            starts.append((index, *found))
    starts = _with_state_done(starts, lines)
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    return [
        Section(
            title,
            "content" if kind == "none" and _holds_entries(lines[start + 1 : end]) else kind,
            start,
            end,
        )
        for (start, title, kind), end in zip(starts, ends, strict=True)
    ]


def _holds_entries(lines: Sequence[Line]) -> bool:
    """Whether lines are a schedule whatever their title says (결산절차): most of them are an action with its time, or steps
    among others bear their days in brackets behind them."""
    steps = sum(bool(_STEP.search(line.body)) for line in lines if not (line.marks or line.cells))
    told = [line for line in lines if line.marks and not line.cells and not line.is_note]
    dated = sum(looks_like_entry(line) for line in told)
    return steps >= LEAST_ENTRIES or (dated >= LEAST_ENTRIES and dated > len(told) / 2)


def _starts_at(
    line: Line, tree: Tree, above: list[_Open], last: tuple[int, str | None, SectionKind]
) -> tuple[str | None, SectionKind] | None:
    """Title and kind of the section that a line begins, None where it goes on; `above` is brought up to date."""
    title = title_of(line) or _numbered_title(line, tree)
    rank = float(line.rank) if line.marks else _level(line, tree)
    if title and line.title_in_brackets is not None and not _names_section(title):
        return last[1], last[2]
    if title:
        above[:] = [one for one in above if one.rank < rank]
        kind = _kind_below(title, above)
        above.append(_Open(rank, title, kind))
        return title, kind
    if last[2] == "none" and _is_year(line, tree):
        return None, "content"
    if not line.marks or line.cells or not above or above[-1].rank < rank:
        return None
    if rank < TITLE_RANK:  # □ 해설사 뽑기 : 공고(1. 12.), a section and an entry in one
        above.clear()
        label = line.body.split(":")[0].strip()
        return label, section_kind(label)
    above[:] = [one for one in above if one.rank < rank]
    return (above[-1].title, above[-1].kind) if above else None


def _names_section(title: str) -> bool:
    """Whether a title in brackets is a section's, and no box of its own (<이웃 도시의 전문계약 운영 성과>)."""
    is_box = section_kind(title) in ("done", "none") and len(squeeze(title)) > LONGEST_STATE
    return is_section_title(title) and not is_box


LONGEST_STATE: Final = 12  # letters of a title in brackets under which nothing is planned
TITLE_RANK: Final = 5
MOST_BETWEEN: Final = 20  # titles between 추진상황 and 향후계획


def _numbered_title(line: Line, tree: Tree) -> str | None:
    """The title of a numbered line that heads others (가. 물길 넓히기)."""
    block = tree.blocks[line.no - 1]
    if block is None or block.number is None or re.search(r"[:：]|[다음함임][.]?$", block.number.title):
        return None
    return block.number.title if tree.heads(line.no - 1) and not find_dates(block.number.title) else None


def _is_year(line: Line, tree: Tree) -> bool:
    """Whether a line is a year that heads what follows: no title above it says that nothing has a time."""
    block = tree.blocks[line.no - 1]
    dates = find_dates(block.text) if block is not None and block.kind == "title" else []
    return bool(dates) and dates[0].start <= 1 and dates[0].month is None


def _level(line: Line, tree: Tree) -> float:
    block = tree.blocks[line.no - 1]
    return block.level if block is not None and block.number is not None else 0.0


def _with_state_done(
    starts: Sequence[tuple[int, str | None, SectionKind]], lines: Sequence[Line]
) -> list[tuple[int, str | None, SectionKind]]:
    """추진상황 beside 향후계획 tells what was done."""
    found = list(starts)
    for at, (index, title, kind) in enumerate(starts):
        if kind != "schedule" or title is None or not tells_state(squeeze(title)):
            continue
        rank = lines[index].rank
        behind = itertools.islice(starts, at + 1, at + 1 + MOST_BETWEEN)
        beside = (other for start, other, _ in behind if other is not None and lines[start].rank == rank)
        ahead = squeeze(next(beside, ""))
        if tells_ahead(ahead) and (not _MATTERS.search(title) or _NEXT.search(ahead)):
            found[at] = (index, title, "done")
    return found


def _kind_below(title: str, above: Sequence[_Open]) -> SectionKind:
    """The kind of a title; a vague one (내용) below a higher title that holds no times (성과목표) is like that one, a day
    with its action is a schedule."""
    if (dates := find_dates(title)) and dates[0].is_day and dates[0].start == 0:
        return "schedule"
    kind = section_kind(title)
    return above[-1].kind if above and kind in ("overview", "content") else kind
