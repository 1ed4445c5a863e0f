"""The leader stands still (SIGSTOP, a paused machine) and comes back: nobody takes its place meanwhile, and what was
on its way is neither lost nor doubled without a mark."""

from __future__ import annotations

import signal

import pytest

from tests.campaign.record import MARK
from tests.faults.asked import asker
from tests.smoke.harness import Office, until

pytestmark = [pytest.mark.smoke, pytest.mark.long]


def freeze(city: Office) -> None:
    assert city.run_process is not None
    city.run_process.send_signal(signal.SIGSTOP)


def thaw(city: Office) -> None:
    assert city.run_process is not None
    city.run_process.send_signal(signal.SIGCONT)


def test_a_run_frozen_while_sending_goes_on_where_it_was(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", method="sendMessage", kind="delay", seconds=1, times=3)
    for _ in range(3):
        one.ask()
    until(lambda: city.telegram.sends(one.person.id)[1:], "a message to be on its way")
    freeze(city)
    one.ask()
    error = city.gihan("run", "--wait", "1", code=75)
    thaw(city)
    assert "이미 실행 중" in error
    one.wait_for_all()


def test_a_run_frozen_and_then_killed_leaves_its_place_to_the_next(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", method="sendMessage", kind="delay", seconds=5, times=1)
    one.ask()
    until(one.answers, "the message to be on its way")
    freeze(city)
    city.kill()
    city.start()
    one.ask()
    one.wait_for_all()
    again = until(
        lambda: [text for text in one.person.received() if text["text"].startswith(MARK)],
        "what was on its way to come once more",
    )
    assert len(again) == 1
