"""Words that are not carried out: another's, passed on, or one's own that were edited. The item's card answers them."""

from bot.chat import line
from bot.chat.turn import Turn
from bot.chat.update import numbers_in
from jobs.authority.permissions import Action, may
from store import milestones
from store.models import Milestone

MOST_SHOWN = 3


def answer(turn: Turn, text: str, *, is_edited: bool = False) -> None:
    """What the text names of what the speaker may see, as it stands now, with its usual buttons; nothing is done."""
    shown = _named(turn, text)
    sparing = line.sparing_from(turn.today, turn.office.rules)
    changing = [one for one in shown if may(turn.session, turn.actor, Action.CHANGE, one, turn.today)]
    rows = [row for one in changing if (row := line.action_row(one, turn.today, sparing))]
    turn.answer(
        "passed_on",
        rows,
        is_edited=is_edited,
        lines=[line.line(one, turn.today, turn.office.rules.calendar) for one in shown],
        number=turn.sample_number(),
    )


def _named(turn: Turn, text: str) -> list[Milestone]:
    found = milestones.by_ids(turn.session, numbers_in(text))
    return [one for one in found if may(turn.session, turn.actor, Action.VIEW, one, turn.today)][:MOST_SHOWN]
