"""A time in a bracket beside another time of the same action: which one is the action's, or that nobody can say (두 시기).

21. 5. 21. : 용역 시행(’21. 5. 21. ~ ’22. 4. 18.)   the bracket says the same more fully
2. 26. : 의결(3. 16. 공포, 9. 17. 시행)             the bracket says what else is done, and when
3. 14. : 보고회(4. 2.)                             two days for one thing: a person has to say which
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from plans.draft import Window
from plans.entries.phrase import Clause, clean_title, is_year_only, whole
from plans.structure.years import hull, inside
from plans.text.spelling import one_line
from plans.time.timeline import CannotSay, Context, Reading

_CLOSING: Final = re.compile(r"\(([^()]{3,60})\)\s*(?:\[[^\[\]]{0,40}\]|예정|완료)?\s*$")
_ACT: Final = re.compile(r"(?<=[\s.일월])([가-힣]{2,8})$")
_SEVERAL: Final = re.compile(r"\s(?:및|후|뒤)\s|[,·ㆍ→⇒▹▸▶/]")
_BEGINS: Final = re.compile(r"(?:착공|착수|시작|개시|개막|개장|개통|개소|발족|출범|체결)식?$")
_WORDS: Final = re.compile(r"[가-힣]{2}")
TWO_TIMES: Final = CannotSay({"why": "two-times"}, is_date_like=True)


def settled(clause: Clause) -> list[Clause]:
    """The clause with the time that is its own, and the acts that its closing bracket has besides."""
    own = hull(clause.reading.windows)
    if own is None or clause.is_bracketed or clause.reading.original:
        return [clause]
    for text in (clause.title, clause.expr):
        bracket = _CLOSING.search(text)
        if bracket is None:
            continue
        other = whole(bracket[1], inside(own))
        if other is not None and other.trouble is None and other.windows and not is_year_only(other):
            topic = text[: bracket.start()] if text == clause.title else clause.title
            return [_of_two(clause, own, other, bracket[1], clean_title(topic))]
        if text == clause.title:
            return [clause, *_acts(clause, bracket, inside(own))]
    return [clause]


def _of_two(clause: Clause, own: Window, other: Reading, bracket: str, topic: str) -> Clause:
    """The clause with the fuller of two times that begin on one day; one with `trouble` where two days are of one act.
    Anything else says of a part of it when that is, or how long it lasts: the account tells that it was left out."""
    window = hull(other.windows)
    assert window is not None
    (first, last), (begin, end) = _ends(own), _ends(window)
    is_exact = all(one.precision == "day" or one.due is None for one in clause.reading.windows)
    if begin == first and end > last and is_exact and not _BEGINS.search(topic):
        return replace(clause, title=topic, expr=one_line(bracket), reading=other)
    is_apart = end < first or last < begin
    is_one = not (_SEVERAL.search(topic) or _WORDS.search(bracket))
    if is_apart and is_one and _precisions(clause.reading) == _precisions(other):
        return replace(clause, reading=replace(clause.reading, trouble=TWO_TIMES))
    return clause


def _precisions(reading: Reading) -> set[str]:
    return {window.precision for window in reading.windows}


def _ends(window: Window) -> tuple[date, date]:
    first, last = window.start or window.due, window.due or window.start
    assert first is not None and last is not None
    return first, last


def _acts(clause: Clause, bracket: re.Match[str], context: Context) -> list[Clause]:
    """의결(3. 16. 공포, 9. 17. 시행): each time with what is done then; [] unless several parts are all such."""
    parts = [part.strip() for part in re.split(r",\s*", bracket[1])]
    found: list[Clause] = []
    for part in parts:
        act = _ACT.search(part)
        expr = part if act is None else part[: act.start()].strip()
        reading = whole(expr, context)
        if act is None or reading is None or reading.trouble is not None or is_year_only(reading):
            return []
        topic = clean_title(clause.title[: bracket.start()])
        found.append(Clause(f"{topic} {act[1]}", one_line(expr), reading, is_bracketed=True))
    return found if len(found) > 1 else []
