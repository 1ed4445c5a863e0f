"""Buttons drawn before the milestone changed: told what has changed since, and nothing is done."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.chat.line import action_row, standing
from bot.chat.turn import Press, Turn
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, words
from jobs.authority.permissions import Action, may
from reports.texts.states import GATE_WORDS
from store import audit, milestones
from store.models import AuditEntry, Milestone
from store.states import Gate

REQUESTED = "delay-requested"


def is_stale(press: Press, milestone: Milestone) -> bool:
    return press.revision != milestone.revision


def pressed(turn: Turn, press: Press, action: Action = Action.CHANGE) -> Milestone | None:
    """The milestone of the button; None, with what has changed, where it was drawn before. Raises UsageError where the
    speaker may not do the action to it."""
    milestone = turn.milestone(press.id, action)
    if not is_stale(press, milestone):
        return milestone
    answer_stale(turn, press, milestone)
    return None


def answer_stale(turn: Turn, press: Press, milestone: Milestone) -> None:
    """Say who changed what since the button was drawn, and how it stands now."""
    entries = audit.since_revision(turn.session, milestones.subject(milestone.id), press.revision)
    row = action_row(milestone) if may(turn.session, turn.actor, Action.CHANGE, milestone, turn.today) else []
    turn.answer(
        "stale",
        [row] if row else [],
        milestone=milestone,
        changes=[entry_facts(one, milestone, turn.office.zone, turn.today) for one in entries[-5:]],
        current=standing(milestone, turn.today),
        is_open=bool(row),
    )


def entry_facts(entry: AuditEntry, about: Milestone, zone: ZoneInfo, today: date) -> dict[str, str]:
    """An audit entry as a line of a message: when, who, what; `about` is what it was done to."""
    return {
        "at": render.moment(entry.at, zone),
        "who": guard.name(entry.actor),
        "what": describe(entry, about, today),
    }


def describe(entry: AuditEntry, about: Milestone, today: date) -> str:
    """What an entry did, as a sentence without its subject."""
    before, after, action = entry.before, entry.after, entry.action
    if action in {"done", "reported"}:
        return label(f"chat.did.{action}", day=_day(after.get("done_on"), today), more=_memo(after, about))
    due = _day(after.get("due_on"), today)
    if action in {"delay", "delay-approved"}:
        why = label("chat.did.why", said=_words(entry.reason, about)) if entry.reason else ""
        return label(f"chat.did.{action}", was=_day(before.get("due_on"), today), day=due, why=why)
    if action == REQUESTED:
        return label(f"chat.did.{action}", day=due, said=_words(entry.reason, about))
    if action in (reasoned := words("chat.did.reasoned")):
        return f"{reasoned[action]}: {_words(_why(entry), about)}"
    if action == "fix-day":
        return label("chat.did.fix-day", day=due)
    if action == "seen":
        return label("chat.did.seen", day=_day(after.get("seen_until_on"), today))
    if action == "note":
        return label("chat.did.note", said=_words(after.get("note"), about))
    if action == "progress":
        return label("chat.did.progress", percent=after.get("progress"), more=_memo(after, about))
    if action == "undo":
        return label("chat.did.undo")
    told = words("chat.did.other").get(action) or words("audit.actions").get(action)
    return told or label("audit.unknown.action")


def _why(entry: AuditEntry) -> str:
    """The words of the entry; of 대기 what it waits for as well."""
    gate = GATE_WORDS[Gate(entry.after["gate"])] if entry.after.get("gate") else ""
    said = entry.reason or str(entry.after.get("reason") or "")
    return " — ".join(one for one in (gate, said) if one)


def _words(text: object, about: Milestone | None = None) -> str:
    return render.cut(guard.words(str(text or ""), about), 60)


def _memo(after: Mapping[str, object], about: Milestone) -> str:
    note = after.get("note")
    return label("chat.did.memo", said=_words(note, about)) if note else ""


def remark_standing(values: Mapping[str, object], about: Milestone) -> str:
    """A note and a percentage in a few words, for saying from what to what they went."""
    parts = []
    if "progress" in values:
        percent = values["progress"]
        parts.append(
            label("chat.did.no-progress")
            if percent is None
            else label("chat.did.progress", percent=percent, more="")
        )
    if (note := values.get("note")) or "note" in values:
        parts.append(label("chat.did.note", said=_words(note, about)) if note else label("chat.did.no-note"))
    return ", ".join(parts)


def _day(value: object, today: date) -> str:
    if not isinstance(value, str):
        return label("chat.did.no-day")
    return render.near_day(date.fromisoformat(value), today)
