"""Words that mean an act are shown as one card with their slots; a tap or a typed 네 does it, and nothing before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from bot.chat import buttons, stale
from bot.chat.arguments import UsageError, ensure_words, note
from bot.chat.buttons import Press
from bot.chat.command import Command
from bot.chat.names import party
from bot.chat.turn import SAMPLE_NUMBER, Turn
from bot.completion import done, evidence
from bot.delays import command, due_day
from bot.delays.request import CODES, code_rows
from bot.delays.wish import postpone
from bot.people import away, handover
from bot.privacy import guard
from bot.speech.absences import Span, find_span, substitute_in
from bot.speech.dates import Shift, judge, read
from bot.speech.reading import CHANGING
from bot.speech.understand import Intent, Understood
from bot.standing import remarks
from bot.standing.remarks import open_milestone, remark
from bot.texts import render
from bot.undo import command as undo
from jobs.authority.access import Action, has, may
from jobs.milestones.undo import UNDOABLE
from jobs.rules.reasons import guess
from store import audit, cards, milestones
from store.models import Card, Dialogue, Milestone
from store.states import MilestoneState
from store.words import REASON_WORDS

DIALOGUE = "card"
ANSWERED_WITHIN = timedelta(minutes=10)  # a typed 네 means a card no older than this
MOST_OFFERED = 8  # items among which somebody is asked to choose
NEEDS = {
    Intent.DONE: "어느 일정을 마치셨는지 번호를 적어 주십시오.",
    Intent.DELAY: "연기할 일정의 번호 하나와 새 기한, 사유를 적어 주십시오.",
    Intent.PROGRESS: "일정 번호와 진행률을 적어 주십시오.",
    Intent.NOTE: "일정 번호 하나를 먼저 적어 주십시오.",
}
EXAMPLES = {
    Intent.DONE: done.EXAMPLE,
    Intent.DELAY: command.EXAMPLE,
    Intent.PROGRESS: remarks.PROGRESS_EXAMPLE,
    Intent.NOTE: remarks.NOTE_EXAMPLE,
}
Part = dict[str, Any]
Keyboard = list[list[dict[str, str]]]
WORDS = {
    Intent.DONE: "일정을 완료로 등록",
    Intent.DELAY: "일정을 연기",
    Intent.PROGRESS: "일정의 진행률을 등록",
    Intent.NOTE: "일정에 메모를 등록",
}
ANSWERS_DAY, ANSWERS_SPAN = "day", "span"


# --- what was read -> what the card keeps


def show(turn: Turn, found: Understood, text: str, replied: Sequence[int]) -> None:
    """Draw the card of a reading. `replied`: the items of the message that the text answers to."""
    _refuse_empty(found)
    if found.intent in CHANGING:
        note(found.words or "", "사유" if found.intent == Intent.DELAY else "메모")
        parts = [
            part
            for one in found.parts or (found,)
            for part in _parts(one, replied, is_command=text.startswith("/"))
        ]
        closed = [
            one for part in parts if (one := _known(turn, part)) and one.state is not MilestoneState.PLANNED
        ]
        if len(closed) == len(parts):
            _carry_out(turn, parts)  # which says how they stand, and changes nothing
        else:
            _draw(turn, parts)
    elif found.intent == Intent.UNDO:
        _draw(turn, [{"intent": Intent.UNDO, "ids": list(found.ids)}])
    elif found.intent == Intent.AWAY:
        _show_absence(turn, found, text)
    else:
        _draw(turn, [{"intent": Intent.HANDOVER, "text": text if guard.takes_in() else ""}])


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
        "question": found.question,
        "choices": [one.isoformat() for one in found.choices],
        "among": list(replied),
        "is_command": is_command,
    }
    return [made | {"id": one} for one in ids]


def _refuse_empty(found: Understood) -> None:
    """Raises UsageError for what no tap can give: a percentage, the words of a note."""
    if found.intent == Intent.PROGRESS and found.ids and found.percent is None:
        raise UsageError("진행률은 0에서 100 사이의 숫자로 적어 주십시오.", example=remarks.PROGRESS_EXAMPLE)
    if found.intent == Intent.NOTE and found.ids and not found.words:
        raise UsageError("남길 메모를 번호 다음에 적어 주십시오.", example=remarks.NOTE_EXAMPLE)


def _show_absence(turn: Turn, found: Understood, text: str) -> None:
    named = substitute_in(text)
    part: Part = {"intent": Intent.AWAY, "substitute": named, "question": found.question}
    if found.day is not None and found.until is not None:
        first, last = away.checked(found.day, found.until, turn.today)
        part |= {"day": first.isoformat(), "until": last.isoformat()}
    _draw(turn, [part])


# --- drawing


def _draw(turn: Turn, parts: list[Part], rest: list[Part] | None = None) -> None:
    """Keep the card and say it; with a part whose item is not known, ask for that first."""
    turn.ensure_asks(*(one["id"] for one in parts if one.get("id") is not None))
    if not guard.takes_in():
        parts = [one | {"words": None} for one in parts]
    unknown = next((one for one in parts if one["intent"] in CHANGING and _known(turn, one) is None), None)
    revisions = {str(one.id): one.revision for part in parts if (one := _known(turn, part)) is not None}
    card = cards.draw(
        turn.session,
        turn.actor.officer.id,
        turn.actor.link.chat_id,
        turn.topic,
        turn.now,
        {"parts": parts, "rest": rest or [], "revisions": revisions},
    )
    if unknown is not None and unknown.get("id") is not None:
        _refuse_closed(turn, unknown["id"])
    if unknown is not None:
        _ask_which(turn, card, unknown)
    else:
        _say(turn, card)


def _refuse_closed(turn: Turn, number: int) -> None:
    """Raises UsageError where the speaker sees the item and may not change it: another one is not meant."""
    found = milestones.get(turn.session, number)
    if found is not None and may(turn.session, turn.actor, Action.VIEW, found, turn.today):
        turn.milestone(number, Action.CHANGE)


def _known(turn: Turn, part: Part) -> Milestone | None:
    """The part's item where the speaker may change it; nobody is told that a number is not theirs."""
    try:
        return turn.milestone(part["id"], Action.CHANGE) if part.get("id") is not None else None
    except UsageError:
        return None


