"""/round: the planning office opens a quarterly self-check, follows it, settles it, tells the departments."""

from __future__ import annotations

import re
from datetime import date

from bot.chat.command import Command, example_of
from bot.chat.turn import Press, Turn, UsageError, ensure_words, note
from bot.privacy import guard
from bot.rounds import overview
from bot.rounds.entry import refusals
from bot.speech.dates import Leaning, When, read
from bot.texts import render
from jobs.authority.access import Action
from jobs.rounds import freeze, rounds
from jobs.rounds.rounds import Opening, name_of
from plans.characters import clean
from reports.period import Period, examples, read_period
from store import officers
from store import rounds as kept
from store.models import Round
from store.states import RoundState

COMMENT_MOST = 3000
MOST_DEADLINES = 2
_APART = re.compile(r"[\s,~]+")
_MONTH_GAP = re.compile(r"(?<=월)\s+(?=\d)")  # "7월 9일" is one day
_PERIOD = re.compile(r"(?:\S+년\s+)?\S+")
_KEYWORDS = re.compile(r"(?:^|\s)(범위|근거)\s")


def show_or_open(turn: Turn, text: str) -> None:
    """Alone: how the newest round stands. With a quarter: it is announced. 총평: the comment is kept."""
    words = text.strip()
    if not words:
        turn.say(overview.message(turn, _newest(turn)))
    elif words.split()[0] == "총평":
        _comment(turn, text.strip().removeprefix("총평").strip())
    else:
        _announce(turn, clean(words))


def _newest(turn: Turn) -> Round:
    found = kept.open_round(turn.session) or kept.newest(turn.session)
    if found is None:
        raise UsageError(
            "아직 연 점검이 없습니다. 분기와 마감일을 적어 여십시오.", example=example_of("round")
        )
    return found


def _announce(turn: Turn, text: str) -> None:
    opening = _read(turn, text)
    with refusals():
        made = rounds.announce(turn.deed, opening, turn.office.rounds)
    turn.say(
        overview.message(turn, made, "점검을 예고하였습니다. 내용을 확인하시고 [입력 시작]을 누르십시오.")
    )


def _read(turn: Turn, text: str) -> Opening:
    """A quarter, up to two deadlines, then 범위 and 근거. Raises UsageError with what was not understood."""
    found = _PERIOD.match(text)
    period = _period(found[0] if found else "", turn.today) or _period(
        text.split(" ", maxsplit=1)[0], turn.today
    )
    if period is None:
        raise UsageError(f"분기를 먼저 적어 주십시오. 예) {examples()}", example=example_of("round"))
    rest = text[len(found[0]) :] if found and _period(found[0], turn.today) else text.partition(" ")[2]
    head, *marked = _KEYWORDS.split(rest)
    named = dict(zip(marked[::2], (one.strip() for one in marked[1::2]), strict=True))
    days = _days(turn, head.strip(), period)
    departments, areas = _scope(turn, named.get("범위", ""))
    return Opening(
        period,
        period.last_day,
        basis=note(named.get("근거") or "", is_optional=True),
        departments=departments,
        areas=areas,
        first_due_on=days[0] if days else None,
        second_due_on=days[1] if len(days) > 1 else None,
    )


def _period(text: str, today: date) -> Period | None:
    return read_period(text, today.year)


def _days(turn: Turn, text: str, period: Period) -> list[date]:
    """The deadlines, at most two; a day without a year is the first one after the as-of day.

    One by one: two days side by side are a doubt where a single one is asked.
    """
    ahead = When(period.last_day, Leaning.FUTURE, turn.office.rules.calendar)
    days: list[date] = []
    for word in _APART.split(_MONTH_GAP.sub("", text)):
        found = read(word, ahead) if word else None
        if found is not None and not found.rest and isinstance(found.value, date):
            days.append(found.value)
        elif word:
            raise UsageError(
                f"‘{guard.words(word[:30])}’을(를) 마감일로 읽지 못하였습니다.", example=example_of("round")
            )
    if len(days) > MOST_DEADLINES:
        raise UsageError("마감일은 1차와 2차, 두 날까지 적을 수 있습니다.", example=example_of("round"))
    return days


