"""Prints a new folder for what tests write: in memory where there is room for it, else on the disk."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes that must be free there


def quick_folder() -> Path:
    """Open to other users: a PostgreSQL of the tests does not run as root."""
    try:
        has_room = shutil.disk_usage(MEMORY).free >= ROOM
        folder = Path(tempfile.mkdtemp(prefix="gihan-tests-", dir=MEMORY if has_room else None))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="gihan-tests-"))
    folder.chmod(0o1777)
    return folder


if __name__ == "__main__":
    sys.stdout.write(f"{quick_folder()}\n")
