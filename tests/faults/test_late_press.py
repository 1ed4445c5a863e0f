"""Telegram says that a press is too old to be answered: what was pressed is done all the same."""

from __future__ import annotations

import pytest

from sandbox.errors import QUERY_TOO_OLD
from tests.smoke.harness import Office, buttons

pytestmark = [pytest.mark.smoke, pytest.mark.long]


@pytest.mark.pitfall(15)
def test_a_press_that_is_too_old_to_be_answered_has_its_effect(city: Office) -> None:
    [person] = city.link("심청")
    city.telegram.move_to("2026-06-29T09:10:00+09:00")
    message = person.received()[-1]
    number = int(buttons(message)[0]["callback_data"].split("|")[2])
    city.telegram.post(
        "faults",
        method="answerCallbackQuery",
        kind="error",
        code=400,
        description=f"Bad Request: {QUERY_TOO_OLD}",
    )
    person.tap(message, "완료")
    assert city.milestone(number)["state"] == "done"
