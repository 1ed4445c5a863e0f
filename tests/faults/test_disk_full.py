"""The disk is full: nothing is confirmed that could not be kept, one clear line says so, and it goes on by itself."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.asked import asker, log_of
from tests.smoke.harness import ROOT, Office, until

pytestmark = [pytest.mark.smoke, pytest.mark.long]
NOTHING = 0  # bytes to which a file may grow
FULL_S = 4.0


@pytest.fixture
def piped(city: Office) -> Iterator[Office]:
    """The city, its log written by another process: the limit below holds for every file of ours."""
    until(lambda: "action=started" in city.log.read_text(), "the run to begin")
    assert city.stop() == 0
    with city.log.open("a") as log:
        writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=log)
    city.run_process = subprocess.Popen(
        [sys.executable, "-m", "gihan", "run"],
        cwd=ROOT,
        env=city.environment,
        stdout=writer.stdin,
        stderr=writer.stdin,
        text=True,
    )
    assert writer.stdin is not None
    writer.stdin.close()
    yield city
    if city.run_process.poll() is None:
        assert city.stop() == 0
    writer.wait(10)


def limit(city: Office, size: int) -> None:
    """How large a file may become that the run writes to: an error like that of a full disk beyond it."""
    assert city.run_process is not None
    hard = resource.prlimit(city.run_process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(city.run_process.pid, resource.RLIMIT_FSIZE, (size, hard))


def test_a_full_disk_loses_nothing_and_it_goes_on_when_there_is_space(piped: Office) -> None:
    one = asker(piped)
    limit(piped, NOTHING)
    one.ask()
    one.ask()
    time.sleep(FULL_S)
    assert not one.answers()
    limit(piped, resource.RLIM_INFINITY)
    one.wait_for_all()
    assert piped.run_process is not None
    assert piped.run_process.poll() is None
    with closing(sqlite3.connect(piped.folder / "gihan.db")) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_full_disk_is_said_in_one_clear_line_without_a_traceback(piped: Office) -> None:
    one = asker(piped)
    limit(piped, NOTHING)
    one.ask()
    until(lambda: "action=store-failed" in log_of(piped), "the word for the operator")
    limit(piped, resource.RLIM_INFINITY)
    one.wait_for_all()
    assert "Traceback" not in log_of(piped)
