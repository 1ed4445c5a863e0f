"""The rules of an organisation tell when they changed."""

from __future__ import annotations

from datetime import date, time

import pytest

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules, fingerprint
from jobs.settings import CalendarSettings, EscalationSettings, ReminderSettings
from tests.builders import SEOUL

SETTINGS = ReminderSettings(week_ahead=False)
CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)


def test_the_fingerprint_is_the_same_for_the_same_rules(rules: Rules) -> None:
    assert fingerprint(rules.settings, rules.calendar) == fingerprint(ReminderSettings(), CALENDAR)


@pytest.mark.parametrize(
    ("settings", "own"),
    [
        (ReminderSettings(send_at=time(9, 0)), CalendarSettings()),
        (SETTINGS, CalendarSettings(days_off=(date(2026, 6, 30),))),
        (SETTINGS, CalendarSettings(working_days=(date(2026, 6, 27),))),
    ],
)
def test_the_fingerprint_changes_with_the_rules(settings: ReminderSettings, own: CalendarSettings) -> None:
    changed = fingerprint(settings, WorkCalendar(own, SEOUL))
    assert changed != fingerprint(SETTINGS, CALENDAR)


@pytest.mark.parametrize(
    "above",
    [EscalationSettings(lead_days=6), EscalationSettings(head_days=15), EscalationSettings(planner_days=31)],
)
def test_the_fingerprint_changes_with_the_days_until_somebody_above_is_told(
    above: EscalationSettings,
) -> None:
    assert fingerprint(SETTINGS, CALENDAR, above) != fingerprint(SETTINGS, CALENDAR, EscalationSettings())


def test_the_fingerprint_changes_with_the_library_of_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer version may know a new public holiday: stored next days must be worked out anew."""
    before = fingerprint(SETTINGS, CALENDAR)
    monkeypatch.setattr("jobs.rules.calendar.version", lambda _name: "9999")
    assert fingerprint(SETTINGS, CALENDAR) != before
