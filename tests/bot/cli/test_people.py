"""`gihan handover`: a list of the command line, all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path

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
