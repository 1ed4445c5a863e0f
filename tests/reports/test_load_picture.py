"""The picture of a rehearsal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reports.drawing.load import BAR, PEAK, REST, binned, draw, png
from reports.drawing.sheet import Box, Words, extent
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


def bars(found: Rehearsal, *colors: str) -> list[Box]:
    return [one for one in draw(found).things if isinstance(one, Box) and one.color in colors]


def test_it_has_a_bar_for_every_day_in_its_place_and_as_high_as_its_count() -> None:
    of_days = bars(rehearsal(), PEAK)
    heights = [one.bottom - one.top for one in of_days]
    assert heights == pytest.approx([heights[0], 2 * heights[0], 3 * heights[0]])
    assert [one.right for one in of_days[:-1]] == pytest.approx([one.left for one in of_days[1:]])
    year = draw(rehearsal()).width / 365
    assert 0.8 * year < of_days[0].right - of_days[0].left < year


def test_it_has_a_bar_for_every_rule_and_for_as_many_people_as_get_as_much() -> None:
    found = rehearsal()
    longer, shorter = bars(found, REST)
    assert longer.right - longer.left == pytest.approx(3 * (shorter.right - shorter.left))
    assert longer.top < shorter.top
    assert len(bars(found, BAR)) == 1
    texts = [one.text for one in draw(found).things if isinstance(one, Words)]
    assert texts.index("기한 7일 전") < texts.index("팀장에게 알림")


def test_what_people_get_is_counted_in_equal_steps() -> None:
    assert binned([]) == []
    assert binned([4, 4, 4]) == [(3.5, 4.5, 3)]
    steps = binned([0, 1, 1, 3])
    assert [count for *_, count in steps] == [1, 2, 0, 1]
    assert (steps[0][0], steps[-1][1]) == (0, 3)


def test_nothing_leaves_the_picture_and_no_bar_reaches_its_upper_edge() -> None:
    crowd = rehearsal(300)
    crowd = crowd.model_copy(update={"people": crowd.people * 7})
    sheet = draw(crowd)
    boxes = [extent(sheet, one) for one in sheet.things if isinstance(one, Words)]
    boxes += [(one.left, one.top, one.right, one.bottom) for one in sheet.things if isinstance(one, Box)]
    for left, top, right, bottom in boxes:
        assert left >= 0 and top >= 0 and right <= sheet.width and bottom <= sheet.height
    [people] = bars(crowd, BAR)[-1:]
    assert people.top > sheet.height / 2


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
