"""The Bot API's methods, by name: each takes the sandbox and the parameters of a call and gives its result."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.core import Sandbox
from sandbox.methods import attachments, chats, edits, menus, messages, profile, updates
from sandbox.params import Params

Method = Callable[[Sandbox, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": chats.get_me,
    "getChat": chats.get_chat,
    "sendChatAction": chats.send_chat_action,
    "sendMessage": messages.send_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "editMessageText": edits.edit_message_text,
    "editMessageCaption": edits.edit_message_caption,
    "editMessageReplyMarkup": edits.edit_message_reply_markup,
    "sendDocument": attachments.send_document,
    "sendPhoto": attachments.send_photo,
    "getFile": attachments.get_file,
    "setMyCommands": menus.set_my_commands,
    "setMyName": profile.putting("name"),
    "getMyName": profile.giving("name"),
    "setMyDescription": profile.putting("description"),
    "getMyDescription": profile.giving("description"),
    "setMyShortDescription": profile.putting("short_description"),
    "getMyShortDescription": profile.giving("short_description"),
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
}
_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


def find_method(name: str) -> tuple[str, Method] | None:
    """The method and its name as documented; Telegram does not look at upper and lower case."""
    return _BY_LOWER_NAME.get(name.lower())


def is_method(name: str) -> bool:
    """Whether a fault may name it: a method, or `*` for all of them."""
    return name == "*" or find_method(name) is not None
