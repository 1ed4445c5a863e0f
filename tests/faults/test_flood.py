"""Storms of 429, over all or in one chat: Telegram's number of seconds is kept to, and nothing is dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs.delivery.sender import SendFault
from store.states import DeliveryState
from tests import builders
from tests.faults.asked import Asker, asker
from tests.jobs.desk import Post, fault
from tests.smoke.harness import Office

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


def _are_patient(calls: list[dict[str, object]]) -> bool:
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
