"""Times that stand on lines of their own, and the actions they are of: June 2026 above "Open the centre", or below it (연표).

Whether times lead or close is told by what stands close: a blank line parts one pair from the next, and a list that begins
with a time goes on so. Where neither tells, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from plans.entries.phrase import is_year_only
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.english import Usage, read_english, read_prefix
from plans.time.timeline import Context, Reading

ANY_YEAR: Final = Context(2000)  # only whether a line is a time is asked
LONGEST_TIME: Final = 60
LONGEST_ACTION: Final = 120
_SIGN: Final = re.compile(r"\s*[:–—]\s*|\s+-\s+")
_LEADS_ON: Final = re.compile(
    r"(?:\b(?:by|in|on|of|from|to|until|till|before|between|during|and|the|end)|,)$"
)
_YEAR: Final = re.compile(r"\b20\d\d\b")
_BEGINS: Final = re.compile(r"[A-Z][a-z]+ [a-z]|[A-Z][a-z]+ [A-Z][a-z]")
_WORDS: Final = re.compile(r"[A-Za-z]{3}")


Known = Literal["title", "label", ""]
"""What a line is besides: it heads a list of times (Key dates), or is a label with its value and has no part in one."""


def actions_of_times(
    lines: Sequence[Line], first: int, known: Sequence[Known], usage: Usage
) -> dict[int, list[int]]:
    """Index of each line that is only a time -> the indexes of its actions: the line beside it, or the bullets below.
    `first` is the index behind the cover."""
    times = [
        at
        for at in range(first, len(lines))
        if known[at] != "label" and is_time(lines[at], usage) and not _is_rest(lines, at)
    ]
    headed = {at: below for at in times if (below := _bullets_below(lines, at, usage))}
    alone = [at for at in times if at not in headed]
    if not alone:
        return headed
    step = _side(lines, alone, first, known)
    beside = {
        at: [other]
        for at in alone
        if step and (other := _beside(lines, at, step, usage)) is not None and known[other] != "label"
    }
    return headed | (beside if len(beside) == len(alone) else {})


def time_in(line: Line) -> str:
    """The words of a line that is only a time."""
    return one_line(line.body.replace("**", "")).strip("# :")


def is_time(line: Line, usage: Usage) -> bool:
    """Whether a plain line is a time and nothing else, more exact than a year."""
    text = time_in(line)
    if line.cells or line.marks or not text or len(text) > LONGEST_TIME or not any(map(str.isdigit, text)):
        return False
    found = read_english(text, ANY_YEAR, usage)
    is_dated = isinstance(found, Reading) and found.trouble is None and bool(found.windows)
    return is_dated and isinstance(found, Reading) and not is_year_only(found)


def leads_with_time(line: Line, usage: Usage) -> bool:
    """Whether a plain line is a time, a sign and what happens then (March 2028 – Work begins)."""
    text = one_line(line.body.replace("**", "")).strip("# ")
    found = read_prefix(text, ANY_YEAR, usage)
    if line.cells or line.marks or not isinstance(found, Reading) or not found.has_tail:
        return False
    if not (found.windows or found.rrule):
        return False
    behind = _SIGN.match(text, found.end)
    return behind is not None and bool(_WORDS.search(text[behind.end() :])) and not is_year_only(found)


def unsigned(line: Line, usage: Usage) -> str | None:
    """1 September 2027 Applications open -> with the sign that a page left out; None for every other line. The year is
    written, and what happens begins anew with a capital."""
    text = one_line(line.body.replace("**", "")).strip("# ")
    found = read_prefix(text, ANY_YEAR, usage)
    if line.cells or line.marks or len(text) > LONGEST_ACTION or not isinstance(found, Reading):
        return None
    behind = text[found.end :].strip()
    is_timed = bool(_YEAR.search(text[: found.end])) and found.trouble is None and not is_year_only(found)
    is_action = bool(_BEGINS.match(behind)) and not behind.endswith(".") and bool(_WORDS.search(behind))
    return f"{text[: found.end].strip()}: {behind}" if is_timed and found.windows and is_action else None


def _is_rest(lines: Sequence[Line], at: int) -> bool:
    """Whether a line ends the sentence of the line above, which the edge of the page has broken."""
    above = lines[at - 1] if at else None
    is_cut = above is not None and _is_plain(above) and bool(_LEADS_ON.search(above.body))
    return is_cut or lines[at].body.endswith(".")


def _is_plain(line: Line) -> bool:
    return not (line.is_blank or line.cells or line.marks)


def _bullets_below(lines: Sequence[Line], at: int, usage: Usage) -> list[int]:
    """The bullets of the first rank right below a time."""
    found: list[int] = []
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.is_blank or (found and not line.cells and not line.marks and line.body[:1].islower()):
            continue
        if line.cells or not line.marks:
            break
        if not found or line.rank <= lines[found[0]].rank:
            found.append(index)
    return found


def _side(lines: Sequence[Line], times: Sequence[int], first: int, known: Sequence[Known]) -> int:
    """1 where times lead, -1 where they close, 0 where nobody can say."""
    leads = sum(_is_near(lines, at, 1) and not _is_near(lines, at, -1) for at in times)
    closes = sum(_is_near(lines, at, -1) and not _is_near(lines, at, 1) for at in times)
    if leads != closes:
        return 0 if leads and closes else 1 if leads else -1
    above = _next_filled(lines, times[0], -1)
    is_first = (
        above is None or above < first or (known[above] == "title" and not _is_near(lines, times[0], -1))
    )
    return 1 if is_first and not leads else 0


def _is_near(lines: Sequence[Line], at: int, step: int) -> bool:
    """Whether words stand right beside a line."""
    return 0 <= at + step < len(lines) and not lines[at + step].is_blank


def _next_filled(lines: Sequence[Line], at: int, step: int) -> int | None:
    stop = len(lines) if step > 0 else -1
    return next((index for index in range(at + step, stop, step) if not lines[index].is_blank), None)


def _beside(lines: Sequence[Line], at: int, step: int, usage: Usage) -> int | None:
    """The index of the action on that side of a time; None where something else stands there."""
    index = _next_filled(lines, at, step)
    line = None if index is None else lines[index]
    if line is None or not _is_plain(line) or is_time(line, usage):
        return None
    body = line.body
    return index if len(body) <= LONGEST_ACTION and _WORDS.search(body) else None
