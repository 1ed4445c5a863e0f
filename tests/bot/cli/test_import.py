"""`gihan import`: the numbered text, and documents of which much was not read."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path

import pytest

from plans.version import READER
from tests.bot.cli.test_cli import SAMPLE
from tests.plans.test_years import NO_YEAR
from tests.shell import Shell

PLAN = (
    "2027년도 주요업무계획\n\n한별시\n\n1. 하늘마당 조성\n\n□ 사업개요\n{unread}□ 추진계획\n ○ 3월 : 착수\n"
)


@pytest.fixture
def half_read(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    lines = "".join(f" ○ 당초 ’27. {number + 3}. 민원실 조성을 조정함\n" for number in range(3))
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


def test_a_dry_run_shows_what_was_read_of_each_task(gihan: Shell, half_read: Path) -> None:
    lines = gihan("import", str(half_read), "--dry-run").splitlines()
    [of] = [number for number, line in enumerate(lines) if line.startswith("1 하늘마당 조성")]
    assert re.search(r"^  착수: .+ → 2027\. \d+\. \d+\.\(.\)$", lines[of + 1])


def as_an_older_reader_left_it(database: Path) -> None:
    """A day a year too early, a task under another title, one in another department."""
    with contextlib.closing(sqlite3.connect(database)) as store, store:
        ids = [row[0] for row in store.execute("SELECT id FROM task ORDER BY position LIMIT 3")]
        store.execute("UPDATE plan SET reader = ?", (READER - 1,))
        earlier = (
            "UPDATE milestone SET due_on = date(due_on, '-1 year'), original_due_on = date(due_on, '-1 year')"
        )
        store.execute(f"{earlier} WHERE id = (SELECT min(id) FROM milestone WHERE task_id = ?)", ids[:1])
        store.execute("UPDATE task SET title = '88' WHERE id = ?", ids[1:2])
        other = "(SELECT department_id FROM task WHERE id = ?)"
        store.execute(f"UPDATE task SET department_id = {other} WHERE id = ?", (ids[0], ids[2]))


def kept(database: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(database)) as store:
        names = ("task", "milestone", "delay_request", "difference")
        return {name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_the_file_of_an_older_reader_imported_again_asks_what_differs_and_adds_nothing(gihan: Shell) -> None:
    gihan("import", str(SAMPLE), "--yes", "--activate")
    database = gihan.folder / "gihan.db"
    before = kept(database)
    as_an_older_reader_left_it(database)
    assert "이전 방식으로 읽어 등록한 계획" in gihan("doctor", code=1)
    gihan("import", str(SAMPLE), "--yes")
    assert kept(database) == before | {"difference": 3}
    assert "이전 방식으로 읽어 등록한 계획" not in gihan("doctor", code=1)


def test_a_file_that_is_read_as_before_is_of_this_reader_afterwards(gihan: Shell) -> None:
    gihan("import", str(SAMPLE), "--yes", "--activate")
    with contextlib.closing(sqlite3.connect(gihan.folder / "gihan.db")) as store, store:
        store.execute("UPDATE plan SET reader = 1")
    gihan("import", str(SAMPLE), "--yes")
    assert "이전 방식으로 읽어 등록한 계획" not in gihan("doctor", code=1)


def test_a_plan_without_a_year_is_refused_with_the_year_that_its_dates_tell(
    gihan: Shell, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(NO_YEAR, encoding="utf-8")
    assert "--year 2031" in gihan("import", str(plan), "--yes", "--accept-unread", code=2)


def test_without_yes_its_year_is_proposed_and_registered_after_being_asked(
    gihan: Shell, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(NO_YEAR, encoding="utf-8")
    gihan("import", str(plan), typed="n\n", code=1)
    assert kept(gihan.folder / "gihan.db")["task"] == 0
    assert "2031년 계획으로 올립니다" in gihan("import", str(plan), typed="y\n")
    with contextlib.closing(sqlite3.connect(gihan.folder / "gihan.db")) as store:
        assert store.execute("SELECT year FROM plan").fetchall() == [(2031,)]
