"""/hours HOUR: from which hour of the working day the speaker's daily message comes; alone, when it comes now."""

import re

from bot.chat.command import Command, misused
from bot.chat.turn import Keyboard, Press, Turn, button
from bot.texts.render import label
from jobs.people import own_hour
from jobs.rules.sending_hours import own_hours
from plans.text.characters import ASCII_DIGITS, clean

VERB = "ownhour"
A_ROW = 5
USUAL = 24  # in a press: with everybody's
HOUR = re.compile(r"([0-9]{1,2})(?::00)?")


def show_or_choose(turn: Turn, text: str) -> None:
    """Raises UsageError for what is no hour of those in which daily messages go out."""
    said = clean(text)
    if not said:
        _tell(turn)
        return
    found = HOUR.fullmatch(said.removesuffix(label("people.hours.sign")).translate(ASCII_DIGITS))
    _choose(turn, int(found[1]) if found else -1)


def press(turn: Turn, pressed: Press) -> None:
    _choose(turn, pressed.id)


def _choose(turn: Turn, hour: int) -> None:
    settings = turn.office.rules.settings
    some = own_hours(settings)
    if hour not in {*some, USUAL}:
        raise misused("people.hours.wrong", "hours", first=some[0], last=some[-1])
    is_usual = hour == USUAL or hour <= settings.send_at.hour
    own_hour.choose(turn.deed, turn.actor.officer, None if is_usual else hour)
    _tell(turn)


def _tell(turn: Turn) -> None:
    at = own_hour.comes_at(turn.actor.officer, turn.office.rules.settings)
    turn.answer("own_hour", _buttons(turn), at=f"{at:%H:%M}", is_usual=turn.actor.officer.own_hour is None)


def _buttons(turn: Turn) -> Keyboard:
    settings = turn.office.rules.settings
    usual = button(label("people.hours.usual", at=f"{settings.send_at:%H:%M}"), VERB, USUAL)
    later = [button(label("people.hours.button", hour=one), VERB, one) for one in own_hours(settings)[1:]]
    return [[usual], *(later[first : first + A_ROW] for first in range(0, len(later), A_ROW))]


COMMAND = Command(name="hours", effect=show_or_choose, buttons={VERB: press})
