"""Some rows together, and where that breaks one by one: what one of them is stops nobody else's."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

T = TypeVar("T")


def singly(
    session: Session, items: Sequence[T], work: Callable[[Sequence[T]], int], broken: Callable[[T], None]
) -> int:
    """What the work counts, each try in a savepoint of its own. One that breaks by itself is left as it was and given
    to `broken` while its error is handled. Raises OperationalError: there it is the store that fails."""
    if not items:
        return 0
    try:
        with session.begin_nested():
            return work(items)
    except OperationalError:
        raise
    except Exception:
        if len(items) > 1:
            return sum(singly(session, [one], work, broken) for one in items)
        broken(items[0])
        return 0
