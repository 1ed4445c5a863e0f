"""December's one line about what merely ends with the year, and its buttons: all done, or one by one."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.line import action_row, line
from bot.chat.lists import titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.completion.done import finish
from bot.privacy import guard
from bot.texts import message_length, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.owed import december_question
from reports.texts.hidden_titles import shown_title
from store.deliveries import Html, Message
from store.models import Milestone, Task

ALL_DONE, ONE_BY_ONE = "yearenddone", "yearendopen"
NAMED, WITH_BUTTONS, MOST_AT_ONCE = 3, 8, 20


def lines(session: Session, officer_ids: Iterable[int], year: int, today: date) -> list[Html]:
    """One line a person, however many they are; none where nothing is left."""
    return [text for one in officer_ids if (text := _line(session, one, year, today))]


def _line(session: Session, officer_id: int, year: int, today: date) -> Html:
    opened = december_question.open_of(session, officer_id, year, today)
    periods = december_question.periods_of(session, officer_id, year, today)
    both: list[Milestone | Task] = [*opened, *periods]
    named = [f"#{one.id} {guard.words(render.cut(shown_title(one), 30))}" for one in both]
    if not named:
        return render.NOTHING
    return say("digest.year-end.line", year=year, count=len(named), named=named[:NAMED])


def row(year: int) -> list[dict[str, str]]:
    return [button(label(f"digest.button.{verb}"), verb, year) for verb in (ALL_DONE, ONE_BY_ONE)]


def press_all_done(turn: Turn, press: Press) -> None:
    """All of them at once, as if each were named; a period itself is not done or undone."""
    opened = _mine(turn, press.id)
    if not opened:
        raise UsageError(say("digest.year-end.nothing"))
    chosen = [turn.milestone(one.id, Action.CHANGE) for one in opened[:MOST_AT_ONCE]]
    finish(turn, chosen, turn.today, None)


def press_one_by_one(turn: Turn, press: Press) -> None:
    opened = _mine(turn, press.id)
    periods = december_question.periods_of(
        turn.session, turn.actor.officer.id, _near(turn, press.id), turn.today
    )
    calendar = turn.office.rules.calendar
    shown = [line(one, turn.today, calendar) for one in opened]
    shown += [say("digest.year-end.period", task=one, today=turn.today) for one in periods]
    cut = message_length.pages(shown, MOST_AT_ONCE)[0]
    text = titled(turn, say("digest.year-end.title"), len(shown), cut, say("digest.year-end.nothing"))
    turn.say(Message(text, [each for one in opened[:WITH_BUTTONS] if (each := action_row(one))]))


def _mine(turn: Turn, year: int) -> list[Milestone]:
    return december_question.open_of(turn.session, turn.actor.officer.id, _near(turn, year), turn.today)


def _near(turn: Turn, year: int) -> int:
    """The year of the button, as far as it is one: data of buttons can be forged."""
    return min(max(year, 1900), turn.today.year)
