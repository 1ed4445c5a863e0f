"""What waits for somebody's decision and stands in that person's daily message until it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobs import approval
from jobs.policy import Rules
from store import milestones, requests
from store.models import DelayRequest, Milestone
from store.states import MilestoneState, RoleName

APPROVAL = "approval"  # a delay that somebody asked for; the number is the request's
CONFIRM = "confirm"  # a report of completion; the number is the milestone's
RULES = (APPROVAL, CONFIRM)


@dataclass(frozen=True)
class Waiting:
    """One matter for one person: `day` is the day since which it should stand in a daily message."""

    officer_id: int
    rule: str
    number: int
    day: date

    @property
    def subject(self) -> str:
        return f"{self.rule}:{self.number}"


def days(asked_on: date, talked_on: date | None, until: date, every: int) -> list[date]:
    """The days up to `until` on which the matter comes up, oldest first.

    Every so many days; after 협의 후 the next day and from there on every so many days.
    """
    first = talked_on + timedelta(days=1) if talked_on else asked_on + timedelta(days=every)
    span = (until - first).days
    return [first + timedelta(days=step) for step in range(0, span + 1, every)]


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Who has to be told by today of what, whether told before or not; of each matter the newest day only."""
    found = [
        one for request in requests.waiting(session) for one in _of_request(session, request, today, rules)
    ]
    if rules.approval.confirm_done:
        reported = milestones.search(session, Milestone.state == MilestoneState.REPORTED)
        found += [one for each in reported for one in _of_report(session, each, today, rules)]
    return found


def _of_request(session: Session, request: DelayRequest, today: date, rules: Rules) -> Sequence[Waiting]:
    assert request.level is not None
    asked_on = rules.calendar.local_date(request.requested_at)
    talked_on = rules.calendar.local_date(request.talked_at) if request.talked_at else None
    due = days(asked_on, talked_on, today, rules.approval.remind_days)
    asked = approval.asked(session, request.milestone, request.level, request.requested_by_id, today)
    if not due or asked is None:
        return []
    return [Waiting(one.id, APPROVAL, request.id, due[-1]) for one in asked.people]


def _of_report(session: Session, milestone: Milestone, today: date, rules: Rules) -> Sequence[Waiting]:
    if milestone.reported_at is None or milestone.reported_by_id is None:
        return []
    asked_on = rules.calendar.local_date(milestone.reported_at)
    due = days(asked_on, None, today, rules.approval.remind_days)
    reporter = milestone.reported_by_id
    level = approval.lowest_level(session, milestone, RoleName.LEAD, reporter, today)
    asked = approval.asked(session, milestone, level, reporter, today)
    if not due or asked is None:
        return []
    return [Waiting(one.id, CONFIRM, milestone.id, due[-1]) for one in asked.people]


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which some matter comes up, today's not yet told included; None where nothing waits."""
    ahead = today + timedelta(days=rules.approval.remind_days)
    comes = [one.day for one in waiting(session, ahead, rules)]
    return max(min(comes), today) if comes else None
