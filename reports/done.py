"""What counts as done in a week: one truth for the weekly report and for the counts of the messages."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_

from store import milestones
from store.models import AuditEntry, Milestone
from store.states import MilestoneState

REGISTERED = ("done", "confirmed")  # entries of the log by which something counts as done
A_WEEK = timedelta(days=7)


def in_week(monday: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """Condition on milestones: done in that week, or registered in it and done before: whoever reports on Monday what was
    done on Friday would otherwise be counted in no week."""
    end = monday + A_WEEK
    is_in_it = and_(Milestone.done_on >= monday, Milestone.done_on < end)
    told = exists().where(
        AuditEntry.subject == milestones.subject_of_row(),
        AuditEntry.action.in_(REGISTERED),
        AuditEntry.at >= datetime.combine(monday, time(), tzinfo=zone),
        AuditEntry.at < datetime.combine(end, time(), tzinfo=zone),
    )
    is_told_later = and_(Milestone.done_on < monday, told)
    return and_(Milestone.state == MilestoneState.DONE, or_(is_in_it, is_told_later))
