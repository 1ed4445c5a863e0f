"""What is done on the side: calls to Telegram whose failure must stop nothing else, and the chats' menus."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.intake.dispatch import Dispatcher
from bot.intake.menus import Menu
from jobs.clock import Clock
from jobs.rules.policy import Rules

log = logging.getLogger(__name__)

MENUS_EVERY_S = 30.0  # real seconds between two looks whether a new business day has begun
MENU_PAUSE_S = 0.1  # between two menus, so that a thousand of them are no burst


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


class MenuKeeper:
    """Shows each chat the commands of its person's roles."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, clock: Clock, rules: Rules, asides: Asides) -> None:
        self.bot = bot
        self.dispatcher = dispatcher
        self.clock = clock
        self.rules = rules
        self.asides = asides

    def show(self, menu: Menu) -> None:
        self.asides.begin(self._show(menu))

    async def _show(self, menu: Menu) -> None:
        commands = [BotCommand(name, summary) for name, summary in menu.commands]
        try:
            await self.bot.set_my_commands(commands, scope=BotCommandScopeChat(menu.chat_id))
        except TelegramError:
            await asyncio.to_thread(self.dispatcher.forget_menu, menu.chat_id)
            raise

    async def keep(self) -> None:
        """Once a business day: a role that was granted or has ended changes the menu without a word of its holder."""
        seen = None
        while True:
            today = self.rules.calendar.local_date(self.clock.now())
            if today != seen:
                try:
                    outdated = await asyncio.to_thread(self.dispatcher.outdated_menus)
                    seen = today
                except SQLAlchemyError:
                    log.exception("action=menus-failed")
                    outdated = []
                for menu in outdated:
                    self.show(menu)
                    await asyncio.sleep(MENU_PAUSE_S)
            await asyncio.sleep(MENUS_EVERY_S)
