"""Closing a connection without an answer, as a network that fails does."""

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[str, int], asyncio.Transport] = {}
"""Open connections by the client's address; unique among all servers of a process."""


class SandboxProtocol(H11Protocol):
    """uvicorn's HTTP protocol that remembers its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Note the connection."""
        super().connection_made(transport)
        if self.client:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self.client:
            _open.pop(self.client, None)
        super().connection_lost(exc)


class Hangup(Response):
    """No answer at all: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the client's connection and wait until it is gone."""
        transport = _open.get(tuple(scope["client"]))
        if transport is not None:  # else the client was quicker: killed while it waited
            transport.close()
        while (await receive())["type"] != "http.disconnect":
            pass
