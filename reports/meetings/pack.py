"""The pack of a meeting (회의자료): what its paper has, as tables of text, whatever the file; of some departments or of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from plans.sheet.question import Form
from reports import items as item_rows
from reports import texts
from reports.asks import form_of
from reports.hours import hour_of
from reports.items import ItemRow
from reports.meetings.opinions import OpinionRow, PanelRow, label_of, opinion_rows, panel_rows
from reports.meetings.rows import chair_of
from reports.pledges import read_pledge_status, settled_status
from reports.texts.grammar import full_day
from reports.texts.hidden_titles import shown_title
from reports.texts.states import (
    ITEM_STAGE_WORDS,
    MEETING_KIND_WORDS,
    PLEDGE_WORDS,
    STATE_WORDS,
    outcome_word,
)
from store import asks, items, meetings, milestones, panels, rounds
from store.models import AskAnswer, AskRow, Item, MeetingOpinion, MeetingPanel, MeetingTime, Milestone, Task
from store.officers import alike
from store.states import ItemStage, MeetingKind, MilestoneState

AHEAD = timedelta(days=30)  # milestones due so long from the meeting's day on
DONE = (MilestoneState.REPORTED, MilestoneState.DONE)
WIDTHS = (12.0, 36.0, 18.0, 16.0, 14.0, 36.0)  # of the columns of a sheet
PANEL_WIDTHS = (34.0, 16.0, 14.0, 26.0, 36.0, 36.0)
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
    widths: tuple[float, ...] = WIDTHS


def build(
    session: Session,
    of: MeetingTime,
    now: datetime,
    zone: ZoneInfo,
    departments: Collection[int] | None = None,
    panel: MeetingPanel | None = None,
) -> Pack:
    """The pack; `departments` None: of all that take part, and where none does, of everybody. `panel`: of one 분과 of citizens:
    its tasks, what was said of them, and nothing of the departments' own papers."""
    if of.meeting.kind is MeetingKind.PANEL and (seated := panels.of_meeting(session, of.meeting_id)):
        return _of_citizens(session, of, now, zone, seated, panel)
    wanted = set(departments) if departments is not None else {one.department_id for one in of.parts}
    decided = _decided(session, of, now, zone, departments)
    known = {one.no for one in decided}
    open_ = [one for one in _open(session, wanted, now, zone) if one.no not in known]
    tables = [_agenda(of, departments), _material(of, departments)]
    tables += _replies(session, of, departments, zone)
    if any(one.total for one in of.parts):
        tables.append(_attendance(of, departments))
    tables += [_items("decided", decided), _items("open", open_), _milestones(session, of, wanted)]
    return Pack(texts.line("meetings.title", title=of.meeting.title), _facts(of), tables)


def _of_citizens(
    session: Session,
    of: MeetingTime,
    now: datetime,
    zone: ZoneInfo,
    seated: Sequence[MeetingPanel],
    panel: MeetingPanel | None,
) -> Pack:
    """Of every 분과 or of one: who sits in it, its tasks with state and dates, what it says of them, what became of what was
    said before."""
    meant = [one for one in seated if panel is None or one.id == panel.id]
    said = panels.opinions(session, [of.id])[of.id]
    earlier = panels.follows(session, of, now.astimezone(zone).date())
    tables = [_agenda(of, None), _panels(meant, said)]
    for one in meant:
        tables.append(_tasks(session, one, of, said, now, zone))
        before = [each for each in earlier if alike(each.panel.name) == alike(one.name)]
        tables.append(_opinions(session, "said-before", one.name, before, now, zone))
    name = f"{of.meeting.title} · {panel.name}" if panel is not None else of.meeting.title
    return Pack(texts.line("meetings.title", title=name), _facts(of), tables, PANEL_WIDTHS)


def _panels(meant: Sequence[MeetingPanel], said: Sequence[MeetingOpinion]) -> Table:
    """Who sits where, and how far it is; below the sum of the rows."""
    found = panel_rows(meant, said)
    if len(found) > 1:
        names = ("citizens", "experts", "tasks", "opinions", "unanswered")
        summed = {name: sum(getattr(one, name) for one in found) for name in names}
        found.append(PanelRow(name=texts.line("meetings.sum"), **summed))
    return _table("panels", [_panel(one) for one in found])


def _panel(one: PanelRow) -> Line:
    members = texts.line(
        "meetings.members", count=one.citizens + one.experts, citizens=one.citizens, experts=one.experts
    )
    counts = one.tasks, one.opinions, one.opinions - one.unanswered, one.unanswered
    return [one.name, members, *map(str, counts)]


