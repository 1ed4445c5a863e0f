"""`gihan kpi …`: indicators are added, given targets and results, and come out with their counts and as-of days."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from store import officers
from store.db.engine import Store
from store.states import RoleName
from tests.bot.cli.test_asks import set_clock
from tests.bot.cli.test_items import PEOPLE
from tests.shell import Shell


@pytest.fixture
def shell(gihan: Shell, tmp_path: Path) -> Shell:
    """An office with people, on 8 April 2026."""
    clock = tmp_path / "clock.json"
    set_clock(clock, "2026-04-08T00:30:00+00:00")
    gihan.always |= {"GIHAN_CLOCK__FILE": str(clock), "GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}
    (gihan.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    gihan("roster", "people.csv", "--yes")
    with closing(Store(f"sqlite:///{gihan.folder / 'gihan.db'}")) as store, store.write() as session:
        [planner] = officers.find(session, "최기획")
        officers.grant(session, planner, RoleName.PLANNER, date(2026, 1, 1), None)
    return gihan


def test_from_a_new_indicator_to_the_list_of_laggards(shell: Shell) -> None:
    def listed(*more: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(shell("kpi", "list", "--json", *more))
        return found

    assert "없습니다" in shell("kpi", "list")
    shell(
        "kpi",
        "add",
        "상담",
        "--department",
        "교통과",
        "--unit",
        "건",
        "--starts",
        "2026-04-01",
        "--as",
        "최기획",
    )
    shell(
        "kpi",
        "add",
        "반영률",
        "--department",
        "공원과",
        "--kind",
        "비율",
        "--starts",
        "2026-04-01",
        "--unit",
        "%",
    )
    for month, target in ((4, "100"), (5, "100")):
        shell("kpi", "target", "1", target, "--month", str(month), "--as", "최기획")
    shell("kpi", "target", "2", "50%", "--month", "4")
    shell("kpi", "result", "1", "41", "--period", "4월", "--as", "박마루")
    assert "3/8 (37.5%)" in shell("kpi", "result", "2", "3/8", "--period", "4월", "--as", "이바다")
    rows = listed()
    assert [(one["no"], one["kind"], one["state"]) for one in rows] == [
        (1, "count", "not-planned"),
        (2, "ratio", "not-planned"),
    ]
    set_clock(Path(shell.always["GIHAN_CLOCK__FILE"]), "2026-05-08T00:30:00+00:00")
    rows = listed()
    assert [(one["reached"]["number"], one["planned"]["number"], one["rate"]) for one in rows] == [
        ("41", "100", "41.0"),
        ("3", "50", "75.0"),
    ]
    assert "1번 상담: 41건 / 계획 100건 (41.0%, 2026. 4. 30. 기준) · 부진" in shell("kpi", "list", "--behind")
    shell("kpi", "ask-monthly", "1", "--as", "최기획")
    assert "실적을 묻고 있습니다" in shell("kpi", "show", "1")
    for name in ("지표.xlsx", "지표.html"):
        shell("kpi", "list", "-o", name)
    page = load_workbook(shell.folder / "지표.xlsx").worksheets[0]
    assert "41건" in [cell.value for row in page.iter_rows() for cell in row]
    assert "3/8 (37.5%)" in (shell.folder / "지표.html").read_text(encoding="utf-8")


def test_what_cannot_be_done_is_told_and_changes_nothing(shell: Shell) -> None:
    shell("kpi", "add", "반영률", "--department", "공원과", "--kind", "비율", "--as", "최기획")
    for words in (
        ("add", "상담", "--department", "교통과", "--as", "박마루"),
        ("result", "1", "37.5%", "--period", "4월"),
        ("result", "1", "3/8", "--period", "4월", "--as", "김하늘"),
        ("result", "1", "3/8", "--period", "언젠가"),
        ("result", "9", "3/8"),
        ("add", "상담", "--department", "교통과", "--kind", "무게"),
        ("adjust", "1", "40%", "사유"),
    ):
        shell("kpi", *words, code=2)
    [row] = json.loads(shell("kpi", "list", "--json"))
    assert (row["values"], row["targets"]) == ([], [])
