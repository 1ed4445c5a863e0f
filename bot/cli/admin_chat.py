"""Whose chat hears the alarms: whoever sends the bot a word that only the terminal shows."""

import asyncio
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from telegram.error import TelegramError

from bot.intake.received import RawBot
from plans.text.characters import composed
from store import inbox

LOOKS, PAUSE_S = 150, 2.0  # five minutes in all
DIGITS = 6
MOST = 100  # updates at once


def a_word() -> str:
    """Six digits: nobody who merely knows the bot's name can become the one who hears its alarms."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


@contextmanager
def enter_pressed() -> Iterator[asyncio.Event]:
    """Set once somebody at the terminal presses Enter; never where nobody sits at one."""
    pressed = asyncio.Event()
    if not sys.stdin.isatty():
        yield pressed
        return

    def read() -> None:
        sys.stdin.readline()
        pressed.set()

    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), read)
    try:
        yield pressed
    finally:
        loop.remove_reader(sys.stdin.fileno())


async def learned(bot: RawBot, word: str, looks: int = LOOKS, pause_s: float = PAUSE_S) -> int | None:
    """The private chat in which the word was sent; None where it did not come, Telegram cannot be asked, or Enter was
    pressed. Nothing is confirmed: what others wrote stays for the bot that will run."""
    with enter_pressed() as skipped:
        return await _looked_for(bot, word, looks, pause_s, skipped)


async def _looked_for(
    bot: RawBot, word: str, looks: int, pause_s: float, skipped: asyncio.Event
) -> int | None:
    try:
        await bot.initialize()
        for _ in range(looks):
            came = await bot.get_raw_updates(offset=None, limit=MOST, timeout_s=0, allowed=["message"])
            found = [chat for one in came if (chat := _sender(inbox.content(one), word))]
            if found:
                return found[0]
            with suppress(TimeoutError):
                await asyncio.wait_for(skipped.wait(), pause_s)
                return None
    except TelegramError:
        return None
    finally:
        await bot.shutdown()
    return None


def _sender(update: Any, word: str) -> int | None:
    """The private chat of an update that says the word."""
    message = update.get("message") or {} if isinstance(update, dict) else {}
    is_private = message.get("chat", {}).get("type") == "private"
    said = composed(str(message.get("text", ""))).strip()
    return int(message["chat"]["id"]) if is_private and said == word else None
