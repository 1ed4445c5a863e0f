"""`python -m tests.changed`: the tests of what changed since main, or since the last commit where there is nothing else.

`make quick` runs what is printed. A file's tests lie where its room and folder are mirrored below tests/.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "jobs", "plans", "reports", "sandbox", "store")
HOUSE = "tests/house"  # what holds the files together: cheap, and nearly every change concerns it
MESSAGES = "tests/messages"  # what every text must tell of itself


def changed() -> list[str]:
    """Files that differ from where this branch left main, those not committed or not known to git included."""
    base = _git("merge-base", "main", "HEAD") or ["HEAD"]
    found = _git("diff", "--name-only", base[0]) + _git("ls-files", "--others", "--exclude-standard")
    return found or _git("diff", "--name-only", "HEAD~1")


def tests_of(paths: Iterable[str]) -> list[str]:
    """Where the tests of these files lie, without those that lie in another one of them."""
    paths = list(paths)
    found = {HOUSE, *[MESSAGES] * any("/texts/" in path for path in paths)}
    found |= {test for path in paths if (test := _test_of(PurePosixPath(path))) is not None}
    return sorted(
        one for one in found if not any(str(above) in found for above in PurePosixPath(one).parents)
    )


def _test_of(path: PurePosixPath) -> str | None:
    room, *inner = path.parts
    if room == "tests":
        own = [path, *path.parents] if path.name.startswith("test_") else list(path.parents)
    elif room in ROOMS:
        own = _mirrored(room, [one for one in inner if one not in {"texts", "ko", "en"}])
    else:
        return None
    there = (str(one) for one in own if len(one.parts) > 1 and (ROOT / one).exists())
    return next(there, None)


def _mirrored(room: str, inner: Sequence[str]) -> list[PurePosixPath]:
    """From the test of the module itself up to all of the room."""
    folder, module = PurePosixPath("tests", room, *inner[:-1]), PurePosixPath(inner[-1]).stem
    rooms = [folder, *folder.parents]
    return [folder / f"test_{module}.py", *rooms[: rooms.index(PurePosixPath("tests", room)) + 1]]


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


if __name__ == "__main__":
    sys.stdout.write(" ".join(tests_of(changed())) + "\n")
