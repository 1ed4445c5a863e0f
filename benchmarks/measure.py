"""Figures of one run: several repetitions taken in turns, their medians, the ratio, and whether it is kept."""

import logging
import os
import platform
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """One line of a table. `bound` says what the figure must be (≤ where it is a ceiling, ≥ where a floor)."""

    what: str
    figure: str
    bound: str = ""
    is_kept: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.is_kept is None else ("kept" if self.is_kept else "MISSED")


@dataclass(frozen=True)
class Table:
    """One benchmark's rows under its title, with what a reader must know to judge them."""

    title: str
    rows: list[Row]
    notes: list[str]

    def markdown(self) -> str:
        lines = [f"## {self.title}", "", "| what | measured | asked for | |", "|---|---:|---:|---|"]
        lines += [f"| {one.what} | {one.figure} | {one.bound} | {one.verdict} |" for one in self.rows]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes), ""])

    @property
    def is_kept(self) -> bool:
        return all(one.is_kept is not False for one in self.rows)


def at_most(what: str, ratio: float, ceiling: float) -> Row:
    return Row(what, f"{ratio:.2f} ×", f"≤ {ceiling:g} ×", ratio <= ceiling)


def at_least(what: str, value: float, floor: float, unit: str) -> Row:
    return Row(what, f"{value:.1f} {unit}", f"≥ {floor:g} {unit}", value >= floor)


def exactly(what: str, count: int, wanted: int) -> Row:
    return Row(what, f"{count}", f"{wanted}", count == wanted)


def no_more(what: str, count: int, most: int) -> Row:
    return Row(what, f"{count}", f"≤ {most}", count <= most)


def plain(what: str, figure: str) -> Row:
    return Row(what, figure)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(times: int, works: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Each work's figures; taken A B A B, so that whatever slows the machine slows all of them."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            found[name].append(work())
    return found


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """Of the medians."""
    return median(over) / median(under)


def ms(values: Sequence[float]) -> str:
    return f"{median(values) * 1000:.1f} ms"


def circumstances() -> list[str]:
    """When, of which commit, on what machine."""
    load = os.getloadavg()[0]
    return [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, commit {_commit()}",
        f"{_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB of memory, load {load:.1f} at the beginning",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}",
    ]


def _commit() -> str:
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
    found = subprocess.run(git, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _processor() -> str:
    """Its name where Linux tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


@contextmanager
def quiet() -> Iterator[None]:
    """No line of the log while something is measured; whatever happens, the log speaks again afterwards."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
