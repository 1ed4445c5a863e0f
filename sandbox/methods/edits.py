"""Editing messages."""

from sandbox import errors
from sandbox.chats import Chat, Content, Message
from sandbox.core import Sandbox
from sandbox.entities import CAPTION_LIMIT, formatted
from sandbox.keyboards import keyboard_of
from sandbox.methods.messages import text_content
from sandbox.params import Params
from sandbox.payloads import message_object
from sandbox.shapes import Json, utf16_length


async def edit_message_text(sandbox: Sandbox, params: Params) -> Json:
    """A new text; a keyboard that is not given again is gone."""
    chat, message = _edited(sandbox, params)
    if message.attachment or message.service:
        raise errors.bad_request(errors.EDIT_NO_TEXT)
    return _replace(sandbox, chat, message, text_content(params, only_inline=True))


async def edit_message_caption(sandbox: Sandbox, params: Params) -> Json:
    """A new caption under a document or photo."""
    from_caption = caption_content(params, only_inline=True)
    chat, message = _edited(sandbox, params)
    if not message.attachment:
        raise errors.bad_request(errors.EDIT_NO_CAPTION)
    return _replace(sandbox, chat, message, from_caption)


async def edit_message_reply_markup(sandbox: Sandbox, params: Params) -> Json:
    """Another keyboard under the same text."""
    chat, message = _edited(sandbox, params)
    keyboard = keyboard_of(params, only_inline=True)
    return _replace(sandbox, chat, message, Content(message.content.text, message.content.entities, keyboard))


def caption_content(params: Params, *, only_inline: bool = False) -> Content:
    """Caption, entities and keyboard of a call; the caption may be empty.

    Raises: ApiError where it is over CAPTION_LIMIT.
    """
    from_params = params.array("caption_entities")
    text, entities = formatted(params.text("caption") or "", params.text("parse_mode"), from_params)
    if utf16_length(text) > CAPTION_LIMIT:
        raise errors.bad_request(errors.CAPTION_TOO_LONG)
    return Content(text, tuple(entities), keyboard_of(params, only_inline=only_inline))


def _edited(sandbox: Sandbox, params: Params) -> tuple[Chat, Message]:
    """The bot's own message that a call names."""
    chat = sandbox.world.writable_chat(params.chat_id())
    number = params.integer("message_id")
    if not number:
        raise errors.bad_request(errors.MESSAGE_ID_MISSING)
    message = chat.messages.get(number)
    if message is None:
        raise errors.bad_request(errors.EDIT_NOT_FOUND)
    if message.sender["id"] != sandbox.world.bot.id:
        raise errors.bad_request(errors.EDIT_REFUSED)
    return chat, message


def _replace(sandbox: Sandbox, chat: Chat, message: Message, content: Content) -> Json:
    if content == message.content:
        raise errors.bad_request(errors.NOT_MODIFIED)
    world = sandbox.world
    message.edit(content, world.clock.unix())
    world.touch(chat)
    return message_object(world, chat, message)
