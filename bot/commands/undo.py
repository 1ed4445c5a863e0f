"""/undo and the button 되돌리기: takes back what the person's newest message changed, for ten minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot import stale
from bot.access import Action
from bot.arguments import UsageError
from bot.buttons import Press
from bot.commands.base import Command
from bot.turn import Turn
from jobs import changes
from store import audit, milestones
from store.models import AuditEntry, Milestone
from store.states import DelayState, MilestoneState, PastReview, Precision

UNDOABLE = frozenset({"done", "delay", "fix-day", "past-asked", "past-archived", "note", "progress"})
WORDS = {"state": MilestoneState, "precision": Precision, "past_review": PastReview}


def undo(turn: Turn, _text: str) -> None:
    take_back(turn, audit.latest_act(turn.session, turn.actor.officer.id, UNDOABLE))


def press_undo(turn: Turn, press: Press) -> None:
    """The button names one entry of the message that is to be taken back."""
    entry = turn.session.get(AuditEntry, press.id)
    if entry is None or entry.actor_id != turn.actor.officer.id or entry.action not in UNDOABLE:
        take_back(turn, [])
    elif audit.was_taken_back(turn.session, entry):
        turn.answer("usage", reason="이미 되돌린 내용입니다.", example=None)
    else:
        take_back(turn, audit.entries_of(turn.session, entry.act, turn.actor.officer.id, UNDOABLE))


def take_back(turn: Turn, entries: list[AuditEntry]) -> None:
    """All of one message or nothing: too late, or somebody acted since, leaves everything as it is."""
    minutes = turn.office.links.undo_minutes
    entries = [one for one in entries if turn.now <= one.at + timedelta(minutes=minutes)]
    if not entries:
        turn.answer("nothing_to_undo", minutes=minutes)
        return
    chosen = [(entry, _unchanged_since(turn, entry)) for entry in entries]
    restored = []
    for entry, milestone in chosen:
        was = _standing(entry, entry.after, milestone, turn)
        values = {key: from_json(key, value) for key, value in entry.before.items()}
        changes.apply(
            turn.session,
            milestone,
            turn.who,
            turn.now,
            "undo",
            values,
            turn.office.rules,
            undoes_id=entry.id,
        )
        _withdraw_delay(milestone, entry)
        restored.append(
            {"milestone": milestone, "was": was, "now": _standing(entry, entry.before, milestone, turn)}
        )
    turn.answer("undone", restored=restored)
    turn.refresh_digests([milestone.id for _, milestone in chosen])


def _standing(entry: AuditEntry, values: dict[str, Any], milestone: Milestone, turn: Turn) -> str:
    """What a remark says, or how the milestone stands: whichever the entry was about."""
    if entry.action in {"note", "progress"}:
        return stale.remark_standing(values)
    return stale.standing(milestone, turn.today)


def from_json(key: str, value: Any) -> object:
    """A value of the audit log as the milestone holds it."""
    if value is None:
        return None
    if key in WORDS:
        return WORDS[key](value)
    if key == "remind_from":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if key.endswith("_on") else value


def _unchanged_since(turn: Turn, entry: AuditEntry) -> Milestone:
    """The entry's milestone. Raises UsageError where it changed after the entry, or is out of reach now."""
    number = int(entry.subject.partition(":")[2])
    milestone = turn.milestone(number, Action.CHANGE)
    assert entry.revision is not None
    later = _still_standing(audit.since_revision(turn.session, milestones.subject(number), entry.revision))
    if later:
        what = stale.entry_facts(later[-1], turn.office.zone, turn.today)
        raise UsageError(
            f"#{number}번은 그 뒤에 바뀌어 되돌릴 수 없습니다({what['at']} {what['who']}: {what['what']}). 바뀐 것은 없습니다."
        )
    return milestone


def _still_standing(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Entries that were not taken back themselves, the takings back left out."""
    taken_back = {one.undoes_id for one in entries}
    return [one for one in entries if one.undoes_id is None and one.id not in taken_back]


def _withdraw_delay(milestone: Milestone, entry: AuditEntry) -> None:
    if entry.action == "delay":
        applied = [one for one in milestone.delays if one.state is DelayState.APPLIED]
        applied[-1].state = DelayState.WITHDRAWN


COMMAND = Command(
    name="undo",
    korean=("되돌리기",),
    summary="방금 한 등록 되돌리기(10분)",
    effect=undo,
    action=Action.CHANGE,
    buttons={"undo": press_undo},
)
