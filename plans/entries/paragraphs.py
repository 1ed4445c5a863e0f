"""Lines that belong together: a bullet and the plain lines it goes on in, a time and the action beside it (이어진 줄)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from plans.entries.phrase import is_year_only, whole
from plans.structure.blocks import Tree
from plans.structure.sections import title_of
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.days import have_weekdays, in_month, month_of
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, parse_prefix

_GOES_ON: Final = re.compile(r"[→⇒,·]$|(?:및|와|과|등)$")
_BEGINS: Final = re.compile(r"^[가-힣A-Za-z0-9「『\u201c\u2018\u2019'(→⇒]")
_LABEL: Final = re.compile(r"^\(?[가-힣][가-힣 ·]{0,10}\)?\s*[:：]|^\([가-힣][가-힣 ]{0,8}\)")
_ENDS: Final = re.compile(r"(?:다|요|음|함|임)\.?$")
_WORDS: Final = re.compile(r"[가-힣]{2}")
_TIMES: Final = re.compile(r"\([^()]*\)")
_ONLY_TIMES: Final = re.compile(r"(?:\([^()가-힣]*\)\s*){2,20}")
_ARROWS: Final = re.compile(r"[→⇒⇨➡➔➜➠▶]")
_IN_BRACKETS: Final = re.compile(r"\(([^()]{3,40})\)")
MOST_OVER: Final = 8  # lines between a bullet and the time in brackets that closes it
LOOK_BACK: Final = 100  # lines above days in which their month is looked for
ROADMAP_LINES: Final = 3
FULL_LINE: Final = 20  # letters; a shorter line was not broken by the edge of the page
MOST_UNLIKE: Final = 2.5  # times as long as a line that was broken is none of the same page
_NUMBERED: Final = re.compile(r"\d{1,2}[.)]\s+(?P<time>[^※]{3,60}?)\s*(?:※.*)?")
_ENDS_IN_TIME: Final = re.compile(r"\([^()]{0,10}\d\s?(?:월|분기|반기)[^()]{0,60}\)$")  # 캠프(8월, 2기, 80명)
MOST_LINES: Final = 6
COVER_LINES: Final = 6  # filled lines at most before the first bullet or table
LONGEST_ACTION: Final = 80
ANY_YEAR: Final = Context(2000)


@dataclass(frozen=True)
class Paragraph:
    """A bullet with the lines it goes on in; `starts` are the places in `text` where each line begins."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    def line_of(self, expr: str, behind: int = 0) -> tuple[int, int]:
        """The number of the line in which a time stands, and where it ends; the first line for words that are not there."""
        at = self.text.find(expr, behind)
        if at < 0:
            return self.lines[0].no, behind
        found = max(i for i, start in enumerate(self.starts) if start <= at)
        return self.lines[found].no, at + len(expr)


def paragraph_at(lines: Sequence[Line], index: int, end: int, tree: Tree) -> Paragraph:
    """The paragraph that begins at a line."""
    last = index + 1
    while last < min(end, index + MOST_LINES) and _goes_on(lines, index, last, tree):
        last += 1
    parts = [one_line(line.body) for line in lines[index:last]]
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(len(parts))]
    return Paragraph(tuple(lines[index:last]), " ".join(parts), tuple(starts))


def _goes_on(lines: Sequence[Line], first: int, index: int, tree: Tree) -> bool:
    """Whether a line is the rest of the one above it, in the paragraph of the bullet `first`."""
    line, above = lines[index], lines[index - 1]
    block = tree.blocks[line.no - 1]
    is_plain = not (line.marks or line.cells or line.is_blank or line.title_in_brackets)
    if not lines[first].marks or not is_plain or block is None or block.number is not None:
        return False
    if title_of(line) is not None or not _BEGINS.match(line.body):
        return False
    is_listed = lines[first].body.endswith(":") and bool(find_dates(line.body))
    if is_listed or _GOES_ON.search(above.body) or above.body.count("(") > above.body.count(")"):
        return True
    has_lost_mark = line.indent == 1 and lines[first].indent == 0
    is_cut = len(above.body) >= max(FULL_LINE, tree.width / MOST_UNLIKE) and not (
        _ENDS.search(above.body) or _ENDS_IN_TIME.search(above.body)
    )
    return is_cut and not (has_lost_mark or _LABEL.match(line.body) or _leads_with_time(line.body))


