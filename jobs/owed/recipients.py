"""Who is asked for a milestone: its officers, who stands in for them, or those above where there is nobody."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from jobs.authority.superiors import ABOVE, Above
from store import absences, scan
from store.officers import Place
from store.scan import Person


class Answered(Protocol):
    """A milestone, or whatever else somebody answers for: see store.scan.Looked."""

    assigned: dict[int, date]
    people: list[Person]

    @property
    def task_id(self) -> int: ...
    @property
    def place(self) -> Place: ...


class Directory:
    """Everybody who could be asked on one day besides the officers themselves, read once for a whole scan."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.absences = absences.current(session, today)
        self.above = Above(session, today)
        wanted = {*self._substitutes(), *(one for held in self.above.held.values() for one in held)}
        self.people = scan.people(session, wanted)
        self.above.remember(wanted, {one: person.chat_id for one, person in self.people.items()})

    def _substitutes(self) -> Iterable[int]:
        return (one.substitute_id for one in self.absences.values() if one.substitute_id is not None)

    def complete(self, looked: Sequence[Answered]) -> None:
        """Add to the people of each who stands in for an absent one; else, where it has none, who is above."""
        vacant = [one for one in looked if not one.assigned]
        since = scan.vacant_since(self.session, [one.task_id for one in vacant]) if vacant else {}
        for one in vacant:
            one.people += self._from_above(one, since.get(one.task_id, date.min))
        if self.absences:
            for one in looked:
                one.people += self._standing_in(one)

    def _standing_in(self, one: Answered) -> list[Person]:
        """Reminders from the first day of the absence on go to both; where whoever stands in is away as well and nobody
        else of the task is there, to those above."""
        known = {person.officer_id for person in one.people} | set(one.assigned)
        found, both_away = {}, list[date]()
        for officer_id, from_on in one.assigned.items():
            absence = self.absences.get(officer_id)
            if absence is None or absence.substitute_id is None:
                continue
            person, theirs = self.people.get(absence.substitute_id), self.absences.get(absence.substitute_id)
            since = max(absence.from_on, from_on)
            if theirs is not None:
                both_away.append(max(since, theirs.from_on))
            elif person is not None and person.officer_id not in known:
                found[person.officer_id] = person._replace(since=since)
        is_there = found or any(person.officer_id not in self.absences for person in one.people)
        if both_away and not is_there:
            above = self._from_above(one, min(both_away))
            found = {person.officer_id: person for person in above if person.officer_id not in known}
        return list(found.values())

    def _from_above(self, one: Answered, since: date) -> list[Person]:
        """The lead of its team, else of the department, else its head, whoever can be written to."""
        for _role, holders in self.above.line(ABOVE, one.place):
            if reached := [self.people[holder] for holder in holders if holder in self.people]:
                return [person._replace(since=since) for person in reached]
        return []
