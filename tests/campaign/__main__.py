"""`python -m tests.campaign`: the long campaign of deliveries; its figures are printed and can be written down."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.campaign import campaign, report
from tests.campaign.databases import databases
from tests.campaign.seed import VARIABLE, new_seed
from tests.campaign.size import FULL, SMALL

TAKE_OVER_S = 10.0  # within which another replica leads after a kill


def main() -> int:
    """0 where nothing was lost, doubled or left; 1 with the faults in words otherwise."""
    given = parser().parse_args()
    size = SMALL if given.small else FULL
    size = replace(size, kills=given.kills or size.kills, deliveries=given.deliveries or size.deliveries)
    folder = Path(tempfile.mkdtemp(prefix="gihan-campaign-"))
    say(f"campaign: seed {given.seed}, commit {report.commit()}, logs in {folder}")
    kept = databases(given.store, folder)
    try:
        outcome = campaign.run(kept, given.replicas, size, given.seed, folder)
    finally:
        kept.close()
    say(report.screen(outcome))
    if given.write is not None:
        report.write(given.write, outcome)
    faults = [*outcome.verdict.faults, *slow(outcome)]
    for fault in faults:
        say(f"fault: {fault}")
    return 1 if faults else 0


def slow(outcome: report.Outcome) -> list[str]:
    """Take-overs that took too long; a single process has nobody to take over from it."""
    late = [gap for gap in outcome.gaps if gap >= TAKE_OVER_S] if outcome.replicas > 1 else []
    return (
        [f"{len(late)} take-overs of {TAKE_OVER_S:.0f} s or more, the longest {late[-1]:.1f} s"]
        if late
        else []
    )


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    found.add_argument("--seed", type=int, default=new_seed(), help=f"what chance decides; also {VARIABLE}")
    found.add_argument("--store", default="sqlite", help="sqlite, or the URL of a PostgreSQL server")
    found.add_argument("--replicas", type=int, default=1, help="runs on the one store (PostgreSQL)")
    found.add_argument("--kills", type=int, help="kills at least")
    found.add_argument("--deliveries", type=int, help="deliveries at least")
    found.add_argument("--small", action="store_true", help="the small cut that the tests run")
    found.add_argument("--write", type=Path, help="document that gets the table")
    return found


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
