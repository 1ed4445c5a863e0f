"""What persons do: write, press, send files, block the bot, found groups; each becomes the update Telegram sends."""

import re

from sandbox import entities
from sandbox.chats import Chat, Content, Message
from sandbox.core import Sandbox
from sandbox.payloads import chat_object, membership, message_object
from sandbox.persons import Person
from sandbox.shapes import Json
from sandbox.texts import line
from sandbox.world import SUPERGROUP_BASE

COMMAND_TO = re.compile(r"/\w+(?:@(\w+))?")


class ActionError(Exception):
    """Something a person cannot do; the text is for people."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def write(sandbox: Sandbox, person: Person, chat: Chat, text: str, reply_to: int | None = None) -> Json:
    """A person writes; gives message and update id (None where the bot does not see it)."""
    plain, found = entities.typed(text)
    if not plain:
        raise ActionError(line("empty"))
    if len(plain) > entities.TEXT_LIMIT:
        raise ActionError(line("too-long"))
    return _say(sandbox, person, chat, Content(plain, tuple(found)), reply_to=reply_to)


def send_file(sandbox: Sandbox, person: Person, chat: Chat, name: str, content: bytes, caption: str) -> Json:
    """A person sends a document."""
    if not content:
        raise ActionError(line("empty-file"))
    stored = sandbox.world.files.add(name, content, None)
    plain, found = entities.typed(caption)
    return _say(
        sandbox, person, chat, Content(plain, tuple(found)), attachment={"document": stored.document()}
    )


def press(sandbox: Sandbox, person: Person, chat: Chat, message_id: int, data: str, is_forged: bool) -> Json:
    """A person presses an inline button; `is_forged` skips the check that the button exists."""
    world = sandbox.world
    message = chat.messages.get(message_id)
    if message is None:
        raise ActionError(line("no-message"))
    buttons = [button for row in message.content.keyboard for button in row]
    if not is_forged and data not in [button.get("callback_data") for button in buttons]:
        raise ActionError(line("no-button"))
    query = sandbox.queries.add(person.id, chat.id, message_id, world.clock.now())
    payload = {
        "id": query.id,
        "from": person.user(),
        "message": message_object(world, chat, message),
        "chat_instance": str(-7_000_000_000 + chat.id),
        "data": data,
    }
    return {"query_id": query.id, "update_id": sandbox.updates.add("callback_query", payload)}


def block(sandbox: Sandbox, person: Person, is_blocked: bool) -> None:
    """A person blocks the bot or lets it in again."""
    if person.is_blocked == is_blocked:
        return
    person.is_blocked = is_blocked
    chat = sandbox.world.chats[person.id]
    old, new = ("member", "kicked") if is_blocked else ("kicked", "member")
    sandbox.updates.add("my_chat_member", membership(sandbox.world, chat, person.user(), old, new))
    sandbox.world.touch(chat)


def found_group(sandbox: Sandbox, title: str, members: list[Person]) -> Chat:
    """The first person founds a group with the others and the bot."""
    world = sandbox.world
    chat = world.add_group(title, [person.id for person in members])
    founder = members[0]
    sandbox.updates.add("my_chat_member", membership(world, chat, founder.user(), "left", "member"))
    _announce(sandbox, chat, founder.user(), {"group_chat_created": True})
    return chat


def remove_bot(sandbox: Sandbox, person: Person, chat: Chat) -> None:
    """A person throws the bot out of a group."""
    chat.bot_status = "kicked"
    sandbox.updates.add("my_chat_member", membership(sandbox.world, chat, person.user(), "member", "kicked"))
    sandbox.world.touch(chat)


def migrate(sandbox: Sandbox, chat: Chat) -> Chat:
    """A group becomes a supergroup with a new id; both chats get Telegram's service messages."""
    world = sandbox.world
    if chat.type != "group" or chat.migrated_to is not None:
        raise ActionError(line("only-groups-grow"))
    target = Chat(SUPERGROUP_BASE + chat.id, "supergroup", title=chat.title, members=list(chat.members))
    target.bot_status = chat.bot_status
    world.chats[target.id] = target
    actor = world.persons[chat.members[0]].user()
    _announce(sandbox, chat, actor, {"migrate_to_chat_id": target.id})
    chat.migrated_to = target.id
    _announce(sandbox, target, actor, {"migrate_from_chat_id": chat.id})
    return target


def _announce(sandbox: Sandbox, chat: Chat, actor: Json, service: Json) -> None:
    """A message that Telegram itself writes; the bot always sees it."""
    message = sandbox.world.post(chat, actor, Content(""), service=service)
    sandbox.updates.add("message", message_object(sandbox.world, chat, message))


def _say(
    sandbox: Sandbox,
    person: Person,
    chat: Chat,
    content: Content,
    attachment: Json | None = None,
    reply_to: int | None = None,
) -> Json:
    world = sandbox.world
    _check_may_write(person, chat)
    if chat.is_private:
        _enter(sandbox, person)
    message = world.post(chat, person.user(), content, attachment=attachment or {}, reply_to=reply_to)
    update_id = None
    if _is_seen(sandbox, chat, message):
        update_id = sandbox.updates.add("message", message_object(world, chat, message))
    return {"message_id": message.id, "chat": chat_object(world, chat)["id"], "update_id": update_id}


def _enter(sandbox: Sandbox, person: Person) -> None:
    """With the first message the bot may write to the person; one who blocked the bot lets it in again."""
    block(sandbox, person, is_blocked=False)
    person.is_started = True


def _check_may_write(person: Person, chat: Chat) -> None:
    if person.is_deactivated:
        raise ActionError(line("left-telegram"), 409)
    if person.id not in chat.members:
        raise ActionError(line("no-member"), 403)
    if chat.migrated_to is not None:
        raise ActionError(line("has-moved"), 409)


def _is_seen(sandbox: Sandbox, chat: Chat, message: Message) -> bool:
    """Whether the bot gets to see a message: in groups privacy mode hides what is not meant for it."""
    if chat.is_private:
        return True
    if chat.bot_status != "member":
        return False
    bot, text = sandbox.world.bot, message.content.text
    replied = chat.messages.get(message.reply_to or 0)
    if (replied and replied.sender["id"] == bot.id) or f"@{bot.username}".lower() in text.lower():
        return True
    command = COMMAND_TO.match(text)
    return bool(command and command[1] is None)
