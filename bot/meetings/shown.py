"""A meeting as a message with the buttons of its reader, a line of a list, and the list page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from bot.chat.lists import page_of, paging, titled
from bot.chat.turn import Keyboard, Turn, button
from bot.meetings import whose
from bot.texts import render
from bot.texts.render import label, say
from jobs.meetings.rules import closing
from jobs.rules.policy import Rules
from reports.hours import hour_of
from reports.meetings.opinions import PanelRow, of_time
from reports.meetings.rows import chair_of
from reports.texts.states import ITEM_STAGE_WORDS, MEETING_KIND_WORDS, outcome_word
from store import meetings, panels
from store.deliveries import Html, Message
from store.models import Item, MeetingPart, MeetingTime
from store.states import MeetingKind

VIEW, PAGE = "mtview", "mtlist"
TOPIC, GIVE, DECIDE = "mttopic", "mtgive", "mtdecide"
BOOK, PAPER, SHEET = "mtbook", "mtpaper", "mtsheet"
PER_PAGE, A_ROW = 7, 3


class Seated(NamedTuple):
    """Of a meeting of citizens: how many 분과, their tasks, and what was said at earlier times that nobody answered."""

    panels: int
    tasks: int
    unanswered: int


def seated(session: Session, of: MeetingTime, today: date) -> Seated | None:
    """None for every other meeting."""
    if of.meeting.kind is not MeetingKind.PANEL:
        return None
    found = panels.of_meeting(session, of.meeting_id)
    left = panels.unanswered(panels.follows(session, of, today))
    return Seated(len(found), sum(len(panels.tasks_of(one)) for one in found), len(left))


def line(
    of: MeetingTime,
    today: date,
    rules: Rules,
    own: Sequence[MeetingPart] = (),
    *,
    is_office: bool = False,
    citizens: Seated | None = None,
) -> Html:
    """One meeting in a list or in the daily message; `own`: the reader's parts; `is_office`: with how many are missing;
    `citizens`: with their panels."""
    return render.text(
        "meeting_line",
        number=of.id,
        kind=MEETING_KIND_WORDS[of.meeting.kind],
        title=of.meeting.title,
        day=of.held_on,
        hour=hour_of(of.minute),
        place=of.place,
        days=(of.held_on - today).days,
        is_off=of.cancelled_at is not None,
        departments=[one.department.name for one in own if meetings.is_missing(of, one)],
        until=closing([of], rules.calendar)[of.id][1],
        missing=len(meetings.missing(of)) if is_office else 0,
        panels=citizens.panels if citizens is not None else None,
        tasks=citizens.tasks if citizens is not None else 0,
        unanswered=citizens.unanswered if citizens is not None else 0,
    )


def message(turn: Turn, of: MeetingTime, said: str = "") -> Message:
    """The whole meeting, and what its reader can do with it."""
    agenda_until, material_until = closing([of], turn.office.rules.calendar)[of.id]
    text = render.text(
        "meeting",
        said=said,
        number=of.id,
        kind=MEETING_KIND_WORDS[of.meeting.kind],
        title=of.meeting.title,
        day=of.held_on,
        original=of.first_held_on,
        hour=hour_of(of.minute),
        place=of.place,
        chair=chair_of(of),
        is_off=of.cancelled_at is not None,
        until=agenda_until,
        material_until=material_until,
        topics=[
            {
                "no": one.position,
                "title": one.title,
                "department": one.department.name if one.department else None,
            }
            for one in meetings.topics(of)
        ],
        parts=[
            {
                "department": one.department.name,
                "text": one.text,
                "on": one.given_on,
                "present": one.present,
                "total": one.total,
            }
            for one in _parts(turn, of)
        ],
        decided=[_decided(one) for one in meetings.decided(turn.session, [of.id])[of.id]],
        panels=[_panel(one) for one in _panels(turn, of)],
        unanswered=_left(turn, of),
    )
    return Message(text, keyboard(turn, of, agenda_until))


def _parts(turn: Turn, of: MeetingTime) -> list[MeetingPart]:
    """All for the planning office; for others their own and what was handed in: who is late is nobody else's business."""
    if whose.is_planner(turn):
        return list(of.parts)
    mine = whose.own(turn, of)
    return [one for one in of.parts if one.version or one in mine]


def _panels(turn: Turn, of: MeetingTime) -> list[PanelRow]:
    return of_time(turn.session, of) if of.meeting.kind is MeetingKind.PANEL else []


def _panel(one: PanelRow) -> dict[str, object]:
    return {
        "title": one.name,
        "citizens": one.citizens,
        "experts": one.experts,
        "tasks": one.tasks,
        "opinions": one.opinions,
        "unanswered": one.unanswered,
    }


def _left(turn: Turn, of: MeetingTime) -> int:
    """What was said at earlier times and nobody has answered."""
    found = seated(turn.session, of, turn.today) if whose.is_planner(turn) else None
    return found.unanswered if found is not None else 0


def _decided(item: Item) -> dict[str, object]:
    state = outcome_word(item.outcome) if item.outcome else ITEM_STAGE_WORDS[item.state]
    return {"number": item.id, "title": item.title, "state": state, "on": item.due_on}


def keyboard(turn: Turn, of: MeetingTime, agenda_until: date) -> Keyboard:
    """Anybody: a matter for the agenda; a department: its material; the planning office: what was decided, and the pack."""
    if of.cancelled_at is not None:
        return []
    is_planner = whose.is_planner(turn)
    rows: Keyboard = [[]]
    if turn.today <= agenda_until or (is_planner and turn.today <= of.held_on):
        rows[0].append(button(label("meetings.button.topic"), TOPIC, of.id))
    if whose.own(turn, of) and turn.today <= of.held_on:
        rows[0].append(button(label("meetings.button.give"), GIVE, of.id))
    if is_planner:
        if of.held_on <= turn.today:
            rows[0].append(button(label("meetings.button.decide"), DECIDE, of.id))
        files = (label("meetings.button.book"), BOOK), (label("meetings.button.paper"), PAPER)
        rows.append([button(shown, verb, of.id) for shown, verb in files])
        if of.meeting.kind is MeetingKind.PANEL and panels.of_meeting(turn.session, of.meeting_id):
            rows.append([button(label("meetings.button.sheet"), SHEET, of.id)])
    return [row for row in rows if row]


def page(turn: Turn, wanted: int) -> Message:
    """The meetings to come, by their day."""
    found = meetings.coming(turn.session, turn.today)
    shown, current, pages = page_of(found, wanted, PER_PAGE)
    is_office = whose.is_planner(turn)
    rules = turn.office.rules
    lines = [
        line(
            one,
            turn.today,
            rules,
            whose.own(turn, one),
            is_office=is_office,
            citizens=seated(turn.session, one, turn.today) if is_office else None,
        )
        for one in shown
    ]
    hint = say("meetings.hint-planner" if is_office else "meetings.hint")
    empty = render.joined([say("meetings.empty"), *([hint] if is_office else [])], "\n")
    text = titled(turn, label("meetings.title"), len(found), lines, empty, hint, page=current, pages=pages)
    opened = [button(label("meetings.button.open", number=one.id), VIEW, one.id) for one in shown]
    rows = [opened[at : at + A_ROW] for at in range(0, len(opened), A_ROW)]
    return Message(text, rows + paging(PAGE, current, pages))
