"""`gihan run` whose business clock stands at the benchmark's morning; with --unpaced it keeps to no limit.

Everything else is the service as it is delivered. Run by benchmarks/burst.py and benchmarks/answers.py.
"""

import sys

from benchmarks.tick import StandingClock
from bot import app
from bot.cli import main as cli
from jobs.delivery import pace

NO_LIMIT = 1_000_000


def main() -> None:
    app.clock_of = lambda _settings: StandingClock()  # type: ignore[assignment]
    if "--unpaced" in sys.argv:
        pace.OVERALL = pace.Limit(NO_LIMIT, 1.0)
        pace.SPREAD = pace.Rate(NO_LIMIT, NO_LIMIT)
    sys.argv = ["gihan", "run"]
    cli.main()


if __name__ == "__main__":
    main()
