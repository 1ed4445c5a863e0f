"""Indicators in the daily message: whose value is wanted of the reader, one line each, with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Keyboard, button
from bot.indicators import shown
from bot.texts.render import label, say
from jobs.owed import open_values
from store import indicators
from store.deliveries import Html
from store.indicators import Seat

SHOWN = 3  # of a message; the rest is one count


def own(session: Session, officer_id: int, numbers: Sequence[int], today: date) -> list[Seat]:
    """Of these indicators those whose value is still wanted of the reader."""
    meant = set(numbers)
    found = [one for one in open_values.seats(session, today) if one.number in meant]
    return open_values.wanted(session, found, today).get(officer_id, [])


def lines(session: Session, found: Sequence[Seat]) -> list[Html]:
    """At most three, and of the others how many."""
    told = [
        say("indicators.wanted", number=one.number, name=named.name, unit=named.unit, day=one.ends_on)
        for one in found[:SHOWN]
        if (named := indicators.get(session, one.number)) is not None
    ]
    more = len(found) - SHOWN
    return [*told, say("digest.kpi-more", count=more)] if more > 0 else told


def rows(session: Session, found: Sequence[Seat]) -> Keyboard:
    """[입력] and [지난번과 같음] of each line, and the list where more are meant."""
    each = [
        [
            button(label("indicators.button.enter", number=one.number), shown.ENTER, one.number),
            button(label("indicators.button.same"), shown.SAME, one.number, named.revision),
        ]
        for one in found[:SHOWN]
        if (named := indicators.get(session, one.number)) is not None
    ]
    more = [[button(label("indicators.button.all"), shown.PAGE)]] if len(found) > SHOWN else []
    return each + more
