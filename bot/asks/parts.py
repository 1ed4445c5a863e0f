"""[담당자에게 넘기기]: an officer fills in rows of the department's reply, the contact hands them in."""

from __future__ import annotations

from bot.asks import filling, shown, whose
from bot.asks.worded import refusals
from bot.chat.turn import Press, Turn, UsageError, button, ensure_words
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import parts, replies
from reports import asks as listing
from reports.hours import hour_of
from store import asks, officers
from store.deliveries import Message
from store.models import AskPart, Dialogue
from store.states import AnswerState

WHO = "ask-part"


def press_share(turn: Turn, press: Press) -> None:
    """Whom is asked for."""
    own = whose.reply(turn, press.id)
    filling.ensure_own(turn, own)
    with refusals():
        replies.ensure_open(turn.deed, own.ask_id)
    turn.ask(WHO, WHO, answer=own.id)
    turn.answer("ask_part_who", number=own.ask_id, title=own.ask.title)


def carry_who(turn: Turn, asked: Dialogue, text: str) -> None:
    """The officer by name: of the department, who can be written to."""
    own = whose.reply(turn, int(asked.data["answer"]))
    filling.ensure_own(turn, own)
    name = text.strip()
    found = [one for one in officers.find(turn.session, name) if one.department_id == own.department_id]
    if len(found) != 1:
        raise UsageError(say("asks.part-nobody", name=name))
    with refusals(ends_dialogue=True):
        made = parts.hand_over(turn.deed, own, found[0].id)
    turn.forget_asked()
    is_told = turn.hand(found[0].id, "ask-part", lambda: _asked(turn, made)) is not None
    said = label("asks.part-asked", person=found[0], is_told=is_told)
    turn.say(shown.message(turn, own.ask, said))


def _asked(turn: Turn, part: AskPart) -> Message:
    """What the officer hears."""
    own = asks.answer(turn.session, part.answer_id)
    assert own is not None
    text = render.text(
        "ask_part",
        number=own.ask_id,
        title=own.ask.title,
        by=turn.actor.officer,
        due=listing.due_on(own.ask, own),
        hour=hour_of(own.ask.due_minute),
        fields=[one.name for one in listing.form_of(own.ask).asked],
    )
    return Message(text, [[button(label("asks.button.fill"), shown.FILL, own.id)]])


def press_gather(turn: Turn, press: Press) -> None:
    """[모아서 제출]: the rows that came from officers, before the contact's own; nothing is handed in yet."""
    own = whose.reply(turn, press.id)
    filling.ensure_own(turn, own)
    ensure_words("reply")
    with refusals():
        replies.ensure_open(turn.deed, own.ask_id)
    if own.state not in (*asks.OUTSTANDING, AnswerState.ANSWERED):
        raise UsageError(say("asks.confirmed-already"))
    filled = [one for one in asks.parts(turn.session, own.id) if one.filled_at is not None]
    if asks.given(own.ask, own.department_id):  # each is asked about the whole list: the newest counts
        filled = sorted(filled, key=lambda one: (one.filled_at, one.id))[-1:]
    rows = [row for one in filled for row in one.rows]
    if not rows:
        raise UsageError(say("asks.part-none"))
    filling.offer(turn, own, {"answer": own.id, "version": own.version, "cells": {}, "rows": rows})
