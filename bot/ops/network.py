"""Why there is no way to Telegram, in words."""

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from telegram.error import InvalidToken, RetryAfter, TimedOut

from bot.texts.render import label

# The first whose kind stands anywhere in the error's chain.
CODES: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "dns"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (httpx.ProxyError, "proxy"),
    (ConnectionRefusedError, "refused"),
    (ConnectionResetError, "cut"),
    (httpx.RemoteProtocolError, "cut"),
    (httpx.TimeoutException, "timeout"),
    (TimedOut, "timeout"),
    (RetryAfter, "flood"),
)
NO_WAY = {errno.EHOSTUNREACH, errno.ENETUNREACH}


@dataclass(frozen=True)
class Cause:
    """`code` is what a system calls it, `words` what an operator reads, without a full stop."""

    code: str
    words: str
    is_temporary: bool


def cause_of(error: BaseException) -> Cause:
    """Why Telegram could not be asked. A refused token is nothing that waiting mends."""
    code = "token" if isinstance(error, InvalidToken) else _code(list(_chain(error)))
    return Cause(code, label(f"ops.network.{code}", kind=type(error).__name__), is_temporary=code != "token")


def _code(chain: list[BaseException]) -> str:
    for kind, code in CODES:
        if any(isinstance(one, kind) for one in chain):
            return code
    if any(isinstance(one, OSError) and one.errno in NO_WAY for one in chain):
        return "unreachable"
    return "telegram"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it came of, its groups' members, too. httpcore keeps it as an argument only."""
    yield error
    of = error.exceptions if isinstance(error, BaseExceptionGroup) else error.args
    for one in (*of, error.__cause__, None if error.__suppress_context__ else error.__context__):
        if isinstance(one, BaseException):
            yield from _chain(one)
