"""The web side: /healthz, /metrics, and /telegram where updates come by webhook."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE
from bot.settings import SettingsError
from jobs.clock import real_now
from jobs.limits import TICK_RECENT
from store import meta
from store.engine import Store

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name, not a secret
MOST_BODY = 1 << 20

NO_ANSWER = "the store does not answer"
HEALTH_WITHIN_S = 8.0  # longer than a busy SQLite waits by itself

log = logging.getLogger(__name__)

Page = Callable[[], bytes]
Accept = Callable[[dict[str, Any]], Awaitable[None]]


def health(store: Store) -> str | None:
    """None where all is well, else the reason in a few words."""
    if store.path is not None and not store.path.exists():
        return "the store's file is gone"  # an open file goes on answering after it was deleted
    try:
        with store.read() as session:
            seen = meta.get(session, meta.LAST_TICK_AT)
    except SQLAlchemyError:
        return NO_ANSWER
    if seen is None:
        return "the loop has not ticked yet"
    age = real_now() - datetime.fromisoformat(seen)
    return None if age <= TICK_RECENT else f"the last tick was {age.total_seconds():.0f} s ago"


def create_app(
    store: Store,
    accept: Accept | None,
    secret: str,
    metrics: Page | None = None,
    role: Callable[[], str] = lambda: "leader",
) -> Starlette:
    """`accept` keeps an update; None in polling mode, which has no webhook. `metrics` writes its page.

    `role` is leader or standby.
    """

    async def healthz(_request: Request) -> Response:
        try:
            async with asyncio.timeout(HEALTH_WITHIN_S):
                reason = await asyncio.to_thread(health, store)
        except TimeoutError:
            reason = NO_ANSWER
        return PlainTextResponse(f"{reason or 'ok'} ({role()})", status_code=503 if reason else 200)

    async def measured(_request: Request) -> Response:
        assert metrics is not None
        return Response(await asyncio.to_thread(metrics), media_type=CONTENT_TYPE)

    async def telegram(request: Request) -> Response:
        """200 only after the update is committed, so that Telegram repeats what was not."""
        assert accept is not None
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("unauthorized", status_code=401)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        try:
            update = _object(body)
        except ValueError:
            return PlainTextResponse("not an update", status_code=400)
        try:
            await accept(update)
        except SQLAlchemyError as error:
            log.warning("action=webhook-not-kept error=%s", type(error).__name__)
            return PlainTextResponse(NO_ANSWER, status_code=503)
        return PlainTextResponse("ok")

    routes = [Route("/healthz", healthz)]
    if metrics is not None:
        routes.append(Route("/metrics", measured))
    if accept is not None:
        routes.append(Route("/telegram", telegram, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes | None:
    """The whole body; None as soon as it is too large, whatever the rest of it may be."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BODY:
            return None
    return bytes(found)


def _object(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
        raise ValueError("no update_id")
    return found


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: the application ends it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bound(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises SettingsError where it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise SettingsError(
            f"web.listen: {host}:{port} 을 열 수 없습니다({error.strerror})."
            " 다른 프로그램이 쓰고 있으면 포트를 바꾸거나 0(빈 포트)으로 적어 주십시오."
        ) from error


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """The app served while the block runs; gives its address. Raises SettingsError where the port is taken."""
    config = uvicorn.Config(app, host=host, port=port, log_config=None, lifespan="off", access_log=False)
    sock = bound(host, port)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        yield f"http://{host}:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
