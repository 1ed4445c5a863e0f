"""/daysoff (휴무일): the planning office enters the organisation's own days off, in chat or from an .ics; what is still to
come is reminded of by them."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.command import Command, example_of, misused
from bot.chat.turn import Press, Turn, UsageError, button, note
from bot.privacy import guard
from bot.speech.absences import LIFTED, WORKED, Span, read_span
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from jobs.own_days import enter, lift
from plans.text.characters import clean
from store import own_days
from store.models import Dialogue
from store.own_days import OwnDay

DIALOGUE, REGISTER, LIST = "daysoff", "offreg", "offlist"
MOST_DAYS = 62  # of one span
YEARS = 3  # from today, beyond which nobody knows
SHOWN = 30


def run(turn: Turn, text: str) -> None:
    """Alone: what is entered. With days and a name: they are off; with 근무 worked; with 해제 as the calendar has them."""
    said = clean(text)
    if not said:
        _show(turn)
        return
    found = read_span(said, turn.ahead())
    if not isinstance(found, Span):
        raise misused("documents.daysoff.no-day", "daysoff")
    days = _checked(turn, found)
    first, _, rest = found.rest.partition(" ")
    if first.lower() in LIFTED:
        _answer(turn, "lifted", days, len(lift(turn.deed, days)))
        return
    is_working = first.lower() in WORKED
    name = note(rest if is_working else found.rest, is_optional=True) or label("documents.daysoff.unnamed")
    _enter(turn, [OwnDay(day, is_working, name) for day in days])


def _checked(turn: Turn, span: Span) -> list[date]:
    """Each day of the span. Raises UsageError for one that cannot be."""
    if span.last < span.first or (span.last - span.first).days >= MOST_DAYS:
        raise misused("documents.daysoff.span", "daysoff", count=MOST_DAYS)
    if span.last < turn.today:
        raise misused("documents.daysoff.past", "daysoff", day=span.last)
    return [span.first + timedelta(days=step) for step in range((span.last - span.first).days + 1)]


def _enter(turn: Turn, days: Sequence[OwnDay]) -> None:
    moved = enter(turn.deed, days)
    _answer(
        turn, "worked" if days[0].is_working else "off", [one.on for one in days], len(moved), days[0].name
    )


def _answer(turn: Turn, done: str, days: Sequence[date], moved: int, name: str = "") -> None:
    said = words("documents.daysoff.done")[done]
    turn.answer("days_off", first=days[0], last=days[-1], count=len(days), said=said, name=name, moved=moved)


def _show(turn: Turn) -> None:
    entered = [one for one in own_days.entered(turn.session).values() if one.on >= turn.today]
    turn.answer(
        "days_off_list",
        days=[(one.on, guard.words(one.name), one.is_working) for one in entered[:SHOWN]],
        more=max(0, len(entered) - SHOWN),
        example=example_of("daysoff"),
    )


def press_list(turn: Turn, _press: Press) -> None:
    _show(turn)


# --- from an .ics


def receive(turn: Turn, name: str, found: Sequence[tuple[date, str]]) -> None:
    """Show the days of the file that are to come; [등록] enters them."""
    last = turn.today.replace(year=turn.today.year + YEARS, day=1)
    coming = [(on, called) for on, called in found if turn.today <= on <= last]
    if not coming:
        raise UsageError(say("documents.daysoff.empty", name=guard.inert(name)))
    turn.ask(DIALOGUE, "file", days=[[on.isoformat(), called] for on, called in coming])
    keyboard = [[button(label("documents.daysoff.register", count=len(coming)), REGISTER)]]
    shown = [(on, guard.words(called), False) for on, called in coming[:SHOWN]]
    more = max(0, len(coming) - SHOWN)
    turn.answer("days_off_file", keyboard, name=name, days=shown, more=more, count=len(coming))


def press_register(turn: Turn, _press: Press) -> None:
    asked = turn.asked
    if asked is None or asked.kind != DIALOGUE:
        turn.answer("cancelled", was_asked=False)
        return
    turn.forget_asked()
    unnamed = label("documents.daysoff.unnamed")
    _enter(turn, [OwnDay(date.fromisoformat(on), False, name or unnamed) for on, name in asked.data["days"]])


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """Only the button registers what a file says."""
    raise UsageError(say("documents.daysoff.press"))


COMMAND = Command(
    name="daysoff",
    effect=run,
    action=Action.PLANS,
    buttons={REGISTER: press_register, LIST: press_list},
    dialogues={DIALOGUE: carry_on},
)
