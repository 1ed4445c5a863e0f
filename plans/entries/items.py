"""What a table cell lists: its items, which of them have a time of their own, and the milestones of a row (칸 안의 항목)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from plans.draft import Asked, MilestoneDraft, Window
from plans.entries.clauses import read_clauses
from plans.entries.phrase import Clause, Unreadable, clean_title
from plans.structure.sections import SectionKind, is_going_on
from plans.structure.years import hull, inside
from plans.text.spelling import one_line
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading

_ITEM: Final = re.compile(r"\n|(?:^|\s)(?=[○●◦◎❍ㅇ□▶▷]\s?\S|[-·•]\s)")
_MARK: Final = re.compile(r"^[\s○●◦◎❍ㅇ□▶▷·•･‧∘\-*]+")
_TOP: Final = re.compile(r"^\s*(?:[○●◦◎❍□]|ㅇ\s?(?=\S))")
_AHEAD: Final = re.compile(r"향후|앞으로|계획|일정|예정|할 일")
_DONE: Final = re.compile(r"(완료|개최함|실시함|선정됨)(\s*\([^()]*\))?$")


@dataclass(frozen=True)
class Place:
    """Where entries stand: line number, section title, section kind."""

    line: int
    section: str | None
    kind: SectionKind


def milestone(title: str, expr: str, reading: Reading, place: Place) -> MilestoneDraft:
    """A milestone of what was read; it is done where the section or its own words say so."""
    return MilestoneDraft(
        title=title,
        expr=expr,
        line=place.line,
        section=place.section,
        kind=reading.kind,
        windows=list(reading.windows),
        rrule=reading.rrule,
        done=_is_done(title, place),
        original_due=reading.original[-1].due if reading.original else None,
    )


def asked(found: Unreadable, place: Place) -> Asked:
    """An entry that a person has to date, with all that its milestone will say."""
    done = _is_done(found.title, place)
    return Asked(title=found.title, expr=found.expr, line=place.line, section=place.section, done=done)


def _is_done(title: str, place: Place) -> bool:
    if is_going_on(title):
        return False
    return place.kind == "done" or (not _AHEAD.search(place.section or "") and is_told_done(title))


def is_told_done(title: str) -> bool:
    """Whether an entry's own words say that it has happened (보급완료)."""
    return bool(_DONE.search(title)) and not re.search(r"예정|계획", title)


def split_items(cell: str) -> list[str]:
    """The items of a cell, top marks kept; a cell without marks is one item."""
    return [part.strip() for part in _ITEM.split(cell) if part.strip()]


def unwrapped(cell: str) -> list[str]:
    """The same, where a line without a mark is the rest of the one above: a cell was too narrow. Where no mark stands
    before the first, only one without a time beside one without is."""
    items: list[str] = []
    for item in split_items(cell):
        has_no_time = bool(items) and not find_dates(item) and not find_dates(items[-1])
        is_marked = bool(items) and bool(_mark_of(items[0])) and not leads_with_time(item)
        is_rest = not _MARK.match(item) and (has_no_time or is_marked)
        items = [*items[:-1], f"{items[-1]} {item}"] if is_rest else [*items, item]
    return items


def top_items(cell: str) -> list[str]:
    """The items of a cell with marks above others; else one: the first with all that bear its mark (· 보급 · 서한문 발송),
    whatever else follows is its details."""
    items = unwrapped(cell)
    tops = [item for item in items if _TOP.match(item)]
    if len(tops) > 1 or not items:
        return tops
    mark = _mark_of(items[0])
    same = items if mark else items[:1]
    return [", ".join(without_mark(item) for item in same if _mark_of(item) == mark)]


def listed_lines(cell: str) -> list[str]:
    """The items of a cell that has one a line, with their rests: what begins with a mark of the first, whatever dashes stand
    within; else its top items."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    mark = _mark_of(lines[0]) if lines else ""
    if not mark or len(lines) == 1:
        return lines if mark else top_items(cell)
    items: list[str] = []
    for line in lines:
        own = _mark_of(line)
        items = [*items, line] if own == mark else items if own else [*items[:-1], f"{items[-1]} {line}"]
    return items


def _mark_of(item: str) -> str:
    found = _MARK.match(item)
    return found[0].strip() if found else ""


def leads_with_time(item: str) -> bool:
    """Whether words stand behind a time at the beginning of an item, which is one of its own then (3월 접수)."""
    first = next(iter(find_dates(item)), None)
    return first is not None and first.start <= 1 and bool(re.match(r"\s+[가-힣]", item[first.end :]))


def without_mark(item: str) -> str:
    return one_line(_MARK.sub("", item))


def row_milestones(cell: str, expr: str, reading: Reading, place: Place) -> list[MilestoneDraft]:
    """The milestones of a row with this time: one for the first item without its own, one for each item with its own."""
    window = hull(reading.windows)
    context = Context() if window is None else inside(window)
    found: list[MilestoneDraft] = []
    is_row_told = False
    for item in unwrapped(cell):
        clauses = [own for own in _own_times(item, place, context) if not _is_vaguer(own.reading, window)]
        found += [milestone(clause.title, clause.expr, clause.reading, place) for clause in clauses]
        title = clean_title(without_mark(item))
        if not clauses and not is_row_told and title and (not found or _TOP.match(item)):
            is_row_told = True
            found.append(milestone(title, expr, reading, place))
    return found


def _is_vaguer(own: Reading, of_row: Window | None) -> bool:
    """Whether a time among the words only says which one it is (점검(상반기)), and the row's says when in it."""
    within = hull(own.windows)
    if of_row is None or within is None or None in (within.start, within.due, of_row.start, of_row.due):
        return False
    return within != of_row and within.start <= of_row.start and of_row.due <= within.due  # type: ignore[operator]


def _own_times(item: str, place: Place, context: Context) -> list[Clause]:
    clauses = read_clauses(without_mark(item), place.kind, context)
    return [c for c in clauses if isinstance(c, Clause) and c.title and c.reading.kind in ("dated", "open")]
