"""What the reader of a daily message follows of others and what became of it: a line each, under a title of its own."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.texts import render
from jobs.authority.permissions import Standing, viewable
from jobs.owed.followed import FOLLOWED
from store import follows, milestones
from store.deliveries import Html
from store.models import DeliveryItem


def lines(session: Session, items: Sequence[DeliveryItem], reader: Standing, today: date) -> list[Html]:
    """How it stands by now, of what the reader may still see."""
    named = [one.subject.partition(":") for one in items]
    numbers = [int(number) for kind, _, number in named if kind == FOLLOWED]
    seen = viewable(session, reader, numbers, today) if numbers else set()
    return [
        render.text("followed_line", milestone=one, word=follows.word(one, today), today=today)
        for one in milestones.by_ids(session, seen)
    ]
