"""Which round is meant: a quarter, or a round by its name, as it is typed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.rounds.vocabulary import YEAR
from reports.period import Period, period_of, read_period
from store import rounds
from store.models import Round


def period_named(session: Session, text: str, this_year: int) -> Period | None:
    """The quarter, or the round of that name, the newest one; its year may stand before it. None for anything else."""
    found = read_period(text, this_year)
    named = named_first(rounds.named(session), text) if found is None else None
    return period_of(named[0]) if named is not None and not named[1] else found


def first_named(session: Session, text: str, this_year: int) -> tuple[Period, str] | None:
    """The quarter or the round by which the text begins, and what follows."""
    named = named_first(rounds.named(session), text)
    if named is not None:
        return period_of(named[0]), named[1]
    first, _, rest = text.partition(" ")
    found = read_period(first, this_year)
    return (found, rest.strip()) if found is not None else None


def among(candidates: Sequence[Round], text: str, this_year: int) -> tuple[Round, str] | None:
    """Which of these rounds the text begins with, by its name or its quarter, and what follows."""
    named = named_first([one for one in candidates if one.name], text)
    if named is not None:
        return named
    first, _, rest = text.partition(" ")
    period = read_period(first, this_year)
    return next(((one, rest.strip()) for one in candidates if period_of(one) == period), None)


def named_first(candidates: Sequence[Round], text: str) -> tuple[Round, str] | None:
    """The first of them by whose name, the longest, the text begins, and what follows; a year before it counts."""
    said = " ".join(text.split())
    year = YEAR.match(said)
    for words, wanted in ((said[year.end() :], int(year["year"])) if year else (said, None), (said, None)):
        there = [one for one in candidates if wanted in (None, one.year) and _begins(words, one.name)]
        if there:
            found = max(there, key=lambda one: len(one.name))
            return found, words[len(found.name) :].strip()
    return None


def _begins(words: str, name: str) -> bool:
    rest = words[len(name) :]
    return bool(name) and words[: len(name)].casefold() == name.casefold() and (not rest or rest[0] == " ")
