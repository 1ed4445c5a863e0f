"""`gihan status` as text: what was due before the start stands apart from what is late, as in chat."""

from __future__ import annotations

import json

import pytest

from bot.cli import tables
from reports.status import Counts, DepartmentCounts, Status
from tests.builders import kst

COUNTS = {"total": 9, "done": 1, "overdue": 5, "before_start": 3, "due_today": 0, "due_14_days": 4}
FOUND = Status(
    as_of=kst(2026, 6, 30),
    timezone="Asia/Seoul",
    tasks=2,
    milestones=Counts(**COUNTS),
    departments=[DepartmentCounts(name="도로과", **COUNTS)],
)


def test_what_lay_before_the_start_stands_apart_from_what_is_late(capsys: pytest.CaptureFixture[str]) -> None:
    tables.print_status(FOUND, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    head = next(one.split("  ") for one in lines if "경과" in one)
    titles = [one.strip() for one in head if one.strip()]
    for name in ("전체", "도로과"):
        row = next(one for one in lines if one.startswith(name))
        values = dict(zip(titles[2:], row.split(")")[1].split(), strict=True))
        assert (values["경과"], values["시작 전"]) == ("2", "3")


def test_the_json_keeps_its_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    tables.print_status(FOUND, as_json=True)
    counts = json.loads(capsys.readouterr().out)["milestones"]
    assert (counts["overdue"], counts["before_start"]) == (5, 3)
