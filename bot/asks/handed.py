"""Rows that an officer was handed and has filled in: they go to the contact, who hands them in."""

from __future__ import annotations

from typing import Any

from bot.asks import shown
from bot.asks.worded import refusals
from bot.chat.turn import Turn, button
from bot.texts import render
from bot.texts.render import label
from jobs.asks import parts
from store import asks
from store.deliveries import Message
from store.models import AskAnswer, AskPart


def fill(turn: Turn, own: AskAnswer, rows: list[dict[str, Any]]) -> bool:
    """The rows go to the contact; False where nothing was handed to the speaker."""
    part = asks.part_of(turn.session, own.id, turn.actor.officer.id)
    if part is None:
        return False
    with refusals():
        done = parts.fill(turn.deed, part, rows)
    me, by = turn.actor.officer, done.asked_by_id
    if by is not None and by != me.id:
        turn.hand(by, "ask-part-filled", lambda: _filled(done, len(rows)))
    turn.answer("ask_part_done", number=own.ask_id, title=own.ask.title, count=len(rows))
    return True


def _filled(part: AskPart, count: int) -> Message:
    """What the contact hears."""
    own = part.answer
    text = render.text(
        "ask_part_filled", number=own.ask_id, title=own.ask.title, by=part.officer, count=count
    )
    return Message(text, [[button(label("asks.button.gather"), shown.GATHER, own.id)]])
