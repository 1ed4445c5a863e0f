"""The bot token appears in no log line, no exception text and no repr that is logged."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Iterator

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot.ops import logs
from bot.ops.telegram_bot import telegram_bot
from bot.settings import Settings, TelegramSettings
from jobs.delivery.sender import TelegramSender
from jobs.delivery.telegram_errors import SendError
from store.deliveries import Html, Message

TOKEN = "7654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger writes, formatted as `gihan run` formats it, at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.RedactingFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def settings(api_base: str = "http://127.0.0.1:9") -> Settings:
    return Settings(telegram=TelegramSettings(token=TOKEN, api_base=api_base))


def test_settings_hide_the_token_in_their_repr() -> None:
    assert TOKEN not in repr(settings())
    assert TOKEN not in str(settings().model_dump())


def test_a_refused_connection_leaves_no_token_in_the_log(log: io.StringIO) -> None:
    async def send() -> None:
        async with telegram_bot(settings()) as bot:
            await TelegramSender(bot).send(1, Message(Html("x"), []))

    with pytest.raises(Exception) as caught:
        asyncio.run(send())
    logging.getLogger("bot.x").error("failed", exc_info=caught.value)
    assert "failed" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_send_error_carries_no_token() -> None:
    async def send() -> None:
        bot = telegram_bot(settings())
        try:
            await TelegramSender(bot).send(1, Message(Html("x"), []))
        finally:
            await bot.shutdown()

    with pytest.raises(SendError) as caught:
        asyncio.run(send())
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value)


@pytest.mark.pitfall(18)
def test_libraries_that_print_addresses_are_quiet_and_blotted_out_anyway(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("telegram").error("%r", Bot(TOKEN))
    logging.getLogger("bot.x").error("refused", exc_info=InvalidToken(f"The token `{TOKEN}` was rejected"))
    logging.getLogger("bot.x").error(httpx.URL(f"http://127.0.0.1/bot{TOKEN}/sendMessage"))
    assert len(re.findall(r"\*\*\*", log.getvalue())) >= 1  # httpx may be silent altogether
    assert TOKEN not in log.getvalue()
    assert TOKEN.split(":")[1] not in log.getvalue()


@pytest.fixture
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("restored_logging")
@pytest.mark.pitfall(18)
def test_the_configured_log_blots_out_and_keeps_httpx_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("DEBUG")
    logging.getLogger("httpx").info("https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("bot").info("token %s", TOKEN)
    err = capsys.readouterr().err
    assert "api.telegram.org" not in err
    assert "token ***" in err
