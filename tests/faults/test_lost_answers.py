"""Answers lost after Telegram took the message: one marked copy, then the next day's message and a word to the planners."""

from __future__ import annotations

import pytest

from tests.campaign.record import MARK
from tests.smoke.harness import Office

pytestmark = [pytest.mark.smoke, pytest.mark.long]


@pytest.mark.pitfall(1)
def test_a_daily_message_lost_twice_stands_in_the_next_and_the_planning_office_hears_of_it(
    city: Office,
) -> None:
    [planner] = city.link("허준", "--department", "기획예산과", "--role", "planner")
    [person] = city.link("심청")
    before = len(person.received())
    city.telegram.post("faults", method="sendMessage", kind="drop-answer", chat_id=person.id, times=2)
    city.telegram.move_to("2026-06-29T09:11:00+09:00")
    first, copy = (one["text"] for one in person.received()[before:])
    assert copy == f"{MARK}{first}"
    city.telegram.move_to("2026-06-30T09:11:00+09:00")
    [later] = person.received()[before + 2 :]
    assert _numbers(first) <= _numbers(later["text"])
    assert "도착 여부를 확인하지 못한 안내" in planner.received()[-1]["text"]


def _numbers(text: str) -> set[str]:
    """The promises that a daily message speaks of."""
    return {word for word in text.replace("“", " ").split() if word.startswith("#")}
