"""When silence about something late is told to whom above: the steps of the escalation."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from jobs.rules.calendar import WorkCalendar
from jobs.rules.reminder_days import Timeline, is_light, merely_ends_with_year
from jobs.settings import EscalationSettings
from store.states import RoleName


@dataclass(frozen=True)
class Step:
    """A level of the line above the officer, and the day on which it is told that something is late."""

    on: date
    level: RoleName


def steps(since: date, settings: EscalationSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The line from the team lead up. `since`: the day from which the silence counts (due or review day)."""
    return _steps(since, (settings.lead_days, settings.head_days, settings.planner_days), calendar)


@lru_cache(maxsize=4096)
def _steps(since: date, after: tuple[int, int, int], calendar: WorkCalendar) -> tuple[Step, ...]:
    """Worked out once for all that has been silent since the same day: a scan asks for every late milestone."""
    levels = RoleName.LEAD, RoleName.HEAD, RoleName.PLANNER
    return tuple(
        Step(calendar.next_or_same(since + timedelta(days=days)), level)
        for level, days in zip(levels, after, strict=True)
    )


def silent_since(timeline: Timeline, floor: date) -> date | None:
    """The day from which silence counts: the due day, the review day of what waited, the day from which it is
    reminded at all (`floor`), whichever is last. None for what has no due day, recurs often (that is counted), or
    merely ends with the year."""
    is_period = timeline.review is None and merely_ends_with_year(timeline)
    if timeline.due is None or is_period or is_light(timeline):
        return None
    return max(timeline.due, timeline.review or timeline.due, floor)
