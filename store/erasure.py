"""A person's data goes (삭제): links, chats, messages and the name; states, figures and the log stay.

docs/privacy.md says what stays and why.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.orm import Session

from store import inbox
from store.audit import Act
from store.db.base import Base
from store.models import (
    Absence,
    Assignment,
    Card,
    ChatLink,
    ChatPause,
    Delivery,
    Dialogue,
    FallbackChannel,
    Follow,
    Handover,
    InboxUpdate,
    Invite,
    Milestone,
    Officer,
    Plan,
    Role,
    Task,
)
from store.persons import RAW, chats_of
from store.states import DeliveryState, HandoverState, InboxState, MilestoneState, PlanState

SHORT = 2  # letters of a name that may as well be a word: such a one is replaced only before a title
NOBODYS_CHAT = 0
ROWS_AT_ONCE = 1000
CLOSED = (MilestoneState.DONE, MilestoneState.CANCELLED)
# Where people write of each other; the log and settled quarters are records that nothing changes.
WRITTEN = {
    "delivery": ("payload", "error"),
    "inbox": ("raw", "error"),
    "dialogue": ("data",),
    "card": ("data",),
    "milestone": ("note", "reason"),
    "task": ("watch_reason",),
    "delay_request": ("reason", "catch_up", "decision_note"),
    "adjustment": ("reason", "draft", "history"),
    "review_round": ("comment",),
    "review_entry": ("results", "problems", "next_plan", "opinion", "sent_back_reason"),
    "ask": ("basis",),
    "ask_answer": ("answered_by", "sent_back_reason"),
    "ask_row": ("cells",),
    "item": ("title", "source", "requester", "sent_back_reason"),
    "item_reply": ("text", "replied_by"),
    "indicator_target": ("reason", "entered_by"),
    "indicator_value": ("words", "evidence", "entered_by"),
    "indicator_year": ("evidence", "frozen_by", "judged_by"),
    "ask_part": ("rows",),
    "meeting": ("title", "chairs"),
    "meeting_time": ("place",),
    "meeting_topic": ("title", "added_by"),
    "meeting_part": ("text", "given_by"),
    "meeting_panel": ("name",),
    "meeting_opinion": ("text",),
    "ask_verdict": ("opinion", "by"),
    "ask_correction": ("before", "after", "reason", "by"),
    "plan_upload": ("draft",),
    "difference": ("key", "value"),
}
_TITLES = {"title", "expr", "section", "pledge", "area"}  # of a draft: public names of promises
_LEFT = "퇴직자"
_BEFORE = r"(?<![가-힣A-Za-z])"
_RANK = r"\s?(?:님|주무관|실무관|사무관|서기관|팀장|과장|계장|국장|실장|주사|서기)"


@dataclass
class Forgotten:
    """How much went, by kind. `doubtful`: places whose words may mean the person, which a human has to look at."""

    counts: dict[str, int] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)


def pseudonym(officer_id: int) -> str:
    """The name that stands for the person from then on: the same for ever, of no other person."""
    return f"{_LEFT} {officer_id}"


def obstacles(session: Session, officer: Officer, today: date) -> dict[str, list[int]]:
    """Why the person cannot be forgotten yet, by code, with the numbers of the tasks that are meant."""
    found: dict[str, list[int]] = {}
    if numbers := _answered_for(session, officer, today):
        found["holds-tasks"] = numbers
    coming = select(Handover.id).where(
        Handover.state == HandoverState.SCHEDULED,
        or_(Handover.from_officer_id == officer.id, Handover.to_officer_id == officer.id),
    )
    if session.scalar(coming.limit(1)) is not None:
        found["handed-over"] = []
    standing_in = select(Absence.id).where(
        Absence.substitute_id == officer.id, Absence.ended_on.is_(None), Absence.until_on >= today
    )
    if session.scalar(standing_in.limit(1)) is not None:
        found["stands-in"] = []
    return found


def _answered_for(session: Session, officer: Officer, today: date) -> list[int]:
    """Tasks of active plans with something open that the person holds, today or later."""
    query = select(Task.id).join(Assignment, Assignment.task_id == Task.id).join(Plan)
    query = query.join(Milestone, Milestone.task_id == Task.id).where(
        Assignment.officer_id == officer.id,
        or_(Assignment.until_on.is_(None), Assignment.until_on >= today),
        Plan.state == PlanState.ACTIVE,
        Milestone.state.not_in(CLOSED),
    )
    return list(session.scalars(query.distinct().order_by(Task.id)))


def forget(act: Act, officer: Officer, today: date) -> Forgotten:
    """All of it in the caller's transaction. A second call finds nothing more."""
    session, done = act.session, Forgotten()
    name, chats = officer.name, chats_of(session, officer.id)
    _messages(session, officer.id, chats, done)
    _private_rows(session, officer.id, done)
    _end(session, officer.id, today)
    is_unique = (
        session.scalar(select(Officer.id).where(Officer.name == name, Officer.id != officer.id).limit(1))
        is None
    )
    _mentions(session, name, pseudonym(officer.id), done, is_unique=is_unique)
    officer.name, officer.rank, officer.department_id = pseudonym(officer.id), None, None
    officer.membership = None
    officer.own_hour = officer.language = None
    act.record("person-forgotten", f"officer:{officer.id}", after=dict(done.counts))
    return done


