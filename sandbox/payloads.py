"""Telegram's JSON objects for what exists in the world: Chat, Message, Update payloads."""

from sandbox.chats import Chat, Message
from sandbox.shapes import Json
from sandbox.world import World


def chat_object(world: World, chat: Chat) -> Json:
    """A `Chat` object."""
    if not chat.is_private:
        return {"id": chat.id, "type": chat.type, "title": chat.title}
    person = world.persons[chat.id]
    found: Json = {"id": chat.id, "type": "private", "first_name": person.name}
    if person.username:
        found["username"] = person.username
    return found


def message_object(world: World, chat: Chat, message: Message, *, with_reply: bool = True) -> Json:
    """A `Message` object."""
    found: Json = {
        "message_id": message.id,
        "from": message.sender,
        "chat": chat_object(world, chat),
        "date": message.date,
        **_optional(message),
    }
    reply = chat.messages.get(message.reply_to or 0)
    if reply is not None and with_reply:
        found["reply_to_message"] = message_object(world, chat, reply, with_reply=False)
    return found


def _optional(message: Message) -> Json:
    """Fields that only some messages have."""
    found: Json = {**message.attachment, **message.service}
    content = message.content
    text, entities = ("caption", "caption_entities") if message.attachment else ("text", "entities")
    if content.text:
        found[text] = content.text
        if content.entities:
            found[entities] = list(content.entities)
    if content.keyboard:
        found["reply_markup"] = {"inline_keyboard": [list(row) for row in content.keyboard]}
    if message.edit_date is not None:
        found["edit_date"] = message.edit_date
    return found


def membership(world: World, chat: Chat, actor: Json, old: str, new: str) -> Json:
    """A `ChatMemberUpdated` object about the bot itself."""

    def member(status: str) -> Json:
        extra = {"until_date": 0} if status == "kicked" else {}
        return {"user": world.bot.user(), "status": status, **extra}

    return {
        "chat": chat_object(world, chat),
        "from": actor,
        "date": world.clock.unix(),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
