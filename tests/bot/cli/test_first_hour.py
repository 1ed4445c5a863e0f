"""`gihan setup`, `gihan import --start` and `gihan roster`: the first hour on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shell import Shell

PLAN = """2031년도 주요업무계획

한별시

1. 안전 점검

□ 추진일정
- 2031. 5. 2. : 교량 점검
- 2031. 6. 9. : 옹벽 점검
"""


@pytest.fixture
def gihan(tmp_path: Path) -> Shell:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    people = "이름,직급,팀,부서,국,역할\n박마루,팀장,도로시설팀,도로과,안전국,팀장\n이바다,,,도로과,,서무\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    return Shell(tmp_path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "시작하였습니다"),
        (("--start", "later"), "gihan setup --start now 를 실행하시기"),
        (("--start", "2099-12-07"), "12. 7."),
    ],
)
def test_a_plan_starts_when_it_is_said_to(gihan: Shell, words: tuple[str, ...], told: str) -> None:
    gihan("import", "plan.txt", "--yes", "--accept-unread", *words)
    assert told in gihan("setup").replace("[", "").replace("]", "")


@pytest.mark.parametrize("word", ["tomorrow", "2020-01-02"])
def test_another_word_for_the_start_registers_nothing(gihan: Shell, word: str) -> None:
    assert "--start" in gihan("import", "plan.txt", "--yes", "--accept-unread", "--start", word, code=2)
    assert json.loads(gihan("status", "--json"))["tasks"] == 0


def test_what_waits_is_started_by_setup_and_once(gihan: Shell) -> None:
    gihan("import", "plan.txt", "--yes", "--accept-unread", "--start", "later")
    assert "시작하였습니다" in gihan("setup", "--start", "now")
    assert "시작하였습니다" in gihan("setup", "--start", "later")


def test_setup_without_a_plan_says_so(gihan: Shell) -> None:
    gihan("db", "upgrade")
    assert "gihan import" in gihan("setup", code=2)


def test_a_list_of_people_is_shown_taken_over_and_then_the_same(gihan: Shell) -> None:
    assert "도로과 이바다: 서무 지정" in gihan("roster", "people.csv", "--dry-run")
    assert "6가지를 등록" in gihan("roster", "people.csv", "--yes")
    assert "바뀐 것이 없습니다" in gihan("roster", "people.csv", "--yes")


def test_the_empty_list_of_people_is_made_and_read(gihan: Shell) -> None:
    gihan("roster", "--template", "new.xlsx")
    assert "바뀐 것이 없습니다" in gihan("roster", "new.xlsx", "--yes")


def test_a_faulty_row_changes_nothing(gihan: Shell, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("이름,부서,역할\n박마루,도로과,사장\n", encoding="utf-8")
    assert "2번째 줄" in gihan("roster", "bad.csv", "--yes", code=2)
