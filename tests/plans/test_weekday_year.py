"""A year that the title is about is not always that of the days below it: the weekdays tell."""

from __future__ import annotations

import pytest

from plans.read import plan_of
from plans.time.weekday_year import year_of_weekdays

BUDGET = """2032년도 예산편성을 위한 주민참여예산 공모
제안 접수 : 3. 17.(월)~6. 30.(월)
심사 결과 발표 : 9. 5.(금)
"""


def test_days_of_a_budget_are_of_the_year_before_it_where_their_weekdays_say_so() -> None:
    draft = plan_of(BUDGET)
    assert draft.plan_year == 2032
    days = [each.due for task in draft.tasks for one in task.milestones for each in one.windows]
    assert {day.year for day in days if day} == {2031}
    assert "year-weekdays" in [one.code for one in draft.findings]


def test_the_year_of_a_plan_stays_the_one_that_was_given() -> None:
    draft = plan_of(BUDGET.replace("2032년도 ", ""), 2032)
    assert draft.plan_year == 2032
    assert {each.due.year for one in draft.tasks[0].milestones for each in one.windows if each.due} == {2031}


def test_one_weekday_that_fits_leaves_the_year_as_it_is() -> None:
    assert year_of_weekdays("3. 17.(수) 접수, 6. 30.(월) 마감", 2032) == 2032


@pytest.mark.parametrize(
    "text",
    [
        "3. 17.(월) 접수",
        "접수 3. 17.(월), 다시 3. 17.(월)",
        "2031. 3. 17.(월), 31. 6. 30.(월)",
        "2. 30.(월), 13. 1.(월)",
    ],
)
def test_too_few_days_or_such_with_a_year_of_their_own_tell_nothing(text: str) -> None:
    assert year_of_weekdays(text, 2032) == 2032


def test_without_any_year_weekdays_give_none() -> None:
    assert year_of_weekdays("3. 17.(월)~6. 30.(월)", None) is None