def _say(turn: Turn, card: Card) -> None:
    parts = card.data["parts"]
    if len(parts) > 1:
        rows = [
            [_button(card, "모두 등록", "cardyes"), _button(card, "하나씩", "cardeach")],
            [_button(card, "아니요", "cardno")],
        ]
    else:
        rows = _rows(turn, card, parts[0])
    lines = [_line(turn, one) for one in parts]
    turn.answer("card", rows, lines=lines, asks=_asks(parts), question=_doubt(parts))


def _button(card: Card, label: str, verb: str, number: int = 0) -> dict[str, str]:
    """A card's button: its number stands where others have their revision."""
    return buttons.button(label, verb, number, card.id)


def _line(turn: Turn, part: Part) -> dict[str, object]:
    """A part as the template says it."""
    milestone = _known(turn, part)
    day = _day(part)
    facts: dict[str, object] = {
        "intent": str(part["intent"]),
        "milestone": milestone,
        "day": day,
        "standing": "",
        "due": None,
        "what": "",
        **_told(part, milestone),
    }
    if part["intent"] == Intent.DELAY and milestone is not None:
        facts |= {"due": milestone.due_on, "day": _new_day(turn, milestone, part)}
    if part["intent"] == Intent.DONE:
        facts["day"] = day or turn.today
    if part["intent"] == Intent.UNDO:
        facts["what"] = _last_act(turn)
    if milestone is not None and milestone.state is not MilestoneState.PLANNED:
        facts["standing"] = stale.standing(milestone, turn.today)
    return facts


def _told(part: Part, milestone: Milestone | None) -> dict[str, object]:
    until = part.get("until")
    return {
        "percent": part.get("percent"),
        "words": guard.words(part["words"], milestone) if part.get("words") else None,
        "until": date.fromisoformat(until) if until else None,
        "substitute": guard.name(part["substitute"]) if part.get("substitute") else None,
        "code": REASON_WORDS[CODES[part["code"]]] if part.get("code") is not None else None,
    }


def _day(part: Part) -> date | None:
    return date.fromisoformat(part["day"]) if part.get("day") else None


def _new_day(turn: Turn, milestone: Milestone, part: Part) -> date | None:
    if milestone.due_on is None:
        return None
    if part.get("shift"):
        return due_day.counted(milestone, Shift(*part["shift"]), turn.today)
    return _day(part)


def _last_act(turn: Turn) -> str:
    """What the speaker's newest act was about: #112, #115."""
    newest = audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)
    return ", ".join(f"#{one.subject.partition(':')[2]}" for one in newest)


