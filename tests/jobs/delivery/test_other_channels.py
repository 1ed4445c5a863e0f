"""Another way out: the day's message by apprise, once, for whom Telegram does not reach."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from jobs.addresses import is_address
from jobs.delivery import other_channels, outcomes
from jobs.delivery.deliver import Deliverer
from jobs.delivery.other_channels import AppriseNotifier
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.rules.policy import Rules
from store import chat_links, detours, reachability
from store.models import ChatLink, Delivery
from store.states import DeliveryKind, DeliveryState, LinkState
from tests import builders
from tests.builders import kst
from tests.jobs import desk as desk_module
from tests.jobs.desk import Desk, Post, fault

TODAY = date(2026, 6, 30)
OWN = "json://127.0.0.1:1/own-secret"


@dataclass
class FakeNotifier:
    """Remembers what goes out by the other way; an answer makes it fail."""

    sent: list[tuple[str | None, str]] = field(default_factory=list)
    answer: SendError | None = None

    async def notify(self, own_url: str | None, text: str) -> None:
        self.sent.append((own_url, text))
        if self.answer is not None:
            raise self.answer


@dataclass
class Way:
    post: Post
    notifier: FakeNotifier

    def scan(self) -> None:
        self.post.desk.scan(self.post.desk.clock.now())

    def rows(self) -> list[Delivery]:
        with self.post.desk.store.read() as session:
            return [one for one in builders.all_deliveries(session) if one.event == detours.FALLBACK]

    def states(self) -> list[DeliveryState]:
        return [one.state for one in self.rows()]


@pytest.fixture
def way(desk: Desk, post: Post) -> Way:
    """The organisation has a fallback channel; the desk's officer is still reached by Telegram."""
    desk.rules = Rules(desk.rules.settings, desk.rules.calendar, has_fallback=True)
    notifier = FakeNotifier()
    pace = post.deliverer.pace
    post.deliverer = Deliverer(
        desk.store, post.sender, desk_module.render, desk.rules, desk.clock, "one", notifier
    )
    post.deliverer.pace = pace
    return Way(post, notifier)


def lose(way: Way) -> None:
    with way.post.desk.store.write() as session:
        chat_links.pause(
            session.scalars(select(ChatLink)).one(), LinkState.BLOCKED, way.post.desk.clock.now()
        )
        reachability.look_again(session, TODAY, [way.post.desk.officer_id])


def own_channel(way: Way) -> None:
    with way.post.desk.store.write() as session:
        reachability.set_channel(session, way.post.desk.officer_id, OWN, kst(2026, 6, 29))


def test_who_is_reached_by_telegram_gets_nothing_by_the_other_way(way: Way) -> None:
    way.post.desk.promise(TODAY)
    way.scan()
    way.post.deliver()
    assert (way.notifier.sent, len(way.post.texts)) == ([], 1)


def test_what_telegram_refused_goes_out_the_other_way_the_same_day(way: Way) -> None:
    way.post.desk.promise(TODAY)
    way.scan()
    way.post.sender.will_answer(way.post.chat_id, fault(SendFault.UNREACHABLE))
    way.post.deliver()
    way.scan()
    way.post.deliver(after_s=60)
    assert len(way.notifier.sent) == 1
    assert way.states() == [DeliveryState.SENT]


def test_all_of_a_day_is_one_message(way: Way) -> None:
    for _ in range(3):
        way.post.desk.promise(TODAY)
    lose(way)
    for _ in range(3):
        way.scan()
        way.post.deliver(after_s=60)
    assert len(way.notifier.sent) == 1


def test_what_becomes_owed_later_waits_for_the_next_days_message(way: Way) -> None:
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    way.post.deliver()
    way.post.desk.promise(TODAY)
    way.scan()
    way.post.deliver(after_s=60)
    way.post.desk.clock.current = kst(2026, 7, 1)
    way.scan()
    way.post.deliver(after_s=60)
    assert [one.day for one in way.rows()] == [TODAY, TODAY + timedelta(days=1)]
    assert len(way.notifier.sent) == 2


def test_the_persons_own_channel_wins(way: Way) -> None:
    own_channel(way)
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    way.post.deliver()
    assert [url for url, _ in way.notifier.sent] == [OWN]


