"""Whose words a message holds, before what they say: passed on, for another bot, in which topic."""

from __future__ import annotations

import re

from telegram import Message, MessageReactionUpdated, ReactionTypeEmoji

from plans.characters import ASCII_DIGITS, ID_DIGITS

THUMB_UP = "👍"
MOST_READ = 500  # characters of a foreign text in which numbers are looked for
MOST_NUMBERS = 20
LONGEST = 1_000  # characters of a message that are read
LONGEST_GAP = 8
_GAP = re.compile(rf"(\s{{{LONGEST_GAP}}})\s+")
_ADDRESSED = re.compile(r"\s*/[^\s@]{1,64}@(?P<bot>[A-Za-z0-9_]{1,64})")
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{1,{ID_DIGITS}}}(?![0-9])")


def words_of(message: Message) -> str:
    """What is written in it: its text, or what stands under its picture or file."""
    return message.text or message.caption or ""


def said(message: Message) -> str:
    """What somebody wrote to be read: no more of it than a command, its numbers and more words than are kept; and no
    long gaps, for patterns may have white space beside white space (tests/house/test_patterns.py)."""
    return _GAP.sub(r"\1", (message.text or "")[:LONGEST])


def is_passed_on(message: Message) -> bool:
    """The words are not the sender's own: forwarded, or made by another bot (via @…)."""
    return message.forward_origin is not None or message.via_bot is not None


def addressee(message: Message) -> str | None:
    """The bot that a command names (/status@other); None for none."""
    found = _ADDRESSED.match(words_of(message))
    return found["bot"] if found is not None else None


def is_thumb_up(change: MessageReactionUpdated) -> bool:
    """👍 was put under the message; taking it away, and any other sign, is none."""
    before, after = (
        {one.emoji for one in each if isinstance(one, ReactionTypeEmoji)}
        for each in (change.old_reaction, change.new_reaction)
    )
    return THUMB_UP in after and THUMB_UP not in before


def topic_of(message: Message) -> int | None:
    """The topic of a forum in which it was written; None for none and for General."""
    return message.message_thread_id if message.is_topic_message else None


def numbers_in(text: str) -> list[int]:
    """The numbers that may name something, in their order, each once."""
    found = _NUMBER.findall(text[:MOST_READ].translate(ASCII_DIGITS))
    return list(dict.fromkeys(map(int, found)))[:MOST_NUMBERS]
