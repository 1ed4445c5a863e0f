"""/nudge ID and the button under a late line: those above ask the officers once more, once a day for each."""

from bot.chat.command import Command, example_of
from bot.chat.turn import Press, Turn, UsageError, one_number
from bot.digest import office_morning
from bot.digest.nudge import VERB
from bot.standing.remarks import open_milestone
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.owed import nudge
from jobs.owed.nudge import NotNudged, Nudged
from jobs.rules.sending_hours import waits_until
from store.models import Milestone


def ask_again(turn: Turn, text: str) -> None:
    number, _ = one_number(text, say("standing.one-to-nudge"), example_of("nudge"), is_all=True)
    _nudge(turn, open_milestone(turn, number, Action.NUDGE))


def press_nudge(turn: Turn, press: Press) -> None:
    _nudge(turn, open_milestone(turn, press.id, Action.NUDGE))


def _nudge(turn: Turn, milestone: Milestone) -> None:
    """Raises UsageError where it was asked today already, nobody can be reached, or its plan waits for the start."""
    done = nudge.nudge(turn.deed, milestone)
    if done is NotNudged.TODAY:
        raise UsageError(say("standing.nudged-today", number=milestone.id))
    if done is NotNudged.NOBODY:
        raise UsageError(say("standing.nudges-nobody", number=milestone.id))
    if done is NotNudged.WAITS:
        raise UsageError(say("standing.nudges-later", number=milestone.id), example="/setup")
    assert isinstance(done, Nudged)
    at = waits_until(turn.now, turn.office.rules.settings, turn.office.rules.calendar)
    names = [one.name for one in done.people]
    turn.answer("nudged", milestone=milestone, people=names, at=at, zone=turn.office.zone)


COMMAND = Command(
    name="nudge",
    effect=ask_again,
    action=Action.NUDGE,
    buttons={VERB: press_nudge, office_morning.VERB: office_morning.press_nudge},
    on_milestone=frozenset({"nudge", VERB}),
)
