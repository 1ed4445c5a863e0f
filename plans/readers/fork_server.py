"""The process that has the readers loaded and forks one child a file: `python -I -m plans.readers.fork_server` (읽기 서버).

It never touches a document: it loads what reading such a file needs, forks, and tells who asked that the child began and
how it ended. Standard input is a socket; each byte on it brings four descriptors: the Request, the file, where the child
answers, and where its beginning and end are told. Who closes the last one wants the child no longer; who closes the
socket ends the server and its children. Its environment is empty, so what it forks has nothing to give away.
"""

from __future__ import annotations

import gc
import importlib
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from plans.readers import child
from plans.readers.answer import Request

BROUGHT: Final = 4  # descriptors a request
BEGAN, ENDED = b"began\n", b"ended %d\n"
MOST_DESCRIPTORS: Final = 4096  # of those that a child does not keep

Work = Callable[[Request], int]
"""What the child does with its file (standard input); its exit status."""


class ForkServer:
    """One child a request; who asked hears of its end."""

    def __init__(self, asked: socket.socket, work: Work) -> None:
        self.asked, self.work = asked, work
        self.askers: dict[int, socket.socket] = {}  # by child
        self.loaded: set[str] = set()
        self.ended, wakes = socket.socketpair()
        for end in self.ended, wakes:
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        self.wakes = wakes
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.asked, selectors.EVENT_READ, self._take)
        self.selector.register(self.ended, selectors.EVENT_READ, self._reap)

    def serve(self) -> None:
        """Until who started it is gone."""
        while self.asked.fileno() != -1:
            for key, _ in self.selector.select():
                key.data()
        for pid in self.askers:
            os.kill(pid, signal.SIGKILL)

    def _take(self) -> None:
        byte, descriptors, *_ = socket.recv_fds(self.asked, 1, BROUGHT)
        if not byte:
            self.selector.unregister(self.asked)
            self.asked.close()
            return
        wanted, file, out, told = descriptors
        with os.fdopen(wanted, "rb") as text:
            request = Request.model_validate_json(text.read())
        self._load(request)
        pid = os.fork()
        if pid == 0:
            self._be_child(request, file, out)
        os.close(file)
        os.close(out)
        self._began(pid, socket.socket(fileno=told))

    def _load(self, request: Request) -> None:
        """What is loaded here is so in every child from here on."""
        missing = set(child.needed(request)) - self.loaded
        for name in missing:
            with suppress(ImportError):  # the child says so
                importlib.import_module(name)
        if missing:
            self.loaded |= missing
            gc.freeze()  # children share what they never write to

    def _be_child(self, request: Request, file: int, out: int) -> None:
        """Only file and answer stay open."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(file, 0)
            os.dup2(out, 1)
            os.closerange(3, MOST_DESCRIPTORS)
            status = self.work(request)
            sys.stdout.flush()
        finally:
            os._exit(status)

    def _began(self, pid: int, asker: socket.socket) -> None:
        self.askers[pid] = asker
        self.selector.register(asker, selectors.EVENT_READ, lambda: self._unwanted(pid))
        with suppress(OSError):
            asker.send(BEGAN)

    def _unwanted(self, pid: int) -> None:
        """Nobody writes to the server here: what can be read is that the other end is closed. The child may have ended in
        the same moment."""
        if (asker := self.askers.get(pid)) is not None:
            self.selector.unregister(asker)
            os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            self.ended.recv(4096)
        for pid in list(self.askers):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self._tell(self.askers.pop(pid), os.waitstatus_to_exitcode(status))

    def _tell(self, asker: socket.socket, status: int) -> None:
        with suppress(KeyError):
            self.selector.unregister(asker)
        with suppress(OSError):
            asker.send(ENDED % status)
        asker.close()


def main(work: Work = child.main) -> None:
    """Serves until standard input ends. A terminal's Ctrl-C is the parent's to decide."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ForkServer(socket.socket(fileno=os.dup(0)), work).serve()


if __name__ == "__main__":
    main()
