"""/correct: a value of a settled quarter is put right; both values stay to be seen (정정)."""

from bot.chat.command import Command, misused
from bot.chat.turn import Turn, UsageError, note
from bot.privacy import guard
from bot.rounds.entry import refusals
from bot.rounds.vocabulary import FIELDS
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.rounds import freeze
from plans.text.characters import clean
from reports.period import Period, examples, read_period, year_first
from reports.quarterly.rows import number_key
from store import rounds
from store.models import SnapshotRow


def correct(turn: Turn, text: str) -> None:
    """Quarter, project number, field, new value; after a slash the reason."""
    said, slash, why = year_first(clean(text)).partition(" / ")
    words = said.split(" ", 3)
    if len(words) != 4 or not slash:
        raise misused("rounds.correct.arguments", "correct")
    period = read_period(words[0], turn.today.year)
    if period is None:
        raise misused("rounds.no-quarter", "correct", said=guard.words(words[0]), example=examples())
    field = FIELDS.get(words[2])
    if field is None:
        raise misused("rounds.correct.no-field", "correct", choices=", ".join(FIELDS))
    row = _row(turn, period, words[1])
    reason = note(why)
    with refusals():
        made = freeze.correct(turn.deed, row.id, field, words[3], reason or "")
    turn.answer("corrected", period=period, row=row, field=words[2], made=made, reason=reason)


def _row(turn: Turn, period: Period, number: str) -> SnapshotRow:
    """The frozen row of that number. Raises UsageError where there is none, or several."""
    of = rounds.find(turn.session, period.year, period.quarter)
    found = rounds.rows(turn.session, of.id) if of is not None else []
    if not found:
        raise UsageError(say("rounds.correct.not-frozen", period=period))
    same = [one for one in found if one.no and number_key(one.no) == number_key(number)]
    if len(same) != 1:
        key = "several" if same else "none"
        raise UsageError(say(f"rounds.correct.{key}", period=period, said=guard.words(number)))
    return same[0]


COMMAND = Command(
    name="correct",
    effect=correct,
    action=Action.ROUNDS,
)
