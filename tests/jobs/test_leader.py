"""Who polls and ticks."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.leader import FileLeader
from store.errors import StoreError

HOLD = """
import sys, time
from pathlib import Path
from jobs.leader import FileLeader
with FileLeader(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.pitfall(7, 12)
def test_a_second_holder_is_refused_in_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with FileLeader(path), pytest.raises(StoreError, match=r"^[^\n]*gihan run[^\n]*gihan\.db\.lock[^\n]*$"):
        FileLeader(path).__enter__()


def test_after_the_end_another_may_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with FileLeader(path):
        pass
    with FileLeader(path) as leader:
        assert leader.path.name == "gihan.db.lock"


def test_a_failure_inside_gives_it_back(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    with pytest.raises(RuntimeError), FileLeader(path):
        raise RuntimeError
    with FileLeader(path):
        assert path.with_name("gihan.db.lock").exists()


def test_two_stores_have_two_leaders(tmp_path: Path) -> None:
    with FileLeader(tmp_path / "one.db"), FileLeader(tmp_path / "two.db") as second:
        assert second.path.name == "two.db.lock"


def test_the_holders_death_gives_it_back_at_once(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    root = Path(__file__).parents[2]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError):
            FileLeader(path).__enter__()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with FileLeader(path):
            assert holder.returncode == -signal.SIGKILL
