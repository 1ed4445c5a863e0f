"""Numbers of a text: which are numbers of milestones, which are percentages, and which are something else (번호, 비율)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from plans.time.lazy import pattern

IDS_MOST: Final = 20  # numbers in one message
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PERCENT: Final = 100
LEAST_OF_CASES: Final = 100  # “3건” are three cases, “121건” is rather a number
Span = tuple[int, int]

_NUMBER: Final = pattern(r"(?P<sign>(?:[#＃№]|\bno\.?|번호)\s?)?(?P<n>\d{1,9})(?P<tail>\s?번(?![째지길국]))?")
_SPELT: Final = pattern(
    r"(?<![가-힣])(?P<n>[일이삼사오육칠팔구]?천?[일이삼사오육칠팔구]?백[일이삼사오육칠팔구십]*|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?)\s?번(?![째지길])"
)
_START: Final = pattern(r"(?<!\d)\d|[#＃№nN번]|(?<![가-힣])[일이삼사오육칠팔구십백천]")
_PERCENT: Final = pattern(
    r"(?<![\d.])(?P<n>\d{1,3})(?:\.\d+)?\s*(?:%|％|퍼센트|퍼센|퍼(?![가-힣])|프로(?![젝그필세])|percent\b|pct\b)"
)
_IN_WORDS: Final = pattern(
    r"(?<![가-힣])(?P<n>[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|백)\s?(?:퍼센트|프로(?![젝그필세]))"
)
_RATE: Final = pattern(
    r"(?:진행|공정|진척|추진|달성|진도)\s?[률율도]?\s?(?:은|는|이|을|를)?\s?(?P<n>\d{1,3})(?=\s*$|[.!,]|입니다|이요|으로|로|까지|\s?정도)"
)
_TENTHS: Final = pattern(
    r"(?<![가-힣\d])(?P<n>\d|[일이삼사오육칠팔구한두세네])\s?할(?=\s|정도|쯤|은|이|을|까지|가량)"
)
_HALF: Final = pattern(
    r"(?<![가-힣])(?:반|절반|반절)(?=만|\s*(?:정도|쯤|가량|이상|은|을|까지)?\s*(?:했|됐|완료|끝|진행|마쳤|왔))|\bhalf(?:way)? (?:done|finished|complete)(?P<n>)"
)
_PERCENTS: Final = ((_PERCENT, 1), (_IN_WORDS, 1), (_RATE, 1), (_TENTHS, 10), (_HALF, 10))
"""70% · 칠십 프로 · 진행률 70 · 7할 · 반만 했어요, and how much one of them is."""
_UNITS: Final = (
    "명", "개", "대", "동", "층", "차", "회", "가구", "세대", "평", "㎡", "ha", "km", "톤", "kg", "m", "억", "만", "천", "백만", "원", "점", "위", "등", "권", "부", "쪽", "페이지", "필지",
    "식", "단계", "분기", "기", "인", "배", "곳", "건의", "건을", "장", "면", "호", "년", "월", "주", "일", "시", "분", "초", "학년", "반", "급", "가지", "종", "편", "석", "조", "항", "여", "할", "달",
    "%", "％", "퍼", "프로", ".", "~", "w", "d", "st", "nd", "rd", "th", "day", "week", "month"
)  # fmt: skip
_JOINT: Final = pattern(r"\s*(?:[,·/&+、]|및|과|와|이랑|랑|하고|그리고|and\b)?\s*(?:-\s)?", re.IGNORECASE)
_TO: Final = pattern(r"\s*(?:[~∼–-]|부터|에서)\s*")
_PHONE: Final = pattern(r"\d{2,4}-\d{3,4}(?:-\d{4})?|[가-힣]{2,}-\d+|\d+-\d+(?:-\d+)*")
_THOUSANDS: Final = pattern(r",\d{3}(?!\d)")
_PAIR: Final = pattern(r"/\d")
_GLUE: Final = ("제", "~", "∼", "+", "₩", "￦", "$", "'", "’")
_VALUES: Final = {one: at + 1 for at, one in enumerate("일이삼사오육칠팔구")} | {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "반": 5,
}
_PLACES: Final = {"십": 10, "백": 100, "천": 1000}


class Mention(NamedTuple):
    """Milestones that are named together. `is_marked`: with # or 번; `is_sure`: no range and no odd number; `is_year`:
    unsure only because it may be a year, too."""

    start: int
    end: int
    ids: tuple[int, ...]
    is_marked: bool
    is_sure: bool = True
    is_year: bool = False


class Percent(NamedTuple):
    """A percentage and where it stands; `is_exact` where digits say it."""

    start: int
    end: int
    value: int
    is_exact: bool


def _value(word: str) -> int:
    """121 · 백이십일."""
    if word.isdigit():
        return int(word)
    total, digit = 0, 0
    for one in word:
        if one in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[one], 0
        else:
            digit = _VALUES.get(one, 0)
    return total + digit


def percents(text: str) -> list[Percent]:
    """The percentages of a text, in order."""
    found = [(one, one["n"] or "반", unit) for words, unit in _PERCENTS for one in words.finditer(text)]
    made = [
        Percent(*one.span(), unit * _value(n), n.isdigit() and unit == 1 and "." not in one[0])
        for one, n, unit in found
    ]
    return sorted(one for one in made if one.value <= MOST_PERCENT)


def at(text: str, place: int) -> Mention | None:
    """The number that stands there and may be an item's; with the other end of a range."""
    found = _NUMBER.match(text, place) or _SPELT.match(text, place)
    if found is None or _is_else(text, found):
        return None
    end, first, is_spelt = found.end(), _value(found["n"]), not found["n"].isdigit()
    is_marked = is_spelt or bool(found["sign"] or found["tail"])
    joint = _TO.match(text, end)
    last = _NUMBER.match(text, joint.end()) if joint else None
    if last is not None and not text.startswith(_UNITS, last.end()) and _is_range(found["n"], last["n"]):
        end = last.end() + (2 if text.startswith("까지", last.end()) else 0)
        return Mention(place, end, tuple(range(first, int(last["n"]) + 1)), is_marked=True, is_sure=False)
    is_case = not is_marked and text.startswith("건", end)
    is_unit = (
        text.startswith(_UNITS, end) and text[end:].strip(". ") and not text.startswith(("- ", ". "), end)
    )
    is_few = first < LEAST_OF_CASES and (is_case or _PAIR.match(text, end))
    if is_few or (is_unit and not is_marked):
        return None
    is_odd = is_spelt or is_case or found["n"].startswith("0")
    is_year = not is_marked and FIRST_YEAR <= first <= LAST_YEAR
    return Mention(place, end, (first,), is_marked, not (is_year or is_odd), is_year and not is_odd)


