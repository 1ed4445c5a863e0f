"""목표 이행률: how many projects are short of it, by counts alone."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.quarterly import page
from reports.quarterly.result import Rate, Result, goal_of
from reports.quarterly.wording import goal_words
from reports.quarterly.xlsx import xlsx
from reports.settings import RoundSettings, YearGoal
from tests.reports.quarterly.samples import SAMPLES, bureaus, quarter
from tests.reports.quarterly.samples import result as built


@pytest.fixture
def result() -> Result:
    of = bureaus(SAMPLES / "quarter-bureaus.csv")
    return built(quarter(SAMPLES / "quarter.txt", of), None, RoundSettings(goal_percent=Decimal(90)))


@pytest.mark.parametrize(
    ("done", "counted", "goal", "said"),
    [
        (51, 66, "90", "목표 90%(66개 가운데 60개)까지 9개 부족"),
        (60, 66, "90", "목표 90%(66개 가운데 60개) 달성"),
        (66, 66, "95.50", "목표 95.5%(66개 가운데 64개) 달성"),
        (3, 10, "30", "목표 30%(10개 가운데 3개) 달성"),
        (0, 0, "90", None),
    ],
)
def test_the_gap_is_told_in_projects(done: int, counted: int, goal: str, said: str | None) -> None:
    settings = RoundSettings(goal_percent=Decimal(goal))
    assert goal_words(Rate(done, counted, None), settings) == said


@given(st.integers(0, 300), st.integers(1, 300), st.integers(1, 10_000))
def test_so_many_more_reach_it_and_one_less_does_not(done: int, counted: int, hundredths: int) -> None:
    done = min(done, counted)
    goal = goal_of(Rate(done, counted, None), RoundSettings(goal_percent=Decimal(hundredths) / 100))
    assert goal is not None
    wished = Fraction(hundredths, 100)
    assert Fraction(done + goal.short, counted) * 100 >= wished
    assert not goal.short or Fraction(done + goal.short - 1, counted) * 100 < wished


def test_it_stands_below_the_rate_in_every_form(result: Result) -> None:
    said = "목표 90%(11개 가운데 10개)까지 5개 부족"
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(xlsx(result)))["점검결과"].values for cell in row
    ]
    assert f"※ {said}" in cells
    assert said in page.html(result) and said in page.text(result)


def test_without_a_goal_nothing_is_said() -> None:
    assert goal_words(Rate(1, 2, None), RoundSettings()) is None


@pytest.mark.parametrize(
    ("year", "plan", "percent"),
    [
        (2026, "민선9기 실천계획", "97"),
        (2026, "혁신 실행계획", "95"),
        (2027, "민선9기 실천계획", "98"),
        (2028, "혁신 실행계획", "90"),
        (2026, None, "95"),
    ],
)
def test_the_goal_of_plan_and_year_goes_before_the_plans_the_years_and_the_one_of_all(
    year: int, plan: str | None, percent: str
) -> None:
    goals = (
        YearGoal(year=2026, percent=Decimal(95)),
        YearGoal(plan="실천계획", percent=Decimal(98)),
        YearGoal(plan="실천계획", year=2026, percent=Decimal(97)),
    )
    settings = RoundSettings(goal_percent=Decimal(90), goals=goals)
    assert settings.goal(year, plan) == Decimal(percent)


def test_the_report_of_a_year_has_that_years_goal() -> None:
    goals = (YearGoal(year=2030, percent=Decimal(60)), YearGoal(year=2031, percent=Decimal(99)))
    found = built(quarter(SAMPLES / "quarter.txt", {}), None, RoundSettings(goals=goals))
    assert "목표 60%(11개 가운데 7개)까지 2개 부족" in page.text(found)
