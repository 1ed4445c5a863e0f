"""`gihan kpi import`: a register comes in as a sheet, once; what differs later is proposed and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.bot.cli.test_kpi import shell  # noqa: F401 - the fixture
from tests.shell import Shell

HEAD = ["지표명", "담당부서", "단위", "유형", "산식", "기준값", "2026년 목표", "1월", "2월", "담당자"]
ROWS = [
    ["버스 쉼터 이용", "교통과", "명", "건수", "월별 합", "1,800", "2,400", "200", "200", "김하늘"],
    ["민원 반영률", "교통과", "%", "비율", "반영/제안", "", "80%", "", "", "김하늘"],
    ["공원 만족", "공원과", "", "등급", "", "", "우수", "", "", ""],
    ["마을 공원 가꾸기", "공원과", "", "문장", "", "", "동마다 하나씩 가꾼다", "", "", ""],
]


def sheet(path: Path, rows: list[list[str]] = ROWS) -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["2026년 성과지표 등록부"], HEAD, *rows):
        page.append(row)
    book.save(path)
    return str(path)


def listed(shell: Shell) -> list[dict[str, Any]]:  # noqa: F811
    found: list[dict[str, Any]] = json.loads(shell("kpi", "list", "--json"))
    return found


def test_a_register_comes_in_once_and_what_differs_is_proposed(shell: Shell) -> None:  # noqa: F811
    file = sheet(shell.folder / "등록부.xlsx")
    said = shell("kpi", "import", file, "--dry-run")
    assert "새로 등록 4개" in said and "담당자" in said
    assert listed(shell) == []
    shell("kpi", "import", file, "--yes")
    visits, ratio, grade, words = sorted(listed(shell), key=lambda one: one["no"])
    assert (visits["name"], visits["unit"], visits["formula"], visits["department"]) == (
        "버스 쉼터 이용", "명", "월별 합", "교통과",
    )  # fmt: skip
    assert [(one["month"], one["number"]) for one in visits["targets"]] == [
        (1, "200"),
        (2, "200"),
        (None, "2400"),
    ]
    assert visits["baseline"]["number"] == "1800" and not visits["asked"]
    assert (ratio["kind"], ratio["targets"][0]["number"], ratio["targets"][0]["of"]) == ("ratio", "80", "100")
    assert (grade["kind"], grade["targets"][0]["words"]) == ("grade", "우수")
    assert (words["kind"], words["targets"][0]["words"]) == ("text", "동마다 하나씩 가꾼다")

    before = listed(shell)
    again: dict[str, Any] = json.loads(shell("kpi", "import", file, "--yes", "--json"))
    assert (again["new"], again["targets"], again["known"], again["proposed"]) == (0, 0, 4, [])
    changed = [
        ["버스 쉼터 이용", "교통과", "건", "건수", "월별 합", "1,800", "2,000", "200", "200", ""],
        *ROWS[1:],
    ]
    told = shell("kpi", "import", sheet(shell.folder / "고침.xlsx", changed), "--yes")
    assert "목표 2400 → 2000" in told and "단위 명 → 건" in told and "바꾸지 않았습니다" in told
    assert listed(shell) == before


def test_a_file_of_values_and_a_new_row_with_what_is_wrong(shell: Shell) -> None:  # noqa: F811
    file = shell.folder / "등록부.csv"
    file.write_text(
        "\n".join(",".join(one.replace(",", "") for one in row) for row in (HEAD, *ROWS[:2])), "utf-8"
    )
    shell("kpi", "import", str(file), "--yes")
    assert len(listed(shell)) == 2
    wrong = [["새 지표", "없는과", "명", "건수", "", "", "많이", "", "", ""], *ROWS]
    said = shell("kpi", "import", sheet(shell.folder / "틀림.xlsx", wrong), "--yes", code=2)
    assert "B3 담당부서" in said and "등록된 부서가 아닙니다" in said
    assert len(listed(shell)) == 2
