"""A burst of 502, whatever is called: nothing lost, nothing twice."""

from __future__ import annotations

import pytest

from tests.faults.asked import asker
from tests.smoke.harness import Office

pytestmark = [pytest.mark.smoke, pytest.mark.long]


def test_a_burst_of_502_delays_and_nothing_more(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", method="*", kind="error", code=502, times=6)
    for _ in range(4):
        one.ask()
    one.wait_for_all()
    assert city.telegram.get("faults")["faults"][0]["used"] == 6
