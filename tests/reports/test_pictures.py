"""Pictures: every glyph is in the font, no label covers another, whatever the size; problems come first."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from reports.charting import picture_of
from reports.drawing.scope import PLAN, draw, png
from reports.drawing.sheet import Box, Sheet, Words, drawable, extent
from reports.pictures import MOST_ROWS, Bar, Mark, Picture, Project
from store.db.engine import Store
from store.models import Plan
from store.states import MilestoneState
from tests import builders
from tests.builders import SEOUL, kst

TODAY = date(2026, 7, 1)
AS_OF = "기준 2026. 7. 1.(수) 09:10 (Asia/Seoul)"
NAMES = ("기획예산실", "도로과", "환경과", "복지정책과", "아동보육과", "문화예술과", "체육과", "안전총괄과")


def project(place: int) -> Project:
    start = date(2026, 1, 5) + timedelta(days=place * 7 % 200)
    days = [start + timedelta(days=30 * step) for step in range(4)]
    marks = tuple(Mark(day, day < TODAY and place % 2 == 0, day < TODAY and place % 2 == 1) for day in days)
    title = f"{place // 10 + 1}-{place % 10 + 1} 누구나 걷기 좋은 그늘 보행로를 조성하는 사업"
    return Project(title, start, days[-1], marks)


def city(count: int) -> Picture:
    """A city of so many projects; the department list grows with it."""
    projects = [project(place) for place in range(count)]
    bars = [Bar(f"{NAMES[i % 8]} {i + 1}팀", i % 5, i % 3, 8 + i) for i in range(max(3, count // 5))]
    days = [mark.on for one in projects for mark in one.marks]
    done = [mark.on for one in projects for mark in one.marks if mark.is_done]
    return Picture("[추진상황] 한별시", AS_OF, TODAY, bars, projects, days, done)


Room = tuple[float, float, float, float]


def boxes(sheet: Sheet) -> list[tuple[str, Room]]:
    """Every text with the room it takes."""
    return [(one.text, extent(sheet, one)) for one in sheet.things if isinstance(one, Words)]


def covered(found: list[tuple[str, Room]]) -> list[tuple[str, str]]:
    """Texts that touch."""
    return [(a, b) for (a, one), (b, other) in combinations(found, 2) if touch(one, other)]


def touch(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("count", [5, 49, 500])
def test_no_label_covers_another_and_none_leaves_the_picture(count: int) -> None:
    sheet = draw(city(count))
    found = boxes(sheet)
    assert covered(found) == []
    assert len(found) > min(count, MOST_ROWS)
    outside = [
        text
        for text, (left, top, right, bottom) in found
        if left < 0 or top < 0 or right > sheet.width or bottom > sheet.height
    ]
    assert outside == []


def test_a_span_inside_one_month_has_its_month_below() -> None:
    short = Project(
        "1-1 그늘 보행로", date(2026, 7, 5), date(2026, 7, 20), (Mark(date(2026, 7, 20), False, False),)
    )
    found = boxes(draw(Picture("한별시", AS_OF, date(2026, 7, 8), projects=[short])))
    assert "2026.7." in [text for text, _ in found]


@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2026, 1, 27), date(2025, 12, 30)])
def test_names_of_months_never_touch(first: date) -> None:
    long = Project("1-1 그늘 보행로", first, first + timedelta(days=330), ())
    sheet = draw(Picture("한별시", AS_OF, TODAY, projects=[long]))
    assert covered([(text, box) for text, box in boxes(sheet) if text.endswith(("월", "."))]) == []


def test_the_plans_line_rises_with_the_days_and_is_not_cut_off_at_the_top() -> None:
    sheet = draw(city(5))
    lines = [one for one in sheet.things if isinstance(one, Box) and one.color == PLAN]
    levels = sorted({round((one.top + one.bottom) / 2, 3) for one in lines if one.bottom - one.top < 5})
    assert len(levels) == 21  # 20 due days, and none before the first
    [top] = [one[1] for text, one in boxes(sheet) if text == "20"]
    assert levels[0] > top and levels[-1] < sheet.height


def test_what_does_not_fit_is_counted() -> None:
    texts = [text for text, _ in boxes(draw(city(500)))]
    assert any(f"그 밖에 {500 - MOST_ROWS}개" in text for text in texts)


def test_a_letter_without_a_glyph_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.drawing.sheet.drawable", lambda text: text)
    with pytest.raises(LookupError, match="no glyph"):
        png(Picture("축제 😀", AS_OF, TODAY))


def test_what_people_type_is_drawn_with_what_the_font_has() -> None:
    assert drawable("축제 😀\n$x$") == "축제 · $x$"
    assert png(Picture("축제 😀 $x^2", AS_OF, TODAY, [Bar("도로과 🚧", 1, 0, 2)])).startswith(b"\x89PNG")


@pytest.mark.parametrize("size", [0, 1])
def test_an_empty_scope_is_a_picture_too(size: int) -> None:
    assert png(Picture("빈 부서", AS_OF, TODAY, projects=[project(0)][:size])).startswith(b"\x89PNG")


def test_the_picture_is_read_from_the_store_problems_first(store: Store) -> None:
    with store.write() as session:
        builders.plan(session)
        calm = builders.task(session, title="가로수 심기", department="공원과")
        late = builders.task(session, title="보행로 정비", department="도로과")
        builders.milestone(session, calm, date(2026, 3, 1), state=MilestoneState.DONE)
        builders.milestone(session, late, date(2026, 6, 1))
        session.flush()
    with store.read() as session:
        found = picture_of(session, kst(2026, 7, 1).astimezone(SEOUL), "한별시", AS_OF)
    assert [(one.name, one.done, one.overdue, one.total) for one in found.bars] == [
        ("도로과", 0, 1, 1),
        ("공원과", 1, 0, 1),
    ]
    assert "보행로 정비" in found.projects[0].name and found.projects[0].late == 1
    assert (len(found.planned), len(found.done)) == (2, 1)


def test_more_projects_than_fit_are_drawn_by_department(store: Store) -> None:
    with store.write() as session:
        plan: Plan = builders.plan(session)
        for place in range(MOST_ROWS + 1):
            task = builders.task(session, title=f"사업 {place}", department="도로과", of=plan)
            builders.milestone(session, task, date(2026, 8, 1))
    with store.read() as session:
        found = picture_of(session, kst(2026, 7, 1).astimezone(SEOUL), "한별시", AS_OF)
    assert [one.name for one in found.projects] == [f"도로과 (과제 {MOST_ROWS + 1}개)"]
