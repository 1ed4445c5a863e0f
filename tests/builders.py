"""Rows for tests in few words: a plan, people with chats, tasks, milestones, messages of the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import CalendarSettings, ReminderSettings
from store import chat_links, deliveries, milestones, numbers, officers
from store.audit import Who
from store.models import (
    Assignment,
    ChatLink,
    Delivery,
    DeliveryItem,
    Milestone,
    Officer,
    Plan,
    Role,
    Series,
    Task,
)
from store.states import (
    AssignmentKind,
    DeliveryKind,
    DeliveryState,
    ItemState,
    MilestoneKind,
    MilestoneState,
    PastReview,
    PlanState,
    Precision,
    RoleName,
)

SEOUL = ZoneInfo("Asia/Seoul")
BOT_ID = 42
RULES = Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL))
BOT = Who(None, "운영자", "test", "test:1")


def kst(year: int, month: int, day: int, hour: int = 9, minute: int = 10, second: int = 0) -> datetime:
    """An instant by the clock on the wall in Korea, at 09:10 where no time is given; in UTC."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SEOUL).astimezone(UTC)


LONG_AGO = kst(2020, 1, 2)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.current = now

    def now(self) -> datetime:
        return self.current

    def forward(self, **length: float) -> None:
        self.current += timedelta(**length)


def plan(
    session: Session,
    title: str = "실행계획",
    *,
    year: int | None = 2026,
    state: PlanState = PlanState.ACTIVE,
    imported_at: datetime = LONG_AGO,
) -> Plan:
    made = Plan(title=title, year=year, state=state, source_name="plan.txt", imported_at=imported_at)
    session.add(made)
    session.flush()
    return made


def officer(session: Session, name: str = "김하늘", department: str | None = "도로과") -> Officer:
    where = officers.ensure_department(session, department) if department else None
    return officers.ensure(session, name, where)


def link(session: Session, person: Officer, *, since: datetime = LONG_AGO) -> ChatLink:
    """The person's chat: its id is 9000 + the person's."""
    chat_id = 9000 + person.id
    return chat_links.connect(session, person, BOT_ID, chat_id, chat_id, person.name, since)


def linked(
    session: Session, name: str = "김하늘", department: str = "도로과", *, since: datetime = LONG_AGO
) -> Officer:
    """An officer who can be written to."""
    person = officer(session, name, department)
    link(session, person, since=since)
    return person


def role(
    session: Session,
    person: Officer,
    name: RoleName,
    *,
    from_on: date = date(2020, 1, 1),
    until_on: date | None = None,
    department_id: int | None = None,
) -> Role:
    made = Role(officer=person, role=name, from_on=from_on, until_on=until_on, department_id=department_id)
    session.add(made)
    session.flush()
    return made


def task(
    session: Session,
    *people: Officer,
    title: str = "보행로 정비",
    department: str | None = "도로과",
    of: Plan | None = None,
) -> Task:
    """A task whose first person leads it and whose others are deputies."""
    made = Task(
        id=numbers.allocate(session, "task"),
        plan=of or session.scalar(select(Plan).limit(1)) or plan(session),
        position=1,
        title=title,
        department=officers.ensure_department(session, department) if department else None,
    )
    session.add(made)
    session.flush()
    for person in people:
        assign(session, made, person, AssignmentKind.LEAD if person is people[0] else AssignmentKind.DEPUTY)
    return made


def assign(
    session: Session,
    to: Task,
    person: Officer,
    kind: AssignmentKind = AssignmentKind.LEAD,
    *,
    from_on: date = date(2020, 1, 1),
    until_on: date | None = None,
) -> Assignment:
    made = Assignment(task_id=to.id, officer=person, kind=kind, from_on=from_on, until_on=until_on)
    to.assignments.append(made)
    session.flush()
    return made


def milestone(
    session: Session,
    of: Task,
    due: date | None,
    *,
    start: date | None = None,
    precision: Precision = Precision.DAY,
    state: MilestoneState = MilestoneState.PLANNED,
    title: str = "설계 용역",
    remind_from: datetime | None = LONG_AGO,
    next_remind_on: date | None = date(2020, 1, 2),
    past_review: PastReview | None = None,
    before_start: bool = False,
) -> Milestone:
    """A milestone that the next scan looks at."""
    number = numbers.allocate(session, "milestone")
    made = Milestone(
        id=number,
        task=of,
        identity=f"{title}:{number}",
        title=title,
        expr="2026. 6.",
        kind=MilestoneKind.DATED if due else MilestoneKind.OPEN,
        precision=precision,
        start_on=start,
        original_due_on=due,
        due_on=due,
        state=state,
        remind_from=remind_from,
        next_remind_on=next_remind_on,
        past_review=past_review,
        before_start=before_start,
    )
    session.add(made)
    session.flush()
    return made


def series(
    session: Session,
    of: Task,
    rrule: str | None,
    *,
    start: date = date(2026, 1, 1),
    until: date = date(2026, 12, 31),
) -> Series:
    made = Series(
        id=numbers.allocate(session, "series"),
        task_id=of.id,
        title="지도 점검",
        expr="매월",
        rrule=rrule,
        start_on=start,
        until_on=until,
        remind_from=LONG_AGO,
    )
    session.add(made)
    session.flush()
    return made


def digest(
    session: Session, person: Officer, day: date, *items: Milestone, rule: str = "before:0"
) -> Delivery:
    """A daily message that waits to be sent, with a reminder of each milestone."""
    made = deliveries.add(
        session,
        DeliveryKind.DIGEST,
        "digest",
        9000 + person.id,
        kst(day.year, day.month, day.day),
        officer_id=person.id,
        day=day,
    )
    for one in items:
        item(session, person, one, rule, delivery=made)
    return made


def item(
    session: Session,
    person: Officer,
    of: Milestone,
    rule: str,
    *,
    delivery: Delivery | None = None,
    state: ItemState = ItemState.INCLUDED,
) -> DeliveryItem:
    due = of.due_on or of.start_on
    assert due is not None
    made = DeliveryItem(
        delivery=delivery,
        officer_id=person.id,
        subject=milestones.subject(of.id),
        milestone_id=of.id,
        rule=rule,
        due_on=due,
        state=state,
    )
    session.add(made)
    session.flush()
    return made


def reply(session: Session, chat_id: int, text: str = "답", *, cause: str | None = None) -> Delivery:
    """An answer that waits to be sent."""
    message = deliveries.Message(deliveries.Html(text), [])
    return deliveries.add(
        session, DeliveryKind.REPLY, "answer", chat_id, LONG_AGO, cause=cause, message=message
    )


def all_deliveries(session: Session) -> list[Delivery]:
    return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def states_of(session: Session) -> list[DeliveryState]:
    """The state of every message, oldest first."""
    return [one.state for one in all_deliveries(session)]


def all_items(session: Session) -> list[tuple[str, ItemState]]:
    """(rule, state) of every reminder in the ledger, oldest first."""
    return [(one.rule, one.state) for one in session.scalars(select(DeliveryItem).order_by(DeliveryItem.id))]
