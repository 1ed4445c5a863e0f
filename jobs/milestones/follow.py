"""따라 보기: somebody who does not answer for an item hears in the daily message when it changed; never as a reminder."""

from datetime import date

from jobs.authority.permissions import Deed
from store import follows, milestones
from store.models import AuditEntry, Follow, Milestone, Officer

MOST = 30  # items that one person follows at a time


class FollowError(Exception):
    """It cannot be followed; its text is the code of the reason, whose sentence the catalogue has."""


def follow(deed: Deed, officer: Officer, milestone: Milestone) -> AuditEntry:
    """From now on. Raises FollowError for what the person answers for, follows already, or is closed, and for too many."""
    if is_own(officer, milestone, deed.today):
        raise FollowError("own")
    if milestones.is_closed(milestone):
        raise FollowError("closed")
    if follows.get(deed.session, officer.id, milestone.id) is not None:
        raise FollowError("already")
    if len(follows.of_officer(deed.session, officer.id)) >= MOST:
        raise FollowError("many")
    told = follows.standing(milestone, deed.today)
    deed.session.add(Follow(officer_id=officer.id, milestone_id=milestone.id, told=told, since_on=deed.today))
    return deed.record("follow-begun", f"officer:{officer.id}", after={"milestone": milestone.id})


def is_own(officer: Officer, milestone: Milestone, today: date) -> bool:
    """The person answers for it, and is told of it anyway."""
    return milestones.is_held_by(milestone, officer.id, today)


def may_begin(officer: Officer, milestone: Milestone, today: date) -> bool:
    return not is_own(officer, milestone, today) and not milestones.is_closed(milestone)


def unfollow(deed: Deed, officer: Officer, milestone_id: int) -> AuditEntry:
    """No more from now on. Raises FollowError where it was not followed."""
    row = follows.get(deed.session, officer.id, milestone_id)
    if row is None:
        raise FollowError("not-followed")
    deed.session.delete(row)
    return deed.record("follow-ended", f"officer:{officer.id}", before={"milestone": milestone_id})
