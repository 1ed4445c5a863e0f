"""Plain words that change something: done, delay, progress, note, undo; what is unsure is asked back with buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot import buttons, guard, items
from bot.access import Action, has
from bot.arguments import UsageError, note
from bot.buttons import Press
from bot.commands import away, delay, done, handover, undo
from bot.commands.base import Command
from bot.commands.remark import open_milestone, remark
from bot.naming import party
from bot.phrases import Intent, Understood, understand
from bot.postponing import postpone
from bot.speech.absence import SPAN
from bot.texts import render
from bot.turn import Turn
from store import audit, deliveries, dialogues, milestones
from store.models import Dialogue, Milestone
from store.states import MilestoneState

DIALOGUE = "plain"
MOST_OFFERED = 8  # items among which somebody is asked to choose
MOST_SHOWN = 3  # items with their buttons under a question that names none
CHANGING = frozenset({Intent.DONE, Intent.DELAY, Intent.PROGRESS, Intent.NOTE, Intent.UNDO})
SUBSTITUTE = re.compile(r"@(?P<name>[가-힣]\S*)|대직(?:자)?(?:는|은|이|:)?\s*(?P<said>[가-힣]{2,4})")
WORDS = {
    Intent.DONE: "완료로 등록",
    Intent.DELAY: "연기",
    Intent.PROGRESS: "진행률 등록",
    Intent.NOTE: "메모",
}


def act(turn: Turn, found: Understood, text: str, replied: Sequence[int]) -> None:
    """Do what was read, or ask. `replied`: the items of the message that the text answers to."""
    if found.intent is Intent.UNDO:
        _undo(turn, found)
        return
    if not found.ids and len(replied) == 1:
        found = replace(found, ids=tuple(replied))
    if found.intent is Intent.ASK:
        _ask(turn, found, replied)
    elif not found.ids:
        _ask_which(turn, found, text, replied)
    else:
        _apply(turn, found)


def items_of(turn: Turn, message_id: int) -> list[int]:
    """The open items of the bot's message that somebody answers to: a reminder of theirs."""
    digest = deliveries.digest_at(turn.session, turn.actor.link.chat_id, message_id)
    if digest is None or digest.officer_id != turn.actor.officer.id:
        return []
    ids = [one.milestone_id for one in digest.items if one.milestone_id is not None]
    found = milestones.by_ids(turn.session, dict.fromkeys(ids))
    return [one.id for one in found if one.state is MilestoneState.PLANNED]


def press_pick(turn: Turn, press: Press) -> None:
    """The item that plain words without a number were about; the words stand in the dialogue."""
    asked = dialogues.current(turn.session, turn.actor.officer.id, turn.now)
    if asked is None or asked.kind != DIALOGUE:
        turn.answer("cancelled", was_asked=False)
    else:
        pick(turn, asked, press.id)


def pick(turn: Turn, asked: Dialogue, number: int) -> None:
    """Carry out the words that were asked about, for that item."""
    found = understand(asked.data["text"], turn.today, turn.office.rules.calendar)
    dialogues.end(turn.session, turn.actor.officer.id)
    question = found.question if found.choices or found.intent is not Intent.DONE else None
    _apply(turn, replace(found, ids=(number,), question=question))


def _undo(turn: Turn, found: Understood) -> None:
    """Numbers that are told must be those of the newest act."""
    newest = audit.latest_act(turn.session, turn.actor.officer.id, undo.UNDOABLE)
    subjects = {entry.subject for entry in newest}
    if found.ids and not subjects.issuperset({milestones.subject(one) for one in found.ids}):
        numbers = ", ".join(f"#{one}" for one in found.ids)
        raise UsageError(f"직전에 등록하신 것은 {numbers}번이 아니어서 되돌리지 않았습니다.")
    undo.undo(turn, "")


def _apply(turn: Turn, found: Understood) -> None:
    """Every item is checked before any is changed."""
    chosen = [turn.milestone(number, Action.CHANGE) for number in found.ids]
    if found.intent is Intent.DELAY:
        _delay(turn, found, chosen)
    elif found.question is not None:
        _ask(turn, found)
    elif found.intent is Intent.DONE:
        done.finish(turn, chosen, found.date or turn.today, note(found.note or "", "메모"))
    else:
        _remark(turn, found)


def _remark(turn: Turn, found: Understood) -> None:
    words = note(found.note or "", "메모")
    values: dict[str, object] = {} if words is None else {"note": words}
    if found.percent is not None:
        values["progress"] = found.percent
    for milestone in [open_milestone(turn, number) for number in found.ids]:
        remark(turn, milestone, found.intent.value, values)


def _delay(turn: Turn, found: Understood, chosen: list[Milestone]) -> None:
    """One item may be asked about; several are put off at once or not at all."""
    opened = [delay.open_milestone(turn, one.id) for one in chosen]
    words = note(found.reason or "", "사유")
    value = found.shift or found.date
    if len(opened) == 1:
        _delay_one(turn, found, opened[0], words)
        return
    if found.question is not None or value is None or words is None:
        reason = found.question or "여러 건을 함께 연기하시려면 새 기한과 사유를 같이 적어 주십시오."
        numbers = " ".join(str(one.id) for one in opened)
        raise UsageError(reason, example=f"{numbers} 2주 연기 의회 일정 때문에")
    days = [delay.checked_day(turn, one, value) for one in opened]
    for milestone, day in zip(opened, days, strict=True):
        if day is not None:
            basis = delay.told_basis(turn, milestone, value, found.basis)
            postpone(turn, milestone, day, words, basis=basis)