def _is_else(text: str, found: re.Match[str]) -> bool:
    """A part of another number, word or sign: 제3, 1.5, A4, 010-1234-5678."""
    before, behind, n = text[: found.start()], text[found.end() : found.end() + 2], found["n"]
    last = _NUMBER.match(text, found.end() + 1)
    is_item = len(n) > 2 and (behind[:1] != "-" or (last is not None and _is_range(n, last["n"])))
    is_glued = before.endswith(_GLUE) or (before[-1:].isascii() and before[-1:].isalnum())
    is_cut = behind[:1] in {".", "-", ":"} and behind[1:].isdigit() and not (behind[0] == "-" and is_item)
    is_tail = before[-1:] in {".", ",", ":", "/"} and before[-2:-1].isdigit()
    is_list = is_item and before[-1:] in {",", "/"} and len(before) > 3 and before[-4:-1].isdigit()
    is_thousands = len(n) < 3 and _THOUSANDS.match(text, found.end()) is not None
    return is_glued or is_cut or (is_tail and not is_list) or is_thousands


def _is_range(first: str, last: str) -> bool:
    """121-123: two numbers of items, the second a little larger."""
    return first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < IDS_MOST


def mentions(text: str, taken: Sequence[Span] = ()) -> list[Mention]:
    """The items that a text names, in order: the marked ones, else those at the front, else any bare number of three
    digits or more. `taken`: places of dates and percentages, which are no items'."""
    blocked = [*taken, *(one.span() for one in _PHONE.finditer(text) if not _is_ids(one[0]))]
    found: list[Mention] = []
    place = 0
    while (start := _START.search(text, place)) is not None and len(found) <= IDS_MOST:
        mention, place = at(text, start.start()), start.end()
        if mention and not any(first < mention.end and mention.start < end for first, end in blocked):
            found.append(mention)
            place = mention.end
    return _chosen(text, found)


def _is_ids(word: str) -> bool:
    """121-123 and no number of a telephone, a document or a task."""
    first, _, last = word.partition("-")
    return len(first) > 2 and _is_range(first, last)


def _chosen(text: str, found: list[Mention]) -> list[Mention]:
    """Of the runs of numbers with only joining words between them those that name items."""
    groups = [[one] for one in found[:1]]
    for before, after in pairwise(found):
        groups[-1:] = (
            [[*groups[-1], after]]
            if _JOINT.fullmatch(text, before.end, after.start)
            else [groups[-1], [after]]
        )
    marked = [group for group in groups if any(one.is_marked for one in group)]
    bare = [group for group in groups if group not in marked]
    front = [group for group in bare if not any(map(str.isalpha, text[: group[0].start]))]
    long = [group for group in bare if all(one.ids[0] >= 100 and one.is_sure for one in group)]
    alone = groups if len(groups) == 1 and groups[0][0].is_sure else []
    kept = [*marked, *front] if marked else [*front, *(one for one in long if one not in front)] or alone
    return sorted(one for group in kept for one in group)
