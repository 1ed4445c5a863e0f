"""The steps of a meeting: planned, moved, cancelled; its agenda, the departments' material, who came, what was decided.

Every step holds the meeting's time until the transaction ends, counts its revision and is audited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from jobs.items import steps as items
from jobs.items.steps import Entry
from jobs.meetings.rules import BEFORE, MOST_TIMES, closes_on, days_of
from store import asks, meetings, panels
from store.models import (
    Department,
    Item,
    Meeting,
    MeetingAsk,
    MeetingDecision,
    MeetingPanel,
    MeetingPanelTask,
    MeetingPart,
    MeetingTime,
    MeetingTopic,
)
from store.states import MeetingKind

TITLE_MOST, PLACE_MOST, TEXT_MOST = 300, 200, 4000


class MeetingError(StepError):
    """A step of a meeting cannot be taken."""


@dataclass(frozen=True)
class Plan:
    """A meeting to be held on the days, or by the rule until `until` (None: the end of the year). `departments` take part and
    bring material."""

    title: str
    kind: MeetingKind = MeetingKind.MEETING
    days: Sequence[date] = ()
    rrule: str | None = None
    until: date | None = None
    minute: int | None = None
    place: str | None = None
    chairs: Mapping[str, str] = field(default_factory=dict)
    departments: Sequence[Department] = ()
    agenda_days: int = BEFORE
    material_days: int = BEFORE


def plan(deed: Deed, wanted: Plan) -> list[MeetingTime]:
    """Its times, in order. Raises MeetingError."""
    title = wanted.title.strip()[:TITLE_MOST]
    if not title:
        raise MeetingError("no-title")
    days = _days(deed, wanted)
    made = Meeting(
        kind=wanted.kind,
        title=title,
        rrule=wanted.rrule,
        chairs=dict(wanted.chairs),
        agenda_days=wanted.agenda_days,
        material_days=wanted.material_days,
        entered_by_id=deed.who.officer_id,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    _adopt_panels(deed, made)
    times = [_time(deed, made, wanted, day) for day in days]
    after = {"title": title, "on": days[0], "count": len(days)}
    deed.record("meeting-planned", f"meeting:{times[0].id}", after=after, revision=1)
    return [fresh(deed, one.id) for one in times]


def _adopt_panels(deed: Deed, made: Meeting) -> None:
    """The panels of the newest earlier meeting of citizens of that name, with their tasks: the next year's begins with them."""
    earlier = panels.last_of(deed.session, made) if made.kind is MeetingKind.PANEL else None
    for one in panels.of_meeting(deed.session, earlier.id) if earlier is not None else []:
        new = MeetingPanel(
            meeting_id=made.id,
            position=one.position,
            name=one.name,
            citizens=one.citizens,
            experts=one.experts,
        )
        deed.session.add(new)
        deed.session.flush()
        for task in panels.tasks_of(one):
            deed.session.add(MeetingPanelTask(meeting_id=made.id, panel_id=new.id, task_id=task.id))
    deed.session.flush()


def _days(deed: Deed, wanted: Plan) -> list[date]:
    days = sorted(set(wanted.days))
    if wanted.rrule is not None:
        last = wanted.until or date(deed.today.year, 12, 31)
        days = days_of(wanted.rrule, deed.today, last, deed.rules.calendar)
    if not days:
        raise MeetingError("no-days")
    if days[0] < deed.today:
        raise MeetingError("past-day", day=days[0])
    if len(days) > MOST_TIMES:
        raise MeetingError("too-many", count=len(days), most=MOST_TIMES)
    return days


def _time(deed: Deed, of: Meeting, wanted: Plan, day: date) -> MeetingTime:
    place = (wanted.place or "").strip()[:PLACE_MOST] or None
    made = MeetingTime(
        meeting_id=of.id, held_on=day, first_held_on=day, minute=wanted.minute, place=place, revision=1
    )
    deed.session.add(made)
    deed.session.flush()
    for position, one in enumerate(dict.fromkeys(each.id for each in wanted.departments)):
        deed.session.add(MeetingPart(time_id=made.id, department_id=one, position=position))
    deed.session.flush()
    return made


def fresh(deed: Deed, number: int) -> MeetingTime:
    found = meetings.get(deed.session, number)
    assert found is not None
    return found


def held(deed: Deed, number: int) -> MeetingTime:
    """The time, held until the transaction ends. Raises MeetingError where it is none, or cancelled."""
    if meetings.locked(deed.session, number) is None:
        raise MeetingError("no-meeting", number=number)
    found = fresh(deed, number)
    if found.cancelled_at is not None:
        raise MeetingError("cancelled", number=number)
    return found


def _part(of: MeetingTime, department_id: int) -> MeetingPart:
    found = meetings.part_of(of, department_id)
    if found is None:
        raise MeetingError("not-of-department", number=of.id)
    return found