def _delay_one(turn: Turn, found: Understood, milestone: Milestone, words: str | None) -> None:
    value = found.shift or found.date
    if found.choices:
        delay.offer_days(turn, milestone, found.question or "", found.choices, words)
    elif value is not None and found.question is None:
        delay.propose(turn, milestone, value, words, found.basis)
    else:
        delay.offer(turn, milestone, found.question)


def _ask(turn: Turn, found: Understood, replied: Sequence[int] = ()) -> None:
    """The question, with what can be pressed for the items it is about; without numbers, for the nearest open ones."""
    shown = [one for one in (_known(turn, number) for number in found.ids[:MOST_OFFERED]) if one is not None]
    shown = shown or _open_items(turn, replied)[:MOST_SHOWN]
    rows = [row for one in shown if (row := items.action_row(one))]
    turn.answer(
        "ask",
        rows,
        question=found.question,
        lines=[items.line(one, turn.today, turn.office.rules.calendar) for one in shown],
        number=turn.sample_number(),
    )


def _open_items(turn: Turn, replied: Sequence[int]) -> list[Milestone]:
    """Those of the message that was answered to, else the speaker's own."""
    if replied:
        return list(milestones.by_ids(turn.session, replied))
    theirs = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in theirs if one.state is MilestoneState.PLANNED]


def _known(turn: Turn, number: int) -> Milestone | None:
    """The item where the speaker may change it; for a question nobody is told that a number is not theirs."""
    try:
        return turn.milestone(number, Action.CHANGE)
    except UsageError:
        return None


def _ask_which(turn: Turn, found: Understood, text: str, replied: Sequence[int]) -> None:
    """Several open items or one: which is meant is asked, never guessed."""
    offered = _open_items(turn, replied)
    if not offered:
        raise UsageError("진행 중인 소관 일정이 없습니다. 번호를 함께 적어 주십시오.", example=done.EXAMPLE)
    if not guard.takes_in():  # the words would have to wait for the answer
        raise UsageError("어느 일정인지 번호를 함께 적어 주십시오. 바뀐 것은 없습니다.", example=done.EXAMPLE)
    until = turn.now + timedelta(minutes=turn.office.links.dialogue_minutes)
    dialogues.begin(turn.session, turn.actor.officer.id, DIALOGUE, "which", until, data={"text": text})
    keyboard = [
        [buttons.button(f"#{one.id} {render.cut(one.shown_title, 30)}", "pick", one.id, one.revision)]
        for one in offered[:MOST_OFFERED]
    ]
    turn.answer(
        "ask_which",
        keyboard,
        act=WORDS[found.intent],
        day=found.date,
        today=turn.today,
        is_more=len(offered) > MOST_OFFERED,
    )


def _away(turn: Turn, found: Understood, text: str) -> None:
    """The speaker's own absence, where its days are told; else they are asked for."""
    if found.date is None or found.until is None:
        raise UsageError(found.question or SPAN, example=away.EXAMPLE)
    days = away.checked(found.date, found.until, turn.today)
    named = SUBSTITUTE.search(text)
    substitute = party(turn.session, named["name"] or named["said"], example=away.EXAMPLE) if named else None
    away.begin(turn, turn.actor.officer, days, substitute)


def _handover(turn: Turn, _found: Understood, text: str) -> None:
    """Those who may assign are shown how; of everybody else the lead is told."""
    if has(turn.actor, Action.ASSIGN):
        raise UsageError(
            "담당자를 바꾸시려면 누구의 업무를 누구에게 인계하는지 적어 주십시오.", example=handover.EXAMPLE
        )
    handover.handover(turn, text)


PEOPLE: dict[Intent, Callable[[Turn, Understood, str], None]] = {
    Intent.AWAY: _away,
    Intent.HANDOVER: _handover,
}
"""Words about people rather than items."""


def interrupts(found: Understood) -> bool:
    """Words that are surely about some numbered item are no answer to what was asked before."""
    is_act = found.intent in {Intent.DONE, Intent.DELAY, Intent.UNDO}
    return is_act and found.question is None and (bool(found.ids) or found.intent is Intent.UNDO)


def answers_which(asked_kind: str, found: Understood) -> bool:
    """A number alone answers the question which item is meant."""
    return asked_kind == DIALOGUE and found.intent is Intent.ASK and len(found.ids) == 1 and not found.choices


# Plain words have no command word; their buttons belong here all the same.
COMMAND = Command(
    name="plain",
    summary="“121 완료했습니다”처럼 평소 말로 적어 보내셔도 됩니다.",
    effect=lambda turn, _text: turn.answer("not_text"),
    action=Action.CHANGE,
    buttons={"pick": press_pick},
    in_menu=False,
)
