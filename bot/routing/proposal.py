"""Words that mean an act are shown as one card with their slots; a tap or a typed 네 does it, and nothing before."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.command import Act, Command, PressEffect, misused
from bot.chat.turn import Press, Turn, UnseenError, UsageError, note
from bot.completion import done
from bot.delays import command
from bot.delays.request import CODES
from bot.people import away, handover
from bot.privacy import guard
from bot.routing.card import Part, choices_of, day_of, known, new_day
from bot.routing.card import show as show_card
from bot.routing.which_item import ask_which
from bot.speech.absences import Span, find_span, substitute_in
from bot.speech.dates import Shift, judge, read
from bot.speech.reading import CHANGING
from bot.speech.understand import Intent, Understood
from bot.standing import remarks
from bot.texts import doubt_words
from bot.texts.render import say
from bot.undo import undo
from jobs.authority.permissions import Action
from store import cards, milestones
from store.models import Card, Dialogue
from store.states import MilestoneState

DIALOGUE = "card"
ANSWERED_WITHIN = timedelta(minutes=10)  # a typed 네 means a card no older than this
ANSWERS_DAY, ANSWERS_SPAN = "day", "span"
AS_DELAY: Part = {"intent": Intent.DELAY, "day": None, "words": None, "question": None, "choices": []}
"""연기 instead of the completion that was read."""
AS_DONE: Part = {"intent": Intent.DONE, "percent": None}
"""완료 instead of the percentage that was read."""


# --- what was read -> what the card keeps


def show(turn: Turn, found: Understood, text: str, replied: Sequence[int]) -> None:
    """Draw the card of a reading. `replied`: the items of the message that the text answers to."""
    _refuse_empty(found)
    if found.intent in CHANGING:
        note(found.words or "", is_optional=found.intent != Intent.DELAY)
        parts = [
            part
            for one in found.parts or (found,)
            for part in _parts(one, replied, is_command=text.startswith("/"))
        ]
        closed = [
            one for part in parts if (one := known(turn, part)) and one.state is not MilestoneState.PLANNED
        ]
        if len(closed) == len(parts):
            _carry_out(turn, parts)  # which says how they stand, and changes nothing
        else:
            _draw(turn, parts)
    elif found.intent == Intent.UNDO:
        _ask_undo(turn, found)
    elif found.intent == Intent.AWAY:
        _show_absence(turn, found, text)
    else:
        _draw(turn, [{"intent": Intent.HANDOVER, "text": text if guard.takes_in() else ""}])


def _ask_undo(turn: Turn, found: Understood) -> None:
    """The card is about what was newest when it was drawn; where there is nothing, that is said and nothing is asked."""
    newest = undo.newest(turn)
    if newest is None:
        undo.undo(turn, "")
    else:
        _draw(turn, [{"intent": Intent.UNDO, "ids": list(found.ids), "act": newest}])


def _parts(found: Understood, replied: Sequence[int], *, is_command: bool = False) -> list[Part]:
    """One part an item; one without its number where none is told."""
    ids = found.ids or (tuple(replied) if len(replied) == 1 else (None,))
    made = {
        "intent": str(found.intent),
        "day": found.day.isoformat() if found.day else None,
        "shift": [found.shift.days, found.shift.months] if found.shift else None,
        "percent": found.percent,
        "words": found.words,
        "document": found.document,
        "basis": found.basis,
        "question": doubt_words.question(found.question),
        "choices": [one.isoformat() for one in found.choices],
        "among": list(replied),
        "is_command": is_command,
    }
    return [made | {"id": one} for one in ids]


def _refuse_empty(found: Understood) -> None:
    """Raises UsageError for what no tap can give: a percentage, the words of a note."""
    if found.intent == Intent.PROGRESS and found.ids and found.percent is None:
        raise misused("routing.no-percent", "progress")
    if found.intent == Intent.NOTE and found.ids and not found.words:
        raise misused("routing.no-note", "note")


def _show_absence(turn: Turn, found: Understood, text: str) -> None:
    named = substitute_in(text)
    part: Part = {
        "intent": Intent.AWAY,
        "substitute": named,
        "question": doubt_words.question(found.question),
    }
    if found.day is not None and found.until is not None:
        first, last = away.checked(found.day, found.until, turn.today)
        part |= {"day": first.isoformat(), "until": last.isoformat()}
    _draw(turn, [part])


def _draw(turn: Turn, parts: list[Part], rest: list[Part] | None = None) -> None:
    """Keep the card and say it; with a part whose item is not known, ask for that first."""
    turn.ensure_asks(*(one["id"] for one in parts if one.get("id") is not None))
    if not guard.takes_in():
        parts = [one | {"words": None} for one in parts]
    unknown = next((one for one in parts if one["intent"] in CHANGING and known(turn, one) is None), None)
    revisions = {str(one.id): one.revision for part in parts if (one := known(turn, part)) is not None}
    card = cards.draw(
        turn.session,
        turn.actor.officer.id,
        turn.actor.link.chat_id,
        turn.topic_id,
        turn.now,
        {"parts": parts, "rest": rest or [], "revisions": revisions},
    )
    if unknown is not None and unknown.get("id") is not None:
        with suppress(UnseenError):  # one that the speaker sees and may not change: another is not meant
            turn.milestone(unknown["id"], Action.CHANGE)
    if unknown is not None:
        ask_which(turn, card, unknown)
    else:
        show_card(turn, card)


# --- answers


def _on_card(effect: Callable[[Turn, Card, Press], None]) -> PressEffect:
    """The effect on the open card of the button; only a word where it was answered already."""

    def press(turn: Turn, pressed: Press) -> None:
        found = cards.get(turn.session, pressed.revision, turn.actor.officer.id)
        if found is not None and found.is_open:
            effect(turn, found, pressed)
        else:
            turn.answer("cancelled", was_asked=False)

    return press


def is_unchanged(turn: Turn, card: Card) -> bool:
    """Its items are as they were when it was drawn."""
    kept = card.data["revisions"]
    return all(
        (one := milestones.get(turn.session, int(number))) is not None and one.revision == revision
        for number, revision in kept.items()
    )


def say_yes(turn: Turn, card: Card) -> None:
    """Carry the card out, once; where its items changed in the meantime it is shown anew."""
    if not is_unchanged(turn, card) or _is_unsure(turn, card):
        _redraw(turn, card, card.data["parts"])
        return
    if not cards.take(turn.session, card):
        turn.answer("cancelled", was_asked=False)
        return
    _carry_out(turn, card.data["parts"])
    _next(turn, card)


def _is_unsure(turn: Turn, card: Card) -> bool:
    """A slot is missing that a tap alone cannot give."""
    for part in card.data["parts"]:
        milestone = known(turn, part)
        if part["intent"] in CHANGING and milestone is None:
            return True
        if part["intent"] == Intent.DELAY and (milestone is None or new_day(turn, milestone, part) is None):
            return True
        if part["intent"] == Intent.AWAY and not part.get("day"):
            return True
    return any(choices_of(part) for part in card.data["parts"])


def _redraw(turn: Turn, card: Card, parts: list[Part]) -> None:
    cards.take(turn.session, card)
    _draw(turn, parts, card.data["rest"])


def _next(turn: Turn, card: Card) -> None:
    """The next of several that are answered one by one."""
    rest = card.data["rest"]
    if rest:
        _draw(turn, rest[:1], rest[1:])


def show_again(turn: Turn, card: Card) -> None:
    """The card anew: what was typed came late."""
    _redraw(turn, card, card.data["parts"])


def say_no(turn: Turn, card: Card) -> None:
    cards.take(turn.session, card)
    turn.answer("card_dropped")
    _next(turn, card)


def _each(turn: Turn, card: Card, _press: Press) -> None:
    if cards.take(turn.session, card):
        _draw(turn, card.data["parts"][:1], card.data["parts"][1:])


def lacking(turn: Turn) -> Card | None:
    """The newest card here, where it still asks for its item: a number alone answers it."""
    card = cards.newest(turn.session, turn.actor.officer.id, turn.actor.link.chat_id, turn.topic_id)
    is_lacking = (
        card is not None
        and card.is_open
        and any(one["intent"] in CHANGING and known(turn, one) is None for one in card.data["parts"])
    )
    return card if is_lacking else None


def pick(turn: Turn, card: Card, number: int) -> None:
    turn.milestone(number, Action.CHANGE)
    parts = [dict(one) for one in card.data["parts"]]
    lacking = next((one for one in parts if one["intent"] in CHANGING and known(turn, one) is None), None)
    if lacking is not None:
        lacking["id"] = number
    _redraw(turn, card, parts)


def _day(turn: Turn, card: Card, press: Press) -> None:
    """One of the days that are offered."""
    day = date.fromordinal(min(max(press.id, 1), date.max.toordinal()))
    _set_first(
        turn,
        card,
        {"day": day.isoformat(), "shift": None, "basis": None, "question": None, "choices": []},
    )


def _code(turn: Turn, card: Card, press: Press) -> None:
    """사유 분류: its place in the list, and [신청] stays to be pressed."""
    if press.id < len(CODES):
        _set_first(turn, card, {"code": press.id, "codes": False})


def _set_first(turn: Turn, card: Card, values: Part) -> None:
    first, *others = card.data["parts"]
    _redraw(turn, card, [first | values, *others])


def _fix(turn: Turn, card: Card, _press: Press) -> None:
    """날짜 고치기: the next text that is a day, or of an absence a span, goes into the card."""
    step = ANSWERS_SPAN if card.data["parts"][0]["intent"] == Intent.AWAY else ANSWERS_DAY
    turn.ask(DIALOGUE, step, card=card.id)
    turn.answer(
        "card_ask_day", is_span=step == ANSWERS_SPAN, is_done=card.data["parts"][0]["intent"] == Intent.DONE
    )


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The day that was asked for."""
    card = cards.get(turn.session, asked.data["card"], turn.actor.officer.id)
    if card is None or not card.is_open:
        turn.forget_asked()
        turn.answer("cancelled", was_asked=False)
        return
    is_done = card.data["parts"][0]["intent"] == Intent.DONE
    when = turn.past() if is_done else turn.ahead()
    if asked.step == ANSWERS_SPAN:
        values = _span_of(turn, text)
    else:
        told = read(text, when)
        assert told is not None  # else the text is no answer
        judged = judge(told.value, when)
        values = {
            "day": judged.day.isoformat() if judged.day else None,
            "shift": [judged.shift.days, judged.shift.months] if judged.shift else None,
            "basis": told.basis,
            "question": doubt_words.question(judged.question),
            "choices": [one.isoformat() for one in judged.choices],
        }
    turn.forget_asked()
    _set_first(turn, card, values)


