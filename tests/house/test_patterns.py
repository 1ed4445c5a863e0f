"""No pattern that reads foreign text can be kept busy: nothing nested, nothing beside each other that reads the same.

What a match in vain costs is read from the parse tree (tests/house/ambiguity.py). Exponential is refused everywhere.
Otherwise the bound follows from how long the text may be, and from the door that it comes through.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message

from bot.chat import update
from plans.text.lines import LONGEST_GAP, LONGEST_LINE, split_lines
from tests.house.ambiguity import Cost, Mode, cost
from tests.house.patterns import Written, all_patterns

# Rooms (the longest prefix counts): the highest power of the length, and whether their door cuts long gaps.
BOUNDS: dict[str, tuple[int, bool]] = {
    "bot": (2, True),  # what is typed: a thousand characters at most
    "bot.privacy.guard": (1, False),  # files that go out
    "bot.ops.logs": (1, False),
    "bot.texts": (1, False),
    "jobs": (1, False),
    "plans": (1, True),  # lines of documents, cut by split_lines
    "plans.readers": (1, False),  # the documents themselves
    "reports": (1, False),
    "reports.period": (2, True),  # typed, too
    "sandbox": (2, False),  # 4,096 characters at most
    "store": (1, False),
}


NOW = datetime(2026, 6, 30, tzinfo=UTC)


def bound(one: Written) -> tuple[int, bool]:
    where = one.where.removesuffix(".py").replace("/", ".")
    return BOUNDS[max((room for room in BOUNDS if where.startswith(room)), key=len)]


def dear(one: Written) -> str | None:
    """What is wrong with the pattern, in words."""
    most, has_short_gaps = bound(one)
    found = cost(one.pattern, one.flags, one.mode, has_short_gaps=has_short_gaps)
    if not found.is_exponential and found.power <= most:
        return None
    power = "exponential" if found.is_exponential else f"length to the power of {found.power}"
    return f"{one.where} ({one.mode}): {power}, {found.about}: {one.pattern[:300]}"


@pytest.mark.timeout(600)  # every module is loaded and every pattern taken apart
def test_no_pattern_can_be_kept_busy() -> None:
    patterns = all_patterns()
    assert len(patterns) > 300
    assert "\n".join(said for one in patterns if (said := dear(one)) is not None) == ""


@pytest.mark.parametrize(
    ("pattern", "mode", "expected"),
    [
        (r"(?P<ids>(?:[#＃]?\d{1,9}\s*번?[\s,]*)+)메모", "match", "exponential"),
        (r"(a+)+b", "match", "exponential"),
        (r"(a|a)*b", "match", "exponential"),
        (r"(?:ab?|b)*c", "match", "exponential"),
        (r"(?:\d{1,9}번?){1,20}x", "match", "exponential"),
        (r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$", "match", 3),
        (r"a*a*b", "match", 2),
        (r".*x.*y.*z", "match", 3),
        (r"a*b", "search", 2),
        (r"\s+$", "search", 2),
    ],
)
def test_what_may_be_tried_anew_is_found(pattern: str, mode: Mode, expected: object) -> None:
    found = cost(pattern, mode=mode)
    assert ("exponential" if found.is_exponential else found.power) == expected


@pytest.mark.parametrize(
    ("pattern", "mode"),
    [
        (r"a*b", "match"),
        (r"a*+a*b", "match"),
        (r"\s+", "search"),
        (r"(?<!\d)\d+x", "search"),
        (r"(?<![\w-])[\w-]+@", "search"),
        (r"\d{1,9}x", "search"),
        (r"(?:[#＃]?\d{1,9}번?)(?:[\s,]+[#＃]?\d{1,9}번?)*메모", "match"),
        (r"(?:\d{3}|[가-힣]{2})*x", "match"),
    ],
)
def test_what_can_be_read_in_one_way_only_is_cheap(pattern: str, mode: Mode) -> None:
    assert cost(pattern, mode=mode) == Cost(1, False, "")


def test_gaps_are_forgiven_only_where_the_door_cuts_them() -> None:
    assert cost(r"\s*년?\s*월", mode="match", has_short_gaps=True).power == 1
    assert cost(r"[\s,]*년?[\s,]*월", mode="match", has_short_gaps=True).power == 2
    typed = update.said(Message(1, NOW, Chat(1, "private"), text="가" + " " * 99 + "나" * 5000))
    assert typed.startswith("가" + " " * update.LONGEST_GAP + "나")
    assert len(typed) <= update.LONGEST
    [line] = split_lines("가" + " " * 3 * LONGEST_GAP + "나" * 2 * LONGEST_LINE)
    assert line.text.startswith("가" + " " * LONGEST_GAP + "나")
    assert len(line.text) <= LONGEST_LINE


def test_the_list_has_patterns_of_modules_of_containers_and_of_functions() -> None:
    known = {one.pattern for one in all_patterns()}
    assert {r"<[^<>]*>", r"\s*:?-{2,}:?\s*", r"(?i)공개|\bpublic\b"} <= known
    assert any("도움말" in one for one in known)
