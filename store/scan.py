"""What a scan reads and writes, many rows at a time: a tick costs what is owed, not what exists.

Rows, not objects: the statements go to the session's connection, inside its transaction. What the session itself
still holds must have been flushed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from store import chat_links, deliveries, milestones, teams
from store.db.base import Base
from store.models import Assignment, ChatLink, Delivery, DeliveryItem, Milestone, Plan, Task
from store.officers import Place
from store.states import (
    AssignmentKind,
    DeliveryKind,
    DeliveryState,
    ItemState,
    LinkState,
    MilestoneKind,
    MilestoneState,
    Precision,
)


class Person(NamedTuple):
    """Somebody who answers for a milestone and can be written to."""

    officer_id: int
    chat_id: int
    active_from: datetime
    since: date  # what lay before that day was another's to do


@dataclass
class Looked:
    """What the scan must know of a milestone.

    `assigned`: everybody who answers for it, with the first day; `people`: those of them who can be written to,
    the lead first, then the deputies.
    """

    id: int
    revision: int
    kind: MilestoneKind
    precision: Precision
    start_on: date | None
    due_on: date | None
    remind_from: datetime | None
    task_id: int
    review_on: date | None
    explained_due_on: date | None
    seen_until_on: date | None
    department_id: int | None = None
    is_watched: bool = False
    team_id: int | None = None
    assigned: dict[int, date] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def key_day(self) -> date | None:
        """The day by which the ledger knows it."""
        return self.due_on or self.start_on

    @property
    def place(self) -> Place:
        return Place(self.department_id, self.team_id)


OTHERS = {"department_id", "is_watched", "team_id", "assigned", "people"}  # what stands in other tables
COLUMNS = tuple(getattr(Milestone, one.name) for one in fields(Looked) if one.name not in OTHERS)
ITEM = Base.metadata.tables[DeliveryItem.__tablename__]
MINE = len(COLUMNS)  # what stands behind them in a row is somebody else's
THEIRS = (Task.department_id, Task.is_watched)  # of its task
BOTH = MINE + len(THEIRS)

# Officer, subject, rule, due day: by it the ledger has a reminder once for ever.
Key = tuple[int, str, str, date]
KEY = ("officer_id", "subject", "rule", "due_on")
Known = tuple[int, ItemState]  # a reminder that the ledger has, and its state


class Entry(NamedTuple):
    """A reminder to be put into the ledger; `delivery_id` None where a more urgent one stands, `milestone_id`
    None for a line of a list, which only its subject names."""

    key: Key
    milestone_id: int | None
    state: ItemState
    delivery_id: int | None
    instead_of_id: int | None = None  # the officer who cannot be reached, where somebody else is told


class Fate(NamedTuple):
    """What became of a reminder that the ledger has; `delivery_state` None: it stands in no message."""

    item_id: int
    state: ItemState
    delivery_state: DeliveryState | None


def to_look_at(session: Session, today: date) -> list[int]:
    """The milestones whose day has come, by the index of those days alone: whether they are owed is seen later.

    Joined with their plans, SQLite would rather walk every milestone of every active plan.
    """
    has_come = Milestone.next_remind_on <= today, Milestone.state == MilestoneState.PLANNED
    return sorted(session.scalars(select(Milestone.id).where(*has_come, Milestone.twin_of_id.is_(None))))


def _is_owed() -> ColumnElement[bool]:
    """milestones.is_owed, and the plan has started; asked of each milestone by itself: joined, SQLite walks all tasks of
    every plan."""
    its_plan = select(Task.id).join(Plan, Task.plan_id == Plan.id).where(Task.id == Milestone.task_id)
    return its_plan.where(milestones.is_owed(), ~Plan.awaits_start).correlate(Milestone).exists()


def read(session: Session, ids: Sequence[int], today: date) -> list[Looked]:
    """Those of the milestones that are owed, each with the people to remind."""
    answers = and_(Assignment.task_id == Milestone.task_id, milestones.is_current(today))
    reached = and_(
        ChatLink.officer_id == Assignment.officer_id, chat_links.is_live(), ChatLink.state == LinkState.ACTIVE
    )
    query = (
        select(
            *(*COLUMNS, *THEIRS, teams.of_the_task(today), Assignment.officer_id, ChatLink.officer_id),
            *(ChatLink.chat_id, ChatLink.active_from, Assignment.from_on),
        )
        .join(Task, Milestone.task_id == Task.id)
        .outerjoin(Assignment, answers)
        .outerjoin(ChatLink, reached)
        .where(Milestone.id.in_(ids), _is_owed())
        .order_by(Milestone.id, Assignment.kind != AssignmentKind.LEAD, Assignment.id)
    )
    found: dict[int, Looked] = {}
    for row in session.connection().execute(query).all():
        one = found.get(row[0])
        if one is None:
            one = found[row[0]] = Looked(*row[: BOTH + 1])
        answering, person = row[BOTH + 1], Person(*row[BOTH + 2 :])
        if answering is not None and answering not in one.assigned:
            one.assigned[answering] = person.since
            if person.officer_id is not None:
                one.people.append(person)
    return list(found.values())


def people(session: Session, officer_ids: Iterable[int]) -> dict[int, Person]:
    """Those of the officers who can be written to, with no first day of their own."""
    wanted = list(officer_ids)
    if not wanted:
        return {}
    reached = chat_links.is_live(), ChatLink.state == LinkState.ACTIVE, ChatLink.officer_id.in_(wanted)
    query = select(ChatLink.officer_id, ChatLink.chat_id, ChatLink.active_from).where(*reached)
    return {row.officer_id: Person(*row, date.min) for row in session.execute(query)}


def vacant_since(session: Session, task_ids: Iterable[int]) -> dict[int, date]:
    """The first day on which nobody answered for each of the tasks; those that never had anybody are left out."""
    query = select(Assignment.task_id, func.max(Assignment.until_on)).where(
        Assignment.task_id.in_(set(task_ids)), Assignment.until_on.is_not(None)
    )
    ended = session.execute(query.group_by(Assignment.task_id)).all()
    return {row[0]: row[1] + timedelta(days=1) for row in ended if row[1] is not None}


def in_ledger(session: Session, ids: Iterable[int]) -> dict[Key, Known]:
    """What the ledger has of the milestones."""
    subjects = [milestones.subject(one) for one in ids]
    key = DeliveryItem.officer_id, DeliveryItem.subject, DeliveryItem.rule, DeliveryItem.due_on
    query = select(*key, DeliveryItem.id, DeliveryItem.state).where(DeliveryItem.subject.in_(subjects))
    return {row[:4]: row[4:] for row in session.connection().execute(query).all()}


def fates(session: Session, subjects: Iterable[str]) -> dict[Key, Fate]:
    """What the ledger has of the subjects, and what became of it."""
    key = DeliveryItem.officer_id, DeliveryItem.subject, DeliveryItem.rule, DeliveryItem.due_on
    query = select(*key, DeliveryItem.id, DeliveryItem.state, Delivery.state).outerjoin(Delivery)
    query = query.where(DeliveryItem.subject.in_(list(subjects)))
    return {row[:4]: Fate(*row[4:]) for row in session.connection().execute(query).all()}


def entries(milestone_id: int, fresh: Sequence[Key], delivery_id: int) -> Iterator[Entry]:
    """The most urgent reminder stands in the message, the others, older ones, are recorded as superseded."""
    *others, urgent = fresh
    for key in others:
        yield Entry(key, milestone_id, ItemState.SUPERSEDED, None)
    yield Entry(urgent, milestone_id, ItemState.INCLUDED, delivery_id)


def open_digests(session: Session, chats: Mapping[int, int], day: date, now: datetime) -> dict[int, int]:
    """The day's messages of the officers (officer -> chat), made where there are none yet: officer -> message.

    One that is on its way, or was, is left out: one a day, no more. `now` is business time.
    """
    if not chats:
        return {}
    query = select(Delivery.officer_id, Delivery.id, Delivery.state).where(
        Delivery.officer_id.in_(chats), Delivery.kind == DeliveryKind.DIGEST, Delivery.day == day
    )
    found = {row.officer_id: row for row in session.execute(query)}
    open_ = {officer: row.id for officer, row in found.items() if row.state is DeliveryState.PENDING}
    missing = {officer: chat for officer, chat in chats.items() if officer not in found}
    return open_ | _make_digests(session, missing, day, now)


def _make_digests(session: Session, chats: Mapping[int, int], day: date, now: datetime) -> dict[int, int]:
    if not chats:
        return {}
    same = {
        "kind": DeliveryKind.DIGEST,
        "event": "digest",
        "day": day,
        "priority": deliveries.PRIORITY[DeliveryKind.DIGEST],
        "state": DeliveryState.PENDING,
        "created_at": now,
    }
    rows = [{"officer_id": officer, "chat_id": chat, **same} for officer, chat in chats.items()]
    table = Base.metadata.tables[Delivery.__tablename__]
    made = session.connection().execute(insert(table).returning(table.c.officer_id, table.c.id), rows)
    return {row.officer_id: row.id for row in made}


def enter(session: Session, entries: Iterable[Entry], known: Mapping[Key, Known]) -> None:
    """Put the reminders into the ledger; one that was cancelled there comes to life again."""
    new, old = [], []
    for key, milestone_id, state, delivery_id, instead_of_id in entries:
        values = {"state": state, "delivery_id": delivery_id}
        if key in known:
            old.append({"number": known[key][0], **values})
        else:
            own = dict(zip(KEY, key, strict=True))
            of = {"milestone_id": milestone_id, "instead_of_id": instead_of_id}
            new.append({**own, **of, **values})
    if new:
        session.connection().execute(insert(ITEM), new)
    if old:
        session.connection().execute(update(ITEM).where(ITEM.c.id == bindparam("number")), old)


def standing(session: Session, officer_ids: Iterable[int], day: date) -> set[tuple[int, str]]:
    """(officer, subject) of what stands in the day's messages that wait to be sent."""
    query = select(DeliveryItem.officer_id, DeliveryItem.subject).join(Delivery)
    query = query.where(
        Delivery.officer_id.in_(set(officer_ids)),
        Delivery.kind == DeliveryKind.DIGEST,
        Delivery.day == day,
        Delivery.state == DeliveryState.PENDING,
        DeliveryItem.state == ItemState.INCLUDED,
    )
    return {(row.officer_id, row.subject) for row in session.execute(query)}


