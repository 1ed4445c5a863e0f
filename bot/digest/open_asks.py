"""Requests in the daily message: whose reply is wanted, which replies wait to be confirmed, and an hour that comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.asks import shown
from bot.chat.turn import Keyboard, button
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.superiors import Above
from jobs.owed import open_asks
from reports import asks as listing
from reports.hours import hour_of
from store import asks
from store.asks import Seat
from store.deliveries import Html, Message
from store.models import Delivery
from store.states import AnswerState, AskState

SHOWN = 3  # of a message; the rest is one count


def own(session: Session, officer_id: int, numbers: Sequence[int], today: date) -> list[Seat]:
    """Of those requests the replies for which the reader is asked; what came in meanwhile is left out."""
    seats = asks.seats(session, today, numbers=set(numbers), states=asks.OUTSTANDING)
    return open_asks.wanted(session, seats, today).get(officer_id, [])


def lines(session: Session, seats: Sequence[Seat], today: date) -> list[Html]:
    """At most three, and of the others how many."""
    titles = asks.by_numbers(session, {one.ask_id for one in seats[:SHOWN]})
    told = [
        render.text(
            "ask_line",
            number=one.ask_id,
            title=titles[one.ask_id].title,
            day=one.due_on,
            hour=hour_of(one.due_minute),
            left=(one.due_on - today).days,
            is_back=one.state is AnswerState.SENT_BACK,
            today=today,
        )
        for one in seats[:SHOWN]
    ]
    more = len(seats) - SHOWN
    return [*told, say("digest.asks-more", count=more)] if more > 0 else told


def rows(seats: Sequence[Seat]) -> Keyboard:
    """[답하기] of each line."""
    return [
        [button(label("asks.button.answer", number=one.ask_id), shown.FILL, one.answer_id)]
        for one in seats[:SHOWN]
    ]


def to_confirm(session: Session, officer_id: int, today: date) -> list[Seat]:
    """Every reply that waits for the reader, told before or not: one card for all of them."""
    seats = asks.seats(session, today, states=asks.WAITING)
    return open_asks.to_confirm(seats, Above(session, today)).get(officer_id, []) if seats else []


def check_lines(seats: Sequence[Seat]) -> list[Html]:
    return [say("digest.asks-check", count=len(seats))] if seats else []


def hour(session: Session, delivery: Delivery, today: date) -> Message | None:
    """The hour comes; None where the reply came in meanwhile, the request is over, or its day is another one now."""
    found = asks.answer(session, delivery.payload["answer"])
    if found is None or found.state not in asks.OUTSTANDING or found.ask.state is not AskState.OPEN:
        return None
    if listing.due_on(found.ask, found) != today or found.ask.due_minute is None:
        return None
    text = render.text(
        "ask_hour", number=found.ask_id, title=found.ask.title, hour=hour_of(found.ask.due_minute)
    )
    return Message(text, [[button(label("asks.button.fill"), shown.FILL, found.id)]])
