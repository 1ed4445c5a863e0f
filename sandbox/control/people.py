"""Control of persons: who there is, what they write, press, send and block, and that they leave."""

import asyncio
import base64
import binascii
import re
from typing import Any

from sandbox import actions
from sandbox.actions import ActionError
from sandbox.chats import Chat
from sandbox.core import Sandbox
from sandbox.params import Params
from sandbox.persons import Person
from sandbox.shapes import Json
from sandbox.texts import line
from sandbox.town import TownError

START_CODE = re.compile(r"[?&]start=([\w-]+)")


async def add_person(sandbox: Sandbox, body: Params) -> Json:
    """A new person; with the id of a known one, that person is changed. `started`: has met the bot already."""
    world = sandbox.world
    number = body.integer("id") or world.next_person_id()
    there = world.persons.get(number)
    name = (body.text("name") or (there.name if there else "")).strip()
    if not name:
        raise ActionError(line("no-name"))
    person = there or Person(number, name, language=sandbox.language)
    person.name = name
    for key in ("username", "label", "department", "language"):
        if key in body.values:
            setattr(person, key, body.text(key))
    if "start_code" in body.values:
        person.start_code = _code(body.text("start_code"))
    if role := body.text("role"):
        person.start_code = await _invited(sandbox, person, role)
    for key in ("started", "deactivated"):
        if key in body.values:
            setattr(person, f"is_{key}", body.flag(key))
    return world.add_person(person).public()


async def _invited(sandbox: Sandbox, person: Person, role: str) -> str:
    """The code with which the person registers in that role; the town gives it."""
    if sandbox.town is None:
        raise ActionError(line("no-town"), 404)
    try:
        return await asyncio.to_thread(sandbox.town.invite, person.name, person.department, role)
    except TownError as fault:
        raise ActionError(str(fault)) from None


def _code(given: str | None) -> str | None:
    """The code of an invite, which may be given as the link in which the bot hands it over."""
    found = START_CODE.search(given or "")
    return found[1] if found else given


async def send(sandbox: Sandbox, body: Params) -> Json:
    """A person writes in their own chat with the bot, or in a group."""
    person = who(sandbox, body.values.get("person"))
    text, reply_to = body.text("text") or "", body.integer("reply_to") or None
    return actions.write(sandbox, person, where(sandbox, person, body), text, reply_to)


async def press(sandbox: Sandbox, body: Params) -> Json:
    """A person presses a button."""
    person = who(sandbox, body.values.get("person"))
    chat = where(sandbox, person, body)
    data, is_forged = body.text("data") or "", body.flag("forged")
    return actions.press(sandbox, person, chat, body.integer("message_id"), data, is_forged)


async def send_document(sandbox: Sandbox, body: Params) -> Json:
    """A person sends a file, given as base64."""
    person = who(sandbox, body.values.get("person"))
    try:
        content = base64.b64decode(body.text("content_base64") or "", validate=True)
    except (binascii.Error, ValueError):
        raise ActionError(line("no-base64")) from None
    chat, name = where(sandbox, person, body), body.text("name") or "file"
    return actions.send_file(sandbox, person, chat, name, content, body.text("caption") or "")


async def block(sandbox: Sandbox, body: Params) -> Json:
    """A person blocks the bot, or lets it in again."""
    person = who(sandbox, body.values.get("person"))
    actions.block(sandbox, person, body.flag("blocked"))
    return person.public()


async def remove(sandbox: Sandbox, body: Params) -> Json:
    """A person's account is deleted, or the bot is thrown out of a group: the `chat` is on the page no more."""
    chat = sandbox.world.chats.get(body.integer("chat"))
    if chat is None or chat.is_closed:
        raise ActionError(line("no-chat", number=body.integer("chat")), 404)
    if not chat.is_private and chat.bot_status == "member":
        actions.remove_bot(sandbox, sandbox.world.persons[chat.members[0]], chat)
    sandbox.world.remove(chat)
    return {"id": chat.id}


async def add_group(sandbox: Sandbox, body: Params) -> Json:
    """A group of persons with the bot."""
    members = [who(sandbox, member) for member in body.value("members") or []]
    title = body.text("title") or ""
    if not members or not title:
        raise ActionError(line("no-title"))
    chat = actions.found_group(sandbox, title, members)
    return {"id": chat.id, "type": chat.type, "title": chat.title, "members": chat.members}


async def migrate_group(sandbox: Sandbox, body: Params) -> Json:
    """A group becomes a supergroup."""
    target = actions.migrate(sandbox, group(sandbox, body))
    return {"id": target.id, "type": target.type, "title": target.title, "members": target.members}


async def kick_bot(sandbox: Sandbox, body: Params) -> Json:
    """The bot is thrown out of a group."""
    chat = group(sandbox, body)
    actions.remove_bot(sandbox, sandbox.world.persons[chat.members[0]], chat)
    return {"id": chat.id, "bot_status": chat.bot_status}


def who(sandbox: Sandbox, value: Any) -> Person:
    """The person a request names by id, name or username.

    Raises: ActionError where nobody, or more than one, is meant.
    """
    person = sandbox.world.person(value) if isinstance(value, int | str) else None
    if person is None:
        raise ActionError(line("no-person", value=value), 404)
    return person


def where(sandbox: Sandbox, person: Person, body: Params) -> Chat:
    """The chat a request names; the person's own where it names none."""
    number = body.integer("chat") or person.id
    chat = sandbox.world.chats.get(number)
    if chat is None:
        raise ActionError(line("no-chat", number=number), 404)
    return chat


def group(sandbox: Sandbox, body: Params) -> Chat:
    """The group that `chat` names."""
    chat = sandbox.world.chats.get(body.integer("chat"))
    if chat is None or chat.is_private:
        raise ActionError(line("no-group"), 404)
    return chat
