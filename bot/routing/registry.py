"""Every chat command in the order of /help, and every button verb with what it does."""

from bot.asks import command as asks
from bot.audit import command as audit
from bot.chat.command import CarryOn, Command, PressEffect
from bot.chat.turn import Press, Turn
from bot.completion import done, evidence, reopen
from bot.corrections import correct, drop, edit, merge, rename, split
from bot.delays import adjust, adjustments, decide
from bot.delays import command as delay
from bot.documents import add, daysoff, differences, drafts, past, past_answer, plans, register, setup, upload
from bot.indicators import command as indicators
from bot.items import command as items
from bot.meetings import command as meetings
from bot.overview import coming, find, lists, status, task, week, why
from bot.people import (
    assign,
    away,
    handover,
    handover_list,
    hours,
    invite,
    language,
    roster,
    share,
    start,
    unreachable,
)
from bot.rounds import check, report
from bot.rounds import command as rounds
from bot.routing import help, proposal
from bot.speech.understand import INTENTS
from bot.standing import follow, hold, nudge, remarks, secret, seen, wait, watch
from bot.undo import undo
from jobs.authority.permissions import Action


def _help(turn: Turn, _text: str) -> None:
    help.show_help(turn, COMMANDS)


def _help_of(turn: Turn, press: Press) -> None:
    help.press_group(turn, press, COMMANDS)


HELP = Command(name="help", effect=_help, buttons={help.VERB: _help_of})

# A document sent in chat has no command word; its buttons belong here all the same.
UPLOAD = Command(
    name="upload",
    effect=lambda turn, _text: upload.receive(turn, None),
    action=Action.PLANS,
    buttons={
        upload.REGISTER: upload.press_register,
        upload.DROP: upload.press_drop,
        register.TAKE: register.press_take,
        drafts.ASK: upload.press_ask,
        drafts.YEAR: upload.press_year,
        drafts.COLUMN: upload.press_column,
        drafts.UNREAD: upload.press_unread,
        handover_list.CONFIRM: handover_list.press_all,
    },
    in_menu=False,
)

COMMANDS: tuple[Command, ...] = (
    lists.MY,
    done.COMMAND,
    delay.COMMAND,
    evidence.COMMAND,
    adjust.COMMAND,
    remarks.PROGRESS,
    remarks.NOTE,
    wait.COMMAND,
    seen.COMMAND,
    hold.RESUME,
    coming.COMMAND,
    hours.COMMAND,
    undo.COMMAND,
    reopen.COMMAND,
    task.COMMAND,
    why.COMMAND,
    find.COMMAND,
    follow.FOLLOW,
    follow.UNFOLLOW,
    away.COMMAND,
    decide.APPROVE,
    decide.REJECT,
    hold.HOLD,
    nudge.COMMAND,
    share.COMMAND,
    status.COMMAND,
    lists.OVERDUE,
    lists.UPCOMING,
    week.COMMAND,
    check.COMMAND,
    asks.COMMAND,
    items.COMMAND,
    meetings.COMMAND,
    indicators.COMMAND,
    rounds.COMMAND,
    report.COMMAND,
    correct.COMMAND,
    watch.COMMAND,
    secret.COMMAND,
    adjustments.COMMAND,
    audit.COMMAND,
    invite.COMMAND,
    roster.COMMAND,
    assign.COMMAND,
    handover.COMMAND,
    unreachable.COMMAND,
    add.COMMAND,
    edit.COMMAND,
    split.COMMAND,
    merge.COMMAND,
    drop.COMMAND,
    rename.COMMAND,
    past.COMMAND,
    differences.COMMAND,
    setup.COMMAND,
    plans.COMMAND,
    daysoff.COMMAND,
    help.BIND,
    help.UNBIND,
    HELP,
    start.COMMAND,
    language.COMMAND,
    start.STOP,
)
BY_NAME = {one.name: one for one in COMMANDS}
BY_INTENT = {INTENTS.get(one.name, one.name): one for one in COMMANDS}
BY_KOREAN = {word: one for one in COMMANDS for word in one.korean}
PRESSES: dict[str, tuple[Command, PressEffect]] = {
    verb: (one, effect)
    for one in (
        *COMMANDS,
        UPLOAD,
        items.CLOSING,
        meetings.GIVING,
        meetings.HOLDING,
        share.SEEN,
        proposal.COMMAND,
        handover.PROPOSAL,
        past_answer.ANSWER,
        asks.FILLING,
    )
    for verb, effect in one.buttons.items()
}
DIALOGUES: dict[str, CarryOn] = {
    kind: take for one in (*COMMANDS, proposal.COMMAND) for kind, take in one.dialogues.items()
}
