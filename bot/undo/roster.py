"""되돌리기 of a list of people (직원 명단): all that it changed, but for what was changed or used since, which is said."""

from bot.audit.wording import action_of
from bot.chat.turn import Turn, UsageError
from bot.delays.open_decisions import decisions_passed_on
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from bot.texts.roster_words import taken_back, told
from jobs.authority.permissions import Action, has
from jobs.people import roster_undo
from store.models import AuditEntry

MOST_SHOWN = 30


def take_back(turn: Turn, applied: AuditEntry) -> None:
    """In this transaction; the rest of the planning office hears of it as it did of the list."""
    if not has(turn.actor, Action.PLANS):
        raise UsageError(say("documents.upload.refused"))
    with decisions_passed_on(turn):
        found = roster_undo.take_back(turn.deed, applied)
    lines = [taken_back(one) for one in found.restored]
    left = [_left(turn, one) for one in found.left]
    turn.tell_planners(
        "roster-notice", "roster_undone_office", by=turn.actor.officer, count=len(lines), left=len(left)
    )
    turn.answer(
        "roster_undone",
        count=len(lines),
        lines=lines[:MOST_SHOWN],
        more=len(lines[MOST_SHOWN:]),
        left=left[:MOST_SHOWN],
        left_count=len(left),
        left_more=len(left[MOST_SHOWN:]),
    )


def _left(turn: Turn, one: roster_undo.Left) -> str:
    """What stays, and who did what since; without that it is in use."""
    if one.later is None:
        return label("undo.roster.used", what=told(one.change))
    at, by = render.moment(one.later.at, turn.office.zone), guard.name(one.later.actor)
    return label("undo.roster.changed", what=told(one.change), at=at, by=by, done=action_of(one.later.action))
