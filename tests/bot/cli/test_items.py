"""`gihan item …`: what is raised is entered one by one and from a sheet, answered, closed, and comes out as one workbook."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from store import officers
from store.db.engine import Store
from store.states import RoleName
from tests.bot.cli.test_asks import set_clock
from tests.shell import Shell

PEOPLE = """이름,직급,팀,부서,국,역할
김하늘,주무관,,교통과,안전국,담당자
박마루,팀장,,교통과,안전국,팀장
이바다,주무관,,공원과,안전국,서무
최기획,주무관,,기획예산실,,담당자
"""
KEYS = {
    *(
        "no",
        "kind",
        "title",
        "source",
        "source_on",
        "requester",
        "department",
        "officer",
        "cooperating",
        "due_at",
    ),
    *("first_due_on", "state", "overdue", "reply", "replied_on", "outcome", "closed_on", "replies"),
}


@pytest.fixture
def shell(gihan: Shell, tmp_path: Path) -> Shell:
    """An office with people, on 1 July 2026."""
    clock = tmp_path / "clock.json"
    set_clock(clock, "2026-07-01T00:30:00+00:00")
    gihan.always |= {"GIHAN_CLOCK__FILE": str(clock), "GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}
    (gihan.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    gihan("roster", "people.csv", "--yes")
    with closing(Store(f"sqlite:///{gihan.folder / 'gihan.db'}")) as store, store.write() as session:
        [planner] = officers.find(session, "최기획")
        officers.grant(session, planner, RoleName.PLANNER, date(2026, 6, 1), None)
    return gihan


def listed(shell: Shell, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shell("item", "list", "--json", *more))
    return found


def sheet(path: Path, *rows: tuple[str, ...]) -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["시민과의 대화 건의사항"])
    page.merge_cells("A1:F1")
    for row in (("연번", "건의자", "건의사항", "건의일", "주관부서", "협조부서", "답변", "반영여부"), *rows):
        page.append(list(row))
    book.save(path)
    return str(path)


def test_one_is_entered_answered_sent_back_and_closed(shell: Shell) -> None:
    said = shell(
        *(
            "item",
            "add",
            "버스 정류장 그늘막",
            "--department",
            "교통과",
            "--with",
            "공원과",
            "--kind",
            "건의",
        ),
        *(
            "--from",
            "홍길동",
            "--source",
            "시민과의 대화",
            "--on",
            "6.30",
            "--officer",
            "김하늘",
            "--as",
            "최기획",
        ),
    )
    assert "1번으로 등록하였습니다" in said and "7. 14." in said
    assert "할 수 없" not in shell("item", "reply", "1", "설치하겠습니다.", "--as", "김하늘")
    refused = shell("item", "finish", "1", "--outcome", "반영", "--as", "김하늘", code=2)
    assert "공원과" in refused
    assert "아직 답변하지 않은" not in shell("item", "reply", "1", "나무를 심겠습니다.", "--as", "이바다")
    shell("item", "finish", "1", "--outcome", "반영", "--as", "박마루")
    shell("item", "back", "1", "시기를 적어 주십시오.", "--as", "최기획")
    shell("item", "reply", "1", "8월에 설치하겠습니다.", "--as", "박마루")
    shell("item", "finish", "1", "--outcome", "반영", "--as", "김하늘")
    assert "종결하였습니다: 반영" in shell("item", "close", "1", "--as", "최기획")
    [row] = listed(shell)
    assert set(row) == KEYS and (row["state"], row["outcome"]) == ("closed", "adopted")
    assert row["reply"] == "교통과: 8월에 설치하겠습니다.\n공원과: 나무를 심겠습니다."
    assert "반영률 100.0%" in shell("item", "list")
    assert "8월에 설치하겠습니다." in shell("item", "show", "1")


def test_who_has_no_right_changes_nothing(shell: Shell) -> None:
    shell("item", "add", "그늘막", "--department", "교통과")
    for words in (["add", "x", "--department", "교통과"], ["close", "1"], ["drop", "1", "잘못"]):
        refused = shell("item", *words, "--as", "김하늘", code=2)
        assert "맡은 역할" in refused
    shell("item", "reply", "1", "우리 일이 아닙니다.", "--as", "이바다", code=2)
    shell("item", "assign", "1", "김하늘", "--as", "박마루")
    shell("item", "reply", "1", "설치하겠습니다.", "--as", "김하늘")
    assert [(one["reply"], one["officer"], one["state"]) for one in listed(shell)] == [
        ("설치하겠습니다.", "김하늘", "open")
    ]


def test_a_list_comes_in_once_and_what_it_says_of_last_year_is_found_again(shell: Shell) -> None:
    rows = (
        ("1", "김 의원", "가로등 설치", "2025. 7. 2.", "교통과", "", "가로등을 세웠습니다.", "반영"),
        ("2", "박 의원", "공원 정비", "2026. 6. 29.", "공원과", "교통과", "", ""),
    )
    path = sheet(shell.folder / "목록.xlsx", *rows)
    assert "2건을 읽었습니다" in shell("item", "take", path, "--dry-run") and listed(shell) == []
    assert "새로 등록 2건, 답변 1건, 종결 1건" in shell("item", "take", path, "--yes")
    assert "이미 있어 그대로 2건" in shell("item", "take", path, "--yes")
    found = {one["title"]: one for one in listed(shell)}
    assert (found["가로등 설치"]["outcome"], found["공원 정비"]["cooperating"]) == ("adopted", ["교통과"])
    said = shell(
        "item", "add", "가로등 추가", "--department", "교통과", "--from", "김 의원", "--kind", "의회 요구"
    )
    assert "가로등을 세웠습니다." in said


def test_a_faulty_list_is_named_by_cell_and_nothing_of_it_counts(shell: Shell) -> None:
    rows = (
        ("1", "김 의원", "가로등", "2026. 6. 2.", "교통과", "", "", ""),
        ("2", "박 의원", "공원", "언젠가", "없는과", "", "", "부결"),
    )
    refused = shell("item", "take", sheet(shell.folder / "목록.xlsx", *rows), "--yes", code=2)
    assert listed(shell) == []
    for cell in ("D4", "E4", "H4"):
        assert cell in refused


def test_the_workbook_goes_out_comes_back_filled_in_and_takes_its_replies(shell: Shell) -> None:
    shell("item", "add", "그늘막", "--department", "교통과", "--kind", "지시사항")
    shell("item", "add", "나무", "--department", "공원과", "--due", "2026-07-20", "--time", "14:00")
    shell("item", "book", "-o", "목록.xlsx")
    path = shell.folder / "목록.xlsx"
    book = load_workbook(path)
    page = book["지시·건의"]
    assert [cell.value for cell in page[4]][:3] == [1, "지시사항", "그늘막"]
    page["K4"], page["M4"] = "설치하였습니다.", "반영"
    book.save(path)
    assert "답변 1건, 종결 1건" in shell("item", "take", str(path), "--yes")
    assert "이미 있어 그대로 2건" in shell("item", "take", str(path), "--yes")
    assert [(one["title"], one["state"], one["reply"]) for one in listed(shell)] == [
        ("나무", "open", None),
        ("그늘막", "closed", "설치하였습니다."),
    ]
    assert [one["title"] for one in listed(shell, "--department", "공원과", "--state", "진행 중")] == ["나무"]
    shell("item", "form", "-o", "빈목록.xlsx")
    refused = shell("item", "take", "빈목록.xlsx", "--yes", code=2)
    assert "채운 행이 없습니다" in refused


def test_a_day_moves_with_a_reason_and_the_log_says_it_in_words(shell: Shell) -> None:
    shell("item", "add", "그늘막", "--department", "교통과")
    assert "처음 기한" in shell("item", "extend", "1", "8.3", "추경 일정", "--as", "최기획")
    shell("item", "drop", "1", "중복", "--as", "최기획")
    assert listed(shell) == []
    said = shell("audit")
    assert "지시·건의 1" in said and "추경 일정" in said and "지시·건의 거둠" in said
