"""`gihan sandbox` as a newcomer starts it, on a machine whose traffic goes through a proxy."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.cli.sandbox import USUAL_PORT
from tests.shell import Shell, others
from tests.smoke.harness import ROOT

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(300)]
FORMER = "1000001:sandbox-token-for-this-computer-only"  # a constant that every page could know
NO_WAY = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")


@pytest.fixture
def taken() -> Iterator[None]:
    """The usual port is somebody else's: ours here, if it was nobody's."""
    with socket.socket() as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            ours.bind(("127.0.0.1", USUAL_PORT))
            ours.listen()
        yield


@pytest.fixture
def page(taken: None) -> Iterator[str]:
    """Where the page is."""
    command = [sys.executable, "-m", "gihan", "sandbox", "--no-browser"]
    with subprocess.Popen(
        command, cwd=ROOT, env=others() | NO_WAY, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = (re.match(r"대화 화면: (\S+)", line) for line in process.stdout)
        yield next(one[1] for one in found if one)
        process.terminate()
        assert process.wait(30) == 0


@pytest.mark.open_door("C5", "kind K")
def test_it_starts_behind_a_proxy_at_a_free_port_with_a_token_that_nobody_knows(page: str) -> None:
    assert not page.endswith(f":{USUAL_PORT}")
    with httpx.Client(base_url=page, trust_env=False) as client:
        assert client.get("/").status_code == 200
        assert client.get(f"/bot{FORMER}/getMe").status_code == 401
        assert len(client.get("/sandbox/state").json()["chats"]) >= 3


def test_a_port_that_was_asked_for_and_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert port in Shell(tmp_path)("sandbox", "--no-browser", "--port", port, code=2)
