"""/drop and /merge in chat: what was registered by mistake leaves every count and keeps number, row and history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plans.draft import MilestoneDraft
from reports import listing
from reports.status import status
from store.models import Milestone, Series, Task
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

YEAR_ROUND = MilestoneDraft(title="안전 지도", expr="매월", line=2, kind="recurring", rrule="FREQ=MONTHLY")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Two tasks of one department; 최기획 is the planning office."""
    chat = Chat(
        tmp_path,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 7, 3)),
            entry("설계 용역 발주", date(2026, 7, 3)),
            YEAR_ROUND,
        ),
        task("보행로 정비 사업", "도로과", ["이바다"], entry("공사 착공", date(2026, 8, 31))),
    )
    chat.join("김하늘")
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def total(chat: Chat) -> tuple[int, int]:
    """Tasks and milestones that count."""
    with chat.store.read() as session:
        found = status(session, chat.clock.now(), date(2026, 6, 30), "Asia/Seoul")
        return found.tasks, found.milestones.total


def task_number(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return next(one.id for one in session.query(Task) if one.title == title)


def series(chat: Chat) -> Series:
    with chat.store.read() as session:
        return session.query(Series).one()


def state(chat: Chat, title: str) -> tuple[MilestoneState, str | None]:
    found = chat.milestone(title)
    return found.state, found.reason


def test_what_is_dropped_leaves_the_counts_with_its_reason(office: Chat) -> None:
    before = total(office)
    number = office.number("설계 용역 발주")
    [answer] = office.say("최기획", f"/drop {number} 중복 등록")
    assert "취소 · 사유: 중복 등록" in answer and "김하늘 님께 알렸습니다" in answer
    assert state(office, "설계 용역 발주") == (MilestoneState.CANCELLED, "중복 등록")
    assert total(office) == (before[0], before[1] - 1)


def test_its_number_row_and_history_stay(office: Chat) -> None:
    number = office.number("설계 용역 발주")
    office.say("최기획", f"/drop {number} 중복 등록")
    [card] = office.say("최기획", f"/task {number}")
    assert "취소 · 중복 등록" in card and "취소: 중복 등록" in card
    with office.store.read() as session:
        [row] = [one for one in listing.rows(session, date(2026, 6, 30)) if one.id == number]
    assert row.state == "cancelled"


def test_it_is_taken_back(office: Chat) -> None:
    number = office.number("설계 용역 발주")
    office.say("최기획", f"/drop {number} 중복 등록")
    [answer] = office.say("최기획", "/undo")
    assert "취소 → <b>예정, 기한 7. 3.(금)</b>" in answer
    assert state(office, "설계 용역 발주") == (MilestoneState.PLANNED, None)


def test_without_a_reason_nothing_is_dropped(office: Chat) -> None:
    [answer] = office.say("최기획", f"/drop {office.number('설계 용역')}")
    assert "취소하는 사유를" in answer
    assert state(office, "설계 용역")[0] is MilestoneState.PLANNED


def test_an_officer_may_not_drop(office: Chat) -> None:
    [answer] = office.say("김하늘", f"/drop {office.number('설계 용역')} 하기 싫음")
    assert "기획실" in answer
    assert state(office, "설계 용역")[0] is MilestoneState.PLANNED


def test_a_task_goes_with_all_of_it_and_comes_back_with_all_of_it(office: Chat) -> None:
    before, number = total(office), task_number(office, "보행로 정비")
    [answer] = office.say("최기획", f"/drop {number} 다른 사업에 합침")
    assert "딸린 일정" in answer
    assert total(office)[0] == before[0] - 1
    assert series(office).until_on == date(2026, 6, 29)
    office.say("최기획", "/undo")
    assert (total(office), series(office).until_on) == (before, date(2026, 12, 31))


def test_what_was_dropped_cannot_be_dropped_again(office: Chat) -> None:
    number = task_number(office, "보행로 정비")
    office.say("최기획", f"/drop {number} 중복")
    [answer] = office.say("최기획", f"/drop {number} 중복")
    assert "이미 취소되었습니다" in answer


def test_a_series_ends_with_its_open_turns(office: Chat) -> None:
    office.say("최기획", f"/drop {series(office).id} 사업 종료")
    with office.store.read() as session:
        turns = session.query(Milestone).where(Milestone.series_id.is_not(None)).all()
    assert turns and {one.state for one in turns} == {MilestoneState.CANCELLED}
    office.clock.forward(days=40)
    office.scan()
    with office.store.read() as session:
        assert session.query(Milestone).where(Milestone.series_id.is_not(None)).count() == len(turns)


def test_the_first_of_two_numbers_stays_and_is_done_where_either_is(office: Chat) -> None:
    kept, gone = office.number("설계 용역"), office.number("설계 용역 발주")
    office.say("김하늘", f"/done {gone} 6.28 발주 마침")
    [answer] = office.say("최기획", f"/merge {kept} {gone}")
    assert f"<b>#{kept} 설계 용역</b>" in answer
    done = office.milestone("설계 용역")
    assert (done.state, done.done_on, done.note) == (MilestoneState.DONE, date(2026, 6, 28), "발주 마침")
    assert state(office, "설계 용역 발주") == (MilestoneState.CANCELLED, f"#{kept}번과 같은 것으로 합침")
    office.say("최기획", "/undo")
    assert state(office, "설계 용역")[0] is MilestoneState.PLANNED
    assert state(office, "설계 용역 발주")[0] is MilestoneState.DONE


def test_what_only_the_second_task_has_goes_over_to_the_first(office: Chat) -> None:
    kept, gone = task_number(office, "보행로 정비"), task_number(office, "보행로 정비 사업")
    office.say("최기획", f"/merge {kept} {gone}")
    assert office.milestone("공사 착공").task_id == kept
    [card] = office.say("최기획", f"/task {kept}")
    assert "김하늘" in card and "이바다" in card
    assert total(office)[0] == 1
    office.say("최기획", "/undo")
    assert (office.milestone("공사 착공").task_id, total(office)[0]) == (gone, 2)


def test_a_recurring_event_under_two_numbers_is_one_with_its_turns(office: Chat) -> None:
    twice = YEAR_ROUND.model_copy(update={"title": "안전지도의 날"})
    office.register(task("가로등 정비", "도로과", ["김하늘"], YEAR_ROUND, twice))
    with office.store.read() as session:
        kept, gone = [one.id for one in session.query(Series).order_by(Series.id)][-2:]
    office.say("최기획", f"/merge {kept} {gone}")
    with office.store.read() as session:
        turns = session.query(Milestone).where(Milestone.series_id.in_([kept, gone])).all()
    states = {(one.series_id, one.state) for one in turns}
    assert states == {(kept, MilestoneState.PLANNED), (gone, MilestoneState.CANCELLED)}


def test_a_task_is_not_merged_with_a_milestone(office: Chat) -> None:
    [answer] = office.say(
        "최기획", f"/merge {task_number(office, '보행로 정비')} {office.number('공사 착공')}"
    )
    assert "과제는 과제와" in answer
    assert state(office, "공사 착공")[0] is MilestoneState.PLANNED


def test_a_change_since_then_keeps_it_from_being_taken_back(office: Chat) -> None:
    number = office.number("설계 용역 발주")
    office.say("최기획", f"/drop {number} 중복 등록")
    button = office.keyboard("최기획")
    office.say("최기획", "/undo")
    [answer] = office.press("최기획", next(iter(button.values())))
    assert "이미 되돌린" in answer
