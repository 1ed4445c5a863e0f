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
_PERCENT: Final = pattern(
    r"(?<![\d.])(?P<n>\d{1,3})(?:\.\d+)?\s*(?:%|％|퍼센트|퍼센|퍼(?![가-힣])|프로(?![젝그필세])|percent\b|pct\b)"
)
_PERCENT_SPELT: Final = pattern(
    r"(?<![가-힣])(?P<n>[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|백)\s?(?:퍼센트|프로(?![젝그필세]))"
)
_TENTHS: Final = pattern(
    r"(?<![가-힣\d])(?P<n>\d|[일이삼사오육칠팔구한두세네])\s?할(?=\s|정도|쯤|은|이|을|까지|가량)"
)
_HALF: Final = pattern(
    r"(?<![가-힣])(?:반|절반|반절)(?=만|\s*(?:정도|쯤|가량|이상|은|을|까지)?\s*(?:했|됐|완료|끝|진행|마쳤|왔))|\bhalf(?:way)? (?:done|finished|complete)"
)
_RATE: Final = pattern(
    r"(?:진행|공정|진척|추진|달성|진도)\s?[률율도]?\s?(?:은|는|이|을|를)?\s?(?P<n>\d{1,3})(?=\s*$|[.!,]|입니다|이요|으로|로|까지|\s?정도)"
)
_UNITS: Final = (
    "명", "개", "대", "동", "층", "차", "회", "가구", "세대", "평", "㎡", "ha", "km", "톤", "kg", "m", "억", "만", "천", "백만", "원", "점", "위", "등", "권", "부", "쪽", "페이지", "필지",
    "식", "단계", "분기", "기", "인", "배", "곳", "건의", "건을", "장", "면", "호", "년", "월", "주", "일", "시", "분", "초", "학년", "반", "급", "가지", "종", "편", "석", "조", "항", "여", "할", "달",
    "%", "％", "퍼", "프로", ".", "~", "w", "d", "st", "nd", "rd", "th", "day", "week", "month"
)  # fmt: skip
_JOINT: Final = pattern(r"\s*(?:[,·/&+、]|및|과|와|이랑|랑|하고|그리고|and\b)?\s*(?:-\s)?", re.IGNORECASE)
_TO: Final = pattern(r"\s*(?:[~∼–-]|부터|에서)\s*")
_PHONE: Final = pattern(r"\d{2,4}-\d{3,4}(?:-\d{4})?|[가-힣]{2,}-\d+|\d+-\d+(?:-\d+)*")
_LONG: Final = 3
_THOUSANDS: Final = pattern(r",\d{3}(?!\d)")
_GLUE: Final = ("제", "~", "∼", "+", "₩", "￦", "$", "'", "’")
_VALUES: Final = {
    **{one: at + 1 for at, one in enumerate("일이삼사오육칠팔구")},
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
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
    is_exact: bool = True


def spelt(word: str) -> int:
    """The value of 백이십일."""
    total, digit = 0, 0
    for one in word:
        if one in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[one], 0
        else:
            digit = _VALUES[one]
    return total + digit


def percents(text: str) -> list[Percent]:
    """70% · 80프로 · 7할 · 반만 했어요 · 진행률 70."""
    found = [
        Percent(*one.span(), int(one["n"]), is_exact="." not in one[0])
        for pattern in (_PERCENT, _RATE)
        for one in pattern.finditer(text)
        if int(one["n"]) <= MOST_PERCENT
    ]
    found += [
        Percent(*one.span(), 10 * (_VALUES.get(one["n"]) or int(one["n"])), is_exact=False)
        for one in _TENTHS.finditer(text)
    ]
    found += [Percent(*one.span(), spelt(one["n"]), is_exact=False) for one in _PERCENT_SPELT.finditer(text)]
    found += [Percent(*one.span(), 50, is_exact=False) for one in _HALF.finditer(text)]
    return sorted(found, key=lambda one: one.start)


def at(text: str, place: int) -> Mention | None:
    """The number that stands there and may be an item's; with the other end of a range."""
    found = _NUMBER.match(text, place) or _SPELT.match(text, place)
    if found is None or _is_else(text, found):
        return None
    is_spelt = not found["n"].isdigit()
    is_marked = is_spelt or bool(found["sign"] or found["tail"])
    first = spelt(found["n"]) if is_spelt else int(found["n"])
    joint = _TO.match(text, found.end())
    last = _NUMBER.match(text, joint.end()) if joint else None
    if (
        last is not None
        and not text.startswith(_UNITS, last.end())
        and first < int(last["n"]) < first + IDS_MOST
    ):
        end = last.end() + (2 if text.startswith("까지", last.end()) else 0)
        return Mention(place, end, tuple(range(first, int(last["n"]) + 1)), is_marked=True, is_sure=False)
    is_pair = (
        text.startswith("/", found.end())
        and text[found.end() + 1 : found.end() + 2].isdigit()
        and first < LEAST_OF_CASES
    )
    if is_pair:
        return None
    if (
        not is_marked
        and text.startswith(_UNITS, found.end())
        and text[found.end() :].strip(". ")
        and not text.startswith(("- ", ". "), found.end())
    ):
        return None
    if not is_marked and text.startswith("건", found.end()):
        return (
            Mention(place, found.end(), (first,), is_marked, is_sure=False)
            if first >= LEAST_OF_CASES
            else None
        )
    is_year = not is_marked and FIRST_YEAR <= first <= LAST_YEAR
    is_odd = is_spelt or found["n"].startswith("0")
    return Mention(place, found.end(), (first,), is_marked, not (is_year or is_odd), is_year and not is_odd)


def _is_else(text: str, found: re.Match[str]) -> bool:
    """A part of another number, word or sign: 제3, 1.5, A4, 010-1234-5678."""
    before, behind = text[: found.start()], text[found.end() : found.end() + 2]
    is_glued = before.endswith(_GLUE) or (before[-1:].isascii() and before[-1:].isalnum())
    is_item = len(found["n"]) > 2 and (behind[:1] != "-" or _is_range(text, found))
    is_cut = behind[:1] in tuple(".-:") and behind[1:].isdigit() and (behind[0] != "-" or not is_item)
    is_tail = before[-1:] in tuple(".,:/") and before[-2:-1].isdigit()
    return (
        is_glued
        or is_cut
        or (
            is_tail
            and (before[-1] in ".:" or not is_item or not before[-4:-1].isdigit() or len(before) < _LONG + 1)
        )
        or (_THOUSANDS.match(text, found.end()) is not None and len(found["n"]) < _LONG)
    )


def _is_range(text: str, found: re.Match[str]) -> bool:
    """121-123: two numbers of items, the second a little larger."""
    last = _NUMBER.match(text, found.end() + 1)
    return last is not None and 0 < int(last["n"]) - int(found["n"]) < IDS_MOST


def mentions(text: str, taken: Sequence[Span] = ()) -> list[Mention]:
    """The items that a text names, in order: the marked ones, else those at the front, else any bare number of three
    digits or more. `taken`: places of dates and percentages, which are no items'."""
    blocked = [*taken, *(one.span() for one in _PHONE.finditer(text) if not _is_ids(one[0]))]
    found: list[Mention] = []
    place = 0
    while place < len(text) and len(found) <= IDS_MOST:
        mention = at(text, place) if _may_begin(text, place) else None
        if mention is None or any(start < mention.end and mention.start < end for start, end in blocked):
            place += 1
            continue
        found.append(mention)
        place = mention.end
    return _chosen(text, found)


def _is_ids(word: str) -> bool:
    """121-123 and no number of a telephone, a document or a task."""
    first, _, last = word.partition("-")
    return len(first) > 2 and first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < IDS_MOST


def _may_begin(text: str, place: int) -> bool:
    char, before = text[place], text[place - 1] if place else " "
    if char.isdigit():
        return not before.isdigit()
    return char in "#＃№nN번" or (char in "일이삼사오육칠팔구십백천" and not "가" <= before <= "힣")


def _chosen(text: str, found: list[Mention]) -> list[Mention]:
    groups = _groups(text, found)
    marked = [group for group in groups if any(one.is_marked for one in group)]
    bare = [group for group in groups if group not in marked]
    front = [group for group in bare if not any(map(str.isalpha, text[: group[0].start]))]
    long = [group for group in bare if all(one.ids[0] >= 100 and one.is_sure for one in group)]
    alone = groups if len(groups) == 1 and groups[0][0].is_sure else []
    kept = [*marked, *front] if marked else [*front, *(one for one in long if one not in front)] or alone
    return sorted((one for group in kept for one in group), key=lambda one: one.start)


def _groups(text: str, found: list[Mention]) -> list[list[Mention]]:
    """Runs of numbers with only joining words between them."""
    groups = [[one] for one in found[:1]]
    for before, after in pairwise(found):
        if _JOINT.fullmatch(text, before.end, after.start):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups
