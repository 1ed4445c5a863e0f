"""Tables in the shapes that offices use: what each column and row is, and what of them is registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.draft import MilestoneDraft, PlanDraft
from plans.read import plan_of, read_plan
from plans.readers.child import source_of
from tests.plans import writers
from tests.plans.table_documents import DOCUMENTS, Document

WRITE: dict[str, writers.Write] = {
    ".txt": writers.write_txt,
    ".csv": writers.write_csv,
    ".md": writers.write_md,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
}


def drafted(document: Document, folder: Path) -> PlanDraft:
    path = folder / f"plan{document.kind}"
    WRITE[document.kind](document.text, path, writers.Looks(merged=document.merged))
    source = source_of(document.kind, path)
    return plan_of(source.text, document.year, None, source.notices)


def shown(entry: MilestoneDraft) -> str:
    """*action start..due < day before a change."""
    times = " ".join(f"{window.start}..{window.due}" for window in entry.windows) or entry.kind
    moved = f" < {entry.original_due}" if entry.original_due else ""
    return f"{'*' * entry.done}{entry.title} {times}{moved}"


def tasks_of(draft: PlanDraft) -> dict[str, list[str]]:
    return {
        f"{task.no or ''} {task.title} | {task.department or '-'}".strip(): sorted(
            map(shown, task.milestones)
        )
        for task in draft.tasks
    }


def expected(text: str) -> dict[str, list[str]]:
    tasks: dict[str, list[str]] = {}
    for line in map(str.strip, text.splitlines()):
        if " | " in line:
            entries = tasks.setdefault(line, [])
        else:
            entries.append(line)
    return {task: sorted(entries) for task, entries in tasks.items()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_table_of_an_office_gives_its_tasks_and_entries_and_nothing_else(
    document: Document, tmp_path: Path
) -> None:
    draft = drafted(document, tmp_path)
    right, optional = expected(document.right), expected(document.optional)
    found = {
        task: [one for one in entries if one not in optional.get(task, ())]
        for task, entries in tasks_of(draft).items()
    }
    assert found == right
    assert {finding.kind for finding in draft.findings} >= set(document.told)
    assert draft.account is not None
    assert draft.account.holds


def test_an_answer_about_a_form_holds_for_every_table_of_it(tmp_path: Path) -> None:
    document = next(one for one in DOCUMENTS if one.name == "two-columns-that-disagree")
    path = tmp_path / "plan.txt"
    writers.write_txt(document.text, path)
    asked = read_plan(path).tasks[0].asked
    assert [one.expr for one in asked] == ["3월 / 2031. 5. 2.", "4월 / 2031. 6. 9.", "9월 / 2031. 11. 3."]
    [form] = {one.form for one in asked}
    assert form is not None
    writers.write_txt(document.text.replace("안전 점검", "다른 점검"), path)
    draft = read_plan(path, answers={form: asked[0].columns[1]})
    assert [shown(one) for one in draft.tasks[0].milestones] == [
        "교량 점검 2031-05-02..2031-05-02",
        "옹벽 점검 2031-06-09..2031-06-09",
        "터널 점검 2031-11-03..2031-11-03",
    ]
    assert not draft.tasks[0].asked
