"""The Bot API's client as we use it."""

from telegram.request import HTTPXRequest

from bot.intake.received import RawBot, UpdatesRequest
from bot.settings import Settings, client_options
from jobs.delivery.pace import SEND_TIMEOUT_S, SENDS_AT_ONCE

CONNECT_S = 5.0
LATE_ANSWER_S = 10.0  # how much later than asked for "no news" may come


def telegram_bot(settings: Settings) -> RawBot:
    """The library's bot and no more of it: we poll, handle and send ourselves."""
    base = settings.telegram.api_base
    options = client_options(base)
    return RawBot(
        settings.telegram.secret(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=SENDS_AT_ONCE + 8,
            connect_timeout=CONNECT_S,
            read_timeout=SEND_TIMEOUT_S,
            httpx_kwargs=options,
        ),
        get_updates_request=UpdatesRequest(
            connection_pool_size=2,
            connect_timeout=CONNECT_S,
            read_timeout=LATE_ANSWER_S,
            httpx_kwargs=options,
        ),
    )
