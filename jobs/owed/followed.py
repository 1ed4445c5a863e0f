"""What others follow and what changed: one line in their daily message, once for each change."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobs.authority.permissions import standing_of, viewable
from jobs.rules.policy import Rules
from store import follows, milestones, officers
from store.models import Follow, Milestone

FOLLOWED = "followed"
DAY = timedelta(days=1)


def waiting(session: Session, today: date) -> list[tuple[Follow, Milestone]]:
    """What changed of what its follower may see. Who answers for it by now follows it no more."""
    found = follows.changed(session, today)
    seen = {one: _seen(session, one, found, today) for one in {row.officer_id for row, _ in found}}
    told = []
    for row, milestone in found:
        if milestones.is_held_by(milestone, row.officer_id, today):
            session.delete(row)
        elif milestone.id in seen[row.officer_id]:
            told.append((row, milestone))
    return told


def _seen(session: Session, officer_id: int, found: list[tuple[Follow, Milestone]], today: date) -> set[int]:
    [officer] = officers.by_ids(session, [officer_id])
    mine = [milestone.id for row, milestone in found if row.officer_id == officer_id]
    return viewable(session, standing_of(session, officer, today), mine, today)


def tell(session: Session, row: Follow, milestone: Milestone, today: date) -> None:
    """It stands in the message; what is done or dropped is followed no more."""
    row.told = follows.standing(milestone, today)
    if milestones.is_closed(milestone):
        session.delete(row)


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The day of the next line as things stand; None where nothing that is followed would change by itself."""
    if waiting(session, today):
        return today
    last = follows.next_late_on(session)
    return rules.calendar.next_or_same(last + DAY) if last is not None and last >= today else None
