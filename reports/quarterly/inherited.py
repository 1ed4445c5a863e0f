"""What a quarter takes over from the newest document before it: its criteria, names of areas, columns, adjustments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from reports.pledges import read_pledge_status
from reports.quarterly.rows import Adjustment, number_key
from store import adjustments, rounds
from store.models import Round, SnapshotRow, Task
from store.states import PledgeStatus


def criteria_of(claims: dict[str, Any]) -> dict[PledgeStatus, tuple[str, ...]]:
    """판단기준 in the document's own words, by status; {} where it prints none."""
    read = ((read_pledge_status(one["status"]), one["lines"]) for one in claims.get("criteria", []))
    return {status: tuple(lines) for status, lines in read if status is not None}


def criteria_for(session: Session, of: Round) -> dict[PledgeStatus, tuple[str, ...]]:
    """The criteria that hold for a round: those of the newest document up to its quarter."""
    source = rounds.newest_document(session, of.year, of.quarter)
    return criteria_of(source.claims) if source is not None else {}


def printed_adjustments(
    session: Session, source: Round, at: datetime
) -> list[tuple[SnapshotRow, Adjustment]]:
    """공약조정 필요사업 of the document that are still to be begun: no adjustment of the task was opened by that instant.

    Each with its row of the document's own quarter; one whose row is unknown is left out.
    """
    by_number = {number_key(one.no): one for one in rounds.rows(session, source.id) if one.no}
    printed = [(by_number.get(number_key(one.no)), one) for one in adjustments_of(source.claims)]
    ids = [row.task_id for row, _ in printed if row is not None and row.task_id is not None]
    begun = adjustments.tasks_with_one(session, ids, at)
    return [(row, one) for row, one in printed if row is not None and row.task_id not in begun]


def adjustments_of(claims: dict[str, Any]) -> list[Adjustment]:
    """공약조정 필요사업 as the document prints them."""
    return [Adjustment(one["no"], one["title"], one["reason"]) for one in claims.get("adjustments", [])]


def waiting(session: Session, at: datetime) -> list[tuple[Task, Adjustment]]:
    """What the newest document says is to be adjusted and nobody has begun yet, with the tasks of today."""
    newest = rounds.newest_document(session)
    found: Sequence[tuple[SnapshotRow, Adjustment]] = []
    if newest is not None:
        found = printed_adjustments(session, newest, at)
    tasks = ((session.get(Task, row.task_id), one) for row, one in found if row.task_id is not None)
    return [(task, one) for task, one in tasks if task is not None]
