"""Whose words a message holds, before what they say: passed on, for another bot, in which topic; and in what letters."""

from __future__ import annotations

import re
from typing import Any

from telegram import Message, Update

from plans.characters import ASCII_DIGITS, ID_DIGITS, composed

MOST_READ = 500  # characters of a foreign text in which numbers are looked for
MOST_NUMBERS = 20
_ADDRESSED = re.compile(r"\s*/[^\s@]{1,64}@(?P<bot>[A-Za-z0-9_]{1,64})")
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{1,{ID_DIGITS}}}(?![0-9])")


def in_composed_letters(update: Update) -> Update:
    """The update with every text of it composed (NFC), however its sender's keyboard gave it."""
    message = update.message or update.edited_message
    if message is None:
        return update
    sender = message.from_user.full_name if message.from_user else ""
    texts = [message.text or "", message.caption or "", sender]
    if all(composed(one) == one for one in texts):
        return update
    return Update.de_json(_composed(update.to_dict()), None)


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, dict):
        return {key: _composed(one) for key, one in value.items()}
    return [_composed(one) for one in value] if isinstance(value, list) else value


def words_of(message: Message) -> str:
    """What is written in it: its text, or what stands under its picture or file."""
    return message.text or message.caption or ""


def is_passed_on(message: Message) -> bool:
    """The words are not the sender's own: forwarded, or made by another bot (via @…)."""
    return message.forward_origin is not None or message.via_bot is not None


def is_for_another(message: Message, username: str | None) -> bool:
    """A command that names another bot (/status@other); `username` None: ours is not known."""
    found = _ADDRESSED.match(words_of(message))
    return found is not None and username is not None and found["bot"].lower() != username.lower()


def topic_of(message: Message) -> int | None:
    """The topic of a forum in which it was written; None for none and for General."""
    return message.message_thread_id if message.is_topic_message else None


def numbers_in(text: str) -> list[int]:
    """The numbers that may name something, in their order, each once."""
    found = _NUMBER.findall(text[:MOST_READ].translate(ASCII_DIGITS))
    return list(dict.fromkeys(map(int, found)))[:MOST_NUMBERS]