def take_step(
    deed: Deed,
    of: MeetingTime,
    action: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> MeetingTime:
    """It is changed by now: the revision counts, and the log says what was and what is."""
    of.revision += 1
    deed.session.flush()
    deed.record(
        action,
        f"meeting:{of.id}",
        before=before or {},
        after=after or {},
        revision=of.revision,
        reason=reason,
    )
    return fresh(deed, of.id)


def move(deed: Deed, number: int, day: date, reason: str, minute: int | None = None) -> MeetingTime:
    """Another day (and hour); what was said first is kept. Raises MeetingError."""
    of = held(deed, number)
    ensure_reason(reason)
    if of.held_on < deed.today:
        raise MeetingError("over", number=number, day=of.held_on)
    if day < deed.today:
        raise MeetingError("past-day", day=day)
    before = of.held_on
    of.held_on, of.minute = day, of.minute if minute is None else minute
    return take_step(deed, of, "meeting-moved", before={"on": before}, after={"on": day}, reason=reason)


def cancel(deed: Deed, number: int, reason: str, *, is_all: bool = False) -> list[MeetingTime]:
    """It does not take place; `is_all`: nor do the later ones of the same meeting. Raises MeetingError."""
    of = held(deed, number)
    ensure_reason(reason)
    if of.held_on < deed.today:
        raise MeetingError("over", number=number, day=of.held_on)
    gone = []
    for one in meetings.later(deed.session, of) if is_all else [of]:
        one.cancelled_at = deed.now
        gone.append(take_step(deed, one, "meeting-cancelled", before={"on": one.held_on}, reason=reason))
    return gone


def add_topic(
    deed: Deed, number: int, title: str, department: Department | None = None, *, is_office: bool = False
) -> MeetingTime:
    """안건: by anybody until the agenda closes, by the planning office (`is_office`) after that, too. Raises MeetingError."""
    said = title.strip()[:TITLE_MOST]
    if not said:
        raise MeetingError("no-topic")
    of = held(deed, number)
    closes = closes_on(of.held_on, of.meeting.agenda_days, deed.rules.calendar)
    if deed.today > closes and not is_office:
        raise MeetingError("agenda-closed", number=number, day=closes)
    deed.session.add(
        MeetingTopic(
            time_id=of.id,
            position=len(of.topics) + 1,
            title=said,
            department_id=department.id if department is not None else None,
            added_by_id=deed.who.officer_id,
            added_by=deed.who.name,
            added_at=deed.now,
        )
    )
    return take_step(deed, of, "meeting-topic", after={"title": said})


def drop_topic(deed: Deed, number: int, position: int, *, is_office: bool = False) -> MeetingTime:
    """It is taken off the agenda, by whoever added it or the planning office. Raises MeetingError."""
    of = held(deed, number)
    found = next((one for one in meetings.topics(of) if one.position == position), None)
    if found is None:
        raise MeetingError("no-such-topic", number=number, position=position)
    if not is_office and found.added_by_id != deed.who.officer_id:
        raise MeetingError("others-topic", position=position)
    found.dropped_at = deed.now
    return take_step(deed, of, "meeting-topic-dropped", before={"title": found.title})


def give(
    deed: Deed, number: int, department_id: int, text: str, *, is_on_behalf: bool = False
) -> MeetingTime:
    """A department's material, a document's number or words; given again, the newer one counts. Raises MeetingError."""
    said = text.strip()[:TEXT_MOST]
    if not said:
        raise MeetingError("no-material")
    of = held(deed, number)
    part = _part(of, department_id)
    part.version += 1
    part.text, part.given_on = said, deed.today
    part.given_by_id, part.given_by, part.is_on_behalf = deed.who.officer_id, deed.who.name, is_on_behalf
    after = {"department": part.department.name, "is_on_behalf": is_on_behalf, "count": part.version}
    return take_step(deed, of, "meeting-material", after=after)


def ask_by(deed: Deed, number: int, ask_id: int) -> MeetingTime:
    """요청: its replies are the material of those whom it asks, and stand in the pack. Raises MeetingError."""
    of = held(deed, number)
    if asks.get(deed.session, ask_id) is None:
        raise MeetingError("no-such-request", number=ask_id)
    if any(one.ask_id == ask_id for one in of.asks):
        raise MeetingError("asked-already", number=ask_id)
    deed.session.add(MeetingAsk(time_id=of.id, ask_id=ask_id))
    return take_step(deed, of, "meeting-request", after={"became": f"ask:{ask_id}"})


def attend(deed: Deed, number: int, department_id: int, present: int, total: int) -> MeetingTime:
    """참석: so many of so many of the department came. Raises MeetingError."""
    of = held(deed, number)
    if of.held_on > deed.today:
        raise MeetingError("not-yet", number=number, day=of.held_on)
    if not 0 <= present <= total or total == 0:
        raise MeetingError("more-than-all", present=present, total=total)
    part = _part(of, department_id)
    part.present, part.total = present, total
    after = {"department": part.department.name, "value": f"{present}/{total}"}
    return take_step(deed, of, "meeting-attended", after=after)


def decide(deed: Deed, number: int, entry: Entry) -> Item:
    """What was decided becomes an item of that day, which the next time's pack has again. Raises MeetingError, ItemError."""
    of = held(deed, number)
    if of.held_on > deed.today:
        raise MeetingError("not-yet", number=number, day=of.held_on)
    made = items.enter(deed, replace(entry, source=entry.source or of.meeting.title, source_on=of.held_on))
    deed.session.add(MeetingDecision(time_id=of.id, item_id=made.id))
    take_step(deed, of, "meeting-decided", after={"title": made.title, "due_on": made.due_on})
    return made


def ensure_reason(reason: str) -> None:
    if not reason.strip():
        raise MeetingError("no-reason")
