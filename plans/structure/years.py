"""The year that a line does not write: from its list, the titles above it, or the plan (연도의 범위).

Notes, brackets, other sections and other tables never pass a year on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Final

from plans.draft import Window
from plans.entries.phrase import is_described
from plans.structure.blocks import Block, Tree, build
from plans.text.characters import APOSTROPHES
from plans.text.lines import HEADING_RANK, Line
from plans.text.spelling import without_brackets
from plans.time.scan import DateToken, find_dates
from plans.time.timeline import Context, Reading, Turning, read_prefix
from plans.time.words import RELATIVE_YEARS

_LEAD: Final = re.compile(
    r"^(?:[Ⅰ-Ⅻ]|[IVX]{1,4}(?=[.\s])|\d{1,2}(?:\s?-\s?\d{1,2})*\s?[.)]?(?=\s)|[가-하][.)]|[①-⑳❶-❿]|\(\d{1,2}\)|제\d+[장편부절]"
    r"|(?:부록|붙임|별첨|별지|참고)\s*\d*)?[\s.:<〈《\[【(「『]*"
)
_QUOTED: Final = re.compile(r"[「『“\"][^「」『』“”\"]{2,}[」』”\"]")
_NOT_SCOPE: Final = re.compile(r"^\s*(?:도\s)?(?:말|까지|이후|이전|부터|기준|현재|대비|목표|당시|보다)")
_NAMED_BY_YEAR: Final = re.compile(
    r"^\s*(?:도\s?)?(?:제?\s?\d{1,2}\s?[회차]\s?)?(?:회계|본?예산|추경|추가경정|결산|국[고도]?비|신입생)"
)
_STAGE: Final = re.compile(
    r"^(?:제?\s?\d{1,2}\s?(?:단계|차\s?[년연]도|[년연]차)|[^\d\s]{0,4}[년연]도)\s*[(\[【<]\s*(?P<year>[^()\[\]【】<>]+?)\s*[)\]】>]"
)
_ENDS: Final = re.compile(r"\s*[:：)\]]")
_YEAR_CELL: Final = re.compile(rf"^[{APOSTROPHES}]?(20\d\d|\d\d(?=년))\s?년?도?$")
_SENTENCE: Final = re.compile(r"[가-힣]다\.$")  # no item of a list
_OPEN: Final = re.compile(r"^\s*(?:이후|이전|부터|까지)(?![가-힣])")
_RELATIVE: Final = re.compile(
    rf"({'|'.join(sorted(RELATIVE_YEARS, key=len, reverse=True))})(?!\s?(?:대비|동기|수준|부터|까지|이후|말))(?=의?\s|$)"
)
_RESULTS: Final = re.compile(r"(?:실적|성과|결과)\W*$")
_PLANS: Final = re.compile(r"(?:추진|사업)?\s?(?:계획|일정)")
LONGEST_HEADING: Final = 30
OPEN: Final = "open-years"
OPEN_ENDED: Final = 0  # no year: the title names years without an end or a beginning
OLDER: Final = "older-list"
LONGEST_PASSED: Final = timedelta(days=366)
LEAST_IN_ORDER: Final = 3
MOST_SLOPPY: Final = 2  # months by which a list may fall back without being meant to turn the year
LEAST_TURN: Final = 6  # months a list without any year must fall back before it is taken to turn the year


@dataclass
class _Told:
    """What the entry of a line said: its window, or None where its year is not known."""

    window: Window | None


@dataclass
class YearScope:
    """Gives each line the context of its times, and is told what they were read as; lines go in order."""

    lines: Sequence[Line]
    tree: Tree
    year: int | None
    told: dict[int, _Told] = field(default_factory=dict)
    _told_in: dict[int, list[int]] = field(
        default_factory=dict
    )  # first line of a list -> its lines that were told
    _written: dict[int, list[tuple[int, int]]] = field(
        default_factory=dict
    )  # the same -> lines that write a year
    _columns: dict[tuple[int, int], str] = field(default_factory=dict)  # line, column -> what it shows
    _turnings: dict[tuple[int, bool], Turning] = field(
        default_factory=dict
    )  # first line of a list, is_year_named

    @classmethod
    def of(cls, lines: Sequence[Line], year: int | None) -> YearScope:
        return cls(lines, build(lines), year)

    def context(self, no: int) -> Context:
        """The context of the times in line `no`."""
        index = no - 1
        own = self._own(index)
        if own is not None:
            return own
        named = self.named_above(index)
        if named == OPEN_ENDED:
            return Context(doubt=OPEN)
        year = self.year if named is None else named
        siblings = self.tree.siblings(index)
        before = self._told_before(index, siblings)
        if before is None:
            return Context(year) if not self._is_older(index, siblings, year) else Context(doubt=OLDER)
        if before.window is None:
            return Context(None, doubt="unknown-before")
        if _is_long(before.window):
            return Context(year)
        if not self._written_in(siblings) and _is_between(self.tree.blocks[index], before.window):
            return Context(doubt="behind-turn")
        key = siblings[0].index, named is not None
        if key not in self._turnings:
            self._turnings[key] = self._turning(siblings, named is not None)
        return Context(year, before.window, self._turnings[key])

    def _is_older(self, index: int, siblings: Sequence[Block], year: int | None) -> bool:
        """Whether the next year that this list writes is an earlier one: then its first lines may be of that, too."""
        written = self._written_in(siblings)
        at = bisect_right(written, index, key=itemgetter(0))
        return year is not None and at < len(written) and written[at][1] < year

    def _written_in(self, siblings: Sequence[Block]) -> list[tuple[int, int]]:
        """The lines of a list whose first time writes its year, with that; each list is gone through once."""
        key = siblings[0].index if siblings else -1
        if key not in self._written:
            listed = (one for one in siblings if not (is_described(one.text) or _SENTENCE.search(one.text)))
            firsts = [(one.index, first_date(one.text)) for one in listed]
            self._written[key] = [
                (i, one.year) for i, one in firsts if one is not None and one.year is not None
            ]
        return self._written[key]

    def tell(self, no: int, window: Window | None) -> None:
        """The entry of line `no` was read as this; None: its year is not known."""
        index = no - 1
        block = self.tree.blocks[index]
        if block is not None and block.kind != "note":
            if index not in self.told:
                insort(self._told_in.setdefault(self.tree.siblings(index)[0].index, []), index)
            self.told[index] = _Told(window)

    def named_above(self, index: int) -> int | None:
        """The year that the nearest line, heading or title above names, OPEN_ENDED where that is no single one; None where
        none does."""
        for block in self.tree.above(index):
            told = self.told.get(block.index)
            if told is not None and told.window is not None and not _spans_years(told.window):
                day = told.window.start or told.window.due
                return None if day is None else day.year
            year = OPEN_ENDED if names_open_years(block) else named_year(block)
            if year is None:
                year = self._relative_year(block)
            if year is not None:
                return year
        return None

    def _relative_year(self, block: Block) -> int | None:
        """The year of 전년도 실적 above a list, counted from the plan's; OPEN_ENDED where nobody knows that one, and under
        내년도 계획. 전년도 보조금 정산 is done in the plan's year."""
        text = _unled(block)
        found = _RELATIVE.match(text)
        if found is None or len(block.text) > LONGEST_HEADING or not self.tree.heads(block.index):
            return None
        shift = RELATIVE_YEARS[found[1]]
        if shift > 0:
            return OPEN_ENDED if _PLANS.fullmatch(text[found.end() :].strip()) else None
        if not _RESULTS.search(text):
            return None
        return OPEN_ENDED if self.year is None else self.year + shift

    def _own(self, index: int) -> Context | None:
        """The context where the line writes its year itself: its first time outside brackets, or a cell of its own."""
        block = self.tree.blocks[index]
        if block is None:
            return None
        if block.kind == "row":
            year = self._year_cell(index)
            return None if year is None else Context(year)
        first = first_date(block.text)
        if (
            first is None
            or first.year is None
            or (first.month is None and not _ENDS.match(block.text[first.end :]))
        ):
            return None
        found = read_prefix(block.text[first.start :], Context())
        if not isinstance(found, Reading):
            return Context(first.year)
        window = hull(found.windows)
        return Context(first.year) if window is None else inside(window)

    def _year_cell(self, index: int) -> int | None:
        """The year that stands alone in a cell of this row, or above it in a column that is empty from there on."""
        siblings = self.tree.siblings(index)
        at = bisect_left(siblings, index, key=lambda one: one.index)
        for column in range(len(self.lines[index].cells) if siblings else 0):
            year = _YEAR_CELL.match(self._shown(siblings, at, column))
            if year is not None:
                return int(year[1]) % 100 + 2000
        return None

    def _shown(self, rows: Sequence[Block], at: int, column: int) -> str:
        """What a column shows in row `at`: its cell, or the one above that is not empty; "" for none. Each cell is
        looked at once, however many rows below it are empty."""
        passed: list[tuple[int, int]] = []
        text = ""
        for row in range(at, -1, -1):
            key = rows[row].index, column
            cells = self.lines[rows[row].index].cells
            text = self._columns.get(key) or (cells[column] if column < len(cells) else "")
            passed.append(key)
            if text or key in self._columns:
                break
        self._columns.update(dict.fromkeys(passed, text))
        return text

    def _told_before(self, index: int, siblings: Sequence[Block]) -> _Told | None:
        told = self._told_in.get(siblings[0].index, []) if siblings else []
        at = bisect_left(told, index)
        return self.told[told[at - 1]] if at else None

    def _turning(self, siblings: Sequence[Block], is_year_named: bool) -> Turning:
        """What a month means that falls back in this list: little is no order, much once is the turn of the year."""
        firsts = _firsts(siblings)
        drops = _drops(firsts)
        if max(drops, default=0) <= MOST_SLOPPY:
            return "same"
        if _are_parallel(siblings):
            return "same"
        if any(first.year for first in firsts):
            return "next" if len(drops) == 1 else "asked"
        turns = len(firsts) >= LEAST_IN_ORDER and _is_one_round([first.month or 0 for first in firsts])
        return "same" if not turns else "asked" if is_year_named else "next"


