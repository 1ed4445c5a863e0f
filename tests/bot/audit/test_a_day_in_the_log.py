"""A day of deeds, and what the log tells of it: words alone, in chat, in its files and on the server."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.audit import files, search
from bot.audit.files import Table
from bot.chat.invites import invite
from bot.chat.operator import operator
from bot.cli import fallback
from bot.privacy.levels import Level
from jobs.settings import ApprovalSettings
from store import audit, erasure, officers
from store.audit import Act, Search
from store.models import AuditEntry, Task
from store.states import RoleName
from tests.bot.chat import SEOUL, Chat, entry, task
from tests.bot.quarter_city import (
    City,
    InProcess,
    open_third_quarter,
    play_second_quarter,
    settle_second_quarter,
)
from tests.shell import Shell

APPROVED = ApprovalSettings(auto_days=7, lead_days=90, confirm_done=True)
ASCII_WORD = re.compile(r"[A-Za-z]{2,}")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}|T\d{2}:\d{2}")
OF_THE_STORE = re.compile(r"[a-z_]=|[a-z]:\d|None|True|False|[{}\[\]]")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Everybody writes Korean alone, so that every other letter in the log is the program's."""
    made = Chat(
        tmp_path,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 6, 30)),
            entry("공사 착공", date(2026, 7, 31)),
            entry("준공 검사", date(2026, 11, 30)),
            entry("사진 정리", date(2026, 9, 30)),
            entry("도면 검토", date(2026, 7, 10)),
        ),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 7, 10))),
        approval=APPROVED,
    )
    made.set_privacy(Level.FULL)
    with made.store.write() as session:
        person = [officers.ensure(session, "이구름", officers.ensure_department(session, "도로과"))]
        invite(
            session,
            person,
            RoleName.OFFICER,
            made.clock.now(),
            made.office.links,
            None,
            operator(made.clock.now(), "invite"),
        )
    for name, role, where in (
        ("최기획", RoleName.PLANNER, "기획예산실"),
        ("이팀장", RoleName.LEAD, "도로과"),
        ("한부장", RoleName.HEAD, "도로과"),
        ("환경팀장", RoleName.LEAD, "환경과"),
        ("김하늘", RoleName.OFFICER, "도로과"),
        ("박바다", RoleName.OFFICER, "환경과"),
        ("이구름", RoleName.OFFICER, "도로과"),
    ):
        made.join(name, role, where)
    yield made
    made.store.close()


