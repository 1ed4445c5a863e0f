"""Entries whose time stands in brackets: 보고회(9월) · 접수(1월) → 선정(3월) · 발족('20. 4. 24. / 15명) (괄호 속 시기)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from plans.entries.phrase import (
    BARE,
    Clause,
    clean_title,
    is_act,
    is_described,
    is_figure,
    is_stage,
    is_statistic,
    is_thing,
    is_year_only,
    whole,
)
from plans.structure.sections import SectionKind
from plans.text.spelling import one_line
from plans.time.timeline import Context, Reading, parse_prefix

_GROUP: Final = re.compile(r"\(([^()]*)\)|【([^【】]*)】")
_JOINED: Final = re.compile(r"^\s*(?:(?:및|와|과|후|뒤|이후)\s|[→⇒⇨➡➔▶,·ㆍ])\s*")
_GOES_ON: Final = re.compile(r"^\s*(?:후|뒤|이후|및|와|과|을|를|하여|하고|까지|부터)(?![가-힣])")
_MONEY: Final = re.compile(r"\d\s?(?:백만|천|억|만)?\s?원|\d\s?억")
_DOCUMENT: Final = re.compile(r"[가-힣]-\d{1,6}$")  # the number of a letter, with its day in brackets
_SCORE: Final = re.compile(r"\d[\d.]{0,9}\s?(?:점|%)$")  # what was reached then
_REMARK: Final = re.compile(
    r"\s*[/,·]\s*(?:[^\s\d'’‘]|\d[\d,]{0,9}\s?(?![월일년분\s])[가-힣])|\s+\d[\d,.]*\s?[가-힣%]|(?<=\.)\s+[가-힣]"
)
_INNER_ACT: Final = re.compile(
    r"^\s*([가-힣]{2,8}?|(?<=\s)[가-힣A-Za-z0-9][가-힣A-Za-z0-9·ㆍ‧ ]{1,24}?)(?:\s?예정)?\s*(?:$|[/,·])"
)
_INNER_PARTS: Final = re.compile(r",\s+|\s*[→⇒⇨➡➔▶]\s*")
_INNER_ARROW: Final = re.compile(r"[→⇒⇨➡➔▶]")
_COMPARES: Final = re.compile(r"\d\s?[가-힣%㎡]{1,3}\s?[→⇒⇨➡➔▶]\s?['’‘\d(]")
_TOLD_BEFORE: Final = re.compile(
    r"(?:^|\s)기(?:발표|추진|시행|설치|완료|구축|수립)$"
)  # 기발표: what has been done already
_LAW: Final = re.compile(r"(?:법|법률|조례|규칙|시행령|규정|훈령|예규|지침|특별법)[」』]?$")
_ENACTED: Final = re.compile(r"(?:제정|개정|시행|공포|폐지|고시)$")
SHORT_REST: Final = 20  # letters behind acts in a bracket, which say how far things are
_TAG: Final = re.compile(r"^\s*(?:공약|신규|확대|계속|특색|중점|역점)\s*$")  # what a plan calls a line
_FEW_WORDS: Final = re.compile(r"\s[가-힣 ]{1,10}")
_TOTAL: Final = re.compile(r"[,\s]\s*총\s?\d{1,3}회$")
LONG: Final = timedelta(
    days=45
)  # a time as long as this in brackets behind a thing is how long the thing lasts


@dataclass(frozen=True)
class _Group:
    """What stands in a bracket: the time as written, what it says, and the act and the remark behind it."""

    expr: str
    reading: Reading
    act: str = ""
    remark: str = ""


def bracketed_clauses(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """action(time) · action(time), action(time) · action('20. 4. 24. / 15명)."""
    clauses: list[Clause] = []
    start = 0
    for match in _GROUP.finditer("" if is_described(body) else body):
        inner = match[1] or match[2] or ""
        found = _dated_group(_TOTAL.sub("", inner), context)
        title = clean_title(_JOINED.sub("", body[start : match.start()]))
        rest = body[match.end() :]
        if (
            title
            and (_ends_clause(rest) or len(rest) <= SHORT_REST)
            and (several := _several_acts(title, inner, context))
        ):
            clauses += several
            start = match.end()
            continue
        if found is None or not title or not _is_own_time(title, found, rest, kind, context, bool(clauses)):
            continue
        has_act = bool(found.act) and not title.endswith(found.act)
        title = f"{title} {found.act}" if has_act else title
        clauses.append(Clause(title, one_line(found.expr), found.reading, is_bracketed=True, has_act=has_act))
        if found.reading.is_year_written and found.reading.windows:
            context = Context(context.year, found.reading.windows[-1], "next")
        start = match.end()
    return _with_shared_verb(clauses, body[start:].strip())


def _several_acts(title: str, inner: str, context: Context) -> list[Clause]:
    """실태조사(4월 전수조사, 9월 표본조사), 안내(’30년 시범 → ’32년 확대): several acts of one thing, each behind its own time;
    behind arrows whose turn it is (’30년 중앙부처 → ’31년 지자체) where the thing is an act itself."""
    parts = _INNER_PARTS.split(inner)
    is_chain = _INNER_ARROW.search(inner) is not None
    found = [(part, parse_prefix(part, context)) for part in parts] if len(parts) > 1 else []
    clauses = [
        Clause(f"{title} {act[1]}", one_line(part[: one.end]), one, is_bracketed=True, has_act=True)
        for part, one in found
        if isinstance(one, Reading) and one.trouble is None and one.windows
        if (act := _INNER_ACT.match(part[one.end :])) is not None
        if is_act(act[1]) or (is_chain and is_act(title) and not is_figure(act[1]))
    ]
    return clauses if len(clauses) == len(parts) else []


def _is_own_time(
    title: str, found: _Group, rest: str, kind: SectionKind, context: Context, is_further: bool
) -> bool:
    """Whether a bracket says when its action is, and not how long a thing lasts or of which year it is."""
    if _DOCUMENT.search(title) or (_SCORE.search(title) and not found.act) or _is_of_law(title, found):
        return False
    if BARE.fullmatch(found.expr) and _is_past(found.reading, context.year):
        return False
    is_weak = is_year_only(found.reading) or _spans_whole_years(found.reading)
    if is_weak and not (kind == "done" or is_stage(title) or (kind != "overview" and is_act(title))):
        return False
    if kind == "overview" and found.reading.kind == "recurring":
        return False
    if is_lasting(found.reading) and not is_stage(title) and (is_thing(title) or _MONEY.search(found.remark)):
        return False
    closes = _ends_clause(rest) or (is_further and _is_shared_verb(rest)) or _is_next_like_it(rest, context)
    return closes or (not is_weak and (is_act(title) or bool(_GOES_ON.match(rest))))


def _is_past(found: Reading, year: int | None) -> bool:
    ends = [window.due or window.start for window in found.windows]
    return year is not None and all(day is not None and day.year < year for day in ends)


def _is_of_law(title: str, found: _Group) -> bool:
    """Whether a bracket tells since when a law holds (조례(2030. 11. 1. 제정)), or what was done already (’30. 4. 기발표)."""
    days = all(window.precision == "day" for window in found.reading.windows)
    return bool(
        _TOLD_BEFORE.search(found.act) or (days and _LAW.search(title) and _ENACTED.search(found.act))
    )


def _is_next_like_it(rest: str, context: Context) -> bool:
    """선언(10월) 발대식(10월): another action with its time in brackets follows."""
    following = re.match(
        r"^\s+[^()\d][^()]{1,40}\(([^()]+)\)\s*(?:$|[^가-힣\s]|\s+[^()]{2,40}\([^()]+\))", rest
    )
    return following is not None and whole(following[1], context) is not None


def _spans_whole_years(found: Reading) -> bool:
    return bool(found.windows) and all(
        (window.start is None or (window.start.month, window.start.day) == (1, 1))
        and (window.due is None or (window.due.month, window.due.day) == (12, 31))
        and window.precision in ("range", "year")
        for window in found.windows
    )


def is_lasting(found: Reading) -> bool:
    """Whether a time is a long span."""
    return any(
        window.precision == "range" and window.start and window.due and window.due - window.start > LONG
        for window in found.windows
    )


def _is_shared_verb(rest: str) -> bool:
    """1차(3월), 2차(9월) 컨설팅 실시: words behind the last bracket that belong to all."""
    return bool(re.fullmatch(r"\s*[가-힣][가-힣 ·ㆍ‧]{1,24}", rest))


def _with_shared_verb(clauses: list[Clause], rest: str) -> list[Clause]:
    if len(clauses) < 2 or not _is_shared_verb(rest):
        return clauses
    last = len(clauses) - 1
    return [
        replace(clause, title=f"{clause.title} {rest}")
        if i == last or re.fullmatch(r"제?\d+[차기회]", clause.title)
        else clause
        for i, clause in enumerate(clauses)
    ]


def _dated_group(inner: str, context: Context) -> _Group | None:
    """The time in brackets: alone, before an act or a remark (’22. 1. 준공/299세대), or behind one (시청, 3. 5.); what was
    and what is to be beside it (’30년 12대 → ’31년 20대) is none."""
    reading = whole(inner, context)
    if reading is not None:
        return _Group(inner, reading)
    if _COMPARES.search(inner):
        return None
    found = parse_prefix(inner, context)
    if isinstance(found, Reading) and found.trouble is None and (found.windows or found.rrule):
        tail = inner[found.end :]
        act = _INNER_ACT.match(tail)
        if act is not None and is_act(act[1]):
            return _Group(inner[: found.end], found, act[1], tail)
        if found.kind == "recurring" and _FEW_WORDS.fullmatch(tail):
            return _Group(inner[: found.end], found, remark=tail)  # 월 1회 이상 모임
        is_apart = re.match(r"\s*[/,·]", tail)
        if _REMARK.match(inner, found.end) and (is_apart or not is_statistic(tail)):
            return _Group(inner[: found.end], found, remark=tail)
    text = re.split(r",\s+|,(?=['’‘])", inner)[-1]
    reading = whole(text, context) if text != inner else None
    return None if reading is None or is_year_only(reading) else _Group(text, reading)


def _ends_clause(rest: str) -> bool:
    """Whether a bracket closes its action: the line ends, or a separator or a remark follows."""
    return bool(_TAG.match(rest) or re.match(r"^\s*($|[,，·ㆍ→⇒⇨➡➔▶▸▹/>;※*(:：]|및\s|→)", rest))
