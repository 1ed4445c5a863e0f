"""What waits for somebody's decision and stands in that person's daily message until it is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from jobs.authority import approval
from jobs.milestones import reopening
from jobs.milestones.completion import CONFIRM
from jobs.milestones.delays import APPROVAL
from jobs.milestones.reopening import REOPEN
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store import matters, milestones, requests
from store.models import DelayRequest

ASKED_ANEW = frozenset(
    {APPROVAL, CONFIRM, REOPEN}
)  # decisions that come up every so many days until they are made


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


def asked_again(at: datetime, today: date, rules: Rules) -> date | None:
    """The newest day up to today on which what came in at that instant comes up: the day after, and every so many days."""
    on = rules.calendar.local_date(at)
    return max(days(on, on, today, rules.approval.remind_days), default=None)


def last_call(request: DelayRequest, calendar: WorkCalendar) -> date:
    """The last working day before the wished day, after which nothing can be granted: the request is told once more."""
    return calendar.previous_or_same(request.new_due_on - timedelta(days=1))


def _request_days(request: DelayRequest, today: date, rules: Rules) -> list[date]:
    """On which the request comes up until today, oldest first."""
    on = rules.calendar.local_date(request.requested_at)
    talked = rules.calendar.local_date(request.talked_at) if request.talked_at else None
    found = days(on, talked, today, rules.approval.remind_days)
    last = last_call(request, rules.calendar)
    return sorted({*found, last}) if on < last <= today else found


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Who has to be told by today of what is not told yet; of each matter the newest day only.

    Who is asked is looked up for those alone, because the scan asks every second.
    """
    pending = requests.waiting(session)
    told = matters.told(session, [f"{APPROVAL}:{one.id}" for one in pending])
    found: list[Waiting] = []
    for request in pending:
        due = _request_days(request, today, rules)
        if due and (f"{APPROVAL}:{request.id}", due[-1]) not in told:
            asked = approval.asked_of(session, request, today)
            found += [Waiting(one.id, APPROVAL, request.id, due[-1]) for one in asked.people] if asked else []
    if rules.approval.confirm_done:
        found += _reports(session, today, rules)
    return found + _reopenings(session, today, rules)


def _reports(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Reports of completion that wait for somebody's confirmation long enough to come up."""
    before = rules.calendar.at(today - timedelta(days=rules.approval.remind_days - 1), time())
    reported = milestones.reported_before(session, before)
    told = matters.told(session, [f"{CONFIRM}:{one.id}" for one in reported])
    found: list[Waiting] = []
    for one in reported:
        assert one.reported_at is not None
        due = days(rules.calendar.local_date(one.reported_at), None, today, rules.approval.remind_days)
        if not due or one.reported_by_id is None or (f"{CONFIRM}:{one.id}", due[-1]) in told:
            continue
        asked = approval.asked(session, approval.report_matter(session, one, today), today)
        found += [Waiting(each.id, CONFIRM, one.id, due[-1]) for each in asked.people] if asked else []
    return found


def _reopenings(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Wishes to open again what is done, that wait long enough to come up."""
    before = rules.calendar.at(today - timedelta(days=rules.approval.remind_days - 1), time())
    wished = milestones.reopening_asked_before(session, before)
    told = matters.told(session, [reopening.subject(one) for one in wished])
    found: list[Waiting] = []
    for one in wished:
        assert one.reopen_at is not None
        due = days(rules.calendar.local_date(one.reopen_at), None, today, rules.approval.remind_days)
        if not due or (reopening.subject(one), due[-1]) in told:
            continue
        asked = approval.asked(session, reopening.matter(session, one, today), today)
        found += [Waiting(each.id, REOPEN, one.id, due[-1]) for each in asked.people] if asked else []
    return found


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which some matter comes up, today's not yet told included; None where nothing waits."""
    ahead = [today + timedelta(days=step) for step in range(rules.approval.remind_days + 1)]
    if not waiting(session, ahead[-1], rules):
        return None
    return next(day for day in ahead if waiting(session, day, rules))
