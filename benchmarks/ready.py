"""A process that opens a store as `gihan run` does, builds the loop and runs its first tick.

Prints {"rss_kib": …} when that is done: what it holds then, and `most_kib`, the most that it ever held.
Run: python -m benchmarks.ready FILE, or with --apscheduler NUMBER instead of a file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.tick import loop_of
from bot import app  # everything that a real start loads
from store.engine import Store


def first_tick(path: Path) -> None:
    store = Store(f"sqlite:///{path}")
    app.upgrade(store)
    loop = loop_of(store)
    loop.wake(scan=True)
    asyncio.run(loop.tick())


def remind() -> None:
    """What a job of APScheduler would call."""


async def one_job_each(number: int) -> None:
    """The other way: a job in memory for every reminder, then the scheduler's start."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
    due = datetime.now(UTC) + timedelta(days=1)
    for one in range(number):
        scheduler.add_job(remind, "date", run_date=due + timedelta(seconds=one), id=str(one))
    scheduler.start()
    await asyncio.sleep(0)
    scheduler.shutdown(wait=False)


def held() -> dict[str, int]:
    now = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")
    )
    return {"rss_kib": int(now.split()[1]), "most_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--apscheduler", type=int)
    chosen = parser.parse_args()
    if chosen.apscheduler is not None:
        asyncio.run(one_job_each(chosen.apscheduler))
    else:
        first_tick(chosen.file)
    print(json.dumps(held()), flush=True)


if __name__ == "__main__":
    main()
