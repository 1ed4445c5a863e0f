"""Reminders of people who cannot be reached: who is told instead, and by which other way they are told themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from jobs.owed.recipients import Directory
from jobs.rules.reminder_days import Reminder
from store import deliveries, detours, milestones, reachability, scan, teams
from store.detours import UNREACHED
from store.models import Officer
from store.officers import Place
from store.reachability import Why
from store.scan import Entry, Fate, Key, Looked
from store.states import DeliveryKind, DeliveryState, ItemState, RoleName

Digests = Callable[[dict[int, int]], dict[int, int]]  # officer -> chat to officer -> today's open message
NEVER_ON = date(2000, 1, 1)  # since when somebody cannot be reached who never was
Owed = Callable[[Looked], list[Reminder]]


class Missed(NamedTuple):
    """Somebody who answers for a milestone and cannot be written to; `reminders`: what is owed, oldest first."""

    one: Looked
    officer_id: int
    reminders: list[Reminder]

    @property
    def day(self) -> date:
        assert self.one.key_day is not None
        return self.one.key_day

    def key(self, reader_id: int) -> Key:
        """Of the line that tells the reader of it."""
        subject = detours.unreached_subject(self.officer_id, self.one.id)
        return reader_id, subject, f"u:{self.reminders[-1].rule}", self.day

    def office_key(self, reader_id: int, since: datetime | None) -> Key:
        """Of the line that tells the planning office, once, that the person cannot be reached."""
        return reader_id, f"{UNREACHED}:{self.officer_id}", "u:office", since.date() if since else NEVER_ON

    def own_keys(self) -> list[Key]:
        """Of the person's own reminders."""
        subject = milestones.subject(self.one.id)
        return [(self.officer_id, subject, one.rule, self.day) for one in self.reminders]


