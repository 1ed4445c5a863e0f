"""A department with two teams, played through the chat: who is asked, who decides, what each lead counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.documents.upload import Attachment
from bot.overview import week
from jobs.authority.permissions import Deed
from jobs.people import roster
from jobs.settings import ApprovalSettings
from plans.sheet.roster import read_roster
from store import absences, audit, officers
from store.models import Team
from store.states import DelayState, DeliveryKind, MilestoneState, RoleName
from tests import builders
from tests.bot.chat import Chat, entry, task
from tests.builders import BOT

HEAD = "이름\t직급\t팀\t부서\t국\t역할\n"
LIST = (
    "김하늘\t주무관\t시설팀\t도로과\t\t담당자",
    "박바다\t주무관\t정비팀\t도로과\t\t담당자",
    "이팀장\t팀장\t시설팀\t도로과\t\t팀장",
    "정팀장\t팀장\t정비팀\t도로과\t\t팀장",
    "박과장\t과장\t\t도로과\t\t부서장",
)


def take_over(chat: Chat, *rows: str) -> None:
    with chat.store.write() as session:
        deed = Deed(session, BOT, chat.clock.now(), chat.rules)
        roster.take_over(deed, read_roster(HEAD + "\n".join(rows)).rows)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """도로과: 김하늘 of 시설팀 under 이팀장, 박바다 of 정비팀 under 정팀장, 박과장 heads; 최기획 plans."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 30))),
        task("포장 보수", "도로과", ["박바다"], entry("보수 공사", date(2026, 7, 10))),
        approval=ApprovalSettings(),
    )
    take_over(chat, *LIST)
    for name, role in (("이팀장", RoleName.LEAD), ("정팀장", RoleName.LEAD), ("박과장", RoleName.HEAD)):
        chat.join(name, role, "도로과")
    chat.join("최기획", RoleName.PLANNER)
    for name in ("김하늘", "박바다"):
        chat.join(name)
    yield chat
    chat.store.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Chat]:
    """Parks and Green Spaces with the Trees and Play Team of Kim Haneul and Lee Bada, and the Paths Team; Choi plans."""
    place = "Parks and Green Spaces"
    chat = Chat(
        tmp_path,
        task("Shade on play areas", place, ["Kim Haneul"], entry("Order sails", date(2026, 6, 30))),
        task("Even paths", place, ["Park Sora"], entry("Repave", date(2026, 7, 10))),
    )
    take_over(
        chat,
        f"Kim Haneul\t\tTrees and Play Team\t{place}\t\tofficer",
        f"Lee Bada\t\tTrees and Play Team\t{place}\t\tteam lead",
        f"Park Sora\t\tPaths Team\t{place}\t\tofficer",
    )
    chat.join("Choi", RoleName.PLANNER)
    yield chat
    chat.store.close()


def test_a_list_of_people_that_spells_a_team_otherwise_makes_no_second_one(town: Chat) -> None:
    take_over(town, "Kim Haneul\t\ttrees  and play team\tparks and green spaces\t\tofficer")
    with town.store.read() as session:
        assert [one.name for one in session.scalars(select(Team).order_by(Team.name))] == [
            "Paths Team",
            "Trees and Play Team",
        ]


@pytest.mark.parametrize("words", ["Trees and Play Team", "parks and green spaces trees and play team"])
def test_a_team_of_several_words_has_its_status_and_its_list(town: Chat, words: str) -> None:
    whole = "Parks and Green Spaces Trees and Play Team"
    assert whole in town.say("Choi", f"/status {words}")[0]
    listed = town.say("Choi", f"/assign {words}")[0]
    assert whole in listed and "Shade on play areas" in listed and "Even paths" not in listed


