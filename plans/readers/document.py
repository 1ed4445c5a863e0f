"""A file of any known format -> what it says, by a process of its own (파일 읽기)."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Final

from pydantic import ValidationError

from plans.errors import PlanError
from plans.readers.answer import Answer, Request, Unit, Wanted
from plans.readers.formats import kind_of
from plans.readers.processes import PROCESSES, Reading
from plans.sheet.grid import Grid

WALL_S: Final = 960  # twice the most processor time: on a busy machine a large plan waits more than it works
MOST_BYTES: Final = 30_000_000  # of an answer

Progress = Callable[[int, int, Unit], None]
"""Gets how many are done, how many there are, and of what."""


@dataclass
class Far:
    """How far a reading has come."""

    done: int = 0
    total: int = 0
    unit: Unit | None = None


def read_text(path: Path) -> str:
    """The text of a file: lines, table rows with tabs. Raises: PlanError."""
    text = ask("text", path).text
    assert text is not None
    return text


def read_cells(path: Path) -> Grid:
    """The cells of a spreadsheet's first sheet. Raises: PlanError."""
    cells = ask("cells", path).cells
    assert cells is not None
    return cells


def ask(
    wanted: Wanted,
    path: Path,
    year: int | None = None,
    progress: Progress | None = None,
    answers: Mapping[str, str] | None = None,
) -> Answer:
    """What the reading process makes of the file; `answers` are those about forms of tables. Raises: PlanError."""
    request = Request(
        wanted=wanted,
        kind=kind_of(path),
        size=path.stat().st_size,
        year=year,
        answers=dict(answers or {}),
    )
    try:
        with path.open("rb") as file:
            reading = PROCESSES.start(request, file)
        answer = _heard(reading, progress)
    except OSError as problem:
        raise PlanError("unreadable", reason=problem.strerror) from problem
    if answer.error is not None:
        raise PlanError(answer.error.code, **answer.error.facts)
    return answer


def _heard(reading: Reading, progress: Progress | None) -> Answer:
    """Its answer, awaited so long and no longer than so many bytes. Raises: PlanError."""
    timer = Timer(WALL_S, reading.kill)
    timer.start()
    try:
        far = Far()
        last = _last_line(reading.out, progress, far)
        if len(last) > MOST_BYTES:
            reading.kill()
        ended_by = reading.wait()
    finally:
        timer.cancel()
        PROCESSES.end(reading)
    try:
        return Answer.model_validate_json(last)
    except ValidationError as problem:
        raise _refused(ended_by, last, far) from problem


def stop_all() -> None:
    """End whatever is being read: its readers end, too, and need not be waited for."""
    PROCESSES.stop()


def _last_line(out: IO[bytes], progress: Progress | None, far: Far) -> bytes:
    while (line := out.readline(MOST_BYTES + 1)) and line[:1].isdigit():
        done, total, unit = line.decode().split()
        far.done, far.total, far.unit = int(done), int(total), "page" if unit == "page" else "line"
        if progress is not None:
            progress(far.done, far.total, far.unit)
    return line


def _refused(ended_by: int, last: bytes, far: Far) -> PlanError:
    if len(last) > MOST_BYTES or ended_by == -signal.SIGABRT:
        return PlanError("large")
    if ended_by in {-signal.SIGKILL, -signal.SIGXCPU}:
        return PlanError("slow", done=far.done, total=far.total, unit=far.unit)
    return PlanError("damaged")
