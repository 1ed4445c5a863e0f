"""What the store can say no with."""

from sqlalchemy.exc import InternalError, OperationalError

# The store is busy or gone, or ended our transaction because we stood still: the same work may succeed later.
BUSY = (OperationalError, InternalError)


def cause(error: OperationalError) -> str:
    """The database's own short name for what happened: SQLITE_FULL, SQLITE_BUSY, 53100; never its text."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return str(name or type(error.orig).__name__)


class StoreError(Exception):
    """The store cannot be used as asked; the message is one clear line for the operator."""
