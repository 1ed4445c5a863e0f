"""How a run ends: SIGTERM at bad moments."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.smoke.harness import TOKEN, Office, until

pytestmark = pytest.mark.smoke


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def silent_telegram() -> Iterator[str]:
    """Something that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def begin(folder: Path, **variables: str) -> subprocess.Popen[str]:
    own = {
        "GIHAN_TELEGRAM__TOKEN": TOKEN,
        "GIHAN_STORE__URL": f"sqlite:///{folder / 'gihan.db'}",
        "GIHAN_WEB__LISTEN": "127.0.0.1:0",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIHAN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "gihan", "run"],
        cwd=folder,
        env=kept | own | variables,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_sigterm_ends_a_run_that_waits_for_a_silent_telegram(tmp_path: Path, silent_telegram: str) -> None:
    run = begin(tmp_path, GIHAN_TELEGRAM__API_BASE=silent_telegram)
    until((tmp_path / "gihan.db.lock").exists, "the run to begin")
    until((tmp_path / "gihan.db-wal").exists, "the store to be open")
    run.send_signal(signal.SIGTERM)
    assert run.wait(10) == 0
    assert run.stderr is not None
    assert TOKEN not in run.stderr.read()
    run.stderr.close()


def test_health_is_there_while_a_run_waits_for_a_silent_telegram(
    tmp_path: Path, silent_telegram: str
) -> None:
    address = f"127.0.0.1:{free_port()}"
    run = begin(tmp_path, GIHAN_TELEGRAM__API_BASE=silent_telegram, GIHAN_WEB__LISTEN=address)

    def asked(page: str) -> tuple[int, str] | None:
        with suppress(httpx.TransportError):
            answer = httpx.get(f"http://{address}/{page}", trust_env=False)
            return answer.status_code, answer.text.split()[0]
        return None

    assert until(lambda: asked("healthz"), "the web side to be there") == (503, "connecting")
    assert asked("livez") == (200, "ok")
    run.terminate()
    assert run.wait(10) == 0
    assert run.stderr is not None
    run.stderr.close()


def test_an_answer_on_its_way_at_the_end_arrives_once(city: Office) -> None:
    [person] = city.link("심청")
    city.telegram.post("faults", method="sendMessage", kind="delay", seconds=2, times=1)
    before = len(city.telegram.sends(person.id))
    person.write("/my")
    until(
        lambda: any(one["text"].startswith("내 소관 일정") for one in person.received()),
        "the answer to arrive",
    )
    assert city.stop() == 0
    city.start()
    person.ask("/help")
    texts = [one["text"] for one in person.received()]
    assert sum(text.startswith("내 소관 일정") for text in texts) == 1
    assert len(city.telegram.sends(person.id)) == before + 2