def open_beyond(session: Session, after: int, most: int) -> list[int]:
    """The first open milestones numbered beyond `after`, in order; whether they are owed is seen later."""
    is_open = Milestone.state == MilestoneState.PLANNED, Milestone.remind_from.is_not(None)
    query = select(Milestone.id).where(Milestone.id > after, *is_open)
    return list(session.scalars(query.order_by(Milestone.id).limit(most)))


def scheduled(session: Session, ids: Sequence[int]) -> list[tuple[Looked, date | None]]:
    """Those of the milestones that are owed while they are open, each with the day on which to look at it."""
    query = (
        select(*COLUMNS, *THEIRS, Milestone.next_remind_on)
        .join(Task, Milestone.task_id == Task.id)
        .where(Milestone.id.in_(ids), _is_owed())
        .order_by(Milestone.id)
    )
    return [(Looked(*row[:BOTH]), row[BOTH]) for row in session.connection().execute(query).all()]


def look_again(session: Session, days: Iterable[tuple[Looked, date | None]]) -> int:
    """Set the day on which each is looked at again, unless somebody has changed it since it was read (whoever
    did has set the day as well). Gives how many were set."""
    table = Base.metadata.tables[Milestone.__tablename__]
    rows = [{"number": one.id, "seen": one.revision, "day": day} for one, day in days]
    if not rows:
        return 0
    as_read = table.c.id == bindparam("number"), table.c.revision == bindparam("seen")
    statement = update(table).where(*as_read).values(next_remind_on=bindparam("day"))
    done = session.connection().execute(statement, rows)
    assert isinstance(done, CursorResult)
    return done.rowcount