def _asks(parts: list[Part]) -> str:
    """The question of the card, in a word."""
    return "several" if len(parts) > 1 else str(parts[0]["intent"])


def _doubt(parts: list[Part]) -> str | None:
    return next((one["question"] for one in parts if one.get("question")), None)


def _rows(turn: Turn, card: Card, part: Part) -> Keyboard:
    no, fix = _button(card, "아니요", "cardno"), _button(card, "날짜 고치기", "cardfix")
    if part["intent"] == Intent.DONE:
        days = [_button(card, render.short_day(one), "cardday", one.toordinal()) for one in _choices(part)]
        second = [_button(card, "연기", "carddelay"), no]
        return [days, [fix], second] if days else [[_button(card, "네", "cardyes"), fix], second]
    if part["intent"] == Intent.DELAY:
        return _delay_rows(turn, card, part, fix, no)
    if part["intent"] == Intent.AWAY:
        return [[_button(card, "네", "cardyes"), fix], [no]] if part.get("day") else [[fix], [no]]
    if part["intent"] == Intent.PROGRESS:
        return [[_button(card, "네", "cardyes"), _button(card, "완료로 등록", "carddone")], [no]]
    return [[_button(card, "네", "cardyes"), no]]


def _choices(part: Part) -> list[date]:
    return [date.fromisoformat(one) for one in part.get("choices") or []]


def _delay_rows(turn: Turn, card: Card, part: Part, fix: dict[str, str], no: dict[str, str]) -> Keyboard:
    """The days where none is sure; else [신청] with the categories of the reason."""
    milestone = _known(turn, part)
    assert milestone is not None
    choices = _choices(part)
    if choices or _new_day(turn, milestone, part) is None or milestone.due_on is None:
        usual = (
            [day for _, day in due_day.choices(milestone, turn.today).values()] if milestone.due_on else []
        )
        days = [_button(card, render.short_day(one), "cardday", one.toordinal()) for one in choices or usual]
        return [days[:2], days[2:4], [fix, no]]
    if part.get("codes"):
        return [
            *code_rows([_button(card, REASON_WORDS[one], "cardcode", at) for at, one in enumerate(CODES)]),
            [no],
        ]
    suggested = guess(part["words"]) if part.get("words") and part.get("code") is None else None
    label = f"분류: {REASON_WORDS[suggested]}" if suggested else ""
    row = [_button(card, label, "cardcode", CODES.index(suggested))] if suggested else []
    return [[_button(card, "신청", "cardyes"), fix], [*row, _button(card, "사유 분류", "cardcodes")], [no]]


def _ask_which(turn: Turn, card: Card, part: Part) -> None:
    """A number that is nobody's, or none: which of the speaker's own."""
    offered = _open_items(turn, part.get("among") or [])
    if not offered:
        if part.get("id") is not None:
            turn.milestone(part["id"], Action.CHANGE)  # which says that it is nobody's
        raise UsageError("진행 중인 소관 일정이 없습니다. 번호를 확인해 주십시오.", example=done.EXAMPLE)
    keyboard = [
        [_button(card, f"#{one.id} {render.cut(one.shown_title, 30)}", "pick", one.id)]
        for one in offered[:MOST_OFFERED]
    ]
    say = turn.refuse if part.get("id") is not None else turn.answer
    say(
        "ask_which",
        keyboard,
        act=WORDS[Intent(part["intent"])],
        day=_day(part),
        percent=part.get("percent"),
        today=turn.today,
        number=part.get("id"),
        reason=NEEDS[Intent(part["intent"])] if part.get("is_command") else None,
        example=EXAMPLES[Intent(part["intent"])].replace(SAMPLE_NUMBER, turn.sample_number()),
        is_more=len(offered) > MOST_OFFERED,
    )


def _open_items(turn: Turn, among: Sequence[int]) -> list[Milestone]:
    """Those of the message that was answered to, else the speaker's own."""
    if among:
        return list(milestones.by_ids(turn.session, among))
    theirs = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in theirs if one.state is MilestoneState.PLANNED]


# --- answers


def _pressed(turn: Turn, press: Press) -> Card | None:
    """The open card of the button; None, with a word, where it was answered or its items have changed."""
    card = cards.get(turn.session, press.revision, turn.actor.officer.id)
    if card is None or not card.is_open:
        turn.answer("cancelled", was_asked=False)
        return None
    return card


