"""Asking once more: those above have the officers of a milestone asked, at most once a day for each milestone."""

from dataclasses import dataclass
from enum import StrEnum

from jobs.authority.permissions import Deed
from jobs.owed.recipients import Directory
from store import chat_links, deliveries, detours, milestones, officers, scan
from store.detours import NUDGE
from store.models import Milestone, Officer
from store.states import DeliveryKind


@dataclass(frozen=True)
class Nudged:
    """Asked once more: who."""

    people: list[Officer]


class NotNudged(StrEnum):
    """Why nobody was asked; nothing has changed."""

    TODAY = "today"  # it was asked today already
    NOBODY = "nobody"  # nobody who is asked for it can be written to
    WAITS = "waits"  # its plan has not started: its officers hear nothing yet


def nudge(deed: Deed, milestone: Milestone) -> Nudged | NotNudged:
    """Owe everybody who is asked for it a message, in the hours of the daily one; not whoever asks."""
    session, cause = deed.session, f"{NUDGE}:{milestone.id}:{deed.today}"
    if milestone.task.plan.awaits_start:
        return NotNudged.WAITS
    if detours.by_cause(session, cause) is not None:
        return NotNudged.TODAY
    looked = scan.read(session, [milestone.id], deed.today)
    Directory(session, deed.today).complete(looked)
    asked = {person.officer_id for one in looked for person in one.people} - {deed.who.officer_id}
    chats = chat_links.chats(session, asked) if asked else {}
    if not chats:
        return NotNudged.NOBODY
    for part, (officer_id, chat_id) in enumerate(chats.items(), start=1):
        made = deliveries.add(
            session, DeliveryKind.EVENT, NUDGE, chat_id, deed.now,
            officer_id=officer_id, cause=cause, part=part,
        )  # fmt: skip
        made.payload = {"milestone": milestone.id, "by": deed.who.name}
    people = officers.by_ids(session, chats)
    after = {"officers": [one.id for one in people]}
    deed.record("nudged", milestones.subject(milestone.id), after=after, revision=milestone.revision)
    return Nudged(people)
