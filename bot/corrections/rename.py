"""/rename OLD → NEW: a department or a policy area is called otherwise, or is one with another; the old name stays known."""

from bot.chat.command import Command, misused
from bot.chat.turn import Turn, UsageError
from bot.corrections.vocabulary import KINDS, TURN
from bot.privacy import guard
from bot.texts.render import say
from jobs.authority.permissions import Action
from jobs.corrections import names
from plans.text.characters import clean
from store import officers, rounds
from store.models import AuditEntry
from store.officers import NAME_MOST, close_up


def rename(turn: Turn, text: str) -> None:
    word, _, rest = clean(text).partition(" ")
    kind, said = (KINDS[word], rest) if word in KINDS else (None, clean(text))
    parts = TURN.split(said)
    if len(parts) != 2 or not all(parts) or max(map(len, parts)) > NAME_MOST:
        raise misused("corrections.rename.arguments", "rename")
    old, new = parts
    if kind is None:
        kind = "department" if officers.department(turn.session, old) is not None else "area"
    if kind == "department":
        _department(turn, old, new)
    else:
        _area(turn, old, new)


def _department(turn: Turn, old: str, new: str) -> None:
    found, known = (officers.department(turn.session, one) for one in (old, new))
    if found is None:
        raise UsageError(say("corrections.rename.no-department", name=guard.words(old)))
    was, name = found.name, close_up(new)
    if known is not None and known.id != found.id:
        entry, is_merged = names.merge_departments(turn.deed, found, known), True
        name = known.name
    elif was == name:
        raise UsageError(say("corrections.rename.same", name=guard.words(name)))
    else:
        entry, is_merged = names.rename_department(turn.deed, found, name), False
    _answer(turn, entry, was, name, is_merged=is_merged)


def _area(turn: Turn, old: str, new: str) -> None:
    is_merged = new in rounds.areas(turn.session)
    entry = names.rename_area(turn.deed, old, new) if old != new else None
    if entry is None:
        raise UsageError(say("corrections.rename.no-area", name=guard.words(old)))
    _answer(turn, entry, old, new, is_merged=is_merged)


def _answer(turn: Turn, entry: AuditEntry, was: str, name: str, *, is_merged: bool) -> None:
    turn.registered("renamed", entry, was=guard.words(was), now=guard.words(name), is_merged=is_merged)


COMMAND = Command(name="rename", effect=rename, action=Action.EDIT)
