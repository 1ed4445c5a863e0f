"""Which requests have somebody to tell today: each is settled for the day once everybody has been entered, until it changes."""

from datetime import date

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import Session

from store.models import Ask
from store.states import AskState

_QUIETLY = {"synchronize_session": False}


def is_unsettled(today: date) -> ColumnElement[bool]:
    """Condition: somebody may have to be told of it today."""
    return or_(Ask.settled_on.is_(None), Ask.settled_on != today)


def settle(session: Session, today: date) -> None:
    """Everybody who is to be told today of the requests that have begun has been entered."""
    there = Ask.state == AskState.OPEN, Ask.opens_on <= today, is_unsettled(today)
    session.execute(update(Ask).where(*there).values(settled_on=today), execution_options=_QUIETLY)


def look_again(session: Session, number: int | None = None) -> None:
    """Somebody else may have to be told of it by now; `number` None: of any, because people changed."""
    these = [Ask.id == number] if number is not None else [Ask.state == AskState.OPEN]
    session.execute(
        update(Ask).where(Ask.settled_on.is_not(None), *these).values(settled_on=None),
        execution_options=_QUIETLY,
    )
