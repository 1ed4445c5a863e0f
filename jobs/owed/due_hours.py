"""The hour at which a reply is due is said once more when it comes, in a message of its own (시각이 있는 기한)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from jobs.rules.policy import Rules
from reports.hours import moment_of

BEFORE = timedelta(hours=2)
LAST = timedelta(hours=1)  # of the hours in which messages go out: later nothing could be done any more


class Timed(Protocol):
    """What is due on a day at an hour; `due_minute` minutes after midnight, None for the whole day."""

    @property
    def due_on(self) -> date: ...
    @property
    def due_minute(self) -> int | None: ...


S = TypeVar("S", bound=Timed)


@dataclass(frozen=True)
class Call(Generic[S]):
    """An hour that comes: what is still wanted, from when on it is said once more, and until when."""

    seat: S
    at: datetime
    due_at: datetime


def call_at(due_at: datetime, opens_at: datetime, closes_at: datetime) -> datetime | None:
    """When it is said once more that the hour comes: two hours before, inside the hours in which messages go out; None where
    the day's message itself comes later than that."""
    at = min(due_at - BEFORE, closes_at - LAST)
    return at if at > opens_at else None


def calls(seats: Iterable[S], today: date, rules: Rules) -> list[Call[S]]:
    """Of what is due at an hour, today or on a later working day."""
    found = []
    for one in seats:
        if one.due_minute is None or one.due_on < today or not rules.calendar.is_working(one.due_on):
            continue
        moments = (moment_of(one.due_minute), rules.settings.send_at, rules.settings.send_until)
        due_at, opens_at, closes_at = (rules.calendar.at(one.due_on, moment) for moment in moments)
        if (at := call_at(due_at, opens_at, closes_at)) is not None:
            found.append(Call(one, at, due_at))
    return found


def come(found: Iterable[Call[S]], now: datetime) -> list[Call[S]]:
    """Those whose hour is near and not over."""
    return [one for one in found if one.at <= now < one.due_at]


def next_at(found: Iterable[Call[S]], now: datetime) -> datetime | None:
    """The next instant at which one is said; None for none."""
    return min((one.at for one in found if one.at > now), default=None)
