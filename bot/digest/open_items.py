"""Items in the daily message: what is wanted of the reader, what waits to be closed, and an hour that comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Keyboard, button
from bot.items import shown
from bot.texts import render
from bot.texts.render import label, say
from jobs.owed import open_items
from reports.hours import hour_of
from store import items
from store.deliveries import Html, Message
from store.items import Seat
from store.models import Delivery, Item, ItemPart
from store.states import ItemStage

SHOWN = 3  # of a message; the rest is one count


def own(session: Session, officer_id: int, numbers: Sequence[int], today: date) -> list[Item]:
    """Of these items those of which something is still wanted of the reader."""
    seats = items.seats(session, Item.id.in_(numbers))
    wanted = dict.fromkeys(
        one.item_id for one in open_items.wanted(session, seats, today).get(officer_id, [])
    )
    found = items.by_numbers(session, wanted)
    return [found[one] for one in wanted]


def lines(found: Sequence[Item], today: date) -> list[Html]:
    """At most three, and of the others how many."""
    told = [shown.line(one, today) for one in found[:SHOWN]]
    more = len(found) - SHOWN
    return [*told, say("digest.items-more", count=more)] if more > 0 else told


def rows(found: Sequence[Item]) -> Keyboard:
    """[답변] of each line, and the list where more are meant."""
    answer = [
        button(label("items.button.answer", number=one.id), shown.VIEW, one.id) for one in found[:SHOWN]
    ]
    more = [[button(label("items.button.all"), shown.PAGE)]] if len(found) > SHOWN else []
    return ([answer] if answer else []) + more


def to_close(session: Session, numbers: Sequence[int]) -> list[Seat]:
    """Of these items those whose closing is still asked for."""
    return open_items.to_close(items.seats(session, Item.id.in_(numbers)))


def hour(session: Session, delivery: Delivery, today: date) -> Message | None:
    """The hour comes; None where the reply came in meanwhile, or its day is another one now."""
    part = session.get(ItemPart, delivery.payload["part"])
    item = part.item if part is not None else None
    if part is None or item is None or item.state is not ItemStage.OPEN or item.due_on != today:
        return None
    if item.due_minute is None or (part.position and part.version):
        return None
    text = render.text("raised_hour", number=item.id, title=item.title, hour=hour_of(item.due_minute))
    return Message(text, [[button(label("items.button.answer", number=item.id), shown.VIEW, item.id)]])
