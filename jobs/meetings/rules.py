"""The rules of a meeting without a store: on which days it is held, who presides, until when agenda and material come, when it
is told of; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from jobs.rules.calendar import WorkCalendar
from plans.time.workdays import falls_on, names_days
from reports.meetings.rows import EVERY_MONTH
from store.models import MeetingTime
from store.states import ItemKind, MeetingKind

MOST_TIMES: Final = 60  # of one meeting that is entered at once: once a week for a year
AHEAD: Final = timedelta(days=366)
BEFORE: Final = 2  # days before: agenda and material, where nobody says
SOON, EVE = 3, 1  # days before material is due; before the meeting
PREPARED = 14  # days before citizens meet their papers are got ready
MONTHS: Final = 12
_CHAIR: Final = re.compile(r"([^(),]{1,80})(?:\(([^()]{1,80})\))?")
_MONTHS: Final = re.compile(r"(\d{1,2})(?:\D{0,2}[~\-–]\D{0,1}(\d{1,2}))?")


def days_of(rrule: str, first: date, until: date, calendar: WorkCalendar) -> list[date]:
    """The days of a rule from `first` to `until`; one that is off moves to the next working day, two that fall together are
    one. [] for a rule that names no days."""
    if not names_days(rrule):
        return []
    span = range((min(until, first + AHEAD) - first).days + 1)
    days = (first + timedelta(days=one) for one in span)
    return list(
        dict.fromkeys(
            calendar.next_or_same(day) for day in days if falls_on(rrule, day, first, calendar.is_working)
        )
    )


def chairs(text: str) -> dict[str, str]:
    """시장(1, 7월), 부시장·국소장(2~6월, 8~12월) -> {"1": "시장", …}; without brackets: in every month that is not named."""
    found: dict[str, str] = {}
    for one in _CHAIR.finditer(text):
        name = one[1].strip()
        months = list(_months(one[2])) if one[2] else []
        found |= {str(month): name for month in months} if months else {EVERY_MONTH: name} if name else {}
    return found


def _months(text: str) -> Iterator[int]:
    for one in _MONTHS.finditer(text):
        first, last = int(one[1]), int(one[2] or one[1])
        yield from (month for month in range(first, last + 1) if 1 <= month <= MONTHS)


def closes_on(held_on: date, before: int, calendar: WorkCalendar) -> date:
    """The last day for agenda or material: so many days before, on a working day."""
    return calendar.previous_or_same(held_on - timedelta(days=before))


def told_days(
    held_on: date,
    material_on: date,
    calendar: WorkCalendar,
    *,
    is_wanted: bool,
    is_missing: bool,
    is_prepared: bool = False,
) -> list[date]:
    """On which days somebody is told: who prepares one of citizens (`is_prepared`) two weeks before; while the own
    department's material is wanted (`is_wanted`) three days before it is due; on the due day as long as any is missing; and
    the day before the meeting; on the working day before where that is off."""
    days = [held_on - timedelta(days=EVE)]
    days += [held_on - timedelta(days=PREPARED)] if is_prepared else []
    days += [material_on - timedelta(days=SOON)] if is_wanted else []
    days += [material_on] if is_missing else []
    return sorted({calendar.previous_or_same(one) for one in days})


def item_kind(kind: MeetingKind) -> ItemKind:
    """What kind of item a decision is where nobody says."""
    kinds = {MeetingKind.FIELD: ItemKind.VISIT, MeetingKind.PANEL: ItemKind.PROPOSAL}
    return kinds.get(kind, ItemKind.DIRECTIVE)


def closing(found: Iterable[MeetingTime], calendar: WorkCalendar) -> dict[int, tuple[date, date]]:
    """Until when agenda and material of each come, by its number."""
    return {
        one.id: (
            closes_on(one.held_on, one.meeting.agenda_days, calendar),
            closes_on(one.held_on, one.meeting.material_days, calendar),
        )
        for one in found
    }
