"""/status: from the city down to a person, problems first, what changed, as a picture; nobody sees beyond the reach."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select, update

from bot.digest.daily_message import DigestRenderer
from store.models import Delivery, Department, Role, Round, SnapshotRow, Task
from store.states import PledgeStatus, RoleName, RoundOrigin, RoundState
from tests.bot.chat import TUESDAY, Chat, entry, task


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """Two bureaus: 도시국 (도로과, 공원과) and 환경국 (환경과); the first task of each is of the area 걷기."""
    office = Chat(tmp_path, now=TUESDAY - timedelta(days=15))
    drafts = [
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 20))),
        task("가로등 교체", "도로과", ["조부담"], entry("발주", date(2026, 7, 3))),
        task("가로수 심기", "공원과", ["나공원"], entry("식재", date(2026, 9, 1))),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 7, 10))),
    ]
    drafts[0].area = drafts[2].area = "걷기"
    drafts[1].area = drafts[3].area = "안전"
    office.register(*drafts)
    office.clock.forward(days=15)
    with office.store.write() as session:
        for one in session.scalars(select(Department)):
            one.bureau = {"도로과": "도시국", "공원과": "도시국", "환경과": "환경국"}.get(one.name)
    office.join("최기획", RoleName.PLANNER)
    office.join("이팀장", RoleName.LEAD, "도로과")
    office.join("김하늘")
    yield office
    office.store.close()


def pressed(chat: Chat, who: str, label: str) -> str:
    """What the message becomes whose button is pressed."""
    chat.tap(who, label)
    edit = chat.owed(chat.people[who])[-1]
    return str(edit.payload["text"])


def test_the_city_is_shown_with_its_rate_and_the_newly_late_first(city: Chat) -> None:
    city.clock.forward(days=5)
    text = city.say("최기획", "/status")[0]
    assert "기준 2026. 7. 5.(일) 09:10 ·" in text and "Asia" not in text
    assert "올해 전체 0/4건(0.0%)" in text
    assert "새로 경과한 일정" in text and "사유: 아직 등록되지 않음" in text
    assert (
        text.index("이행률")
        < text.index("새로 경과한")
        < text.index("■ 앞으로 14일")
        < text.index("■ 부서별")
    )


def test_what_was_due_before_the_start_is_told_apart_and_never_as_late(city: Chat) -> None:
    city.clock.forward(days=40)
    city.register(
        task("보도 점검", "도로과", ["김하늘"], entry("점검", date(2026, 7, 31))), title="둘째 계획"
    )
    text = city.say("최기획", "/status 도로과")[0]
    assert "기한 경과 2건" in text and "시작 전 1건" in text
    assert "점검" not in city.say("최기획", "/overdue 도로과")[0]
    assert "기한 경과 2건" in text and "8일 경과" not in city.say("김하늘", "/my")[0]


def test_why_something_is_late_is_told(city: Chat) -> None:
    city.say("김하늘", f"/delay {city.number('설계 용역')} 7.1 시의회 일정")
    city.clock.forward(days=5)
    assert "사유: 시의회 일정" in city.say("최기획", "/status")[0]


def test_what_waits_outside_is_told_apart(city: Chat) -> None:
    city.say("김하늘", f"/delay {city.number('설계 용역')} 7.20 예산 추경 지연")
    city.tap("김하늘", "예산")
    text = city.say("최기획", "/status")[0]
    assert "외부 사유로 기다리는 일정" in text and "새로 경과한" not in text


def test_buttons_lead_from_the_city_to_a_person(city: Chat) -> None:
    city.say("최기획", "/status")
    assert {"도시국", "환경국", "걷기", "안전"} <= set(city.keyboard("최기획"))
    bureau = city.keyboard("최기획")["도시국"]
    city.press("최기획", bureau)
    board = city.owed(city.people["최기획"])[-1].payload["keyboard"]
    labels = {one["text"]: one["data"] for row in board for one in row}
    assert {"도로과", "공원과", "⬆ 전체"} <= set(labels)
    city.press("최기획", labels["도로과"])
    board = city.owed(city.people["최기획"])[-1].payload["keyboard"]
    assert {"김하늘", "조부담"} <= {one["text"] for row in board for one in row}


def test_of_more_departments_than_buttons_the_late_ones_are_offered(tmp_path: Path) -> None:
    plan = [
        task(
            f"과제 {at}",
            f"부서{at:02}",
            ["김하늘"],
            entry("할 일", date(2026, 6, 29) if at == 19 else date(2026, 9, 1)),
        )
        for at in range(20)
    ]
    office = Chat(tmp_path, now=TUESDAY - timedelta(days=5))
    office.register(*plan)
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=5)
    text = office.say("최기획", "/status")[0]
    named = list(office.keyboard("최기획"))
    assert "부서19" in named and "부서18" not in named
    assert "“/status 이름”" in text
    assert "[추진상황] 부서18" in office.say("최기획", "/status 부서18")[0]


def test_where_nothing_was_due_yet_nothing_is_divided(city: Chat) -> None:
    assert "이행률" not in city.say("최기획", "/status 공원과")[0]
    assert "오늘까지 기한이 온 일정이 없습니다." in city.say("최기획", "/status 공원과")[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/status 도시국", "과제 3개 · 일정 3건"),
        ("/status 도로과", "과제 2개 · 일정 2건"),
        ("/status 김하늘", "과제 1개 · 일정 1건"),
        ("/status 걷기", "과제 2개 · 일정 2건"),
        ("/status 실행계획", "과제 4개 · 일정 4건"),
        ("현황 도로과", "[추진상황] 도로과"),
    ],
)
def test_a_scope_is_named(city: Chat, text: str, word: str) -> None:
    assert word in city.say("최기획", text)[0]


def test_an_unknown_name_and_one_beyond_the_reach_read_the_same(city: Chat) -> None:
    assert "가운데 없습니다" in city.say("최기획", "/status 없는과")[0]
    assert "가운데 없습니다" in city.say("이팀장", "/status 환경과")[0]


def test_a_forged_button_shows_nothing_beyond_the_reach(city: Chat) -> None:
    with city.store.read() as session:
        other = session.scalars(select(Department.id).where(Department.name == "환경과")).one()
    assert "범위가 아닙니다" in city.press("이팀장", f"v1|stdept|{other}|1")[0]


def test_last_week_is_counted_from_what_happened(city: Chat) -> None:
    city.say("김하늘", f"/done {city.number('설계 용역')} 6.29")
    assert (
        "지난 7일: 완료 등록 1건(그사이 마친 것 1건) · 새로 경과 0건 · 연기 0건"
        in city.say("최기획", "/status")[0]
    )
    city.clock.forward(days=7)
    assert "지난 7일: 완료 등록 0건(그사이 마친 것 0건) · 새로 경과 1건" in city.say("최기획", "/status")[0]


def test_what_was_done_before_and_registered_now_counts_by_both_days(city: Chat) -> None:
    city.clock.forward(days=20)
    city.say("김하늘", f"/done {city.number('설계 용역')} 6.29")
    assert "지난 7일: 완료 등록 1건(그사이 마친 것 0건)" in city.say("최기획", "/status")[0]


def test_the_rate_leaves_out_what_is_held_and_says_so(city: Chat) -> None:
    city.clock.forward(days=5)
    before = city.say("최기획", "/status")[0]
    assert "오늘까지 기한 2" in before and "뺀 것" not in before
    city.say("최기획", f"/hold {city.number('발주')} 9.30 부지 변경")
    after = city.say("최기획", "/status")[0]
    assert "오늘까지 기한 1" in after and "뺀 것: 보류 1건" in after


def test_the_picture_comes_as_a_file_of_what_the_reader_sees(city: Chat) -> None:
    city.say("이팀장", "/status")
    assert "[추진상황] 도로과 · 기준 2026. 6. 30.(화)" in city.tap("이팀장", "그림")[0]
    with city.store.read() as session:
        owed = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
        message = DigestRenderer(city.office)(session, owed, city.clock.now())
    assert message is not None and message.document is not None
    assert message.document[0] == "추진상황.png" and message.document[1].startswith(b"\x89PNG")


def test_the_years_table_comes_as_a_file_of_what_the_reader_sees(city: Chat) -> None:
    city.say("이팀장", "/status")
    assert "[연간 일정표] 2026년 도로과" in city.tap("이팀장", "연간 일정표")[0]
    with city.store.read() as session:
        owed = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
        message = DigestRenderer(city.office)(session, owed, city.clock.now())
    assert message is not None and message.document is not None
    name, content = message.document
    rows = list(openpyxl.load_workbook(io.BytesIO(content))["자료"].iter_rows(min_row=2, values_only=True))
    assert name == "2026년 연간 일정표.xlsx"
    assert {row[0] for row in rows} == {"도로과"} and len(rows) == 2


def test_who_is_no_manager_any_more_does_not_get_the_file_that_was_asked_for(city: Chat) -> None:
    city.say("이팀장", "/status")
    city.tap("이팀장", "그림")
    with city.store.write() as session:
        session.execute(update(Role).values(until_on=date(2026, 6, 29)))
    assert [message.document for _, message in city.send_messages() if message.document] == []


def settle(city: Chat, quarter: int, done: set[str]) -> None:
    """A quarter is frozen in which the tasks of those titles are done."""
    with city.store.write() as session:
        made = Round(
            year=2026,
            quarter=quarter,
            origin=RoundOrigin.PLAYED,
            state=RoundState.FROZEN,
            as_of_on=date(2026, 3, 31),
            opened_at=city.clock.now(),
        )
        session.add(made)
        session.flush()
        for place, task_ in enumerate(session.scalars(select(Task).order_by(Task.id))):
            status = PledgeStatus.COMPLETED if task_.title in done else PledgeStatus.ON_TRACK
            session.add(
                SnapshotRow(
                    round_id=made.id, task_id=task_.id, position=place, title=task_.title, status=status
                )
            )


def test_a_bureau_and_a_department_read_their_own_pledges_first(city: Chat) -> None:
    settle(city, 1, {"가로수 심기"})
    settle(city, 2, {"가로수 심기", "대기 측정"})
    whole = city.say("최기획", "/status")[0]
    assert "■ 공약</b> 2026년 2분기 확정" in whole and "50.0%(2/4)" in whole
    assert "25.0 → " in whole and "가까운 사업: " in whole
    assert whole.index("공약") < whole.index("■ 일정")
    assert "33.3%(1/3)" in city.say("최기획", "/status 도시국")[0]
    assert "0.0%(0/2)" in city.say("최기획", "/status 도로과")[0]
