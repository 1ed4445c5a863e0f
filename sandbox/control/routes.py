"""The routes of the control API and how requests become calls of its functions."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.actions import ActionError
from sandbox.clock import ClockError
from sandbox.control import engine, people, state
from sandbox.core import Sandbox
from sandbox.errors import ApiError
from sandbox.faults import FaultError
from sandbox.params import Params, json_object, read_body
from sandbox.shapes import Json
from sandbox.texts import known, line, speaking

Handler = Callable[[Sandbox, Params], Awaitable[Json]]

TABLE: list[tuple[str, str, Handler]] = [
    ("GET", "/sandbox/state", state.state),
    ("GET", "/sandbox/calls", state.calls),
    ("POST", "/sandbox/persons", people.add_person),
    ("POST", "/sandbox/send", people.send),
    ("POST", "/sandbox/press", people.press),
    ("POST", "/sandbox/documents", people.send_document),
    ("POST", "/sandbox/block", people.block),
    ("POST", "/sandbox/remove", people.remove),
    ("POST", "/sandbox/groups", people.add_group),
    ("POST", "/sandbox/groups/migrate", people.migrate_group),
    ("POST", "/sandbox/groups/kick", people.kick_bot),
    ("POST", "/sandbox/updates", engine.add_update),
    ("POST", "/sandbox/duplicate", engine.duplicate),
    ("GET", "/sandbox/faults", engine.show_faults),
    ("POST", "/sandbox/faults", engine.add_fault),
    ("DELETE", "/sandbox/faults", engine.clear_faults),
    ("POST", "/sandbox/limits", engine.set_limits),
    ("POST", "/sandbox/language", engine.speak),
    ("GET", "/sandbox/town", engine.show_town),
    ("POST", "/sandbox/town", engine.begin_anew),
    ("GET", "/sandbox/clock", engine.show_clock),
    ("POST", "/sandbox/clock", engine.move_clock),
]
SHOWN_KINDS = {"image/png", "image/jpeg"}
"""Files that the page may show; all others are only saved."""


def control_routes(sandbox: Sandbox) -> list[Route]:
    """All routes of `/sandbox/*`."""
    routes = [Route(path, _endpoint(sandbox, handler), methods=[method]) for method, path, handler in TABLE]
    return [*routes, Route("/sandbox/files/{file_id}", _download(sandbox))]


def _endpoint(sandbox: Sandbox, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        with speaking(known(request.headers.get("accept-language")) or sandbox.language):
            return await answered(request)

    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await handler(sandbox, await _params(request)))
        except (ActionError, ClockError) as fault:
            return JSONResponse({"error": str(fault)}, status_code=fault.status)
        except FaultError as fault:
            return JSONResponse({"error": str(fault)}, status_code=400)
        except ApiError as fault:
            return JSONResponse({"error": fault.description}, status_code=fault.code)

    return endpoint


async def _params(request: Request) -> Params:
    if request.method != "POST":
        return Params(dict(request.query_params))
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ActionError(line("no-json"), 415)
    return Params(json_object(await read_body(request)))


def _download(sandbox: Sandbox) -> Callable[[Request], Awaitable[Response]]:
    async def download(request: Request) -> Response:
        stored = sandbox.world.files.by_id.get(request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": line("no-file")}, status_code=404)
        if stored.mime in SHOWN_KINDS:
            return Response(stored.content, media_type=stored.mime)
        headers = {"Content-Disposition": "attachment"}
        return Response(stored.content, media_type="application/octet-stream", headers=headers)

    return download