def is_unchanged(turn: Turn, card: Card) -> bool:
    """Its items are as they were when it was drawn."""
    kept = card.data["revisions"]
    return all(
        (one := milestones.get(turn.session, int(number))) is not None and one.revision == revision
        for number, revision in kept.items()
    )


def press_yes(turn: Turn, press: Press) -> None:
    card = _pressed(turn, press)
    if card is not None:
        say_yes(turn, card)


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
        milestone = _known(turn, part)
        if part["intent"] in CHANGING and milestone is None:
            return True
        if part["intent"] == Intent.DELAY and (milestone is None or _new_day(turn, milestone, part) is None):
            return True
        if part["intent"] == Intent.AWAY and not part.get("day"):
            return True
    return any(_choices(part) for part in card.data["parts"])


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


def press_no(turn: Turn, press: Press) -> None:
    card = _pressed(turn, press)
    if card is not None:
        say_no(turn, card)


def say_no(turn: Turn, card: Card) -> None:
    cards.take(turn.session, card)
    turn.answer("card_dropped")
    _next(turn, card)


def press_each(turn: Turn, press: Press) -> None:
    card = _pressed(turn, press)
    if card is not None and cards.take(turn.session, card):
        _draw(turn, card.data["parts"][:1], card.data["parts"][1:])


def press_pick(turn: Turn, press: Press) -> None:
    """The item of a card without its number."""
    card = _pressed(turn, press)
    if card is not None:
        pick(turn, card, press.id)


def lacking(turn: Turn) -> Card | None:
    """The newest card here, where it still asks for its item: a number alone answers it."""
    card = cards.newest(turn.session, turn.actor.officer.id, turn.actor.link.chat_id, turn.topic)
    is_lacking = (
        card is not None
        and card.is_open
        and any(one["intent"] in CHANGING and _known(turn, one) is None for one in card.data["parts"])
    )
    return card if is_lacking else None


def pick(turn: Turn, card: Card, number: int) -> None:
    turn.milestone(number, Action.CHANGE)
    parts = [dict(one) for one in card.data["parts"]]
    lacking = next((one for one in parts if one["intent"] in CHANGING and _known(turn, one) is None), None)
    if lacking is not None:
        lacking["id"] = number
    _redraw(turn, card, parts)


def press_day(turn: Turn, press: Press) -> None:
    """One of the days that are offered."""
    card = _pressed(turn, press)
    if card is not None:
        day = date.fromordinal(min(max(press.id, 1), date.max.toordinal()))
        _set_first(
            turn,
            card,
            {"day": day.isoformat(), "shift": None, "basis": None, "question": None, "choices": []},
        )


def press_code(turn: Turn, press: Press) -> None:
    """사유 분류: its place in the list, and [신청] stays to be pressed."""
    card = _pressed(turn, press)
    if card is not None and press.id < len(CODES):
        _set_first(turn, card, {"code": press.id, "codes": False})


def press_codes(turn: Turn, press: Press) -> None:
    card = _pressed(turn, press)
    if card is not None:
        _set_first(turn, card, {"codes": True})


def _set_first(turn: Turn, card: Card, values: Part) -> None:
    first, *others = card.data["parts"]
    _redraw(turn, card, [first | values, *others])


def press_fix(turn: Turn, press: Press) -> None:
    """날짜 고치기: the next text that is a day, or of an absence a span, goes into the card."""
    card = _pressed(turn, press)
    if card is None:
        return
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
            "question": judged.question,
            "choices": [one.isoformat() for one in judged.choices],
        }
    turn.forget_asked()
    _set_first(turn, card, values)


def _span_of(turn: Turn, text: str) -> Part:
    found = find_span(text, turn.ahead())
    if not isinstance(found, Span):
        raise UsageError("기간을 “7.6-7.8”처럼 적어 주십시오.", example="7.6-7.8")
    first, last = away.checked(found.first, found.last, turn.today)
    return {"day": first.isoformat(), "until": last.isoformat(), "question": None}


def press_delay(turn: Turn, press: Press) -> None:
    """연기 instead of the completion that was read."""
    card = _pressed(turn, press)
    if card is not None:
        _set_first(
            turn, card, {"intent": Intent.DELAY, "day": None, "words": None, "question": None, "choices": []}
        )


def press_done(turn: Turn, press: Press) -> None:
    """완료 instead of the percentage that was read."""
    card = _pressed(turn, press)
    if card is not None:
        _set_first(turn, card, {"intent": Intent.DONE, "percent": None})


# --- carrying out