@pytest.mark.parametrize(
    "who",
    [
        "Trees and Play Team Lee Bada",
        "Parks and Green Spaces Trees and Play Team Lee Bada",
        "Lee Bada (trees and play team)",
    ],
)
def test_of_a_team_of_several_words_somebody_is_named(town: Chat, who: str) -> None:
    with town.store.write() as session:
        builders.officer(session, "Lee Bada", "Finance")
    number = town.milestone("Repave").task_id
    town.say("Choi", f"/assign {number} {who}")
    with town.store.read() as session:
        [meant] = officers.find(session, "Lee Bada", "Parks and Green Spaces")
    assert town.milestone("Repave").task.assignments[-1].officer.id == meant.id


def test_a_team_of_several_words_alone_offers_its_people(town: Chat) -> None:
    number = town.milestone("Repave").task_id
    town.say("Choi", f"/assign {number} Trees and Play Team")
    assert len(town.keyboard("Choi")) == 2


def test_a_korean_team_of_two_words_is_the_one_written_as_one(office: Chat) -> None:
    take_over(office, "한누리\t주무관\t보도 관리팀\t도로과\t\t담당자")
    number = office.milestone("보수 공사").task_id
    for words in ("보도 관리팀 한누리", "도로과 보도관리팀 한누리"):
        assert "도로과 한누리 주무관님" in office.say("최기획", f"/assign {number} {words}")[0]


def requests_told(chat: Chat, name: str) -> list[str]:
    owed = chat.owed(chat.people[name])
    return [
        one.payload["text"]
        for one in owed
        if one.kind is DeliveryKind.EVENT and "설계 용역" in one.payload["text"]
    ]


def ask(chat: Chat) -> str:
    return chat.say("김하늘", f"/delay {chat.number('설계 용역')} 7.20 의회 일정")[0]


def test_a_delay_goes_to_the_lead_of_the_own_team_alone(office: Chat) -> None:
    assert "팀장 이팀장 님께 승인을 요청하였습니다" in ask(office)
    assert (len(requests_told(office, "이팀장")), requests_told(office, "정팀장")) == (1, [])


