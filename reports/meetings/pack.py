"""The pack of a meeting (회의자료): what its paper has, as tables of text, whatever the file; of some departments or of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reports import items as item_rows
from reports import texts
from reports.hours import hour_of
from reports.items import ItemRow
from reports.meetings.rows import chair_of
from reports.texts.grammar import full_day
from reports.texts.hidden_titles import shown_title
from reports.texts.states import ITEM_STAGE_WORDS, MEETING_KIND_WORDS, STATE_WORDS, outcome_word
from store import items, meetings, milestones
from store.models import Item, MeetingTime, Milestone, Task
from store.states import ItemStage, MilestoneState

AHEAD = timedelta(days=30)  # milestones due so long from the meeting's day on
Line = list[str]


@dataclass(frozen=True)
class Table:
    """One part of the paper; `rows` [] says `empty`."""

    title: str
    head: Line
    rows: list[Line]
    empty: str


@dataclass(frozen=True)
class Pack:
    """The whole paper: its title, what stands under it, its tables in order."""

    title: str
    facts: list[tuple[str, str]]
    tables: list[Table]


def build(
    session: Session,
    of: MeetingTime,
    now: datetime,
    zone: ZoneInfo,
    departments: Collection[int] | None = None,
) -> Pack:
    """The pack; `departments` None: of all that take part, and where none does, of everybody."""
    wanted = set(departments) if departments is not None else {one.department_id for one in of.parts}
    decided = _decided(session, of, now, zone, departments)
    known = {one.no for one in decided}
    open_ = [one for one in _open(session, wanted, now, zone) if one.no not in known]
    tables = [_agenda(of, departments), _material(of, departments)]
    if any(one.total for one in of.parts):
        tables.append(_attendance(of, departments))
    tables += [_items("decided", decided), _items("open", open_), _milestones(session, of, wanted)]
    return Pack(texts.line("meetings.title", title=of.meeting.title), _facts(of), tables)


def _facts(of: MeetingTime) -> list[tuple[str, str]]:
    """일시, 장소, 주재: what was said of them."""
    said = {
        "kind": MEETING_KIND_WORDS[of.meeting.kind],
        "when": " ".join(one for one in (full_day(of.held_on), hour_of(of.minute)) if one),
        "place": of.place,
        "chair": chair_of(of),
    }
    return [(texts.line(f"meetings.fact.{key}"), value) for key, value in said.items() if value]


def _table(name: str, rows: list[Line]) -> Table:
    head = list(texts.labels(f"meetings.{name}.head"))
    return Table(texts.line(f"meetings.{name}.title"), head, rows, texts.line(f"meetings.{name}.empty"))


def _agenda(of: MeetingTime, only: Collection[int] | None) -> Table:
    """Numbered as it is read out; of some departments theirs and what is nobody's."""
    found = [
        one
        for one in meetings.topics(of)
        if only is None or one.department_id is None or one.department_id in only
    ]
    return _table(
        "agenda",
        [
            [str(at), one.title, one.department.name if one.department else "", one.added_by or ""]
            for at, one in enumerate(found, 1)
        ],
    )


def _material(of: MeetingTime, only: Collection[int] | None) -> Table:
    missing = texts.line("meetings.missing")
    return _table(
        "material",
        [
            [one.department.name, one.text or missing, _day(one.given_on), one.given_by or ""]
            for one in of.parts
            if only is None or one.department_id in only
        ],
    )


def _attendance(of: MeetingTime, only: Collection[int] | None) -> Table:
    """By department, and the sum of its own rows below."""
    said = [
        (one.department.name, one.present or 0, one.total)
        for one in of.parts
        if one.total and (only is None or one.department_id in only)
    ]
    summed = (texts.line("meetings.sum"), sum(one[1] for one in said), sum(one[2] for one in said))
    rows = [[name, str(present), str(total)] for name, present, total in [*said, summed]]
    return _table("attendance", rows if said else [])


def last_decided(session: Session, of: MeetingTime, today: date) -> list[Item]:
    """지난 회의 지시사항: what was decided last time, and of the times before what is still open; the oldest first."""
    earlier = meetings.before(session, of, today)
    decided = meetings.decided(session, [one.id for one in earlier])
    found = [
        one
        for at, time in enumerate(earlier)
        for one in decided[time.id]
        if one.state in items.UNDER_WAY or (at == 0 and one.state is not ItemStage.DROPPED)
    ]
    return sorted(found, key=lambda one: one.id)


def _decided(
    session: Session, of: MeetingTime, now: datetime, zone: ZoneInfo, only: Collection[int] | None
) -> list[ItemRow]:
    found = items.by_numbers(
        session, [one.id for one in last_decided(session, of, now.astimezone(zone).date())]
    )
    return item_rows.rows(
        session, [one for _, one in sorted(found.items()) if _concerns(one, only)], zone, now
    )


def _concerns(item: Item, only: Collection[int] | None) -> bool:
    return only is None or any(one.department_id in only for one in item.parts)


def _open(session: Session, wanted: Collection[int], now: datetime, zone: ZoneInfo) -> list[ItemRow]:
    """Items under way of the departments, whatever they came from."""
    found = items.listed(session, items.Filter(states=items.UNDER_WAY))
    return item_rows.rows(session, [one for one in found if not wanted or _concerns(one, wanted)], zone, now)


def _items(name: str, found: Sequence[ItemRow]) -> Table:
    return _table(
        name,
        [
            [
                str(one.no),
                one.title,
                ", ".join([one.department, *one.cooperating]),
                full_day(one.due_at.date()),
                outcome_word(one.outcome) if one.outcome else ITEM_STAGE_WORDS[ItemStage(one.state)],
                one.reply or "",
            ]
            for one in found
        ],
    )


def _milestones(session: Session, of: MeetingTime, wanted: Collection[int]) -> Table:
    """추진일정 of the departments: late, or due in the weeks from the meeting on."""
    is_near = Milestone.state == MilestoneState.PLANNED, Milestone.due_on <= of.held_on + AHEAD
    where = [Task.department_id.in_(wanted)] if wanted else []
    found = milestones.search(session, *is_near, ~Milestone.before_start, *where)
    return _table("milestones", [_milestone(one, of.held_on) for one in found])


def _milestone(one: Milestone, on: date) -> Line:
    where = one.task.department
    people = ", ".join(each.officer.name for each in milestones.assignees(one, on))
    return [
        f"#{one.id}",
        shown_title(one),
        where.name if where is not None else "",
        people,
        _day(one.due_on),
        STATE_WORDS[one.state],
    ]


def _day(day: date | None) -> str:
    return full_day(day) if day is not None else ""