def _leads_with_time(body: str) -> bool:
    found = parse_prefix(body, ANY_YEAR)
    return isinstance(found, Reading) and bool(re.match(r"\s*[:：]|\s+\S|$", body[found.end :]))


def leads_with_day(body: str) -> bool:
    """Whether words stand behind a time that is exact to the day."""
    found = parse_prefix(body, ANY_YEAR)
    is_day = isinstance(found, Reading) and any(window.precision == "day" for window in found.windows)
    return is_day and isinstance(found, Reading) and bool(_WORDS.search(body[found.end :]))


def actions_beside(lines: Sequence[Line]) -> dict[int, str]:
    """Index of each plain line that is only a time -> the action it is of: the next line, or the one above where actions
    lead. Each line is looked at once."""
    found: dict[int, str] = {}
    times: list[int] = []
    is_run, times_lead = False, False
    for index, line in enumerate(lines):
        is_lone = is_time(line)
        goes_on = is_lone or is_action(line) or (is_run and _is_of_year(line))
        if goes_on and not is_run:
            times_lead = is_lone
        is_run = goes_on
        if not is_lone:
            continue
        leads = times_lead and (not line.marks or _heads_plain(lines, index))
        at = index + 1 if leads else index - 1
        other = lines[at] if 0 <= at < len(lines) else None
        is_named = other is not None and (is_action(other) or (is_run and _is_of_year(other)))
        if other is not None and is_named and not (line.marks and other.marks):
            found[index] = one_line(other.body)
        times.append(index)
    found.pop(_issue(lines, times), None)
    return found | _bullets_over(lines)


def _issue(lines: Sequence[Line], times: Sequence[int]) -> int:
    """The index of the only time among the plain lines of a cover, which is the document's own day; -1 for none."""
    end = next((i for i, line in enumerate(lines) if line.marks or line.cells), 0)
    is_cover = bool(end) and lines[0].no == 1 and sum(not one.is_blank for one in lines[:end]) <= COVER_LINES
    days = [index for index in times if index < end] if is_cover else []
    return days[0] if len(days) == 1 else -1


def _bullets_over(lines: Sequence[Line]) -> dict[int, str]:
    """Index of each line that is only a time in brackets -> the bullet over it, where several bullets of a list end so:
    • 계획 수립 / 기획과 / (3. 2.)."""
    found: dict[int, str] = {}
    ranks: Counter[int] = Counter()
    bullet: int | None = None
    for index, line in enumerate(lines):
        if line.marks and not line.is_note:
            bullet = index if is_action(line) else None
        elif (
            line.cells
            or line.title_in_brackets is not None
            or (bullet is not None and index - bullet > MOST_OVER)
        ):
            bullet = None
        elif bullet is not None and (inner := _IN_BRACKETS.fullmatch(line.body)) and _is_exact(inner[1]):
            found[index] = _with_rest(lines, bullet, index)
            ranks[lines[bullet].rank] += 1
            bullet = None
    return found if len(found) > 1 and len(ranks) == 1 else {}


def _is_exact(text: str) -> bool:
    reading = whole(text, ANY_YEAR)
    return reading is not None and bool(reading.windows) and not is_year_only(reading)


def _with_rest(lines: Sequence[Line], bullet: int, end: int) -> str:
    """A bullet with the plain lines right below it."""
    rest = takewhile(lambda line: not line.is_blank and is_action(line), lines[bullet + 1 : end])
    return one_line(" ".join([lines[bullet].body, *(line.body for line in rest)]))


