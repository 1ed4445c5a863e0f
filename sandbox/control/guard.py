"""Who may talk to the sandbox: only this machine, and of pages only its own, on every path."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.loopback import is_loopback_authority
from sandbox.texts import LANGUAGES

PAGES = {"/", *(f"/{one}" for one in LANGUAGES)}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses foreign hosts and foreign pages, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = refusal_of(scope["method"], scope["path"], Headers(scope=scope))
        app = JSONResponse({"error": refusal}, status_code=403) if refusal else self.app
        await app(scope, receive, _with_headers(send))


def refusal_of(method: str, path: str, headers: Headers) -> str | None:
    """Why a request is refused; None where it may pass.

    A page from elsewhere that rebinds its name to 127.0.0.1 sends its own name as Host; one that posts
    across origins sends its own Origin, and cannot send JSON without asking first; one that only shows a picture
    or sends a form says so in Sec-Fetch-Site. Bots send none of these. The page itself may be reached by a link.
    """
    host = headers.get("host", "")
    if not is_loopback_authority(host):
        return "only for this machine: use http://127.0.0.1"
    if headers.get("origin") not in (None, f"http://{host}"):
        return "refused: request from another origin"
    if method in ("GET", "HEAD") and path in PAGES:
        return None
    if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        return "refused: request from another site"
    return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
