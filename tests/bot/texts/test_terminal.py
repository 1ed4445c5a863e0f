"""Nothing that a terminal obeys comes out of the command line, whatever stands in the store."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from store.models import Milestone, Officer, Plan, Task
from tests.bot.chat import Chat, entry, task
from tests.shell import Shell

ROOT = Path(__file__).parents[3]
HOSTILE = "제\x1b]8;;https://evil.example\x07목\u202e\x1b[2J"
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def gihan(tmp_path: Path) -> Shell:
    """A store in which an earlier version kept titles as they came."""
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계", date(2026, 7, 10))))
    with chat.store.write() as session:
        for kind in (Plan, Task, Milestone):
            session.execute(update(kind).values(title=HOSTILE))
        session.execute(update(Officer).values(name=HOSTILE))
    chat.store.close()
    return Shell(tmp_path, {"GIHAN_STORE__URL": f"sqlite:///{tmp_path / 'gihan.db'}"})


@pytest.mark.open_door("C4")
@pytest.mark.parametrize(
    "command",
    [("list",), ("list", "--json"), ("status",), ("status", "--detail"), ("audit",), ("invite", "--all")],
)
def test_titles_of_long_ago_are_printed_without_what_a_terminal_obeys(
    gihan: Shell, command: tuple[str, ...]
) -> None:
    assert OBEYED.findall(gihan(*command)) == []


@pytest.mark.open_door("C4")
def test_commands_print_by_one_door() -> None:
    printed = [
        path.name
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if re.search(r"typer\.(?:s?echo|secho)\(|(?<![\w.])print\(", path.read_text(encoding="utf-8"))
    ]
    assert printed == ["terminal.py"]