def task_id(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


def milestones_change(chat: Chat) -> None:
    """Done, delayed with and without somebody who decides, held, waited for, noted, taken back."""
    design, works, check, photos = map(chat.number, ("설계 용역", "공사 착공", "준공 검사", "사진 정리"))
    chat.say("김하늘", f"/done {design} 6.28 설계 완료")
    chat.say("이팀장", f"/reject {design} 도면 보완 필요")
    chat.say("김하늘", f"/done {design} 6.28 도면 보완")
    chat.say("이팀장", f"/approve {design}")
    chat.say("김하늘", f"/delay {works} 8.20 의회 일정")
    chat.say("이팀장", f"/reject {works} 행사와 겹침")
    chat.say("김하늘", f"/delay {works} 8.31 예산 재배정")
    chat.say("이팀장", f"/approve {works}")
    chat.say("김하늘", f"/delay {photos} 10.2 순서 조정")
    chat.say("김하늘", "/undo")
    chat.say("김하늘", f"/note {photos} 자료 받는 중")
    chat.say("김하늘", f"/progress {photos} 60")
    chat.say("김하늘", f"/evidence {photos} 기획예산실-1234")
    chat.say("김하늘", "/undo")
    chat.say("이팀장", f"/hold {check} 9.30 부지 변경 검토")
    chat.say("이팀장", f"/resume {check}")
    chat.say("김하늘", f"/wait {check} 추경 9.30 다음 추경 뒤")
    chat.say("김하늘", f"/resume {check}")
    chat.say("이팀장", f"/nudge {check}")
    chat.say("김하늘", f"/seen {chat.number('도면 검토')}")


def people_change(chat: Chat) -> None:
    """Assigned, away, handed over, told to other departments, let in."""
    air = chat.number("측정기 설치")
    chat.say("이팀장", f"/assign {chat.number('준공 검사')} 이구름 부담당")
    chat.say("김하늘", "/away 7.5-7.9 @이구름")
    chat.say("최기획", "/handover 김하늘 박바다 7.6")
    chat.tap("최기획", "인계 확정")
    chat.say("최기획", f"/share {air} 전부서 참여 직원을 정해 주십시오")
    with chat.store.write() as session:
        others_write(session, chat)


def others_write(session: Session, chat: Chat) -> None:
    """What the server's commands and Telegram itself write."""
    act = Act(session, operator(chat.clock.now(), "restore"), chat.clock.now())
    bird = chat.officer("이구름").id
    fallback.change(session, "박바다", None, "json://example.org/", chat.clock.now(), remove=False)
    act.record(
        "restored",
        "store",
        after={"made_at": datetime(2026, 6, 29, tzinfo=UTC), "version": "0022", "is_moved": False},
    )
    act.record(
        "group-lost", "group:-100", after={"department": "도로과", "error": "Forbidden: bot was kicked"}
    )
    act.record("left", f"officer:{bird}", before={"roles": "officer, lead"})
    act.record("bot-changed", f"officer:{bird}", before={"bot_id": 42}, after={"bot_id": 43})
    act.record("bureau", "department:1", before={"bureau": None}, after={"bureau": "안전도시국"})


def promises_change(chat: Chat) -> None:
    """Adjusted, watched, secret."""
    number = task_id(chat, "보행로 정비")
    chat.say("김하늘", f"/adjust {number} 목표 수요가 줄어 목표 조정")
    with chat.store.read() as session:
        opened = session.scalars(select(AuditEntry).where(AuditEntry.action == "adjustment-opened")).one()
    chat.say("최기획", f"/adjustments {opened.after['adjustment']} 협의 6.25 의견 수렴")
    chat.say("최기획", f"/watch {number} 공모 결과 대기")
    chat.say("최기획", f"/watch {number} 해제")
    chat.say("최기획", f"/secret {task_id(chat, '대기 측정')}")


@pytest.fixture
def day(office: Chat) -> Chat:
    milestones_change(office)
    people_change(office)
    promises_change(office)
    with office.store.write() as session:
        act = Act(session, operator(office.clock.now(), "person"), office.clock.now())
        erasure.forget(act, office.officer("환경팀장"), date(2026, 6, 30))
    return office


DEEDS = {
    *(
        "imported",
        "invited",
        "linked",
        "reported",
        "confirmed",
        "sent-back",
        "delay-requested",
        "delay-approved",
    ),
    *(
        "delay-rejected",
        "delay",
        "undo",
        "note",
        "progress",
        "evidence",
        "held",
        "resumed",
        "waiting",
        "nudged",
    ),
    *(
        "seen",
        "assigned",
        "handed-over",
        "shared",
        "adjustment-opened",
        "adjustment-moved",
        "watched",
        "unwatched",
    ),
    *("made-secret", "fallback-set", "person-forgotten", "restored", "left", "leaving", "bureau"),
}


def test_the_day_has_all_these_deeds(day: Chat) -> None:
    with day.store.read() as session:
        found = {one.action for one in audit.search(session, Search())}
    assert DEEDS - found == set()


def faults_in(text: str) -> list[str]:
    """What of the store shows through."""
    plain = text.replace("Asia/Seoul", "").replace("plan.txt", "")  # the zone, and what somebody wrote
    return [*ASCII_WORD.findall(plain), *ISO.findall(plain), *OF_THE_STORE.findall(plain)]


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("asked", ["", "연기", "김하늘", "6.30", "인계", "비공개 지정"])
def test_the_log_in_chat_is_words(day: Chat, asked: str) -> None:
    [said] = day.say("최기획", f"/audit {asked}")
    assert faults_in(shown(said)) == []


def shown(html: str) -> str:
    """As the reader sees it."""
    return unescape(re.sub(r"</?[bi]>", "", html))


def entries(session: Session) -> list[AuditEntry]:
    return audit.search(session, Search())


def test_every_entry_is_told_without_a_word_of_the_store(day: Chat) -> None:
    with day.store.read() as session:
        lines = [shown(one) for one in search.lines(session, entries(session), SEOUL)]
    assert [(faults_in(one), one) for one in lines if faults_in(one)] == []


def test_the_file_is_words_too(day: Chat) -> None:
    with day.store.read() as session:
        rows = cells(files.as_csv(Table(session, SEOUL, entries(session))))
    assert [(faults_in(one), one) for row in rows for one in row if faults_in(one)] == []


def test_a_round_from_its_opening_to_its_correction_is_told_in_words(tmp_path: Path) -> None:
    city = City(InProcess(tmp_path))
    play_second_quarter(city)
    settle_second_quarter(city)
    open_third_quarter(city)
    with city.store.read() as session:
        found = entries(session)
        rows = cells(files.as_csv(Table(session, SEOUL, found)))
    city.store.close()
    assert {"entry-answered", "entry-evaluated", "entry-sent-back", "round-frozen"} <= {
        one.action for one in found
    }
    assert [(faults_in(one), one) for row in rows for one in row if faults_in(one)] == []


def test_the_server_prints_words_and_gives_programs_what_is_stored(day: Chat, tmp_path: Path) -> None:
    day.store.close()
    gihan = Shell(tmp_path, {"GIHAN_STORE__URL": f"sqlite:///{tmp_path / 'gihan.db'}"})
    said = gihan("audit", "--limit", "500")
    assert faults_in(said.partition("\n표시")[0]) == []
    assert '"due_on": "2026-08-31"' in gihan("audit", "--json") and "기한" in said
