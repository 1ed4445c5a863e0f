"""A process that opens a store as `gihan run` does, builds the loop and runs its first tick.

Prints {"rss_kib": …} when that is done: what it holds then, and `most_kib`, the most that it ever held.
Run: python -m benchmarks.ready FILE, or with --apscheduler NUMBER instead of a file.
"""

import argparse
import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.tick import loop_of
from bot import app  # everything that a real start loads
from store.db.engine import Store

KEYS = {"VmRSS": "rss_kib", "VmHWM": "most_kib"}


def first_tick(path: Path) -> dict[str, int]:
    store = Store(f"sqlite:///{path}")
    app.upgrade(store)
    loop = loop_of(store)
    loop.wake(scan=True)
    asyncio.run(loop.tick())
    return held()


def remind() -> None:
    """What a job of APScheduler would call."""


async def one_job_each(number: int) -> dict[str, int]:
    """The other way: a job in memory for every reminder, then the scheduler's start. Gives what it holds then:
    after its end the jobs would be gone."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
    due = datetime.now(UTC) + timedelta(days=1)
    for one in range(number):
        scheduler.add_job(remind, "date", run_date=due + timedelta(seconds=one), id=str(one))
    scheduler.start()
    await asyncio.sleep(0)
    found = held()
    scheduler.shutdown(wait=False)
    return found


def held() -> dict[str, int]:
    """KiB now and at most, as the kernel counts them for this program alone (getrusage keeps its parent's, too)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kib = {
        name: int(value.split()[0])
        for name, _, value in (one.partition(":") for one in lines)
        if name in KEYS
    }
    return {KEYS[name]: value for name, value in kib.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--apscheduler", type=int)
    chosen = parser.parse_args()
    if chosen.apscheduler is not None:  # noqa: SIM108 two ways, each its own line
        found = asyncio.run(one_job_each(chosen.apscheduler))
    else:
        found = first_tick(chosen.file)
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
