"""How a card looks: what was read, as a line an act, the question, the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.chat.command import example_of
from bot.chat.line import standing
from bot.chat.turn import SAMPLE_NUMBER, Keyboard, Turn, UsageError, button
from bot.delays import command
from bot.delays.request import CODES, code_rows
from bot.privacy import guard
from bot.speech.dates import Shift
from bot.speech.understand import Intent
from bot.texts import render
from jobs.authority.access import Action
from jobs.milestones.undo import UNDOABLE
from jobs.rules.reasons import guess
from store import audit, milestones
from store.models import Card, Milestone
from store.states import MilestoneState
from store.words import REASON_WORDS

MOST_OFFERED = 8  # items among which somebody is asked to choose
NEEDS = {
    Intent.DONE: "어느 일정을 마치셨는지 번호를 적어 주십시오.",
    Intent.DELAY: "연기할 일정의 번호 하나와 새 기한, 사유를 적어 주십시오.",
    Intent.PROGRESS: "일정 번호와 진행률을 적어 주십시오.",
    Intent.NOTE: "일정 번호 하나를 먼저 적어 주십시오.",
}
Part = dict[str, Any]
WORDS = {
    Intent.DONE: "일정을 완료로 등록",
    Intent.DELAY: "일정을 연기",
    Intent.PROGRESS: "일정의 진행률을 등록",
    Intent.NOTE: "일정에 메모를 등록",
}


def say(turn: Turn, card: Card) -> None:
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


def known(turn: Turn, part: Part) -> Milestone | None:
    """The part's item where the speaker may change it; nobody is told that a number is not theirs."""
    try:
        return turn.milestone(part["id"], Action.CHANGE) if part.get("id") is not None else None
    except UsageError:
        return None


def _button(card: Card, label: str, verb: str, number: int = 0) -> dict[str, str]:
    """A card's button: its number stands where others have their revision."""
    return button(label, verb, number, card.id)


def _line(turn: Turn, part: Part) -> dict[str, object]:
    """A part as the template says it."""
    milestone = known(turn, part)
    day = day_of(part)
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
        facts |= {"due": milestone.due_on, "day": new_day(turn, milestone, part)}
    if part["intent"] == Intent.DONE:
        facts["day"] = day or turn.today
    if part["intent"] == Intent.UNDO:
        facts["what"] = _last_act(turn)
    if milestone is not None and milestone.state is not MilestoneState.PLANNED:
        facts["standing"] = standing(milestone, turn.today)
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


def day_of(part: Part) -> date | None:
    return date.fromisoformat(part["day"]) if part.get("day") else None


def new_day(turn: Turn, milestone: Milestone, part: Part) -> date | None:
    if milestone.due_on is None:
        return None
    if part.get("shift"):
        return command.counted(milestone, Shift(*part["shift"]), turn.today)
    return day_of(part)


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
        days = [_button(card, render.short_day(one), "cardday", one.toordinal()) for one in choices_of(part)]
        second = [_button(card, "연기", "carddelay"), no]
        return [days, [fix], second] if days else [[_button(card, "네", "cardyes"), fix], second]
    if part["intent"] == Intent.DELAY:
        return _delay_rows(turn, card, part, fix, no)
    if part["intent"] == Intent.AWAY:
        return [[_button(card, "네", "cardyes"), fix], [no]] if part.get("day") else [[fix], [no]]
    if part["intent"] == Intent.PROGRESS:
        return [[_button(card, "네", "cardyes"), _button(card, "완료로 등록", "carddone")], [no]]
    return [[_button(card, "네", "cardyes"), no]]


def choices_of(part: Part) -> list[date]:
    return [date.fromisoformat(one) for one in part.get("choices") or []]


def _delay_rows(turn: Turn, card: Card, part: Part, fix: dict[str, str], no: dict[str, str]) -> Keyboard:
    """The days where none is sure; else [신청] with the categories of the reason."""
    milestone = known(turn, part)
    assert milestone is not None
    choices = choices_of(part)
    if choices or new_day(turn, milestone, part) is None or milestone.due_on is None:
        usual = (
            [day for _, day in command.choices(milestone, turn.today).values()] if milestone.due_on else []
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


def ask_which(turn: Turn, card: Card, part: Part) -> None:
    """A number that is nobody's, or none: which of the speaker's own."""
    offered = _open_items(turn, part.get("among") or [])
    if not offered:
        if part.get("id") is not None:
            turn.milestone(part["id"], Action.CHANGE)  # which says that it is nobody's
        raise UsageError(
            "진행 중인 소관 일정이 없습니다. 번호를 확인해 주십시오.", example=example_of("done")
        )
    keyboard = [
        [_button(card, f"#{one.id} {render.cut(one.shown_title, 30)}", "pick", one.id)]
        for one in offered[:MOST_OFFERED]
    ]
    say = turn.refuse if part.get("id") is not None else turn.answer
    say(
        "ask_which",
        keyboard,
        act=WORDS[Intent(part["intent"])],
        day=day_of(part),
        percent=part.get("percent"),
        today=turn.today,
        number=part.get("id"),
        reason=NEEDS[Intent(part["intent"])] if part.get("is_command") else None,
        example=example_of(part["intent"]).replace(SAMPLE_NUMBER, turn.sample_number()),
        is_more=len(offered) > MOST_OFFERED,
    )


def _open_items(turn: Turn, among: Sequence[int]) -> list[Milestone]:
    """Those of the message that was answered to, else the speaker's own."""
    if among:
        return list(milestones.by_ids(turn.session, among))
    theirs = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in theirs if one.state is MilestoneState.PLANNED]
