"""`gihan handover`: a list of the command line, all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from store.db.engine import Store
from store.models import Assignment
from tests.bot.cli.test_cli import SAMPLE
from tests.shell import Shell

HEADER = "전임자,전임 부서,후임자,후임 부서,기준일\n"


def office(folder: Path) -> tuple[Shell, str]:
    """A registered plan and the name of one of its officers."""
    gihan = Shell(folder)
    gihan("import", str(SAMPLE), "--yes", "--activate")
    rows = json.loads(gihan("list", "--json"))
    return gihan, next(one["officers"][0]["name"] for one in rows if len(one["officers"]) == 1)


def test_a_list_is_registered(tmp_path: Path) -> None:
    gihan, giver = office(tmp_path)
    department = json.loads(gihan("list", "--json"))[0]["department"]
    (tmp_path / "list.csv").write_text(
        f"{HEADER}{giver},,새사람,{department},2099. 7. 6.\n", encoding="utf-8"
    )
    assert "인계 1건" in gihan("handover", "list.csv", "--yes")


def test_a_wrong_row_is_named_and_nothing_changes(tmp_path: Path) -> None:
    gihan, giver = office(tmp_path)
    content = f"{HEADER}{giver},,없음,,2099. 7. 6.\n아무개,,{giver},,2099. 7. 6.\n"
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    assert "3번째 줄(아무개)" in gihan("handover", "list.csv", "--yes", code=2)
    assert "인계 1건" not in gihan("list")


def test_the_empty_form_is_made_and_not_overwritten(tmp_path: Path) -> None:
    gihan = Shell(tmp_path)
    gihan("handover", "--template", "명단.xlsx")
    assert (tmp_path / "명단.xlsx").exists()
    assert "새 .xlsx" in gihan("handover", "--template", "명단.xlsx", code=2)


@pytest.mark.open_door("kind G")
def test_two_who_change_places_by_a_list_have_each_others_tasks(tmp_path: Path) -> None:
    gihan, _giver = office(tmp_path)
    found = {one["name"] for row in json.loads(gihan("list", "--json")) for one in row["officers"]}
    first, second = sorted(found)[:2]
    before = tasks_of(tmp_path, first), tasks_of(tmp_path, second)
    rows = f"{first},,{second},,2099. 7. 6.\n{second},,{first},,2099. 7. 6.\n"
    (tmp_path / "list.csv").write_text(HEADER + rows, encoding="utf-8")
    assert f"인계 2건, 과제 {sum(map(len, before))}건" in gihan("handover", "list.csv", "--yes")
    assert (tasks_of(tmp_path, second), tasks_of(tmp_path, first)) == before


def tasks_of(folder: Path, name: str) -> set[int]:
    """What the person answers for without an end."""
    store = Store(f"sqlite:///{folder / 'gihan.db'}")
    with store.read() as session:
        lasting = session.scalars(select(Assignment).where(Assignment.until_on.is_(None))).all()
        found = {one.task_id for one in lasting if one.officer.name == name}
    store.close()
    return found
