"""The webhook: its settings looked over, and Telegram asked to call it."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.intake import WANTED
from bot.settings import SettingsError, TelegramSettings
from jobs.limits import retry_pause_s

log = logging.getLogger(__name__)

ASK_AGAIN_MOST_S = 30.0
OWN_MACHINE = ("http://127.0.0.1", "http://localhost")  # the sandbox calls these; Telegram only https


def check(settings: TelegramSettings) -> None:
    """Raises SettingsError for an address that Telegram would refuse, and where the secret is missing."""
    if not settings.webhook_url.startswith(("https://", *OWN_MACHINE)):
        raise SettingsError("telegram.webhook_url: https:// 로 시작하는 공개 주소를 적어 주십시오.")
    if not settings.webhook_secret.get_secret_value():
        raise SettingsError("telegram.webhook_secret: 웹훅 방식에는 비밀값이 필요합니다.")


async def ask(bot: Bot, settings: TelegramSettings) -> None:
    """Ask until Telegram has taken the address, then rest until cancelled."""
    for failures in range(1, 1_000_000):
        try:
            await bot.set_webhook(
                settings.webhook_url,
                secret_token=settings.webhook_secret.get_secret_value(),
                allowed_updates=WANTED,
            )
            await asyncio.Event().wait()
        except TelegramError as error:
            log.warning("action=webhook-failed error=%s", type(error).__name__)
            await asyncio.sleep(min(ASK_AGAIN_MOST_S, retry_pause_s(failures)))
