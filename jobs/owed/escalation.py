"""Up the line: what is late without a word is told to the team lead, the head, the planning office, in turn."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from jobs.authority.superiors import LINE, Above, rank
from jobs.milestones.changes import timeline_of
from jobs.owed.recipients import Directory
from jobs.rules.escalation_steps import Step, silent_since, steps
from jobs.rules.policy import Rules
from store import escalations, scan, teams
from store.escalations import Told
from store.models import Milestone
from store.officers import Place
from store.scan import Entry, Key, Known, Looked
from store.states import ItemState, MilestoneState, RoleName

Digests = Callable[[dict[int, int]], dict[int, int]]  # officer -> chat to officer -> today's open message


class Late(NamedTuple):
    """A milestone of which nobody has said a word since a day, and the levels whose day has come."""

    one: Looked
    since: date
    due: list[Step]


class Escalation:
    """A page of a scan. `digests` gives people's daily messages of today while they can still be added to."""

    def __init__(self, session: Session, rules: Rules, directory: Directory, digests: Digests) -> None:
        self.session = session
        self.rules = rules
        self.today = directory.today
        self.directory = directory
        self.digests = digests

    def cover(self, looked: Sequence[Looked]) -> tuple[int, set[int]]:
        """Enter the lines; gives how many, and the milestones that have to be looked at again tomorrow."""
        late = self._late(looked)
        if not late:
            return 0, set()
        ids = [one.one.id for one in late]
        explained = escalations.asked_for_delay(self.session, ids)
        told = escalations.told(self.session, ids)
        entries: list[Entry] = []
        held: set[int] = set()
        for one in late:
            if one.one.id not in explained:
                subject = escalations.subject_of(one.one.id)
                mine = [row for row in told if row.subject == subject and row.since == one.since]
                self._tell(one, mine, entries, held)
        known: dict[Key, Known] = {
            (row.officer_id, row.subject, row.rule, row.since): (row.item_id, row.state) for row in told
        }
        scan.enter(self.session, entries, known)
        return len(entries), held

    def _late(self, looked: Sequence[Looked]) -> list[Late]:
        """Those of which somebody above should have heard by today."""
        found = []
        floors: dict[datetime, date] = {}
        for one in looked:
            is_explained = one.explained_due_on is not None and one.explained_due_on == one.due_on
            since = self._since(one, floors)
            if since is None or since >= self.today or is_explained:
                continue
            due = [
                step
                for step in steps(since, self.rules.escalation, self.rules.calendar)
                if step.on <= self.today
            ]
            if due:
                found.append(Late(one, since, due))
        return found

    def _since(self, one: Looked, floors: dict[datetime, date]) -> date | None:
        """`floors`: the days of the instants that were met before."""
        if one.due_on is None or one.due_on >= self.today:
            return None  # nothing is late yet
        assert one.remind_from is not None
        if one.remind_from not in floors:
            floors[one.remind_from] = self.rules.calendar.local_date(one.remind_from)
        return silent_since(timeline_of(one), floors[one.remind_from])

    def _tell(self, late: Late, told: list[Told], entries: list[Entry], held: set[int]) -> None:
        """The first level that has not been told; where another heard of it today, that is for tomorrow. Who was told
        at a lower level, because nobody held it, has heard of it."""
        counting = [row for row in told if row.counts]
        heard, knowing = {row.rule for row in counting}, {row.officer_id for row in counting}
        steps_left = [step for step in late.due if escalations.rule_of(step.level) not in heard]
        left = [(step.level, self._readers(step.level, late.one)) for step in steps_left]
        left = [(level, readers) for level, readers in left if not readers or set(readers) - knowing]
        if not left:
            return
        if any(row.day == self.today for row in counting):
            held.add(late.one.id)
            return
        level, readers = left[0]
        boxes = self.digests({one: chat for one, chat in readers.items() if one not in knowing})
        if readers and not boxes:
            held.add(late.one.id)
        rule, subject = escalations.rule_of(level), escalations.subject_of(late.one.id)
        entries += [
            Entry((reader, subject, rule, late.since), None, ItemState.INCLUDED, box)
            for reader, box in boxes.items()
        ]
        if len(left) > 1:
            held.add(late.one.id)

    def _readers(self, level: RoleName, one: Looked) -> dict[int, int]:
        """Who can be written to of the level, else of the next ones up, each with the chat; whoever is asked for
        the milestone anyway is left out."""
        asked = set(one.assigned) | {person.officer_id for person in one.people}
        return self.directory.above.first(level, one.place, asked)


def next_step(session: Session, milestone: Milestone, today: date, rules: Rules) -> Step | None:
    """Whom its silence is told next, and when; None where nobody above is left to be told. The level is that of who will
    hear of it, as it looks today."""
    assert milestone.remind_from is not None
    since = silent_since(timeline_of(milestone), rules.calendar.local_date(milestone.remind_from))
    ahead = [one for one in steps(since, rules.escalation, rules.calendar) if one.on > today] if since else []
    above, asked = Above(session, today), {one.officer_id for one in milestone.task.assignments}
    place = Place(milestone.task.department_id, teams.of_task(session, milestone.task, today))
    for step in ahead:
        for role, held in above.line(LINE[rank(step.level) :], place):
            if above.reached([one for one in held if one not in asked]):
                return Step(step.on, role)
    return None


def is_silent(session: Session, milestone: Milestone, today: date) -> bool:
    """It is late and nobody has said why: what was to be told above still holds."""
    due = milestone.due_on
    if due is None or due >= today or milestone.state is not MilestoneState.PLANNED:
        return False
    waits = milestone.review_on is not None and milestone.review_on >= today
    is_explained = milestone.explained_due_on == due
    return not waits and not is_explained and not escalations.asked_for_delay(session, [milestone.id])
