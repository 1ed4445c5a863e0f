"""Why a PostgreSQL server takes no connection: asked once more, by way of a socket and of the protocol's own words.

The driver keeps only the server's sentence, which is in the server's language. libpq can write down what it hears,
and there the SQLSTATE stands.
"""

import errno
import re
import select
import socket
import tempfile
import time
from contextlib import suppress

from psycopg import Error, NotSupportedError, pq
from psycopg.conninfo import make_conninfo
from psycopg.errors import ConnectionTimeout

from store.db.errors import NOT_CONNECTED

ANSWER_S = 5.0
UNRESOLVED = "failed to resolve host"  # the driver's words where it did not even begin
NO_SUCH_HOST, SILENT = "EAI", "ETIMEDOUT"
NO_PASSWORD, NO_TLS = "28P01", "TLS"  # what the driver gives up for by itself, without a code of the server's
ENCRYPTED = {"require", "verify-ca", "verify-full"}
_STATE = re.compile(rb'\bErrorResponse\b.{0,60}?\bC "([0-9A-Z]{5})"')


def reason_of(error: Error) -> str:
    """A SQLSTATE, or the name of an errno, of a connection like the one that the driver could not have."""
    if isinstance(error, ConnectionTimeout):
        return SILENT
    if error.pgconn is None:
        return NO_SUCH_HOST if str(error).startswith(UNRESOLVED) else NOT_CONNECTED
    failed = error.pgconn
    known = {one.keyword.decode(): one.val.decode() for one in failed.info if one.val is not None}
    if said := _said_by_system(known):
        return said
    if failed.needs_password:
        return NO_PASSWORD
    wants_tls = known.get("sslmode") in ENCRYPTED
    return _said_by_server(make_conninfo(**known)) or (NO_TLS if wants_tls else NOT_CONNECTED)


def _said_by_system(known: dict[str, str]) -> str | None:
    """What keeps us from reaching the server at all; None where somebody listens there."""
    host, port = known.get("hostaddr") or known.get("host", ""), known.get("port", "5432")
    if "," in host:  # several servers: which of them it is about, only the driver knows
        return None
    try:
        _reach(host, int(port))
    except socket.gaierror:
        return NO_SUCH_HOST
    except TimeoutError:
        return SILENT
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, NOT_CONNECTED)
    return None


def _reach(host: str, port: int) -> None:
    if host and not host.startswith("/"):
        socket.create_connection((host, port), ANSWER_S).close()
        return
    with socket.socket(socket.AF_UNIX) as local:
        local.settimeout(ANSWER_S)
        local.connect(f"{host or '/var/run/postgresql'}/.s.PGSQL.{port}")


def _said_by_server(conninfo: str) -> str | None:
    """The SQLSTATE of its refusal; None where it does not refuse (any more) or libpq cannot write it down."""
    connection = pq.PGconn.connect_start(conninfo.encode())
    with tempfile.TemporaryFile() as heard:
        try:
            with suppress(NotSupportedError):
                connection.trace(heard.fileno())
            _follow(connection)
        finally:
            connection.finish()
        heard.seek(0)
        found = _STATE.findall(heard.read())
    return found[-1].decode() if found else None


def _follow(connection: pq.abc.PGconn) -> None:
    """Until the connection stands, is refused, or nobody has answered for too long."""
    deadline = time.monotonic() + ANSWER_S
    asked = connection.connect_poll()
    while asked in (pq.PollingStatus.READING, pq.PollingStatus.WRITING) and time.monotonic() < deadline:
        is_reading = asked is pq.PollingStatus.READING
        select.select([connection.socket] * is_reading, [connection.socket] * (not is_reading), [], ANSWER_S)
        asked = connection.connect_poll()
    with suppress(NotSupportedError):
        connection.untrace()
