"""Next looks: when a milestone is owed next, worked out anew for all of them when the rules change."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs import office
from jobs.changes import look_day, timeline_of
from jobs.policy import Rules, Timeline, next_sending_at
from store import deliveries, links, milestones, officers, owed
from store.models import Assignment, ChatLink, Milestone, Plan, Task
from store.states import LinkState, MilestoneState, RoleName

PAGE = 2000  # milestones of one transaction: answers go out between two pages


def reschedule(session: Session, now: datetime, rules: Rules, *, after: int = 0) -> tuple[int, int | None]:
    """Work out anew when to look at the open milestones numbered beyond `after`, a page of them.

    Gives how many changed, and the last number of the page; None where it was the last page.
    """
    today = rules.calendar.local_date(now)
    ids = owed.open_beyond(session, after, PAGE)
    worked_out: dict[tuple[Timeline, date], date | None] = {}
    changes = []
    for one, known in owed.scheduled(session, ids):
        assert one.remind_from is not None
        lies = timeline_of(one), rules.calendar.local_date(one.remind_from)
        if lies not in worked_out:
            worked_out[lies] = look_day(*lies, today, rules)
        if worked_out[lies] != known:
            changes.append((one, worked_out[lies]))
    changed = owed.look_again(session, changes)
    return changed, ids[-1] if len(ids) == PAGE else None


def next_scheduled_at(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """The next instant at which something scheduled may go out to somebody who is linked; None for never."""
    from_links = select(ChatLink.officer_id).where(ChatLink.state == LinkState.ACTIVE)
    today = rules.calendar.local_date(now)
    mine = Assignment.officer_id.in_(from_links) & milestones.is_current(today)
    query = select(Milestone.next_remind_on).join(Task).join(Plan)
    query = query.where(
        Milestone.next_remind_on.is_not(None),
        Milestone.state == MilestoneState.PLANNED,
        milestones.is_owed(),
        Task.assignments.any(mine),
    )
    first = session.scalar(query.order_by(Milestone.next_remind_on).limit(1))
    if deliveries.carried(session) or _has_news_for_planners(session, today, rules):
        first = today
    if first is None:
        return None
    return next_sending_at(now, first, rules.settings, rules.calendar)


def _has_news_for_planners(session: Session, today: date, rules: Rules) -> bool:
    """Some planner who is linked has not been told of something."""
    planners = links.chats(session, [one.id for one in officers.holders(session, RoleName.PLANNER, today)])
    if not planners:
        return False
    news = office.notices(session, today, rules.calendar)
    known = [deliveries.notice_item(session, planner, one.subject) for planner in planners for one in news]
    return any(item is None or not deliveries.still_counts(item) for item in known)
