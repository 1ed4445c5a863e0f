"""Where commands print: whatever letters it can show, full, closed, or read only in part."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import others

PRINTING = ["--version", "--help", "permissions", "understand 완료"]
pytestmark = [pytest.mark.long, pytest.mark.open_door("D4")]


def run(command: str, redirected: str = "", /, **variables: str) -> subprocess.CompletedProcess[str]:
    """The real program in a shell. What it says is read as UTF-8."""
    line = f'"$0" -m gihan {command} {redirected}'
    return subprocess.run(
        ["bash", "-c", line, sys.executable],
        env=others() | {"GIHAN_STORE__URL": "sqlite:////nowhere/gihan.db"} | variables,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        input="112 완료\n",
    )


@pytest.mark.parametrize("command", PRINTING)
def test_a_full_output_is_one_clear_line_and_a_failure(command: str) -> None:
    done = run(command, ">/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("gihan: 출력할 곳에 쓸 수 없습니다") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", PRINTING)
def test_a_closed_output_is_one_clear_line_and_a_failure(command: str) -> None:
    done = run(command, ">&-")
    assert done.returncode == 1
    assert done.stderr.startswith("gihan: 출력할 곳에 쓸 수 없습니다") and done.stderr.count("\n") == 1


def test_a_reader_who_is_gone_is_no_fault_to_tell() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "gihan", "permissions"]
    with os.fdopen(writing, "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=others(), check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_without_an_output_for_errors_the_code_tells_it_alone(redirected: str) -> None:
    assert run("list --nope", redirected).returncode == 2


def test_with_nothing_open_at_all_it_ends_in_order() -> None:
    assert run("permissions", ">&- 2>&- <&-").returncode == 1


@pytest.mark.parametrize("command", PRINTING)
def test_letters_that_a_terminal_has_not_are_written_as_numbers(command: str) -> None:
    done = run(command, PYTHONIOENCODING="latin-1:strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert command == "--version" or "\\u" in done.stdout


@pytest.mark.parametrize("command", [*PRINTING, "understand -", "import sandbox/sample/plan.txt --dry-run"])
def test_a_system_that_was_told_no_language_reads_and_writes_as_everywhere(command: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(command, **plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run(command).stdout
