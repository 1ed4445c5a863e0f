"""Nobody at home for a while: the port stays ours, but connections are cut and new ones refused."""

import asyncio
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass
class Outage:
    """Closes and opens again what a server listens with."""

    address: tuple[str, int]
    family: int
    connections: Callable[[], Iterable[asyncio.BaseTransport]]
    protocol: Callable[[], asyncio.Protocol]
    servers: list[asyncio.Server]
    """The server's own list, in which the listener is replaced."""
    _held: socket.socket | None = field(default=None, repr=False)

    async def keep(self, is_out: bool) -> None:
        """Bring the listener to the wished state."""
        if is_out and self._held is None:
            self._begin()
        elif not is_out and self._held is not None:
            await self._end(self._held)

    def close(self) -> None:
        """Give the port back, at the server's end."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _begin(self) -> None:
        for server in self.servers:
            server.close()
        self.servers.clear()
        for transport in list(self.connections()):
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        self._held = bound(self.address, self.family)  # bound and not listening: refused, and nobody takes it

    async def _end(self, held: socket.socket) -> None:
        self._held = None
        self.servers.append(await asyncio.get_running_loop().create_server(self.protocol, sock=held))


def bound(address: tuple[str, int], family: int) -> socket.socket:
    """A socket of that address that does not listen yet.

    Raises: OSError where the port is taken.
    """
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made
