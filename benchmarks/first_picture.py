"""(g) A picture, which a process of its own draws, to such a process that loads what draws and ends."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta

from benchmarks.measure import ROOT, Row, at_most, in_turns, ms, plain, ratio
from reports.drawing.apart import drawn
from reports.pictures import Bar, Mark, Picture, Project

MOST = 3.0
TIMES = 9
DEPARTMENTS, PROJECTS, MARKS = 24, 39, 5  # as a real plan has them
TODAY = date(2026, 7, 1)
NEEDED = "import reports.drawing.child, reports.drawing.scope, reports.texts.templates, PIL.PngImagePlugin"


def loading() -> float:
    """Seconds of a process that loads Pillow, what reads the facts and what words them."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", NEEDED], check=True, cwd=ROOT)
    return time.perf_counter() - began


def drawing() -> float:
    """Seconds until the picture of a city is there, as the bot makes every one."""
    days = [date(2026, 1, 5) + timedelta(days=9 * step) for step in range(MARKS * 8)]
    bars = [Bar(f"부서 {one}", one % 5, one % 3, 9) for one in range(DEPARTMENTS)]
    marks = [tuple(Mark(day, day < TODAY, is_late=False) for day in days[at::8]) for at in range(8)]
    projects = [Project(f"사업 {one}", days[0], days[-1], marks[one % 8]) for one in range(PROJECTS)]
    picture = Picture("현황", "2026. 7. 1.", TODAY, bars, projects, days * 5, days[:20] * 5)
    began = time.perf_counter()
    content = drawn(picture)
    assert content.startswith(b"\x89PNG")
    return time.perf_counter() - began


def compare() -> tuple[list[Row], list[str]]:
    for once in (loading, drawing):
        once()  # the files lie in memory from then on, for both alike
    found = in_turns(TIMES, {"loading": loading, "drawing": drawing})
    rows = [
        plain("a process that loads what draws, and ends", ms(found["loading"])),
        plain("a picture, drawn by such a process", ms(found["drawing"])),
        at_most("picture to loading", ratio(found["drawing"], found["loading"]), MOST),
    ]
    notes = [
        f"Medians of {TIMES}, in turns. The picture has {DEPARTMENTS} departments, {PROJECTS} projects "
        f"and {MARKS} due days of each."
    ]
    return rows, notes
