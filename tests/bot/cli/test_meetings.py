"""`gihan meeting …`: planned, agenda, material, decisions and the pack from the shell."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

from openpyxl import load_workbook

from store.db.engine import Store
from tests import builders
from tests.bot.cli.test_asks import set_clock
from tests.bot.cli.test_items import shell  # noqa: F401 - the office of the items
from tests.shell import Shell

KEYS = {
    *("no", "meeting", "kind", "title", "on", "first_on", "time", "place", "chair", "rrule"),
    *("agenda_until", "material_until", "state", "agenda", "parts", "decisions", "panels"),
}


def listed(shell: Shell) -> list[dict[str, Any]]:  # noqa: F811
    found: list[dict[str, Any]] = json.loads(shell("meeting", "list", "--json", "--since", "2026-07-01"))
    return found


def test_a_meeting_from_its_plan_to_the_next_ones_pack(shell: Shell) -> None:  # noqa: F811
    said = shell(
        *("meeting", "add", "확대간부회의", "--when", "매월 둘째 주 화요일 13:30", "--until", "2026-08-31"),
        *("--to", "교통과,공원과", "--chair", "시장(7월), 부시장", "--place", "대회의실", "--as", "최기획"),
    )
    assert "1번부터 2회를 등록" in said and "7. 14." in said
    refused = shell("meeting", "add", "x", "--when", "7.20", "--as", "김하늘", code=2)
    assert "맡은 역할" in refused
    shell("meeting", "agenda", "1", "버스 노선", "--as", "김하늘")
    left = shell("meeting", "give", "1", "교통과-12", "--as", "박마루")
    assert "아직 내지 않은 부서: 공원과" in left
    shell("meeting", "give", "1", "공원과-3", "--as", "김하늘", code=2)
    set_clock(shell.folder / "clock.json", "2026-07-14T05:00:00+00:00")
    shell(
        "meeting",
        "decide",
        "1",
        "노선 조정안 보고",
        "--department",
        "교통과",
        "--due",
        "7.20",
        "--as",
        "최기획",
    )
    shell("meeting", "attend", "1", "12/15", "--as", "박마루")
    first, second = listed(shell)
    assert set(first) == KEYS and (first["chair"], second["chair"]) == ("시장", "부시장")
    assert first["decisions"] == [1] and first["parts"][0]["present"] == 12
    assert (second["on"], second["time"], second["state"]) == ("2026-08-11", "13:30", "planned")
    assert "교통과-12" in shell("meeting", "show", "1")
    shell("meeting", "pack", "2", "-o", "자료.xlsx")
    cells = [
        cell.value for row in load_workbook(shell.folder / "자료.xlsx").active.iter_rows() for cell in row
    ]
    assert "지난 회의 지시사항" in cells and "노선 조정안 보고" in cells
    shell("meeting", "pack", "2", "-o", "자료.docx", "--department", "공원과")
    assert (shell.folder / "자료.docx").read_bytes()[:2] == b"PK"
    shell("meeting", "pack", "2", "-o", "자료.pdf", code=2)
    shell("meeting", "cancel", "2", "휴가철", "--as", "최기획")
    assert [one["no"] for one in listed(shell)] == [1]
    assert "회의 취소" in shell("audit") and "휴가철" in shell("audit")


def test_a_panel_of_citizens_from_its_seats_to_what_the_department_says(shell: Shell) -> None:  # noqa: F811
    with closing(Store(f"sqlite:///{shell.folder / 'gihan.db'}")) as store, store.write() as session:
        builders.task(session, title="버스 노선 개편", department="교통과")
    shell("meeting", "add", "시민평가단 회의", "--when", "7. 9. 14:00", "--as", "최기획")
    said = shell(
        *("meeting", "panel", "1", "교통", "--citizens", "10", "--experts", "2", "--tasks", "교통과"),
        *("--as", "최기획"),
    )
    assert "교통 분과: 과제 1개" in said
    assert "맡은 역할" in shell("meeting", "panel", "1", "교통", "--as", "김하늘", code=2)
    shell("meeting", "opinions", "1", "-o", "의견서.xlsx")
    book = load_workbook(shell.folder / "의견서.xlsx")
    page = book.active
    assert page is not None
    page.cell(page.max_row, 6).value = "배차 간격을 줄여 주십시오"
    book.save(shell.folder / "의견서.xlsx")
    assert "새 의견 1건" in shell("meeting", "take", "의견서.xlsx", "--dry-run", "--as", "최기획")
    shell("meeting", "take", "의견서.xlsx", "--as", "최기획")
    assert "그대로 1건" in shell("meeting", "take", "의견서.xlsx", "--as", "최기획")
    shell("item", "reply", "1", "9월에 줄입니다.", "--as", "박마루")
    [meeting] = listed(shell)
    assert meeting["panels"] == [
        {"name": "교통", "citizens": 10, "experts": 2, "tasks": 1, "opinions": 1, "unanswered": 0}
    ]
    shell("meeting", "pack", "1", "-o", "교통.xlsx", "--panel", "교통")
    cells = [
        cell.value for row in load_workbook(shell.folder / "교통.xlsx").active.iter_rows() for cell in row
    ]
    assert "배차 간격을 줄여 주십시오" in cells and any("9월에 줄입니다." in str(one) for one in cells)
