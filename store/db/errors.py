"""What the store can say no with."""

from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

# The store is busy or gone, or ended our transaction because we stood still: the same work may succeed later.
BUSY = (OperationalError, InternalError)

NOT_CONNECTED = "08001"  # what SQL calls a connection that could not be had, for whatever reason


def cause(error: DBAPIError) -> str:
    """The database's own short name for what happened: SQLITE_FULL, SQLITE_BUSY, 53100; never its text."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if name is None and type(error.orig).__module__.startswith("psycopg"):
        return NOT_CONNECTED
    return str(name or type(error.orig).__name__)


class StoreError(Exception):
    """The store cannot be used as asked: a code with its facts, which bot/texts words in one clear line for the operator."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


class UnavailableError(StoreError):
    """The same for something temporary: waiting, or starting again, may mend it."""


class LostError(StoreError):
    """The file that we write to is deleted: what would be confirmed now would be gone with us."""


class ReplacedError(LostError, UnavailableError):
    """Another file lies in its place: starting again opens that one."""
