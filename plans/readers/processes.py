"""Asks the fork server for a process that reads one file, and starts and ends that server (읽기 프로세스)."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import IO, Final

from plans.readers.answer import Request

COMMAND: Final = [sys.executable, "-I", "-m", "plans.readers.fork_server"]
IDLE_S: Final = (
    60  # the server holds some 60 MB: it stays for several files in a row, not for the weeks between
)
BEGINS_WITHIN_S: Final = 120  # on a busy machine loading the readers takes long
_BEGAN: Final = b"began\n"


@dataclass(eq=False)
class Reading:
    """A process that reads a file: its answer, and how it ended."""

    out: IO[bytes]
    told: socket.socket

    def kill(self) -> None:
        """Ends it; may be said twice and late."""
        with suppress(OSError):
            self.told.shutdown(socket.SHUT_WR)

    def wait(self) -> int:
        """Its exit status, negative where a signal ended it."""
        with self.told.makefile("rb") as lines:
            last = lines.read().split()
        return int(last[-1]) if last else -signal.SIGKILL

    def close(self) -> None:
        self.out.close()
        self.told.close()


class Processes:
    """The fork server of this process: started with the first file, ended after a minute without one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: set[Reading] = set()
        self._server: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._ending: Timer | None = None

    def start(self, request: Request, file: IO[bytes]) -> Reading:
        """A process that reads this file. A server that is gone is started anew. Raises: OSError."""
        with self._lock:
            if self._ending is not None:
                self._ending.cancel()
            reading = self._began(request, file) or self._began(request, file)
            if reading is None:
                raise ProcessLookupError(None, "the reading process does not begin")
            self._running.add(reading)
            return reading

    def end(self, reading: Reading) -> None:
        """This one has been heard."""
        reading.close()
        with self._lock:
            self._running.discard(reading)
            if not self._running:
                self._ending = Timer(IDLE_S, self._end_idle)
                self._ending.daemon = True
                self._ending.start()

    def stop(self) -> None:
        """Ends whatever is being read, and the server."""
        for reading in list(self._running):
            reading.kill()
        with self._lock:
            self._end_server()

    def _began(self, request: Request, file: IO[bytes]) -> Reading | None:
        """None where the server is gone; the next one finds none."""
        with ExitStack() as given:
            wanted = given.enter_context(tempfile.TemporaryFile())
            wanted.write(request.model_dump_json().encode())
            wanted.seek(0)
            told, theirs = socket.socketpair()
            given.callback(theirs.close)
            heard, answers = os.pipe()
            given.callback(os.close, answers)
            reading = Reading(os.fdopen(heard, "rb"), told)
            descriptors = [wanted.fileno(), file.fileno(), answers, theirs.fileno()]
            with suppress(OSError):
                socket.send_fds(self._asked(), [b"."], descriptors)
                given.close()  # from here on only the server holds the other ends
                told.settimeout(BEGINS_WITHIN_S)
                if told.recv(len(_BEGAN), socket.MSG_WAITALL) == _BEGAN:
                    told.settimeout(None)
                    return reading
        reading.close()
        self._end_server()
        return None

    def _asked(self) -> socket.socket:
        """Where the server listens."""
        if self._server is None:
            ours, theirs = socket.socketpair()
            environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
            with theirs:
                process = subprocess.Popen(  # noqa: S603 - our own module
                    COMMAND, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
                )  # fmt: skip
            self._server = process, ours
        return self._server[1]

    def _end_idle(self) -> None:
        with self._lock:
            if not self._running:
                self._end_server()

    def _end_server(self) -> None:
        if self._server is not None:
            process, asked = self._server
            self._server = None
            asked.close()
            process.wait()


PROCESSES: Final = Processes()
atexit.register(PROCESSES.stop)
