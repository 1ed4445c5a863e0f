"""Scores on real plans with hand labels; they lie beside the project and are skipped elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from plans.read import read_plan

LABELS = {"000": "000-first-20", "001": "001", "004": "004"}
EXPECTED_CODES = {
    "000": {
        "number-skips",
        "budget-differs",
        "count-differs",
        "rule-differs",
        "name-differs",
        "period-differs",
        "row-twice",
    },
    "001": {"status-differs"},
    "004": {"rate-differs", "change-differs", "name-differs"},
}


def score(shared: Path, name: str, folder: Path) -> str:
    extracted = folder / f"{name}.json"
    extracted.write_text(read_plan(shared / "plans" / f"{name}.txt").model_dump_json(), encoding="utf-8")
    gold = shared / "gold" / f"{LABELS[name]}.json"
    command = [sys.executable, str(shared / "tools" / "score_plan.py"), str(gold), str(extracted)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", ["000", "001"])
def test_milestones_agree_with_the_hand_labels(shared: Path, tmp_path: Path, name: str) -> None:
    f1 = re.search(r"F1 (\d\.\d+)", score(shared, name, tmp_path))
    assert f1 is not None
    assert float(f1[1]) >= 0.98


@pytest.mark.parametrize("name", list(LABELS))
def test_every_task_is_found_and_its_fields_are_right(shared: Path, tmp_path: Path, name: str) -> None:
    line = score(shared, name, tmp_path).splitlines()[1]
    shares = [int(right) / int(total) for right, total in re.findall(r"(\d+)/(\d+)", line)]
    assert len(shares) == 10
    assert shares[0] == 1
    assert min(shares) >= 0.98


@pytest.mark.parametrize("name", list(LABELS))
def test_known_contradictions_are_found_and_hardly_more(shared: Path, name: str) -> None:
    draft = read_plan(shared / "plans" / f"{name}.txt")
    checks = [finding for finding in draft.findings if finding.severity == "check"]
    assert EXPECTED_CODES[name] <= {finding.kind for finding in checks}
    assert len(checks) <= 18