def test_another_teams_lead_sees_it_and_decides_nothing(office: Chat) -> None:
    ask(office)
    number = office.number("설계 용역")
    assert "설계 용역" in office.say("정팀장", f"/task {number}")[0]
    assert "설계 용역" not in office.say("정팀장", "/approve")[0]
    office.say("정팀장", f"/approve {number}")
    assert office.milestone("설계 용역").delays[0].state is DelayState.PENDING
    office.say("이팀장", f"/approve {number}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_who_moves_to_another_team_is_decided_on_there(office: Chat) -> None:
    ask(office)
    take_over(office, "김하늘\t주무관\t정비팀\t도로과\t\t담당자")
    number = office.number("설계 용역")
    office.say("이팀장", f"/approve {number}")
    assert office.milestone("설계 용역").delays[0].state is DelayState.PENDING
    office.say("정팀장", f"/approve {number}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)
    with office.store.read() as session:
        entry = audit.newest(session, f"officer:{office.officer('김하늘').id}", "team")
        assert entry is not None
        assert (entry.before["team"], entry.after["team"]) == ("시설팀", "정비팀")


def test_where_the_team_has_no_lead_the_head_decides(office: Chat) -> None:
    take_over(office, "김하늘\t주무관\t보도팀\t도로과\t\t담당자")
    assert "부서장 박과장 님께 승인을 요청하였습니다" in ask(office)


def test_a_leads_status_is_of_the_team_and_the_department_stays_open(office: Chat) -> None:
    own = office.say("이팀장", "/status")[0]
    assert "도로과 시설팀" in own
    assert "과제 1개" in own
    assert "과제 2개" in office.say("이팀장", "/status 도로과")[0]
    assert "도로과 정비팀" in office.say("이팀장", "/status 정비팀")[0]


def test_status_answers_by_the_teams_name_with_its_department_or_without(office: Chat) -> None:
    for words in ("시설팀", "도로과 시설팀"):
        assert "도로과 시설팀" in office.say("최기획", f"/status {words}")[0]


def test_from_the_department_a_button_leads_to_its_teams(office: Chat) -> None:
    office.say("박과장", "/status 도로과")
    assert {"도로과 시설팀", "도로과 정비팀"} <= set(office.keyboard("박과장"))
    office.tap("박과장", "도로과 정비팀")
    turned = office.owed(office.people["박과장"])[-1]
    assert turned.kind is DeliveryKind.EDIT
    assert "[추진상황] 도로과 정비팀" in turned.payload["text"]


def test_a_lead_of_a_team_without_tasks_counts_the_department(office: Chat) -> None:
    take_over(office, "김하늘\t주무관\t정비팀\t도로과\t\t담당자")
    assert "과제 2개" in office.say("이팀장", "/status")[0]


def test_upcoming_of_a_lead_is_the_teams(office: Chat) -> None:
    said = office.say("정팀장", "/upcoming 60")[0]
    assert "보수 공사" in said
    assert "설계 용역" not in said


def test_the_weeks_message_of_a_lead_counts_the_team(office: Chat) -> None:
    office.clock.forward(days=6)
    office.scan()
    messages = {chat: text for chat, text in office.send_all() if "이번 주" in text}
    assert "도로과 정비팀" in messages[office.people["정팀장"]]
    assert "설계 용역" not in messages[office.people["정팀장"]]


def test_assign_offers_the_people_of_a_team(office: Chat) -> None:
    number = office.milestone("설계 용역").task_id
    assert "정비팀에서 맞는 분을 눌러" in office.say("최기획", f"/assign {number} 정비팀")[0]
    assert set(office.keyboard("최기획")) == {"도로과 정비팀 박바다", "도로과 정비팀 정팀장"}
    office.tap("최기획", "박바다")
    assert [one.officer.name for one in office.milestone("설계 용역").task.assignments][-1] == "박바다"


@pytest.mark.parametrize("who", ["정비팀 김하늘 주무관", "도로과 정비팀 김하늘", "김하늘(정비팀)"])
def test_of_two_of_one_name_the_team_tells_which(office: Chat, who: str) -> None:
    with office.store.write() as session:
        other = builders.officer(session, "김하늘", "환경과")
        assert other.id != office.officer("박바다").id
    take_over(office, "한누리\t주무관\t정비팀\t도로과\t\t담당자", "김하늘\t주무관\t정비팀\t도로과\t\t담당자")
    number = office.milestone("보수 공사").task_id
    assert "담당자: 도로과 김하늘 주무관님" in office.say("최기획", f"/assign {number} {who}")[0]


def test_assign_with_a_team_alone_shows_its_tasks_and_who_has_them(office: Chat) -> None:
    said = office.say("이팀장", "/assign 시설팀")[0]
    assert "도로과 시설팀의 과제" in said
    assert "보행로 정비" in said
    assert "포장 보수" not in said


def test_of_two_teams_of_one_name_the_department_tells_which(office: Chat) -> None:
    take_over(office, "이환경\t주무관\t시설팀\t환경과\t\t담당자")
    assert "도로과 시설팀, 환경과 시설팀" in office.say("최기획", "/assign 시설팀")[0]
    assert "도로과 시설팀의 과제" in office.say("최기획", "/assign 도로과 시설팀")[0]


def test_the_first_message_of_a_plan_names_teams_without_a_lead(office: Chat) -> None:
    take_over(office, "한누리\t주무관\t보도팀\t도로과\t\t담당자")
    assert "도로과 보도팀" in office.say("최기획", "/setup")[0]


def test_departments_that_become_one_keep_teams_of_one_name_apart(office: Chat) -> None:
    take_over(office, "이환경\t주무관\t시설팀\t환경과\t\t담당자")
    office.say("최기획", "/rename 환경과 → 도로과")
    assert "도로과 환경과 시설팀" in office.say("최기획", "/assign 환경과 시설팀")[0]
    office.say("최기획", "/undo")
    assert (
        "환경과 시설팀에 담당자를 정하실 수 있는 과제가 없습니다"
        in office.say("최기획", "/assign 환경과 시설팀")[0]
    )


def test_only_the_own_teams_lead_opens_again(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/done {number}")
    office.say("정팀장", f"/reopen {number} 잘못 등록")
    assert office.milestone("설계 용역").state is MilestoneState.DONE
    office.say("이팀장", f"/reopen {number} 잘못 등록")
    assert office.milestone("설계 용역").state is MilestoneState.PLANNED


def test_an_officers_wish_to_open_again_goes_to_the_own_teams_lead(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/done {number}")
    office.clock.forward(days=1)
    assert "이팀장" in office.say("김하늘", f"/reopen {number} 아직 남음")[0]
    assert (len(requests_told(office, "이팀장")), requests_told(office, "정팀장")) == (1, [])


def test_who_was_asked_to_stand_in_for_a_lead_decides_for_that_team(office: Chat) -> None:
    with office.store.write() as session:
        lead, other = (officers.find(session, one)[0] for one in ("이팀장", "정팀장"))
        absences.begin(session, lead, other, (date(2026, 6, 30), date(2026, 7, 3)), office.clock.now())
    ask(office)
    office.say("정팀장", f"/approve {office.number('설계 용역')}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)
    assert "대직" in office.say("최기획", f"/audit {office.number('설계 용역')}")[0]


def test_what_waits_goes_with_who_moves_by_a_list_sent_in_chat(office: Chat) -> None:
    ask(office)
    moved = read_roster(HEAD + "김하늘\t주무관\t정비팀\t도로과\t\t담당자")
    office.send_document("최기획", Attachment("명단.xlsx", roster=moved))
    assert requests_told(office, "정팀장") == []
    office.tap("최기획", "적용")
    assert len(requests_told(office, "정팀장")) == 1
    assert "승인" in "".join(office.keyboard("정팀장"))


def test_what_waits_goes_with_a_task_that_another_teams_officer_takes(office: Chat) -> None:
    ask(office)
    office.say("최기획", f"/assign {office.number('설계 용역')} 박바다")
    assert len(requests_told(office, "정팀장")) == 1


def test_a_leads_week_and_its_file_are_of_the_team(office: Chat) -> None:
    office.say("김하늘", f"/done {office.number('설계 용역')}")
    said = office.say("이팀장", "/week")[0]
    assert "도로과 시설팀" in said and "보행로 정비" in said and "포장 보수" not in said
    office.tap("이팀장", "글")
    with office.store.read() as session:
        wanted = office.owed(office.people["이팀장"])[-1].payload["week"]
        made = week.file_of(session, wanted, office.office, office.clock.now())
    assert made is not None
    text = made[1].decode("utf-8-sig")
    assert "도로과 시설팀" in text and "보행로 정비" in text and "포장 보수" not in text
    assert "포장 보수" in office.say("박과장", "/week")[0]


def test_a_lead_of_a_team_has_the_own_tasks_of_other_teams_in_the_week(office: Chat) -> None:
    people = ["박바다", "이팀장"]
    office.register(
        task("축제", "도로과", people, entry("개막 준비", date(2026, 7, 8))), title="2026년 축제 계획"
    )
    assert "개막 준비" not in office.say("이팀장", "/status")[0]
    assert "개막 준비" in office.say("이팀장", "/week")[0]


def test_a_lead_reads_who_of_the_team_cannot_be_reached_and_nobody_elses(office: Chat) -> None:
    office.say("김하늘", "/stop")
    office.say("박바다", "/stop")
    said = office.say("이팀장", "/unreachable")[0]
    assert "김하늘" in said and "박바다" not in said
    assert "박바다" in office.say("정팀장", "/unreachable")[0]
    both = office.say("박과장", "/unreachable")[0]
    assert "김하늘" in both and "박바다" in both
