"""The way to Telegram: what every client of ours has in common, and why there is no way, in words."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import httpx
from telegram.error import InvalidToken, RetryAfter, TimedOut

from bot.settings import is_loopback
from store.db.causes import Cause

UNKNOWN_NAME = "텔레그램의 주소를 찾을 수 없습니다(DNS). 이 컴퓨터의 이름 서비스 설정을 확인해 주십시오"
CERTIFICATE = (
    "TLS 인증서를 확인할 수 없습니다. 통신을 검사하는 장비가 있으면 기관의 인증서를 SSL_CERT_FILE 로 주십시오"
)
NO_TLS = "TLS 연결이 되지 않습니다. 통신을 검사하는 장비나 프록시를 확인해 주십시오"
NO_PROXY = (
    "프록시가 연결해 주지 않습니다. HTTPS_PROXY 와 프록시의 허용 목록(api.telegram.org:443)을 확인해 주십시오"
)
CLOSED = "연결을 받는 곳이 없습니다. 방화벽, 프록시, telegram.api_base 를 확인해 주십시오"
NO_WAY = "나가는 길이 없습니다. 네트워크 연결을 확인해 주십시오"
SLOW = "제때 답하지 않습니다. 방화벽과 프록시를 확인해 주십시오"
CUT = "연결이 도중에 끊어졌습니다. 방화벽과 프록시를 확인해 주십시오"
BUSY = "텔레그램이 잠시 쉬라고 합니다"
REFUSED = "텔레그램이 지금은 답하지 못합니다"
# The first whose kind stands anywhere in the error's chain.
WORDS: tuple[tuple[type[BaseException], str, str], ...] = (
    (socket.gaierror, "dns", UNKNOWN_NAME),
    (ssl.SSLCertVerificationError, "certificate", CERTIFICATE),
    (ssl.SSLError, "tls", NO_TLS),
    (httpx.ProxyError, "proxy", NO_PROXY),
    (ConnectionRefusedError, "refused", CLOSED),
    (ConnectionResetError, "cut", CUT),
    (httpx.RemoteProtocolError, "cut", CUT),
    (httpx.TimeoutException, "timeout", SLOW),
    (TimedOut, "timeout", SLOW),
    (RetryAfter, "flood", BUSY),
)


def client_options(address: str) -> dict[str, Any]:
    """What a client of that address is made with: a proxy of the surroundings knows no way to this machine."""
    return {"trust_env": not is_loopback(address)}


def cause_of(error: BaseException) -> Cause:
    """Why Telegram could not be asked. A refused token is nothing that waiting mends."""
    if isinstance(error, InvalidToken):
        return Cause(
            "token",
            "텔레그램이 이 토큰을 받아들이지 않습니다. @BotFather에서 다시 확인해 주십시오",
            is_temporary=False,
        )
    chain = list(_chain(error))
    for kind, code, words in WORDS:
        if any(isinstance(one, kind) for one in chain):
            return Cause(code, words, is_temporary=True)
    if any(
        isinstance(one, OSError) and one.errno in {errno.EHOSTUNREACH, errno.ENETUNREACH} for one in chain
    ):
        return Cause("unreachable", NO_WAY, is_temporary=True)
    return Cause("telegram", f"{REFUSED} ({type(error).__name__})", is_temporary=True)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it came of, its groups' members, too. httpcore keeps it as an argument only."""
    yield error
    of = error.exceptions if isinstance(error, BaseExceptionGroup) else error.args
    for one in (*of, error.__cause__, None if error.__suppress_context__ else error.__context__):
        if isinstance(one, BaseException):
            yield from _chain(one)
