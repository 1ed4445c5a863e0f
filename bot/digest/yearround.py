"""What goes on all year (연중·상시) in the daily message and in chat: the light question, its buttons, its answer."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.line import accountable
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button, ensure_words, note
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, may_task
from jobs.owed import yearround as asking
from jobs.owed.yearround import is_waiting
from reports.texts.states import as_planned
from store import milestones, yearround
from store.deliveries import Html
from store.matters import YEAR_ROUND
from store.models import DeliveryItem, Dialogue, Series
from store.states import PlanState

DIALOGUE = "going"
AS_PLANNED, IN_WORDS, ONCE, LESS = "goingok", "goingsay", "goingonce", "goingless"
RESUME = "goingresume"  # of what rests: bot/standing/hold.py


def asked(session: Session, items: Sequence[DeliveryItem]) -> list[tuple[Series, date]]:
    """What the message asks about, with the day of the question; what nobody has answered yet comes first."""
    asked_about = [one for one in items if one.rule == YEAR_ROUND]
    found = [(session.get_one(Series, int(one.subject.partition(":")[2])), one.due_on) for one in asked_about]
    return sorted(found, key=lambda one: not is_waiting(*one))


def lines(questions: Sequence[tuple[Series, date]], today: date) -> list[Html]:
    return [
        render.text(
            "ongoing_line",
            series=series,
            task=series.task,
            is_open=is_waiting(series, day),
            accountable=accountable(milestones.of_task(series.task, today)),
            today=today,
        )
        for series, day in questions
    ]


def how_to_answer(questions: Sequence[tuple[Series, date]]) -> list[Html]:
    """What to press, once for each kind of what is asked about and not answered yet."""
    open_ones = [series for series, day in questions if is_waiting(series, day)]
    kinds = dict.fromkeys(_kind(one) for one in sorted(open_ones, key=_kind))
    return [say(f"digest.going.press.{kind}") for kind in kinds]


def _kind(series: Series) -> str:
    if series.is_suspension:
        return "rests"
    return "plain" if series.quota is None else "counted"


def rows(questions: Sequence[tuple[Series, date]]) -> list[list[dict[str, str]]]:
    """[변동 없음] and [근황 적기] of what is not answered yet, [한 번 했음] of a quota."""
    return [buttons(series) for series, day in questions if is_waiting(series, day)]


def buttons(series: Series) -> list[dict[str, str]]:
    """What can be said of one by a tap."""
    if series.is_suspension:
        verbs: tuple[str, ...] = (AS_PLANNED, RESUME, IN_WORDS)
    else:
        verbs = (ONCE, IN_WORDS) if series.quota is not None else (AS_PLANNED, IN_WORDS)
    return [_button(series, verb) for verb in verbs]


def _button(series: Series, verb: str) -> dict[str, str]:
    return button(label(f"digest.button.{verb}", number=series.id), verb, series.id)


def find(turn: Turn, number: int) -> Series | None:
    """The entry of that number; None for any other number, and for one that is not the speaker's to see."""
    found = yearround.get(turn.session, number)
    is_seen = found is not None and may_task(turn.session, turn.actor, Action.VIEW, found.task_id, turn.today)
    return found if is_seen else None


def own_series(turn: Turn, number: int) -> Series:
    """Raises RefusedError or UsageError where the speaker may say nothing of it."""
    found = find(turn, number)
    if found is None:
        raise UsageError(say("digest.going.unseen", number=number))
    if not may_task(turn.session, turn.actor, Action.CHANGE, found.task_id, turn.today):
        raise RefusedError(say("chat.error.only-seen", number=number))
    if found.task.plan.state is not PlanState.ACTIVE:
        raise UsageError(say("digest.going.closed-plan", number=number))
    return found


def press_as_planned(turn: Turn, press: Press) -> None:
    answer(turn, own_series(turn, press.id), as_planned())


def press_once(turn: Turn, press: Press) -> None:
    """[한 번 했음]: once more of a quota."""
    _count(turn, press.id, 1)


def press_less(turn: Turn, press: Press) -> None:
    """It was pressed once too often."""
    _count(turn, press.id, -1)


def _count(turn: Turn, number: int, by: int) -> None:
    series = own_series(turn, number)
    if series.quota is None:
        raise UsageError(say("digest.going.no-quota", number=number))
    if by < 0 and not series.done_times:
        raise UsageError(say("digest.going.none-done", number=number))
    asking.count(turn.deed, series, by, label("digest.going.done-times", count=series.done_times + by))
    keyboard = [[_button(series, LESS)]] if by > 0 else []
    turn.answer("quota_counted", keyboard, series=series, is_complete=asking.is_complete(series))


def press_in_words(turn: Turn, press: Press) -> None:
    series = own_series(turn, press.id)
    ensure_words("news")
    turn.ask(DIALOGUE, "words", series=series.id)
    turn.answer("ongoing_ask", series=series)


def carry_on(turn: Turn, asked_for: Dialogue, text: str) -> None:
    series = own_series(turn, int(asked_for.data["series"]))
    words = note(text)
    if words is None:
        raise UsageError(say("digest.going.no-words"), example=label("digest.going.example"))
    answer(turn, series, words)


def tell(turn: Turn, number: int, words: str) -> None:
    """News of an entry without having been asked."""
    answer(turn, own_series(turn, number), words)


def answer(turn: Turn, series: Series, words: str) -> None:
    """The answer counts for its quarter, and the daily message shows it."""
    turn.forget_asked()
    asking.answer(turn.deed, series, words)
    turn.answer("ongoing_answered", series=series, words=words, today=turn.today)
