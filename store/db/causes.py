"""Why a store cannot be used, and whether waiting may mend it: the one place that judges database errors."""

from dataclasses import dataclass
from importlib import import_module

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError

from store.db.errors import BUSY, NOT_CONNECTED, StoreError, UnavailableError, cause


@dataclass(frozen=True)
class Cause:
    """`code` is the database's own name of it (SQLSTATE, SQLITE_…, an errno), `kind` what bot/texts has the words of."""

    code: str
    kind: str
    is_temporary: bool


# What only the operator mends, by the beginning of the code. Source: PostgreSQL, appendix A; sqlite.org/rescode.html
LASTING = (
    "28", "3D000", "42501", "42",
    "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR",
)  # fmt: skip
# What goes away by itself, or once somebody mends it elsewhere; the bot takes it up from there.
PASSING = (
    "EAI", "ECONNREFUSED", "ENOENT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "TLS",
    "57P03", "57P", "57014", "53300", "53", "55", "25006", "08",
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR",
)  # fmt: skip
WAITED_IN_VAIN = Cause("pool", "pool", is_temporary=True)


def cause_of(error: SQLAlchemyError) -> Cause:
    """What the error means. Where a server refused a connection without saying why in a form that programs can
    read, it is asked once more, which may take some seconds."""
    if isinstance(error, TimeoutError):
        return WAITED_IN_VAIN
    code = _code(error)
    for known, is_temporary in ((LASTING, False), (PASSING, True)):
        found = max((one for one in known if code.startswith(one)), key=len, default=None)
        if found is not None:
            return Cause(code, found, is_temporary)
    return Cause(code, "unknown", isinstance(error, BUSY))


def _code(error: SQLAlchemyError) -> str:
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    code = cause(error)
    if code != NOT_CONNECTED:
        return code
    # the driver, which an embedded store has no use for, takes long to load
    return str(import_module("store.db.refusals").reason_of(error.orig))


def error_of(error: SQLAlchemyError) -> StoreError:
    """The same as what the operator is told, without a word of the database's own."""
    found = cause_of(error)
    kind = UnavailableError if found.is_temporary else StoreError
    return kind("unusable", cause=found, code=found.code)
