"""(a) What a start costs, in time and memory: a million milestones, none, and one APScheduler job a reminder."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter

from benchmarks.fill import NOW, TODAY, pragma, rules
from benchmarks.measure import ROOT, Row, at_most, plain, quiet
from jobs.owed.next_look import PAGE, reschedule
from jobs.rules.policy import Rules
from jobs.settings import ReminderSettings
from store.db.engine import Store

MOST = 1.3
TIMES = 5
JOBS = 100_000


@dataclass(frozen=True)
class Start:
    """Until the first tick was over, and the memory then."""

    s: float
    rss_kib: int
    most_kib: int


def start(*arguments: str) -> Start:
    """A process of its own, measured from outside."""
    began = perf_counter()
    command = [sys.executable, "-m", "benchmarks.ready", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    spent = perf_counter() - began
    if process.wait() != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    process.stdout.close()
    return Start(spent, **json.loads(line))


def compare(empty: Store, large: Store, size: int) -> tuple[list[Row], list[str]]:
    """Starts in turns. What the large store owes today is put off, so that neither has anything to send."""
    _put_off(large)
    found: dict[str, list[Start]] = {"large": [], "empty": []}
    for _ in range(TIMES):
        found["large"].append(start(str(large.path)))
        found["empty"].append(start(str(empty.path)))
    jobs = start("--apscheduler", str(JOBS))
    many, none = found["large"], found["empty"]
    rows = [
        at_most(f"start with {size:,}, to a start with none", _of(many, "s") / _of(none, "s"), MOST),
        at_most(f"memory (RSS) with {size:,}, to none", _of(many, "rss_kib") / _of(none, "rss_kib"), MOST),
        *(
            plain(f"start and memory, {what}", _say(some))
            for what, some in ((f"{size:,}", many), ("none", none))
        ),
        plain(f"start and memory, APScheduler with {JOBS:,} jobs in memory, one each", _say([jobs])),
    ]
    return rows, [
        f"{TIMES} starts of each in turns, medians: a process of its own opens the store, checks its version, "
        "builds the loop and runs the first tick; measured until it says so. Memory as it stands then "
        "(in brackets the most it ever was).",
    ]


def _of(starts: list[Start], name: str) -> float:
    return median(getattr(one, name) for one in starts)


def _say(starts: list[Start]) -> str:
    rss, most = _of(starts, "rss_kib") / 1024, _of(starts, "most_kib") / 1024
    return f"{_of(starts, 's'):.2f} s, {rss:.0f} MiB ({most:.0f})"


def _put_off(store: Store) -> None:
    with store.writer.begin() as connection:
        day = (TODAY + timedelta(days=30)).isoformat()
        connection.exec_driver_sql(
            "UPDATE milestone SET next_remind_on = ? WHERE next_remind_on <= ?", (day, TODAY.isoformat())
        )
    pragma(store, "wal_checkpoint(TRUNCATE)")


def new_policy(large: Store) -> tuple[list[Row], list[str]]:
    """Every open milestone's next day is worked out anew, a page in each transaction."""
    with quiet():
        changed = Rules(ReminderSettings(before_days=(20, 10, 0)), rules().calendar)
        pages, moved, after = [], 0, 0
        while True:
            began = perf_counter()
            with large.write() as session:
                count, last = reschedule(session, NOW, changed, after=after)
            pages.append(perf_counter() - began)
            moved += count
            if last is None:
                break
            after = last
    rows = [
        plain("a new policy over all open milestones", f"{sum(pages):.1f} s"),
        plain(f"the longest transaction of it ({PAGE:,} milestones a page)", f"{max(pages) * 1000:.0f} ms"),
    ]
    return rows, [
        f"A new policy moved {moved:,} days in {len(pages)} pages; answers go out between two pages."
    ]