def _firsts(siblings: Sequence[Block]) -> list[DateToken]:
    return [first for one in siblings if (first := first_date(one.text)) is not None]


def _is_between(block: Block | None, before: Window) -> bool:
    """Whether a line's month lies no farther from the start of a span over new year's than from its end
    (11월 ~ 3월, then 10월)."""
    first = None if block is None else first_date(block.text)
    if first is None or first.month is None or not _spans_years(before):
        return False
    assert before.start is not None and before.due is not None
    return 0 < before.start.month - first.month <= first.month - before.due.month


def _are_parallel(siblings: Sequence[Block]) -> bool:
    """Whether most dated lines of a list have several times each (봄 점검(3월), 가을 점검(10월)): such lines stand side by
    side, and are in no order of time."""
    counts = [count for one in siblings if (count := _times_in(one.text))]
    several = sum(count > 1 for count in counts)
    return several > 1 and 2 * several > len(counts)


def _times_in(text: str) -> int:
    """How many months a line names that do not end a span."""
    dates = [one for one in find_dates(text) if one.month is not None]
    return sum(not re.search(r"\d[^,]{0,6}[~∼～]\s?$", text[: one.start]) for one in dates)


def _is_one_round(months: Sequence[int]) -> bool:
    """Whether months rise, turn the year once by a wide step, and do not come round to where they began."""
    falls = [at for at in range(1, len(months)) if months[at] < months[at - 1]]
    if len(falls) != 1 or falls[0] < 2:
        return False
    return months[falls[0] - 1] - months[falls[0]] >= LEAST_TURN and months[-1] < months[0]


