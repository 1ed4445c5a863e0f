"""Pictures: every glyph is in the font, no label covers another, whatever the size; problems come first."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from reports.charting import picture_of
from reports.pictures import MOST_ROWS, Bar, Mark, Picture, Project, draw, drawable, png
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


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is seen with the room it takes."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = [one for one in figure.findobj(Text) if isinstance(one, Text)]
    return [
        (one.get_text(), one.get_window_extent(renderer))
        for one in found
        if one.get_visible() and one.get_text().strip() and (one.axes is None or one.axes.axison)
    ]


@pytest.mark.parametrize("count", [5, 49, 500])
def test_no_label_covers_another_and_none_leaves_the_picture(count: int) -> None:
    figure = draw(city(count))
    found = boxes(figure)
    covered = [(a, b) for (a, one), (b, other) in combinations(found, 2) if one.overlaps(other)]
    assert covered == []
    assert len(found) > min(count, MOST_ROWS)
    whole = figure.bbox
    outside = [
        text for text, box in found if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
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
    figure = draw(Picture("한별시", AS_OF, TODAY, projects=[long]))
    found = [(text, box) for text, box in boxes(figure) if text.endswith(("월", "."))]
    assert [(a, b) for (a, one), (b, other) in combinations(found, 2) if one.overlaps(other)] == []


def test_the_plans_line_is_not_cut_off_at_the_top() -> None:
    figure = draw(city(5))
    [burn_up] = [one for one in figure.axes if one.lines and max(one.lines[0].get_ydata()) == 20]  # type: ignore[arg-type, type-var]
    assert burn_up.get_ylim()[1] > 20


def test_what_does_not_fit_is_counted() -> None:
    texts = [text for text, _ in boxes(draw(city(500)))]
    assert any(f"그 밖에 {500 - MOST_ROWS}개" in text for text in texts)


def test_a_letter_without_a_glyph_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.pictures.drawable", lambda text: text)
    with pytest.raises(Warning, match="Glyph"):
        png(Picture("축제 😀", AS_OF, TODAY))


def test_what_people_type_is_drawn_with_what_the_font_has() -> None:
    assert drawable("축제 😀\n$x$") == "축제 · ＄x＄"
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
