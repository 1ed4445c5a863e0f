"""The webhook: Telegram is asked to call it, and whether it can."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.intake.poll import WANTED, cause_of
from bot.settings import TelegramSettings
from bot.texts.render import label
from jobs.delivery.pace import retry_pause_s
from jobs.pulse import Sense

log = logging.getLogger(__name__)

ASK_AGAIN_MOST_S = 30.0
LOOK_EVERY_S = 20.0  # how often Telegram is asked whether it can deliver
ERROR_IS_NEWS = timedelta(hours=1)  # what went wrong longer ago has most likely been mended


def standing(info: WebhookInfo, settings: TelegramSettings, now: datetime) -> list[str]:
    """What Telegram says of the webhook. Of an address only the host is told: its path may be a secret."""
    ours = settings.hook_address if settings.mode == "webhook" else ""
    if info.url and info.url != ours:
        return [label("settings.webhook.elsewhere", host=urlsplit(info.url).hostname)]
    if not info.url or info.last_error_date is None or now - info.last_error_date > ERROR_IS_NEWS:
        return []
    return [label("settings.webhook.unheard", error=info.last_error_message)]


class Hearing:
    """Whether Telegram's updates reach us, from what it says of the webhook now and then.

    Only an error newer than the last update that reached us counts; `known`: an error from before we began.
    """

    def __init__(self, address: str, known: datetime | None, last_came: datetime | None) -> None:
        self.address = address
        self._forgiven = known
        self._last_came = last_came

    def cause(self, info: WebhookInfo, last_came: datetime | None) -> str | None:
        """What is in the way, as bot/ops/health.py names it; None for nothing. `last_came`: the newest update we keep."""
        if info.url != self.address:
            return "webhook"
        if last_came is not None and (self._last_came is None or last_came > self._last_came):
            self._last_came, self._forgiven = last_came, info.last_error_date
        error = info.last_error_date
        is_news = error is not None and (self._forgiven is None or error > self._forgiven)
        return "address" if is_news else None


Came = Callable[[], Awaitable[datetime | None]]


async def ask(bot: Bot, settings: TelegramSettings, sense: Sense, last_came: Came) -> None:
    """Ask until Telegram has taken the address, then watch whether it delivers, until cancelled."""
    known = await _set(bot, settings, sense)
    hearing = Hearing(settings.hook_address, known, await last_came())
    while True:
        try:
            cause = hearing.cause(await bot.get_webhook_info(), await last_came())
        except (TelegramError, SQLAlchemyError) as error:
            cause = "store" if isinstance(error, SQLAlchemyError) else cause_of(error)
        if cause is None:
            sense.well()
        else:
            if sense.cause != cause:
                log.error("action=webhook-unheard kind=%s", cause)
            sense.ill(cause)
        await asyncio.sleep(LOOK_EVERY_S)


async def _set(bot: Bot, settings: TelegramSettings, sense: Sense) -> datetime | None:
    """Until it is set; gives when Telegram met its last error before that."""
    for failures in range(1, 1_000_000):
        try:
            before = await bot.get_webhook_info()
            await bot.set_webhook(
                settings.hook_address,
                secret_token=settings.hook_secret(),
                allowed_updates=WANTED,
            )
        except TelegramError as error:
            log.warning("action=webhook-failed error=%s", type(error).__name__)
            sense.ill(cause_of(error))
            await asyncio.sleep(min(ASK_AGAIN_MOST_S, retry_pause_s(failures)))
        else:
            return before.last_error_date
    return None