def _span_of(turn: Turn, text: str) -> Part:
    found = find_span(text, turn.ahead())
    if not isinstance(found, Span):
        raise UsageError(say("routing.no-span"), example="7.6-7.8")
    first, last = away.checked(found.first, found.last, turn.today)
    return {"day": first.isoformat(), "until": last.isoformat(), "question": None}


# --- carrying out

ACTS: dict[str, Act] = {
    Intent.DONE: done.act,
    Intent.DELAY: command.act,
    Intent.PROGRESS: remarks.act,
    Intent.NOTE: remarks.act,
    Intent.UNDO: undo.act,
    Intent.AWAY: away.act,
    Intent.HANDOVER: handover.act,
}
"""What carries a reading out, at once or after a tap."""


def _carry_out(turn: Turn, parts: list[Part]) -> None:
    """Every item is checked before any is changed; completions of one day and note are one act with one answer."""
    for part in parts:
        if part["intent"] in CHANGING:
            turn.milestone(part["id"], Action.CHANGE)
        if "act" in part and undo.newest(turn) not in (None, part["act"]):
            raise UsageError(say("undo.newer"))
    for found in _acts(parts):
        ACTS[found.intent](turn, found)


def _acts(parts: list[Part]) -> Iterator[Understood]:
    """The parts as readings, the completions first."""
    readings = [_reading(one) for one in parts]
    dones = [one for one in readings if one.intent == Intent.DONE]
    for day, words, document in dict.fromkeys((one.day, one.words, one.document) for one in dones):
        same = [one for one in dones if (one.day, one.words, one.document) == (day, words, document)]
        yield replace(same[0], ids=tuple(one.ids[0] for one in same))
    yield from (one for one in readings if one.intent != Intent.DONE)


