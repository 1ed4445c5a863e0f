"""An update as Telegram sent it: checked and in whole letters; and whose words a message holds, before what they say."""

import json
import re
from dataclasses import dataclass
from typing import Any, Self

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Document,
    InaccessibleMessage,
    MaybeInaccessibleMessage,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    Update,
    User,
)

from plans.text.characters import ASCII_DIGITS, ID_DIGITS, composed

# What we look at, and what it must be. Source: Bot API, "Available types".
LOOKED_AT: dict[type, dict[str, Any]] = {
    Update: {
        "message": Message | None,
        "edited_message": Message | None,
        "callback_query": CallbackQuery | None,
        "message_reaction": MessageReactionUpdated | None,
        "my_chat_member": ChatMemberUpdated | None,
    },
    Message: {
        "message_id": int,
        "chat": Chat,
        "from_user": User | None,
        "sender_chat": Chat | None,
        "text": str | None,
        "caption": str | None,
        "media_group_id": str | None,
        "message_thread_id": int | None,
        "migrate_to_chat_id": int | None,
        "migrate_from_chat_id": int | None,
        "reply_to_message": Message | None,
        "document": Document | None,
    },
    InaccessibleMessage: {"message_id": int, "chat": Chat},
    CallbackQuery: {
        "id": str,
        "from_user": User,
        "data": str | None,
        "message": MaybeInaccessibleMessage | None,
    },
    MessageReactionUpdated: {"chat": Chat, "message_id": int, "user": User | None},
    ChatMemberUpdated: {
        "chat": Chat,
        "from_user": User,
        "old_chat_member": ChatMember,
        "new_chat_member": ChatMember,
    },
    ChatMember: {"status": str},  # of a kind that the library does not know
    Chat: {"id": int, "type": str, "title": str | None, "username": str | None},
    User: {"id": int, "first_name": str, "last_name": str | None, "username": str | None},
    Document: {"file_id": str, "file_name": str | None, "file_size": int | None},
}
LARGEST = 1 << 63  # the first number that the store has no room for

THUMB_UP = "👍"
MOST_READ = 500  # characters of a foreign text in which numbers are looked for
MOST_NUMBERS = 20
LONGEST = 1_000  # characters of a message that are read
LONGEST_GAP = 8
_HALF = re.compile(r"[\ud800-\udfff\x00]")
_GAP = re.compile(rf"(\s{{{LONGEST_GAP}}})\s+")
_ADDRESSED = re.compile(r"\s*/[^\s@]{1,64}@(?P<bot>[A-Za-z0-9_]{1,64})")
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{1,{ID_DIGITS}}}(?![0-9])")


def read(text: str, bot: Bot | None) -> Update:
    """The update as the library has it. Raises whatever the library raises for what it cannot read, and TypeError
    where a part that we look at is not what Telegram says it is: the library takes anything for anything."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError("no update")
    update = Update.de_json(in_whole_letters(found), bot)
    for name in LOOKED_AT[Update]:
        _check(getattr(update, name), name)
    return update


def in_whole_letters(value: Any) -> Any:
    """The JSON value with every text of it composed (NFC), however its sender's keyboard gave it, and without halves of
    letters and NUL, which neither a store nor a digest takes."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else composed(_HALF.sub("\ufffd", value))
    if isinstance(value, dict):
        return {key: in_whole_letters(one) for key, one in value.items()}
    return [in_whole_letters(one) for one in value] if isinstance(value, list) else value


def _check(value: Any, where: str) -> None:
    """Raises TypeError where the object, or one that it holds, is of another kind than its place."""
    for name, kind in LOOKED_AT.get(type(value), {}).items():
        held = getattr(value, name)
        is_right = isinstance(held, kind) and (not isinstance(held, int) or -LARGEST <= held < LARGEST)
        if not is_right:
            raise TypeError(f"{where}.{name}")
        _check(held, f"{where}.{name}")


@dataclass(frozen=True)
class Written:
    """What a message says, and whose words they are.

    `words`: its text, or what stands under its picture or file. `text`: of its text what is read. `addressee`: the bot
    that a command names (/status@other). `topic_id`: of a forum; None for none and for General. `answered_id`: the
    message that it answers to.
    """

    words: str
    text: str
    is_passed_on: bool
    addressee: str | None
    topic_id: int | None
    answered_id: int | None

    @classmethod
    def of(cls, message: Message) -> Self:
        words, answered = message.text or message.caption or "", message.reply_to_message
        addressed = _ADDRESSED.match(words)
        return cls(
            words,
            said(message),
            message.forward_origin is not None
            or message.via_bot is not None,  # another's, or made by another bot (@…)
            addressed["bot"] if addressed is not None else None,
            message.message_thread_id if message.is_topic_message else None,
            answered.message_id if answered is not None else None,
        )


def said(message: Message) -> str:
    """What somebody wrote to be read: no more of it than a command, its numbers and more words than are kept; and no
    long gaps, for patterns may have white space beside white space (tests/house/test_patterns.py)."""
    return _GAP.sub(r"\1", (message.text or "")[:LONGEST])


def is_thumb_up(change: MessageReactionUpdated) -> bool:
    """👍 was put under the message; taking it away, and any other sign, is none."""
    before, after = (
        {one.emoji for one in each if isinstance(one, ReactionTypeEmoji)}
        for each in (change.old_reaction, change.new_reaction)
    )
    return THUMB_UP in after and THUMB_UP not in before


def numbers_in(text: str) -> list[int]:
    """The numbers that may name something, in their order, each once."""
    found = _NUMBER.findall(text[:MOST_READ].translate(ASCII_DIGITS))
    return list(dict.fromkeys(map(int, found)))[:MOST_NUMBERS]
