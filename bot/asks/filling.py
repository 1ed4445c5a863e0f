"""A reply typed in chat: field by field or whole rows at once; then it is handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.asks import handed, shown, vocabulary, whose, worded
from bot.asks.worded import refusals
from bot.chat.turn import Press, Turn, UsageError, button, ensure_words, note
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import replies
from jobs.asks.replies import Reply
from jobs.authority.permissions import Action
from plans.facts import Fault
from plans.sheet.question import Form, Question
from plans.sheet.returned import At, CellError, Value, outcome_of, read_value
from reports import asks as listing
from reports.hours import hour_of
from store import asks, dialogues
from store.deliveries import Message
from store.models import AskAnswer, Dialogue
from store.states import AnswerKind, AnswerState

DIALOGUE, DONE = "ask-fill", "done"  # the step after the last field of a row
MINUTES = 120
CHOOSE, SKIP, KEEP, MORE, SEND = "askopt", "askskip", "askkeep", "askmore", "asksend"
OPTIONS = 8  # choices with a button
A_ROW = 2


def hand_in(turn: Turn, own: AskAnswer, reply: Reply) -> None:
    """The reply counts; the speaker sees the request with it, and what is next."""
    done = handed_in(turn, own, reply)
    is_late = listing.is_late(done.ask, done, turn.office.zone, turn.now)
    said = label("asks.received", is_late=is_late, is_repeat=done.version > 1)
    made = shown.message(turn, done.ask, said)
    turn.say(Message(made.text, made.keyboard + next_row(turn)))


def handed_in(turn: Turn, own: AskAnswer, reply: Reply) -> AskAnswer:
    """Raises UsageError where the speaker may not, or the rules of the request refuse."""
    ensure_own(turn, own)
    with refusals():
        return replies.hand_in(turn.deed, own.ask_id, own.department_id, reply)


def next_row(turn: Turn, but: int = 0) -> list[list[dict[str, str]]]:
    """[다음 요청 답하기], where the speaker is asked for another one."""
    left = [one for one in whose.asked(turn) if one.answer_id != but]
    name = label("asks.button.next", count=len(left))
    return [[button(name, shown.FILL, left[0].answer_id)]] if left else []


def ensure_own(turn: Turn, own: AskAnswer) -> None:
    """Raises UsageError where the speaker does not reply for that department."""
    if own.department_id not in whose.departments(turn, Action.REPLY):
        raise UsageError(say("asks.not-own", number=own.ask_id))


def is_own(turn: Turn, own: AskAnswer) -> bool:
    return own.department_id in whose.departments(turn, Action.REPLY)


def begin(turn: Turn, own: AskAnswer, left: int = 0) -> None:
    """The first field of the first row is asked. `left`: how many other requests wait."""
    if asks.part_of(turn.session, own.id, turn.actor.officer.id) is None:
        ensure_own(turn, own)
    ensure_words("reply")
    if own.state in (AnswerState.CONFIRMED, AnswerState.SIGNED, AnswerState.EVALUATED):
        raise UsageError(say("asks.confirmed-already"))
    with refusals():
        replies.ensure_open(turn.deed, own.ask_id)
    _ask(turn, own, 0, {"answer": own.id, "version": own.version, "cells": {}, "rows": []}, left=left)


def _form(own: AskAnswer) -> Form:
    return listing.form_of(own.ask)


def _ask(turn: Turn, own: AskAnswer, place: int, data: dict[str, Any], *, left: int = 0) -> None:
    form, count = _form(own), len(data["rows"])
    one = form.asked[place]
    _, most = asks.bounds(own.ask, own.department_id)
    _remember(turn, one.key, data)
    last, is_first = _last(turn, own, one, count), not (count or place)
    due = listing.due_on(own.ask, own)
    text = render.text(
        "ask_field",
        number=own.ask_id,
        title=own.ask.title,
        due=due,
        hour=hour_of(own.ask.due_minute),
        days=(due - turn.today).days,
        left=left,
        place=place + 1,
        total=len(form.asked),
        row=count + 1,
        is_several=count > 0 or most != 1,
        rows_wanted=shown.rows_wanted(own.ask, own.department_id) if is_first and most != 1 else "",
        about=shown.about(own, count) if place == 0 else "",
        name=one.name,
        kind=worded.kind_of(one),
        reason=own.sent_back_reason if is_first else None,
        last=guard.words(shown.value_text(last)) if last is not None else None,
        is_first=is_first,
        names=[each.name for each in form.asked] if is_first and len(form.asked) > 1 else [],
    )
    at = count * len(form.asked) + place
    choices = [
        button(choice, f"{CHOOSE}{place_}", own.id, at) for place_, choice in enumerate(one.choices[:OPTIONS])
    ]
    rows = [choices[first : first + A_ROW] for first in range(0, len(choices), A_ROW)]
    others = [button(label("asks.button.keep"), KEEP, own.id, at)] if last is not None else []
    others += [] if one.is_needed else [button(label("asks.button.skip"), SKIP, own.id, at)]
    rows += [others] if others else []
    if is_first:
        rows += [*shown.no_rows(turn, own), *shown.later_row(own)] if is_own(turn, own) else []
    turn.say(Message(text, rows))


def _remember(turn: Turn, step: str, data: dict[str, Any]) -> None:
    until = turn.now + timedelta(minutes=MINUTES)
    dialogues.begin(turn.session, turn.actor.officer.id, DIALOGUE, step, until, data=data)


def _last(turn: Turn, own: AskAnswer, one: Question, row: int) -> Value | None:
    """What stands in the field of the same row of what was given before: to this request, else what its list proposes, else
    to the earlier one."""
    known = asks.given(own.ask, own.department_id)
    if known and not own.version:
        proposed: Value | None = known[row].get(one.key) if row < len(known) else None
        return proposed
    given = own if own.version else shown.before(turn, own)
    rows = asks.rows(turn.session, given) if given is not None else []
    value: Value | None = rows[row].cells.get(one.key) if row < len(rows) else None
    return value


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """A value that was typed, or the whole of a row; words that there is nothing end it at once."""
    own = whose.reply(turn, int(asked.data["answer"]))
    with refusals(ends_dialogue=True):
        replies.ensure_open(turn.deed, own.ask_id)
    if asked.step == DONE:
        raise UsageError(say("asks.send-or-more"))
    is_begun = bool(asked.data["rows"] or asked.data["cells"])
    is_first = not is_begun and is_own(turn, own)
    said = " ".join(text.casefold().split())
    if is_first and (outcome := outcome_of(text)) is not None:
        turn.forget_asked()
        hand_in(turn, own, Reply(AnswerKind(outcome)))
    elif is_first and said in vocabulary.LATER:
        later(turn, own)
    elif is_first and says_same(said):
        turn.forget_asked()
        same(turn, own)
    elif not is_begun and vocabulary.BETWEEN.search(text):
        _send(turn, own, {**asked.data, "rows": read_rows(turn, own, text)})
    else:
        _take(turn, asked, own, note(text) or "")


def says_same(said: str) -> bool:
    """동일, or what the button says."""
    shown_ = (one.partition(" ")[2].casefold() for one in render.told("asks.button.same"))
    return said in vocabulary.SAME or said in shown_


def later(turn: Turn, own: AskAnswer) -> None:
    """[나중에]: nothing is asked any more, and the next request is offered."""
    turn.forget_asked()
    facts = {"due": listing.due_on(own.ask, own), "hour": hour_of(own.ask.due_minute)}
    text = render.text("ask_later", number=own.ask_id, title=own.ask.title, **facts)
    turn.say(Message(text, next_row(turn, own.id)))


def read_rows(turn: Turn, own: AskAnswer, text: str) -> list[dict[str, Value]]:
    """Rows typed at once: fields apart by slashes between spaces, in the order of the form, rows by semicolons. Raises
    UsageError with what is wrong in which field."""
    ensure_words("reply")
    form = _form(own)
    rows, faults = [], list[Fault]()
    for line, said in enumerate((one for one in vocabulary.NEXT_ROW.split(text) if one.strip()), 1):
        parts = [one.strip() for one in vocabulary.BETWEEN.split(said)]
        if len(parts) > len(form.asked):
            names = " / ".join(one.name for one in form.asked)
            raise UsageError(
                say("asks.too-many-fields", row=line, count=len(parts), names=guard.inert(names))
            )
        parts += [""] * (len(form.asked) - len(parts))
        cells: dict[str, Value] = {}
        for one, part in zip(form.asked, parts, strict=True):
            try:
                value = read_value(
                    one, note(part, is_optional=True) or "", turn.today.year, At(line, one.name)
                )
            except CellError as wrong:
                faults.append(wrong.fault)
            else:
                if value is not None:
                    cells[one.key] = value
        rows.append(cells)
    if faults:
        raise UsageError(say("asks.faults", faults=[guard.words(one) for one in worded.faults(faults)]))
    return rows


def press_choice(turn: Turn, press: Press) -> None:
    asked, own, one = _pressed(turn, press)
    place = int(press.verb.removeprefix(CHOOSE))
    if place >= len(one.choices):
        raise UsageError(say("asks.question-past"))
    _take(turn, asked, own, one.choices[place])


def press_skip(turn: Turn, press: Press) -> None:
    asked, own, _ = _pressed(turn, press)
    _take(turn, asked, own, "")


def press_keep(turn: Turn, press: Press) -> None:
    asked, own, one = _pressed(turn, press)
    last = _last(turn, own, one, len(asked.data["rows"]))
    if last is None:
        raise UsageError(say("asks.question-past"))
    _next(turn, asked, own, one, last)


def _pressed(turn: Turn, press: Press) -> tuple[Dialogue, AskAnswer, Question]:
    """The field that the button belongs to. Raises UsageError where another one is asked by now."""
    asked, own = _open(turn, press)
    asked_for = _form(own).asked
    at = len(asked.data["rows"]) * len(asked_for) + _place(own, asked.step)
    if asked.step == DONE or at != press.revision:
        raise UsageError(say("asks.question-past"))
    return asked, own, asked_for[_place(own, asked.step)]


def _open(turn: Turn, press: Press) -> tuple[Dialogue, AskAnswer]:
    """What is being filled in. Raises UsageError where it is over, or the request is."""
    own, asked = whose.reply(turn, press.id), turn.asked
    with refusals():
        replies.ensure_open(turn.deed, own.ask_id)
    if asked is None or asked.kind != DIALOGUE or asked.data["answer"] != press.id:
        raise UsageError(say("asks.question-past"))
    return asked, own


def _place(own: AskAnswer, step: str) -> int:
    keys = [one.key for one in _form(own).asked]
    return keys.index(step) if step in keys else len(keys)


def _take(turn: Turn, asked: Dialogue, own: AskAnswer, text: str) -> None:
    one = _form(own).asked[_place(own, asked.step)]
    try:
        value = read_value(one, text, turn.today.year, At(0, one.name))
    except CellError as wrong:
        said = [guard.words(each) for each in worded.faults([wrong.fault])]
        raise UsageError(say("asks.faults", faults=said)) from wrong
    _next(turn, asked, own, one, value)


def _next(turn: Turn, asked: Dialogue, own: AskAnswer, one: Question, value: Value | None) -> None:
    """The next field; after the last one the row counts, and another is asked, offered, or the reply handed in."""
    data = {**asked.data, "cells": dict(asked.data["cells"])}
    if value is not None:
        data["cells"][one.key] = value
    place = _place(own, one.key) + 1
    if place < len(_form(own).asked):
        _ask(turn, own, place, data)
        return
    data = {**data, "rows": [*data["rows"], data["cells"]], "cells": {}}
    count = len(data["rows"])
    least, most = asks.bounds(own.ask, own.department_id)
    if most is not None and count >= most:
        _send(turn, own, data)
    elif count < least and is_own(turn, own):
        _ask(turn, own, 0, data)
    else:
        offer(turn, own, data)


def offer(turn: Turn, own: AskAnswer, data: dict[str, Any]) -> None:
    _remember(turn, DONE, data)
    form, count = _form(own), len(data["rows"])
    first = max(0, count - shown.ROWS_SHOWN)
    rows = [shown.row_line(form, one) for one in data["rows"][first:]]
    text = render.text("ask_row", number=own.ask_id, title=own.ask.title, count=count, rows=rows, more=first)
    send = button(label("asks.button.send", count=count), SEND, own.id, count)
    turn.say(Message(text, [[send, button(label("asks.button.more"), MORE, own.id, count)]]))


def press_more(turn: Turn, press: Press) -> None:
    asked, own = _finished(turn, press)
    _ask(turn, own, 0, asked.data)


def press_send(turn: Turn, press: Press) -> None:
    asked, own = _finished(turn, press)
    _send(turn, own, asked.data)


def _finished(turn: Turn, press: Press) -> tuple[Dialogue, AskAnswer]:
    asked, own = _open(turn, press)
    if asked.step != DONE or len(asked.data["rows"]) != press.revision:
        raise UsageError(say("asks.question-past"))
    return asked, own


def _send(turn: Turn, own: AskAnswer, data: dict[str, Any]) -> None:
    """What came in meanwhile by somebody else, or by the sheet, is not replaced unseen. What an officer was handed goes to
    the contact."""
    turn.forget_asked()
    if not is_own(turn, own):
        if not handed.fill(turn, own, data["rows"]):
            raise UsageError(say("asks.not-own", number=own.ask_id))
        return
    if own.version != data["version"]:
        turn.say(shown.message(turn, own.ask, label("asks.moved-on")))
        return
    hand_in(turn, own, Reply(rows=tuple(data["rows"])))


def same(turn: Turn, own: AskAnswer) -> None:
    """[지난번과 같음]: the rows of the earlier request's reply, or that there was nothing; of a list all that it proposes."""
    if shown.proposes(own):
        hand_in(turn, own, Reply(rows=tuple(shown.proposals(own))))
        return
    last = shown.before(turn, own)
    if last is None or last.kind is None:
        raise UsageError(say("asks.no-earlier", number=own.ask_id))
    rows = tuple(dict(one.cells) for one in asks.rows(turn.session, last))
    hand_in(turn, own, replace(Reply(last.kind), rows=rows if last.kind is AnswerKind.ROWS else ()))
