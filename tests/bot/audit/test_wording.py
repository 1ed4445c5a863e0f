"""Every fact that the log may have is told in words; what this version does not know is said to be so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.audit.wording import FACTS, SUBJECTS, UNSAID, Wording, action_of, name_of, via_of
from bot.texts.render import words
from bot.texts.round_words import entry_states
from jobs.milestones import mark_secret
from jobs.milestones.changes import FOLLOWED
from reports.quarterly.rows import CORRECTABLE
from store.models import AuditEntry, Task
from tests import builders
from tests.bot.chat import SEOUL, Chat

ROOT = Path(__file__).parents[3]
WRITERS = {"record", "_record", "apply", "_change", "remark", "_step", "log", "move", "_move"}
SOURCES = {
    "explained",
    "_as_logged",
    "_messages",
    "_private_rows",
    "_mentions",
}  # what they make is written by others
# Keys in those functions that go elsewhere: into the row itself, or into a message.
ELSEWHERE = {
    "nudge": {"milestone", "by"},
    "advance": {"draft", "by", "at", "history"},
    "freeze": {"frozen_at", "settings"},
    "notify": {"notified_at"},
    "publish": {"published_at"},
    "announce": {"plans", "departments", "areas"},
    "_step": {"revision"},
    "take_step": {"revision"},
    "_next_version": {"revision"},
    "misread": {"day"},
    "_part": {"split_of"},
    "open_": {"departments", "bureaus"},
    "hand_in": {"answered_by"},
    "assign": {"officer_id"},
    "close": {"closed_at"},
    "reopen": {"closed_at", "asked_outcome", "asked_by_id", "asked_at"},
    **{key: {"asked_outcome", "asked_by_id", "asked_at"} for key in ("ask_to_close", "send_back")},
    "_messages": {"payload", "chat_id", "message_id", "error", "raw", "state", "event"},
}


def functions() -> Iterator[ast.FunctionDef]:
    """Those that write into the log, or make what is written."""
    for path in (one for room in ("bot", "jobs", "store") for one in (ROOT / room).rglob("*.py")):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef) and (one.name in SOURCES or called(one) & WRITERS):
                yield one


def called(node: ast.AST) -> set[str]:
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in calls}


def keys_in(function: ast.FunctionDef) -> Iterator[str]:
    for one in ast.walk(function):
        keys = one.keys if isinstance(one, ast.Dict) else []
        if isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Store):
            keys = [one.slice]
        yield from (str(key.value) for key in keys if isinstance(key, ast.Constant))


def test_every_fact_that_the_code_writes_has_a_name_and_a_way_to_be_told() -> None:
    written = {(one.name, key) for one in functions() for key in keys_in(one)}
    assert {
        ("wait", "gate"),
        ("explained", "reason_code"),
        ("_leave", "roles"),
        ("misread", "original_due_on"),
    } <= written
    known = FACTS.keys() | UNSAID
    unknown = {key for name, key in written if key not in ELSEWHERE.get(name, ())} - known
    assert unknown == set()
    assert {*FOLLOWED, *CORRECTABLE} <= known


def test_the_names_in_the_catalogue_are_those_of_the_facts() -> None:
    assert {key.rpartition("--")[2] for key in words("audit.facts")} == FACTS.keys()


def test_every_subject_that_the_code_names_has_a_word() -> None:
    texts = [
        str(part.values[0].value)
        for room in ("bot", "jobs", "store")
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and called(call) & {"record"}
        for part in call.args
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant)
    ]
    kinds = {one.removesuffix(":") for one in texts if one.endswith(":")}
    assert {"officer", "plan", "snapshot"} <= kinds and kinds <= SUBJECTS.keys()


@pytest.fixture
def session(linked: Chat) -> Iterator[Session]:
    with linked.store.read() as opened:
        yield opened


def told(session: Session, **columns: object) -> AuditEntry:
    """An entry as the log may have it."""
    plain: dict[str, object] = {"action": "note", "subject": "milestone:112", "before": {}, "after": {}}
    plain |= {"via": "telegram:inbox:9", "actor": "김하늘", "reason": None, "undoes_id": None}
    return AuditEntry(at=datetime(2026, 6, 30, 0, 10, tzinfo=UTC), **(plain | columns))


def changes(session: Session, **columns: object) -> list[str]:
    return Wording(session, SEOUL, 40).changes(told(session, **columns))


def test_a_delay_is_told_by_its_days_and_who_decides(session: Session) -> None:
    moved = {"before": {"due_on": "2026-07-03"}, "after": {"due_on": "2026-07-20", "precision": "day"}}
    assert changes(session, action="delay", **moved) == [
        "기한 7. 3.(금) → 7. 20.(월)",
        "기한의 단위: 일",
    ]
    asked = {"request": 4, "due_on": "2027-07-20", "level": "lead"}
    assert changes(session, action="delay-requested", after=asked) == [
        "기한: 2027. 7. 20.(화)",
        "승인 단계: 팀장",
    ]


def test_an_instant_is_the_offices_own(session: Session) -> None:
    after = {"reported_at": "2026-06-30T15:30:00+00:00", "reported_by_id": None}
    assert changes(session, action="reported", after=after) == ["보고한 때: 7. 1.(수) 00:30"]


def test_a_person_is_named_with_the_rank(session: Session, linked: Chat) -> None:
    number = linked.officer("김하늘").id
    assert Wording(session, SEOUL).subject(told(session, subject=f"officer:{number}")) == "김하늘 주무관님"
    assert changes(session, action="nudged", after={"officers": [number]}) == ["알린 사람: 김하늘 주무관님"]


def test_the_same_word_of_the_store_is_told_by_what_it_is_about(session: Session) -> None:
    codes = {"milestone:1": "done", "plan:1": "active", "round:1": "input", "entry:1": "signed"}
    found = [changes(session, subject=one, after={"state": code})[0] for one, code in codes.items()]
    assert found == ["상태: 완료", "상태: 활성", "상태: 입력", f"상태: {entry_states()['signed']}"]


def test_what_stands_below_as_the_reason_is_not_said_twice(session: Session) -> None:
    after = {"gate": "extra_budget", "reason": "추경 뒤"}
    assert changes(session, action="waiting", after=after, reason="추경 뒤") == ["기다리는 것: 추경"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"after": {"due_on": "soon"}}, ["기한: 이 판의 프로그램이 모르는 값"]),
        ({"after": {"state": "paused"}}, ["상태: 이 판의 프로그램이 모르는 값"]),
        ({"after": {"role": ["lead"]}}, ["역할: 이 판의 프로그램이 모르는 값"]),
        ({"after": {"colour": "red", "shape": 3}}, ["이 판의 프로그램이 모르는 항목 2개"]),
        ({"subject": "desk:4", "after": {"state": "done"}}, ["상태: 이 판의 프로그램이 모르는 값"]),
    ],
)
def test_what_another_version_wrote_is_told_as_such(
    session: Session, columns: dict[str, object], said: list[str]
) -> None:
    assert changes(session, **columns) == said


def test_an_unknown_deed_or_thing_is_no_word_of_the_store(session: Session) -> None:
    strange = told(session, action="sung", subject="desk:4", via="pigeon:7")
    said = [action_of(strange.action), Wording(session, SEOUL).subject(strange), via_of(strange)]
    assert said == ["이 판의 프로그램이 모르는 일", "이 판의 프로그램이 모르는 대상", "그 밖의 경로 7"]


@pytest.mark.parametrize(
    ("via", "said"),
    [("telegram:inbox:9", "텔레그램 9"), ("cli:kim", "서버 명령(kim)"), ("cli", "서버 명령"), ("jobs", "봇")],
)
def test_by_what_it_came_is_told(session: Session, via: str, said: str) -> None:
    assert via_of(told(session, via=via)) == said


def test_an_entry_about_what_is_gone_is_told_all_the_same(session: Session) -> None:
    wording = Wording(session, SEOUL)
    subjects = (
        "officer:999",
        "plan:999",
        "round:999",
        "entry:999",
        "snapshot:999",
        "department:999",
        "group:-100",
    )
    found = [wording.subject(told(session, subject=one)) for one in subjects]
    assert found == [
        *("지워진 직원 님", "지워진 계획", "취소한 자체점검", "자체점검", "점검결과", "부서", "단체방"),
    ]  # fmt: skip


def test_an_action_may_call_a_fact_by_another_name() -> None:
    assert (name_of("leaving", "from_on"), name_of("away", "from_on")) == ("인사이동일", "시작일")
    assert name_of("note", "no-such") is None


def test_a_text_is_whole_in_a_file_and_cut_in_a_line(session: Session) -> None:
    entry = told(session, after={"note": "가" * 90})
    assert Wording(session, SEOUL).changes(entry) == [f"메모: “{'가' * 90}”"]
    assert Wording(session, SEOUL, 40).changes(entry) == [f"메모: “{'가' * 39}…”"]


def test_what_is_said_of_a_secret_task_all_year_or_corrected_of_it_is_about_a_secret(linked: Chat) -> None:
    with linked.store.write() as session:
        task = session.scalars(select(Task)).first()
        assert task is not None
        task.is_secret = True
        series = builders.series(session, task, None)
        entry = told(session, subject=f"series:{series.id}", after={"answer": "상담 12건"})
        assert mark_secret.is_about_secret(session, entry) and entry.subject in mark_secret.subjects(session)
