"""What the planning office does with a request by words and buttons: later days, the end, a department's reply."""

from __future__ import annotations

import re
from datetime import date

from bot.asks import filling, shown, vocabulary, whose, worded
from bot.asks.worded import refusals
from bot.chat.turn import Press, Turn, UsageError, button, note
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import replies, turns, window
from jobs.asks.replies import Reply
from plans.sheet.returned import outcome_of
from reports import asks as listing
from reports.ask_words import verdict_word
from store import asks, officers
from store.deliveries import Message
from store.models import Ask, AskAnswer, Dialogue
from store.states import AnswerKind, AnswerState

WHY = "ask-plan"  # a day with its reason, or a reason
_WORD = re.compile(r"\S+")


def takes(turn: Turn, of: Ask, rest: str) -> bool:
    """Carries out what the planning office says of the request; False where the words are none of that."""
    if not whose.is_planner(turn):
        return False
    first, _, more = rest.partition(" ")
    act = vocabulary.ACTS.get(first.casefold())
    if act == "extend":
        _extend(turn, of, more)
    elif act == "repeat":
        _repeat(turn, of, more)
    elif act == "cancel":
        _cancel(turn, of, more)
    elif act == "close":
        turn.say(before_closing(turn, of))
    else:
        there = named(turn, of, rest)
        if there is None:
            return False
        _of_department(turn, *there)
    return True


def named(turn: Turn, of: Ask, text: str) -> tuple[AskAnswer, str] | None:
    """The reply of the department that the text begins with, and what stands behind its name."""
    before = officers.department_before(turn.session, text)
    if before is None:
        word = _WORD.match(text)
        found = officers.department(turn.session, word[0]) if word else None
        before = (found, text[word.end() :].strip()) if word and found is not None else None
    own = asks.answer_of(turn.session, of.id, before[0].id) if before is not None else None
    return (own, before[1].strip()) if own is not None and before is not None else None


def reply_named(turn: Turn, of: Ask, place: str) -> AskAnswer:
    """The department's reply, by its name. Raises UsageError where it was not asked."""
    found = named(turn, of, place)
    if found is None:
        raise UsageError(say("asks.refusal.not-asked", number=of.id))
    return found[0]


def _of_department(turn: Turn, own: AskAnswer, more: str) -> None:
    """Shown with what can be done; or filled in for the department (대리 입력)."""
    if not more:
        turn.say(reply_message(turn, own))
        return
    first, _, rest = more.partition(" ")
    if vocabulary.ACTS.get(first.casefold()) == "extend":
        _extend(turn, own.ask, rest, own)
        return
    outcome = outcome_of(more)
    made = (
        Reply(AnswerKind(outcome))
        if outcome is not None
        else Reply(rows=tuple(filling.read_rows(turn, own, more)))
    )
    take_for(turn, own, made)


def take_for(turn: Turn, own: AskAnswer, made: Reply) -> None:
    """A reply that the planning office enters for a department."""
    is_own = own.department_id == turn.actor.officer.department_id
    with refusals():
        done = replies.hand_in(turn.deed, own.ask_id, own.department_id, made, is_on_behalf=not is_own)
    turn.say(reply_message(turn, done, label("asks.taken-for", name=done.department.name)))


def verdict_rows(own: AskAnswer) -> list[list[dict[str, str]]]:
    from bot.asks import verdicts  # noqa: PLC0415 - it shows replies by this module

    return verdicts.reply_rows(own)


def reply_message(turn: Turn, own: AskAnswer, said: str = "") -> Message:
    """One department's reply as the planning office sees it."""
    rows = asks.rows(turn.session, own) if own.version else []
    names = worded.owner_names(turn.session, [own.department_id], turn.today)
    form, judged = listing.form_of(own.ask), asks.verdicts(turn.session, own).get(0)
    text = render.text(
        "ask_reply",
        said=said,
        number=own.ask_id,
        title=own.ask.title,
        department=own.department,
        owner=names.get(own.department_id, ""),
        state=shown.own_state(own),
        due=listing.due_on(own.ask, own),
        by=own.answered_by if own.version else None,
        at=render.moment(own.answered_at, turn.office.zone) if own.answered_at is not None else None,
        is_on_behalf=own.is_on_behalf,
        is_late=bool(own.version) and listing.is_late(own.ask, own, turn.office.zone, turn.now),
        reason=own.sent_back_reason,
        verdict=verdict_word(own.ask.kind, judged.verdict) if judged is not None else None,
        opinion=judged.opinion if judged is not None else None,
        rows=[shown.row_line(form, one.cells) for one in rows[: shown.ROWS_SHOWN]],
        more=max(0, len(rows) - shown.ROWS_SHOWN),
        doubts=shown.doubts(turn, own),
    )
    return Message(text, _reply_keyboard(turn, own))


def _reply_keyboard(turn: Turn, own: AskAnswer) -> list[list[dict[str, str]]]:
    rows = []
    if own.state in asks.GIVEN:
        acts = [button(label("asks.button.back"), shown.BACK, own.id, own.revision)]
        if own.state is not AnswerState.ANSWERED:
            acts.append(button(label("asks.button.reopen"), shown.REOPEN, own.id, own.revision))
        step = asks.next_step(own.ask.steps, own.state)
        if step in asks.ABOVE and whose.may_confirm(turn, own):
            acts.insert(0, button(label(f"asks.button.{step}"), shown.CONFIRM, own.id, own.revision))
        rows += [*verdict_rows(own), acts]
    return [*rows, [button(label("asks.button.back_to"), shown.VIEW, own.ask_id)]]


