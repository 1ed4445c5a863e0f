"""Connections of the web side: always fewer than the process may open files, no half request and no answer that nobody
reads for long."""

import asyncio
import resource
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

WHOLE_REQUEST_S = 10.0  # within which a request has to be there with its body
READ_S = 10.0  # within which an answer has to be read, as far as it fills what the system keeps for it
MOST = 128
SHARE = 4  # of the files that may be open, one in so many is a connection; the store and Telegram need theirs
AT_ONCE = 32  # so many are accepted before they are looked at
UNFINISHED = {h11.IDLE, h11.SEND_BODY}


def most_open() -> int:
    """How many connections may stand at once."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if limit == resource.RLIM_INFINITY else max(1, min(MOST, limit // SHARE))


class LimitedProtocol(H11Protocol):
    """A connection that ends where its request takes too long, or a newer one needs its place."""

    deadline: asyncio.TimerHandle | None = None
    unread: asyncio.TimerHandle | None = None
    answered = 0
    since: float

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since = self.loop.time()
        self._watch()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.unread is None:
            self.unread = self.loop.call_later(READ_S, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_read()

    def on_response_complete(self) -> None:
        self.answered += 1
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        self._is_read()
        super().connection_lost(exc)

    @property
    def is_unfinished(self) -> bool:
        """Its next request is not here yet, or not wholly; nobody works on it."""
        return self.conn.their_state in UNFINISHED

    def _watch(self) -> None:
        if not self.is_unfinished:
            self._forget()
        elif self.deadline is None:
            self.deadline = self.loop.call_later(WHOLE_REQUEST_S, self.transport.abort)

    def _forget(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _is_read(self) -> None:
        if self.unread is not None:
            self.unread.cancel()
            self.unread = None

    def _make_room(self) -> None:
        """The oldest goes that nobody works on, that does not read, or that was answered before: who sends a thousand
        requests at once is always worked on. Where all wait for their first answer, the new one."""
        standing = [
            one for one in cast("set[LimitedProtocol]", self.connections) if not one.transport.is_closing()
        ]
        if len(standing) <= most_open():
            return
        spare = (one for one in standing if one.is_unfinished or one.unread or one.answered)
        oldest = min(spare, key=lambda one: one.since, default=self)
        oldest.transport.abort()
