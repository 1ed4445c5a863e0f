"""(g) The first picture after a start, which loads the drawing library, to the loading alone: each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta

from benchmarks.measure import ROOT, Row, at_most, in_turns, ms, plain, ratio

MOST = 3.0
TIMES = 9
DEPARTMENTS, PROJECTS, MARKS = 24, 39, 5  # as a real plan has them
TODAY = date(2026, 7, 1)


def loading() -> None:
    """What the pictures import of the library."""
    import matplotlib.axes  # noqa: PLC0415 - this is what is measured
    import matplotlib.backends.backend_agg  # noqa: PLC0415
    import matplotlib.figure  # noqa: PLC0415
    import matplotlib.font_manager  # noqa: PLC0415, F401


def drawing() -> None:
    """The same and the picture of a city, as a file."""
    from reports.pictures import Bar, Mark, Picture, Project, png  # noqa: PLC0415

    days = [date(2026, 1, 5) + timedelta(days=9 * step) for step in range(MARKS * 8)]
    bars = [Bar(f"부서 {one}", one % 5, one % 3, 9) for one in range(DEPARTMENTS)]
    marks = [tuple(Mark(day, day < TODAY, is_late=False) for day in days[at::8]) for at in range(8)]
    projects = [Project(f"사업 {one}", days[0], days[-1], marks[one % 8]) for one in range(PROJECTS)]
    content = png(Picture("현황", "2026. 7. 1.", TODAY, bars, projects, days * 5, days[:20] * 5))
    assert content.startswith(b"\x89PNG")


WORKS = {"loading": loading, "drawing": drawing}


def fresh(name: str) -> float:
    """Seconds that the work takes in a process that has done nothing before."""
    command = [sys.executable, "-m", "benchmarks.first_picture", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout)


def compare() -> tuple[list[Row], list[str]]:
    for name in WORKS:
        fresh(name)  # the files lie in memory from then on, for both alike
    found = in_turns(TIMES, {name: lambda name=name: fresh(name) for name in WORKS})  # type: ignore[misc]
    rows = [
        plain("loading the drawing library", ms(found["loading"])),
        plain("loading it and drawing the first picture", ms(found["drawing"])),
        at_most("first picture to loading", ratio(found["drawing"], found["loading"]), MOST),
    ]
    notes = [
        f"Medians of {TIMES}, each in a new process, in turns. The picture has {DEPARTMENTS} departments, {PROJECTS} projects "
        f"and {MARKS} due days of each."
    ]
    return rows, notes


if __name__ == "__main__":
    began = time.perf_counter()
    WORKS[sys.argv[1]]()
    sys.stdout.write(f"{time.perf_counter() - began}\n")
