from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.texts import plan_words
from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.read import read_plan

NAMES = ("cards", "notes", "pledges", "register", "steps", "works")


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_expected_draft(samples: Path, name: str) -> None:
    draft = read_plan(samples / f"{name}.txt")
    assert json.loads(draft.as_json(plan_words.finding)) == json.loads(
        (samples / f"{name}.json").read_text(encoding="utf-8")
    )


def test_progress_ends_with_all_lines_done(samples: Path) -> None:
    seen: list[tuple[int, int]] = []
    read_plan(samples / "cards.txt", progress=lambda done, total, _: seen.append((done, total)))
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] == (samples / "cards.txt").read_text(encoding="utf-8").count("\n") + 1


def test_the_documents_year_wins_over_the_given_one(samples: Path) -> None:
    assert read_plan(samples / "works.txt", year=1999).plan_year == 2025


def test_the_given_year_serves_a_document_without_one(samples: Path) -> None:
    assert read_plan(samples / "pledges.txt", year=2024).plan_year == 2024


def test_a_text_without_tasks_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("안녕하십니까.\n다음 주에 뵙겠습니다.\n", encoding="utf-8")
    with pytest.raises(PlanError, match="no-tasks"):
        read_plan(tmp_path / "letter.txt")


@pytest.fixture(scope="module")
def draft(sample_plan: Path) -> PlanDraft:
    return read_plan(sample_plan)


def test_the_newcomers_plan_has_its_tasks_departments_and_officers(draft: PlanDraft) -> None:
    officers = Counter(officer.name for task in draft.tasks for officer in task.officers)
    assert len(draft.tasks) == 12
    assert len({task.department for task in draft.tasks}) == 7
    assert len(officers) == 12
    assert sorted(officers.values())[-2:] == [1, 2]


def test_the_newcomers_plan_has_milestones_of_every_kind(draft: PlanDraft) -> None:
    entries = [entry for task in draft.tasks for entry in task.milestones]
    assert 40 <= len(entries) <= 60
    assert {entry.kind for entry in entries} == {"dated", "open", "ongoing", "recurring"}
    precisions = {window.precision for entry in entries for window in entry.windows}
    assert precisions == {"day", "month", "range", "quarter", "half"}


def test_the_newcomers_plan_has_much_due_in_its_first_summer(draft: PlanDraft) -> None:
    dues = [w.due for task in draft.tasks for entry in task.milestones for w in entry.windows if w.due]
    assert sum(date(2026, 6, 20) <= due <= date(2026, 8, 31) for due in dues) >= 15
    assert 3 <= sum(due < date(2026, 6, 1) for due in dues) <= 20


def test_the_newcomers_plan_has_a_few_contradictions_to_show(draft: PlanDraft) -> None:
    codes = Counter(finding.kind for finding in draft.findings if finding.severity == "check")
    assert codes == {"number-skips": 1, "budget-differs": 1, "sum-mismatch": 1, "name-differs": 1}
