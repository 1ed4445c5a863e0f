"""sendMessage and answerCallbackQuery."""

from sandbox import errors
from sandbox.chats import Chat, Content
from sandbox.core import Sandbox
from sandbox.entities import check_text, formatted
from sandbox.keyboards import keyboard_of
from sandbox.params import Params
from sandbox.payloads import message_object
from sandbox.shapes import Json, utf16_length

ANSWER_LIMIT = 200
"""Characters of a callback answer."""


async def send_message(sandbox: Sandbox, params: Params) -> Json:
    """A new text message of the bot."""
    world = sandbox.world
    chat = world.writable_chat(params.chat_id())
    content = text_content(params)
    reply_to = reply_target(chat, params)
    message = world.post(chat, world.bot.user(), content, reply_to=reply_to)
    return message_object(world, chat, message)


async def answer_callback_query(sandbox: Sandbox, params: Params) -> bool:
    """End the waiting state of a pressed button, with a text where there is one."""
    query = sandbox.queries.answerable(params.text("callback_query_id"), sandbox.world.clock.now())
    if query is None:
        raise errors.bad_request(errors.QUERY_TOO_OLD)
    text = params.text("text") or ""
    if utf16_length(text) > ANSWER_LIMIT:
        raise errors.bad_request(errors.CALLBACK_TEXT_TOO_LONG)
    sandbox.world.toast(
        {
            "query_id": query.id,
            "person": query.person_id,
            "chat": query.chat_id,
            "message_id": query.message_id,
            "text": text,
            "show_alert": params.flag("show_alert"),
        }
    )
    return True


def text_content(params: Params, *, only_inline: bool = False) -> Content:
    """Text, entities and keyboard of a call, checked."""
    text, entities = formatted(params.text("text") or "", params.text("parse_mode"), params.array("entities"))
    check_text(text)
    return Content(text, tuple(entities), keyboard_of(params, only_inline=only_inline))


def reply_target(chat: Chat, params: Params) -> int | None:
    """The message that is answered; None for a message that answers none.

    Raises: ApiError where it does not exist and the call does not allow for that.
    """
    reply = Params(params.object("reply_parameters"))
    number = reply.integer("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    if number in chat.messages:
        return number
    if reply.flag("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise errors.bad_request(errors.REPLY_NOT_FOUND)
