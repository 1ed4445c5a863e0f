"""The command menu of each private chat: what the person's roles may use, set again when the roles change; and calls to
Telegram on the side, whose failure must stop nothing else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.routing.help import usable
from bot.routing.registry import COMMANDS
from jobs.authority.permissions import Actor
from reports.texts.speaking import FIRST, of_person, speaking
from store import chat_links, officers

log = logging.getLogger(__name__)

MENUS_EVERY_S = 30.0  # real seconds between two looks whether a new business day has begun
MENU_PAUSE_S = 0.1  # between two menus, so that a thousand of them are no burst


@dataclass(frozen=True)
class Menu:
    """The command menu that a chat should show from now on."""

    chat_id: int
    commands: list[tuple[str, str]] = field(default_factory=list)


def menu(actor: Actor) -> Menu:
    """The menu for the person's roles; the link remembers for which."""
    actor.link.menu_roles = shown_for(actor)
    with speaking(actor.officer.language):
        shown = [(one.name, one.summary) for one in usable(COMMANDS, actor) if one.in_menu]
    return Menu(actor.link.chat_id, shown)


def shown_for(actor: Actor) -> str:
    """For which roles a menu is, and in which language where that is not everybody's first."""
    spoken = of_person(actor.officer.language)
    return actor.roles_word if spoken == FIRST else f"{actor.roles_word};{spoken}"


def outdated(session: Session, today: date) -> list[Menu]:
    """The new menus of chats whose people hold other roles than the menu shows."""
    held = officers.all_roles(session, today)
    actors = [
        Actor(link.officer, tuple(held.get(link.officer_id, ())), link)
        for link in chat_links.all_active(session)
    ]
    return [menu(one) for one in actors if one.link.menu_roles != shown_for(one)]


def forget(session: Session, chat_id: int) -> None:
    """Nobody knows what the chat's menu shows: it is set again with the next message."""
    for link in chat_links.all_active(session):
        if link.chat_id == chat_id:
            link.menu_roles = None


class Asides:
    """Calls that nobody waits for."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Awaitable[Any]) -> None:
        """Do it beside everything else; what goes wrong is logged and no more."""

        async def tried() -> None:
            try:
                await work
            except Exception as error:
                log.info("action=aside-failed error=%s", type(error).__name__)

        task = asyncio.create_task(tried())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@dataclass(frozen=True)
class MenuKeeper:
    """Shows each chat the commands of its person's roles."""

    bot: Bot
    outdated: Callable[[], list[Menu]]
    forget: Callable[[int], None]
    today: Callable[[], date]
    asides: Asides

    def show(self, menu: Menu) -> None:
        self.asides.begin(self._show(menu))

    async def _show(self, menu: Menu) -> None:
        commands = [BotCommand(name, summary) for name, summary in menu.commands]
        try:
            await self.bot.set_my_commands(commands, scope=BotCommandScopeChat(menu.chat_id))
        except TelegramError:
            await asyncio.to_thread(self.forget, menu.chat_id)
            raise

    async def keep(self) -> None:
        """Once a business day: a role that was granted or has ended changes the menu without a word of its holder."""
        seen = None
        while True:
            today = self.today()
            if today != seen:
                try:
                    found = await asyncio.to_thread(self.outdated)
                    seen = today
                except SQLAlchemyError:
                    log.exception("action=menus-failed")
                    found = []
                for menu in found:
                    self.show(menu)
                    await asyncio.sleep(MENU_PAUSE_S)
            await asyncio.sleep(MENUS_EVERY_S)
