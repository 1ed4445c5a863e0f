"""Reminders of somebody who cannot be reached: who is told instead, in which message, once a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.policy import Reminder
from store import deliveries, instead, milestones, officers, reachability
from store.instead import UNREACHED
from store.models import Assignment, ChatLink, Delivery, DeliveryItem, Milestone
from store.reachability import Why
from store.states import AssignmentKind, DeliveryKind, DeliveryState, ItemState, RoleName

Box = Callable[[ChatLink], Delivery | None]


class Relay:
    """One scan's worth of it. `digest` gives a person's daily message of today while it can still be added to."""

    def __init__(self, session: Session, now: datetime, today: date, digest: Box) -> None:
        self.session = session
        self.now = now
        self.today = today
        self.digest = digest
        self._why: dict[int, Why | None] = {}
        self._holders: dict[tuple[RoleName, int | None], list[int]] = {}

    def tell(
        self,
        milestone: Milestone,
        assignment: Assignment,
        reminder: Reminder,
        linked: Mapping[int, ChatLink],
    ) -> tuple[int, bool]:
        """Tell others of the reminder; gives how many were, and whether somebody has to wait until tomorrow."""
        why = self._reason(assignment.officer_id)
        if why is None:
            return 0, False
        told, is_held_back = 0, False
        for officer_id in self.others(milestone, assignment, why, linked):
            item = self._item(officer_id, assignment.officer_id, milestone, reminder)
            if item is not None and deliveries.still_counts(item):
                continue
            box = self._box(linked[officer_id], assignment.officer_id, why)
            if box is None:
                is_held_back = True
                continue
            self._enter(item, box, assignment.officer_id, milestone, reminder)
            told += 1
        return told, is_held_back

    def others(
        self, milestone: Milestone, assignment: Assignment, why: Why, linked: Mapping[int, ChatLink]
    ) -> list[int]:
        """The first of these who can be reached: who else answers for the task, the team lead, the head of the
        department, the planning office.

        For somebody never linked it begins with the team lead; a deputy who never linked is missed by nobody
        while the task's lead is reached.
        """
        beside = [
            one
            for one in milestones.assignees(milestone, self.today)
            if one.officer_id != assignment.officer_id
        ]
        if why is Why.NEVER:
            is_missed = assignment.kind is AssignmentKind.LEAD or not any(
                one.kind is AssignmentKind.LEAD and one.officer_id in linked for one in beside
            )
            if not is_missed:
                return []
            beside = []
        where = milestone.task.department_id or assignment.officer.department_id
        tiers = [[one.officer_id for one in beside]]
        if where is not None:
            tiers += [self._held(RoleName.LEAD, where), self._held(RoleName.HEAD, where)]
        tiers.append(self._held(RoleName.PLANNER, None))
        return next((found for tier in tiers if (found := [one for one in tier if one in linked])), [])

    def _reason(self, officer_id: int) -> Why | None:
        if officer_id not in self._why:
            found = reachability.reasons(self.session, [officer_id])
            self._why[officer_id] = found[officer_id][0] if officer_id in found else None
        return self._why[officer_id]

    def _held(self, role: RoleName, department_id: int | None) -> list[int]:
        key = role, department_id
        if key not in self._holders:
            people = officers.holders(self.session, role, self.today, department_id)
            self._holders[key] = [one.id for one in people]
        return self._holders[key]

    def _item(
        self, officer_id: int, missed_id: int, milestone: Milestone, reminder: Reminder
    ) -> DeliveryItem | None:
        query = select(DeliveryItem).where(
            DeliveryItem.officer_id == officer_id,
            DeliveryItem.subject == instead.unreached_subject(missed_id, milestone.id),
            DeliveryItem.rule == _rule(reminder),
            DeliveryItem.due_on == (milestone.due_on or milestone.start_on),
        )
        return self.session.scalars(query).one_or_none()

    def _box(self, link: ChatLink, missed_id: int, why: Why) -> Delivery | None:
        """Today's daily message, or where it is out an event message; None where today brought one already."""
        digest = self.digest(link)
        if digest is not None or why is Why.NEVER:
            return digest
        out = deliveries.digest_of(self.session, link.officer_id, self.today)
        if out is not None and any(instead.unreached_officer(one) == missed_id for one in out.items):
            return None
        cause = f"{UNREACHED}:{missed_id}:{link.officer_id}:{self.today}"
        event = instead.by_cause(self.session, cause)
        if event is None:
            event = deliveries.add(
                self.session,
                DeliveryKind.EVENT,
                UNREACHED,
                link.chat_id,
                self.now,
                officer_id=link.officer_id,
                cause=cause,
            )
        return event if event.state is DeliveryState.PENDING else None

    def _enter(
        self,
        item: DeliveryItem | None,
        box: Delivery,
        missed_id: int,
        milestone: Milestone,
        reminder: Reminder,
    ) -> None:
        if item is None:
            item = DeliveryItem(
                officer_id=box.officer_id,
                subject=instead.unreached_subject(missed_id, milestone.id),
                milestone_id=milestone.id,
                rule=_rule(reminder),
                due_on=milestone.due_on or milestone.start_on,
            )
            self.session.add(item)
        item.state, item.delivery_id = ItemState.INCLUDED, box.id
        self.session.flush()


def _rule(reminder: Reminder) -> str:
    """The reminder's rule in the ledger of the person who is told instead."""
    return f"u:{reminder.rule}"