def test_without_any_channel_nothing_is_owed_by_it(desk: Desk) -> None:
    desk.promise(TODAY)
    with desk.store.write() as session:
        chat_links.pause(session.scalars(select(ChatLink)).one(), LinkState.BLOCKED, kst(2026, 6, 30))
    desk.scan(kst(2026, 6, 30))
    with desk.store.read() as session:
        assert builders.all_deliveries(session) == []


@pytest.mark.parametrize(
    ("kind", "state"),
    [(SendFault.REFUSED, DeliveryState.FAILED), (SendFault.UNCERTAIN, DeliveryState.UNCERTAIN)],
)
def test_it_is_tried_once_whatever_came_of_it(way: Way, kind: SendFault, state: DeliveryState) -> None:
    way.notifier.answer = SendError(kind, "no")
    way.post.desk.promise(TODAY)
    lose(way)
    for _ in range(3):
        way.scan()
        way.post.deliver(after_s=1000)
    assert (way.states(), len(way.notifier.sent)) == ([state], 1)


def test_a_sender_that_died_over_it_leaves_it_uncertain(way: Way) -> None:
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    with way.post.desk.store.write() as session:
        [row] = builders.all_deliveries(session)
        row.state = DeliveryState.SENDING
        outcomes.reap(session, way.post.real.now(), all_sending=True)
    assert way.states() == [DeliveryState.UNCERTAIN]


def test_who_is_back_meanwhile_gets_nothing_by_it(way: Way) -> None:
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    with way.post.desk.store.write() as session:
        chat_links.resume(session.scalars(select(ChatLink)).one(), kst(2026, 6, 30))
    way.post.deliver()
    assert (way.states(), way.notifier.sent) == ([DeliveryState.CANCELLED], [])


def test_it_keeps_to_the_hours_of_the_daily_message(way: Way) -> None:
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    way.post.desk.clock.current = kst(2026, 6, 30, 19)
    way.post.deliver()
    assert (way.states(), way.notifier.sent) == ([DeliveryState.PENDING], [])


def test_its_row_is_an_event_of_that_day_in_no_chat(way: Way) -> None:
    way.post.desk.promise(TODAY)
    lose(way)
    way.scan()
    [row] = way.rows()
    assert (row.kind, row.day, row.chat_id) == (DeliveryKind.EVENT, TODAY, detours.NO_CHAT)


class Receiver(BaseHTTPRequestHandler):
    """A gateway on this machine: takes what is posted, or refuses, or never answers."""

    status = 200
    got: list[bytes] = []  # noqa: RUF012
    hang: threading.Event | None = None

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        if self.hang is not None:
            self.hang.wait(10)
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Receiver, "got", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}/hidden-word"
    server.shutdown()
    server.server_close()
    thread.join()


def notify(own: str | None, organisation: str = "") -> SendFault | None:
    """What a real notifier makes of it."""
    try:
        asyncio.run(AppriseNotifier(organisation).notify(own, "오늘 기한 1건\n번호: #112"))
    except SendError as error:
        assert "hidden-word" not in f"{error!r} {error}"
        return error.fault
    return None


def test_apprise_takes_the_text_as_it_is(gateway: str) -> None:
    assert notify(None, gateway) is None
    assert "#112" in json.loads(Receiver.got[0])["message"]


def test_a_gateway_that_refuses_is_a_refusal(gateway: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Receiver, "status", 500)
    assert notify(gateway) is SendFault.REFUSED


def test_a_gateway_that_never_answers_leaves_it_uncertain(
    gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang = threading.Event()
    monkeypatch.setattr(Receiver, "hang", hang)
    monkeypatch.setattr(other_channels, "FALLBACK_TIMEOUT_S", 1.5)
    try:
        assert notify(gateway) is SendFault.UNCERTAIN
    finally:
        hang.set()


@pytest.mark.parametrize("url", ["", "nonsense-hidden-word", "unknown://hidden-word"])
def test_an_address_that_cannot_be_read_is_a_refusal(url: str) -> None:
    assert notify(url) is SendFault.REFUSED
    assert not is_address(url)


def test_no_log_line_holds_the_address(gateway: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    notify(gateway)
    notify("unknown://hidden-word")
    notify("json://127.0.0.1:1/hidden-word")
    assert "hidden-word" not in caplog.text
