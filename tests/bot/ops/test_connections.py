"""Half requests: they end in time, and a flood of them takes nobody's place."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import pytest

from bot.ops import connections
from bot.ops.connections import LimitedProtocol
from bot.ops.web import SECRET_HEADER, Accept, Page, create_app, serving

pytestmark = pytest.mark.open_door("B9")
HEAD = b"POST /telegram HTTP/1.1\r\nHost: bot\r\n"


async def accept(_update: str) -> None:
    return


Dial = Callable[..., Awaitable[asyncio.StreamReader]]


def served(play: Callable[[Dial], Awaitable[None]], take: Accept = accept, page: Page | None = None) -> None:
    """Play against the real server; who is dialled hears the parts, and what it answers can be read."""

    async def run() -> None:
        app = create_app(lambda: None, take, "s3cret", page)
        async with serving(app, "127.0.0.1", 0) as address, contextlib.AsyncExitStack() as stack:

            async def dial(*parts: bytes) -> asyncio.StreamReader:
                reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
                stack.callback(writer.close)
                writer.writelines(parts)
                return reader

            await play(dial)

    asyncio.run(run())


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """What comes until the server ends the connection."""
    with contextlib.suppress(ConnectionError):
        return await reader.read()
    return b""


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"GET /healthz HT",),
        (HEAD,),
        (HEAD + SECRET_HEADER.encode() + b": s3cret\r\nContent-Length: 99\r\n\r\n", b'{"upda'),
    ],
)
def test_what_is_not_there_in_time_is_cut_off(
    parts: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WHOLE_REQUEST_S", 0.01)

    async def play(dial: Dial) -> None:
        assert b"200" not in await all_of(await dial(*parts))

    served(play)


def test_a_request_without_the_secret_is_refused_before_its_body() -> None:
    async def play(dial: Dial) -> None:
        answer = await all_of(await dial(HEAD + b"Content-Length: 1000000\r\n\r\n"))
        assert answer.startswith(b"HTTP/1.1 401")

    served(play)


def test_a_whole_request_may_be_worked_on_as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[LimitedProtocol] = []

    def remember(one: LimitedProtocol) -> None:
        made.append(one)

    monkeypatch.setattr(LimitedProtocol, "_make_room", remember)
    deadlines: list[object] = []

    async def work(_update: str) -> None:
        deadlines.append(made[0].deadline)

    async def play(dial: Dial) -> None:
        body = b'{"update_id": 5}'
        whole = HEAD + SECRET_HEADER.encode() + b": s3cret\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert (await (await dial(whole, body)).readline()).startswith(b"HTTP/1.1 200")

    served(play, work)
    assert deadlines == [None]


def test_the_oldest_half_request_goes_where_too_many_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "most_open", lambda: 5)

    async def play(dial: Dial) -> None:
        halves = [await dial(HEAD) for _ in range(5)]
        answer = await dial(b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n")
        assert (await answer.readline()).startswith(b"HTTP/1.1 200")
        assert await all_of(halves[0]) == b""
        assert not halves[-1].at_eof()

    served(play)


@pytest.mark.parametrize(("files", "most"), [(400, 100), (1024, 128), (1 << 20, 128), (64, 16)])
def test_connections_are_fewer_than_files(files: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (files, files))
    assert connections.most_open() == most


def test_an_answer_that_nobody_reads_ends_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "READ_S", 0.01)
    lost = asyncio.Event()
    ends = LimitedProtocol.connection_lost

    def note(one: LimitedProtocol, cause: Exception | None) -> None:
        ends(one, cause)
        lost.set()

    monkeypatch.setattr(LimitedProtocol, "connection_lost", note)

    async def play(dial: Dial) -> None:
        await dial(b"GET /metrics HTTP/1.1\r\nHost: bot\r\n\r\n")
        await lost.wait()

    served(play, page=lambda: b"x" * 32_000_000)


def test_who_does_not_read_gives_place_to_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "most_open", lambda: 3)
    paused = asyncio.Semaphore(0)
    pause = LimitedProtocol.pause_writing

    def note(one: LimitedProtocol) -> None:
        pause(one)
        paused.release()

    monkeypatch.setattr(LimitedProtocol, "pause_writing", note)

    async def play(dial: Dial) -> None:
        for _ in range(3):
            await dial(b"GET /metrics HTTP/1.1\r\nHost: bot\r\n\r\n")
            await paused.acquire()
        answer = await dial(b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n")
        assert (await answer.readline()).startswith(b"HTTP/1.1 200")

    served(play, page=lambda: b"x" * 32_000_000)


def test_who_sends_a_thousand_requests_at_once_gives_place_after_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "most_open", lambda: 3)
    many = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n" * 1000

    async def play(dial: Dial) -> None:
        for _ in range(3):
            assert (await (await dial(many)).readline()).startswith(b"HTTP/1.1 200")
        answer = await dial(b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n")
        assert (await answer.readline()).startswith(b"HTTP/1.1 200")

    served(play)
