"""What is owed: reminders that should have gone out by now and are not in the ledger -> delivery items."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs import office
from jobs.changes import next_look, timeline_of
from jobs.policy import Reminder, Rules, is_sending_time, next_sending_at, owed_until
from store import deliveries, links, milestones, officers
from store.models import Assignment, ChatLink, Delivery, DeliveryItem, Milestone, Plan, Task
from store.states import (
    DeliveryKind,
    DeliveryState,
    ItemState,
    LinkState,
    MilestoneState,
    RoleName,
)

log = logging.getLogger(__name__)


class Scan:
    """One pass over what is owed at `now`, inside one transaction."""

    def __init__(self, session: Session, now: datetime, rules: Rules) -> None:
        self.session = session
        self.now = now
        self.rules = rules
        self.today = rules.calendar.local_date(now)
        self.digests: dict[int, Delivery] = {}

    def run(self) -> int:
        """Add what is owed to the ledger; gives how many items were added. Off hours nothing is owed."""
        for late in deliveries.overdue_digests(self.session, self.today):
            deliveries.carry_over(late)
        self.session.flush()
        if not is_sending_time(self.now, self.rules.settings, self.rules.calendar):
            return 0
        linked = links.all_active(self.session)
        added = sum(self._guarded(one, linked) for one in self._to_look_at())
        added += self._carried(linked)
        added += self._planning_office(linked)
        self.session.flush()
        return added

    def _to_look_at(self) -> list[Milestone]:
        query = select(Milestone).join(Task).join(Plan)
        query = query.where(
            Milestone.next_remind_on <= self.today,
            Milestone.state == MilestoneState.PLANNED,
            milestones.is_owed(),
        )
        return list(self.session.scalars(milestones.full(query)).unique())

    def _guarded(self, milestone: Milestone, linked: dict[int, ChatLink]) -> int:
        """One milestone that cannot be worked out is logged and left; everybody else is still reminded."""
        try:
            with self.session.begin_nested():
                return self._milestone(milestone, linked)
        except OperationalError:
            raise  # the store is full, busy or gone, which says nothing about the milestone
        except Exception:
            log.exception("action=scan-failed milestone=%d", milestone.id)
            self.digests.clear()  # what was made inside is gone again
            return 0

    def _milestone(self, milestone: Milestone, linked: dict[int, ChatLink]) -> int:
        assert milestone.remind_from is not None
        settings, calendar = self.rules.settings, self.rules.calendar
        owed, next_on = owed_until(timeline_of(milestone), self.today, settings, calendar)
        owed = [one for one in owed if calendar.at(one.on, settings.send_at) >= milestone.remind_from]
        ledger = deliveries.items_in_ledger(self.session, milestone.id)
        added, is_held_back = 0, False
        for assignment in milestones.assignees(milestone, self.today):
            link = linked.get(assignment.officer_id)
            fresh = self._fresh(milestone, owed, link, ledger) if link else []
            if link is None or not fresh:
                continue
            digest = self._digest(link)
            if digest is None:
                is_held_back = True
                continue
            self._enter(milestone, fresh, digest, ledger)
            added += 1
        milestone.next_remind_on = self._tomorrow() if is_held_back else next_on
        return added

    def _fresh(
        self,
        milestone: Milestone,
        owed: list[Reminder],
        link: ChatLink,
        ledger: dict[tuple[int, str, date], DeliveryItem],
    ) -> list[Reminder]:
        """Reminders that lie after the link began and that the ledger does not have."""
        key_day = milestone.due_on or milestone.start_on
        send_at, calendar = self.rules.settings.send_at, self.rules.calendar
        fresh = []
        for one in owed:
            known = ledger.get((link.officer_id, one.rule, key_day)) if key_day else None
            is_known = known is not None and known.state is not ItemState.CANCELLED
            if calendar.at(one.on, send_at) >= link.active_from and not is_known:
                fresh.append(one)
        return fresh

    def _digest(self, link: ChatLink) -> Delivery | None:
        """Today's daily message of that person; None where it is already out: one a day, no more."""
        found = self.digests.get(link.officer_id)
        if found is None:
            found = deliveries.digest_of(self.session, link.officer_id, self.today)
        if found is None:
            found = deliveries.add(
                self.session,
                DeliveryKind.DIGEST,
                "digest",
                link.chat_id,
                self.now,
                officer_id=link.officer_id,
                day=self.today,
            )
        self.digests[link.officer_id] = found
        return found if found.state is DeliveryState.PENDING else None

    def _enter(
        self,
        milestone: Milestone,
        fresh: list[Reminder],
        digest: Delivery,
        ledger: dict[tuple[int, str, date], DeliveryItem],
    ) -> None:
        """The most urgent reminder stands in the message, the others are recorded as superseded."""
        assert digest.officer_id is not None
        key_day = milestone.due_on or milestone.start_on
        assert key_day is not None
        for one in fresh:
            item = ledger.get((digest.officer_id, one.rule, key_day))
            if item is None:
                item = DeliveryItem(
                    officer_id=digest.officer_id,
                    subject=milestones.subject(milestone.id),
                    milestone_id=milestone.id,
                    rule=one.rule,
                    due_on=key_day,
                )
                self.session.add(item)
            stands = one is fresh[-1]
            item.state = ItemState.INCLUDED if stands else ItemState.SUPERSEDED
            item.delivery_id = digest.id if stands else None

    def _carried(self, linked: dict[int, ChatLink]) -> int:
        """Items of messages that could not be confirmed or never went out stand in today's message."""
        added = 0
        standing = {
            (item.officer_id, item.subject)
            for digest in self.digests.values()
            for item in self._items(digest)
            if item.state is ItemState.INCLUDED
        }
        for item in deliveries.carried(self.session):
            link = linked.get(item.officer_id)
            if (item.officer_id, item.subject) in standing:
                item.state = ItemState.SUPERSEDED
            elif link and (digest := self._digest(link)) is not None:
                item.state, item.delivery_id = ItemState.INCLUDED, digest.id
                standing.add((item.officer_id, item.subject))
                added += 1
        return added

    def _items(self, digest: Delivery) -> list[DeliveryItem]:
        self.session.flush()
        return list(self.session.scalars(select(DeliveryItem).where(DeliveryItem.delivery_id == digest.id)))

    def _planning_office(self, linked: dict[int, ChatLink]) -> int:
        """Lists that only the planning office gets, each thing once."""
        owed = office.notices(self.session, self.today, self.rules.calendar)
        added = 0
        for officer in officers.holders(self.session, RoleName.PLANNER, self.today) if owed else []:
            for notice in owed:
                added += self._notice(officer.id, notice, linked.get(officer.id))
        return added

    def _notice(self, officer_id: int, notice: office.Notice, link: ChatLink | None) -> int:
        """Enter the notice unless it stands in a message that went out or will; one that failed comes again."""
        known = deliveries.notice_item(self.session, officer_id, notice.subject)
        if link is None or (known is not None and deliveries.still_counts(known)):
            return 0
        digest = self._digest(link)
        if digest is None:
            return 0
        if known is None:
            known = DeliveryItem(
                officer_id=officer_id, subject=notice.subject, rule=notice.rule, due_on=notice.day
            )
            self.session.add(known)
        known.state, known.delivery_id = ItemState.INCLUDED, digest.id
        return 1

    def _tomorrow(self) -> date:
        return self.today + timedelta(days=1)


