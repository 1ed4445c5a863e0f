"""Another process polls with the same token (409): it is said, and no write-back is lost or doubled."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.faults.asked import asker, log_of
from tests.smoke.harness import TOKEN, Office, until

pytestmark = [pytest.mark.smoke, pytest.mark.long]


@pytest.mark.pitfall(12)
def test_a_conflict_is_told_and_polling_goes_on(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", kind="conflict", times=3)
    one.ask()
    one.wait_for_all()
    until(lambda: "action=poll-conflict" in log_of(city), "the word for the operator")


class Rival(threading.Thread):
    """Polls without an offset as fast as it can: ends every poll of ours, confirms nothing."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = f"{url}/bot{TOKEN}/getUpdates"
        self.is_over = threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=30, trust_env=False) as client:
            while not self.is_over.is_set():
                client.get(self.url, params={"timeout": 1})


@pytest.mark.pitfall(12)
def test_a_second_bot_on_the_token_loses_and_doubles_nothing(city: Office) -> None:
    one = asker(city)
    rival = Rival(city.telegram.url)
    rival.start()
    for _ in range(4):
        one.ask()
    until(lambda: "action=poll-conflict" in log_of(city), "the two to meet")
    rival.is_over.set()
    rival.join()
    one.wait_for_all()
