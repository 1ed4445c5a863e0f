"""/wait ID 추경|국비|심의|타기관 DATE and the button 사유: why something is late, or what outside it waits for."""

from datetime import date, timedelta

from bot.chat import stale
from bot.chat.command import Command, PressEffect, example_of, misused
from bot.chat.turn import Press, Turn, UsageError, button, note, one_number
from bot.delays.request import CODES, code_rows
from bot.speech.dates import month_end_after
from bot.standing.hold import checked, review_day
from bot.standing.remarks import open_milestone
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import hold
from reports.texts.states import GATE_WORDS, REASON_WORDS
from store.models import AuditEntry, Dialogue, Milestone
from store.states import DelayReason, Gate

DIALOGUE = "late"
GATES = tuple(Gate)  # a button carries the place in this list
WAYS = {"wait2w": 14, "wait30": 30, "waitme": 0}  # days from today; 0: the month's end
CODE_VERBS = tuple(f"late{place}" for place in range(len(CODES)))
GATE_VERBS = tuple(f"gate{place}" for place in range(len(GATES)))


def wait(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("standing.one-to-wait"), example_of("wait"))
    milestone = open_milestone(turn, number)
    gate, rest = GATE_WORDS.read(rest)
    if gate is None:
        words = ", ".join(GATE_WORDS.values())
        raise misused("standing.which-gate", "wait", choices=words)
    if not rest.strip():
        _ask_day(turn, milestone, gate)
        return
    day, words_left = review_day(rest, turn.ahead(), example_of("wait"))
    _wait(turn, milestone, gate, day, note(words_left))


def press_late(turn: Turn, press: Press) -> None:
    """[사유]: which one is asked; nothing is changed yet."""
    milestone = _pressed(turn, press)
    if milestone is None:
        return
    if milestone.due_on is None:
        raise UsageError(say("standing.no-due-day", number=milestone.id))
    turn.ask(DIALOGUE, "words", milestone)
    number, revision = milestone.id, milestone.revision
    codes = [
        button(REASON_WORDS[code], verb, number, revision)
        for verb, code in zip(CODE_VERBS, CODES, strict=True)
    ]
    gates = [
        button(label("standing.gate", gate=GATE_WORDS[gate]), verb, number, revision)
        for verb, gate in zip(GATE_VERBS, GATES, strict=True)
    ]
    days = (turn.today - milestone.due_on).days
    turn.answer("late_ask", [*code_rows(codes), gates[:2], gates[2:]], milestone=milestone, days=days)


def press_code(turn: Turn, press: Press) -> None:
    """A reason of the list: it is the code and the words as well."""
    milestone = _pressed(turn, press)
    if milestone is not None:
        code = CODES[CODE_VERBS.index(press.verb)]
        _explain(turn, milestone, REASON_WORDS.kept(code), code)


def press_gate(turn: Turn, press: Press) -> None:
    milestone = _pressed(turn, press)
    if milestone is not None:
        _ask_day(turn, milestone, GATES[GATE_VERBS.index(press.verb)])


def press_day(turn: Turn, press: Press) -> None:
    """2주 뒤, 30일 뒤, 월말: what it waits for stands in the dialogue."""
    milestone = _pressed(turn, press)
    asked = turn.asked
    if milestone is None:
        return
    if asked is None or asked.step != "day" or asked.milestone_id != milestone.id:
        turn.answer("cancelled", was_asked=False)
        return
    _wait(turn, milestone, Gate(asked.data["gate"]), offered(press.verb, turn.today), None)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The reason in words, or the day on which to ask again."""
    assert asked.milestone_id is not None
    try:
        milestone = open_milestone(turn, asked.milestone_id)
    except UsageError as error:
        error.ends_dialogue = True
        raise
    if asked.step == "day":
        day, rest = review_day(text, turn.ahead(), _sample_day(turn.today))
        _wait(turn, milestone, Gate(asked.data["gate"]), day, note(rest))
        return
    words = note(text)
    if words is None:
        raise UsageError(say("standing.why-late"), example=label("standing.why-late-example"))
    _explain(turn, milestone, words, None)


def offered(verb: str, today: date) -> date:
    days = WAYS[verb]
    return today + timedelta(days=days) if days else month_end_after(today)


def _ask_day(turn: Turn, milestone: Milestone, gate: Gate) -> None:
    turn.ask(DIALOGUE, "day", milestone, gate=gate.value)
    row = [
        button(
            label(f"standing.way.{verb}", day=offered(verb, turn.today)),
            verb,
            milestone.id,
            milestone.revision,
        )
        for verb in WAYS
    ]
    turn.answer(
        "gate_ask", [row], milestone=milestone, gate=GATE_WORDS[gate], example=_sample_day(turn.today)
    )


def _sample_day(today: date) -> str:
    day = today + timedelta(days=30)
    return f"{day.month}.{day.day}"


def _explain(turn: Turn, milestone: Milestone, words: str, code: DelayReason | None) -> None:
    if milestone.due_on is None:
        raise UsageError(say("standing.no-due-day", number=milestone.id), ends_dialogue=True)
    turn.forget_asked()
    entry = hold.explain(turn.deed_for(milestone), milestone, words, code)
    postpone = button(
        label("chat.button.delay", number=milestone.id), "delay", milestone.id, milestone.revision
    )
    turn.answer("late_noted", [[postpone], *turn.undo_rows([entry])], milestone=milestone, reason=words)


def _wait(turn: Turn, milestone: Milestone, gate: Gate, day: date, words: str | None) -> None:
    day = checked(day, turn.today, example_of("wait"))
    turn.forget_asked()
    entry = hold.wait(turn.deed_for(milestone), milestone, gate=gate, review_on=day, words=words)
    _answer(turn, "waiting", milestone, entry, gate=GATE_WORDS[gate], words=words)


def _answer(turn: Turn, template: str, milestone: Milestone, entry: AuditEntry, **facts: object) -> None:
    turn.registered(template, entry, milestone=milestone, **facts)


def _pressed(turn: Turn, press: Press) -> Milestone | None:
    return open_milestone(turn, press.id) if stale.pressed(turn, press) is not None else None


BUTTONS: dict[str, PressEffect] = {
    "late": press_late,
    **dict.fromkeys(CODE_VERBS, press_code),
    **dict.fromkeys(GATE_VERBS, press_gate),
    **dict.fromkeys(WAYS, press_day),
}
COMMAND = Command(
    name="wait",
    effect=wait,
    action=Action.CHANGE,
    buttons=BUTTONS,
    on_milestone=frozenset({"wait", *BUTTONS}),
    dialogues={DIALOGUE: carry_on},
)
