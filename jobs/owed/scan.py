"""What is owed: reminders that should have gone out by now and are not in the ledger -> delivery items."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from jobs.marks import Marks
from jobs.milestones.changes import next_step, sooner, timeline_of
from jobs.owed import (
    december_question,
    followed,
    group_week,
    managers_week,
    offer,
    office_morning,
    office_notices,
    open_asks,
    open_items,
    open_meetings,
    open_values,
    round_turns,
    waiting_decisions,
)
from jobs.owed.escalation import Escalation
from jobs.owed.recipients import Directory
from jobs.owed.told_instead import Relay
from jobs.owed.yearround import next_question, told
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import Reminder, Timeline, owed_until
from jobs.rules.sending_hours import is_sending_time
from jobs.singly import singly
from store import (
    ask_looks,
    chat_links,
    deliveries,
    detours,
    handovers,
    matters,
    milestones,
    officers,
    reachability,
    scan,
    yearround,
)
from store.detours import ASK_HOUR, DUE_TODAY, ITEM_HOUR
from store.matters import YEAR_ROUND
from store.models import DeliveryItem, Series
from store.scan import Key, Known, Looked, Person
from store.states import DeliveryKind, ItemState, RoleName

log = logging.getLogger(__name__)

PAGE = 500  # milestones looked at in one go


class Come(NamedTuple):
    """A reminder whose day has come, with the instant from which it was owed (UTC, as the store's instants are:
    two of one zone are compared at once, of two zones by asking both for their offsets)."""

    reminder: Reminder
    at: datetime


Owed = tuple[list[Come], date | None]


class Scan:
    """One pass over what is owed at `now`, inside one transaction."""

    def __init__(self, session: Session, now: datetime, rules: Rules, marks: Marks | None = None) -> None:
        self.session = session
        self.now = now
        self.rules = rules
        self.marks = marks or Marks()
        self.today = rules.calendar.local_date(now)
        self._worked_out: dict[Timeline, Owed] = {}
        self._nexts: dict[tuple[Timeline, datetime], date | None] = {}
        self._timelines: dict[int, Timeline] = {}
        self.has_looked = False  # off hours nothing is looked at
        self.broken_parts = 0
        self.failed: list[int] = []  # milestones that could not be worked out

    def run(self) -> int:
        """Add what is owed to the ledger; gives how many items were added. Off hours nothing is owed."""
        for late in deliveries.overdue_digests(self.session, self.today):
            deliveries.carry_over(late)
        self.session.flush()
        if not is_sending_time(self.now, self.rules.settings, self.rules.calendar):
            return 0
        self.has_looked = True
        self.directory = Directory(self.session, self.today)
        ids = scan.to_look_at(self.session, self.today)
        added = sum(self._page(ids[first : first + PAGE]) for first in range(0, len(ids), PAGE))
        others = (
            self._carried,
            self._planning_office,
            self._successors,
            self._decisions,
            self._year_round,
            self._weeks,
            self._morning,
            self._followed,
            self._group_weeks,
            self._hours,
            self._item_hours,
        )
        added += sum(map(self._part, others))
        self.session.flush()
        return added

    def _group_weeks(self) -> int:
        return group_week.owe_week(self.session, self.now, self.rules)

    def _page(self, ids: Sequence[int]) -> int:
        """Some milestones at once, and where that fails one by one: one that cannot be worked out is logged and
        left, everybody else is still reminded."""

        def broken(number: int) -> None:
            log.exception("action=scan-failed milestone=%d", number)
            self.failed.append(number)

        return singly(self.session, ids, self._milestones, broken)

    def _part(self, work: Callable[[], int]) -> int:
        """One of the other lists: what breaks it stops neither the reminders nor the other lists."""

        def broken(_work: Callable[[], int]) -> None:
            log.exception("action=scan-part-failed kind=%s", work.__name__)
            self.broken_parts += 1

        return singly(self.session, [work], lambda _works: work(), broken)

    def _milestones(self, ids: Sequence[int]) -> int:
        """What is owed of them and not in the ledger goes into it; gives for how many it was, once a person."""
        looked = scan.read(self.session, ids, self.today)
        self.directory.complete(looked)
        known = scan.in_ledger(self.session, ids)
        wanted = [
            (one, person, fresh)
            for one in looked
            for person, fresh in self._fresh(one, self._owed(one)[0], known)
        ]
        digests = self._digests({person.officer_id: person.chat_id for _, person, _ in wanted})
        written = [row for row in wanted if row[1].officer_id in digests]
        entries = (
            entry
            for one, person, fresh in written
            for entry in scan.entries(one.id, fresh, digests[person.officer_id])
        )
        scan.enter(self.session, entries, known)
        relay = Relay(self.session, self.now, self.directory, self._digests)
        relayed, held = relay.cover(looked, self._begun, by_fallback=self.rules.has_fallback)
        held |= {one.id for one, person, _ in wanted if person.officer_id not in digests}
        for one, person, _ in wanted:
            if person.officer_id not in digests:
                self._tell_today(one, person)
        told, later = Escalation(self.session, self.rules, self.directory, self._digests).cover(looked)
        self._look_again(looked, held | later)
        return len(written) + relayed + told

    def _tell_today(self, one: Looked, person: Person) -> None:
        """Entered today and due today, and the person's message is out: it goes as a message of its own, once."""
        assert one.remind_from is not None
        is_new = self.rules.calendar.local_date(one.remind_from) == self.today
        cause = f"{DUE_TODAY}:{one.id}:{person.officer_id}:{self.today}"
        if one.due_on != self.today or not is_new or detours.by_cause(self.session, cause) is not None:
            return
        made = deliveries.add(
            self.session, DeliveryKind.EVENT, DUE_TODAY, person.chat_id, self.now,
            officer_id=person.officer_id, cause=cause,
        )  # fmt: skip
        made.payload = {"milestone": one.id}

    def _look_again(self, looked: list[Looked], held: set[int]) -> None:
        """Tomorrow at those of which somebody has to wait, at the others when something is owed next."""
        tomorrow = self.today + timedelta(days=1)
        days = [(one, tomorrow if one.id in held else self._next(one)) for one in looked]
        scan.look_again(self.session, days)

    def _next(self, one: Looked) -> date | None:
        """Worked out once for all that lie on the same days and are reminded of since the same instant."""
        assert one.remind_from is not None
        lies = self._timeline(one), one.remind_from
        if lies not in self._nexts:
            floor = self.rules.calendar.local_date(one.remind_from)
            with self._marked(one):
                later = next_step(lies[0], floor, self.today, self.rules)
            self._nexts[lies] = sooner(self._owed(one)[1], later)
        return self._nexts[lies]

    def _timeline(self, one: Looked) -> Timeline:
        found = self._timelines.get(one.id)
        if found is None:
            found = self._timelines[one.id] = timeline_of(one)
        return found

    def _begun(self, one: Looked) -> list[Reminder]:
        """What is owed of it to whoever answers for it, whether told or not."""
        assert one.remind_from is not None
        begun = [each.reminder for each in self._owed(one)[0] if each.at >= one.remind_from]
        return list({each.rule: each for each in begun}.values())

    def _owed(self, one: Looked) -> Owed:
        """Its reminders until today and the day of the next; worked out once for all that lie on the same days."""
        timeline = self._timeline(one)
        found = self._worked_out.get(timeline)
        if found is None:
            send_at, calendar = self.rules.settings.send_at, self.rules.calendar
            with self._marked(one):
                come, next_on = owed_until(timeline, self.today, self.rules.settings, calendar)
            instants = (calendar.at(each.on, send_at).astimezone(UTC) for each in come)
            found = [Come(each, at) for each, at in zip(come, instants, strict=True)], next_on
            self._worked_out[timeline] = found
        return found

    def _marked(self, one: Looked) -> AbstractContextManager[None]:
        """Around what may never come to an end for it; on other days it is another matter."""
        return self.marks.on(f"milestone:{one.id}:{one.due_on}")

    def _fresh(
        self, one: Looked, come: Sequence[Come], known: Mapping[Key, Known]
    ) -> Iterator[tuple[Person, list[Key]]]:
        """Whom to remind, and of what: reminders that lie after both beginnings, the milestone's and the link's,
        and that the ledger lacks."""
        assert one.remind_from is not None
        if one.key_day is None:
            return
        subject, day = milestones.subject(one.id), one.key_day
        for person in one.people:
            since = max(one.remind_from, person.active_from)
            fresh = []
            for reminder, at in come:
                key = person.officer_id, subject, reminder.rule, day
                if at >= since and reminder.on >= person.since and _is_lacking(known.get(key)):
                    fresh.append(key)
            if fresh:
                yield person, list(dict.fromkeys(fresh))  # of a rule that has two days once

    def _digests(self, chats: dict[int, int]) -> dict[int, int]:
        """Today's daily messages of the officers, but for those that are out already."""
        return scan.open_digests(self.session, chats, self.today, self.now)

    def _carried(self) -> int:
        """Items of messages that could not be confirmed or never went out stand in today's message."""
        added = 0
        waiting_decisions = deliveries.carried(self.session)
        people = {item.officer_id for item in waiting_decisions}
        standing = scan.standing(self.session, people, self.today) if waiting_decisions else set()
        open_for = {
            item.officer_id for item in waiting_decisions if (item.officer_id, item.subject) not in standing
        }
        chats = chat_links.chats(self.session, open_for) if open_for else {}
        digests = self._digests(chats) | self._other_ways(open_for - set(chats))
        for item in waiting_decisions:
            if (item.officer_id, item.subject) in standing:
                item.state = ItemState.SUPERSEDED
            elif item.officer_id in digests:
                item.state, item.delivery_id = ItemState.INCLUDED, digests[item.officer_id]
                standing.add((item.officer_id, item.subject))
                added += 1
        return added

    def _other_ways(self, officer_ids: set[int]) -> dict[int, int]:
        """Today's messages by the fallback channel, of those who have one: officer -> message."""
        own = officer_ids if self.rules.has_fallback else reachability.with_channel(self.session, officer_ids)
        relay = Relay(self.session, self.now, self.directory, self._digests)
        return {one: box for one in sorted(own) if (box := relay.fallback(one)) is not None}

    def _planning_office(self) -> int:
        """Lists that only the planning office gets, each thing once."""
        news = office_notices.notices(self.session, self.today, self.rules.calendar)
        planners = officers.holders(self.session, RoleName.PLANNER, self.today) if news else []
        chats = chat_links.chats(self.session, [one.id for one in planners]) if planners else {}
        return sum(self._notice(officer, chat, notice) for officer, chat in chats.items() for notice in news)

    def _successors(self) -> int:
        """Who has taken over tasks is told of the pack in the next daily message."""
        found = {one.to_officer_id: one for one in handovers.untold(self.session) if one.to_officer_id}
        chats = chat_links.chats(self.session, found) if found else {}
        return sum(
            self._notice(officer, chat, office_notices.handed_over(found[officer]))
            for officer, chat in chats.items()
        )

    def _notice(self, officer_id: int, chat_id: int, notice: office_notices.Notice) -> int:
        """Enter the notice unless it stands in a message that went out or will; one that failed comes again."""
        known = deliveries.notice_item(self.session, officer_id, notice.subject)
        return self._enter(officer_id, chat_id, notice, known)

    def _decisions(self) -> int:
        """Lines about what waits for the person's decision; a day's line stands once."""
        due = waiting_decisions.waiting(self.session, self.today, self.rules)
        due += december_question.waiting(self.session, self.today, self.rules)
        due += round_turns.waiting(self.session, self.today, self.rules, self.directory)
        due += open_asks.waiting(self.session, self.today, self.rules, self.directory)
        due += open_items.waiting(self.session, self.today, self.rules)
        due += open_meetings.waiting(self.session, self.today, self.rules)
        due += open_values.waiting(self.session, self.today, self.rules)
        chats = chat_links.chats(self.session, {one.officer_id for one in due}) if due else {}
        known = matters.notices_on(self.session, {one.subject for one in due if one.officer_id in chats})
        fresh = [
            (one, item)
            for one in due
            if one.officer_id in chats
            and not (
                (item := known.get((one.officer_id, one.subject, one.day))) and deliveries.still_counts(item)
            )
        ]
        digests = self._digests({one.officer_id: chats[one.officer_id] for one, _ in fresh}) if fresh else {}
        ask_looks.settle(self.session, self.today)
        return sum(
            _put(
                self.session,
                one.officer_id,
                office_notices.Notice(one.rule, one.number, one.day),
                item,
                digests,
            )
            for one, item in fresh
        )

    def _hours(self) -> int:
        """A department's reply is due at an hour that comes."""
        found = open_asks.called(self.session, self.now, self.rules)
        return sum(
            self._call(officer_id, ASK_HOUR, "answer", one.seat.answer_id, one.due_at)
            for officer_id, some in found.items()
            for one in some
        )

    def _item_hours(self) -> int:
        """What was raised is due at an hour that comes."""
        found = open_items.called(self.session, self.now, self.rules)
        return sum(
            self._call(officer_id, ITEM_HOUR, "part", one.seat.part_id, one.due_at)
            for officer_id, some in found.items()
            for one in some
        )

    def _call(self, officer_id: int, rule: str, key: str, number: int, due_at: datetime) -> int:
        """A message of its own to whoever is linked, once; gives how many were added."""
        cause = f"{rule}:{number}:{officer_id}:{due_at.isoformat()}"
        chat_id = chat_links.chats(self.session, [officer_id]).get(officer_id)
        if chat_id is None or detours.by_cause(self.session, cause) is not None:
            return 0
        made = deliveries.add(
            self.session, DeliveryKind.EVENT, rule, chat_id, self.now, officer_id=officer_id, cause=cause
        )
        made.payload = {key: number}
        return 1

    def _year_round(self) -> int:
        """The quarter's question about what goes on all year; where somebody could not be told, tomorrow again."""
        added = 0
        for series in yearround.to_ask(self.session, self.today):
            day = next_question(series, self.today, self.rules)
            is_told = False
            if day is not None and day <= self.today:
                found = self._ask_about(series, day)
                is_told, added = found is not None, added + (found or 0)
            series.ask_on = next_question(series, self.today, self.rules, is_told=is_told)
            if not is_told and series.ask_on is not None:
                series.ask_on = max(series.ask_on, self.today + timedelta(days=1))
        return added

    def _ask_about(self, series: Series, day: date) -> int | None:
        """How many are asked now; None where nobody could be."""
        asked = yearround.answering(self.session, series, self.today)
        self.directory.complete([asked])
        chats = told(asked, day)
        notice = office_notices.Notice(YEAR_ROUND, series.id, day)
        new = 0
        for officer_id, chat_id in chats.items():
            known = matters.notice_on(self.session, officer_id, notice.subject, day)
            new += self._enter(officer_id, chat_id, notice, known)
        stands = [
            matters.notice_on(self.session, officer_id, notice.subject, day) is not None
            for officer_id in chats
        ]
        return new if stands and all(stands) else None

    def _weeks(self) -> int:
        """The week's counts, for those above, on its first working day."""
        if not self.rules.settings.week_ahead or self.rules.calendar.first_of_week(self.today) != self.today:
            return 0
        chats = managers_week.take_up(self.session, self.today, self.rules.calendar.zone)
        notice = managers_week.notice(self.today)
        added = sum(self._enter(officer, chat, notice, None) for officer, chat in chats.items())
        burdened = offer.burdened(self.session, self.today) if chats else set()
        return added + sum(
            self._notice(officer, chats[officer], offer.notice(self.today))
            for officer in sorted(burdened & chats.keys())
        )

    def _morning(self) -> int:
        """What changed since the working day before, for the planning office."""
        chats = office_morning.take_up(self.session, self.today, self.rules)
        notice = office_morning.notice(self.today)
        return sum(self._enter(officer, chat, notice, None) for officer, chat in chats.items())

    def _followed(self) -> int:
        """What changed of others' items that somebody follows."""
        found = followed.waiting(self.session, self.today)
        chats = chat_links.chats(self.session, {row.officer_id for row, _ in found}) if found else {}
        added = 0
        for row, milestone in found:
            notice = office_notices.Notice(followed.FOLLOWED, milestone.id, self.today)
            known = matters.notice_on(self.session, row.officer_id, notice.subject, self.today)
            if row.officer_id in chats and self._enter(row.officer_id, chats[row.officer_id], notice, known):
                followed.tell(self.session, row, milestone, self.today)
                added += 1
        return added

    def _enter(
        self, officer_id: int, chat_id: int, notice: office_notices.Notice, known: DeliveryItem | None
    ) -> int:
        if known is not None and deliveries.still_counts(known):
            return 0
        return _put(self.session, officer_id, notice, known, self._digests({officer_id: chat_id}))


def _put(
    session: Session,
    officer_id: int,
    notice: office_notices.Notice,
    known: DeliveryItem | None,
    digests: Mapping[int, int],
) -> int:
    """The line stands in the officer's message, where there is an open one; 1 then."""
    digest_id = digests.get(officer_id)
    if digest_id is None:
        return 0
    if known is None:
        known = DeliveryItem(
            officer_id=officer_id, subject=notice.subject, rule=notice.rule, due_on=notice.day
        )
        session.add(known)
    known.state, known.delivery_id = ItemState.INCLUDED, digest_id
    return 1


def _is_lacking(known: Known | None) -> bool:
    return known is None or known[1] is ItemState.CANCELLED
