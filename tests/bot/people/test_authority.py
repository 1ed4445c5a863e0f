"""Who may dispose of people, who decides, who lets new people in: what was tried as an attacker would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.rounds import report
from jobs.authority.permissions import TABLE, Action, Scope
from jobs.people import handover
from jobs.settings import ApprovalSettings
from store import officers
from store.models import Absence, AuditEntry, DelayRequest, Handover, Invite, Officer, Role
from store.states import DelayState, DeliveryKind, HandoverState, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

BY_LEAD = ApprovalSettings(auto_days=0, lead_days=30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """도로과: the officers 김하늘 and 이구름, the lead 이팀장, the head 한부장; 환경과: 박바다; the planner 최기획."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 10))),
        task("가로등", "도로과", ["이구름"], entry("교체 공사", date(2026, 7, 20))),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 7, 10))),
        task("도로 계획", "도로과", ["한부장"], entry("용역 발주", date(2026, 7, 30))),
        task("예산 관리", "도로과", ["최기획"], entry("예산 편성", date(2026, 7, 30))),
        approval=BY_LEAD,
    )
    chat.join("최기획", RoleName.PLANNER)
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("한부장", RoleName.HEAD)
    chat.join("김하늘")
    yield chat
    chat.store.close()


def roles_of(chat: Chat, name: str) -> set[str]:
    with chat.store.read() as session:
        today = chat.rules.calendar.local_date(chat.clock.now())
        return {one.role.value for one in officers.roles(session, chat.officer(name).id, today)}


def end_roles(chat: Chat, name: str) -> None:
    with chat.store.write() as session:
        found = session.scalars(select(Role).where(Role.officer_id == chat.officer(name).id))
        for one in found:
            one.until_on = one.from_on - timedelta(days=1)


def told(chat: Chat, name: str) -> str:
    """Every event message that the person's chat was owed."""
    found = [one for one in chat.owed(chat.people[name]) if one.kind is DeliveryKind.EVENT]
    return "\n".join(one.payload.get("text", "") for one in found)