def reschedule_all(session: Session, now: datetime, rules: Rules) -> int:
    """Work out every open milestone's next look anew: the policy or the calendar has changed."""
    today = rules.calendar.local_date(now)
    query = select(Milestone).where(
        Milestone.state == MilestoneState.PLANNED, Milestone.remind_from.is_not(None)
    )
    changed = 0
    for milestone in session.scalars(query):
        looked = next_look(milestone, today, rules)
        changed += looked != milestone.next_remind_on
        milestone.next_remind_on = looked
    return changed


def next_scheduled_at(session: Session, now: datetime, rules: Rules) -> datetime | None:
    """The next instant at which something scheduled may go out to somebody who is linked; None for never."""
    from_links = select(ChatLink.officer_id).where(ChatLink.state == LinkState.ACTIVE)
    today = rules.calendar.local_date(now)
    mine = Assignment.officer_id.in_(from_links) & milestones.is_current(today)
    query = select(Milestone.next_remind_on).join(Task).join(Plan)
    query = query.where(
        Milestone.next_remind_on.is_not(None),
        Milestone.state == MilestoneState.PLANNED,
        milestones.is_owed(),
        Task.assignments.any(mine),
    )
    first = session.scalar(query.order_by(Milestone.next_remind_on).limit(1))
    if deliveries.carried(session) or _has_news_for_planners(session, today, rules):
        first = today
    if first is None:
        return None
    return next_sending_at(now, first, rules.settings, rules.calendar)


def _has_news_for_planners(session: Session, today: date, rules: Rules) -> bool:
    """Some planner who is linked has not been told of something."""
    linked = links.all_active(session)
    planners = [one.id for one in officers.holders(session, RoleName.PLANNER, today) if one.id in linked]
    if not planners:
        return False
    owed = office.notices(session, today, rules.calendar)
    known = [deliveries.notice_item(session, planner, one.subject) for planner in planners for one in owed]
    return any(item is None or not deliveries.still_counts(item) for item in known)
