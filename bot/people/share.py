"""/share: a task that concerns other departments is told to their heads, who note that they have read it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.command import Command, example_of
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button, ensure_words, note, one_number
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.standing.watch import task_of
from bot.texts import render
from jobs.authority.access import Action
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
    number, rest = one_number(
        text, "과제나 일정의 번호 하나와 알릴 내용을 적어 주십시오.", example_of("share")
    )
    task = task_of(turn, number)
    if not rest:
        _show(turn, task)
        return
    first, _, others = rest.partition(" ")
    everywhere = sharing.is_everybody(first)
    ensure_words("share")
    words = note(others if everywhere else rest)
    if words is None:
        raise UsageError("알릴 내용을 적어 주십시오.", example=example_of("share"))
    _share(turn, task, words, everywhere=everywhere)


def _share(turn: Turn, task: Task, words: str, *, everywhere: bool) -> None:
    """Once a day for each task. Raises UsageError where it concerns nobody, or nobody can be reached."""
    done = sharing.share(turn.deed, task, words, everywhere=everywhere)
    if isinstance(done, NotShared):
        raise _refusal(done, task, words)
    for number in done.told:
        turn.hand(number, SHARE, _notice(turn, task, done.entry, words))
    rules = turn.office.rules
    turn.answer(
        "shared", task=task, people=len(done.told), departments=len(set(done.told.values())),
        missed=done.missed, at=waits_until(turn.now, rules.settings, rules.calendar), zone=turn.office.zone,
    )  # fmt: skip


def _refusal(why: NotShared, task: Task, words: str) -> UsageError:
    if why is NotShared.TODAY:
        return UsageError(
            f"#{task.id}번은 오늘 이미 알렸습니다. 한 과제에 하루 한 번까지 보내실 수 있습니다."
            f" /share {task.id} 로 누가 확인하였는지 보실 수 있습니다."
        )
    if why is NotShared.NOBODY:
        return UsageError(
            f"#{task.id}번에는 관련부서가 적혀 있지 않습니다. 모든 부서에 알리시려면 번호 뒤에 ‘전부서’를 적어 주십시오.",
            example=f"/share {task.id} 전부서 {words[:40]}",
        )
    return UsageError(
        "관련부서의 부서장과 팀장 가운데 알림을 받을 수 있는 분이 없습니다. 먼저 gihan invite 로 초대해 주십시오."
    )


def _notice(turn: Turn, task: Task, entry: AuditEntry, words: str) -> Message:
    text = render.text("share_notice", task=task, by=turn.actor.officer, words=words)
    return Message(text, [[button("✅ 확인하였습니다", VERB, entry.id)]])


def _show(turn: Turn, task: Task) -> None:
    entry = sharing.newest(turn.session, task.id)
    if entry is None:
        raise UsageError(f"#{task.id}번을 다른 부서에 알린 적이 없습니다.", example=example_of("share"))
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
        raise UsageError("본인께 온 안내가 아니어서 확인으로 기록하지 않았습니다.")
    department = officers.department(turn.session, told[mine])
    if not any(one.role in sharing.FIRST and one.department == department for one in turn.actor.roles):
        raise RefusedError("지금은 그 부서의 부서장이나 팀장이 아니어서 확인으로 기록하지 않았습니다.")
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
