"""Asking once more: those above have the officers of a milestone asked, at most once a day for each milestone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from jobs.owed.recipients import Directory
from store import deliveries, detours, links, officers, owed
from store.detours import NUDGE
from store.models import Milestone, Officer
from store.states import DeliveryKind


def _cause(milestone_id: int, today: date) -> str:
    return f"{NUDGE}:{milestone_id}:{today}"


def was_nudged(session: Session, milestone_id: int, today: date) -> bool:
    return detours.by_cause(session, _cause(milestone_id, today)) is not None


def nudge(session: Session, milestone: Milestone, by: Officer, now: datetime, today: date) -> list[Officer]:
    """Owe everybody who is asked for it a message, in the hours of the daily one; gives them, [] for nobody."""
    looked = owed.read(session, [milestone.id], today)
    Directory(session, today).complete(looked)
    people = [person.officer_id for one in looked for person in one.people if person.officer_id != by.id]
    chats = links.chats(session, people) if people else {}
    for part, (officer_id, chat_id) in enumerate(chats.items(), start=1):
        made = deliveries.add(
            session,
            DeliveryKind.EVENT,
            NUDGE,
            chat_id,
            now,
            officer_id=officer_id,
            cause=_cause(milestone.id, today),
            part=part,
        )
        made.payload = {"milestone": milestone.id, "by": by.name}
    return officers.by_ids(session, chats)
