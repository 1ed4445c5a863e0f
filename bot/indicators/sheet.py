"""A register of indicators sent in chat: what of it is new, what differs, or what is wrong by its cell; [등록], [취소]."""

from __future__ import annotations

from typing import Any

from bot.asks.worded import faults as fault_lines
from bot.asks.worded import refusals as sheet_refusals
from bot.chat import sheets
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.indicators import whose, worded
from bot.indicators.worded import refusals
from bot.texts import render
from bot.texts.render import label, say
from jobs.indicators import sheet
from jobs.indicators.sheet import Row, Taken
from plans.facts import Fault
from plans.sheet.grid import Grid
from plans.sheet.indicators import IndicatorList, read_indicators
from store import uploads
from store.deliveries import Message
from store.models import Dialogue, PlanUpload
from store.states import UploadState

TAKE, DROP = "kpitake", "kpidrop"
COLUMN = "kpi-column"
KEPT, SAID = "indicators", "columns"
SHOWN = 10


def receive(turn: Turn, name: str, grid: Grid) -> None:
    """What the register would enter is shown, or what is wrong with its cells; nothing is entered yet."""
    if not whose.is_planner(turn):
        raise RefusedError(say("indicators.planners-only"))
    kept = uploads.keep(
        turn.session, turn.actor.officer.id, name, {KEPT: grid.model_dump(mode="json"), SAID: {}}, turn.now
    )
    _show(turn, kept)


def _show(turn: Turn, kept: PlanUpload) -> None:
    found, rows, wrong = _read(turn, kept)
    done = _tried(turn, rows) if not wrong else Taken()
    lines = fault_lines(wrong)
    text = render.text(
        "kpi_sheet",
        name=kept.source_name,
        lines=lines[:SHOWN],
        count=len(found.rows),
        added=len(done.entered),
        targets=done.targets,
        known=done.known,
        columns=list(found.columns.values()),
        unread=found.unread,
        proposed=[worded.difference(one) for one in done.proposed[:SHOWN]],
        more=max(0, len(done.proposed) - SHOWN),
    )
    keys = [button(label("indicators.button.take"), TAKE, kept.id)] if done.changes else []
    if found.unread and not kept.draft[SAID]:
        turn.ask(COLUMN, "text", upload=kept.id)
    turn.say(Message(text, [[*keys, button(label("indicators.button.drop"), DROP, kept.id)]]))


def carry_column(turn: Turn, asked: Dialogue, text: str) -> None:
    """칸=머리글: what a column means, where its header does not tell; said once for a sheet."""
    kept = _waiting(turn, int(asked.data["upload"]))
    said = worded.columns_of([one for one in text.split(",") if one.strip()])
    turn.forget_asked()
    kept.draft = {**kept.draft, SAID: said}
    _show(turn, kept)


def _read(turn: Turn, kept: PlanUpload) -> tuple[IndicatorList, list[Row], list[Fault]]:
    draft: dict[str, Any] = kept.draft
    with sheet_refusals():
        found = read_indicators(Grid.model_validate(draft[KEPT]), turn.today.year, draft[SAID])
    rows, wrong = sheet.looked_up(turn.session, found, turn.today.year)
    return found, rows, wrong


def _tried(turn: Turn, rows: list[Row]) -> Taken:
    """What the rows would do; nothing of it stays."""
    with refusals(), turn.session.begin_nested() as trial:
        done = sheet.take(turn.deed, rows)
        trial.rollback()
    return done


def press_take(turn: Turn, press: Press) -> None:
    """[등록]: the rows as they stand to what is registered by now, in this one transaction."""
    upload = _waiting(turn, press.id)
    _, rows, wrong = _read(turn, upload)
    if wrong:
        raise UsageError("\n".join(fault_lines(wrong)))
    with refusals():
        done = sheet.take(turn.deed, rows)
    upload.state = UploadState.REGISTERED
    turn.forget_asked()
    turn.answer(
        "kpi_taken",
        added=len(done.entered),
        targets=done.targets,
        proposed=len(done.proposed),
        known=done.known,
    )


def press_drop(turn: Turn, press: Press) -> None:
    upload = _waiting(turn, press.id)
    turn.forget_asked()
    sheets.drop(turn, upload)


def _waiting(turn: Turn, number: int) -> PlanUpload:
    return sheets.own(turn, number, KEPT, say("indicators.over"))
