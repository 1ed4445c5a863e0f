"""The web side: /healthz, /livez, /metrics, and the path of the webhook where updates come by it."""

import asyncio
import errno
import hmac
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.intake.received import is_json
from bot.ops.connections import AT_ONCE, LimitedProtocol
from bot.ops.health import NO_ANSWER, Trouble, Word
from bot.ops.metrics import CONTENT_TYPE
from bot.settings import HOOK_PATH, Fault, SettingsError
from bot.texts.render import label
from gihan import __version__

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name, not a secret
VERSION = {"Gihan-Version": __version__}  # in the head of what only the house sees: /healthz and /livez
MOST_BODY = 1 << 20

HEALTH_WITHIN_S = 8.0  # longer than a busy SQLite waits by itself

log = logging.getLogger(__name__)

Page = Callable[[], bytes]
Look = Callable[[], Trouble | None]
Accept = Callable[[str], Awaitable[None]]


class NotReadyError(Exception):
    """Updates cannot be taken yet; Telegram is to bring them again."""


def create_app(
    look: Look,
    accept: Accept | None,
    secret: str,
    metrics: Page | None = None,
    role: Callable[[], str] = lambda: "leader",
    stands: Callable[[], bool] = lambda: False,
    path: str = HOOK_PATH,
) -> Starlette:
    """`look` tells what the bot lacks. `accept` keeps the text of an update; None in polling mode, which has no webhook.
    `metrics` writes its page. `path` is the webhook's.

    `role` is leader, standby or starting. `stands`: the loop does not move any more.
    """

    async def healthz(_request: Request) -> Response:
        """The word first, so that a script need not read the rest."""
        try:
            async with asyncio.timeout(HEALTH_WITHIN_S):
                trouble = await asyncio.to_thread(look)
        except TimeoutError:
            trouble = Trouble(Word.STORE, NO_ANSWER)
        if trouble is None:
            return PlainTextResponse(f"ok ({role()})", headers=VERSION)
        return PlainTextResponse(f"{trouble.word} ({role()}): {trouble.reason}", 503, VERSION)

    async def livez(_request: Request) -> Response:
        """Whether it is worth starting again: nothing that waits is, however long."""
        said, code = ("the loop stands", 503) if stands() else ("ok", 200)
        return PlainTextResponse(said, code, VERSION)

    async def measured(_request: Request) -> Response:
        assert metrics is not None
        return Response(await asyncio.to_thread(metrics), media_type=CONTENT_TYPE)

    async def telegram(request: Request) -> Response:
        """200 only after the update is committed, so that Telegram repeats what was not; also for what is no JSON,
        which would come again and again."""
        assert accept is not None
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("unauthorized", status_code=401, headers={"Connection": "close"})
        try:
            body = await _body(request)
        except ClientDisconnect:  # it took too long, or Telegram hung up; it brings the same again
            return PlainTextResponse("half a request", status_code=408)
        if body is None:
            log.warning("action=webhook-unread count=%d", MOST_BODY)
            # An error would have Telegram bring it again, before all others.
            return PlainTextResponse("too large")
        text = body.decode("utf-8", "replace")
        if not is_json(text):
            log.warning("action=webhook-unread count=%d", len(body))
            return PlainTextResponse("not an update")
        try:
            await accept(text)
        except (SQLAlchemyError, NotReadyError) as error:
            log.warning("action=webhook-not-kept error=%s", type(error).__name__)
            return PlainTextResponse(NO_ANSWER, status_code=503)
        return PlainTextResponse("ok")

    routes = [Route("/healthz", healthz), Route("/livez", livez)]
    if metrics is not None:
        routes.append(Route("/metrics", measured))
    if accept is not None:
        routes.append(Route(path, telegram, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes | None:
    """The whole body; None as soon as it is too large, whatever the rest of it may be."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BODY:
            return None
    return bytes(found)


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers, and without its ten looks a second at whether to end: the
    application ends it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    async def main_loop(self) -> None:
        await self._told.wait()

    def end(self) -> None:
        self.should_exit = True
        self._told.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PortTakenError(Exception):
    """The address cannot be had yet: another program uses the port, or the network is not up."""


def bound(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises PortTakenError, or SettingsError for one that cannot be had at all."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(label("ops.port.taken", host=host, port=port)) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise PortTakenError(label("ops.port.not-yet", host=host)) from error
        facts = {"host": host, "port": port, "error": error.strerror}
        raise SettingsError(Fault("web.listen", "not-opened", facts)) from error


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """The app served while the block runs; gives its address. Raises what `bound` raises."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=LimitedProtocol,
        ws="none",
        backlog=AT_ONCE,
        log_config=None,
        lifespan="off",
        access_log=False,
    )
    sock = bound(host, port)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        yield f"http://{host}:{sock.getsockname()[1]}"
    finally:
        server.end()
        await task
