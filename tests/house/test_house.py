"""The house itself: what the wheel holds, what the docs speak of, which room makes text."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.cli import cli
from bot.commands.registry import COMMANDS, PRESSES
from bot.turn import Turn
from jobs.policy import EVENT_KINDS

ROOT = Path(__file__).parents[2]
NOT_PYTHON = {
    "bot/texts/ko/digest.txt",
    "reports/quarterly/templates/result.html",
    "sandbox/sample/plan.txt",
    "sandbox/page/index.html",
}
ROOMS = {"bot", "jobs", "plans", "reports", "sandbox", "store"}


def test_the_wheel_has_the_rooms_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    files = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in files}
    assert {name for name in tops if not name.endswith(".dist-info")} == ROOMS
    assert files >= NOT_PYTHON


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [
        one.name or (one.callback.__name__.rstrip("_") if one.callback else "")
        for one in cli.registered_commands
    ]
    assert [name for name in names if f"gihan {name}" not in readme] == []
    assert [one.name for one in COMMANDS if f"/{one.name}" not in readme] == []


@pytest.mark.pitfall(16)
def test_every_button_verb_fits_into_the_data() -> None:
    assert all(len(f"v1|{verb}|999999999999|999999999999".encode()) <= 64 for verb in PRESSES)


def test_only_the_listed_event_kinds_are_ever_told() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    told = set(re.findall(r'turn\.tell\(\s*[\w.]+,\s*"([a-z-]+)"', source))
    assert told
    assert told <= set(EVENT_KINDS)
    assert Turn.tell.__doc__


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert lock.count("--hash=sha256:") > 100


def test_message_text_is_made_in_one_place() -> None:
    makers = [
        str(path.relative_to(ROOT))
        for room in ("bot", "jobs")
        for path in (ROOT / room).rglob("*.py")
        if "jinja2" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["bot/texts/render.py"]


def test_every_decision_is_numbered_and_listed() -> None:
    files = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
