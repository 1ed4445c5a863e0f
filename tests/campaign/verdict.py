"""The verdict: what was lost, what came twice, what came though it was cancelled. Nothing of it may have happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.owed.office_notices import UNCONFIRMED
from jobs.rules.reminder_days import Timeline, owed_until
from store import milestones
from store.models import AuditEntry, Delivery, DeliveryItem, InboxUpdate, Milestone
from store.states import DeliveryState, InboxState, ItemState, MilestoneKind, MilestoneState, Precision
from tests.campaign.acts import Act
from tests.campaign.city import City, Resident
from tests.campaign.record import Accepted, Key, Ledger, accepted, ledger

WENT = {DeliveryState.SENT, DeliveryState.UNCERTAIN}
AHEAD_OF_DUE = timedelta(days=40)  # the earliest reminder: 30 days, and holidays before them
MAY_BE_ABSENT = {DeliveryState.CANCELLED, DeliveryState.UNCERTAIN}


@dataclass
class Verdict:
    """Figures, and every fault in words. `lost`: owed and neither in its chat nor listed as unconfirmed and in
    a later daily message."""

    deliveries: int = 0  # sent or in doubt, edits not counted
    edits: int = 0
    uncertain_sends: int = 0
    unconfirmed: int = 0  # messages in doubt twice, told to the planning office
    copies: int = 0
    acts: int = 0
    lost: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)  # copies without "(다시 보냄)", or more than the doubts
    acts_lost: list[str] = field(default_factory=list)
    acts_doubled: list[str] = field(default_factory=list)
    cancelled_sent: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        parts = (
            self.lost,
            self.unmarked,
            self.acts_lost,
            self.acts_doubled,
            self.cancelled_sent,
            self.unfinished,
        )
        return [fault for part in parts for fault in part]


def judge(session: Session, state: dict[str, Any], city: City, days: list[date], acts: list[Act]) -> Verdict:
    """Everything checked: `state` is Telegram's own record, `days` those that have passed."""
    found, rows, chats = Verdict(acts=len(acts)), ledger(session), accepted(state)
    _count(found, session, rows)
    _copies(found, rows, chats)
    _each_arrived(found, session, rows, chats, city.planner_id)
    touched = {act.resident.number for act in acts}
    doubtful = {(row.chat_id, row.day) for row in rows.rows if row.state is DeliveryState.UNCERTAIN}
    for one in city.residents:
        if one.number not in touched:
            _each_reminder(found, one, city, days, chats[one.chat_id], doubtful)
    for act in acts:
        _act(found, session, act)
        _nothing_more(found, act, chats[act.resident.chat_id])
    _inbox(found, session)
    return found


def _count(found: Verdict, session: Session, rows: Ledger) -> None:
    found.deliveries = sum(row.state in WENT for row in rows.rows)
    found.uncertain_sends = sum(row.uncertain_sends for row in rows.rows)
    found.unconfirmed = sum(row.state is DeliveryState.UNCERTAIN for row in rows.rows)
    own = {row.id for row in rows.rows}
    for number, state in session.execute(select(Delivery.id, Delivery.state)):
        found.edits += number not in own and state is DeliveryState.SENT
        if state not in WENT | {DeliveryState.CANCELLED}:
            found.unfinished.append(f"delivery {number} is {state}")


def _copies(found: Verdict, rows: Ledger, chats: dict[int, list[Accepted]]) -> None:
    """Each message stands once without a mark at most, and no more often than the ledger had doubts of it."""
    counts: dict[Key, Counter[bool]] = defaultdict(Counter)
    for messages in chats.values():
        for one in messages:
            counts[one.key][one.is_marked] += 1
    by_key = rows.by_key
    for key, count in counts.items():
        owed = len(by_key[key])
        copies = count.total() - owed
        doubts = sum(row.uncertain_sends for row in by_key[key])
        found.copies += max(0, copies)
        if count[False] > owed:
            found.unmarked.append(f"{key}: {count[False]} without a mark, {owed} owed")
        if copies > doubts:
            found.unmarked.append(f"{key}: {copies} copies, {doubts} doubts")


