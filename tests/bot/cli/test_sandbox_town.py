"""The made-up town of `gihan sandbox`: what can be tried in it without registering anything first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.turn import Turn
from bot.cli.sandbox import START
from bot.cli.sandbox_town import fill, sample
from bot.routing.registry import BY_NAME
from bot.settings import Settings
from jobs.settings import ApprovalSettings, ClockSettings
from reports.texts.speaking import FIRST, settle
from store import milestones
from store.db.settings import StoreSettings
from store.models import Indicator, Milestone, Officer, Task
from store.states import MilestoneState
from tests.bot.chat import Chat

HANGUL = re.compile("[\uac00-\ud7a3]")
LEAD, PLANNER, OFFICER = "박문수", "허준", "심청"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Chat]:
    """Everybody who is played has pressed the link."""
    clock = tmp_path / "clock.json"
    clock.write_text(f'{{"seq": 1, "now": "{START}"}}')
    url = f"sqlite:///{tmp_path / 'gihan.db'}"
    codes = fill(Settings(store=StoreSettings(url=url), clock=ClockSettings(file=clock)))
    chat = Chat(tmp_path, now=datetime.fromisoformat(START), approval=ApprovalSettings(), store_url=url)
    for player, code in zip(sample().players, codes, strict=True):
        chat.say(player.name, f"/start {code}")
    yield chat
    chat.store.close()


@pytest.mark.parametrize(
    ("who", "said", "answered"),
    [
        (PLANNER, "/round", "2026년 2분기"),
        (OFFICER, "/check", "청년 창업실 조성"),
        (PLANNER, "/report 2026-1분기", "33.3%"),
        (PLANNER, "/adjustments", "공약"),
    ],
)
def test_the_round_of_the_town_can_be_tried(town: Chat, who: str, said: str, answered: str) -> None:
    assert answered in "\n".join(town.say(who, said))


def test_what_the_council_asked_for_is_answered_as_last_year_and_closed(town: Chat) -> None:
    [said] = town.say(LEAD, "/item 2")
    assert "지난 답변(1번" in said and "청년 14팀" in said
    town.tap(LEAD, "지난번과 같음")
    town.tap(LEAD, "종결 요청: 반영")
    town.say(PLANNER, "/item 2")
    assert "종결하였습니다" in town.tap(PLANNER, "종결: 반영")[0]
    assert "종결 2건 가운데 반영 2건(반영률 100.0%)" in town.say(PLANNER, "/item")[0]


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Chat]:
    """The town in English, in which everybody who is played has pressed the link."""
    clock = tmp_path / "clock.json"
    clock.write_text(f'{{"seq": 1, "now": "{START}"}}')
    url = f"sqlite:///{tmp_path / 'gihan.db'}"
    settle("en")
    try:
        codes = fill(Settings(store=StoreSettings(url=url), clock=ClockSettings(file=clock)), "en")
        chat = Chat(tmp_path, now=datetime.fromisoformat(START), approval=ApprovalSettings(), store_url=url)
        for player, code in zip(sample("en").players, codes, strict=True):
            chat.say(player.name, f"/start {code}")
        yield chat
        chat.store.close()
    finally:
        settle(FIRST)


def test_the_towns_meeting_gets_a_matter_and_material_by_taps(town: Chat) -> None:
    [said] = town.say(LEAD, "/meeting 1")
    assert "창업 지원 상황 보고" in said and "일자리경제과: 미제출" in said
    town.tap(LEAD, "자료 내기")
    assert "일자리경제과-77" in town.say(LEAD, "일자리경제과-77")[0]
    town.say(PLANNER, "/meeting 1")
    town.tap(PLANNER, "안건 올리기")
    assert "2. 청년 공간 운영" in town.say(PLANNER, "청년 공간 운영")[0]


def test_the_town_in_english_has_an_english_plan_beside_the_korean_one_and_a_round(english: Chat) -> None:
    """Whoever reads no Korean has tasks, a team, a lead and a self-check of their own, and no word of another language in
    what is said of them."""
    said = {
        ("Daisy Park", "/my"): "Young people present their proposals",
        ("Daisy Park", "/check"): "Start-up rooms for young people",
        ("Grace Kim", "/status"): "Jobs Team",
        ("Peter Wells", "/round"): "Q2 2026",
        ("Grace Kim", "/item 2"): "14 teams moved into",
        ("Peter Wells", "/find policy school"): "Young people&#39;s policy school",
        ("Peter Wells", "/invite Jobs and Economy"): "Felix Moss",
        ("Peter Wells", "/assign 102 Jobs and Economy Felix Moss"): "Felix Moss",
    }
    answered = {key: "\n".join(english.say(*key)) for key in said}
    assert [(key, text) for key, text in answered.items() if said[key] not in text] == []
    assert [key for key, text in answered.items() if HANGUL.search(text)] == []
    assert "시민평가단" in "\n".join(english.say("Peter Wells", "/find 시민평가단"))


# Who tries what, in this order. {a} to {f}: the officer's own open items, {other}, {g} and {h}: of another officer, {far}:
# of another department, {task}: the task of {a}, {pledge}: a pledge of the officer. Whoever adds a command adds a scene,
# and to the town what it needs.
SCENES = """
심청 /my
심청 /next
심청 /hours 10
심청 /task {a}
심청 /why {a}
심청 /note {a} 업체와 협의 중
심청 /progress {a} 60
심청 /seen {f}
심청 /evidence {a} 일자리경제과-1234
심청 /wait {a} 추경 9.30 제2회 추경 뒤에 추진
심청 /resume {a}
심청 /find 청년
심청 /away 7.6-7.8 @전우치
심청 /done {a} 6.28 설치 완료
심청 /undo
심청 /done {a} 6.28 설치 완료
심청 /reopen {a} 준공 검사가 남음
심청 /delay {b} 7.24 의회 일정
심청 야간 작업으로 2주 단축
심청 /delay {c} 7.24 의회 일정
심청 야간 작업으로 2주 단축
심청 /adjust {pledge} 사업비 국비 축소로 사업비 감액
심청 /check
심청 /help
심청 /lang
박문수 /approve {b}
박문수 /reject {c} 행사 일정과 겹쳐 조정 필요
박문수 /hold {d} 9.30 부지 변경 검토
박문수 /nudge {e}
박문수 /status
박문수 /overdue
박문수 /upcoming 30
박문수 /week
박문수 /follow {e}
박문수 /unfollow {e}
박문수 /ask
박문수 안전 교육
박문수 12
박문수 집합
박문수 취소
박문수 /ask 2 엑셀 기초 / 5 / 온라인
허준 /ask 2
허준 /item 현장 방문 일자리경제과 골목길 보안등 / 이 통장 / 골목 현장 방문
박문수 /item 2
박문수 /item 2 반영 창업실 두 곳을 더 열고 청년 20팀을 지원합니다.
허준 /item 2 종결
허준 /meeting 시민평가단 회의 / 대회의실 / 7. 30. 14:00
허준 /meeting 2 분과 일자리 시민 10 전문가 2 / 일자리경제과
허준 /meeting 2 의견 {a} 청년 창업 공간을 더 알려 주십시오
허준 /meeting 주간 업무회의 / 소회의실 / 매주 월요일 09:00 / 주재 시장 / 부서 일자리경제과
박문수 /meeting 1 안건 청년 창업 공간 운영
박문수 /meeting 1 자료 일자리경제과-77
허준 /meeting 3 취소 휴가철
박문수 /kpi
박문수 /kpi 청년 창업
심청 /kpi {kpi} 5월 26건
심청 /adjust 지표 {kpi} 10월 15 상담실 이전
허준 /share {far} 전부서 7. 15.까지 참여 직원을 정해 주십시오
허준 /round
허준 /report 2026-1분기
허준 /correct 2026Q1 1-2 추진상황 정상추진 / 증빙 재확인
허준 /adjustments
허준 /watch {a} 국비 공모 결과 대기
허준 /secret {other}
허준 /audit {a}
허준 /invite 복지돌봄과
허준 /roster
허준 /assign {other} 일자리경제과 전우치
허준 /handover 전우치 일자리경제과 심청 7.6
허준 /unreachable
허준 /add {task} 2026. 9. 20. 준공식
허준 /edit {e} 제목 가로등 교체
허준 /split {f} 설계 완료 / 심의
허준 /merge {g} {h}
허준 /drop {e} 중복 등록
허준 /rename 정보통신과 → 디지털정책과
허준 /past
허준 /review
허준 /setup
허준 /plans
허준 /daysoff 12.31 종무식
허준 /bind 일자리경제과
허준 /unbind
심청 /stop
심청 /start
"""


def numbers(town: Chat) -> dict[str, int]:
    """What stands for the letters of the scenes."""
    with town.store.read() as session:
        everybody = {one.name: one.id for one in session.scalars(select(Officer))}
        today = town.rules.calendar.local_date(town.clock.now())

        def open_of(name: str) -> list[Milestone]:
            found = milestones.of_officer(session, everybody[name], today)
            return [one for one in found if one.state is MilestoneState.PLANNED and one.due_on]

        own, others, far = (open_of(name) for name in (OFFICER, "전우치", "장화"))
        pledge = session.scalars(select(Task).where(Task.title == "청년 창업실 조성")).one()
        letters = dict(zip("abcdef", (one.id for one in own), strict=False))
        letters |= dict(zip("gh", (one.id for one in others[1:]), strict=False))
        return letters | {
            "task": own[0].task_id,
            "other": others[0].id,
            "far": far[0].id,
            "pledge": pledge.id,
            "kpi": session.scalars(select(Indicator).where(Indicator.name == "청년 창업 상담")).one().id,
        }


def play(town: Chat, who: str, said: str) -> list[str]:
    """In the own chat; what only groups have, in the group."""
    if said.split(maxsplit=1)[0] not in {"/bind", "/unbind"}:
        return town.say(who, said)
    sender = {"id": town.people[who], "is_bot": False, "first_name": who}
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "우리 부서"}}
    return town.update({"message": message | {"from": sender, "text": said}}, -5)


def test_every_command_has_a_scene_in_the_town(town: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []
    for name in ("answer", "refuse"):
        plain = getattr(Turn, name)

        def told(turn: Turn, template: str, *given: Any, plain: Any = plain, **facts: Any) -> None:
            if template == "usage":
                refused.append(str(facts["reason"]))
            plain(turn, template, *given, **facts)

        monkeypatch.setattr(Turn, name, told)
    found = numbers(town)
    scenes = [line.partition(" ")[::2] for line in SCENES.format(**found).strip().splitlines()]
    failed = {}
    for who, said in scenes:
        answered = play(town, who, said)
        if refused or not answered:
            failed[said] = " ".join(refused)
        refused.clear()
    assert failed == {}
    assert {said.split()[0][1:] for _, said in scenes if said.startswith("/")} == set(BY_NAME)
