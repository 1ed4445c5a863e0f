"""The HTTP server of the sandbox, on loopback only."""

import asyncio
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import texts
from sandbox.bot_api import BotApi
from sandbox.clock import ACK_TIMEOUT_S, Clock
from sandbox.control.guard import Guard
from sandbox.control.routes import control_routes
from sandbox.core import Sandbox
from sandbox.faults import Fault
from sandbox.hangup import SandboxProtocol
from sandbox.loopback import is_loopback
from sandbox.outage import Outage, bound
from sandbox.persons import Bot
from sandbox.town import Town
from sandbox.world import World

DEFAULT_TOKEN = "110000001:sandbox-token-for-this-machine-only"  # noqa: S105 (no secret: loopback only)
PAGE = Path(__file__).parent / "page"
GRACE_S = 2
"""Real seconds that open requests have when the server stops."""
KEEP_ALIVE_S = 75
"""Real seconds an idle connection stays open: longer than a client keeps it, so that none is cut while in use."""


@dataclass(frozen=True)
class Options:
    """How a sandbox starts."""

    host: str = "127.0.0.1"
    port: int = 0
    token: str = DEFAULT_TOKEN
    clock_file: Path | None = None
    now: datetime | None = None
    timezone: str = "Asia/Seoul"
    bot_name: str = ""
    """What stands in `texts` for it where none is given."""
    bot_username: str = "gihan_sandbox_bot"
    ack_timeout_s: float = ACK_TIMEOUT_S
    limits: bool = False
    faults: list[Fault] = field(default_factory=list)
    language: str = texts.FIRST
    town: Town | None = None


@dataclass(frozen=True)
class Running:
    """A server that answers: its address and its state."""

    url: str
    token: str
    sandbox: Sandbox


class Server(uvicorn.Server):
    """uvicorn's server, which leaves signals alone, wakes long polls before it waits for them, and is out for
    a while where a fault says so."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.sandbox = sandbox
        self.on_ready = on_ready
        self._outage: Outage | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started and sockets:
            self._outage = self._outage_of(sockets[0])
            self.on_ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: begin or end an outage."""
        if self._outage is not None:
            await self._outage.keep(self.sandbox.faults.is_out())
        return await super().on_tick(counter)

    def _outage_of(self, listener: socket.socket) -> Outage:
        def protocol() -> asyncio.Protocol:
            return SandboxProtocol(self.config, self.server_state, self.lifespan.state)

        def connections() -> list[asyncio.BaseTransport]:
            return [one.transport for one in self.server_state.connections if one.transport is not None]

        address = listener.getsockname()[:2]
        return Outage(address, listener.family, connections, protocol, self.servers)

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        """Signals belong to whoever starts the server."""
        return nullcontext()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the long polls, then all connections."""
        if self._outage is not None:
            self._outage.close()
        self.sandbox.updates.end_poll()
        self.sandbox.world.changes.bump()
        await super().shutdown(sockets)


def create_sandbox(options: Options) -> Sandbox:
    """The state of a new sandbox, its clock set."""
    clock = Clock(ZoneInfo(options.timezone), options.clock_file, options.ack_timeout_s)
    clock.start(options.now)
    with texts.speaking(options.language):
        name = options.bot_name or texts.line("bot-name")
    bot = Bot(options.token, options.bot_username, name)
    sandbox = Sandbox(World(bot, clock), town=options.town, language=options.language)
    sandbox.limits.is_on = options.limits
    sandbox.faults.rules.extend(options.faults)
    return sandbox


def create_app(sandbox: Sandbox) -> Starlette:
    """Bot API, control API and page as one ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await sandbox.webhook.stop()

    async def index(request: Request) -> FileResponse:
        return _index(sandbox.language)

    routes = [
        Route("/", index),
        *_pages(),
        *control_routes(sandbox),
        *BotApi(sandbox).routes(),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=lifespan)


def _pages() -> Iterator[BaseRoute]:
    """The page in each language, `/en`, with the same scripts: those of `/en/page` find `/en/texts` beside themselves."""

    async def index(request: Request) -> FileResponse:
        return _index(request.url.path[1:])

    for one in texts.LANGUAGES:
        yield Route(f"/{one}", index)
        yield Mount(f"/{one}/page", StaticFiles(directory=PAGE))
        yield Mount(f"/{one}/texts", StaticFiles(directory=texts.folder(one)))


def _index(language: str) -> FileResponse:
    return FileResponse(texts.folder(language) / "index.html", headers={"Cache-Control": "no-cache"})


def bind(options: Options) -> socket.socket:
    """A socket on the wished port (0 = any free one).

    Raises: ValueError for an address that is not loopback, OSError where the port is taken.
    """
    if not is_loopback(options.host):
        raise ValueError(f"the sandbox listens on this machine only: {options.host} is not loopback")
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    return bound((options.host, options.port), family)


def url_of(listener: socket.socket) -> str:
    """The address of a socket as a URL without a slash at its end."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(options: Options, on_ready: Callable[[Running], None]) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` is called once calls are answered."""
    asyncio.run(_serve(options, on_ready, _stop_on_signals))


@contextmanager
def running(options: Options) -> Iterator[Running]:
    """A server in a thread of this process. Raises what kept it from answering."""
    state: Future[Running] = Future()
    servers: list[Server] = []

    def run() -> None:
        try:
            asyncio.run(_serve(options, state.set_result, servers.append))
        except Exception as error:
            if state.done():
                raise
            state.set_exception(error)

    thread = threading.Thread(target=run, name="sandbox", daemon=True)
    thread.start()
    try:
        yield state.result()
    finally:
        for server in servers:
            server.should_exit = True
        thread.join()


async def _serve(
    options: Options, on_ready: Callable[[Running], None], on_server: Callable[[Server], None]
) -> None:
    """Serve until the server is told to stop."""
    sandbox = create_sandbox(options)
    listener = bind(options)
    state = Running(url_of(listener), options.token, sandbox)
    server = Server(_config(sandbox), sandbox, lambda: on_ready(state))
    on_server(server)
    await server.serve(sockets=[listener])


def _config(sandbox: Sandbox) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(sandbox),
        http=SandboxProtocol,
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
    )


def _stop_on_signals(server: Server) -> None:
    def stop() -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