def _each_arrived(
    found: Verdict, session: Session, rows: Ledger, chats: dict[int, list[Accepted]], planner_id: int
) -> None:
    """What is sent stands in its chat; what is in doubt stands in the planning office's list."""
    standing = Counter(one.key for messages in chats.values() for one in messages)
    told = _told(session, planner_id)
    for key, owed in rows.by_key.items():
        sure = [row for row in owed if row.state not in MAY_BE_ABSENT]
        if standing[key] < len(sure):
            found.lost.append(f"{key}: {standing[key]} of {len(sure)} messages arrived")
        dropped = [row for row in owed if row.state is DeliveryState.CANCELLED and not row.uncertain_sends]
        if standing[key] and len(dropped) == len(owed):
            found.cancelled_sent.append(f"{key}: cancelled, and sent")
    for row in rows.rows:
        if row.state is DeliveryState.UNCERTAIN and row.id not in told:
            found.lost.append(f"delivery {row.id} is in doubt and the planning office was not told")


def _told(session: Session, planner_id: int) -> set[int]:
    """Messages in doubt that stand in a daily message of the planning office that went out."""
    query = (
        select(DeliveryItem)
        .join(Delivery)
        .where(
            DeliveryItem.officer_id == planner_id,
            DeliveryItem.rule == UNCONFIRMED,
            DeliveryItem.state == ItemState.INCLUDED,
            Delivery.state == DeliveryState.SENT,
        )
    )
    return {int(item.subject.partition(":")[2]) for item in session.scalars(query)}


def _each_reminder(
    found: Verdict,
    one: Resident,
    city: City,
    days: list[date],
    messages: list[Accepted],
    doubtful: set[tuple[int, date | None]],
) -> None:
    """A promise nobody touched was spoken of on each of its days; where that day's message is in doubt, later."""
    line = Timeline(MilestoneKind.DATED, Precision.DAY, None, one.due)
    owed, _ = owed_until(line, days[-1], city.rules.settings, city.rules.calendar)
    spoken = sorted(message.day for message in messages if message.is_daily and one.number in message.numbers)
    for day in sorted({reminder.on for reminder in owed if reminder.on >= days[0]}):
        is_doubtful = (one.chat_id, day) in doubtful
        if day in spoken and not is_doubtful:
            continue
        if not is_doubtful or not any(later > day for later in spoken):
            found.lost.append(f"#{one.number} of chat {one.chat_id} was not spoken of on {day}")


def _act(found: Verdict, session: Session, act: Act) -> None:
    """What an officer wrote has had its effect, once."""
    number = act.resident.number
    query = select(AuditEntry).where(AuditEntry.subject == milestones.subject(number))
    entries = [entry.action for entry in session.scalars(query)]
    milestone = session.get_one(Milestone, number)
    is_done = milestone.state is MilestoneState.DONE
    has_effect = milestone.due_on == act.due if act.kind == "delay" else is_done
    if act.action not in entries or not has_effect:
        found.acts_lost.append(f"{act.kind} #{number}: {entries}")
    if len(entries) > 1:
        found.acts_doubled.append(f"{act.kind} #{number}: {entries}")


def _nothing_more(found: Verdict, act: Act, messages: list[Accepted]) -> None:
    """After the day of the write-back no daily message speaks of it, until a later due day comes near."""
    for message in messages:
        if act.due is not None and message.day >= act.due - AHEAD_OF_DUE:
            continue
        if message.is_daily and message.day > act.day and act.resident.number in message.numbers:
            found.cancelled_sent.append(
                f"#{act.resident.number}, {act.kind} on {act.day}, stood in that of {message.day}"
            )


def _inbox(found: Verdict, session: Session) -> None:
    query = select(InboxUpdate).where(InboxUpdate.state != InboxState.HANDLED)
    found.unfinished += [f"update {row.id} is {row.state}: {row.error}" for row in session.scalars(query)]