class Relay:
    """A page of a scan. `digests` gives people's daily messages of today while they can still be added to."""

    def __init__(self, session: Session, now: datetime, directory: Directory, digests: Digests) -> None:
        self.session = session
        self.now = now
        self.today = directory.today
        self.directory = directory
        self.digests = digests
        self._boxes: dict[tuple[int, int], int | None] = {}
        self._entered: set[Key] = set()

    def cover(self, looked: Sequence[Looked], reminders: Owed, *, by_fallback: bool) -> tuple[int, set[int]]:
        """Enter what is owed to those who cannot be reached; gives how many lines were added, and the milestones of
        which somebody has to wait until tomorrow. `by_fallback`: the organisation has a channel for everybody."""
        missed = list(_missed(looked, reminders))
        if not missed:
            return 0, set()
        fates = scan.fates(self.session, _subjects(missed))
        reasons = reachability.reasons(self.session, {one.officer_id for one in missed})
        entries: list[Entry] = []
        held: set[int] = set()
        for one in missed:
            if one.officer_id in reasons:
                self._tell(one, *reasons[one.officer_id], fates, entries, held)
        own = reachability.with_channel(self.session, {one.officer_id for one in missed})
        for one in missed:
            if by_fallback or one.officer_id in own:
                self._by_fallback(one, fates, entries, held)
        scan.enter(self.session, entries, {key: (fate.item_id, fate.state) for key, fate in fates.items()})
        return sum(one.state is ItemState.INCLUDED for one in entries), held

    def _tell(
        self,
        missed: Missed,
        why: Why,
        since: datetime | None,
        fates: Mapping[Key, Fate],
        entries: list[Entry],
        held: set[int],
    ) -> None:
        """Of each reminder whoever stands nearer; the planning office once that the person cannot be reached."""
        offices = self.directory.above.over(RoleName.PLANNER, None)
        for reader_id, chat_id in self._others(missed, why).items():
            is_office = reader_id in offices
            key = missed.office_key(reader_id, since) if is_office else missed.key(reader_id)
            number = None if is_office else missed.one.id
            is_told = key in fates and deliveries.counts(fates[key].state, fates[key].delivery_state)
            if is_told or key in self._entered:
                continue
            box = self._box(reader_id, chat_id, missed.officer_id, why)
            if box is None:
                held.add(missed.one.id)
            else:
                entries.append(Entry(key, number, ItemState.INCLUDED, box, missed.officer_id))
                self._entered.add(key)

    def _others(self, missed: Missed, why: Why) -> dict[int, int]:
        """The first of these who can be reached, each with the chat: who else answers for the task or stands in,
        the first of the line from the team lead on.

        For somebody never linked it begins with the team lead; a deputy who never linked is missed by nobody
        while the task's lead is reached.
        """
        one = missed.one
        beside = {person.officer_id: person.chat_id for person in one.people}
        if why is Why.NEVER:
            lead = next(iter(one.assigned))
            if missed.officer_id != lead and lead in beside:
                return {}
        elif beside:
            return beside
        return self.directory.above.first(RoleName.LEAD, self._place(missed), {missed.officer_id})

    def _place(self, missed: Missed) -> Place:
        """Where the milestone stands; of one of no department, where the person does."""
        if missed.one.department_id:
            return missed.one.place
        officer = self.session.get_one(Officer, missed.officer_id)
        team = teams.team_of(officer)
        return Place(officer.department_id, team.id if team else None)

    def _box(self, reader_id: int, chat_id: int, missed_id: int, why: Why) -> int | None:
        """Today's daily message, or where it is out an event message; None where today brought one already."""
        key = reader_id, missed_id
        if key not in self._boxes:
            box = self.digests({reader_id: chat_id}).get(reader_id)
            if box is None and why is not Why.NEVER:
                box = self._event(reader_id, chat_id, missed_id)
            self._boxes[key] = box
        return self._boxes[key]

    def _event(self, reader_id: int, chat_id: int, missed_id: int) -> int | None:
        out = deliveries.digest_of(self.session, reader_id, self.today)
        if out is not None and any(one.instead_of_id == missed_id for one in out.items):
            return None
        cause = f"{UNREACHED}:{missed_id}:{reader_id}:{self.today}"
        event = detours.by_cause(self.session, cause)
        if event is None:
            event = deliveries.add(
                self.session,
                DeliveryKind.EVENT,
                UNREACHED,
                chat_id,
                self.now,
                officer_id=reader_id,
                cause=cause,
            )
            self.session.flush()
        return event.id if event.state is DeliveryState.PENDING else None

    def _by_fallback(
        self, missed: Missed, fates: Mapping[Key, Fate], entries: list[Entry], held: set[int]
    ) -> None:
        """What nothing has taken to the person yet: not in the ledger, or in a message that never arrived."""
        fresh = [key for key in missed.own_keys() if key not in fates or _is_lost(fates[key])]
        if not fresh:
            return
        box = self.fallback(missed.officer_id)
        if box is None:
            held.add(missed.one.id)
        else:
            entries += scan.entries(missed.one.id, fresh, box)

    def fallback(self, officer_id: int) -> int | None:
        """Today's message of that person by the fallback channel; None where it is already out."""
        found = detours.fallback_of(self.session, officer_id, self.today)
        if found is None:
            found = deliveries.add(
                self.session,
                DeliveryKind.EVENT,
                detours.FALLBACK,
                detours.NO_CHAT,
                self.now,
                officer_id=officer_id,
                day=self.today,
            )
            self.session.flush()
        return found.id if found.state is DeliveryState.PENDING else None


def _missed(looked: Sequence[Looked], reminders: Owed) -> Iterator[Missed]:
    for one in looked:
        reached = {person.officer_id for person in one.people}
        for officer_id, since in one.assigned.items():
            if officer_id not in reached and one.key_day is not None:
                found = [reminder for reminder in reminders(one) if reminder.on >= since]
                if found:
                    yield Missed(one, officer_id, found)


def _subjects(missed: Sequence[Missed]) -> set[str]:
    told = {detours.unreached_subject(one.officer_id, one.one.id) for one in missed}
    told |= {f"{UNREACHED}:{one.officer_id}" for one in missed}
    return told | {milestones.subject(one.one.id) for one in missed}


def _is_lost(fate: Fate) -> bool:
    """It went into a message that never arrived, or was taken back."""
    is_failed = fate.state is ItemState.INCLUDED and fate.delivery_state is DeliveryState.FAILED
    return fate.state is ItemState.CANCELLED or is_failed
