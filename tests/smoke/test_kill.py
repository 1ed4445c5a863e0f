"""kill -9 at any point and restart: nothing is lost, nothing is sent twice unmarked."""

from __future__ import annotations

import random
import threading
import time

import pytest

from tests.smoke.harness import Office, Person, Telegram, until

pytestmark = pytest.mark.smoke
MARK = "(다시 보냄)"
SEED = 20260629


def unmarked_copies(person: Person) -> list[str]:
    """Messages that stand in the chat more than once without the mark."""
    texts = [one["text"] for one in person.received() if not one["text"].startswith(MARK)]
    return sorted({text for text in texts if texts.count(text) > 1})


@pytest.mark.long  # what the small campaign shows as well
@pytest.mark.timeout(300)
def test_kills_at_random_moments_lose_no_answer_and_no_reminder(telegram: Telegram, city: Office) -> None:
    chance = random.Random(SEED)
    people = city.link("--all")
    for round_number, day in enumerate(("06-29", "06-30", "07-01", "07-02", "07-03")):
        telegram.client.post(
            "/sandbox/faults", json={"method": "sendMessage", "kind": "delay", "seconds": 0.05, "times": 10}
        )
        for index, person in enumerate(people):
            person.write(f"/upcoming {round_number * 100 + index}")  # a text of its own to be answered
        time.sleep(chance.uniform(0.0, 0.6))
        city.kill()
        city.start()
        telegram.move_to(f"2026-{day}T09:10:00+09:00")
    answers = [sum("/upcoming" in one["text"] for one in person.received()) for person in people]
    assert min(answers) >= 5, "an answer was lost"
    assert {len([one for one in person.messages() if not one["from"]["is_bot"]]) for person in people} == {6}


@pytest.mark.long
@pytest.mark.timeout(300)
def test_killed_while_sending_the_daily_messages_each_arrives_and_copies_are_marked(
    telegram: Telegram, city: Office
) -> None:
    people = city.link("--all")
    before = len(telegram.sends())
    telegram.post("faults", method="sendMessage", kind="delay", seconds=0.5, times=100)
    move = threading.Thread(target=telegram.move_to, args=("2026-06-30T09:10:00+09:00",))
    move.start()
    until(lambda: len(telegram.sends()) > before, "the first daily message to be on its way")
    city.kill()
    telegram.client.delete("/sandbox/faults")
    city.start()
    move.join()
    digests = {
        person.id: [one for one in person.received() if "소관 일정 안내" in one["text"]] for person in people
    }
    assert any(digests.values())
    assert any(one["text"].startswith(MARK) for found in digests.values() for one in found), (
        "nothing was cut off"
    )
    assert not [copy for person in people for copy in unmarked_copies(person)]


@pytest.mark.pitfall(1, 2)
def test_an_answer_lost_on_the_way_back_is_repeated_once_and_marked(telegram: Telegram, city: Office) -> None:
    [person] = city.link("심청")
    telegram.post("faults", method="sendMessage", kind="drop-answer", times=1)
    person.write("/my")
    until(
        lambda: len([one for one in person.received() if "내 소관 일정" in one["text"]]) == 2,
        "the repetition",
    )
    first, second = (one["text"] for one in person.received()[-2:])
    assert second == f"{MARK}\n{first}"


@pytest.mark.pitfall(6)
def test_an_update_taken_before_the_kill_is_answered_after_the_restart(
    telegram: Telegram, city: Office
) -> None:
    [person] = city.link("심청")
    telegram.post("faults", method="sendMessage", kind="error", code=502, description="Bad Gateway", times=3)
    person.write("/my")
    until(lambda: not telegram.get("state")["pending_updates"], "the update to be taken")
    city.kill()
    telegram.client.delete("/sandbox/faults")
    city.start()
    until(lambda: any("내 소관 일정" in one["text"] for one in person.received()), "the answer")
