"""/correct: a value of a settled quarter is put right; both values stay to be seen (정정)."""

from bot.chat.command import Command, misused
from bot.chat.fields import field_at
from bot.chat.turn import Turn, UsageError, note
from bot.privacy import guard
from bot.rounds import which
from bot.rounds.entry import refusals
from bot.rounds.vocabulary import FIELDS
from bot.texts.render import say, words
from jobs.authority.permissions import Action
from jobs.rounds import freeze
from plans.text.characters import clean
from reports.period import Period, examples, year_first
from reports.quarterly.rows import number_key
from store import rounds
from store.models import SnapshotRow


def correct(turn: Turn, text: str) -> None:
    """Quarter, or the name of a round, project number, field, new value; after a slash the reason."""
    said, slash, why = year_first(clean(text)).partition(" / ")
    named = which.first_named(turn.session, said, turn.today.year)
    number, _, rest = (named[1] if named is not None else said.partition(" ")[2]).partition(" ")
    if not number or " " not in rest or not slash:
        raise misused("rounds.correct.arguments", "correct")
    if named is None:
        first = guard.words(said.split(" ", 1)[0])
        raise misused("rounds.no-quarter", "correct", said=first, example=examples())
    period = named[0]
    names = words("audit.facts")
    field, value = field_at(rest, FIELDS)
    if field is None or not value:
        choices = ", ".join(names[one] for one in dict.fromkeys(FIELDS.values()))
        raise misused("rounds.correct.no-field", "correct", choices=choices)
    row = _row(turn, period, number)
    reason = note(why)
    with refusals():
        made = freeze.correct(turn.deed, row.id, field, value, reason or "")
    turn.answer("corrected", period=period, row=row, field=names[field], made=made, reason=reason)


def _row(turn: Turn, period: Period, number: str) -> SnapshotRow:
    """The frozen row of that number. Raises UsageError where there is none, or several."""
    of = rounds.find(turn.session, period.year, period.quarter, period.name)
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
