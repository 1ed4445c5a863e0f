"""휴무일: the planning office says that a day is off, or worked; what is still to come is worked out anew by it."""

from collections.abc import Sequence
from datetime import date

from jobs.authority.permissions import Deed
from store import milestones, own_days
from store.db.engine import when_committed
from store.models import Milestone
from store.own_days import OwnDay
from store.states import MilestoneState

SUBJECT = "calendar:0"


def enter(deed: Deed, days: Sequence[OwnDay]) -> list[Milestone]:
    """The days hold from now on; gives the open items that are due on one of them."""
    own_days.put(deed.session, days)
    for one in days:
        action = "day-worked" if one.is_working else "day-off"
        deed.record(action, SUBJECT, after={"on": one.on, "name": one.name})
    return _taken(deed, [one.on for one in days])


def lift(deed: Deed, days: Sequence[date]) -> list[Milestone]:
    """Nothing is said of the days any more: the calendar alone decides."""
    own_days.lift(deed.session, days)
    for one in days:
        deed.record("day-lifted", SUBJECT, after={"on": one})
    return _taken(deed, days)


def _taken(deed: Deed, days: Sequence[date]) -> list[Milestone]:
    """The calendar has them once they are committed; the loop works out every next day anew."""
    when_committed(deed.session, deed.rules.calendar.take, own_days.working(deed.session))
    is_open = Milestone.state == MilestoneState.PLANNED, Milestone.due_on.in_(days)
    return milestones.search(deed.session, *is_open)
