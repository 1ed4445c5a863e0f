"""A `gihan run` whose wall clock the test sets while it runs; its monotonic clock goes on as it does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.smoke.harness import Office

FOLDERS = ("/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime")


def library() -> str:
    """Where libfaketime lies; what needs it is skipped where it does not."""
    found = (Path(folder) / "libfaketime.so.1" for folder in FOLDERS)
    path = next((one for one in found if one.exists()), None)
    if path is None or shutil.which("faketime") is None:
        pytest.skip("libfaketime is not installed (Debian: faketime)")
    return str(path)


class WallOffice(Office):
    """An office in wall-clock time, which is what the test says it is."""

    def begin_at(self, instant: datetime) -> None:
        self.offset = self.folder / "wall-clock"
        self.set(instant)

    def set(self, instant: datetime) -> None:
        """The wall clock of the running bot and of every command stands there now, and goes on from there."""
        ahead_s = (instant - datetime.now(UTC)).total_seconds()
        written = self.offset.with_suffix(".new")
        written.write_text(f"{ahead_s:+.3f}\n", encoding="ascii")
        written.replace(self.offset)

    def gihan(self, *arguments: str, code: int = 0) -> str:
        """As a process of its own: in this one the wall clock is the machine's."""
        done = subprocess.run(
            [sys.executable, "-m", "gihan", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        return {key: value for key, value in super().environment.items() if key != "GIHAN_CLOCK__FILE"} | {
            "LD_PRELOAD": library(),
            "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "PATH": os.environ["PATH"],
        }
