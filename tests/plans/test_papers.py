"""Made-up papers as offices write them, each written before the reader was mended by it, read from a word processor's file.

A sample is one as in test_forms; its tables are drawn with |, a cell that is empty below a full one is merged with it. @~ is
given as well and is no entry: whoever comes to leave it away takes its line away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plans.read import plan_of
from plans.readers import csv, hwp, md
from tests.plans.test_forms import Sample, says, spans
from tests.plans.test_forms import marks as marks_of
from tests.plans.writers import Looks, write_hwpx

PAPERS = Path(__file__).parents[1] / "samples" / "papers"
YEAR = 2026
NO_ENTRY = "@~ "
LABELS = 2  # columns whose cells may be merged


def papers() -> Iterator[tuple[Sample, int]]:
    for path in sorted(PAPERS.glob("*.txt")):
        for part in re.split(r"(?m)^### (?=[a-z]\d\d-)", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = part.partition("\n")
            lines = rest.split("\n")
            text = "\n".join(line for line in lines if not line.startswith("@"))
            sample = Sample(name, text, marks_of(lines, "@ "), marks_of(lines, "@? "))
            yield sample, sum(line.startswith(NO_ENTRY) for line in lines)


def words_of(text: str, folder: Path) -> str:
    if text.startswith("# "):
        return md.read(text.encode()).text
    if text.startswith("Ref,"):
        return csv.read(text.encode()).text
    rows = ["\t".join(map(str.strip, line.split("|"))) if "|" in line else line for line in text.split("\n")]
    path = folder / "paper.hwpx"
    write_hwpx("\n".join(rows), path, Looks(merged=dict(merged(rows))))
    return hwp.read(path).text


def merged(lines: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The cells that reach over empty ones below, as the writers want them."""
    for index, line in enumerate(lines):
        for column, text in enumerate(line.split("\t")[:LABELS] if "\t" in line else ()):
            if not text:
                break
            below = 1
            while index + below < len(lines) and _is_left_empty(lines[index + below], column):
                below += 1
            if below > 1:
                yield (index + 1, column), (below, 1)


def _is_left_empty(line: str, column: int) -> bool:
    cells = line.split("\t") if "\t" in line else []
    return any(cells) and not any(cells[: column + 1])


@pytest.mark.parametrize(("sample", "others"), list(papers()), ids=lambda one: getattr(one, "name", ""))
def test_a_paper_gives_its_entries_under_their_tasks(sample: Sample, others: int, tmp_path: Path) -> None:
    draft = plan_of(words_of(sample.text, tmp_path), YEAR)
    found = [
        (span, one.title, f"{task.no or ''} {task.title}")
        for task in draft.with_own()
        for one in task.milestones
        for span in spans(one)
    ]
    for wanted in sample.wanted:
        one = next((one for one in found if says(wanted, one)), None)
        assert one is not None, (wanted, found)
        found.remove(one)
    assert len(found) == others, found
    assert not any(says(mark, one) for mark in sample.not_yet for one in found)
