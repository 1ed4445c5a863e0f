"""One bullet line -> the entries in it: action : time, time : action, (time) action, action(time) (일정 문구)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from plans.entries.brackets import bracketed_clauses
from plans.entries.phrase import ORDINAL, Clause, Unreadable, clean_title, is_described, is_year_only, whole
from plans.fields.labels import is_attribute
from plans.structure.sections import SectionKind
from plans.structure.years import hull, inside
from plans.text.spelling import one_line
from plans.time.scan import find_dates
from plans.time.timeline import CannotSay, Context, Reading, parse_prefix

_COLON: Final = re.compile(r"(?<!\d)\s*[:：]\s*|\s*[:：]\s*(?!\d)")
_LABEL: Final = re.compile(
    r"^\(([^()]{1,20})\)\s*(.+)$|^\[([^\[\]]{1,20})\]\s*(.+)$|^<([^<>]{1,20})>\s*(.+)$"
)
_STATISTIC: Final = re.compile(
    r"^\s*(기준|현재|말\s?기준|말\s?현재|대비|까지의|이전|당시|분\b|치\b|부로|예산|결산|실적|\d|%|명|건|개소?\b|억|천|백)"
)
_NEXT_ACTION: Final = re.compile(r"\s*(?:[,，·ㆍ→⇒/]|및\s)\s*(.+)$")
LONGEST_CLAUSE: Final = 400


def read_clauses(text: str, kind: SectionKind, context: Context) -> list[Clause | Unreadable]:
    """The entries of one line in a section of this kind; [] where it has no time."""
    body = ORDINAL.sub("", text.strip())[:LONGEST_CLAUSE]
    found = _clauses(body, kind, context)
    if isinstance(found, Unreadable):
        return [found]
    return [_said(clause) for clause in found if not clause.title or _has_words(clause.title)]


def _has_words(title: str) -> bool:
    """Whether an action says more than further times."""
    left = title
    for token in reversed(find_dates(title)):
        left = left[: token.start] + left[token.end :]
    return bool(re.search(r"[가-힣A-Za-z]", left))


def _said(clause: Clause) -> Clause | Unreadable:
    """The clause, or why its time cannot be said."""
    trouble = clause.reading.trouble
    return clause if trouble is None else Unreadable(clause.title, clause.expr, trouble.reason, trouble.code)


def _clauses(body: str, kind: SectionKind, context: Context) -> list[Clause] | Unreadable:
    told = _time_action(body, kind, context) or _several(body, kind, context)
    if told:
        return told
    trouble: Unreadable | None = None
    for left, right in _colon_splits(body):
        found = _action_time(left, right, kind, context)
        if isinstance(found, Clause):
            return [found]
        trouble = trouble or found
    return _without_colon(body, kind, context) or trouble or _trailing(body, kind, context)


def _without_colon(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """The forms in which no colon stands between action and time."""
    bracketed = bracketed_clauses(body, kind, context)
    if bracketed and _is_named_by_season(body, context):
        return bracketed
    rules = (_labelled, _leading)
    found = next((clauses for rule in rules if (clauses := rule(body, kind, context))), [])
    return [one for clause in found for one in _own_times(clause, kind)] or bracketed


def _own_times(clause: Clause, kind: SectionKind) -> list[Clause]:
    """The actions behind a time that have times of their own in brackets, and the rest with the time of the line."""
    window = hull(clause.reading.windows)
    found = [] if window is None else bracketed_clauses(clause.title, kind, inside(window))
    own = [replace(one, is_bracketed=False) for one in found if _is_exact(one.reading)]
    if not own:
        return [clause]
    behind = clause.title[clause.title.rfind(f"({own[-1].expr}") :].partition(")")[2]
    rest = _NEXT_ACTION.match(behind)
    return [*own, replace(clause, title=clean_title(rest[1]))] if rest and _has_words(rest[1]) else own


def _is_exact(found: Reading) -> bool:
    return found.trouble is None and bool(found.windows) and not is_year_only(found)


def _is_named_by_season(body: str, context: Context) -> bool:
    """Whether the line starts with a half or quarter that belongs to a name (하반기 추경예산 확보(9월))."""
    found = parse_prefix(body, context)
    return isinstance(found, Reading) and any(
        w.precision in ("half", "quarter", "year") for w in found.windows
    )


def _several(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """1차 : 3월, 2차 : 9월 · 접수 : 2월 → 심사 : 3월: every part has its own action and time."""
    parts = re.split(r",\s+(?=[^\d\s])|,\s+(?=\d+[차기단회])|\s*[→⇒⇨➡➔▶]\s*|\s*;\s*", body)
    if len(parts) < 2 or not all(_COLON.search(part) for part in parts):
        return []
    found = [_action_time(*_halves(part), kind, context) for part in parts]
    clauses = [clause for clause in found if isinstance(clause, Clause)]
    return clauses if len(clauses) == len(parts) else []


def _halves(part: str) -> tuple[str, str]:
    pieces = _COLON.split(part, maxsplit=1)
    return pieces[0].strip(), pieces[-1].strip()


def _colon_splits(body: str) -> Iterator[tuple[str, str]]:
    """(left, right) at every colon, the last first; colons of clock times and inside brackets are none."""
    for found in reversed(list(_COLON.finditer(body))):
        left, right = body[: found.start()].strip(), body[found.end() :].strip()
        if left and left.count("(") <= left.count(")"):
            yield left, right


def _action_time(left: str, right: str, kind: SectionKind, context: Context) -> Clause | Unreadable | None:
    """action : time, with remarks behind the time; action : (time) remarks; action : 2명(time)."""
    if is_attribute(left):
        return None
    title = clean_title(left)
    found = parse_prefix(right, context)
    if isinstance(found, Reading) and _may_follow(right[found.end :], found):
        return Clause(title, _expression(right, found), found)
    if isinstance(found, CannotSay) and found.is_date_like and kind != "overview":
        return Unreadable(title, right[:60], found.reason, found.code)
    inner = _LABEL.match(right)
    labelled = None if inner is None else whole(inner[1] or inner[3] or inner[5], context)
    if inner is not None and labelled is not None:
        return Clause(title, one_line(inner[1] or inner[3] or inner[5]), labelled)
    return _count_with_time(title, right, context)


def _count_with_time(title: str, right: str, context: Context) -> Clause | None:
    """채용 : 2명(2월 ~ 12월)."""
    found = re.search(r"\(([^()]*)\)\s*$", right)
    reading = None if found is None else whole(found[1], context)
    if found is None or reading is None or is_year_only(reading):
        return None
    return Clause(title, one_line(found[1]), reading)


def _expression(text: str, found: Reading) -> str:
    """The time as written, with a remark in brackets directly behind it."""
    remark = re.match(r"\s*\([^()]*\)\s*$", text[found.end :])
    return one_line(text[: found.end] + (remark[0] if remark else ""))


def _may_follow(tail: str, found: Reading) -> bool:
    """Whether what stands behind a time leaves it the time of the whole entry."""
    tail = tail.strip()
    if _STATISTIC.match(tail) or tail.startswith(("→", "⇒", "%")):
        return False
    if is_year_only(found):
        return not tail or bool(re.fullmatch(r"\([^()]*\)|예정|완료|완료 예정|목표", tail))
    return True


def _time_action(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """time : action."""
    found = re.match(r"^([^:：]{1,60}?)\s*[:：]\s*(.+)$", body)
    reading = None if found is None else whole(found[1], context)
    if found is None or reading is None or _is_counted(found[2]):
        return []
    if kind == "overview" and is_year_only(reading):
        return []
    clause = Clause(clean_title(found[2]), one_line(found[1]), reading)
    return _own_times(clause, kind) if is_year_only(reading) else [clause]  # a month says enough by itself


def _is_counted(action: str) -> bool:
    """Whether the "action" is only a figure (12,000명)."""
    return bool(re.fullmatch(r"[\d,.\s]+[가-힣%㎡]{0,4}(\s*\([^()]*\))?", action))


def _labelled(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """(1분기) action · (블로그) 2주 1회 action."""
    found = _LABEL.match(body)
    if found is None:
        return []
    name, rest = (found[1] or found[3] or found[5]), (found[2] or found[4] or found[6])
    reading = whole(name, context)
    if reading is not None:
        return (
            []
            if _is_counted(rest) or _STATISTIC.match(rest)
            else [Clause(clean_title(rest), one_line(name), reading)]
        )
    inner = [
        clause
        for clause in _leading(rest, kind, context)
        if clause.title and clause.reading.kind == "recurring"
    ]
    return [Clause(f"({name}) {clause.title}", clause.expr, clause.reading) for clause in inner]


def _leading(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """time action · time / remark, whose action is the line above."""
    found = parse_prefix(body, context)
    if not isinstance(found, Reading) or not _may_lead(found, kind):
        return []
    tail = body[found.end :]
    remark = re.match(r"^\s*(\([^()]*\))?\s*[/,]|^\s*(\([^()]*\))?\s*$", tail)
    if remark is not None:
        return [Clause("", _expression(body, found), found)]
    joined = tail.startswith((" ", "(")) and not _STATISTIC.match(tail) and not _PARTICLE.match(tail)
    title = clean_title(re.sub(r"^\s*\([^()]*\)", "", tail))
    return [Clause(title, one_line(body[: found.end]), found)] if joined and title else []


_PARTICLE: Final = re.compile(
    r"^\s*(에|의|은|는|이|가|을|를|로|으로|에서|에는|부터|까지|기준|현재|대비|이후|이래|말|초|당시|중에)(\s|$)"
)


def _may_lead(found: Reading, kind: SectionKind) -> bool:
    """A bare year opens too many sentences to be a time; a range of years only where things done are told."""
    if found.kind == "ongoing":
        return kind in ("schedule", "done")
    years = bool(found.windows) and all(_spans_years(found, index) for index in range(len(found.windows)))
    if years:
        return kind == "done" and not is_year_only(found)
    return found.kind == "recurring" or kind in ("schedule", "done")


def _spans_years(found: Reading, index: int) -> bool:
    """Whether a window is made of whole years."""
    window = found.windows[index]
    if window.precision == "year":
        return True
    start, due = window.start, window.due
    return (
        window.precision == "range"
        and start is not None
        and due is not None
        and start.year < due.year
        and ((start.month, start.day, due.month, due.day) == (1, 1, 12, 31))
    )


def _trailing(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """action 2022. 3. — a time at the very end without a colon, only where plans are listed."""
    if kind not in ("schedule", "done") or is_described(body):
        return []
    for found in re.finditer(r"(?<![\d.~∼,])\s(?=['’‘]?\d{2,4}\s?[.년]|\d{1,2}월|매월|연중|상시|수시)", body):
        reading = whole(body[found.end() :], context)
        if reading is not None and not is_year_only(reading):
            return [Clause(clean_title(body[: found.start()]), one_line(body[found.end() :]), reading)]
    return []
