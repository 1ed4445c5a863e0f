"""The made-up city's quarter, and a real one where it lies beside the project: drafts -> quarters of the result."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from plans.draft import PlanDraft
from plans.read import read_plan
from reports.period import Period
from reports.pledges import read_pledge_status
from reports.quarterly.build import build
from reports.quarterly.result import Result
from reports.quarterly.rows import Adjustment, Quarter, Row, Step
from reports.settings import RoundSettings
from tests.builders import SEOUL, kst

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "samples"
NOW = kst(2030, 7, 22).astimezone(SEOUL)


def bureaus(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["department"]: row["bureau"] for row in csv.DictReader(lines)}


@cache
def _read(plan: Path) -> PlanDraft:
    return read_plan(plan)


def quarter(plan: Path, of: Mapping[str, str]) -> Quarter:
    """The result document as a frozen quarter, with what it prints about itself."""
    draft = _read(plan).model_copy(deep=True)
    assert draft.claims is not None and draft.claims.as_of is not None
    rows = []
    for number, task in enumerate(draft.tasks, 1):
        status = read_pledge_status(task.status)
        assert status is not None and task.department is not None and task.area is not None
        where = of.get(task.department, "국 미지정")
        rows.append(
            Row(
                task.no,
                task.title,
                status,
                task.area,
                where,
                task.department,
                task.pledge_no,
                task.pledge,
                number,
            )
        )
    claims = draft.claims
    assert claims.as_of is not None
    return Quarter(
        Period(claims.year, claims.quarter),
        claims.as_of,
        rows,
        subject=claims.subject,
        basis=claims.basis,
        steps=[Step(one.what, one.when) for one in claims.steps],
        adjustments=[Adjustment(one.no, one.title, one.reason) for one in claims.adjustments],
        bureaus=tuple(dict.fromkeys(of.values())),
        claims=claims.model_dump(mode="json"),
        source=plan.name,
    )


def before(path: Path, period: Period) -> Quarter:
    """The register of a quarter before: no, title, status."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = list(csv.reader(lines))[1:]
    rows = [Row(no, title, status) for no, title, word in found if (status := read_pledge_status(word))]
    assert len(rows) == len(found)
    return Quarter(period, period.last_day, rows)


def result(
    now: Quarter, previous: Quarter | None, settings: RoundSettings | None = None, at: datetime = NOW
) -> Result:
    return build(now, previous, settings or RoundSettings(), "한별시", at, "Asia/Seoul")


def city() -> Result:
    """한별시, second quarter of 2030, against the first."""
    now = quarter(SAMPLES / "quarter.txt", bureaus(SAMPLES / "quarter-bureaus.csv"))
    return result(now, before(SAMPLES / "quarter-before.csv", Period(2030, 1)))


def table(sheet: Any, second: str, rows: int) -> list[list[Any]]:
    """The rows of the table whose head is 구분 | `second`, head included."""
    values = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(i for i, row in enumerate(values) if row[:2] == ["구분", second])
    return values[at : at + rows]
