"""What `gihan doctor` asks over the network: Telegram of the token, the alarms' chat, the webhook; the time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.intake import webhook_registration
from bot.opening import looking
from bot.ops.network import cause_of, client_options
from bot.ops.telegram_bot import telegram_bot
from bot.settings import Settings, SettingsError
from jobs.clock import real_now
from store import links
from store.db.errors import StoreError

MOST_DRIFT = timedelta(seconds=30)
ASK_WITHIN_S = 10.0


def examine(settings: Settings) -> list[str]:
    """What is found; [] where all is well."""
    return [*_telegram(settings), *clock_drift(settings)]


async def bot_username(settings: Settings) -> str | None:
    """The bot's name from Telegram; None where there is no token or no way to Telegram."""
    try:
        bot = telegram_bot(settings)
        await bot.initialize()
        name = str(bot.username)
        await bot.shutdown()
    except (SettingsError, TelegramError):
        return None
    return name


def _telegram(settings: Settings) -> list[str]:
    """What Telegram itself says: of the token, the chat of the alarms, the webhook."""

    async def ask() -> tuple[int, str, list[str]]:
        bot = telegram_bot(settings)
        await bot.initialize()
        try:
            found = await admin_chat(bot, settings.operation.admin_chat_id)
            found += webhook_registration.standing(
                await bot.get_webhook_info(), settings.telegram, real_now()
            )
            return bot.id, str(bot.username), found
        finally:
            await bot.shutdown()

    try:
        bot_id, username, found = asyncio.run(ask())
    except SettingsError:
        return []  # told by the step of the token
    except InvalidToken as error:
        return [f"telegram.token: {cause_of(error).words}."]
    except TelegramError as error:
        return [f"telegram.api_base: {settings.telegram.api_base} {cause_of(error).words}."]
    return found + _other_bot(settings, bot_id, username)


def _other_bot(settings: Settings, bot_id: int, username: str) -> list[str]:
    """People linked with another bot than the token's: a bot may not write first."""
    try:
        with looking(settings) as session:
            count = links.count_of_other_bots(session, bot_id)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    if not count:
        return []
    return [
        f"telegram.token: 등록할 때와 다른 봇(@{username})의 토큰입니다. 담당자 {count}명은 새 봇에서 [시작]을 누르기"
        f" 전에는 알림을 받지 못합니다. https://t.me/{username} 을 열어 [시작]을 누르도록 안내해 주십시오."
    ]


def clock_drift(settings: Settings) -> list[str]:
    """This machine's clock against the one in Telegram's answers; [] where there is no way to Telegram."""
    try:
        answer = httpx.get(
            settings.telegram.api_base, timeout=ASK_WITHIN_S, **client_options(settings.telegram.api_base)
        )
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return []  # told by the step of the token, or a proxy that tells no time
    return drift(real_now(), theirs)


def drift(ours: datetime, theirs: datetime) -> list[str]:
    apart = ours - theirs
    if abs(apart) <= MOST_DRIFT:
        return []
    word = "빠릅니다" if apart > timedelta(0) else "느립니다"
    seconds = abs(apart).total_seconds()
    return [
        f"clock: 이 컴퓨터의 시각이 텔레그램보다 {seconds:.0f}초 {word}. 시각 동기화를 켜 주십시오. 예) timedatectl set-ntp true"
    ]


async def admin_chat(bot: Bot, chat_id: int | None) -> list[str]:
    """The chat that alarms go to can be written to. Raises TelegramError where Telegram cannot be asked."""
    if chat_id is None:
        return []
    try:
        await bot.get_chat(chat_id)
    except (BadRequest, Forbidden):
        return [
            "operation.admin_chat_id: 봇이 이 대화방에 쓸 수 없습니다. 알림을 받을 사람이 봇에게 먼저 /start 를 보내 주십시오."
        ]
    return []
