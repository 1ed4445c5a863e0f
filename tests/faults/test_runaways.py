"""No text that comes in keeps the interpreter: runs, alternations and near misses, through every door that reads words.

Some of each here; `make campaign` plays as many as its time allows (GIHAN_CAMPAIGN_S seconds a door).
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plans.errors import PlanError
from plans.read import read_any
from plans.sheet.columns import ENTRY_COLUMNS, TASK_COLUMNS
from tests.campaign.runaway import document, sheet
from tests.campaign.seed import new_seed, usual_seed
from tests.plans import writers
from tests.plans.test_fuzz import CAMPAIGN_S
from tests.smoke.harness import ROOT

pytestmark = pytest.mark.long
SEED = new_seed() if CAMPAIGN_S else usual_seed()
TALKED = 150  # texts in one process
LENGTH = {".pdf": 30_000}  # the library looks through all letters of a page for each row of its tables


def write_plain(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


WRITERS: dict[str, Callable[[str, Path], None]] = {
    ".txt": write_plain,
    ".md": writers.write_md,
    ".csv": writers.write_csv,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".pdf": writers.write_pdf,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
}


def rounds(least: int) -> Callable[[int], bool]:
    """Whether to go on: for the campaign's time, else for some rounds."""
    end = time.monotonic() + CAMPAIGN_S
    return lambda done: time.monotonic() < end if CAMPAIGN_S else done < least


@pytest.mark.open_door("B1")
@pytest.mark.timeout(max(600, CAMPAIGN_S + 600))
def test_no_message_keeps_the_chat_busy() -> None:
    go_on, done = rounds(1), 0
    while go_on(done):
        first = ["--seed", str(SEED), "--first", str(done * TALKED), "--count", str(TALKED)]
        command = [sys.executable, "-m", "tests.campaign.runaway", *first]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        last = ended.stdout.splitlines()[-1:]
        assert ended.returncode == 0, (SEED, last, ended.stderr[-2000:])
        done += 1


def printable(text: str) -> str:
    """Without the letters that no file of markup may hold."""
    return "".join(one for one in text if one in "\n\t" or one >= " ")


@pytest.mark.open_door("B6")
@pytest.mark.timeout(max(600, CAMPAIGN_S + 600))
@pytest.mark.parametrize("kind", list(WRITERS))
def test_no_document_keeps_its_reader_busy(tmp_path: Path, kind: str) -> None:
    go_on, done = rounds(3), 0
    while go_on(done):
        chance = random.Random(f"{SEED}:{kind}:{done}")
        text = document(chance, LENGTH.get(kind, 200_000))
        assert read(tmp_path / f"plan{kind}", text) != "slow", (SEED, kind, done)
        done += 1


@pytest.mark.open_door("B6")
@pytest.mark.timeout(max(600, CAMPAIGN_S + 600))
@pytest.mark.parametrize(
    "columns", [tuple(TASK_COLUMNS.values()), tuple(ENTRY_COLUMNS.values())], ids=["tasks", "entries"]
)
def test_no_cell_of_a_sheet_keeps_its_reader_busy(tmp_path: Path, columns: tuple[str, ...]) -> None:
    go_on, done = rounds(3), 0
    while go_on(done):
        text = sheet(random.Random(f"{SEED}:{columns[0]}:{done}"), columns)
        assert read(tmp_path / "plan.xlsx", text) != "slow", (SEED, columns[0], done)
        done += 1


def read(path: Path, text: str) -> str | None:
    """Why the file is refused, as a code; None where it is read. The reader is a process with seconds of its own."""
    WRITERS[path.suffix](printable(text), path)
    try:
        read_any(path)
    except PlanError as error:
        return error.code
    return None
