"""What a list of people changes, as lines: before it is applied, and as it was again afterwards."""

from bot.privacy import guard
from bot.texts.render import label
from jobs.people.roster import Change
from reports.texts.states import ROLE_WORDS
from store.states import RoleName


def told(one: Change) -> str:
    """The difference as a line."""
    return _line("people.roster", one)


def taken_back(one: Change) -> str:
    """The same difference, undone."""
    return _line("people.roster.back", one)


def _line(place: str, one: Change) -> str:
    is_role = one.kind in {"role", "ended"}
    was, value = (ROLE_WORDS[RoleName(each)] if is_role and each else each for each in (one.was, one.value))
    name = guard.name(one.name)
    return label(f"{place}.{one.kind}", name=name, department=one.department, was=was, value=value)
