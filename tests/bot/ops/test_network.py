"""Why there is no way to Telegram, in words; and no proxy on the way to this machine."""

from __future__ import annotations

import asyncio
import itertools
import socket
import ssl

import httpx
import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut

from bot.ops.network import cause_of
from bot.ops.telegram_bot import telegram_bot
from bot.settings import Settings, TelegramSettings, client_options

PROXY = "http://127.0.0.1:9"


def raised(*chain: BaseException) -> BaseException:
    """The last one, that came of the one before it, and so on."""
    for before, after in itertools.pairwise(chain):
        after.__cause__ = before
    return chain[-1]


@pytest.mark.open_door("kind K")
@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (raised(socket.gaierror(-2, "x"), httpx.ConnectError("x"), NetworkError("x")), "dns", "DNS"),
        (
            raised(ssl.SSLCertVerificationError(), httpx.ConnectError(""), NetworkError("")),
            "certificate",
            "인증서",
        ),
        (raised(ssl.SSLError(), httpx.ConnectError("x"), NetworkError("x")), "tls", "TLS"),
        (raised(httpx.ProxyError("407"), NetworkError("x")), "proxy", "프록시"),
        (raised(ConnectionRefusedError(), OSError(), httpx.ConnectError("")), "refused", "연결을 받는 곳"),
        (raised(ExceptionGroup("", [ConnectionRefusedError()]), OSError()), "refused", "연결을 받는 곳"),
        (raised(httpx.ConnectTimeout("x"), TimedOut()), "timeout", "제때"),
        (raised(OSError(101, "x"), httpx.ConnectError("x"), NetworkError("x")), "unreachable", "나가는 길"),
        (NetworkError("Bad Gateway"), "telegram", "NetworkError"),
    ],
)
def test_the_cause_is_told_in_words(error: BaseException, code: str, word: str) -> None:
    found = cause_of(error)
    assert (found.code, found.is_temporary) == (code, True)
    assert word in found.words


def test_a_refused_token_is_nothing_to_wait_for() -> None:
    assert not cause_of(InvalidToken()).is_temporary


def test_what_telegram_wrote_is_not_repeated() -> None:
    assert "hidden-word" not in cause_of(BadRequest("hidden-word")).words


@pytest.mark.open_door("kind K")
@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9"])
def test_no_proxy_is_asked_on_the_way_to_this_machine(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, PROXY)
    with httpx.Client(**client_options(address)) as client:
        assert not client._mounts
    with httpx.Client(**client_options("https://api.telegram.org")) as client:
        assert client._mounts


@pytest.mark.open_door("kind K")
def test_the_bot_itself_asks_this_machine_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)

    async def ask() -> None:
        server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        telegram = TelegramSettings.model_validate({"token": "1:abc", "api_base": f"http://127.0.0.1:{port}"})
        with pytest.raises(NetworkError) as caught:
            await telegram_bot(Settings(telegram=telegram)).get_me()
        assert cause_of(caught.value).code == "cut"
        server.close()

    asyncio.run(ask())
