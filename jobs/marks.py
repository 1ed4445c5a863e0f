"""What is being worked on, marked in a file that outlives the process: what three processes did not outlive is left.

A row that breaks raises, and is put aside. One that ends or freezes the whole process takes its transaction with it and
would be the first again after every start. The mark is a write into a file, which the system keeps when the process is
gone: no commit, some millionths of a second.
"""

import fcntl
import json
import logging
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from gihan import __version__
from store.db.engine import Store

log = logging.getLogger(__name__)

# Chance, too, kills somebody over the same work again: who is ended while it begins comes back to its first message.
SUSPECT_DEATHS = 2  # it is tried apart, where somebody can
MOST_DEATHS = 3
MOST_KEPT = 40  # keys; a file of one page of memory holds them
PAGE_BYTES = 4096
RUNS_A_MACHINE = 16  # replicas of one database that keep marks beside each other


class DeadlyError(Exception):
    """It is not begun again: too many processes ended while they worked on it."""


class Marks:
    """What this process works on, and how many before it ended over the same. Without a file nothing is kept."""

    def __init__(self, handle: int | None = None, program: str = "") -> None:
        self._handle = handle
        self._program = program  # its version
        self._now: set[str] = set()
        self._deaths: Counter[str] = Counter()
        self._lock = threading.Lock()
        if handle is not None:
            self._read(handle)
            self._write()  # whoever finds the file knows that somebody has run here

    @contextmanager
    def on(self, key: str) -> Iterator[None]:
        """Around the work. Raises DeadlyError instead where it is deadly; what merely raises is not."""
        if self._deaths[key] >= MOST_DEATHS:
            raise DeadlyError(f"{key}: {MOST_DEATHS} processes ended over it")
        self._now.add(key)
        self._write()
        try:
            yield
        finally:
            self._now.discard(key)
            self._deaths.pop(key, None)
            self._write()

    def is_suspect(self, key: str) -> bool:
        """Processes ended over it, but not as many as make it deadly: it may have been chance."""
        return SUSPECT_DEATHS <= self._deaths[key] < MOST_DEATHS

    def acquit(self, key: str) -> None:
        """It came to its end in a process of its own: the deaths were chance."""
        self._deaths.pop(key, None)
        self._write()

    def condemn(self, key: str) -> None:
        """It ended a process of its own, too."""
        self._deaths[key] = MOST_DEATHS
        self._write()

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _read(self, handle: int) -> None:
        """What another version of the program did not outlive, this one may."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            kept = json.loads(os.pread(handle, PAGE_BYTES, 0).partition(b"\n")[0])
            if kept["version"] == self._program:
                self._deaths = Counter({str(key): int(count) for key, count in kept["deaths"].items()})
                self._deaths.update(map(str, kept["now"]))

    def _write(self) -> None:
        with self._lock:
            if self._handle is None:
                return
            deaths = dict(self._deaths.most_common(MOST_KEPT))
            kept = {"version": self._program, "now": sorted(self._now), "deaths": deaths}
            with suppress(OSError):  # a full disk keeps nobody from working
                os.pwrite(self._handle, json.dumps(kept).encode() + b"\n", 0)


def opened(store: Store) -> Marks:
    """The marks of who runs on the store: in the lock file beside an embedded one, which is his alone; for a server's
    in a file of this machine, one for each run."""
    try:
        handle = _own_file(store) if store.path is None else _open(lock_path(store.path))
    except OSError as error:
        log.warning("action=marks-failed error=%s", type(error).__name__)
        handle = None
    return Marks(handle, __version__)


def lock_path(store_path: Path) -> Path:
    """The file that the one process holds which runs on an embedded store."""
    real = store_path.resolve()  # the same store by another name is the same store
    return real.with_name(real.name + ".lock")


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _own_file(store: Store) -> int | None:
    """The first that no other run holds; the system gives it back when its holder is gone, however it went."""
    folder = Path(os.environ.get("STATE_DIRECTORY") or tempfile.gettempdir())
    name = sha256(store.url.render_as_string(hide_password=True).encode()).hexdigest()[:12]
    for number in range(RUNS_A_MACHINE):
        handle = _open(folder / f"gihan-{os.getuid()}-{name}-{number}.marks")
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        os.close(handle)
    return None
