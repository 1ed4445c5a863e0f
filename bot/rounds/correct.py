"""/correct: a value of a settled quarter is put right; both values stay to be seen (정정)."""

from __future__ import annotations

from bot.chat.command import Command, example_of
from bot.chat.turn import Turn, UsageError, note
from bot.privacy import guard
from bot.rounds.entry import refusals
from jobs.authority.access import Action
from jobs.rounds import freeze
from plans.characters import clean
from reports.period import Period, examples, read_period
from reports.quarterly.rows import number_key
from store import rounds
from store.models import SnapshotRow

FIELDS = {
    "추진상황": "status",
    "제목": "title",
    "분야": "area",
    "공약": "pledge",
    "부서": "department",
    "국": "bureau",
}


def correct(turn: Turn, text: str) -> None:
    """Quarter, project number, field, new value; after a slash the reason."""
    said, slash, why = clean(text).partition(" / ")
    words = said.split(" ", 3)
    if len(words) != 4 or not slash:
        raise UsageError(
            "분기, 관리번호, 고칠 항목, 새 값을 적고 ‘ / ’ 다음에 사유를 적어 주십시오.",
            example=example_of("correct"),
        )
    period = read_period(words[0], turn.today.year)
    if period is None:
        raise UsageError(
            f"‘{guard.words(words[0])}’은(는) 분기가 아닙니다. 예) {examples()}",
            example=example_of("correct"),
        )
    field = FIELDS.get(words[2])
    if field is None:
        raise UsageError(f"고칠 수 있는 항목은 {', '.join(FIELDS)} 입니다.", example=example_of("correct"))
    row = _row(turn, period, words[1])
    reason = note(why)
    with refusals():
        made = freeze.correct(turn.deed, row.id, field, words[3], reason or "")
    turn.answer("corrected", period=period, row=row, field=words[2], made=made, reason=reason)


def _row(turn: Turn, period: Period, number: str) -> SnapshotRow:
    """The frozen row of that number. Raises UsageError where there is none, or several."""
    of = rounds.find(turn.session, period.year, period.quarter)
    found = rounds.rows(turn.session, of.id) if of is not None else []
    if not found:
        raise UsageError(f"{period.label}의 확정 기록이 없습니다.")
    same = [one for one in found if one.no and number_key(one.no) == number_key(number)]
    if len(same) != 1:
        why = "여럿입니다" if same else "없습니다"
        raise UsageError(f"{period.label} 확정 기록에 관리번호 ‘{guard.words(number)}’인 사업이 {why}.")
    return same[0]


COMMAND = Command(
    name="correct",
    effect=correct,
    action=Action.ROUNDS,
)
