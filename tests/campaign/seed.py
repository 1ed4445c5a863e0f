"""The number that chance goes by: the one given by the environment, else a new one or, in `make faults`, always the same.

A run that decides whether a change may land must not depend on luck: chance is for `make campaign`, whose seed is
printed and can be given again.
"""

from __future__ import annotations

import os
import random
from typing import Final

VARIABLE: Final = "GIHAN_CAMPAIGN_SEED"
USUAL: Final = 20260303


def new_seed() -> int:
    """Of a campaign: another each time."""
    return given() or random.SystemRandom().randrange(1, 1_000_000)


def usual_seed() -> int:
    """Of a test: the same each time."""
    return given() or USUAL


def given() -> int:
    """0 where none is."""
    return int(os.environ.get(VARIABLE) or 0)
