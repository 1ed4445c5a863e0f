"""/kpi 부진: what is behind, whom the planning office would ask about it at which stage, and the paper of the review."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.asks import shown as asks_shown
from bot.asks import worded as ask_words
from bot.chat.turn import Office, Press, Turn, UsageError, button
from bot.indicators import shown, whose
from bot.indicators.worded import refusals
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks.opening import open_, outlook
from jobs.authority.permissions import Action, has
from jobs.indicators import laggards
from jobs.indicators.laggards import Plan
from jobs.indicators.steps import IndicatorError
from reports import indicator_asks
from store.deliveries import Message

SHOW, OPEN = shown.LAGGARDS, "kpilagopen"
BOOK, PAPER = "kpilagbook", "kpilagpaper"
LINES, NAMES = 10, 20
ENDINGS = {BOOK: ".xlsx", PAPER: ".docx"}


def show(turn: Turn, text: str) -> None:
    """Before anything is opened: the list, the departments, the day. `text`: by when, where it is said."""
    _ensure(turn)
    found = read(text, turn.ahead()) if text.strip() else None
    if text.strip() and (found is None or found.rest or not isinstance(found.value, date)):
        raise UsageError(say("indicators.lag-how"), example=label("indicators.lag-example"))
    day = found.value if found is not None and isinstance(found.value, date) else None
    with refusals():
        turn.say(_message(turn, day or laggards.usual_due(turn.today, turn.office.rules.calendar)))


def _ensure(turn: Turn) -> None:
    """Asking is the planning office's. Raises UsageError."""
    if not (whose.is_planner(turn) and has(turn.actor, Action.ASKS)):
        raise UsageError(say("indicators.lag-planners"))


def _plan(turn: Turn, due_on: date) -> Plan:
    return laggards.plan(turn.session, due_on, turn.today, turn.office.rules.indicators.bound)


def _message(turn: Turn, due_on: date, said: str = "") -> Message:
    """What would be opened, with [열기]; after the last stage the paper alone. Raises IndicatorError where nothing is
    behind and nothing was asked."""
    opened = laggards.chain(turn.session, turn.today.year)
    try:
        made = _plan(turn, due_on)
    except IndicatorError:
        if not opened:
            raise
        return Message(render.text("kpi_lag_over", said=said, number=opened[-1].id), [_papers()])
    with ask_words.refusals():
        found = outlook(turn.session, made.opening, turn.today)
    text = render.text(
        "kpi_lag",
        said=said,
        stage=indicator_asks.stage_name(made.stage),
        rows=[shown.line(one) for one in made.rows[:LINES]],
        more=max(0, len(made.rows) - LINES),
        total=sum(len(rows) for rows in made.opening.given.values()),
        due=due_on,
        places=[one.name for one in found.departments[:NAMES]],
        count=len(found.departments),
        people=found.people,
        fields=[one.name for one in made.opening.form.asked],
        vacant=list(found.vacant),
        without=[one.no for one in made.without],
        before=opened[-1].id if opened else None,
    )
    key = button(label("indicators.button.lag-open"), OPEN, due_on.toordinal(), laggards.sign_of(made))
    return Message(text, [[key], *([_papers()] if opened else [])])


def _papers() -> list[dict[str, str]]:
    return [button(label(f"indicators.button.{one}"), one, 0) for one in ENDINGS]


def press_show(turn: Turn, _press: Press) -> None:
    show(turn, "")


def press_open(turn: Turn, press: Press) -> None:
    """[열기]: the list that was shown; where it has changed since, the new one is shown and nothing is opened."""
    _ensure(turn)
    due_on = date.fromordinal(press.id)
    with refusals(), ask_words.refusals():
        made = _plan(turn, due_on)
        if laggards.sign_of(made) != press.revision:
            turn.say(_message(turn, due_on, label("indicators.moved-on")))
            return
        of = open_(turn.deed, made.opening)
    turn.say(asks_shown.message(turn, of, label("asks.opened", number=of.id)))


def press_book(turn: Turn, press: Press) -> None:
    """The paper of the review as a workbook or a document."""
    _ensure(turn)
    title = label("indicators.lag-file", year=turn.today.year)
    turn.send_file(press.verb, render.text("file_caption", what=title), year=turn.today.year, name=press.verb)


def pack_of(
    session: Session, wanted: dict[str, Any], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """The paper that the ledger owes; None where there is no list of the year."""
    from reports.meetings import files  # noqa: PLC0415 - openpyxl and python-docx take long to load

    today, ending = office.rules.calendar.local_date(now), ENDINGS[str(wanted["name"])]
    try:
        made = laggards.paper(session, today, office.rules.indicators.bound, int(wanted["year"]))
    except IndicatorError:
        return None
    writer = files.document if ending == ENDINGS[PAPER] else files.workbook
    return f"{made.title}{ending}", writer(made)
