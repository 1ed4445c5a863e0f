"""Telegram is out of reach for ten minutes, or for seconds while people write: all arrives afterwards, once."""

from __future__ import annotations

import time
from datetime import date, timedelta

import httpx
import pytest

from jobs.delivery.pace import RETRY_MOST_S
from jobs.delivery.telegram_errors import SendFault
from store.deliveries import Message
from store.states import DeliveryState
from tests.builders import FakeClock
from tests.faults.asked import asker
from tests.jobs.desk import FakeSender, Post, fault
from tests.smoke.harness import Office

TODAY = date(2026, 6, 30)
OUTAGE_S = 600.0
LOOK_EVERY_S = 20.0


class Unreachable(FakeSender):
    """Nobody listens until the outage is over."""

    def __init__(self, real: FakeClock) -> None:
        super().__init__()
        self.real, self.until = real, real.now() + timedelta(seconds=OUTAGE_S)
        self.tries = 0

    async def send(self, chat_id: int, message: Message) -> int:
        self.tries += 1
        if self.real.now() < self.until:
            raise fault(SendFault.TEMPORARY)
        return await super().send(chat_id, message)


@pytest.fixture
def cut_off(post: Post) -> Post:
    """A post whose line is dead for ten minutes."""
    post.sender = post.deliverer.sender = Unreachable(post.real)
    return post


def wait(post: Post, seconds: float) -> None:
    """Real time passes, and now and then the ledger is looked at."""
    for _ in range(int(seconds / LOOK_EVERY_S)):
        post.deliver(after_s=LOOK_EVERY_S)


def test_after_ten_minutes_everything_goes_out_once_and_unmarked(cut_off: Post) -> None:
    digest, _ = cut_off.owe_digest(TODAY)
    replies = cut_off.owe("하나", chat_id=1) + cut_off.owe("둘", chat_id=2)
    wait(cut_off, OUTAGE_S + RETRY_MOST_S)
    assert sorted(cut_off.texts) == ["before:0", "둘", "하나"]
    assert {cut_off.state(number) for number in (digest, *replies)} == {DeliveryState.SENT}
    assert isinstance(cut_off.sender, Unreachable)
    assert cut_off.sender.tries <= 3 * 12, "the line is worn out by tries"


@pytest.mark.smoke
def test_what_was_written_before_an_outage_is_answered_after_it(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", kind="outage", after_s=0.3, for_s=3)
    with pytest.raises(httpx.TransportError):
        while True:
            one.ask()
            time.sleep(0.1)
    _wait_for_the_line(city)
    one.wait_for_all()
    assert len(one.asked) > 1


def _wait_for_the_line(city: Office) -> None:
    """Until the sandbox answers again."""
    while True:
        try:
            city.telegram.get("clock")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
