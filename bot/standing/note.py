"""/note ID TEXT: a remark on an open milestone, on a late one its reason as well; of what goes on all year the news."""

from __future__ import annotations

from bot.chat.arguments import UsageError, ensure_words, note, numbered
from bot.chat.command import Command
from bot.chat.turn import Turn
from bot.digest import yearround
from bot.standing.remarks import open_milestone, remark
from jobs.authority.access import Action

EXAMPLE = "/note 112 업체와 협의 중"


def add_note(turn: Turn, text: str) -> None:
    found = numbered(text)
    if len(found.ids) != 1:
        raise UsageError("일정 번호 하나를 먼저 적어 주십시오.", example=EXAMPLE)
    series = yearround.find(turn, found.ids[0])
    milestone = open_milestone(turn, found.ids[0]) if series is None else None
    ensure_words("메모")
    words = note(found.rest, "메모")
    if words is None:
        raise UsageError("남길 메모를 번호 다음에 적어 주십시오.", example=EXAMPLE)
    if milestone is None:
        yearround.say(turn, found.ids[0], words)
        return
    remark(turn, milestone, "note", {"note": words})


COMMAND = Command(
    name="note",
    korean=("메모",),
    summary="메모 남기기",
    example=EXAMPLE,
    effect=add_note,
    action=Action.CHANGE,
    on_milestone=frozenset({"note"}),
    buttons={
        yearround.AS_PLANNED: yearround.press_as_planned,
        yearround.IN_WORDS: yearround.press_in_words,
    },
    dialogues={yearround.DIALOGUE: yearround.carry_on},
)
