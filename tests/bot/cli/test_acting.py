"""`gihan done … --as NAME`: what the chat has for the planning office, from the shell."""

from __future__ import annotations

import json
import os
import pwd
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.cli.commands import told
from bot.cli.typed import ACTING
from bot.routing.registry import BY_NAME
from store import audit, milestones, officers
from store.models import AuditEntry, Card, Dialogue
from store.states import DelayState, DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import TUESDAY, Chat
from tests.shell import Shell


@pytest.fixture
def shell(linked: Chat, tmp_path: Path) -> Shell:
    """The office's own command line, at the chat's clock."""
    clock = tmp_path / "clock.json"
    clock.write_text(json.dumps({"seq": 1, "now": TUESDAY.isoformat()}))
    always = {"GIHAN_CLOCK__FILE": str(clock), "GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}
    return Shell(tmp_path, always)


def entries(chat: Chat, title: str) -> list[AuditEntry]:
    with chat.store.read() as session:
        return audit.history(session, milestones.subject(chat.number(title)))


def test_the_shell_says_what_the_chat_would(linked: Chat, shell: Shell) -> None:
    number = str(linked.number("설계 용역"))
    printed = shell("done", number, "6.28", "설치 완료", "--as", "최기획")
    milestone = linked.milestone("설계 용역")
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, date(2026, 6, 28))
    assert milestone.note == "설치 완료"
    assert "완료 6. 28.(일) (기한 6. 30.(화)보다 2일 빠름)" in printed and "<b>" not in printed


def test_the_log_says_by_whom_and_from_where(linked: Chat, shell: Shell) -> None:
    shell("note", str(linked.number("설계 용역")), "업체와", "협의", "중", "--as", "최기획")
    [entry] = entries(linked, "설계 용역")
    user = pwd.getpwuid(os.getuid()).pw_name
    assert (entry.action, entry.actor, entry.via) == ("note", "최기획", f"cli:{user}")


def test_it_is_done_with_that_persons_rights(linked: Chat, shell: Shell) -> None:
    said = shell("done", str(linked.number("설계 용역")), "--as", "박바다", code=2)
    assert "조회하실 수 있는 일정 가운데 없습니다" in said
    assert "기획실에서만" in shell("assign", "--as", "김하늘", code=2)
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_a_name_of_several_is_listed_and_changes_nothing(linked: Chat, shell: Shell) -> None:
    with linked.store.write() as session:
        second = officers.ensure(session, "김하늘", officers.ensure_department(session, "환경과")).id
    said = shell("done", str(linked.number("설계 용역")), "--as", "김하늘", code=2)
    assert "이름이 여럿입니다" in said and f"{second}  환경과 김하늘" in said
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_a_delay_takes_the_same_way_as_in_chat(linked: Chat, shell: Shell) -> None:
    """The defaults of the settings: three weeks are the head's to decide."""
    number = str(linked.number("설계 용역"))
    printed = shell("delay", number, "7.20", "의회", "일정", "--as", "김하늘")
    assert "승인을 요청하였습니다" in printed
    assert "[승인 요청]" in linked.owed(linked.people["이팀장"])[-1].payload["text"]
    shell("approve", number, "--as", "이팀장")
    milestone = linked.milestone("설계 용역")
    assert (milestone.due_on, milestone.delays[0].state) == (date(2026, 7, 20), DelayState.APPLIED)


@pytest.mark.parametrize(
    "text",
    [
        ("done", "{}", "못 했습니다"),
        ("delay", "{}", "7.20"),
        ("delay", "{}"),
        ("done",),
        ("hold", "{}"),
        ("assign", "{}", "없는이"),
    ],
)
def test_what_is_not_sure_is_not_asked_back_and_changes_nothing(
    linked: Chat, shell: Shell, text: tuple[str, ...]
) -> None:
    number = str(linked.number("설계 용역"))
    assert "gihan: " in shell(*[one.format(number) for one in text], "--as", "최기획", code=2)
    assert not entries(linked, "설계 용역")
    with linked.store.read() as session:
        assert not list(session.scalars(select(Card))) and not list(session.scalars(select(Dialogue)))


def test_a_daily_message_that_shows_it_is_edited_next(linked: Chat, shell: Shell) -> None:
    linked.scan()
    linked.send_all()
    shell("done", str(linked.number("설계 용역")), "--as", "최기획")
    edits = [one for one in linked.owed(linked.people["김하늘"]) if one.kind is DeliveryKind.EDIT]
    assert len(edits) == 1
    assert "완료" in linked.send_all()[-1][1]


def test_what_waits_is_listed_and_the_last_act_is_taken_back(linked: Chat, shell: Shell) -> None:
    assert "결정 대기" in shell("approve", "--as", "최기획")
    number = str(linked.number("설계 용역"))
    shell("hold", number, "9.30", "부지", "변경", "--as", "최기획")
    assert linked.milestone("설계 용역").state is MilestoneState.ON_HOLD
    shell("undo", "--as", "최기획")
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_a_person_without_a_chat_acts_as_well(linked: Chat, shell: Shell) -> None:
    linked.code("정계획", RoleName.PLANNER)
    with linked.store.write() as session:
        [planner] = officers.find(session, "정계획")
        officers.grant(session, planner, RoleName.PLANNER, date(2026, 6, 1), None)
    shell("progress", str(linked.number("설계 용역")), "60", "--as", "정계획")
    assert linked.milestone("설계 용역").progress == 60


def test_what_is_open_in_the_persons_chat_stays_open(linked: Chat, shell: Shell) -> None:
    linked.say("김하늘", f"/delay {linked.number('공사 착공')} 8.10")
    shell("delay", str(linked.number("설계 용역")), "7.3", "의회", "일정", "--as", "김하늘")
    linked.say("김하늘", "자재 수급 지연")
    assert linked.milestone("설계 용역").due_on == date(2026, 7, 3)
    assert linked.milestone("공사 착공").due_on == date(2026, 8, 10)


@pytest.mark.parametrize("name", ACTING)
def test_its_help_is_the_chats(name: str) -> None:
    known = BY_NAME[name]
    example = f" 예) gihan {known.example[1:]} --as 최기획" if known.example else ""
    assert told(f"cli.help.{name}") == f"{known.summary}.{example}"


def test_a_team_of_several_words_is_known_at_the_shell(linked: Chat, shell: Shell) -> None:
    head = "이름\t직급\t팀\t부서\t국\t역할\n"
    (shell.folder / "people.txt").write_text(
        head + "김하늘\t\tTrees and Play Team\t도로과\t\t담당자\n", "utf-8"
    )
    shell("roster", "people.txt", "--yes")
    assert "과제 1개" in shell("status", "--scope", "trees and play team")
    assert "trees and" in shell("status", "--scope", "trees and", code=2)
    listed = shell("assign", "도로과", "Trees", "and", "Play", "Team", "--as", "최기획")
    assert "보행로 정비" in listed
    refused = shell("assign", "Trees", "--as", "최기획", code=2)
    assert "보행로 정비" not in refused
