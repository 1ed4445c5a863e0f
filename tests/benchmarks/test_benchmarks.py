"""The benchmarks still run: at tiny sizes, with no word about their figures."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from benchmarks import round_tick
from benchmarks.__main__ import SMALL, document, run
from tests.plans import writers

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("letter", "tables"), [("a", 3), ("b", 1), ("c", 1), ("e", 1), ("f", 1), ("g", 1), ("h", 1)]
)
def test_it_measures_and_makes_tables(letter: str, tables: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.start.JOBS", 100)
    monkeypatch.setattr("benchmarks.start.TIMES", 1)
    monkeypatch.setattr("benchmarks.rendering.TIMES", 1)
    monkeypatch.setattr("benchmarks.first_picture.TIMES", 1)
    monkeypatch.setattr("benchmarks.kpi_list.TIMES", 1)
    monkeypatch.setattr("benchmarks.extract.WRITERS", {".txt": writers.write_txt, ".pdf": writers.write_pdf})
    if letter in {"b", "c"} and importlib.util.find_spec("aiolimiter") is None:
        pytest.skip("aiolimiter is not installed: pip install aiolimiter")
    found = list(run([letter], SMALL))
    assert len(found) == tables
    text = document(found, ["here and now"], "a test")
    assert all(one.title in text for one in found) and "| what |" in text


def test_an_open_round_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.round_tick.TIMES", 1)
    rows, notes = round_tick.compare(tmp_path, milestones=1_000, entries=20)
    assert len(rows) == 3 and "1,000 milestones" in notes[0]
