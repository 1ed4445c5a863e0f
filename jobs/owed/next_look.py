"""Next looks: when a milestone is owed next, worked out anew for all of them when the rules change."""

import logging
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from jobs.authority.superiors import LINE
from jobs.milestones import hold
from jobs.milestones.changes import look_day, timeline_of
from jobs.owed import (
    december_question,
    followed,
    group_week,
    managers_week,
    office_morning,
    office_notices,
    open_asks,
    open_items,
    open_meetings,
    open_values,
    round_turns,
    waiting_decisions,
)
from jobs.plans import start
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import Timeline
from jobs.rules.sending_hours import come_until, is_sending_time, next_sending_at, own_hours
from store import asks, chat_links, deliveries, handovers, milestones, officers, scan, yearround
from store.models import Absence, Assignment, ChatLink, Milestone, Plan, Task
from store.states import LinkState, MilestoneState, RoleName

log = logging.getLogger(__name__)

PAGE = 2000  # milestones of one transaction: answers go out between two pages


def reschedule(session: Session, now: datetime, rules: Rules, *, after: int = 0) -> tuple[int, int | None]:
    """Work out anew when to look at the open milestones numbered beyond `after`, a page of them.

    Gives how many changed, and the last number of the page; None where it was the last page.
    """
    today = rules.calendar.local_date(now)
    ids = scan.open_beyond(session, after, PAGE)
    worked_out: dict[tuple[Timeline, date], date | None] = {}
    changes = []
    for one, known in scan.scheduled(session, ids):
        try:
            assert one.remind_from is not None
            lies = timeline_of(one), rules.calendar.local_date(one.remind_from)
            if lies not in worked_out:
                worked_out[lies] = look_day(*lies, today, rules)
        except Exception:  # the scan meets it, too, and tells of it; it stops nobody else's
            log.exception("action=scan-failed milestone=%d", one.id)
            continue
        if worked_out[lies] != known:
            changes.append((one, worked_out[lies]))
    changed = scan.look_again(session, changes)
    return changed, ids[-1] if len(ids) == PAGE else None


def next_scheduled_at(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """The next instant at which something scheduled may go out to somebody who is linked; None for never."""
    from_links = select(ChatLink.officer_id).where(ChatLink.state == LinkState.ACTIVE)
    today = rules.calendar.local_date(now)
    stood_in_for = select(Absence.officer_id).where(Absence.until_on >= today)
    mine = Assignment.officer_id.in_(from_links.union(stood_in_for)) & milestones.lasts_into(today)
    query = select(Milestone.next_remind_on).join(Task).join(Plan)
    query = query.where(
        Milestone.next_remind_on.is_not(None),
        Milestone.state == MilestoneState.PLANNED,
        milestones.is_owed(),
        ~Plan.awaits_start,
        or_(Task.assignments.any(mine), milestones.has_no_officer(today), _is_relayed(session, today)),
    )
    first = session.scalar(query.order_by(Milestone.next_remind_on).limit(1))
    if deliveries.carried(session) or _has_news(session, today, rules):
        first = today
    others = (
        handovers.next_on(session),
        waiting_decisions.next_day(session, today, rules),
        round_turns.next_day(session, today, rules),
        open_asks.next_day(session, today, rules),
        asks.next_opening(session),
        open_items.next_day(session, today, rules),
        open_meetings.next_day(session, today, rules),
        open_values.next_day(session, today, rules),
        group_week.next_day(session, now, rules),
        hold.next_day(session),
        start.next_day(session),
        yearround.next_day(session),
        december_question.next_day(session, today, rules),
        managers_week.next_day(session, now, rules),
        office_morning.next_day(session, today, rules),
        followed.next_day(session, today, rules),
    )
    first = min((one for one in (first, *others) if one is not None), default=None)
    owed_at = next_sending_at(now, first, rules.settings, rules.calendar) if first is not None else None
    others_at = (
        owed_at,
        _own_hour_at(session, now, rules),
        open_asks.next_call(session, now, rules),
        open_items.next_call(session, now, rules),
    )
    return min((one for one in others_at if one is not None), default=None)


def _own_hour_at(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """When the next of today's messages goes out that waits for its reader's own hour."""
    if not is_sending_time(now, rules.settings, rules.calendar):
        return None
    hour = deliveries.next_own_hour(session, come_until(now, rules.settings, rules.calendar))
    if hour is None:
        return None
    last = own_hours(rules.settings)[-1]
    return rules.calendar.at(rules.calendar.local_date(now), time(min(hour, last)))


def _is_relayed(session: Session, today: date) -> ColumnElement[bool]:
    """Somebody can be written to who is told instead of people who cannot."""
    above = [one.id for role in LINE for one in officers.holders(session, role, today)]
    return true() if chat_links.chats(session, above) else false()


def _has_news(session: Session, today: date, rules: Rules) -> bool:
    """A successor, or some planner who is linked, has not been told of something."""
    taken_over = {one.to_officer_id: one for one in handovers.untold(session) if one.to_officer_id}
    for officer in chat_links.chats(session, taken_over) if taken_over else ():
        told = deliveries.notice_item(
            session, officer, office_notices.handed_over(taken_over[officer]).subject
        )
        if told is None or not deliveries.still_counts(told):
            return True
    planners = chat_links.chats(
        session, [one.id for one in officers.holders(session, RoleName.PLANNER, today)]
    )
    if not planners:
        return False
    news = office_notices.notices(session, today, rules.calendar)
    known = [deliveries.notice_item(session, planner, one.subject) for planner in planners for one in news]
    return any(item is None or not deliveries.still_counts(item) for item in known)
