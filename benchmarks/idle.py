"""(d) What an idle bot costs: processor time of whole process trees while nobody asks anything."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT, Row, at_most, plain
from benchmarks.servers import TOKEN, Telegram, ended, kept_variables, telegram
from bot.open_store import upgrade
from store.db.engine import Store

WATCHED_S = 60.0
SETTLED_S = 20.0  # after the start: imports, the first scan, connections
RUN_MOST = 2.0
SANDBOX_MOST = 4.0
ROUNDS = 3
CPUCLOCK_SCHED = 2  # Source: man clock_getcpuclockid, and how the C library makes the clock of a process


async def nothing(scope: dict[str, object], _receive: object, _send: object) -> None:
    """The smallest ASGI application."""
    assert scope


def tree(pid: int) -> list[int]:
    """The process and all that it started."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def cpu_s(pid: int) -> float:
    """Processor seconds of the tree so far."""
    return sum(time.clock_gettime((~one << 3) | CPUCLOCK_SCHED) for one in tree(pid))


@contextmanager
def process(log_file: Path, *command: str, **variables: str) -> Iterator[int]:
    """The number of a process that runs a module of Python."""
    with log_file.open("w") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=kept_variables() | variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield started.pid
        finally:
            ended(started)


def settings(server: Telegram, store: Path) -> dict[str, str]:
    return {
        "GIHAN_TELEGRAM__TOKEN": TOKEN,
        "GIHAN_TELEGRAM__API_BASE": server.url,
        "GIHAN_STORE__URL": f"sqlite:///{store}",
        "GIHAN_WEB__LISTEN": "127.0.0.1:0",
    }


def compare(folder: Path, watched_s: float = WATCHED_S, rounds: int = ROUNDS) -> tuple[list[Row], list[str]]:
    """Rows and notes; all three are watched over the same seconds."""
    store = Store(f"sqlite:///{folder / 'idle.db'}")
    upgrade(store)
    store.close()
    with ExitStack() as stack:
        server = stack.enter_context(telegram(0, latency_s=0))
        own = settings(server, folder / "idle.db")
        commands = {
            "uvicorn": (("uvicorn", "benchmarks.idle:nothing", "--port", "0"), {}),
            "run": (("gihan", "run"), own),
            "sandbox": (("gihan", "sandbox", "--port", "0", "--no-browser"), {}),
        }
        of = {
            name: stack.enter_context(process(folder / f"{name}.log", *command, **variables))
            for name, (command, variables) in commands.items()
        }
        _wait_for(folder / "sandbox.log", "Ctrl+C")
        time.sleep(min(SETTLED_S, watched_s))
        spent = [_spent(of, watched_s) for _ in range(rounds)]
    idle, run, sandbox = (median(one[name] for one in spent) for name in of)
    shares = {"uvicorn": idle, "`gihan run`": run, "`gihan sandbox`": sandbox}
    return [
        at_most("`gihan run`, to an idle uvicorn", run / idle, RUN_MOST),
        at_most("`gihan sandbox`, to an idle uvicorn", sandbox / idle, SANDBOX_MOST),
        *(
            plain(f"share of a core: {name}", f"{100 * value / watched_s:.2f} %")
            for name, value in shares.items()
        ),
    ], [
        f"{rounds} times {watched_s:.0f} s in which nobody asks anything, all three at once; processor time of whole "
        "process trees, medians.",
        "`gihan run` polls a stand-in of its own; `gihan sandbox` is page, stand-in and bot with the sample plan, and no "
        "browser is open.",
    ]


def _wait_for(log: Path, word: str) -> None:
    deadline = time.monotonic() + 300
    while word not in log.read_text(encoding="utf-8"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{log}: {log.read_text(encoding='utf-8')[-1000:]}")
        time.sleep(0.5)


def _spent(of: dict[str, int], seconds: float) -> dict[str, float]:
    before = {name: cpu_s(pid) for name, pid in of.items()}
    time.sleep(seconds)
    return {name: cpu_s(pid) - before[name] for name, pid in of.items()}
