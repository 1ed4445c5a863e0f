"""A year of a whole plan in the sandbox: hand-over in July, leave, delays approved and refused, an empty department."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jobs.rules.calendar import WorkCalendar
from jobs.settings import CalendarSettings
from tests.builders import SEOUL
from tests.smoke.conftest import SAMPLE_PLAN, SHARED_PLAN
from tests.smoke.harness import Telegram
from tests.year import town as towns
from tests.year.course import Course
from tests.year.verdict import daily_messages, never_asked, on_days_off, scheduled_on_days_off

pytestmark = [pytest.mark.smoke, pytest.mark.campaign, pytest.mark.timeout(3000)]
CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)
SEED = 20260101


@pytest.mark.parametrize(
    ("telegram", "plan", "year"),
    [
        pytest.param("2026-01-02T08:00:00+09:00", SAMPLE_PLAN, 2026, id="the made-up plan"),
        pytest.param(
            "2021-01-04T08:00:00+09:00", SHARED_PLAN, 2021, id="the real plan",
            marks=pytest.mark.skipif(not SHARED_PLAN.exists(), reason="the real plan is not at hand"),
        ),
    ],
    indirect=["telegram"],
)  # fmt: skip
def test_a_year_bothers_nobody_twice_a_day_nor_on_days_off_and_forgets_nothing(
    telegram: Telegram, tmp_path: Path, plan: Path, year: int
) -> None:
    town = towns.build(telegram, tmp_path, plan, SEED)
    try:
        course = Course(town, date(year, 1, 4), date(year, 12, 31), CALENDAR, SEED)
        course.play()
        counts = daily_messages(town)
        assert len(counts) > 100
        assert [where for where, many in counts.items() if many > 1] == []
        assert on_days_off(town, CALENDAR) == []
        assert scheduled_on_days_off(town.store, CALENDAR) == []
        assert never_asked(town.store, course.last) == []
        assert course.approved and course.refused
    finally:
        town.store.close()
        assert town.office.stop() == 0
