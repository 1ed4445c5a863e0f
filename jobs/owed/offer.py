"""A word of help to an officer with whom much has piled up: once a year, in the message that counts the week."""

from datetime import date

from sqlalchemy.orm import Session

from jobs.owed.office_notices import Notice
from store import milestones

OFFER = "offer"  # the number is the year
MOST_LATE = 10  # from so many on it is no single thing that was forgotten


def notice(today: date) -> Notice:
    return Notice(OFFER, today.year, date(today.year, 1, 1))


def burdened(session: Session, today: date) -> set[int]:
    """Who answers today for so much that is late."""
    return {one for one, late in milestones.late_counts(session, today).items() if late >= MOST_LATE}