def _extend(turn: Turn, of: Ask, more: str, own: AskAnswer | None = None) -> None:
    """연장 7.20 사유, for everybody or for the department that is named first."""
    there = named(turn, of, more) if own is None else None
    if there is not None:
        own, more = there
    found = read(more, turn.ahead())
    if found is None or not isinstance(found.value, date) or not found.rest:
        raise UsageError(say("asks.extend-how"), example=label("asks.extend-example", number=of.id))
    with refusals():
        window.extend(
            turn.deed,
            of.id,
            found.value,
            note(found.rest) or "",
            own.department_id if own is not None else None,
        )
    name = own.department.name if own is not None else None
    said = label("asks.extended", day=found.value, original=of.first_due_on, name=name)
    turn.say(shown.message(turn, of, said))


def _cancel(turn: Turn, of: Ask, reason: str) -> None:
    with refusals():
        window.cancel(turn.deed, of.id, note(reason) or "")
    turn.say(shown.message(turn, of, label("asks.cancelled", count=_tell_given(turn, of, note(reason)))))


def _repeat(turn: Turn, of: Ask, more: str) -> None:
    """되풀이 매월 5번째 근무일, 5일 전 · 되풀이 끝."""
    if " ".join(more.casefold().split()) in vocabulary.REPEAT_ENDS:
        with refusals():
            turns.end(turn.deed, of)
        turn.say(shown.message(turn, of, label("asks.repeat-ended")))
        return
    ahead = vocabulary.AHEAD.search(more)
    said = more[: ahead.start()] if ahead is not None else more
    with refusals():
        made = turns.begin(turn.deed, of, said, int(ahead[1]) if ahead is not None else turns.AHEAD)
    turn.say(shown.message(turn, of, label("asks.repeated", opens=made.opens_on, day=made.due_on)))


def press_repeat_end(turn: Turn, press: Press) -> None:
    """[되풀이 끝내기]."""
    _repeat(turn, planned(turn, press), vocabulary.REPEAT_ENDS[0])


def _tell_given(turn: Turn, of: Ask, reason: str | None) -> int:
    """Whoever has replied is told that nothing more is wanted; gives how many that were."""
    people = {one.answered_by_id for one in asks.answers(turn.session, of.id) if one.version}
    others = sorted(one for one in people if one is not None and one != turn.actor.officer.id)
    facts = {"number": of.id, "title": of.title, "reason": reason}
    return sum(turn.tell(one, "ask-cancelled", "ask_cancelled", **facts) for one in others)


def before_closing(turn: Turn, of: Ask) -> Message:
    """[마감]: what is still missing is shown first, because it cannot be taken back."""
    with refusals():
        window.open_one(turn.deed, of.id)
    left, waiting = window.waiting(turn.deed, of.id), window.unconfirmed(turn.deed, of)
    text = render.text("ask_close", number=of.id, title=of.title, left=left, waiting=waiting)
    return Message(text, [[button(label("asks.button.freeze"), shown.FREEZE, of.id)]])


def planned(turn: Turn, press: Press) -> Ask:
    """What only the planning office does with a request."""
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"))
    return whose.ask_of(turn, press.id)


def press_end(turn: Turn, press: Press) -> None:
    turn.say(before_closing(turn, planned(turn, press)))


def press_freeze(turn: Turn, press: Press) -> None:
    of = planned(turn, press)
    with refusals():
        window.freeze(turn.deed, of.id)
    turn.say(shown.message(turn, of, label("asks.closed")))


def press_missing(turn: Turn, press: Press) -> None:
    turn.say(shown.missing(turn, planned(turn, press)))


def press_file(turn: Turn, press: Press) -> None:
    """[취합 파일], [빈 서식]."""
    of = planned(turn, press)
    turn.send_file(press.verb, render.text("file_caption", what=of.title), number=of.id)


def press_why(turn: Turn, press: Press) -> None:
    """[연장], [거둠]: day or reason is asked for."""
    of = planned(turn, press)
    with refusals():
        window.open_one(turn.deed, of.id)
    turn.ask(WHY, press.verb, ask=of.id)
    turn.answer("ask_plan", number=of.id, title=of.title, is_day=press.verb == shown.EXTEND)


def press_reopen(turn: Turn, press: Press) -> None:
    """[다시 열기] of a confirmed reply: the reason is asked for."""
    own = whose.reply(turn, press.id)
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"))
    if own.revision != press.revision:
        turn.say(reply_message(turn, own, label("asks.moved-on")))
        return
    turn.ask(WHY, shown.REOPEN, answer=own.id, ask=own.ask_id)
    turn.answer("ask_plan", number=own.ask_id, title=own.ask.title, is_day=False)


def carry_why(turn: Turn, asked: Dialogue, text: str) -> None:
    of = whose.ask_of(turn, int(asked.data["ask"]))
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"), ends_dialogue=True)
    if asked.step == shown.EXTEND:
        _extend(turn, of, text)
    elif asked.step == shown.CANCEL:
        _cancel(turn, of, text)
    else:
        own = whose.reply(turn, int(asked.data["answer"]))
        with refusals():
            done = replies.reopen(turn.deed, own.ask_id, own.department_id, note(text) or "")
        turn.say(reply_message(turn, done, label("asks.reopened")))
    turn.forget_asked()
