"""Storms of 429, over all or in one chat: Telegram's number of seconds is kept to, and nothing is dropped."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from jobs.delivery.telegram_errors import SendFault
from store.states import DeliveryState
from tests import builders
from tests.faults.asked import Asker, asker
from tests.jobs.desk import Post, fault
from tests.smoke.harness import Office, until

STORM_S = 3


@pytest.mark.smoke
def test_in_a_storm_over_all_nobody_is_dropped_and_each_chat_asks_once(city: Office) -> None:
    people = [Asker(person) for person in city.link("--all")][:4]
    before = city.telegram.get("calls")["count"]
    city.telegram.post("faults", method="sendMessage", kind="retry-after", retry_after=0, for_s=STORM_S)
    for one in people:
        one.ask()
    for one in people:
        one.wait_for_all()
    calls = city.telegram.get("calls", method="sendMessage", since=str(before))["calls"]
    for one in people:
        mine = [call for call in calls if int(call["params"]["chat_id"]) == one.person.id]
        assert _are_patient(mine)


def _are_patient(calls: list[dict[str, Any]]) -> bool:
    """After each refusal the next try comes no sooner than Telegram said."""
    ends = [datetime.fromisoformat(str(call["at"])) for call in calls]
    waits = [
        int(str(call["description"]).rpartition(" ")[2]) if call["status"] == 429 else 0 for call in calls
    ]
    pairs = zip(ends, ends[1:], waits, strict=False)
    return all(later - at >= timedelta(seconds=wait_s) for at, later, wait_s in pairs)


@pytest.mark.smoke
@pytest.mark.pitfall(11)
def test_a_storm_in_one_chat_holds_up_no_other(city: Office) -> None:
    quiet, loud = asker(city, "박흥부"), asker(city, "심청")
    city.telegram.post(
        "faults", method="sendMessage", kind="retry-after", retry_after=600, chat_id=loud.person.id, times=1
    )
    loud.ask()
    quiet.ask()
    quiet.wait_for_all()
    assert not loud.answers()


@pytest.mark.smoke
@pytest.mark.long
def test_killed_inside_a_pause_of_30_s_the_chat_gets_nothing_before_its_end(city: Office) -> None:
    one = asker(city, "심청")
    before = city.telegram.get("calls")["count"]
    city.telegram.post(
        "faults", method="sendMessage", kind="retry-after", retry_after=30, chat_id=one.person.id, times=1
    )
    one.ask()

    def calls() -> list[dict[str, Any]]:
        found = city.telegram.get("calls", method="sendMessage", since=str(before))["calls"]
        return [call for call in found if int(call["params"]["chat_id"]) == one.person.id]

    until(lambda: len(calls()) == 1, "the refusal")
    until(lambda: _is_written_down(city), "the pause to be written down")
    city.kill()
    city.start()
    one.person.write("/my")  # written during the pause
    until(lambda: len(calls()) >= 3, "both answers", within_s=90)
    assert _are_patient(calls())


def _is_written_down(city: Office) -> bool:
    with closing(sqlite3.connect(city.folder / "gihan.db")) as connection:
        return bool(connection.execute("SELECT count(*) FROM chat_pause").fetchone()[0])


@pytest.mark.pitfall(11)
def test_a_storm_that_lasts_an_hour_drops_nothing(post: Post) -> None:
    for chat_id in range(1, 6):
        post.owe(f"답 {chat_id}", chat_id=chat_id)
        post.sender.will_answer(chat_id, *[fault(SendFault.TEMPORARY, retry_after_s=600)] * 6)
    for _ in range(20):  # seven would do, but a round of sending ends early on a slow machine
        post.deliver(after_s=600)
    with post.desk.store.read() as session:
        assert set(builders.states_of(session)) == {DeliveryState.SENT}
    assert len(post.texts) == 5 * 7
    assert not any(text.startswith("again") for text in post.texts)