def carry_out(turn: Turn, found: Understood) -> None:
    """A closed form, at once: every item is checked before any is changed."""
    _carry_out(turn, _parts(found, ()))


def _carry_out(turn: Turn, parts: list[Part]) -> None:
    """Every item is checked before any is changed; completions of one day and note are one act with one answer."""
    chosen = {
        one["id"]: turn.milestone(one["id"], Action.CHANGE) for one in parts if one["intent"] in CHANGING
    }
    dones = [one for one in parts if one["intent"] == Intent.DONE]
    for day, words, document in dict.fromkeys(map(_same, dones)):
        same = [chosen[one["id"]] for one in dones if _same(one) == (day, words, document)]
        number = evidence.checked(document) if document is not None else None
        on = date.fromisoformat(day) if day else turn.today
        done.finish(turn, same, on, note(words or "", "메모"), number)
    for part in parts:
        if part["intent"] != Intent.DONE:
            EFFECTS[Intent(part["intent"])](turn, part)


def _same(part: Part) -> tuple[str | None, str | None, str | None]:
    """What completions of one answer share."""
    return part.get("day"), part.get("words"), part.get("document")


def _delay(turn: Turn, part: Part) -> None:
    milestone = command.open_milestone(turn, part["id"])
    value = Shift(*part["shift"]) if part.get("shift") else _day(part)
    words = note(part.get("words") or "", "사유")
    if value is None:
        command.offer(turn, milestone, part.get("question"))
        return
    code = CODES[part["code"]] if part.get("code") is not None else None
    if words is None and code is None:
        command.propose(turn, milestone, value, None, part.get("basis"))
        return
    day = command.checked_day(turn, milestone, value)
    if day is not None:
        basis = command.told_basis(turn, milestone, value, part.get("basis"))
        told = words or (REASON_WORDS[code] if code else "")
        postpone(turn, milestone, day, told, code, basis)


def _remark(turn: Turn, part: Part) -> None:
    if part["intent"] == Intent.NOTE:
        ensure_words("메모")
    values: dict[str, object] = {}
    if (words := note(part.get("words") or "", "메모")) is not None:
        values["note"] = words
    if part.get("percent") is not None:
        values["progress"] = part["percent"]
    remark(turn, open_milestone(turn, part["id"]), part["intent"], values)


def _undo(turn: Turn, part: Part) -> None:
    """Numbers that are told must be those of the newest act."""
    newest = audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)
    subjects = {entry.subject for entry in newest}
    if part["ids"] and not subjects.issuperset({milestones.subject(one) for one in part["ids"]}):
        numbers = ", ".join(f"#{one}" for one in part["ids"])
        raise UsageError(f"직전에 등록하신 것은 {numbers}번이 아니어서 되돌리지 않았습니다.")
    undo.undo(turn, "")


def _away(turn: Turn, part: Part) -> None:
    named = party(turn.session, part["substitute"], example=away.EXAMPLE) if part.get("substitute") else None
    day, until = _day(part), date.fromisoformat(part["until"])
    assert day is not None
    away.begin(turn, turn.actor.officer, away.checked(day, until, turn.today), named)


def _handover(turn: Turn, part: Part) -> None:
    """Those who may assign are shown how; of everybody else the lead is told."""
    if has(turn.actor, Action.ASSIGN):
        reason = "담당자를 바꾸시려면 누구의 업무를 누구에게 인계하는지 적어 주십시오."
        raise UsageError(reason, example=handover.EXAMPLE)
    handover.handover(turn, part["text"])


EFFECTS: dict[Intent, Callable[[Turn, Part], None]] = {
    Intent.DELAY: _delay,
    Intent.PROGRESS: _remark,
    Intent.NOTE: _remark,
    Intent.UNDO: _undo,
    Intent.AWAY: _away,
    Intent.HANDOVER: _handover,
}


# Cards have no command word; their buttons belong here all the same.
COMMAND = Command(
    name="card",
    summary="“121 완료했습니다”처럼 평소 말로 적어 보내셔도 됩니다.",
    effect=lambda turn, _text: turn.answer("not_text"),
    action=Action.CHANGE,
    buttons={
        "cardyes": press_yes,
        "cardno": press_no,
        "cardeach": press_each,
        "cardday": press_day,
        "cardcode": press_code,
        "cardcodes": press_codes,
        "cardfix": press_fix,
        "carddelay": press_delay,
        "carddone": press_done,
        "pick": press_pick,
    },
    dialogues={DIALOGUE: carry_on},
    in_menu=False,
)
