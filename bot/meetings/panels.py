"""Panels (분과) of a meeting of citizens as they are typed: who sits in one and its tasks, what it says of one of these."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.chat.tasks import named_in
from bot.chat.turn import Turn, UsageError, ensure_words, note
from bot.meetings import shown, vocabulary
from bot.meetings.worded import refusal, refusals
from bot.texts import render
from bot.texts.render import label, say
from jobs.meetings import panels as steps
from jobs.meetings.panels import Seats
from jobs.meetings.steps import MeetingError
from store import panels, tasks
from store.deliveries import Message
from store.models import MeetingOpinion, MeetingPanel, MeetingTime, Task
from store.officers import alike

BETWEEN = "/"


def seats_of(text: str) -> Seats:
    """교통안전 시민 10 전문가 2 / 안전건설국, 4-1-②."""
    said, _, scope = text.partition(BETWEEN)
    citizens, experts = (one.search(said) for one in (vocabulary.CITIZENS, vocabulary.EXPERTS))
    starts = [one.start() for one in (citizens, experts) if one is not None]
    return Seats(
        name=said[: min(starts, default=len(said))].strip(" ,:"),
        citizens=int(citizens[1]) if citizens is not None else None,
        experts=int(experts[1]) if experts is not None else None,
        names=[one.strip() for one in scope.split(",") if one.strip()],
    )


def seat(turn: Turn, of: MeetingTime, text: str) -> Message:
    ensure_words("note")
    if not text:
        raise UsageError(say("meetings.how-panel"), example=label("meetings.example-panel", number=of.id))
    with refusals():
        done = steps.seat(turn.deed, of.id, seats_of(text))
    facts = {"name": done.panel.name, "count": done.tasks, "moved": done.moved}
    return shown.message(turn, done.time, label("meetings.panel-set", **facts))


def opine(turn: Turn, of: MeetingTime, text: str) -> Message:
    """4-1-② 주차면을 늘려 주십시오; 없음 where there is nothing to say."""
    ensure_words("note")
    found = named_in(text)
    if found is None or not found.rest:
        raise UsageError(say("meetings.how-opinion"), example=label("meetings.example-opinion", number=of.id))
    said = found.printed if found.number is None else str(found.number)
    with refusals():
        made = steps.opine(
            turn.deed, of.id, task_in(turn.session, of, said).id, words_of(note(found.rest) or "")
        )
    return shown.message(turn, made.time, told(made))


def words_of(text: str) -> str | None:
    """None where it says that there is nothing to say."""
    return None if alike(text) in vocabulary.NO_OPINION else text


def told(made: MeetingOpinion) -> str:
    if made.item is None:
        return label("meetings.opinion-none", number=made.task_id)
    where = made.item.department.name
    return label("meetings.opinion-taken", number=made.item.id, department=where, due=made.item.due_on)


def task_in(session: Session, of: MeetingTime, said: str) -> Task:
    """The task of one of its 분과 by a number of ours, or as the document prints it. Raises UsageError."""
    number = said.lstrip("#＃")
    mapped = [task for one in panels.of_meeting(session, of.meeting_id) for task in panels.tasks_of(one)]
    if number.isdecimal() and number.isascii():
        held = tasks.holding(session, int(number))
        fitting = [one for one in mapped if held is not None and one.id == held.id]
    else:
        spelled = tasks.spellings(said)
        fitting = [one for one in mapped if "".join((one.no or "").split()) in spelled]
    if len(fitting) != 1:
        raise UsageError(say("meetings.no-such-task", said=said, count=len(fitting)))
    return fitting[0]


def named(session: Session, of: MeetingTime, name: str) -> MeetingPanel:
    """The 분과 of that name. Raises UsageError with those that there are."""
    found = panels.named(session, of.meeting_id, name)
    if found is None:
        choices = ", ".join(one.name for one in panels.of_meeting(session, of.meeting_id))
        raise UsageError(refusal(MeetingError("no-such-panel", said=name, choices=choices)))
    return found


def send_sheet(turn: Turn, of: MeetingTime, text: str) -> None:
    """의견서, of all or of the 분과 that is named."""
    panel = named(turn.session, of, text) if text else None
    name = label("meetings.sheet-file", number=of.id)
    what = render.text("file_caption", what=label("meetings.sheet-title", title=of.meeting.title))
    number = panel.id if panel is not None else None
    turn.send_file("opinionsheet", what, number=of.id, name=name, panel=number)
