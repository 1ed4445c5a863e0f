"""What is said of people who cannot be reached: in lists, to those who are told instead, by the other channel."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.line import Section, key_day, section
from bot.chat.turn import button
from bot.texts import render
from bot.texts.render import label, words
from reports.texts.hidden_titles import shown_title
from store import chat_links, milestones, reachability
from store.deliveries import Html, Message
from store.models import Delivery, DeliveryItem, Milestone, Officer
from store.reachability import Why
from store.states import ItemState

PEOPLE_SHOWN = 10  # in one daily message; the list has all of them
OPEN_LIST = "unreachopen"


def why_words(why: Why) -> str:
    """Why somebody cannot be reached, as people read it."""
    return words("digest.why")[why]


def own(items: Sequence[DeliveryItem]) -> list[DeliveryItem]:
    """The items that are the reader's own, or lists of the planning office."""
    return [one for one in items if one.instead_of_id is None]


def lines(session: Session, items: Sequence[DeliveryItem], today: date) -> list[Html]:
    """One line for each person whose reminders the reader gets instead; who is back meanwhile is left out."""
    by_person: dict[int, list[int]] = defaultdict(list)
    for one in items:
        missed = one.instead_of_id
        if missed is not None and one.milestone_id is not None and one.state is ItemState.INCLUDED:
            by_person[missed].append(one.milestone_id)
    reasons = reachability.reasons(session, by_person)
    found = [
        _line(session.get_one(Officer, missed), reasons[missed][0], milestones.by_ids(session, ids), today)
        for missed, ids in by_person.items()
        if missed in reasons
    ]
    if len(found) > PEOPLE_SHOWN:
        rest = render.text("unreached_more", count=len(found) - PEOPLE_SHOWN)
        return [*found[:PEOPLE_SHOWN], rest]
    return found


def _line(officer: Officer, why: Why, open_ones: Sequence[Milestone], today: date) -> Html:
    return render.text(
        "unreached_line",
        officer=officer,
        why=why_words(why),
        milestones=[{"id": one.id, "title": shown_title(one), "day": key_day(one)} for one in open_ones],
        today=today,
    )


def event(session: Session, delivery: Delivery, today: date, *, is_repeat: bool) -> Message | None:
    """The message for somebody whose daily message is already out; None where everybody is back."""
    told = lines(session, delivery.items, today)
    if not told:
        return None
    return Message(render.text("unreached", is_repeat=is_repeat, lines=told), [])


def _is_start(item: DeliveryItem) -> bool:
    return item.milestone is not None and item.milestone.due_on is None


def list_button() -> list[dict[str, str]]:
    return [button(label("digest.button.unreachopen"), OPEN_LIST)]


def by_fallback(session: Session, delivery: Delivery, organisation: str, today: date) -> Message | None:
    """The day's message in short plain text: counts and numbers, no titles, which may hold what is not for
    every channel. None where nothing of it is left."""
    assert delivery.officer is not None and delivery.officer_id is not None
    if chat_links.active(session, delivery.officer_id) is not None:
        return None
    items = [
        one for one in delivery.items if one.state is ItemState.INCLUDED and one.milestone_id is not None
    ]
    if not items:
        return None
    where = [section(one.due_on, today, is_start=_is_start(one)) for one in items]
    text = render.text(
        "fallback",
        organisation=organisation,
        officer=delivery.officer,
        day=today,
        counts=[(one.heading, where.count(one)) for one in Section if one in where],
        numbers=sorted(one.milestone_id for one in items if one.milestone_id is not None),
    )
    return Message(render.unmarked(text), [])