def logged(chat: Chat, action: str) -> list[AuditEntry]:
    with chat.store.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def request_of(chat: Chat) -> DelayRequest:
    with chat.store.read() as session:
        return session.scalars(select(DelayRequest).order_by(DelayRequest.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.open_door("A1")
@pytest.mark.parametrize("victim", ["한부장", "최기획", "김하늘"])
def test_a_lead_moves_tasks_and_throws_nobody_out(office: Chat, victim: str) -> None:
    assert "등록과 역할은 그대로" in office.say("이팀장", f"/handover {victim} 이구름")[0]
    before = roles_of(office, victim)
    office.tap("이팀장", "인계 확정")
    assert office.link_state(victim) == "active" and roles_of(office, victim) == before
    assert "이팀장 님이" in told(office, "최기획")
    assert "인계됩니다" in told(office, victim)


@pytest.mark.open_door("A1")
def test_the_planning_office_lets_people_leave_and_it_is_logged_and_told(office: Chat) -> None:
    assert "연결과 역할은 끝납니다" in office.say("최기획", "/handover 한부장 이구름")[0]
    office.tap("최기획", "인계 확정")
    assert office.link_state("한부장") is None and roles_of(office, "한부장") == set()
    assert "연결은 끝납니다" in told(office, "한부장")
    assert [one.actor for one in logged(office, "left")] == ["최기획"]


@pytest.mark.open_door("A1")
def test_a_planner_is_not_thrown_out_by_another_and_the_last_one_stays(office: Chat) -> None:
    office.join("정기획", RoleName.PLANNER)
    assert "그대로입니다" in office.say("정기획", "/handover 최기획 이구름")[0]
    office.tap("정기획", "인계 확정")
    assert roles_of(office, "최기획") == {"planner"}
    with office.store.write() as session:
        end = session.scalars(select(Role).where(Role.officer_id == office.officer("정기획").id)).one()
        end.until_on = end.from_on - timedelta(days=1)
        row = Handover(
            from_officer_id=office.officer("최기획").id, from_on=date(2026, 6, 30), leaves=True,
            state=HandoverState.SCHEDULED, created_at=office.clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        handover.take_effect(session, office.clock.now(), date(2026, 6, 30))
    assert roles_of(office, "최기획") == {"planner"} and len(logged(office, "stays")) == 1


@pytest.mark.open_door("A1")
@pytest.mark.parametrize(("by", "whose"), [("이팀장", "한부장"), ("이팀장", "최기획"), ("한부장", "최기획")])
def test_nobody_registers_the_absence_of_somebody_higher(office: Chat, by: str, whose: str) -> None:
    assert "높은" in office.say(by, f"/away {whose} 7.1-7.9 @이구름")[0]
    with office.store.read() as session:
        assert session.scalars(select(Absence)).all() == []


def test_the_absence_of_an_officer_by_the_lead_is_told_to_both(office: Chat) -> None:
    office.say("이팀장", "/away 김하늘 7.1-7.9 @이구름")
    assert "이팀장 님이 김하늘 주무관님의 부재" in told(office, "김하늘")
    assert "이팀장 님이 김하늘 주무관님의 부재" in told(office, "최기획")


@pytest.mark.open_door("A2")
@pytest.mark.parametrize("victim", ["최기획", "한부장", "김하늘", "박바다"])
def test_a_lead_makes_no_link_for_whom_a_link_would_be_a_key(office: Chat, victim: str) -> None:
    office.press("이팀장", f"v1|invlink|{office.officer(victim).id}|0")
    with office.store.read() as session:
        made = session.scalars(select(Invite).where(Invite.used_at.is_(None))).all()
        assert made == []


@pytest.mark.open_door("A2")
def test_a_link_for_somebody_plain_is_made_by_name_and_the_office_hears_of_it(office: Chat) -> None:
    answer = office.press("이팀장", f"v1|invlink|{office.officer('이구름').id}|0")[0]
    assert "/start " in answer
    assert [one.actor for one in logged(office, "invited")] == ["이팀장"]
    assert "이팀장 님이 도로과 이구름 주무관님의 등록 링크" in told(office, "최기획")


@pytest.mark.open_door("A2")
def test_a_link_whose_maker_may_not_make_it_any_more_opens_nothing(office: Chat) -> None:
    answer = office.press("이팀장", f"v1|invlink|{office.officer('이구름').id}|0")[0]
    code = answer.split("/start ")[1].split()[0]
    end_roles(office, "이팀장")
    office.say("이구름", f"/start {code}")
    assert office.link_state("이구름") is None


@pytest.mark.open_door("A2")
def test_relinking_is_told_in_the_old_chat_and_to_the_planning_office(office: Chat) -> None:
    office.press("최기획", f"v1|invlink|{office.officer('김하늘').id}|0")
    assert "최기획 주무관님이" in told(office, "김하늘")
    answer = [one for one in office.owed(office.people["최기획"]) if one.kind is DeliveryKind.REPLY][-1]
    code = answer.payload["text"].split("/start ")[1].split()[0]
    old = office.people["김하늘"]
    office.say("새 전화", f"/start {code}")
    last = [one.payload["text"] for one in office.owed(old)][-1]
    assert "다른 계정으로 새로 등록되어" in last
    assert "김하늘 주무관님이 다른 계정으로" in told(office, "최기획")


@pytest.mark.open_door("A3")
def test_a_proposal_cannot_be_confirmed_without_the_role_by_which_it_was_made(office: Chat) -> None:
    office.say("이팀장", "/handover 김하늘 이구름")
    data = office.keyboard("이팀장")["✅ 인계 확정"]
    end_roles(office, "이팀장")
    assert "권한이 없습니다" in office.press("이팀장", data)[0]
    assert logged(office, "handed-over") == []


@pytest.mark.open_door("A3")
def test_a_proposal_expires(office: Chat) -> None:
    office.say("이팀장", "/handover 김하늘 이구름 7.6")
    data = office.keyboard("이팀장")["✅ 인계 확정"]
    office.clock.forward(days=1, minutes=1)
    assert "하루가 지나" in office.press("이팀장", data)[0]
    assert logged(office, "handed-over") == []


@pytest.mark.open_door("A4")
@pytest.mark.parametrize(
    "command", ["/assign {} 도로과 홍두깨", "/handover 김하늘 도로과 홍두깨", "/handover {} 도로과 홍두깨"]
)
def test_a_person_who_does_not_exist_is_not_made_by_a_lead(office: Chat, command: str) -> None:
    written = command.format(office.number("설계 용역"))
    assert "기획실에 요청을 전해" in office.say("이팀장", written)[0]
    with office.store.read() as session:
        assert session.scalars(select(Officer).where(Officer.name == "홍두깨")).all() == []
    assert written in told(office, "최기획")


@pytest.mark.open_door("A4")
def test_the_planning_office_adds_people_by_name_in_the_log(office: Chat) -> None:
    office.say("최기획", f"/assign {office.number('설계 용역')} 도로과 남궁 민수")
    [added] = logged(office, "officer-added")
    assert (added.actor, added.after["name"]) == ("최기획", "남궁 민수")


@pytest.mark.open_door("A4")
def test_who_made_the_requesters_link_does_not_decide(office: Chat) -> None:
    answer = office.press("이팀장", f"v1|invlink|{office.officer('이구름').id}|0")[0]
    office.say("이구름", answer[answer.index("/start ") :].split("\n")[0])
    office.say("이구름", f"/delay {office.number('교체 공사')} 7.30 의회 일정")
    assert "승인 요청" in told(office, "한부장")
    assert "승인 요청" not in told(office, "이팀장")
    office.say("이팀장", f"/approve {office.number('교체 공사')}")
    assert request_of(office).state is DelayState.PENDING
    office.say("한부장", f"/approve {office.number('교체 공사')}")
    assert request_of(office).state is DelayState.APPLIED


@pytest.mark.open_door("A4")
def test_who_gave_the_task_away_since_the_request_does_not_decide(office: Chat) -> None:
    office.say("김하늘", f"/delay {office.number('설계 용역')} 7.30 의회 일정")
    office.say("이팀장", f"/assign {office.number('설계 용역')} 이구름")
    office.say("이팀장", f"/approve {office.number('설계 용역')}")
    assert request_of(office).state is DelayState.PENDING


@pytest.mark.open_door("A5", "kind H")
def test_a_lead_who_was_named_as_substitute_still_decides(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/delay {number} 7.30 의회 일정")
    assert "수락하셔야" in office.say("김하늘", "/away 6.30-12.31 @이팀장")[0]
    assert "조회만" in office.say("이팀장", f"/done {number}")[0]  # nobody stands in without a word
    with office.store.read() as session:
        absence = session.scalars(select(Absence.id)).one()
    office.press("이팀장", f"v1|awayok|{absence}|0")
    assert "승인" in office.say("이팀장", f"/approve {number}")[0]
    assert request_of(office).state is DelayState.APPLIED
    assert "완료" in office.say("이팀장", f"/done {number}")[0]


@pytest.mark.open_door("A5")
def test_only_who_was_asked_stands_in_and_may_decline(office: Chat) -> None:
    office.say("김하늘", "/away 6.30-7.9 @이팀장")
    with office.store.read() as session:
        number = session.scalars(select(Absence.id)).one()
    office.press("한부장", f"v1|awayok|{number}|0")
    office.press("이팀장", f"v1|awayno|{number}|0")
    assert "맡지 않기로" in told(office, "김하늘")
    with office.store.read() as session:
        assert session.scalars(select(Absence.substitute_id)).one() is None


@pytest.mark.open_door("A5", "kind H")
def test_while_the_lead_is_away_the_next_one_up_is_asked_and_nothing_hangs(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/delay {number} 7.30 의회 일정")
    office.say("이팀장", "/away 6.30-7.9")
    assert "승인 요청" in told(office, "한부장")
    office.say("김하늘", f"/delay {number} 7.29 의회 일정")
    answers = [one.payload["text"] for one in office.owed(office.people["김하늘"])]
    assert any("이팀장 님이 부재 중이어서 부서장 한부장 님께" in one for one in answers)
    office.say("이팀장", f"/approve {number}")  # who is away and yet there decides as ever
    assert request_of(office).state is DelayState.APPLIED


@pytest.mark.open_door("kind H")
def test_where_everybody_is_away_the_first_of_them_is_asked(office: Chat) -> None:
    for name in ("이팀장", "한부장", "최기획"):
        office.say(name, "/away 6.30-7.9")
    office.say("김하늘", f"/delay {office.number('설계 용역')} 7.30 의회 일정")
    assert "승인 요청" in told(office, "이팀장")


@pytest.mark.open_door("kind H")
def test_two_who_stand_in_for_each_other_are_told(office: Chat) -> None:
    office.join("이구름")
    office.say("김하늘", "/away 7.1-7.9 @이구름")
    assert "그 기간에 부재여서" in office.say("이구름", "/away 7.3-7.5 @김하늘")[0]


@pytest.mark.open_door("A6")
def test_an_old_pack_shows_only_what_may_be_seen_today(office: Chat) -> None:
    office.join("박바다")
    office.join("이구름")
    office.say("최기획", "/handover 김하늘 박바다")
    office.tap("최기획", "인계 확정")
    with office.store.read() as session:
        number = session.scalars(select(Handover.id)).one()
    office.say("최기획", f"/assign {office.number('설계 용역')} 이구름")
    assert "설계 용역" not in office.press("박바다", f"v1|packopen|{number}|0")[0]


@pytest.mark.open_door("A7")
def test_the_former_officer_withdraws_nothing_after_the_task_went_on(office: Chat) -> None:
    office.join("이구름")
    office.say("김하늘", f"/delay {office.number('설계 용역')} 7.30 의회 일정")
    asked = logged(office, "delay-requested")[0].id
    office.say("최기획", f"/assign {office.number('설계 용역')} 박바다")
    office.press("김하늘", f"v1|undo|{asked}|0")
    office.say("김하늘", "/undo")
    assert request_of(office).state is DelayState.PENDING


@pytest.mark.open_door("A7")
def test_the_former_officers_daily_message_shows_nothing_new(tmp_path: Path) -> None:
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 30))),
        task("가로등", "도로과", ["김하늘", "이구름"], entry("교체 공사", date(2026, 6, 30))),
    )
    chat.clock.forward(minutes=-10)
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    chat.join("이구름")
    chat.clock.forward(minutes=10)
    chat.scan()
    chat.send_all()
    chat.say("최기획", f"/assign {chat.number('설계 용역')} 이구름")
    chat.send_all()
    chat.say("이구름", f"/done {chat.number('설계 용역')}")
    assert not [one for one in chat.send_all() if one[0] == chat.people["김하늘"]]
    chat.say("이구름", f"/done {chat.number('교체 공사')}")
    [(_, edited)] = [one for one in chat.send_all() if one[0] == chat.people["김하늘"]]
    assert "교체 공사" in edited and "설계 용역" not in edited
    assert chat.milestone("설계 용역").state is MilestoneState.DONE
    chat.store.close()


@pytest.mark.open_door("A8")
def test_reports_are_an_action_of_their_own_in_the_table(office: Chat) -> None:
    assert report.COMMAND.action is Action.REPORT
    assert TABLE[Action.REPORT][RoleName.LEAD] is Scope.ALL
    assert "관리자만" in office.say("김하늘", "/report")[0]


LEAD_IS = (
    "there",
    "nobody",
    "unlinked",
    "away",
    "the officer",
    "who asks",
    "substitute",
    "maker of the link",
)
HEAD_IS = ("there", "nobody", "away")


def _situation(folder: Path, lead: str, head: str) -> Chat:
    """김하늘 asks for a delay that the lead decides; lead and head are as named."""
    people = ["김하늘", "이팀장"] if lead == "the officer" else ["김하늘"]
    chat = Chat(folder, task("사업", "도로과", people, entry("설계", date(2026, 7, 10))), approval=BY_LEAD)
    chat.join("최기획", RoleName.PLANNER)
    if head != "nobody":
        chat.join("한부장", RoleName.HEAD, "도로과")
    if lead not in {"nobody", "unlinked"}:
        chat.join("이팀장", RoleName.LEAD, "도로과")
    if lead == "unlinked":
        chat.code("이팀장", RoleName.LEAD, "도로과")
    if lead == "maker of the link":
        answer = chat.press("이팀장", f"v1|invlink|{chat.officer('김하늘').id}|0")[0]
        chat.say("김하늘", answer[answer.index("/start ") :].split("\n")[0])
    else:
        chat.join("김하늘")
    for name, how in (("이팀장", lead), ("한부장", head)):
        if how == "away":
            chat.say(name, "/away 6.30-7.9")
    if lead == "substitute":
        chat.say("김하늘", "/away 6.30-7.9 @이팀장")
        chat.tap("이팀장", "대직 맡기")
    return chat


@pytest.mark.open_door("A5", "kind H")
@pytest.mark.parametrize("lead", LEAD_IS)
def test_whoever_gets_the_card_may_press_it_and_somebody_always_does(tmp_path: Path, lead: str) -> None:
    for head in HEAD_IS:
        folder = tmp_path / head
        folder.mkdir()
        chat = _situation(folder, lead, head)
        number = chat.number("설계")
        if lead == "who asks":
            chat.say("최기획", f"/assign {number} 이팀장 부담당")
        chat.say("이팀장" if lead == "who asks" else "김하늘", f"/delay {number} 7.30 의회 일정")
        by_chat = {chat.people[one]: one for one in chat.people}
        asked = [by_chat[one.chat_id] for one in chat.owed() if one.event == "approval-request"]
        assert asked, (lead, head)
        assert len(set(asked)) == 1, (lead, head, asked)
        chat.press(asked[0], f"v1|approve|{number}|{request_of(chat).id}")
        assert request_of(chat).state is DelayState.APPLIED, (lead, head, asked)
        chat.store.close()