def _drops(firsts: Sequence[DateToken]) -> list[int]:
    """By how many months the list falls back, at each place where no year is written."""
    drops: list[int] = []
    month = 0
    for first in firsts:
        if first.year is None and first.month is not None and first.month < month:
            drops.append(month - first.month)
        month = first.month or (0 if first.year is not None else month)
    return drops


@lru_cache(maxsize=4096)
def first_date(text: str) -> DateToken | None:
    """The first date of a line outside brackets, else inside; None where it has none."""
    for shown in (without_groups(text), text):
        found = next((one for one in find_dates(shown) if one.month or one.start == 0), None)
        if found is not None:
            return found
    return None


def without_groups(text: str) -> str:
    """The text with what stands in round brackets blanked out, every place kept."""
    return re.sub(r"\([^()]*\)", lambda group: " " * len(group[0]), text)


def hull(windows: Sequence[Window]) -> Window | None:
    """From the start of the first window to the end of the last."""
    if not windows:
        return None
    first, last = windows[0], windows[-1]
    return Window(start=first.start or first.due, due=last.due or last.start, precision="range")


def inside(window: Window) -> Context:
    """The context of times that stand beside this one in the same line or cell."""
    if _is_long(window):
        return Context(doubt="many-years")
    day = window.start or window.due
    return Context(None if day is None else day.year, window)


def _is_long(window: Window) -> bool:
    """Whether a time is so long that it says nothing about the year of the next."""
    return window.start is not None and window.due is not None and window.due - window.start > LONGEST_PASSED


def _spans_years(window: Window) -> bool:
    return window.start is not None and window.due is not None and window.start.year != window.due.year


def named_year(block: Block) -> int | None:
    """The one year that a title or a heading line is about, or None."""
    text = _unled(block)
    stage = _STAGE.match(text)
    if stage is not None:  # 1차년도(2031년): the bracket is its other name
        text = stage["year"] + text[stage.end() :]
    text = re.sub(r"^(['’‘]?\d{2,4}\s?년?도?)\s*[)\]】>〉》]", r"\1 ", text)
    is_title = block.kind == "title" or block.level < HEADING_RANK
    outside = text if is_title else without_brackets(text)
    dates = [one for one in find_dates(outside) if one.year is not None]
    if len({one.year for one in dates}) != 1 or any(_is_range(outside, one) for one in dates):
        return None
    first = dates[0]
    if _NOT_SCOPE.match(outside[first.end :]) or _NAMED_BY_YEAR.match(outside[first.end :]):
        return None
    return first.year if first.start == 0 or is_title else None


def _unled(block: Block) -> str:
    """The block's text without its number, and without names in quotes."""
    return _LEAD.sub("", _QUOTED.sub(" ", block.text))


def names_open_years(block: Block) -> bool:
    """Whether a line with others under it is about years without an end or a beginning (2028년 이후, ’28. ~): what stands
    under it is not of the plan's year for sure."""
    text = _unled(block)
    first = next(iter(find_dates(text)), None)
    if first is None or first.start != 0 or first.year is None or first.month is not None:
        return False
    return bool(_OPEN.match(text[first.end :])) or _is_range(text, first)


def _is_range(text: str, date: DateToken) -> bool:
    """Whether the date is one end of a span that leaves the other open (’25. ~)."""
    return bool(re.match(r"\s*[~∼～]\s*(?!\d{1,2}\s?[.월])", text[date.end :]))
