"""/undo and the button 되돌리기: takes back what the person's newest message changed, for ten minutes."""

from datetime import timedelta
from typing import Any

from bot.audit.wording import Wording, action_of
from bot.chat import stale
from bot.chat.command import Command
from bot.chat.line import standing
from bot.chat.turn import Press, Turn, UsageError
from bot.delays.request import withdraw
from bot.privacy import guard
from bot.speech.reading import Understood
from bot.texts import render
from bot.texts.render import say
from bot.undo import evidence_and_decisions, roster
from jobs.authority.permissions import Action, has
from jobs.corrections import undo as corrections
from jobs.milestones.undo import CORRECTIONS, DECISIONS, REQUEST, STEPS, UNDOABLE, later_than, restore
from jobs.people import roster_undo
from store import audit, milestones, requests
from store.models import AuditEntry, DelayRequest, Milestone

MOST_SHOWN = 8  # things that one act changed
TOLD_MOST = 60  # characters of a text that was put right


def undo(turn: Turn, _text: str) -> None:
    entries = audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)
    if not _in_time(turn, entries) and (waiting := requests.pending_of(turn.session, turn.actor.officer.id)):
        _withdraw_own(turn, waiting)  # a request can be taken back as long as nobody has decided
        return
    take_back(turn, entries)


def newest(turn: Turn) -> str | None:
    """The act that would be taken back now, "" for a request of before that still waits; None where there is nothing."""
    if entries := _in_time(turn, audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)):
        return entries[0].act
    return "" if requests.pending_of(turn.session, turn.actor.officer.id) else None


def act(turn: Turn, found: Understood) -> None:
    """Numbers that are told must be those of the newest act."""
    newest = audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE)
    subjects = {entry.subject for entry in newest}
    if found.ids and not subjects.issuperset({milestones.subject(one) for one in found.ids}):
        numbers = ", ".join(f"#{one}" for one in found.ids)
        raise UsageError(say("undo.not-newest", number=numbers))
    undo(turn, "")


def press_undo(turn: Turn, press: Press) -> None:
    """The button names one entry of the message that is to be taken back."""
    entry = turn.session.get(AuditEntry, press.id)
    if entry is None or entry.actor_id != turn.actor.officer.id or entry.action not in UNDOABLE:
        take_back(turn, [])
    elif audit.was_taken_back(turn.session, entry):
        turn.answer("usage", reason=say("undo.undone"), example=None)
    else:
        take_back(turn, audit.entries_of(turn.session, entry.act, turn.actor.officer.id, UNDOABLE))


def take_back(turn: Turn, entries: list[AuditEntry]) -> None:
    """All of one message or nothing: too late, or somebody acted since, leaves everything as it is. A list of people is of
    many: of it what nobody touched since."""
    if (asked := next((one for one in entries if one.action == REQUEST), None)) is not None:
        _withdraw_request(turn, asked)
        return
    entries = _in_time(turn, entries)
    if not entries:
        turn.answer("nothing_to_undo", minutes=turn.office.links.undo_minutes)
        return
    if (applied := next((one for one in entries if one.action == roster_undo.APPLIED), None)) is not None:
        roster.take_back(turn, applied)
        return
    chosen = [(entry, _unchanged_since(turn, entry)) for entry in entries]
    restored = [_restore(turn, entry, thing) for entry, thing in chosen]
    turn.answer("undone", restored=restored[:MOST_SHOWN], more=len(restored[MOST_SHOWN:]))


def _in_time(turn: Turn, entries: list[AuditEntry]) -> list[AuditEntry]:
    """An entry from the future is one of before the clock was set back: its minutes are over."""
    until = timedelta(minutes=turn.office.links.undo_minutes)
    return [one for one in entries if one.at <= turn.now <= one.at + until]


def _withdraw_request(turn: Turn, asked: AuditEntry) -> None:
    request = requests.get(turn.session, asked.after["request"])
    assert request is not None
    _withdraw_own(turn, request)


def _withdraw_own(turn: Turn, request: DelayRequest) -> None:
    """As long as the item is the speaker's: it may have gone on to somebody else, with the request."""
    turn.milestone(request.milestone_id, Action.CHANGE)
    withdraw(turn, request)


def _restore(turn: Turn, entry: AuditEntry, milestone: Milestone | None) -> dict[str, object]:
    """Put one entry back; gives the milestone and from what to what it went."""
    if milestone is None:
        return _restore_thing(turn, entry)
    if entry.action in STEPS:
        was, now = evidence_and_decisions.step(turn, entry, milestone)
        return {"milestone": milestone, "was": was, "now": now}
    was = _standing(entry, entry.after, milestone, turn)
    restore(turn.deed, entry, milestone)
    evidence_and_decisions.tell(turn, entry, milestone)
    return {"milestone": milestone, "was": was, "now": _standing(entry, entry.before, milestone, turn)}


def _restore_thing(turn: Turn, entry: AuditEntry) -> dict[str, object]:
    """The same of a task, a series, a department or an area: what stood in the columns, as the log tells it."""
    wording = Wording(turn.session, turn.office.zone, TOLD_MOST)
    name = wording.subject(entry)
    was, now = (", ".join(wording.values(entry, of)) for of in (entry.after, entry.before))
    corrections.restore(turn.deed, entry)
    return {"milestone": None, "name": name, "was": was, "now": now}


def _standing(entry: AuditEntry, values: dict[str, Any], milestone: Milestone, turn: Turn) -> str:
    """What a remark says, what was put right, or how the milestone stands: whichever the entry was about."""
    if entry.action in CORRECTIONS and not values.keys() & {"state", "due_on"}:
        return ", ".join(Wording(turn.session, turn.office.zone, TOLD_MOST).values(entry, values))
    if entry.action in {"note", "progress"}:
        return stale.remark_standing(values, milestone)
    return standing(milestone, turn.today)


def _unchanged_since(turn: Turn, entry: AuditEntry) -> Milestone | None:
    """The entry's milestone, None where it is about something else. Raises UsageError where it changed after the entry, or
    is out of reach now."""
    if not entry.subject.startswith("milestone:"):
        _ensure_unchanged(turn, entry)
        return None
    number = int(entry.subject.partition(":")[2])
    milestone = turn.milestone(number, _action(entry))
    later = later_than(turn.deed, entry)
    if later is not None:
        what = stale.entry_facts(later, milestone, turn.office.zone, turn.today)
        raise UsageError(say("undo.changed", number=number, at=what["at"], by=what["who"], what=what["what"]))
    return milestone


def _action(entry: AuditEntry) -> Action:
    """What one must be allowed to do to the milestone to take the entry back."""
    if entry.action in CORRECTIONS:
        return Action.EDIT
    return Action.DECIDE if entry.action in DECISIONS else Action.CHANGE


def _ensure_unchanged(turn: Turn, entry: AuditEntry) -> None:
    """The same of a task, a series, a department or an area."""
    if not has(turn.actor, Action.EDIT):
        raise UsageError(say("undo.undone"))
    later = corrections.later_than(turn.deed, entry)
    if later is not None:
        name = Wording(turn.session, turn.office.zone).subject(entry)
        at, by = render.moment(later.at, turn.office.zone), guard.name(later.actor)
        raise UsageError(say("undo.changed-thing", name=name, at=at, by=by, what=action_of(later.action)))


COMMAND = Command(
    name="undo",
    effect=undo,
    action=Action.CHANGE,
    buttons={"undo": press_undo},
)
