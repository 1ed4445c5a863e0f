"""/adjustments: the planning office runs 공약조정 step by step, with days, notes and the decision."""

from datetime import date

from bot.chat.command import Command, example_of, misused
from bot.chat.lists import page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button, note, numbered
from bot.delays.adjust import refusal
from bot.indicators import goals
from bot.speech.dates import Doubt, read
from bot.texts import doubt_words, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import adjustment
from jobs.milestones.adjustment import AdjustmentError, Move
from reports.quarterly import inherited
from reports.quarterly.rows import Adjustment as Printed
from reports.texts.states import ADJUSTMENT_DECISION_WORDS, ADJUSTMENT_STEP_WORDS, ADJUSTMENT_TYPE_WORDS
from store import adjustments
from store.adjustments import ORDER, next_step
from store.deliveries import Html, Message
from store.models import Adjustment, Task
from store.states import AdjustmentDecision, AdjustmentStep

VERB, OPEN, NEXT, DROP = "adjlist", "adjopen", "adjnext", "adjdrop"
PER_PAGE = 7
DECISIONS = tuple(AdjustmentDecision)


def run(turn: Turn, text: str) -> None:
    """Alone: what is under way. With a number: that one; with a step: it is taken."""
    found = numbered(text)
    if not found.ids and not text.strip():
        turn.say(page(turn, 1))
        return
    if len(found.ids) != 1:
        raise misused("delays.adjustment.no-number", "adjustments")
    one = _get(turn, found.ids[0])
    if not found.rest:
        turn.say(message(turn, one))
        return
    _advance(turn, one, _move(turn, found.rest))


def _get(turn: Turn, number: int) -> Adjustment:
    found = turn.session.get(Adjustment, number)
    if found is None:
        raise UsageError(say("delays.adjustment.unknown", number=number))
    return found


def _move(turn: Turn, text: str) -> Move:
    """A step, for 확정 the decision, a day, a note."""
    step, rest = ADJUSTMENT_STEP_WORDS.read(text)
    if step is None or step is AdjustmentStep.PROPOSED:
        listed = [one for step, one in ADJUSTMENT_STEP_WORDS.items() if step is not AdjustmentStep.PROPOSED]
        raise misused("delays.adjustment.no-step", "adjustments", choices=listed)
    decision = None
    if step is AdjustmentStep.DECIDED:
        decision, behind = ADJUSTMENT_DECISION_WORDS.read(rest)
        rest = behind if decision is not None else rest.partition(" ")[2]
    day, rest = _day(turn, rest)
    return Move(step, day, note(rest, is_optional=True), decision)


def _day(turn: Turn, text: str) -> tuple[date, str]:
    """The day at the front, else today. Raises UsageError for one that cannot be taken."""
    when = read(text, turn.past()) if text[:1].isdigit() else None
    if when is not None and isinstance(when.value, Doubt):
        raise UsageError(doubt_words.told(when.value), example=example_of("adjustments"))
    if when is None or not isinstance(when.value, date):
        return turn.today, text
    return when.value, when.rest


def _advance(turn: Turn, one: Adjustment, move: Move) -> None:
    try:
        done = adjustment.advance(turn.deed, one.id, move)
    except AdjustmentError as error:
        raise UsageError(refusal(error), example=example_of("adjustments")) from error
    said = say("delays.adjustment.moved", step=ADJUSTMENT_STEP_WORDS[move.to])
    turn.say(message(turn, done, said))
    if done.opened_by_id != turn.actor.officer.id and move.to in {
        AdjustmentStep.DECIDED,
        AdjustmentStep.WITHDRAWN,
    }:
        turn.hand(done.opened_by_id, "adjustment-decided", lambda: _decided(turn, done))


def _decided(turn: Turn, done: Adjustment) -> Message:
    """What who opened it hears."""
    decision = ADJUSTMENT_DECISION_WORDS[done.decision] if done.decision else None
    return Message(message(turn, done, say("delays.adjustment.told", decision=decision)).text, [])


