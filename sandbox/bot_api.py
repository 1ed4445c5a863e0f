"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import errors
from sandbox.calls import Call
from sandbox.chats import Chat
from sandbox.core import Sandbox
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.hangup import Hangup
from sandbox.methods import Method, find_method
from sandbox.params import Params, read_params
from sandbox.updates import text_of

CLIENT_GONE = 499
"""Status that the log of calls shows where nobody waited for the answer any more."""


class BotApi:
    """Answers the calls of the bot."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def routes(self) -> list[Route]:
        """The routes of the Bot API; GET and POST mean the same."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """The answer to one call."""
        try:
            name, method = self._method(request)
            params = await read_params(request)
        except ApiError as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.code)
        except ClientDisconnect:
            return Response(status_code=CLIENT_GONE)
        now, client = self.sandbox.world.clock.now(), _address(request)
        call = self.sandbox.calls.begin(name, params.shown(), now, client)
        fault = self.sandbox.faults.hit(name, params.chat_id())
        call.fault = fault.kind if fault else None
        if fault and fault.kind == "close":
            return Hangup()
        answer = await self._perform(call, method, params, fault, request)
        return await _deliver(call, answer, fault)

    async def download(self, request: Request) -> Response:
        """The bytes of a file that getFile named."""
        try:
            self._check_token(request.path_params["token"])
        except ApiError as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.code)
        stored = self.sandbox.world.files.at(request.path_params["path"])
        if stored is None:
            return JSONResponse(ApiError(404, errors.NOT_FOUND).body(), status_code=404)
        return Response(stored.content, media_type="application/octet-stream")

    def _method(self, request: Request) -> tuple[str, Method]:
        self._check_token(request.path_params["token"])
        found = find_method(request.path_params["method"])
        if found is None:
            raise ApiError(404, errors.NOT_FOUND)
        return found

    def _check_token(self, token: str) -> None:
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise ApiError(404, errors.NOT_FOUND)
        if token != self.sandbox.world.bot.token:
            raise ApiError(401, errors.UNAUTHORIZED)

    async def _perform(
        self, call: Call, method: Method, params: Params, fault: Fault | None, request: Request
    ) -> Response:
        try:
            if refusal := self.sandbox.faults.refusal(fault):
                raise refusal
            self._check_rate(call.method, params)
            result = await while_connected(method(self.sandbox, params), request)
            if fault and fault.kind == "duplicate":
                self.sandbox.updates.give_again(result)
            call.note_result(result)
            call.status = 200
        except ApiError as refusal:
            call.status, call.description = refusal.code, refusal.description
            return JSONResponse(refusal.body(), status_code=refusal.code)
        if call.method == "getUpdates":
            updates = ",".join(map(text_of, result))
            return Response(f'{{"ok":true,"result":[{updates}]}}', media_type="application/json")
        return JSONResponse({"ok": True, "result": result})

    def _check_rate(self, method: str, params: Params) -> None:
        refusal = self.sandbox.limits.refusal(method, self._chat(params))
        if refusal:
            raise refusal

    def _chat(self, params: Params) -> Chat | None:
        chat_id = params.chat_id()
        return self.sandbox.world.chats.get(chat_id) if isinstance(chat_id, int) else None


def _address(request: Request) -> str:
    return f"{request.client.host}:{request.client.port}" if request.client else ""


async def _deliver(call: Call, answer: Response, fault: Fault | None) -> Response:
    """The answer as the fault lets it through."""
    if fault and fault.kind == "drop-answer":
        return Hangup()
    if fault and fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    call.is_answered = True
    return answer


async def while_connected(work: Awaitable[Any], request: Request) -> Any:
    """The result of `work`, which is given up when the client hangs up.

    A getUpdates whose client was killed must not take part any more: it would answer nobody, or make the
    next one look like a second poller.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError, ApiError):
                await task
    if task.cancelled():
        raise ApiError(CLIENT_GONE, "client closed the connection")
    return task.result()