def _messages(session: Session, officer_id: int, chats: set[int], done: Forgotten) -> None:
    """Texts, keyboards and chats of what was sent to the person, and all that came from there."""
    theirs = or_(Delivery.officer_id == officer_id, Delivery.chat_id.in_(chats))
    waiting = update(Delivery).where(theirs, Delivery.state == DeliveryState.PENDING)
    session.execute(waiting.values(state=DeliveryState.CANCELLED))
    gone = {"payload": {}, "chat_id": NOBODYS_CHAT, "message_id": None, "error": None}
    session.execute(delete(ChatPause).where(ChatPause.chat_id.in_(chats)))
    done.counts["messages"] = _count(session.execute(update(Delivery).where(theirs).values(**gone)))
    came = session.scalars(select(InboxUpdate).where(InboxUpdate.chat_id.in_(chats))).all()
    for row in came:
        inbox.forget_words(row)
        row.chat_id, row.error = None, None
        row.state = InboxState.HANDLED if row.state is InboxState.NEW else row.state
    for row in (others := _written_elsewhere(session, chats)):
        inbox.forget_words(row)
    done.counts["received"] = len(came) + len(others)


def _written_elsewhere(session: Session, chats: set[int]) -> list[InboxUpdate]:
    """What the person said or pressed in groups: a private chat has the number of its person."""
    if not chats:
        return []
    named = or_(*(InboxUpdate.raw.contains(str(one)) for one in chats))
    rows = session.scalars(select(InboxUpdate).where(named))
    return [one for one in rows if _writers(inbox.content(one.raw)) & chats]


def _writers(update: Any) -> set[int]:
    """The numbers of whoever an update is from: its message, its press of a button, whatever it brings."""
    parts = update.values() if isinstance(update, dict) else ()
    writers = (one.get("from") for one in parts if isinstance(one, dict))
    numbers = (one.get("id") for one in writers if isinstance(one, dict))
    return {one for one in numbers if isinstance(one, int)}


def _private_rows(session: Session, officer_id: int, done: Forgotten) -> None:
    for table in (ChatLink, Invite, FallbackChannel, Dialogue, Card, Absence, Follow):
        gone = session.execute(delete(table).where(table.officer_id == officer_id))
        done.counts[table.__tablename__] = _count(gone)


def _end(session: Session, officer_id: int, today: date) -> None:
    """Roles and what is left of assignments (to closed plans) end today."""
    for table in (Role, Assignment):
        open_ones = or_(table.until_on.is_(None), table.until_on > today)
        session.execute(update(table).where(table.officer_id == officer_id, open_ones).values(until_on=today))


def _mentions(session: Session, name: str, instead: str, done: Forgotten, *, is_unique: bool) -> None:
    """The name in what others wrote and were sent."""
    session.flush()
    session.expire_all()
    pattern = _pattern(name, _longer(session, name)) if is_unique else None
    done.counts["mentions"] = sum(
        _rewrite(session, Base.metadata.tables[one], columns, name, pattern, instead, done)
        for one, columns in WRITTEN.items()
    )


def _rewrite(
    session: Session,
    table: Table,
    columns: tuple[str, ...],
    name: str,
    pattern: re.Pattern[str] | None,
    instead: str,
    done: Forgotten,
) -> int:
    """The rows of a table that had the name and have it no more; where it is left, that is noted."""
    key = next(iter(table.primary_key.columns))
    query = select(key, *(table.c[one] for one in columns)).execution_options(yield_per=ROWS_AT_ONCE)
    read = (
        (row[0], {one: _read(table, one, value) for one, value in zip(columns, row[1:], strict=True)})
        for row in session.execute(query)
    )
    rows = [(number, values) for number, values in read if _has(name, values)]
    count = 0
    for number, values in rows:
        found = {one: value for one, value in values.items() if _has(name, value)}
        new = {one: _replaced(pattern, instead, value) if pattern else value for one, value in found.items()}
        if new != found:
            written = {one: _written(table, one, value) for one, value in new.items()}
            session.execute(update(table).where(key == number).values(**written))
            count += 1
        done.doubtful += [f"{table.name} {number} {one}" for one, value in new.items() if _has(name, value)]
    return count


def _read(table: Table, column: str, value: Any) -> Any:
    """What stands in a column; in the text of an update, letters may be written by their numbers."""
    return inbox.content(value) if (table.name, column) == RAW else value


def _written(table: Table, column: str, value: Any) -> Any:
    if (table.name, column) == RAW and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return value


def _longer(session: Session, name: str) -> list[str]:
    """What follows the name in the names of others that begin with it."""
    query = select(Officer.name).where(Officer.name.startswith(name, autoescape=True), Officer.name != name)
    return [one.removeprefix(name) for one in session.scalars(query)]


def _pattern(name: str, longer: list[str]) -> re.Pattern[str]:
    """The name as a word of its own and not the beginning of another's; a short one only where a title follows."""
    others = "".join(f"(?!{re.escape(one)})" for one in longer)
    title = rf"(?={_RANK})" if len(name) <= SHORT else ""
    return re.compile(rf"{_BEFORE}{re.escape(name)}{others}{title}")


def _has(name: str, value: Any) -> bool:
    """The name stands in the text, or somewhere in lists and dicts, titles of promises aside."""
    if isinstance(value, dict):
        return any(_has(name, one) for key, one in value.items() if key not in _TITLES)
    if isinstance(value, list):
        return any(_has(name, one) for one in value)
    return isinstance(value, str) and name in value


def _replaced(pattern: re.Pattern[str], instead: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: one if key in _TITLES else _replaced(pattern, instead, one) for key, one in value.items()
        }
    if isinstance(value, list):
        return [_replaced(pattern, instead, one) for one in value]
    return pattern.sub(instead, value) if isinstance(value, str) else value


def _count(result: Any) -> int:
    return int(result.rowcount)
