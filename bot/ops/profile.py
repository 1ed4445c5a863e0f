"""What Telegram shows of the bot before anybody has written to it, in each language: what it is, its commands, its name.

Only what differs is set anew: Telegram counts these calls strictly. The name that BotFather was told stays that of the
organisation's own language.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Bot, BotCommand

from bot.texts.render import label, words
from reports.texts.speaking import LANGUAGES, house, speaking


@dataclass(frozen=True)
class Profile:
    """As one language has it; `code` "": whoever speaks none of them."""

    code: str
    name: str | None
    description: str
    short: str
    commands: list[tuple[str, str]]


def profiles() -> list[Profile]:
    """The house's for everybody, then each language's own."""
    return [_profile(""), *map(_profile, LANGUAGES)]


def _profile(code: str) -> Profile:
    with speaking(code):
        name = label("ops.profile.name") if code and code != house() else None
        described = label("ops.profile.description"), label("ops.profile.short")
        return Profile(code, name, *described, [*words("ops.menu").items()])


async def show(bot: Bot) -> None:
    """Raises TelegramError."""
    for one in profiles():
        code = one.code or None
        await bot.set_my_commands([BotCommand(*each) for each in one.commands], language_code=code)
        await _put(
            one.description, _described(bot, code), partial(bot.set_my_description, language_code=code)
        )
        await _put(one.short, _shortly(bot, code), partial(bot.set_my_short_description, language_code=code))
        if one.name is not None:
            await _put(one.name, _named(bot, code), partial(bot.set_my_name, language_code=code))


async def _put(wanted: str, shown: Awaitable[str], put: Callable[[str], Awaitable[bool]]) -> None:
    if await shown != wanted:
        await put(wanted)


async def _described(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_description(language_code=code)).description


async def _shortly(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_short_description(language_code=code)).short_description


async def _named(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_name(language_code=code)).name
