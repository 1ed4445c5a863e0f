"""How a card looks: what was read, as a line an act, the question, the buttons."""

from datetime import date
from typing import Any

from bot.audit.wording import Wording
from bot.chat.line import standing
from bot.chat.turn import Keyboard, Turn, UsageError, button
from bot.delays import command
from bot.delays.request import CODES, code_rows
from bot.privacy import guard
from bot.speech.dates import Shift
from bot.speech.understand import Intent
from bot.texts import render
from bot.texts.render import label
from jobs.authority.permissions import Action
from jobs.milestones.undo import UNDOABLE
from jobs.rules.guess_reason import guess
from reports.texts.states import REASON_WORDS
from store import audit
from store.models import Card, Milestone
from store.states import MilestoneState

Part = dict[str, Any]


def show(turn: Turn, card: Card) -> None:
    parts = card.data["parts"]
    if len(parts) > 1:
        rows = [
            [_button(card, "all", "cardyes"), _button(card, "each", "cardeach")],
            [_button(card, "no", "cardno")],
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


def labelled(card: Card, shown: str, verb: str, number: int = 0) -> dict[str, str]:
    """A card's button: its number stands where others have their revision."""
    return button(shown, verb, number, card.id)


def _button(card: Card, name: str, verb: str) -> dict[str, str]:
    """The same of that name in the catalogue."""
    return labelled(card, label(f"routing.card.button.{name}"), verb)


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
    """What the speaker's newest act was about: #112, #115, a department, a list of people."""
    newest = audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)
    names = Wording(turn.session, turn.office.zone)
    return ", ".join(dict.fromkeys(map(names.subject, newest)))


def _asks(parts: list[Part]) -> str:
    """The question of the card, in a word."""
    return "several" if len(parts) > 1 else str(parts[0]["intent"])


def _doubt(parts: list[Part]) -> str | None:
    return next((one["question"] for one in parts if one.get("question")), None)


def _rows(turn: Turn, card: Card, part: Part) -> Keyboard:
    no, fix = _button(card, "no", "cardno"), _button(card, "fix", "cardfix")
    if part["intent"] == Intent.DONE:
        days = [labelled(card, render.short_day(one), "cardday", one.toordinal()) for one in choices_of(part)]
        second = [_button(card, "delay", "carddelay"), no]
        return [days, [fix], second] if days else [[_button(card, "yes", "cardyes"), fix], second]
    if part["intent"] == Intent.DELAY:
        return _delay_rows(turn, card, part, fix, no)
    if part["intent"] == Intent.AWAY:
        return [[_button(card, "yes", "cardyes"), fix], [no]] if part.get("day") else [[fix], [no]]
    if part["intent"] == Intent.PROGRESS:
        return [[_button(card, "yes", "cardyes"), _button(card, "done", "carddone")], [no]]
    return [[_button(card, "yes", "cardyes"), no]]


def choices_of(part: Part) -> list[date]:
    return [date.fromisoformat(one) for one in part.get("choices") or []]


def _delay_rows(turn: Turn, card: Card, part: Part, fix: dict[str, str], no: dict[str, str]) -> Keyboard:
    """The days where none is sure; else [신청] with the categories of the reason."""
    milestone = known(turn, part)
    assert milestone is not None
    choices = choices_of(part)
    if choices or new_day(turn, milestone, part) is None or milestone.due_on is None:
        usual = [*command.choices(milestone, turn).values()] if milestone.due_on else []
        days = [labelled(card, render.short_day(one), "cardday", one.toordinal()) for one in choices or usual]
        return [days[:2], days[2:4], [fix, no]]
    if part.get("codes"):
        return [
            *code_rows([labelled(card, REASON_WORDS[one], "cardcode", at) for at, one in enumerate(CODES)]),
            [no],
        ]
    suggested = guess(part["words"]) if part.get("words") and part.get("code") is None else None
    row = []
    if suggested:
        shown = label("routing.card.button.code", reason=REASON_WORDS[suggested])
        row = [labelled(card, shown, "cardcode", CODES.index(suggested))]
    return [[_button(card, "apply", "cardyes"), fix], [*row, _button(card, "codes", "cardcodes")], [no]]
