"""Parameters of a call, from query, urlencoded form, multipart form or JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.errors import TOO_LARGE, ApiError, bad_request
from sandbox.shapes import Json

LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
BODY_LIMIT = 60 * 1024 * 1024
"""Bytes of one request; Telegram takes files up to 50 MB."""


@dataclass(frozen=True)
class Upload:
    """A file in a multipart form."""

    name: str
    content: bytes
    mime: str | None


@dataclass(frozen=True)
class Params:
    """Typed access to the parameters of a call, as strings or as JSON values."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """A string parameter; None where it is missing.

        Raises: ApiError for half a surrogate pair, which is no text.
        """
        value = self.values.get(name)
        if value is None:
            return None
        found = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if LONE_SURROGATE.search(found):
            raise bad_request("strings must be encoded in UTF-8")
        return found

    def integer(self, name: str, default: int = 0) -> int:
        """An integer parameter; the default where it is missing or no number, as Telegram reads it."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """Whether a boolean parameter is set."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def value(self, name: str) -> Any:
        """A JSON parameter, decoded where it came as a string; None where it is missing or empty.

        Raises: ApiError where it is not JSON.
        """
        value = self.values.get(name)
        try:
            return (json.loads(value) if isinstance(value, str) and value else value) or None
        except (ValueError, RecursionError):
            raise _unreadable(name) from None

    def object(self, name: str) -> Json:
        """A JSON object; empty where it is missing.

        Raises: ApiError where it is something else.
        """
        found = self.value(name) or {}
        if not isinstance(found, dict):
            raise _unreadable(name)
        return found

    def array(self, name: str) -> list[Json] | None:
        """An array of objects; None where it is missing.

        Raises: ApiError where it is something else.
        """
        found = self.value(name)
        if found is None:
            return None
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise _unreadable(name)
        return found

    def chat_id(self) -> int | str | None:
        """The chat that the call names: a number, or text where it is none."""
        value = self.values.get("chat_id")
        try:
            return int(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None if value is None else str(value)
        except OverflowError:
            return str(value)

    def shown(self) -> Json:
        """The parameters as the log of calls shows them, files by name and size."""
        files = {name: f"<{file.name}, {len(file.content)} bytes>" for name, file in self.files.items()}
        return {**self.values, **files}


async def read_params(request: Request) -> Params:
    """Parameters of a request from wherever they stand; the body goes before the query.

    Raises: ApiError 413 for a body over BODY_LIMIT, 400 for a body that cannot be read.
    """
    body = await read_body(request)
    kind = request.headers.get("content-type", "")
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    if kind.startswith("application/json"):
        values |= json_object(body)
    elif kind.startswith("multipart/form-data"):
        fields, files = split_form(body, kind)
        values |= fields
    elif kind.startswith("application/x-www-form-urlencoded"):
        values |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return Params(values, files)


async def read_body(request: Request) -> bytes:
    """The body, up to BODY_LIMIT."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT:
            raise ApiError(413, TOO_LARGE)
    return bytes(body)


def json_object(body: bytes) -> Json:
    """A JSON object; empty for an empty body.

    Raises: ApiError where it is not one.
    """
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse request JSON object")
    return found


def split_form(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Fields and files of a multipart form."""
    boundary = _parameters(content_type).get("boundary", "").encode()
    if not boundary:
        raise bad_request("can't parse multipart form data")
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, found, content = part.partition(b"\r\n\r\n")
        headers = _headers(head)
        named = _parameters(headers.get("content-disposition", ""))
        if not found or "name" not in named:
            continue
        if "filename" in named:
            files[named["name"]] = Upload(named["filename"], content, headers.get("content-type"))
        else:
            fields[named["name"]] = content.decode(errors="replace")
    return fields, files


def _unreadable(name: str) -> ApiError:
    return bad_request(f"can't parse {name} JSON object")


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode(errors="replace").split("\r\n")
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _parameters(header: str) -> dict[str, str]:
    """Parameters of a header such as `form-data; name="x"`."""
    message = Headers()
    message["content-type"] = header
    return {name.lower(): value for name, value in message.get_params(failobj=[])[1:]}
