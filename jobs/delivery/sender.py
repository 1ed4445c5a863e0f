"""Sender: how a finished message reaches a chat, and the one error it may end in."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Protocol, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    TelegramError,
)

from jobs.delivery.pace import SEND_TIMEOUT_S
from jobs.delivery.telegram_errors import SendError, SendFault, classify
from store.deliveries import Html, Message

log = logging.getLogger(__name__)
T = TypeVar("T")
PICTURE = ".png"  # what is seen in the chat itself, without opening a file
Put = Callable[[int, Message, ParseMode | None], Awaitable[T]]


class Sender(Protocol):
    """Contract of a way out. Both calls end within SEND_TIMEOUT_S and raise nothing but SendError."""

    async def send(self, chat_id: int, message: Message) -> int:
        """Send and give the message's id in the chat."""

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        """Bring a message up to date."""


# Telegram's words for a topic that takes no message any more.
TOPIC_IS_SHUT = ("topic_closed", "topic_deleted", "message thread not found", "topic closed", "topic deleted")
# Telegram's words for text whose markup it cannot read.
MARKUP_IS_WRONG = ("can't parse entities", "can't parse message text", "can't parse caption")
_TAG = re.compile(r"</?[a-z][^<>]*>")


def markup(message: Message) -> InlineKeyboardMarkup | None:
    """The keyboard as Telegram wants it; None for none."""
    rows = [
        [InlineKeyboardButton(one["text"], callback_data=one["data"], style=one.get("style")) for one in row]
        for row in message.keyboard
    ]
    return InlineKeyboardMarkup(rows) if rows else None


class TelegramSender:
    """Sends over the Bot API."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def send(self, chat_id: int, message: Message) -> int:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                sent = await self._or_plain(chat_id, message, self._into_topic)
        except TelegramError as error:
            raise classify(error) from None
        except TimeoutError:
            raise SendError(SendFault.UNCERTAIN, "no answer in time") from None
        return sent.message_id

    async def _or_plain(self, chat_id: int, message: Message, put: Put[T]) -> T:
        """What Telegram cannot read as HTML goes out once more as plain words: a refusal would leave its reader with
        nothing, and nobody would hear of it."""
        try:
            return await put(chat_id, message, ParseMode.HTML)
        except BadRequest as error:
            if not any(words in error.message.lower() for words in MARKUP_IS_WRONG):
                raise
        log.error("action=sent-plain chat=%d", chat_id)
        words = Html(unescape(_TAG.sub("", message.text)))
        return await put(chat_id, replace(message, text=words), None)

    async def _into_topic(self, chat_id: int, message: Message, mode: ParseMode | None) -> TelegramMessage:
        """Where its topic is closed or gone, into the chat itself: nothing was sent by what Telegram refused."""
        try:
            return await self._put(chat_id, message, mode)
        except BadRequest as error:
            if message.topic_id is None or not any(one in error.message.lower() for one in TOPIC_IS_SHUT):
                raise
        log.warning("action=topic-shut chat=%d", chat_id)
        return await self._put(chat_id, replace(message, topic_id=None), mode)

    async def _put(self, chat_id: int, message: Message, mode: ParseMode | None) -> TelegramMessage:
        keyboard = markup(message)
        if message.document is not None:
            return await self._put_file(chat_id, message, mode, keyboard)
        if message.photo is not None:
            return await self.bot.send_photo(
                chat_id,
                message.photo,
                caption=message.text,
                parse_mode=mode,
                reply_markup=keyboard,
                message_thread_id=message.topic_id,
            )
        return await self.bot.send_message(
            chat_id,
            message.text,
            parse_mode=mode,
            reply_markup=keyboard,
            message_thread_id=message.topic_id,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def _put_file(
        self, chat_id: int, message: Message, mode: ParseMode | None, keyboard: InlineKeyboardMarkup | None
    ) -> TelegramMessage:
        """A picture is shown at once, anything else is a file."""
        assert message.document is not None
        name, content = message.document
        topic, file = message.topic_id, InputFile(content, filename=name)
        is_picture = name.endswith(PICTURE)
        if is_picture:
            await self.bot.send_chat_action(chat_id, ChatAction.UPLOAD_PHOTO, message_thread_id=topic)
        put = self.bot.send_photo if is_picture else self.bot.send_document
        return await put(
            chat_id,
            file,
            caption=message.text,
            parse_mode=mode,
            reply_markup=keyboard,
            message_thread_id=topic,
        )

    async def _edit(
        self, message_id: int, chat_id: int, message: Message, mode: ParseMode | None
    ) -> TelegramMessage | bool:
        return await self.bot.edit_message_text(
            message.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=mode,
            reply_markup=markup(message),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._or_plain(chat_id, message, partial(self._edit, message_id))
        except TelegramError as error:
            raise classify(error) from None
        except TimeoutError:
            raise SendError(SendFault.UNCERTAIN, "no answer in time") from None