def _tasks(
    session: Session,
    panel: MeetingPanel,
    of: MeetingTime,
    said: Sequence[MeetingOpinion],
    now: datetime,
    zone: ZoneInfo,
) -> Table:
    """과제: its state and dates, and what is said of it this time, with the reply."""
    told = {one.task: one for one in opinion_rows(session, said, zone, now)}
    spoken = {one.task_id for one in said}
    rows = []
    for task in panels.tasks_of(panel):
        row = told.get(task.id)
        words = row.opinion if row is not None else None
        if words is None and task.id in spoken:
            words = texts.line("meetings.no-opinion")
        rows.append(
            [
                label_of(task),
                task.department.name if task.department is not None else "",
                state_of(session, task),
                dates_of(session, task, of.held_on),
                words or "",
                _became(row) if row is not None else "",
            ]
        )
    return _table("tasks", rows, name=panel.name)


def _became(row: OpinionRow) -> str:
    """The reply, with how it ended; else how far it is."""
    if row.state is None:
        return ""
    state = outcome_word(row.outcome) if row.outcome else ITEM_STAGE_WORDS[ItemStage(row.state)]
    return f"[{state}] {row.reply}" if row.reply else texts.line("meetings.unanswered", state=state)


def _opinions(
    session: Session, key: str, name: str, found: Sequence[MeetingOpinion], now: datetime, zone: ZoneInfo
) -> Table:
    """지난 회의 의견: each with when it is due and what became of it."""
    rows = [
        [
            " ".join(each for each in (one.task_no, one.title) if each),
            one.department or "",
            str(one.item or ""),
            _day(one.due_at.date() if one.due_at is not None else None),
            one.opinion or "",
            _became(one),
        ]
        for one in opinion_rows(session, found, zone, now)
    ]
    return _table(key, rows, name=name)


def state_of(session: Session, task: Task) -> str:
    """추진상황: that of the newest settled quarter, else the document's."""
    row = rounds.newest_row(session, task.id)
    if row is not None:
        return PLEDGE_WORDS[settled_status(row)]
    read = read_pledge_status(task.status)
    return PLEDGE_WORDS[read] if read else task.status or ""


def dates_of(session: Session, task: Task, on: date) -> str:
    """사업기간, how many of its milestones are done, and the next one that is due."""
    counted = [one for one in task.milestones if one.state is not MilestoneState.CANCELLED and one.due_on]
    done = sum(one.state in DONE for one in counted)
    open_ = [one for one in counted if one.state not in DONE]
    coming = min(open_, key=lambda one: (one.due_on or date.max, one.id), default=None)
    facts = {
        "start": _day(task.start_on),
        "end": _day(task.end_on),
        "done": done,
        "total": len(counted),
        "next": shown_title(coming) if coming is not None else "",
        "due": _day(coming.due_on) if coming is not None else "",
        "is_late": coming is not None and coming.due_on is not None and coming.due_on < on,
    }
    return texts.line("meetings.dates", **facts)


def _facts(of: MeetingTime) -> list[tuple[str, str]]:
    """일시, 장소, 주재: what was said of them."""
    said = {
        "kind": MEETING_KIND_WORDS[of.meeting.kind],
        "when": " ".join(one for one in (full_day(of.held_on), hour_of(of.minute)) if one),
        "place": of.place,
        "chair": chair_of(of),
    }
    return [(texts.line(f"meetings.fact.{key}"), value) for key, value in said.items() if value]


def _table(key: str, rows: list[Line], **facts: object) -> Table:
    head = list(texts.labels(f"meetings.{key}.head"))
    return Table(
        texts.line(f"meetings.{key}.title", **facts), head, rows, texts.line(f"meetings.{key}.empty")
    )


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
    missing, asked = texts.line("meetings.missing"), texts.line("meetings.by-request")
    return _table(
        "material",
        [
            [
                one.department.name,
                one.text or (missing if meetings.is_missing(of, one) else asked),
                _day(one.given_on),
                one.given_by or "",
            ]
            for one in of.parts
            if only is None or one.department_id in only
        ],
    )


def _replies(session: Session, of: MeetingTime, only: Collection[int] | None, zone: ZoneInfo) -> list[Table]:
    """What departments replied to each request by which its material is asked; a row a department."""
    made = []
    for one in of.asks:
        found, form = asks.rows_of(session, one.ask_id), form_of(one.ask)
        lines = [
            _reply(own, form, found.get(own.id, []), zone)
            for own in asks.answers(session, one.ask_id)
            if only is None or own.department_id in only
        ]
        made.append(_table("requested", lines, number=one.ask_id, name=one.ask.title))
    return made


def _reply(own: AskAnswer, form: Form, found: Sequence[AskRow], zone: ZoneInfo) -> Line:
    if own.state not in asks.GIVEN:
        return [own.department.name, texts.line("meetings.missing"), "", ""]
    said = [
        ", ".join(f"{each.name} {row.cells[each.key]}" for each in form.asked if row.cells.get(each.key))
        for row in found
    ]
    kind = own.kind if own.kind is not None and not said else None
    words = texts.words("asks.kind")[kind] if kind is not None else "\n".join(said)
    at = own.answered_at.astimezone(zone).date() if own.answered_at is not None else None
    return [own.department.name, words, _day(at), own.answered_by or ""]


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
