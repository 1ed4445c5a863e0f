"""(a) What a start costs, in time and memory: a million milestones, none, and one APScheduler job a reminder.

`python -m benchmarks.start`: what the command line's first answer costs, held against the import of what it stands on.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.fill import NOW, TODAY, pragma, rules
from benchmarks.measure import (
    ROOT,
    Row,
    Table,
    at_most,
    circumstances,
    in_turns,
    ms,
    plain,
    quiet,
    ratio,
    seconds,
)
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


# The command line: each answer, what it is held against, and how many times as long it may take.
GIHAN = [sys.executable, "-m", "gihan"]
IMPORTS = {name: [sys.executable, "-c", f"import {name}"] for name in ("typer", "sqlalchemy.orm")}
ANSWERS = {
    "--help": ([*GIHAN, "--help"], "typer", 2),
    "completion": (GIHAN, "typer", 2),
    "list": ([*GIHAN, "list"], "sqlalchemy.orm", 3),
    "status": ([*GIHAN, "status"], "sqlalchemy.orm", 3),
    "doctor --offline": ([*GIHAN, "doctor", "--offline"], "sqlalchemy.orm", 3),
}
COMPLETING = {"_GIHAN_COMPLETE": "complete_bash", "COMP_WORDS": "gihan st", "COMP_CWORD": "1"}
DEMO_MOST = 4
DEMO_TIMES = 3
TOKEN = "110000001:sandbox-token-for-this-machine-only"


def first_answers(folder: Path) -> tuple[list[Row], list[str]]:
    """Processes of their own on the sample plan's store."""
    own = os.environ | {"PYTHONPATH": str(ROOT), "GIHAN_TELEGRAM__TOKEN": TOKEN}
    sample = ROOT / "sandbox" / "sample" / "plan.txt"
    for words in (["import", str(sample), "--yes", "--activate"], ["invite", "허준", *PLANNER]):
        subprocess.run([*GIHAN, *words], cwd=folder, env=own, check=True, capture_output=True)

    def work(command: Sequence[str], more: dict[str, str]) -> Callable[[], float]:
        return lambda: seconds(
            lambda: subprocess.run(command, cwd=folder, env=own | more, capture_output=True, check=False)
        )

    works = {name: work(command, {}) for name, command in IMPORTS.items()}
    for name, (command, _, _) in ANSWERS.items():
        works[name] = work(command, COMPLETING if name == "completion" else {})
    found = in_turns(TIMES, works)
    rows = [
        at_most(f"gihan {name}, to `import {base}`", ratio(found[name], found[base]), most)
        for name, (_, base, most) in ANSWERS.items()
    ]
    rows += [plain(f"`import {name}`", ms(found[name])) for name in IMPORTS]
    return rows, [f"{TIMES} processes of each in turns, medians; the store holds the sample plan."]


PLANNER = ["--department", "기획예산과", "--role", "planner"]


def demo(folder: Path) -> tuple[list[Row], list[str]]:
    """The sandbox until its page is told, and `gihan run` against a stand-in until it says that it has started."""
    stand_in = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert stand_in.stdout is not None
    address = stand_in.stdout.readline().split()[-1]
    own = {
        "GIHAN_TELEGRAM__TOKEN": TOKEN,
        "GIHAN_TELEGRAM__API_BASE": address,
        "GIHAN_WEB__LISTEN": "127.0.0.1:0",
        "GIHAN_STORE__URL": f"sqlite:///{folder / 'run.db'}",
    }
    works = {
        "run": lambda: _until("action=started", [*GIHAN, "run"], own),
        "demo": lambda: _until("대화 화면", [*GIHAN, "sandbox", "--port", "0", "--no-browser"], {}),
    }
    try:
        found = in_turns(DEMO_TIMES, works)
    finally:
        stand_in.terminate()
        stand_in.wait()
    rows = [
        at_most(
            "make demo to its page, to the start of `gihan run`",
            ratio(found["demo"], found["run"]),
            DEMO_MOST,
        )
    ]
    rows += [plain("the start of `gihan run`", ms(found["run"]))]
    return rows, [f"{DEMO_TIMES} starts of each in turns, medians, until the page or the start is told."]


def _until(words: str, command: Sequence[str], more: dict[str, str]) -> float:
    """Seconds until the process says so; then it is ended."""
    began = perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    told = any(words in line for line in process.stdout)
    spent = perf_counter() - began
    process.terminate()
    process.stdout.read()
    process.wait()
    if not told:
        raise RuntimeError(f"{command} never said {words}")
    return spent


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as name:
        folder = Path(name)
        tables = [
            Table("The command line's first answer", *first_answers(folder)),
            Table("The sandbox's page", *demo(folder)),
        ]
    print(*circumstances(), "", *(one.markdown() for one in tables), sep="\n")
    return 0 if all(one.is_kept for one in tables) else 1


if __name__ == "__main__":
    sys.exit(main())
