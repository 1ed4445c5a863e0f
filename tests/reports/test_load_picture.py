"""The picture of a rehearsal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest
from matplotlib.patches import Rectangle

from reports.load_picture import draw, png
from reports.rehearsal import DayLoad, PersonLoad, Rehearsal, RuleLoad
from reports.rehearsal_words import rule_words

PNG = b"\x89PNG\r\n\x1a\n"


def rehearsal(days: int = 3) -> Rehearsal:
    first = date(2026, 1, 1)
    loads = [
        DayLoad(date=first + timedelta(days=at), messages=at + 1, lines=2 * at + 1) for at in range(days)
    ]
    person = PersonLoad(id=1, name="김하늘", department="도로과", messages=days, lines=9, most_lines=4)
    return Rehearsal(
        first=first,
        last=date(2026, 12, 31),
        assumes="silent",
        working_days=249,
        messages=sum(one.messages for one in loads),
        lines=sum(one.lines for one in loads),
        groups=0,
        days=loads,
        people=[person] if days else [],
        rules=[RuleLoad(rule="before:7", lines=3), RuleLoad(rule="escalate:lead", lines=1)] if days else [],
        busiest=list(reversed(loads)),
        unasked=[],
    )


@pytest.mark.parametrize("days", [0, 1, 300])
def test_it_is_drawn_with_every_letter(days: int) -> None:
    assert png(rehearsal(days)).startswith(PNG)


def test_it_has_a_bar_for_every_day_of_the_span() -> None:
    of_days, people, rules = draw(rehearsal()).axes
    heights = [cast(Rectangle, bar).get_height() for bar in of_days.patches]
    assert heights[:4] == [1, 2, 3, 0]
    assert len(heights) == 365
    assert sum(cast(Rectangle, bar).get_height() for bar in people.patches) == 1
    assert [one.get_text() for one in rules.get_yticklabels()] == ["팀장에게 알림", "기한 7일 전"]


def test_no_bar_of_people_is_cut_off_above() -> None:
    found = rehearsal()
    crowd = found.model_copy(update={"people": found.people * 7})
    _, people, _ = draw(crowd).axes
    assert people.get_ylim()[1] >= 7


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("before:0", "기한 당일"),
        ("before:30", "기한 30일 전"),
        ("after:3", "경과 3일"),
        ("review", "재검토일"),
    ],
)
def test_rules_are_called_by_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words
