"""The command menu of a chat follows its person's roles."""

from __future__ import annotations

import re
from datetime import date
from json import dumps

from telegram import Update

from bot.intake.menus import Menu
from jobs.clock import real_now
from store import inbox, officers
from store.models import Officer, Role
from store.states import RoleName
from tests.bot.chat import BOT_ID, Chat


def shown_after(chat: Chat, name: str, text: str) -> list[str] | None:
    """The commands of the menu that the message brings; None where the menu stays."""
    user = chat.people[name]
    sender = {"id": user, "is_bot": False, "first_name": name}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": user, "type": "private"},
        "from": sender,
        "text": text,
    }
    chat._update_id += 1
    json = {"update_id": chat._update_id, "message": message}
    with chat.store.write() as session:
        [row] = inbox.receive(session, BOT_ID, [(chat._update_id, user, dumps(json))], real_now())
    return names(chat.dispatcher.handle(row.id, Update.de_json(json, None)))


def names(menu: Menu | None) -> list[str] | None:
    return [name for name, _ in menu.commands] if menu else None


def grant(chat: Chat, name: str, role: RoleName) -> None:
    today = chat.rules.calendar.local_date(chat.clock.now())
    with chat.store.write() as session:
        officers.grant(session, session.get_one(Officer, chat.officer(name).id), role, today, None)


def test_a_message_leaves_the_menu_as_it_is_while_the_roles_stay(linked: Chat) -> None:
    assert shown_after(linked, "김하늘", "/my") is None


def test_a_role_that_was_granted_brings_its_commands_with_the_next_message(linked: Chat) -> None:
    grant(linked, "김하늘", RoleName.PLANNER)
    shown = shown_after(linked, "김하늘", "/my")
    assert shown is not None
    assert {"past", "approve", "status"} <= set(shown)
    assert shown_after(linked, "김하늘", "/my") is None


def test_a_role_that_has_ended_takes_its_commands_along_on_the_next_day(linked: Chat) -> None:
    with linked.store.write() as session:
        [role] = session.query(Role).where(Role.role == RoleName.PLANNER)
        role.until_on = date(2026, 6, 30)
    assert linked.dispatcher.outdated_menus() == []
    linked.clock.forward(days=1)
    [menu] = linked.dispatcher.outdated_menus()
    assert menu.chat_id == linked.people["최기획"]
    assert "past" not in (names(menu) or [])
    assert linked.dispatcher.outdated_menus() == []


def test_a_menu_that_could_not_be_set_is_tried_again(linked: Chat) -> None:
    linked.dispatcher.forget_menu(linked.people["김하늘"])
    assert shown_after(linked, "김하늘", "/my") is not None


def test_help_and_menu_show_the_same(linked: Chat) -> None:
    linked.dispatcher.forget_menu(linked.people["이팀장"])
    shown = shown_after(linked, "이팀장", "/help")
    text = linked.say("이팀장", "/help")[0]
    assert shown is not None
    assert set(shown) <= set(re.findall(r"/([a-z]+)", text))
    assert "bind" not in shown
