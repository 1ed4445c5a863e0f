"""The header of a table: one or several rows, cells merged over columns or rows, a title above it (표 머리)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from plans.draft import Window
from plans.entries.phrase import is_act, is_figure, is_year_only, whole
from plans.text.characters import APOSTROPHES
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, read_time

SLOT: Final = re.compile(
    r"^(?P<year>['’‘]?\d{2,4}[.년]\s?)?(\d{1,2}(월?\s?[~∼～-]\s?\d{1,2})?월|\d(/4)?\s?분기|[1-4]/4|[상하]반기)(\([^()]*\)|계획|추진계획|실적|추진실적)?$"
)
"""A column of a grid: a month, a quarter, a half."""
YEAR: Final = re.compile(rf"^(?:[{APOSTROPHES}]?(?:\d{{2}}|\d{{4}})년도?|20\d\d)$")
_HALF: Final = re.compile(r"\s?\(([상하])(?:반기)?\)$")
NUMBERS: Final = frozenset({"연번", "번호", "순번", "관리번호", "공약번호", "과제번호", "no"})
"""What heads the numbers of rows."""
_TIME_LIKE: Final = re.compile(r"\d|연중|상시|수시|매[년월주]|반기|분기")
_ITEM: Final = re.compile(r"^\s*[○●◦□■▶\-·•①-⑳]\s*\S|<br>|\n")
ANY_YEAR: Final = Context(2000)  # only whether a cell is a time is asked
MOST_ROWS: Final = 3  # of a header
LONGEST_LABEL: Final = 16  # letters of a word above a column
ALL_MONTHS: Final = 12
_QUARTER: Final = "분기"
_HALF_YEAR: Final = "반기"


@dataclass(frozen=True)
class Year:
    """What heads a column of a plan by years: a year, a half of one, or all years from one on."""

    expr: str
    window: Window


@dataclass(frozen=True)
class Head:
    """`top` is the first row of the header and `end` the first below it; `paths` the words above each column, the
    outermost first. A table without a header has `top` == `end`."""

    top: int
    end: int
    paths: tuple[tuple[str, ...], ...]

    @cached_property
    def years(self) -> dict[int, Year]:
        """Column -> year, where neighbouring columns are headed by years that follow each other."""
        return years_in([path[-1] if path else "" for path in self.paths])

    @property
    def names(self) -> tuple[str, ...]:
        """All words above each column, squeezed."""
        return tuple(squeeze("".join(path)) for path in self.paths)


@lru_cache(maxsize=8192)
def time_of(text: str) -> Reading | None:
    """The time that a cell is from end to end, whatever its year."""
    return whole(text, ANY_YEAR) if _TIME_LIKE.search(text) else None


def is_exact(text: str) -> bool:
    """Whether a cell is a time that says more than a year."""
    found = time_of(text)
    return found is not None and not is_year_only(found)


def is_slot(text: str) -> bool:
    """Whether a word above a column is a month, a quarter or a half."""
    return bool(SLOT.match(squeeze(text)))


def years_in(texts: Sequence[str]) -> dict[int, Year]:
    """The columns of these headers that are years, each one more than its neighbour (the first may be half a year)."""
    runs: list[dict[int, Year]] = []
    for i, text in enumerate(texts):
        year = year_of(text)
        if year is None:
            continue
        last = runs[-1].get(i - 1) if runs else None
        if last is not None and _follows(last.window, year.window):
            runs[-1][i] = year
        else:
            runs.append({i: year})
    is_run = [len(run) > 1 and any(one.window.precision == "year" for one in run.values()) for run in runs]
    return {i: year for run, is_one in zip(runs, is_run, strict=True) if is_one for i, year in run.items()}


def year_of(text: str) -> Year | None:
    """The year, or half of one, that a word is; None for words that say more."""
    expr = _BEHIND.sub("", _HALF.sub(r" \1반기", text)).strip()
    behind = expr[max((token.end for token in find_dates(expr)), default=0) :].strip()
    found = None if is_act(behind) else time_of(expr)  # 2027년 개최 says what is done then
    if found is None or not found.is_year_written or found.trouble is not None or len(found.windows) != 1:
        return None
    window = found.windows[0]
    return Year(text, window) if window.start and window.precision in ("year", "half") else None


def _follows(one: Window, other: Window) -> bool:
    assert one.start is not None and other.start is not None
    return one.start < other.start and other.start.year - one.start.year <= 1


def read_head(rows: Sequence[Sequence[str]]) -> Head:
    """The header of these rows."""
    texts = [[one_line(text) for text in row] for row in rows]
    top = _below_titles(texts)
    if not _is_header(texts, top):
        return Head(top, top, ((),) * max(map(len, texts)))
    end = top + 1
    while end < min(len(texts) - 1, top + MOST_ROWS) and _goes_on(texts, end):
        end += 1
    return Head(top, end, _paths(texts, top, end))


def _below_titles(rows: Sequence[Sequence[str]]) -> int:
    """The first row that is no title across the table."""
    top = 0
    while top < len(rows) - 2 and len(_filled(rows[top])) == 1 and len(_filled(rows[top + 1])) > 1:
        if is_exact(_filled(rows[top])[0]) or any(map(is_exact, rows[top + 1])):
            break
        top += 1
    return top


def _filled(row: Sequence[str]) -> list[str]:
    return [text for text in row if text]


def _is_header(rows: Sequence[Sequence[str]], top: int) -> bool:
    """Whether a row says what stands below it: nothing in it is a time, but for those that head a grid or name a step."""
    times = [i for i, text in enumerate(rows[top]) if time_of(text) is not None]
    below = rows[top + 1] if top + 1 < len(rows) else []
    if not below or _repeats(rows[top], below):
        return False
    years = years_in(rows[top])
    slots = [i for i in times if i not in years and is_slot(rows[top][i])]
    loose = [i for i in times if not (i in slots or i in years or _is_year(rows[top][i]))]
    return not loose and len(slots) != 1


def _repeats(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a time stands above another of its own kind: then both are rows, and none heads a grid."""
    return any(
        time_of(above) is not None and time_of(text) is not None and _is_year(above) == _is_year(text)
        for above, text in zip(row, below, strict=False)
    )


