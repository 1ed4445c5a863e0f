"""Two `gihan run` on one PostgreSQL: one leads, the other takes over, and nothing is lost or doubled."""

from __future__ import annotations

import itertools
import json
import re
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psycopg
import pytest

from bot.ops.web import SECRET_HEADER
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Office, Person, Telegram, until

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(300)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class Replica(Office):
    """One of several machines."""

    def __init__(
        self, telegram: Telegram, folder: Path, store_url: str, port: int, settings: dict[str, str]
    ) -> None:
        folder.mkdir()
        self.url = f"http://127.0.0.1:{port}"
        own = {"GIHAN_STORE__URL": store_url, "GIHAN_WEB__LISTEN": f"127.0.0.1:{port}"}
        super().__init__(telegram, folder, variables=own | settings)

    def said(self, action: str) -> int:
        """How often the log has it."""
        return len(re.findall(rf"action={action}\b", self.log.read_text(encoding="utf-8")))

    def health(self) -> str | None:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).text
        except httpx.HTTPError:
            return None

    def freeze(self) -> None:
        assert self.run_process is not None
        self.run_process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.run_process is not None
        self.run_process.send_signal(signal.SIGCONT)


@contextmanager
def two_replicas(
    telegram: Telegram, folder: Path, store_url: str, ports: tuple[int, int], settings: dict[str, str]
) -> Iterator[tuple[Replica, Replica]]:
    """The leader and the standby of an office with the sample plan."""
    one, two = (Replica(telegram, folder / str(port), store_url, port, settings) for port in ports)
    one.gihan("import", str(SAMPLE_PLAN), "--yes")
    one.start()
    until(lambda: one.said("leading"), "the first to lead")
    two.start()
    until(lambda: two.health() == "ok (standby)", "the second to stand by")
    yield one, two
    for replica in (one, two):
        if replica.run_process is not None and replica.run_process.poll() is None:
            replica.thaw()
            assert replica.stop() == 0


@pytest.fixture
def pair(telegram: Telegram, tmp_path: Path, postgres_url: str) -> Iterator[tuple[Replica, Replica]]:
    """Leader and standby, polling."""
    with two_replicas(telegram, tmp_path, postgres_url, (free_port(), free_port()), {}) as replicas:
        yield replicas


def done_once(office: Office, person: Person, number: int) -> bool:
    """The milestone is done, and one answer says so; a copy of it may stand there only with its mark."""
    confirmed = [one for one in person.received() if one["text"].startswith(f"✅ #{number} ")]
    return office.milestone(number)["state"] == "done" and len(confirmed) == 1


def a_milestone(office: Office, name: str) -> int:
    return next(
        int(one["id"]) for one in office.json("list")
        if one["state"] == "planned" and name in json.dumps(one, ensure_ascii=False)
    )  # fmt: skip


@pytest.mark.long  # what the small campaign shows as well
def test_when_the_leader_is_killed_the_other_takes_over_and_nothing_is_lost(
    pair: tuple[Replica, Replica],
) -> None:
    leader, standby = pair
    [person] = leader.link("심청")
    number = a_milestone(leader, "심청")
    leader.kill()
    person.write(f"/done {number}")
    until(lambda: standby.said("leading"), "the take-over")
    until(lambda: done_once(standby, person, number), "the effect, once")
    assert standby.health() == "ok (leader)"


def test_a_leader_that_ends_in_order_hands_over_at_once(pair: tuple[Replica, Replica]) -> None:
    leader, standby = pair
    [person] = leader.link("심청")
    assert leader.stop() == 0
    until(lambda: standby.said("leading"), "the take-over")
    assert person.ask("/help")["text"].startswith("한별시 기한 알림 사용법")


