"""A list of items sent in chat: what of it is new, or what is wrong in which cell; [등록] and [취소]."""

from __future__ import annotations

from bot.asks.worded import faults as fault_lines
from bot.chat import sheets
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.items import whose
from bot.items.worded import refusals, sheet_words
from bot.texts import render
from bot.texts.render import label, say
from jobs.items import sheet
from jobs.items.sheet import Row, Taken
from plans.facts import Fault
from plans.sheet.grid import Grid
from plans.sheet.items import ItemList, read_items
from store import uploads
from store.deliveries import Message
from store.models import PlanUpload
from store.states import ItemKind, UploadState

TAKE, DROP = "ittake", "itdrop"
KEPT = "items"


def receive(turn: Turn, name: str, grid: Grid) -> None:
    """What the list would enter is shown, or what is wrong with its cells; nothing is entered yet."""
    if not whose.is_planner(turn):
        raise RefusedError(say("items.planners-only"))
    found, rows, wrong = _read(turn, grid)
    done = _tried(turn, rows) if not wrong else Taken()
    lines = fault_lines(wrong)
    text = render.text(
        "raised_sheet",
        name=name,
        lines=lines,
        count=len(rows),
        added=len(done.entered),
        answered=len(done.answered),
        closed=len(done.closed),
        known=done.known,
        columns=list(found.columns.values()),
        unread=found.unread,
    )
    if wrong or done.known == len(rows):
        turn.say(Message(text, []))
        return
    kept = uploads.keep(
        turn.session, turn.actor.officer.id, name, {KEPT: grid.model_dump(mode="json")}, turn.now
    )
    take, drop = label("items.button.take"), label("items.button.drop")
    turn.say(Message(text, [[button(take, TAKE, kept.id), button(drop, DROP, kept.id)]]))


def _read(turn: Turn, grid: Grid) -> tuple[ItemList, list[Row], list[Fault]]:
    with refusals():
        found = read_items(grid, turn.today.year)
    words = sheet_words(turn.office.rules.items, ItemKind.SUGGESTION)
    rows, wrong = sheet.looked_up(turn.session, found, words, turn.deed)
    return found, rows, wrong


def _tried(turn: Turn, rows: list[Row]) -> Taken:
    """What the rows would do; nothing of it stays."""
    with refusals(), turn.session.begin_nested() as trial:
        done = sheet.take(turn.deed, rows)
        trial.rollback()
    return done


def press_take(turn: Turn, press: Press) -> None:
    """[등록]: the rows as they stand to what is registered by now."""
    upload = _waiting(turn, press)
    _, rows, wrong = _read(turn, Grid.model_validate(upload.draft[KEPT]))
    if wrong:
        raise UsageError("\n".join(fault_lines(wrong)))
    with refusals():
        done = sheet.take(turn.deed, rows)
    upload.state = UploadState.REGISTERED
    facts = {"answered": len(done.answered), "closed": len(done.closed), "known": done.known}
    turn.answer("raised_taken", added=len(done.entered), **facts)


def press_drop(turn: Turn, press: Press) -> None:
    sheets.drop(turn, _waiting(turn, press))


def _waiting(turn: Turn, press: Press) -> PlanUpload:
    return sheets.own(turn, press.id, KEPT, say("items.over"))
