"""A project for which nobody answers (담당자 미지정): the planning office enters it, and somebody else confirms."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.states import EntryState, RoleName
from tests.bot.chat import Chat, task
from tests.bot.rounds.test_check import OPENING, entry_of, number

TITLE = "골목 안내판"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """One pledge of 도로과 without officer, and two people of the planning office."""
    office = Chat(tmp_path)
    draft = task(TITLE, "도로과", [])
    draft.no, draft.pledge_no, draft.area, draft.status = "1-1", "1", "걷기", "정상추진"
    office.register(draft)
    for name in ("최기획", "한기획"):
        office.join(name, RoleName.PLANNER)
    yield office
    office.store.close()


def _answered(office: Chat) -> None:
    office.say("최기획", OPENING)
    office.tap("최기획", "입력 시작")
    office.say("최기획", f"/check {number(office, TITLE)} 정상추진 / 착공 / 없음 / 준공")


def test_the_lead_confirms_what_the_planning_office_entered(city: Chat) -> None:
    city.join("이팀장", RoleName.LEAD, "도로과")
    _answered(city)
    city.say("이팀장", "/check")
    city.tap("이팀장", "확인")
    city.tap("이팀장", "✅ 확인")
    assert entry_of(city, TITLE).state is EntryState.CONFIRMED


def test_without_lead_and_head_another_planner_confirms_and_signs(city: Chat) -> None:
    _answered(city)
    for part in ("확인", "확정"):
        assert TITLE in city.say("한기획", "/check")[0]
        city.tap("한기획", part)
        city.tap("한기획", f"✅ {part}")
    assert entry_of(city, TITLE).state is EntryState.SIGNED


def test_who_entered_it_neither_sees_nor_takes_the_confirmation(city: Chat) -> None:
    _answered(city)
    assert TITLE not in city.say("최기획", "/check")[0]
    assert "다른 분이 확인" in city.say("최기획", f"/check {number(city, TITLE)} 확인")[0]
