"""A person's own data: all of it in one file, and gone on request, but for what docs/privacy.md says stays."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import or_, select
from typer.testing import CliRunner

from bot.cli.main import cli
from bot.cli.privacy_page import markdown
from jobs.settings import ApprovalSettings
from store import erasure, inbox, persons, teams
from store.audit import Act, Who
from store.db.base import Base
from store.models import AuditEntry, Delivery, InboxUpdate, Officer, TeamMember
from store.states import DeliveryState, InboxState, RoleName
from tests.bot.chat import Chat, entry, task

NAME, OTHER, LEAD, PLANNER = "서가온누", "박바다", "이팀장", "최기획"
USERNAME = "가온누 개인 대화명"
RECORDS = {"audit_entry"}  # where docs/privacy.md says that the name stays
OPERATOR = Who(None, "운영자", "cli", "person:test")


@pytest.fixture
def office(tmp_path: Path, store_url: str) -> Iterator[Chat]:
    """서가온누 has worked, written, been away and been written of; then 박바다 took over."""
    chat = Chat(
        tmp_path,
        task(
            "보행로 정비",
            "도로과",
            [NAME],
            entry("설계 용역", date(2026, 6, 30)),
            entry("착공", date(2026, 7, 31)),
        ),
        task("가로등", "도로과", [OTHER], entry("교체", date(2026, 7, 10))),
        approval=ApprovalSettings(auto_days=0, lead_days=60),
        store_url=store_url,
    )
    chat.join(LEAD, RoleName.LEAD, "도로과")
    chat.join(PLANNER, RoleName.PLANNER)
    chat.people[NAME] = 919191
    chat.say(NAME, f"/start {chat.code(NAME)}", **{"from": _sender()})
    chat.join(OTHER)
    _work(chat)
    yield chat
    chat.store.close()


def _sender() -> dict[str, object]:
    return {"id": 919191, "is_bot": False, "first_name": USERNAME}


def _work(chat: Chat) -> None:
    chat.scan()
    chat.send_all()
    chat.say(NAME, f"/delay {chat.number('착공')} 8.10 의회 일정")
    chat.say(NAME, "야간 작업")
    chat.say(LEAD, f"/reject {chat.number('착공')} {NAME} 주무관과 협의 필요")
    chat.say(OTHER, f"/note {chat.number('교체')} {NAME} 주무관이 아는 내용")
    chat.say(NAME, f"/away 7.5-7.9 @{OTHER}")
    chat.say(NAME, f"/delay {chat.number('착공')} 8.12")
    chat.send_all()


def hand_over(chat: Chat) -> None:
    chat.say(PLANNER, f"/handover {NAME} {OTHER}")
    chat.tap(PLANNER, "인계 확정")
    chat.say(PLANNER, f"/away {NAME} 해제")


def forget(chat: Chat) -> erasure.Forgotten:
    with chat.store.write() as session:
        officer = session.scalars(select(Officer).where(Officer.name == NAME)).one()
        return erasure.forget(Act(session, OPERATOR, chat.clock.now()), officer, date(2026, 6, 30))


def places_of(chat: Chat, word: str) -> set[str]:
    """The tables in which the word stands, whatever the column."""
    found = set()
    with chat.store.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                if word in json.dumps([str(one) for one in row], ensure_ascii=False):
                    found.add(table.name)
    return found


def test_after_forgetting_the_person_is_found_only_where_the_docs_say(office: Chat) -> None:
    hand_over(office)
    number = office.officer(NAME).id
    assert places_of(office, NAME) > RECORDS
    assert {"chat_link", "delivery", "inbox"} <= places_of(office, str(office.people[NAME]))
    done = forget(office)
    assert places_of(office, NAME) == RECORDS
    assert places_of(office, USERNAME) == set()
    assert places_of(office, str(office.people[NAME])) == set()
    assert done.doubtful == []
    assert "이력(audit)" in markdown()
    assert "officer" in places_of(office, f"퇴직자 {number}")


def test_who_is_forgotten_belongs_to_no_team(office: Chat) -> None:
    with office.store.write() as session:
        officer = session.get_one(Officer, office.officer(NAME).id)
        assert officer.department is not None
        officer.membership = TeamMember(team=teams.ensure(session, officer.department, "시설팀"))
    hand_over(office)
    forget(office)
    with office.store.read() as session:
        assert session.scalars(select(TeamMember)).all() == []


def test_states_figures_and_the_log_stay(office: Chat) -> None:
    hand_over(office)
    with office.store.read() as session:
        before = len(session.scalars(select(AuditEntry)).all())
    forget(office)
    with office.store.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert len(entries) == before + 1
    assert entries[-1].action == "person-forgotten"
    assert any(one.actor == NAME for one in entries)
    assert [one.state.value for one in office.milestone("착공").delays] == ["rejected"]


def test_who_was_written_of_stands_under_the_pseudonym(office: Chat) -> None:
    hand_over(office)
    number = office.officer(NAME).id
    forget(office)
    assert office.milestone("교체").note == f"퇴직자 {number} 주무관이 아는 내용"
    said = office.say(PLANNER, f"/task {office.number('착공')}")[0]
    assert "착공" in said


def test_messages_keep_their_times_and_kinds_but_no_text(office: Chat) -> None:
    hand_over(office)
    number, chat_id = office.officer(NAME).id, office.people[NAME]
    sent = [one.id for one in office.owed(chat_id)]
    forget(office)
    with office.store.read() as session:
        theirs = or_(Delivery.officer_id == number, Delivery.id.in_(sent))
        rows = session.scalars(select(Delivery).where(theirs)).all()
        waiting = session.scalars(select(InboxUpdate).where(InboxUpdate.state == InboxState.NEW)).all()
    assert {one.id for one in rows} == set(sent)
    assert all(one.payload == {} and one.chat_id == 0 for one in rows)
    assert all(one.state is not DeliveryState.PENDING for one in rows)
    assert waiting == []


def test_whoever_still_answers_for_something_is_not_forgotten(office: Chat) -> None:
    with office.store.read() as session:
        officer = session.get_one(Officer, office.officer(NAME).id)
        why = erasure.obstacles(session, officer, date(2026, 6, 30))
    assert why == {"holds-tasks": [office.milestone("착공").task_id]}
    hand_over(office)
    with office.store.read() as session:
        officer = session.get_one(Officer, office.officer(NAME).id)
        assert erasure.obstacles(session, officer, date(2026, 6, 30)) == {}


def test_a_name_that_somebody_else_has_is_left_and_told(office: Chat) -> None:
    hand_over(office)
    office.code("임시")
    with office.store.write() as session:
        session.scalars(select(Officer).where(Officer.name == "임시")).one().name = NAME
        officer = session.get_one(Officer, min(one.id for one in session.query(Officer) if one.name == NAME))
        done = erasure.forget(Act(session, OPERATOR, office.clock.now()), officer, date(2026, 6, 30))
    assert any(one.startswith("milestone") for one in done.doubtful)
    assert NAME in (office.milestone("교체").note or "")


def test_the_export_holds_all_that_names_the_person(office: Chat) -> None:
    with office.store.read() as session:
        officer = session.get_one(Officer, office.officer(NAME).id)
        found = persons.everything_about(session, officer, hidden="(hidden)")
    assert {
        "officer",
        "chat_link",
        "assignment",
        "absence",
        "delivery",
        "inbox",
        "delay_request",
        "audit_entry",
    } <= set(found)
    assert any("의회 일정" in str(one["raw"]) for one in found["inbox"])
    assert any("소관 일정" in str(one["payload"]) for one in found["delivery"])
    assert {str(one["code_hash"]) for one in found["invite"]} == {"(hidden)"}
    assert json.dumps(found, ensure_ascii=False)


@pytest.fixture
def config(office: Chat, tmp_path: Path) -> str:
    path = tmp_path / "config.toml"
    path.write_text(f'[store]\nurl = "{office.store.url}"\n', encoding="utf-8")
    return str(path)


def test_the_commands_show_first_and_forget_with_yes(office: Chat, config: str, tmp_path: Path) -> None:
    run, number, file = CliRunner(), str(office.officer(NAME).id), tmp_path / "본인.json"
    refused = run.invoke(cli, ["person", "forget", NAME, "--yes", "--config", config])
    assert "먼저 인계" in str(refused.exception)
    hand_over(office)
    assert run.invoke(cli, ["person", "export", number, "-o", str(file), "--config", config]).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text(encoding="utf-8"))["officer"][0]["name"] == NAME
    assert "바뀐 것은 없습니다" in run.invoke(cli, ["person", "forget", NAME, "--config", config]).output
    assert office.officer(NAME).name == NAME
    assert (
        f"퇴직자 {number}" in run.invoke(cli, ["person", "forget", NAME, "--yes", "--config", config]).output
    )
    assert places_of(office, NAME) == RECORDS


def test_gihan_secret_marks_and_lifts(office: Chat, config: str) -> None:
    number = str(office.number("교체"))
    assert "비공개로 정하였습니다" in CliRunner().invoke(cli, ["secret", number, "--config", config]).output
    assert office.milestone("교체").is_secret
    assert (
        "해제하였습니다" in CliRunner().invoke(cli, ["secret", number, "--lift", "--config", config]).output
    )
    assert not office.milestone("교체").is_secret


def test_the_name_of_somebody_else_that_begins_alike_stays(office: Chat) -> None:
    hand_over(office)
    office.code(f"{NAME}리")
    office.say(OTHER, f"/note {office.number('교체')} {NAME}리 주무관과 {NAME} 주무관이 아는 내용")
    number = office.officer(NAME).id
    forget(office)
    assert office.milestone("교체").note == f"{NAME}리 주무관과 퇴직자 {number} 주무관이 아는 내용"


def test_a_name_of_two_letters_is_replaced_before_a_title_and_told_elsewhere(office: Chat) -> None:
    office.code("정기")
    office.say(OTHER, f"/note {office.number('교체')} 정기 점검은 정기 주무관이 아는 내용")
    with office.store.write() as session:
        officer = session.scalars(select(Officer).where(Officer.name == "정기")).one()
        done = erasure.forget(Act(session, OPERATOR, office.clock.now()), officer, date(2026, 6, 30))
        number = officer.id
    assert office.milestone("교체").note == f"정기 점검은 퇴직자 {number} 주무관이 아는 내용"
    assert any(one.startswith("milestone") for one in done.doubtful)


def test_what_was_said_in_a_group_goes_as_well_and_what_others_said_there_stays(office: Chat) -> None:
    hand_over(office)
    said = {
        n: json.dumps({"update_id": n, "message": {"from": {"id": who}, "text": f"말 {n}"}})
        for n, who in ((1, 919191), (2, 5))
    }
    with office.store.write() as session:
        inbox.receive(session, 42, [(n, -100, raw) for n, raw in said.items()], office.clock.now())
    forget(office)
    with office.store.read() as session:
        rows = session.scalars(
            select(InboxUpdate).where(InboxUpdate.chat_id == -100).order_by(InboxUpdate.id)
        )
        assert ["말" in str(inbox.content(one.raw)) for one in rows] == [False, True]