def message(turn: Turn, one: Adjustment, said: str = "") -> Message:
    """The whole adjustment and the next step."""
    text = render.text(
        "adjustment",
        said=said,
        adjustment=one,
        task=one.task,
        kind=ADJUSTMENT_TYPE_WORDS[one.type],
        step=ADJUSTMENT_STEP_WORDS[one.step],
        decision=ADJUSTMENT_DECISION_WORDS[one.decision] if one.decision else None,
        history=[
            {
                "step": ADJUSTMENT_STEP_WORDS[AdjustmentStep(each["step"])],
                "on": date.fromisoformat(each["on"]),
                "by": each["by"],
                "note": each["note"],
            }
            for each in one.history
        ],
        opener=one.opened_by,
        changes=goals.changes_of(turn.session, one),
    )
    return Message(text, _keyboard(one))


def _keyboard(one: Adjustment) -> list[list[dict[str, str]]]:
    """The next step, of the decision one button each; 변경안 is written, so it has none."""
    step = next_step(one.step)
    row = []
    if step is AdjustmentStep.DECIDED:
        row = [
            button(
                label("delays.adjustment.button.decide", decision=ADJUSTMENT_DECISION_WORDS[each]),
                f"{NEXT}{place}",
                one.id,
                _number(step),
            )
            for place, each in enumerate(DECISIONS)
        ]
    elif step is not None and step is not AdjustmentStep.DRAFTED:
        following = label("delays.adjustment.button.next", step=ADJUSTMENT_STEP_WORDS[step])
        row = [button(following, NEXT, one.id, _number(step))]
    can_drop = one.decision is None and one.step not in adjustments.OVER
    drop = [[button(label("delays.adjustment.button.drop"), DROP, one.id)]] if can_drop else []
    return ([row] if row else []) + drop


def _number(step: AdjustmentStep) -> int:
    return ORDER.index(step)


def page(turn: Turn, wanted: int) -> Message:
    found = adjustments.under_way(turn.session)
    rows, current, pages = page_of(found, wanted, PER_PAGE)
    lines = [
        render.text(
            "adjustment_line",
            adjustment=one,
            task=one.task,
            kind=ADJUSTMENT_TYPE_WORDS[one.type],
            step=ADJUSTMENT_STEP_WORDS[one.step],
        )
        for one in rows
    ]
    printed = inherited.waiting(turn.session, turn.now)
    if current == 1:
        lines += [_printed(task, one) for task, one in printed]
    title, empty = label("delays.adjustment.title"), label("delays.adjustment.empty")
    text = titled(turn, title, len(found) + len(printed), lines, empty, page=current, pages=pages)
    keyboard = [[button(label("delays.adjustment.button.open", number=one.id), OPEN, one.id)] for one in rows]
    return Message(text, keyboard + paging(VERB, current, pages))


def _printed(task: Task, one: Printed) -> Html:
    """What the newest result document says is to be adjusted, and how it is begun."""
    return render.text("adjustment_printed", task=task, reason=one.reason)


def turn_page(turn: Turn, press: Press) -> None:
    turn.rewrite_pressed(page(turn, press.id))


def press_open(turn: Turn, press: Press) -> None:
    turn.say(message(turn, _get(turn, press.id)))


def press_next(turn: Turn, press: Press) -> None:
    """The step that the button was drawn for, today; a stale one is told by the rules of the steps."""
    one = _get(turn, press.id)
    if not 0 < press.revision < len(ORDER):
        raise UsageError(say("delays.adjustment.stale"))
    place = press.verb.removeprefix(NEXT)
    decision = DECISIONS[int(place)] if place else None
    _advance(turn, one, Move(ORDER[press.revision], turn.today, None, decision))


def press_drop(turn: Turn, press: Press) -> None:
    _advance(turn, _get(turn, press.id), Move(AdjustmentStep.WITHDRAWN, turn.today))


COMMAND = Command(
    name="adjustments",
    effect=run,
    action=Action.ROUNDS,
    buttons={
        VERB: turn_page,
        OPEN: press_open,
        DROP: press_drop,
        NEXT: press_next,
        **{f"{NEXT}{place}": press_next for place in range(len(DECISIONS))},
    },
)
