"""Every chat command in the order of /help, and every button verb with what it does."""

from __future__ import annotations

from bot import drafts, handover_list
from bot.access import Action
from bot.commands import (
    add,
    adjust,
    adjustments,
    assign,
    audit,
    away,
    check,
    correct,
    decide,
    delay,
    done,
    evidence,
    find,
    group,
    handover,
    hold,
    lang,
    my,
    note,
    nudge,
    overdue,
    past,
    plans,
    progress,
    proposal,
    quarter,
    report,
    review,
    secret,
    seen,
    share,
    start,
    status,
    stop,
    task,
    undo,
    unreachable,
    upcoming,
    upload,
    wait,
    watch,
)
from bot.commands import help as help_command
from bot.commands.base import CarryOn, Command, PressEffect
from bot.turn import Turn


def _help(turn: Turn, _text: str) -> None:
    help_command.show_help(turn, COMMANDS)


HELP = Command(name="help", korean=("도움말",), summary="사용법", effect=_help)

# A document sent in chat has no command word; its buttons belong here all the same.
UPLOAD = Command(
    name="upload",
    summary="계획 문서를 이 대화방에 보내면 읽어서 보여 드립니다.",
    effect=lambda turn, _text: upload.receive(turn, None),
    action=Action.PLANS,
    buttons={
        upload.REGISTER: upload.press_register,
        upload.DROP: upload.press_drop,
        drafts.ASK: upload.press_ask,
        drafts.YEAR: upload.press_year,
        drafts.UNREAD: upload.press_unread,
        handover_list.CONFIRM: handover_list.press_all,
    },
    in_menu=False,
)

COMMANDS: tuple[Command, ...] = (
    my.COMMAND,
    done.COMMAND,
    delay.COMMAND,
    evidence.COMMAND,
    adjust.COMMAND,
    progress.COMMAND,
    note.COMMAND,
    wait.COMMAND,
    seen.COMMAND,
    hold.RESUME,
    undo.COMMAND,
    task.COMMAND,
    find.COMMAND,
    away.COMMAND,
    decide.APPROVE,
    decide.REJECT,
    hold.HOLD,
    nudge.COMMAND,
    share.COMMAND,
    status.COMMAND,
    overdue.COMMAND,
    upcoming.COMMAND,
    check.COMMAND,
    quarter.COMMAND,
    report.COMMAND,
    correct.COMMAND,
    watch.COMMAND,
    secret.COMMAND,
    adjustments.COMMAND,
    audit.COMMAND,
    assign.COMMAND,
    handover.COMMAND,
    unreachable.COMMAND,
    add.COMMAND,
    past.COMMAND,
    review.COMMAND,
    plans.COMMAND,
    group.BIND,
    group.UNBIND,
    HELP,
    start.COMMAND,
    lang.COMMAND,
    stop.COMMAND,
)
BY_NAME = {one.name: one for one in COMMANDS}
BY_KOREAN = {word: one for one in COMMANDS for word in one.korean}
PRESSES: dict[str, tuple[Command, PressEffect]] = {
    verb: (one, effect)
    for one in (*COMMANDS, UPLOAD, share.SEEN, proposal.COMMAND, handover.PROPOSAL)
    for verb, effect in one.buttons.items()
}
DIALOGUES: dict[str, CarryOn] = {
    kind: take for one in (*COMMANDS, proposal.COMMAND) for kind, take in one.dialogues.items()
}
