"""An own hour of the daily message (안내 시각): within the hours in which daily messages go out."""

from datetime import time

from jobs.authority.permissions import Deed
from jobs.rules.sending_hours import own_hours
from jobs.settings import ReminderSettings
from store.models import AuditEntry, Officer


def choose(deed: Deed, officer: Officer, hour: int | None) -> AuditEntry | None:
    """From the next message on; None: with everybody's. Gives nothing where it was so before."""
    if officer.own_hour == hour:
        return None
    before, officer.own_hour = officer.own_hour, hour
    return deed.record("own-hour", f"officer:{officer.id}", before=_said(before), after=_said(hour))


def _said(hour: int | None) -> dict[str, object]:
    return {} if hour is None else {"own_hour": hour}


def comes_at(officer: Officer, settings: ReminderSettings) -> time:
    """When the person's daily message comes, whatever was chosen under other settings."""
    if officer.own_hour is None:
        return settings.send_at
    return max(settings.send_at, time(min(officer.own_hour, own_hours(settings)[-1])))
