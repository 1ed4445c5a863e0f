"""A sheet (.xlsx) sent in chat: a new form of the planning office, or a form that a department has filled in."""

from __future__ import annotations

from bot.asks import drafting, filling, planning, vocabulary, whose, worded
from bot.asks.worded import refusals
from bot.chat.turn import Turn, UsageError, numbered
from bot.privacy import guard
from bot.speech.understand import understand
from bot.texts.render import say
from jobs.asks.replies import Reply
from plans.errors import PlanError
from plans.sheet.grid import Grid
from plans.sheet.returned import read_returned
from reports import asks as listing
from store.models import AskAnswer
from store.states import AnswerKind

INTENT = "request"


def is_meant(caption: str, asked: str | None) -> bool:
    """What stands under the file is about a request, or the form was asked for."""
    return asked == drafting.NEW or vocabulary.NAMES.match(caption.strip()) is not None


def receive(turn: Turn, name: str, grid: Grid, caption: str) -> None:
    """With the number of a request, or of somebody who replies for a department: what it has filled in. Else a new form."""
    found = understand(caption, turn.today, turn.office.rules.calendar)
    said = found.arguments if found.intent == INTENT else caption
    typed = numbered(said)
    if typed.ids:
        _returned(turn, grid, typed.ids[0], typed.rest)
    elif whose.is_planner(turn):
        drafting.receive(turn, name, grid, said.strip())
    else:
        _take(turn, grid, _matching(turn, grid))


def _returned(turn: Turn, grid: Grid, number: int, place: str) -> None:
    """`place`: the department for which the planning office hands it in."""
    of = whose.ask_of(turn, number)
    if place and whose.is_planner(turn):
        own = planning.reply_named(turn, of, place)
        planning.take_for(turn, own, _read(turn, own, grid))
        return
    _take(turn, grid, whose.own_of(turn, number))


def _take(turn: Turn, grid: Grid, own: AskAnswer) -> None:
    made = _read(turn, own, grid)
    asked = turn.asked
    if asked is not None and asked.kind == filling.DIALOGUE and asked.data["answer"] == own.id:
        turn.forget_asked()
    filling.hand_in(turn, own, made)


def _read(turn: Turn, own: AskAnswer, grid: Grid) -> Reply:
    """Raises UsageError with what is wrong in which cell; then nothing of the sheet counts."""
    with refusals():
        found = read_returned(listing.form_of(own.ask), grid, turn.today.year)
    if found.faults:
        faults = [guard.words(one) for one in worded.faults(found.faults)]
        raise UsageError(say("asks.sheet-faults", faults=faults))
    return Reply(AnswerKind(found.outcome), found.rows)


def _matching(turn: Turn, grid: Grid) -> AskAnswer:
    """The open request of the speaker's departments whose form the sheet has; where several do, its number is asked for."""
    fitting = []
    for one in whose.wanted(turn):
        own = whose.reply(turn, one.answer_id)
        try:
            found = read_returned(listing.form_of(own.ask), grid, turn.today.year)
        except PlanError:
            continue
        is_head = all(fault.code != "form.header" for fault in found.faults)
        fitting.append((is_head, own))
    best = [own for is_head, own in fitting if is_head] or [own for _, own in fitting]
    if len({one.ask_id for one in best}) != 1:
        numbers = sorted({one.ask_id for one in best})
        raise UsageError(say("asks.which-sheet", numbers=numbers), example=asks_example(numbers))
    return best[0]


def asks_example(numbers: list[int]) -> str:
    return f"/ask {numbers[0] if numbers else 7}"