def _scope(turn: Turn, text: str) -> tuple[list[str], list[str]]:
    """Departments and areas by their names. Raises UsageError with one that is neither."""
    departments, areas = [], []
    known = kept.areas(turn.session)
    for name in (one.strip() for one in text.split(",") if one.strip()):
        department = officers.department(turn.session, name)
        if department is not None:
            departments.append(department.name)
        elif name in known:
            areas.append(name)
        else:
            raise UsageError(
                f"‘{guard.words(name)}’은(는) 등록된 부서도 분야도 아닙니다. 분야: {', '.join(known) or '없음'}"
            )
    return departments, areas


def _comment(turn: Turn, text: str) -> None:
    """총평 as a person writes it, each line one sentence; nothing goes back to the draft."""
    ensure_words("summary")
    of = _newest(turn)
    if len(text) > COMMENT_MOST:
        raise UsageError(f"총평이 너무 깁니다({len(text):,}자). {COMMENT_MOST:,}자 안으로 줄여 주십시오.")
    lines = [line for one in text.splitlines() if (line := clean(one))]
    with refusals():
        freeze.set_comment(turn.deed, of.id, "\n".join(lines) or None)
    turn.say(
        overview.message(turn, of, "총평을 기록하였습니다." if lines else "총평을 초안으로 되돌렸습니다.")
    )


def _pressed(turn: Turn, press: Press) -> Round:
    found = turn.session.get(Round, press.id)
    if found is None:
        raise UsageError("그런 점검회차가 없습니다. /round 로 다시 확인해 주십시오.")
    return found


def press_begin(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        asked = rounds.begin(turn.deed, of.id)
    said = f"{len(asked)}개 사업의 입력을 시작하였습니다. 담당자께는 다음 일일 안내로 알려 드립니다."
    turn.say(overview.message(turn, _pressed(turn, press), said))


def press_drop(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        name = rounds.withdraw(turn.deed, of.id)
    turn.answer("usage", reason=f"{name} 점검의 예고를 취소하였습니다.", example=None)


def press_preview(turn: Turn, press: Press) -> None:
    """[확정]: what would be settled is shown first, because it cannot be taken back."""
    of = _pressed(turn, press)
    if of.state is not RoundState.EVALUATION:
        raise UsageError(
            f"{name_of(of)} 점검은 지금 {rounds.ROUND_WORDS[of.state]} 상태여서 확정할 수 없습니다."
        )
    turn.say(overview.preview(turn, of))


def press_freeze(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        done = freeze.freeze(turn.deed, of.id, turn.office.rounds)
    turn.say(overview.message(turn, done, "확정하였습니다. 이후의 변경은 정정으로만 합니다."))


def press_notify(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        done = freeze.notify(turn.deed, of.id)
    told, missed = overview.tell_departments(turn, done)
    said = f"점검결과를 {told}명께 통보하였습니다."
    if missed:
        said += f" 등록하지 않으신 {missed}명께는 전하지 못하였습니다."
    turn.say(overview.message(turn, done, said))


def press_publish(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        done = freeze.publish(turn.deed, of.id)
    turn.say(
        overview.message(turn, done, "공개로 기록하였습니다. 누리집에 올릴 파일은 /report 에서 받으십시오.")
    )


def press_material(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    caption = render.text("file_caption", what=f"{name_of(of)} 추진상황 보고회 자료")
    turn.send_file("material", caption, period=str(Period(of.year, of.quarter)))


COMMAND = Command(
    name="round",
    effect=show_or_open,
    action=Action.ROUNDS,
    buttons={
        "rdbegin": press_begin,
        overview.MATERIAL: press_material,
        "rddrop": press_drop,
        "rdlook": press_preview,
        "rdfreeze": press_freeze,
        "rdnotify": press_notify,
        "rdpublish": press_publish,
    },
)
