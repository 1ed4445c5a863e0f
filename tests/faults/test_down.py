"""What people write while the bot is down is waiting for it when it comes back."""

from __future__ import annotations

import pytest

from tests.faults.asked import asker
from tests.smoke.harness import Office

pytestmark = [pytest.mark.smoke, pytest.mark.long]


@pytest.mark.pitfall(13)
def test_what_was_written_while_the_bot_was_down_is_answered(city: Office) -> None:
    one = asker(city)
    assert city.stop() == 0
    one.ask()
    one.ask()
    city.start()
    one.wait_for_all()
