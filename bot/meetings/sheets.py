"""A sheet of opinions (의견서) that came back in chat: what it would enter, or what is wrong in which cell; [등록] and [취소]."""

from __future__ import annotations

from bot.asks.worded import faults as fault_lines
from bot.chat import sheets
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.meetings import shown, whose
from bot.meetings.worded import refusals
from bot.texts import render
from bot.texts.render import label, say
from jobs.meetings import panels
from jobs.meetings.panels import Taken
from plans.sheet.grid import Grid
from plans.sheet.opinions import OpinionSheet, read_opinions
from store import uploads
from store.deliveries import Message
from store.models import PlanUpload
from store.states import UploadState

TAKE, DROP = "mttake", "mtdrop"
KEPT = "opinions"


def receive(turn: Turn, name: str, grid: Grid) -> None:
    """What the sheet would enter is shown, or what is wrong with its cells; nothing is entered yet."""
    if not whose.is_planner(turn):
        raise RefusedError(say("meetings.planners-only"))
    with refusals():
        found = read_opinions(grid)
    of = whose.meeting_of(turn, found.meeting or 0)
    with refusals(), turn.session.begin_nested() as trial:
        done = _taken(turn, found)
        trial.rollback()
    lines = fault_lines(done.faults)
    text = render.text(
        "meeting_sheet",
        name=name,
        number=of.id,
        title=of.meeting.title,
        lines=lines,
        count=len(found.rows),
        **_counts(done),
    )
    if lines or done.known == len(found.rows):
        turn.say(Message(text, []))
        return
    kept = uploads.keep(
        turn.session, turn.actor.officer.id, name, {KEPT: grid.model_dump(mode="json")}, turn.now
    )
    take, drop = label("meetings.button.take"), label("meetings.button.drop")
    turn.say(Message(text, [[button(take, TAKE, kept.id), button(drop, DROP, kept.id)]]))


def _taken(turn: Turn, found: OpinionSheet) -> Taken:
    done = panels.take(turn.deed, found.meeting or 0, found.rows)
    done.faults[:0] = found.faults
    return done


def _counts(done: Taken) -> dict[str, int]:
    return {"added": done.entered, "changed": done.changed, "silent": done.none, "known": done.known}


def press_take(turn: Turn, press: Press) -> None:
    """[등록]: the rows as they stand to what was said by now."""
    upload = _waiting(turn, press)
    with refusals():
        found = read_opinions(Grid.model_validate(upload.draft[KEPT]))
        done = _taken(turn, found)
    if done.faults:
        raise UsageError("\n".join(fault_lines(done.faults)))
    upload.state = UploadState.REGISTERED
    of = whose.meeting_of(turn, found.meeting or 0)
    turn.say(shown.message(turn, of, label("meetings.sheet-taken", **_counts(done))))


def press_drop(turn: Turn, press: Press) -> None:
    sheets.drop(turn, _waiting(turn, press))


def _waiting(turn: Turn, press: Press) -> PlanUpload:
    return sheets.own(turn, press.id, KEPT, say("meetings.over"))