def _is_year(text: str) -> bool:
    """Whether a cell is a year, perhaps with a word for what is done in it (2027년 개최)."""
    found = time_of(text)
    return bool(YEAR.match(squeeze(text))) or (found is not None and is_year_only(found))


def _goes_on(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row divides the columns of the one above: its words stand where that has a cell over several columns,
    or repeat what stands above."""
    above, row = rows[at - 1], rows[at]
    years = years_in(row)
    is_labels = all(i in years or _is_label(text) for i, text in enumerate(row) if text)
    if not _filled(row) or not is_labels or _repeats(row, rows[at + 1]):
        return False
    if _is_narrow(rows, at):
        return True
    spans = _spans(above)
    own = [
        i
        for i, text in enumerate(row)
        if text and not (i < len(above) and squeeze(above[i]) == squeeze(text))
    ]
    return len(own) > 1 and all(i in spans for i in own)


def _is_label(text: str) -> bool:
    is_time = time_of(text) is not None and not is_slot(text) and not YEAR.match(squeeze(text))
    return (
        len(squeeze(text)) <= LONGEST_LABEL
        and not _ITEM.search(text)
        and not is_time
        and (is_slot(text) or bool(YEAR.match(squeeze(text))) or text.isdigit() or not is_figure(text))
    )


def _spans(row: Sequence[str]) -> set[int]:
    """The columns that a cell of this row shares with others: empty ones beside it, or the same words again."""
    shared: set[int] = set()
    for i in range(1, len(row)):
        if not row[i] or squeeze(row[i]) == squeeze(row[i - 1]):
            shared |= {i - 1, i}
    return shared


def _is_narrow(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the merged cells of the header were lost: two full rows of words that are as wide together as those below."""
    above, row = _trimmed(rows[at - 1]), _trimmed(rows[at])
    width = max(len(_trimmed(one)) for one in rows[at + 1 :])
    is_full = len(above) > 1 and len(row) > 1 and all(above) and all(row)
    return is_full and len(above) + len(row) - 1 in (width, width + 1) and len(above) < width


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _paths(rows: Sequence[Sequence[str]], top: int, end: int) -> tuple[tuple[str, ...], ...]:
    if end == top + 2 and _is_narrow(rows, top + 1):
        return _spread(rows, top)
    width = max(map(len, rows))
    filled_rows = [_rightwards(rows[at], below=rows[at + 1 : end]) for at in range(top, end)]
    paths = [
        [row[column] for row in filled_rows if column < len(row) and row[column]] for column in range(width)
    ]
    return tuple(tuple(text for i, text in enumerate(path) if text not in path[:i]) for path in paths)


def _rightwards(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """The row, with a merged cell's words in every column that is divided below."""
    found: list[str] = []
    for i, text in enumerate(row):
        is_divided = any(i < len(one) and one[i] for one in below)
        found.append(text or (found[-1] if found and is_divided else ""))
    return found


def _spread(rows: Sequence[Sequence[str]], top: int) -> tuple[tuple[str, ...], ...]:
    """The columns where the second row divides one cell of the first, and nobody wrote which: the one below which the
    fewest cells are of another kind than their header."""
    above, row = _trimmed(rows[top]), _trimmed(rows[top + 1])
    planned = [at for at, text in enumerate(above) if _PLANNED.search(text)] if years_in(row) else []
    layouts = [
        tuple((text,) for text in above[:at])
        + tuple((above[at], text) for text in row)
        + tuple((text,) for text in above[at + 1 :])
        for at in planned or range(len(above))
    ]
    body = [one for one in rows[top + 2 :] if len(one) >= len(layouts[0])]
    return max(layouts, key=lambda layout: _fit(layout, body))


_PLANNED: Final = re.compile(r"계획|일정|로드맵|[연년][차도]별")
_FIGURE: Final = re.compile(r"율|률|%|점수|예산|사업비|건수|인원|금액")
_NAMED: Final = re.compile(r"부서|소관|담당|주관|기관|(?:과제|공약|사업|시책)$|명$")
_NAME: Final = re.compile(r"[가-힣]{2}")


def _fit(layout: Sequence[tuple[str, ...]], body: Sequence[Sequence[str]]) -> int:
    """In how many cells a figure stands below a word for figures, and a name below one for names."""
    found = 0
    for row in body:
        for path, text in zip(layout, row, strict=False):
            is_number = bool(text) and is_figure(text)
            found += bool(text) and bool(_FIGURE.search(path[-1])) == is_number
            found += bool(_NAMED.search(path[-1])) and bool(_NAME.search(text))
    return found


def slot_times(paths: Sequence[tuple[str, ...]]) -> list[tuple[int, str, str] | None]:
    """For each column of a grid (year or 0, the time as read, the words above it); None for the others.

    Months may be written as bare numbers from 1 to 12.
    """
    months = _bare_months(paths)
    return [months.get(i) or _slot(path) for i, path in enumerate(paths)]


def year_in(path: Sequence[str]) -> int:
    """The year that the words above a column name; 0 where none or several do."""
    found = {int(one) % 100 + 2000 for text in path for one in _YEAR_NAMED.findall(text)}
    return found.pop() if len(found) == 1 else 0


_BEHIND: Final = re.compile(r"\s*(\([^()]*\)|(추진)?\s?계획)$")
_YEAR_NAMED: Final = re.compile(rf"(?:(?<=[{APOSTROPHES}])|(?<=20))(\d\d)(?=\s?[년.]|$|\s|\))")


_BARE_HALF: Final = re.compile(r"[상하]")  # below a year


def _slot(path: Sequence[str]) -> tuple[int, str, str] | None:
    if path and _BARE_HALF.fullmatch(path[-1]) and year_in(path[:-1]):
        return year_in(path[:-1]), path[-1] + _HALF_YEAR, path[-1]
    if not path or not is_slot(path[-1]) or path[-1].endswith("실적"):
        return None
    text = _BEHIND.sub("", path[-1]).strip()
    return year_in(path[:-1]), text + _QUARTER if text.endswith("/4") else text, path[-1]


def _bare_months(paths: Sequence[tuple[str, ...]]) -> dict[int, tuple[int, str, str]]:
    """All months of a year, or of several that stand above them."""
    numbers = [(i, int(path[-1])) for i, path in enumerate(paths) if path and path[-1].isdigit()]
    months = [number for _, number in numbers]
    years = [year_in(paths[i][:-1]) for i, _ in numbers]
    is_whole = months == list(range(1, ALL_MONTHS + 1)) * (len(months) // ALL_MONTHS)
    if not months or not is_whole or (len(months) > ALL_MONTHS and not all(years)):
        return {}
    return {i: (year_in(paths[i][:-1]), f"{number}월", paths[i][-1]) for i, number in numbers}


def slot_reading(text: str, context: Context) -> Reading | None:
    """The time of a grid's column."""
    found = read_time(text, context)
    return found if isinstance(found, Reading) and len(found.windows) == 1 else None
