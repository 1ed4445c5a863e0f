"""Words of time that plans and officers share: months, halves, weekdays, frequencies (시기를 나타내는 말).

Pure tables, so that the reader of documents and the reader of chat messages understand the same words.
"""

from __future__ import annotations

import re
from typing import Final

from plans.text.characters import APOSTROPHES

SIGNS: Final[dict[str, str]] = {
    **dict.fromkeys(APOSTROPHES, "apos"),
    **dict.fromkeys(".．。", "dot"),
    **dict.fromkeys("~∼～〜˜", "tilde"),
    **dict.fromkeys("-–—―−", "dash"),
    **dict.fromkeys(",，、", "comma"),
    **dict.fromkeys("/／", "slash"),
    **dict.fromkeys("·ㆍ・•‧∙", "mid"),
    **dict.fromkeys("(（[【", "open"),
    **dict.fromkeys(")）]】", "close"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys("→⇒⇨➡➔➜➠▶", "arrow"),
}
"""Sign -> the kind of its token."""

WEEKDAYS: Final[dict[str, str]] = {
    "월": "MO",
    "화": "TU",
    "수": "WE",
    "목": "TH",
    "금": "FR",
    "토": "SA",
    "일": "SU",
}
"""One-letter weekday (요일) -> RFC 5545 code, Monday first."""

WEEKDAY_NAMES: Final[tuple[str, ...]] = tuple(WEEKDAYS)
"""`date.weekday()` -> one-letter name."""

ORDINALS: Final[dict[str, int]] = {
    "첫째": 1,
    "첫번째": 1,
    "첫": 1,
    "둘째": 2,
    "두번째": 2,
    "셋째": 3,
    "세번째": 3,
    "넷째": 4,
    "네번째": 4,
    "다섯째": 5,
    "다섯번째": 5,
    "마지막": -1,
}
"""Which week of a month (몇째 주)."""

HALVES: Final[dict[str, int]] = {"상반기": 1, "하반기": 2, "上": 1, "下": 2}
"""Half of a year (반기)."""

SHORT_HALVES: Final[dict[str, int]] = {"상": 1, "하": 2}
"""Half of a year behind the year itself (’26. 상)."""

CHINESE: Final[dict[str, str]] = {"上": "상반기", "下": "하반기"}
"""Signs for halves -> the word."""

TEN_DAYS: Final[dict[str, int]] = {"초순": 1, "상순": 1, "중순": 2, "하순": 3}
"""Ten-day part of a month (순)."""

RELATIVE_YEARS: Final[dict[str, int]] = {
    "작년": -1,
    "지난해": -1,
    "전년도": -1,
    "전년": -1,
    "올해": 0,
    "금년도": 0,
    "금년": 0,
    "당해": 0,
    "내년도": 1,
    "내년": 1,
    "차년도": 1,
    "차년": 1,
    "익년도": 1,
    "익년": 1,
    "다음해": 1,
    "이듬해": 1,
}
"""Years named from the plan's own year."""

WHOLE_YEAR: Final[dict[str, int]] = {"연내": 0, "연말": 12}
"""Parts of a year that need no month: 0 is the whole year, 12 its last month."""

ALWAYS: Final[tuple[str, ...]] = ("연중", "상시", "수시", "연간")
"""All year round (연중·상시·수시): no due date."""

OPEN_ENDS: Final[tuple[str, ...]] = (
    "지속",
    "지속추진",
    "계속",
    "계속추진",
    "예산",
    "소진시",
    "소진시까지",
    "소진",
    "예산소진시",
    "예산소진시까지",
    "현재",
    "종료시",
    "완료시",
    "미정",
)
"""What stands after "~" where the end is left open."""

Frequency = tuple[str, int]
"""RFC 5545 FREQ and INTERVAL."""

EVERY: Final[dict[str, Frequency]] = {
    "매일": ("DAILY", 1),
    "매주": ("WEEKLY", 1),
    "주별": ("WEEKLY", 1),
    "격주": ("WEEKLY", 2),
    "매월": ("MONTHLY", 1),
    "매달": ("MONTHLY", 1),
    "월별": ("MONTHLY", 1),
    "격월": ("MONTHLY", 2),
    "매분기": ("MONTHLY", 3),
    "분기별": ("MONTHLY", 3),
    "분기마다": ("MONTHLY", 3),
    "매반기": ("MONTHLY", 6),
    "반기별": ("MONTHLY", 6),
    "반기마다": ("MONTHLY", 6),
    "매년": ("YEARLY", 1),
    "매년도": ("YEARLY", 1),
    "매해": ("YEARLY", 1),
    "해마다": ("YEARLY", 1),
    "격년": ("YEARLY", 2),
}
"""Words that already say how often."""

PER: Final[dict[str, Frequency]] = {
    "일": ("DAILY", 1),
    "주": ("WEEKLY", 1),
    "월": ("MONTHLY", 1),
    "개월": ("MONTHLY", 1),
    "분기": ("MONTHLY", 3),
    "반기": ("MONTHLY", 6),
    "연": ("YEARLY", 1),
    "년": ("YEARLY", 1),
    "연간": ("YEARLY", 1),
}
"""Units that stand before "n회": 월 1회, 2주 1회."""

LABELS: Final[tuple[str, ...]] = ("기", "차", "단계", "회차", "차수")
"""What numbers a window: 1기 3~4월, 2차 5월."""

LENGTHS: Final[tuple[str, ...]] = (
    "간",
    "개월",
    "개월간",
    "년간",
    "일간",
    "주간",
    "월간",
    "시간",
    "년차",
    "일차",
)
"""Lengths and counts that only look like dates: 3년간, 5개월, 2일차."""

YEAR: Final = "년"
YEAR_UNITS: Final[tuple[str, ...]] = ("년도", YEAR, "연도")
MONTH_PARTS: Final[tuple[str, ...]] = ("중", "초", "말", "경", "내", "쯤")
UNTIL: Final[tuple[str, ...]] = ("까지", "이내", "이전", "한")
SINCE: Final[tuple[str, ...]] = ("부터", "이후", "이후부터")
PLANNED: Final[tuple[str, ...]] = ("예정", "완료", "목표", "실시", "개최", "시행")
CLOCK_WORDS: Final[tuple[str, ...]] = ("오전", "오후", "시", "분")
BEFORE_CHANGE: Final[tuple[str, ...]] = ("당초", "기존", "변경전")
AFTER_CHANGE: Final[tuple[str, ...]] = ("변경", "변경후", "조정")
MORE: Final[tuple[str, ...]] = ("이상", "내외", "정도", "이하", "씩", "이내")

VOCABULARY: Final[tuple[str, ...]] = tuple(
    sorted(
        {
            *WEEKDAYS,
            *ORDINALS,
            *HALVES,
            *TEN_DAYS,
            *RELATIVE_YEARS,
            *WHOLE_YEAR,
            *ALWAYS,
            *OPEN_ENDS,
            *EVERY,
            *PER,
            *LABELS,
            *LENGTHS,
            *YEAR_UNITS,
            *MONTH_PARTS,
            *UNTIL,
            *SINCE,
            *PLANNED,
            *CLOCK_WORDS,
            *MORE,
            *BEFORE_CHANGE,
            *AFTER_CHANGE,
            *BEFORE_CHANGE,
            *AFTER_CHANGE,
            "상",
            "하",
            "요일",
            "번째",
            "주차",
            "회",
            "말일",
            "및",
            "와",
            "과",
            "에",
            "동안",
            "각",
            "매",
            "자",
        },
        key=lambda word: (-len(word), word),
    )
)
"""Every word the time grammar knows, longest first."""

SCHOOL_YEAR: Final = re.compile(r"\d\s?(?:학|회계|사업)\s?[연년]도")
"""What makes a number the name of a year that does not begin in January (2031학년도), which is no time."""

SOME_DAY: Final = re.compile(r"(?!.{0,2}요일)[가-힣]{2,8}일(?:로부터|부터)?\s*(?=[~∼～])")
"""A day that no calendar has yet, from which a time with an end runs (교부일 ~ 11월 말): its start stays open."""

COMPARED: Final = re.compile(
    r"\s*\d{1,3}\.\d{1,2}\s?(?![\d.월])[%가-힣]{0,3}\s*(?:[→⇒⇨➡➔➜➠▶]|-{1,2}>|=>)\s*\d{1,3}\.\d{1,2}(?![\d.월])"
)
"""25.2 → 25.3, 75.2 -> 75.3: how much there was and is to be, which looks like a month that was moved."""

YEARLY: Final = re.compile(r"연간?\s?(?:\d{1,3}\s?[~～∼-]\s?)?(\d{1,3})\s?회")
"""연 3회: so many times a year, whenever; of 2~3회 the higher."""

_PER_TURN: Final = "|".join(sorted(PER, key=len, reverse=True))
OFTEN: Final = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(sorted({*EVERY, *ALWAYS}, key=len, reverse=True))}|매\s(?:{_PER_TURN}))"
    rf"|(?<![가-힣])(?:\d{{1,2}}\s?)?(?:{_PER_TURN})\s?(?:\d{{1,3}}\s?[~～∼-]\s?)?\d{{1,3}}\s?회(?![가-힣]{{2}})"
    rf"|\d{{1,3}}\s?회\s?/\s?(?:{_PER_TURN})(?![가-힣])"
)
"""Where a text says how often (매월, 분기별, 연 4회, 상시), whatever stands around it."""
