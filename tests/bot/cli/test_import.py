"""`gihan import`: the numbered text, and documents of which much was not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shell import Shell

PLAN = (
    "2027년도 주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n□ 사업개요\n{unread}□ 추진계획\n ○ 3월 : 착수\n"
)


@pytest.fixture
def half_read(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    lines = "".join(f"조례 정비와 민원실 조성 {number}(’27.下)\n" for number in range(3))
    path.write_text(PLAN.format(unread=lines), encoding="utf-8")
    return path


def test_the_text_is_printed_with_its_numbers_and_nothing_else(gihan: Shell, half_read: Path) -> None:
    lines = gihan("import", str(half_read), "--text").splitlines()
    assert lines[4] == "     5\t1. 하늘마당 조성"
    assert len(lines) == half_read.read_text(encoding="utf-8").count("\n") + 1


def test_where_much_was_not_read_yes_registers_nothing(gihan: Shell, half_read: Path) -> None:
    error = gihan("import", str(half_read), "--yes", code=1)
    assert "--accept-unread" in error
    assert "저장소가 없습니다" in gihan("list", "--json", code=2)


def test_it_registers_once_that_is_accepted(gihan: Shell, half_read: Path) -> None:
    gihan("import", str(half_read), "--yes", "--accept-unread")
    assert [one["title"] for one in json.loads(gihan("list", "--json"))] == ["착수"]


def test_a_dry_run_says_it_as_a_finding_and_stays_0(gihan: Shell, half_read: Path) -> None:
    plan = json.loads(gihan("import", str(half_read), "--dry-run", "--json"))
    [found] = [one for one in plan["findings"] if one["code"] == "unread"]
    assert (found["line"], "3줄" in found["message"]) == (8, True)
    assert set(plan) == {"plan_year", "title", "organisation", "tasks", "findings"}


def test_the_dates_are_accounted_for_beside_the_json(gihan: Shell, half_read: Path) -> None:
    shown = gihan("import", str(half_read), "--dry-run")
    assert "날짜 5개: 등록 1, 확인 0, " in shown
    assert "연도별: 2027년 1건" in shown
