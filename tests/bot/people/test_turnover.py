"""Desks that go round: who gives and takes on one day, hand-overs beside each other, and what cancelling takes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.documents.upload import Attachment
from jobs.people import handover
from plans.sheet.handover import read_list
from store import milestones, teams
from store.models import Assignment, AuditEntry, Milestone, Officer, Role, TeamMember
from store.states import LinkState, RoleName
from tests.bot.chat import Chat, entry, task

DAY = date(2026, 7, 6)
TODAY = date(2026, 6, 30)
HEAD = "전임자\t전임 부서\t후임자\t후임 부서\t기준일"
SEPTEMBER = date(2026, 9, 30)


@pytest.fixture
def chat(tmp_path: Path, store_url: str) -> Iterator[Chat]:
    """김하늘 has two tasks, one of them with 이바다 as his deputy."""
    made = Chat(
        tmp_path,
        task("축제", "관광과", ["김하늘", "이바다"], entry("무대 설치", date(2026, 7, 7))),
        task("공원", "관광과", ["김하늘"], entry("수목 정비", SEPTEMBER)),
        task("관광길", "관광과", ["이바다"], entry("길 안내", SEPTEMBER)),
        task("청사", "총무과", ["박구름"], entry("청사 점검", SEPTEMBER)),
        store_url=store_url,
    )
    made.join("기획", RoleName.PLANNER)
    for name in ("김하늘", "이바다", "박구름"):
        made.join(name)
    made.join("관광팀장", RoleName.LEAD, "관광과")
    yield made
    made.store.close()


def of(chat: Chat, title: str, day: date = DAY) -> list[str]:
    """Who answers for it on the day, the accountable one first."""
    with chat.store.read() as session:
        found = session.scalars(select(Milestone).where(Milestone.title == title)).one()
        return [one.officer.name for one in milestones.assignees(found, day)]


def send_list(chat: Chat, *pairs: str) -> tuple[str, str]:
    """The card and the answer to [모두 확정]; a pair is "giver taker" or "giver taker day"."""
    rows = []
    for pair in pairs:
        giver, taker, *day = pair.split()
        rows.append(f"{giver}\t\t{taker}\t\t2026. 7. {day[0] if day else 6}.")
    found = read_list("\n".join([HEAD, *rows]))
    card = chat.send_document("기획", Attachment("인사이동.xlsx", handovers=found))[0]
    return card, chat.tap("기획", "모두 확정")[0]


def hand_over(chat: Chat, words: str, by: str = "기획") -> str:
    """Confirmed; gives the card."""
    card = chat.say(by, f"/handover {words}")[0]
    chat.tap(by, "인계 확정")
    return card


def come(chat: Chat, days: int) -> None:
    chat.clock.forward(days=days)
    with chat.store.write() as session:
        handover.take_effect(session, chat.clock.now(), chat.rules.calendar.local_date(chat.clock.now()))


@pytest.mark.open_door("kind G")
@pytest.mark.parametrize("pairs", [("김하늘 이바다", "이바다 김하늘"), ("이바다 김하늘", "김하늘 이바다")])
def test_two_who_change_places_have_each_others_desk(chat: Chat, pairs: tuple[str, str]) -> None:
    card, answer = send_list(chat, *pairs)
    assert "인계 2건 · 과제 4건" in card and "인계 2건, 과제 4건" in answer
    assert of(chat, "무대 설치") == ["이바다", "김하늘"]
    assert of(chat, "수목 정비") == ["이바다"] and of(chat, "길 안내") == ["김하늘"]
    come(chat, 6)
    assert [chat.link_state(one) for one in ("김하늘", "이바다")] == [LinkState.ACTIVE] * 2


@pytest.mark.open_door("kind G")
@pytest.mark.parametrize("pairs", [("김하늘 이바다", "이바다 박구름"), ("이바다 박구름", "김하늘 이바다")])
def test_of_three_in_a_row_each_has_one_desk(chat: Chat, pairs: tuple[str, str]) -> None:
    send_list(chat, *pairs)
    assert of(chat, "수목 정비") == ["이바다"] and of(chat, "길 안내") == ["박구름"]
    come(chat, 6)
    states = [chat.link_state(one) for one in ("김하늘", "이바다", "박구름")]
    assert states == [None, LinkState.ACTIVE, LinkState.ACTIVE]


def test_a_row_of_a_later_day_gives_the_desk_of_now(chat: Chat) -> None:
    send_list(chat, "김하늘 이바다 6", "이바다 박구름 10")
    assert of(chat, "수목 정비", date(2026, 7, 10)) == ["이바다"]
    come(chat, 10)
    assert chat.link_state("이바다") == LinkState.ACTIVE


@pytest.mark.open_door("kind G")
def test_who_moves_to_another_desk_is_told_so_and_loses_the_roles_of_the_old_one(chat: Chat) -> None:
    with chat.store.write() as session:
        lead = RoleName.LEAD
        session.add(Role(officer_id=chat.officer("이바다").id, role=lead, from_on=date(2026, 1, 1)))
    card, answer = send_list(chat, "김하늘 이바다", "이바다 박구름")
    assert "연결이 이어집니다: 이바다" in card and "역할만 끝납니다: 이바다" in answer
    told = [one.payload["text"] for one in chat.owed(chat.people["이바다"])][-1]
    assert "이 대화방은 그대로" in told and "연결은 끝납니다" not in told
    come(chat, 6)
    with chat.store.read() as session:
        assert session.scalars(select(Role.until_on).where(Role.role == RoleName.LEAD)).all() == [
            None,
            date(2026, 7, 5),
        ]
        assert session.scalars(select(AuditEntry.action).where(AuditEntry.action == "moved")).all() == [
            "moved"
        ]


def test_who_moves_to_another_desk_leaves_the_team_of_the_old_one(chat: Chat) -> None:
    with chat.store.write() as session:
        officer = session.get_one(Officer, chat.officer("이바다").id)
        assert officer.department is not None
        officer.membership = TeamMember(team=teams.ensure(session, officer.department, "축제팀"))
    send_list(chat, "김하늘 이바다", "이바다 박구름")
    come(chat, 6)
    with chat.store.read() as session:
        assert session.scalars(select(TeamMember)).all() == []


@pytest.mark.open_door("kind G")
def test_two_hand_overs_of_one_day_in_chat_exchange_the_desks(chat: Chat) -> None:
    hand_over(chat, "김하늘 이바다 7.6")
    assert "대화방 연결이 이어지며" in hand_over(chat, "이바다 김하늘 7.6")
    assert of(chat, "수목 정비") == ["이바다"] and of(chat, "길 안내") == ["김하늘"]
    come(chat, 6)
    assert [chat.link_state(one) for one in ("김하늘", "이바다")] == [LinkState.ACTIVE] * 2


def test_a_desk_taken_over_earlier_is_given_on_like_any_other(chat: Chat) -> None:
    hand_over(chat, "김하늘 이바다 7.6")
    come(chat, 8)
    assert "연결과 역할은 끝납니다" in hand_over(chat, "이바다 박구름 7.10")
    assert of(chat, "수목 정비", date(2026, 7, 10)) == ["박구름"]
    come(chat, 2)
    assert chat.link_state("이바다") is None


@pytest.mark.open_door("kind G")
def test_cancelling_takes_back_its_own_tasks_and_leaves_anothers(chat: Chat) -> None:
    hand_over(chat, f"{chat.number('수목 정비')} 박구름 7.6")
    hand_over(chat, "김하늘 이바다 7.6")
    assert "과제 1건을 인계 전으로" in chat.tap("기획", "인계 취소")[0]
    assert of(chat, "수목 정비") == ["박구름"] and of(chat, "무대 설치") == ["김하늘", "이바다"]


@pytest.mark.open_door("kind G")
def test_two_hand_overs_to_nobody_yet_are_told_apart(chat: Chat) -> None:
    hand_over(chat, f"{chat.number('수목 정비')} 없음 7.6")
    hand_over(chat, "김하늘 없음 7.6")
    chat.tap("기획", "인계 취소")
    assert of(chat, "수목 정비") == [] and of(chat, "무대 설치") == ["김하늘", "이바다"]


def test_cancelling_gives_the_taker_his_own_share_back(chat: Chat) -> None:
    hand_over(chat, f"{chat.number('무대 설치')} 이바다 7.6")
    assert of(chat, "무대 설치") == ["이바다"]
    chat.tap("기획", "인계 취소")
    assert of(chat, "무대 설치") == ["김하늘", "이바다"]


def test_a_hand_over_of_an_earlier_day_comes_before_a_planned_one(chat: Chat) -> None:
    number = chat.number("수목 정비")
    hand_over(chat, f"{number} 이바다 7.20", by="관광팀장")
    hand_over(chat, f"{number} 박구름 7.6")
    assert of(chat, "수목 정비", date(2026, 7, 20)) == ["박구름"]
    chat.tap("기획", "인계 취소")
    assert of(chat, "수목 정비") == ["김하늘"] and of(chat, "수목 정비", date(2026, 7, 20)) == ["이바다"]


def test_what_was_cancelled_meanwhile_does_not_come_back_with_another(chat: Chat) -> None:
    number = chat.number("수목 정비")
    hand_over(chat, f"{number} 이바다 7.20", by="관광팀장")
    first = chat.keyboard("관광팀장")
    hand_over(chat, f"{number} 박구름 7.6")
    assert f"그대로 두었습니다: #{task_number(chat, '공원')}" in chat.press("관광팀장", first["인계 취소"])[0]
    chat.tap("기획", "인계 취소")
    assert of(chat, "수목 정비", date(2026, 7, 20)) == ["김하늘"]


def task_number(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        found = session.execute(text("select id from task where title = :title"), {"title": title})
        return int(found.scalar_one())


def test_one_confirmed_by_an_earlier_version_is_taken_back_by_its_people_and_day(chat: Chat) -> None:
    if not chat.store.is_sqlite:
        pytest.skip("the log is made an old one with SQLite's own words")
    hand_over(chat, f"{chat.number('수목 정비')} 박구름 7.6")
    hand_over(chat, "김하늘 이바다 7.6")
    with chat.store.write() as session:  # as it was written before the numbers stood in it
        session.execute(text("drop trigger if exists audit_entry_no_update"))
        plain = "json_remove(after, '$.handover', '$.until_on')"
        session.execute(text(f"update audit_entry set after = {plain} where action = 'handed-over'"))
    chat.tap("기획", "인계 취소")
    assert of(chat, "수목 정비") == ["박구름"] and of(chat, "무대 설치")[0] == "김하늘"


@pytest.mark.open_door("kind G")
def test_who_is_assigned_today_keeps_the_task_on_the_day_of_a_planned_hand_over(chat: Chat) -> None:
    number = chat.number("수목 정비")
    hand_over(chat, f"{number} 이바다 7.6", by="관광팀장")
    planned = chat.keyboard("관광팀장")
    assert (
        "7. 6.(월)부터 이바다 주무관님께 인계하기로 한 예정은"
        in chat.say("기획", f"/assign {number} 박구름")[0]
    )
    assert "박구름" in [one.payload["text"] for one in chat.owed(chat.people["이바다"])][-1]
    assert of(chat, "수목 정비", TODAY) == of(chat, "수목 정비") == ["박구름"]
    assert "그대로 두었습니다" in chat.press("관광팀장", planned["인계 취소"])[0]
    assert of(chat, "수목 정비") == ["박구름"]


def test_a_deputy_of_today_leaves_a_planned_hand_over_alone(chat: Chat) -> None:
    number = chat.number("수목 정비")
    hand_over(chat, f"{number} 이바다 7.6")
    assert "예정은" not in chat.say("기획", f"/assign {number} 박구름 부담당")[0]
    assert of(chat, "수목 정비") == ["이바다", "박구름"]


def test_what_will_never_begin_is_nobodys_to_give(chat: Chat) -> None:
    number = chat.number("수목 정비")
    hand_over(chat, f"{number} 이바다 7.6")
    chat.say("기획", f"/assign {number} 박구름")
    hand_over(chat, "이바다 김하늘 7.3")
    assert of(chat, "수목 정비") == ["박구름"]
    with chat.store.read() as session:
        lasting = session.scalars(select(Assignment).where(Assignment.until_on.is_(None))).all()
        assert len({(one.task_id, one.officer_id) for one in lasting}) == len(lasting) == 4
