"""`python -m sandbox` as a process."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sandbox.__main__ import main


def test_it_says_where_it_listens_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--token", "5:abc", "--ready-file", str(ready)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"listening (http://127\.0\.0\.1:\d+)\n", line)
        assert found is not None
        assert httpx.get(f"{found[1]}/bot5:abc/getMe", trust_env=False).json()["result"]["id"] == 5
        process.terminate()
        out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "", "")
    assert ready.read_text() == f"{found[1]}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--host", "0.0.0.0"],
        ["--host", "example.org"],
        ["--token", "abc"],
        ["--fault", "getMe:love"],
        ["--timezone", "Mars/Base"],
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "0", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
