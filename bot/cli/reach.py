"""What `gihan doctor` asks over the network: Telegram of the token, the alarms' chat, the webhook; the time."""

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.intake import webhook_registration
from bot.open_store import looking
from bot.ops.network import cause_of
from bot.ops.telegram_bot import telegram_bot
from bot.settings import Settings, SettingsError, client_options
from bot.texts.render import label
from jobs.clock import real_now
from store import chat_links
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
            count = chat_links.count_of_other_bots(session, bot_id)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    if not count:
        return []
    return [label("cli.reach.other-bot", username=username, count=count)]


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
    seconds = abs(apart).total_seconds()
    return [label("cli.reach.drift", seconds=f"{seconds:.0f}", is_ahead=apart > timedelta(0))]


async def admin_chat(bot: Bot, chat_id: int | None) -> list[str]:
    """The chat that alarms go to can be written to. Raises TelegramError where Telegram cannot be asked."""
    if chat_id is None:
        return []
    try:
        await bot.get_chat(chat_id)
    except (BadRequest, Forbidden):
        return [label("cli.reach.admin-chat")]
    return []