def roadmap_at(lines: Sequence[Line], index: int) -> list[str]:
    """A line of times in brackets below one of as many actions with arrows between, as "action(time)" each; [] for any other
    line."""
    times = _TIMES.findall(lines[index].body) if _ONLY_TIMES.fullmatch(lines[index].body) else []
    for above in reversed(lines[max(0, index - ROADMAP_LINES) : index]):
        parts = [part.strip() for part in _ARROWS.split(above.body)] if not above.cells else []
        if len(times) > 1 and len(parts) == len(times) and all(_WORDS.search(part) for part in parts):
            return [f"{part}{time}" for part, time in zip(parts, times, strict=True)]
    boxes = _boxes_above(lines, index, len(times)) if len(times) > 1 else []
    return [f"{box}{time}" for box, time in zip(boxes, times, strict=True)] if boxes else []


def _boxes_above(lines: Sequence[Line], index: int, count: int) -> list[str]:
    """What stands in so many boxes with arrows between, where each box is as many lines as the others: one or two."""
    arrows = "".join(lines[index - 1].body.split()) if index else ""
    if len(arrows) != count - 1 or not _ARROWS.fullmatch(arrows[:1]) or arrows != arrows[:1] * len(arrows):
        return []
    first = index - 1
    while first and is_action(lines[first - 1]):
        first -= 1
    for height in (2, 1):
        if index - 1 - first in (height * count, height * count + 1):
            words = [one_line(line.body) for line in lines[index - 1 - height * count : index - 1]]
            return [" ".join(words[at : at + height]) for at in range(0, len(words), height)]
    return []


def is_time(line: Line) -> bool:
    """Whether a line is a time and nothing else, more exact than a year."""
    if line.cells or line.is_blank:
        return False
    if have_weekdays(line.body):
        return True
    found = whole(one_line(line.body), ANY_YEAR)
    return found is not None and bool(found.windows) and not is_year_only(found)


def numbered_time(line: Line) -> str | None:
    """The time of a line that is a number and a time (2. '27. 3. 4.까지 ※시간 엄수); None for every other line."""
    found = _NUMBERED.fullmatch(line.body) if not (line.marks or line.cells or is_time(line)) else None
    is_lone = found is not None and is_time(replace(line, text=found["time"]))
    return one_line(found["time"]) if is_lone and found is not None else None


def time_of(lines: Sequence[Line], index: int) -> str:
    """The words of a line that is only a time; of days alone (03(월) ~ 07(금)) with the month that stands above them."""
    inner = _IN_BRACKETS.fullmatch(lines[index].body)
    if inner is not None:
        return one_line(inner[1])
    if (numbered := numbered_time(lines[index])) is not None:
        return numbered
    body = one_line(lines[index].body).replace("∼", "~").replace("～", "~")
    if not have_weekdays(body):
        return body
    above = reversed(lines[max(0, index - LOOK_BACK) : index])
    month = next((month for line in above if (month := month_of(line.body)) is not None), None)
    return body if month is None else in_month(month, body)


def _heads_plain(lines: Sequence[Line], index: int) -> bool:
    """Whether a plain action stands right below a bullet."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is not None and not below.marks and (is_action(below) or _is_of_year(below))


def _is_of_year(line: Line) -> bool:
    """Whether a line is an action about a year (2028년 예산 반영), which is no time of it: inside a list of times only."""
    dates = find_dates(line.body)
    is_year = len(dates) == 1 and dates[0].start == 0 and dates[0].month is None and dates[0].year is not None
    return is_year and is_action(replace(line, text=line.body[dates[0].end :]))


def is_action(line: Line) -> bool:
    """Whether a line says what happens, and nothing of when: short, no value, no sentence, no title of a section."""
    body = line.body
    is_line = not (line.cells or line.is_blank or line.is_note or line.title_in_brackets)
    is_short = len(body) <= LONGEST_ACTION and ":" not in body and not _ENDS.search(body)
    return (
        is_line and is_short and bool(_WORDS.search(body)) and not find_dates(body) and title_of(line) is None
    )
