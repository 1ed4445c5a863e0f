"""How large a campaign is, and what chance decides in it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Size:
    """What has to be reached before the campaign ends, and the city it happens in."""

    deliveries: int
    kills: int
    officers: int
    days: int  # working days over which the due days are spread
    acts_a_day: int  # write-backs: /done, /delay, a double tap on 완료
    life_s: float  # a run lives up to so long after it is at work

    first_day: date = field(default=date(2026, 3, 3))


FULL = Size(deliveries=10_000, kills=200, officers=3000, days=60, acts_a_day=40, life_s=3.0)
SMALL = Size(deliveries=500, kills=20, officers=200, days=16, acts_a_day=4, life_s=0.8)

DROPPED = 0.05  # share of the answers that are lost on their way back
DOUBLED = 0.05  # share of getUpdates whose updates come a second time
LATENCY_S = 0.05  # of an answer, so that kills find messages on their way
KILLED_AT_START = 0.2  # share of the kills that come before the run is at work
STARTING_S = 1.5  # such a kill comes up to so long after the start


@dataclass
class Chances:
    """One source of chance a part, so that one part's hurry changes nothing in another's choices."""

    seed: int

    def of(self, part: str) -> random.Random:
        return random.Random(f"{self.seed}:{part}")