@pytest.mark.long
def test_a_frozen_leader_that_comes_back_stands_by_and_doubles_nothing(pair: tuple[Replica, Replica]) -> None:
    leader, standby = pair
    [person] = leader.link("심청")
    number = a_milestone(leader, "심청")
    leader.freeze()
    until(lambda: standby.said("leading"), "the take-over")
    person.write(f"/done {number}")
    until(lambda: done_once(standby, person, number), "the effect, once")
    leader.thaw()
    until(lambda: leader.said("standing-by"), "the old leader to step down")
    person.ask("/help")
    assert done_once(standby, person, number)
    assert leader.health() == "ok (standby)"
    assert standby.said("standing-by") == 0


@pytest.mark.long
@pytest.mark.open_door("kind C")
def test_who_cannot_use_the_ledger_does_not_lead_by_halves(
    pair: tuple[Replica, Replica], postgres_url: str
) -> None:
    leader, standby = pair
    [person] = leader.link("심청")
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE")
        leader.kill()
        person.write("/help")
        until(lambda: standby.said("not-whole"), "the standby to decline")
        assert (standby.said("handled"), standby.health() == "ok (leader)") == (0, False)
    until(lambda: standby.health() == "ok (leader)", "the standby to lead")
    until(lambda: any("사용법" in one["text"] for one in person.received()), "the answer")


@pytest.mark.long
@pytest.mark.open_door("kind C")
def test_replicas_that_go_by_other_settings_are_named(pair: tuple[Replica, Replica]) -> None:
    leader, standby = pair
    until(lambda: leader.said("scan") or leader.said("reschedule"), "the leader to have signed")
    assert standby.stop() == 0
    standby.variables["GIHAN_REMINDERS__BEFORE_DAYS"] = "[10]"
    standby.start()
    until(lambda: standby.said("settings-differ"), "the word for the operator")
    assert "gihan_settings_differ 1.0" in httpx.get(f"{standby.url}/metrics", timeout=20).text
    assert "reminders: 지금 이끄는 프로그램(" in standby.gihan("doctor", "--offline", code=1)


class Balancer:
    """What stands before the replicas: each update goes to the next of them, to another where one is gone."""

    def __init__(self, *urls: str) -> None:
        turns = itertools.count()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                header = {SECRET_HEADER: self.headers[SECRET_HEADER]}
                first = next(turns)
                for step in range(len(urls)):
                    with suppress(httpx.HTTPError):
                        url = urls[(first + step) % len(urls)]
                        answer = httpx.post(f"{url}/telegram", content=body, headers=header, timeout=5)
                        self.send_response(answer.status_code)
                        self.end_headers()
                        return
                self.send_response(502)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/telegram"

    def __enter__(self) -> Balancer:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.mark.long
def test_by_webhook_every_replica_serves_and_answers_keep_their_order(
    telegram: Telegram, tmp_path: Path, postgres_url: str
) -> None:
    ports = free_port(), free_port()
    with Balancer(*(f"http://127.0.0.1:{port}" for port in ports)) as balancer:
        settings = {
            "GIHAN_TELEGRAM__MODE": "webhook",
            "GIHAN_TELEGRAM__WEBHOOK_URL": balancer.url,
            "GIHAN_TELEGRAM__WEBHOOK_SECRET": "s3cret",
        }
        with two_replicas(telegram, tmp_path, postgres_url, ports, settings) as (leader, standby):
            [person] = leader.link("심청")
            number, before = a_milestone(leader, "심청"), len(person.received())
            for step in range(1, 9):
                person.write(f"/note {number} 메모{step}")
            person.wait_for(before + 8)
            told = re.compile(r"메모를 남겼습니다: (\S+)(?: \(앞서 “(\S+)”\))?")
            changes = [told.findall(one["text"])[0] for one in person.received()[before:]]
            notes = ["", *(f"메모{step}" for step in range(1, 9))]
            assert [(was, now) for now, was in changes] == list(itertools.pairwise(notes))
            assert leader.said("handled") and standby.said("handled")
            standby.kill()
            person.ask("/help")
