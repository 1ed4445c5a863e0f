"""/share: a task that concerns other departments is told to their heads, who note that they have read it."""

from dataclasses import replace

from bot.chat.command import Command, misused
from bot.chat.tasks import named_in
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button, ensure_words, note
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.standing.watch import live_task
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import share as sharing
from jobs.milestones.share import NotShared, Standing
from jobs.rules.sending_hours import waits_until
from store import officers
from store.deliveries import Message
from store.detours import SHARE
from store.models import AuditEntry, Task

VERB = "shareseen"
SHOWN = 40


def share(turn: Turn, text: str) -> None:
    """With words: they go to the departments that the task concerns. With the number alone: who has read them."""
    named = named_in(text)
    if named is None:
        raise misused("people.share.arguments", "share")
    task, rest = live_task(turn, named), named.rest
    if not rest:
        _show(turn, task)
        return
    first, _, others = rest.partition(" ")
    everywhere = sharing.is_everybody(first)
    ensure_words("share")
    words = note(others if everywhere else rest)
    if words is None:
        raise misused("people.share.no-words", "share")
    _share(turn, task, words, everywhere=everywhere)


def _share(turn: Turn, task: Task, words: str, *, everywhere: bool) -> None:
    """Once a day for each task. Raises UsageError where it concerns nobody, or nobody can be reached."""
    done = sharing.share(turn.deed, task, words, everywhere=everywhere)
    if isinstance(done, NotShared):
        raise _refusal(done, task, words)
    for number in done.told:
        turn.hand(number, SHARE, lambda: _notice(turn, task, done.entry, words))
    rules = turn.office.rules
    turn.answer(
        "shared", task=task, people=len(done.told), departments=len(set(done.told.values())),
        missed=done.missed, at=waits_until(turn.now, rules.settings, rules.calendar), zone=turn.office.zone,
    )  # fmt: skip


def _refusal(why: NotShared, task: Task, words: str) -> UsageError:
    if why is NotShared.TODAY:
        return UsageError(say("people.share.today", number=task.id))
    if why is NotShared.NOBODY:
        return UsageError(
            say("people.share.nobody", number=task.id),
            example=label("people.share.everywhere-example", number=task.id, said=words[:40]),
        )
    return UsageError(say("people.share.unreachable"))


def _notice(turn: Turn, task: Task, entry: AuditEntry, words: str) -> Message:
    text = render.text("share_notice", task=task, by=turn.actor.officer, words=words)
    return Message(text, [] if task.is_secret else [[button(label("people.share.seen"), VERB, entry.id)]])


def _show(turn: Turn, task: Task) -> None:
    entry = sharing.newest(turn.session, task.id)
    if entry is None:
        raise misused("people.share.never", "share", number=task.id)
    found = sharing.standing(turn.session, entry)
    turn.answer(
        "share_standing", task=task, words=entry.reason, at=render.moment(entry.at, turn.office.zone),
        found=_nameless(found), shown=SHOWN,
    )  # fmt: skip


def _nameless(found: Standing) -> Standing:
    """The same with names and departments as far as the level lets them out."""
    rooms = guard.lets(Part.ORGANISATION)

    def shown(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(department if rooms else "", guard.name(name)) for department, name in people]

    missed = found.missed if rooms else []
    return replace(found, seen=shown(found.seen), unseen=shown(found.unseen), missed=missed)


def press_seen(turn: Turn, press: Press) -> None:
    """Whoever got the message notes that it was read; once."""
    entry = turn.session.get(AuditEntry, press.id)
    mine = str(turn.actor.officer.id)
    told = entry.after.get("people", {}) if entry is not None and entry.action == sharing.SHARED else {}
    if entry is None or mine not in told:
        raise UsageError(say("people.share.not-yours"))
    department = officers.department(turn.session, told[mine])
    if not any(one.role in sharing.FIRST and one.department == department for one in turn.actor.roles):
        raise RefusedError(say("people.share.no-head"))
    is_new = sharing.see(turn.deed, entry)
    turn.answer("share_seen", number=entry.subject.partition(":")[2], is_new=is_new)


COMMAND = Command(
    name="share",
    effect=share,
    action=Action.PLANS,
)
# Those who are told have other roles than who tells: the button is for everybody linked.
SEEN = Command(
    name="share-seen",
    effect=share,
    buttons={VERB: press_seen},
    in_menu=False,
)
