"""Somebody opens more connections than the bot may have files, and says half of what they want."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.smoke.harness import Office
from tests.smoke.test_operation import address

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.open_door("B9")]
FILES = 200


@pytest.fixture
def crowd(city: Office) -> Iterator[str]:
    """The bot's address, with twice as many half requests at it as it may have files."""
    web = address(city)
    assert city.run_process is not None
    resource.prlimit(city.run_process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
    host, port = web.removeprefix("http://").split(":")
    with ExitStack() as stack:
        for _ in range(2 * FILES):
            one = stack.enter_context(socket.create_connection((host, int(port)), timeout=30))
            one.sendall(b"POST /telegram HTTP/1.1\r\nHost: bot\r\n")
        yield web


def test_half_requests_keep_the_bot_from_nothing(city: Office, crowd: str) -> None:
    [person] = city.link("심청")
    assert httpx.get(f"{crowd}/healthz", timeout=30).status_code == 200
    assert person.ask("/help")["text"]