def _reading(part: Part) -> Understood:
    """What the part says, with what its taps gave."""
    number, until, shift = part.get("id"), part.get("until"), part.get("shift")
    return Understood(
        Intent(part["intent"]),
        ids=tuple(part.get("ids") or ([number] if number is not None else [])),
        day=day_of(part),
        shift=Shift(*shift) if shift else None,
        percent=part.get("percent"),
        words=part.get("words") or part.get("substitute"),
        document=part.get("document"),
        until=date.fromisoformat(until) if until else None,
        basis=part.get("basis"),
        arguments=part.get("text") or "",
        code=part.get("code"),
    )


# Cards have no command word; their buttons belong here all the same.
COMMAND = Command(
    name="card",
    effect=lambda turn, _text: turn.answer("not_text"),
    action=Action.CHANGE,
    buttons={
        "cardyes": _on_card(lambda turn, card, _: say_yes(turn, card)),
        "cardno": _on_card(lambda turn, card, _: say_no(turn, card)),
        "cardeach": _on_card(_each),
        "cardday": _on_card(_day),
        "cardcode": _on_card(_code),
        "cardcodes": _on_card(lambda turn, card, _: _set_first(turn, card, {"codes": True})),
        "cardfix": _on_card(_fix),
        "carddelay": _on_card(lambda turn, card, _: _set_first(turn, card, AS_DELAY)),
        "carddone": _on_card(lambda turn, card, _: _set_first(turn, card, AS_DONE)),
        "pick": _on_card(lambda turn, card, press: pick(turn, card, press.id)),
    },
    dialogues={DIALOGUE: carry_on},
    in_menu=False,
)
