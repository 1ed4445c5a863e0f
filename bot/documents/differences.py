"""/review: where a newer document disagrees with what is registered; the planning office decides on each, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.chat.command import Command
from bot.chat.lists import Pages, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.documents import settle_differences
from bot.privacy import guard
from bot.texts import render
from jobs.authority.access import Action
from store import differences
from store.deliveries import Message
from store.models import Difference
from store.states import DifferenceKind, DifferenceState

VERB = "review"
PER_PAGE = 5
KEEP = "difkeep"

Decide = Callable[[Turn, Difference], str]

# verb -> (label, what it does and says); each kind of difference has its choices, "keep" comes last
CHOICES: dict[DifferenceKind, dict[str, tuple[str, Decide]]] = {
    DifferenceKind.DATE: {
        "diffix": ("계획 정정", settle_differences.correct_date),
        "difdelay": ("연기로 기록", settle_differences.record_delay),
    },
    DifferenceKind.DONE: {"difdone": ("완료로 등록", settle_differences.mark_done)},
    DifferenceKind.OFFICERS: {"difhand": ("담당자 변경", settle_differences.hand_over)},
    DifferenceKind.MISSING: {"difdrop": ("일정 취소", settle_differences.drop)},
    DifferenceKind.DEPARTMENT: {"difmerge": ("같은 부서로 합침", settle_differences.merge)},
    DifferenceKind.TASK: {"diftask": ("계획 정정", settle_differences.correct_task)},
    DifferenceKind.TWIN: {"difbind": ("같은 과제로 묶기", settle_differences.bind)},
}
KEEP_LABEL = {DifferenceKind.TWIN: "따로 둠", DifferenceKind.DEPARTMENT: "다른 부서"}


def page(turn: Turn, wanted: int) -> Message:
    waiting = differences.waiting(turn.session)
    shown, current, pages = page_of(waiting, wanted, PER_PAGE)
    lines = [_line(turn, one, number) for number, one in enumerate(shown, 1)]
    hint = "결정하시기 전까지는 등록된 내용이 그대로 유지됩니다."
    title, empty = "문서와 등록 내용이 다른 곳", "결정하실 내용이 없습니다."
    text = titled(turn, title, len(waiting), lines, empty, hint, current, pages)
    keyboard = [_row(one, number) for number, one in enumerate(shown, 1)]
    return Message(text, keyboard + paging(VERB, current, pages))


def press_decision(turn: Turn, press: Press) -> None:
    difference = turn.session.get(Difference, press.id)
    if difference is None or difference.state is not DifferenceState.OPEN:
        turn.answer("usage", reason="이미 결정된 내용입니다.", example=None)
        return
    if press.verb == KEEP:
        said, state = "등록된 내용을 그대로 두었습니다.", DifferenceState.KEPT
    else:
        choice = CHOICES[difference.kind].get(press.verb)
        if choice is None:
            raise UsageError("이 내용에는 쓸 수 없는 버튼입니다. 바뀐 것은 없습니다.")
        said, state = choice[1](turn, difference), DifferenceState.TAKEN
    differences.settle(difference, state, turn.now)
    turn.answer("reviewed", name=_name(difference), said=said)
    turn.rewrite_pressed(page(turn, 1))


def _row(difference: Difference, number: int) -> list[dict[str, str]]:
    row = [
        button(f"{number}. {label}", verb, difference.id)
        for verb, (label, _) in CHOICES[difference.kind].items()
    ]
    return [*row, button(KEEP_LABEL.get(difference.kind, "그대로"), KEEP, difference.id)]


def _name(difference: Difference) -> str:
    milestone = difference.milestone
    return (
        f"#{milestone.id} {milestone.shown_title}"
        if milestone
        else f"#{difference.task_id} {difference.task.shown_title}"
    )


def _line(turn: Turn, difference: Difference, number: int) -> str:
    return render.text(
        "difference",
        number=number,
        name=_name(difference),
        task=difference.task,
        source=difference.source_name,
        what=_what(turn, difference),
    )


def _what(turn: Turn, difference: Difference) -> str:
    """The disagreement in words: what is registered, what the document says."""
    value, milestone = difference.value, difference.milestone
    if difference.kind is DifferenceKind.DATE and milestone is not None:
        said = value["due"] or value["start"]
        had = milestone.due_on or milestone.start_on
        expr = "" if milestone.is_secret else f" (“{value['expr']}”)"
        return f"등록 {_day(had, turn)} ↔ 문서 {_day(date.fromisoformat(said), turn)} {expr}"
    if difference.kind is DifferenceKind.DONE:
        return "등록은 예정인데 문서에는 이미 한 것으로 적혀 있습니다."
    if difference.kind is DifferenceKind.OFFICERS:
        held = [guard.named(one) for one in settle_differences.current_officers(turn, difference.task)]
        names = [guard.name(one["name"]) for one in value["officers"]]
        return f"담당 {', '.join(held) or '없음'} ↔ 문서 {', '.join(names)}"
    if difference.kind is DifferenceKind.MISSING:
        return "등록된 일정이 새 문서에는 없습니다."
    if difference.kind is DifferenceKind.DEPARTMENT:
        return f"처음 보는 부서 ‘{value['new']}’ ↔ 등록된 부서 ‘{value['known']}’"
    if difference.kind is DifferenceKind.TASK:
        office = difference.task.department.name if difference.task.department else "부서 없음"
        named = f"{guard.words(value['title'])} / {guard.words(value['department'] or '부서 없음')}"
        return f"등록 {difference.task.shown_title} / {office} ↔ 문서 {named}"
    return f"다른 활성 계획에도 같은 과제(#{value['task_id']})가 있습니다."


def _day(day: date | None, turn: Turn) -> str:
    return render.near_day(day, turn.today) if day else "없음"


PAGES = Pages(page)
COMMAND = Command(
    name="review",
    effect=PAGES.show,
    action=Action.PLANS,
    buttons={
        VERB: PAGES.turn_page,
        "reviewopen": PAGES.show,
        KEEP: press_decision,
        **{verb: press_decision for choices in CHOICES.values() for verb in choices},
    },
)
