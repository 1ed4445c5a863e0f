"""The command menu of each private chat: what the person's roles may use, set again when the roles change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from bot.routing.help import usable
from bot.routing.registry import COMMANDS
from jobs.authority.access import Actor
from store import links, officers


@dataclass(frozen=True)
class Menu:
    """The command menu that a chat should show from now on."""

    chat_id: int
    commands: list[tuple[str, str]] = field(default_factory=list)


def menu(actor: Actor) -> Menu:
    """The menu for the person's roles; the link remembers for which."""
    actor.link.menu_roles = actor.roles_word
    shown = [(one.name, one.summary) for one in usable(COMMANDS, actor) if one.in_menu]
    return Menu(actor.link.chat_id, shown)


def outdated(session: Session, today: date) -> list[Menu]:
    """The new menus of chats whose people hold other roles than the menu shows."""
    held = officers.all_roles(session, today)
    actors = [
        Actor(link.officer, tuple(held.get(link.officer_id, ())), link) for link in links.all_active(session)
    ]
    return [menu(one) for one in actors if one.link.menu_roles != one.roles_word]


def forget(session: Session, chat_id: int) -> None:
    """Nobody knows what the chat's menu shows: it is set again with the next message."""
    for link in links.all_active(session):
        if link.chat_id == chat_id:
            link.menu_roles = None
