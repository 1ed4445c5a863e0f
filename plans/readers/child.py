"""The child process that reads one untrusted file, forked by `fork_server`.

The file comes by standard input; out go lines of progress and, last, an Answer as JSON. Everything of a document is
understood here, never in the bot's own process. It takes itself what it does not need before it touches the file:
memory, processor time, the right to write, the network; it has no token, for it gets no environment.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from plans.errors import PlanError
from plans.readers.answer import Answer, Refusal, Request, Unit, Wanted
from plans.readers.form import Source, finished
from plans.readers.formats import check_content
from plans.sheet.grid import Grid
from plans.text.spelling import COVERED

FILE: Final = Path("/dev/stdin")
CSV: Final = ".csv"
MB: Final = 1024 * 1024
MEMORY: Final = 1024 * MB  # bytes of address space
CPU_BASE_S, CPU_S_PER_MB, CPU_S_PER_PAGE, CPU_MOST_S = 60, 120, 1, 480
"""More than ten times what real documents take: the slowest page measured took 0.1 s (docs/documents.md). A slower processor
and one that others share take several times as long for the same work."""
MOST_OPEN: Final = 64  # files at once
NICENESS: Final = 10  # whoever answers people goes first
STEPS: Final = 50  # lines of progress
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
READERS: Final = {
    **{".txt": "txt", ".md": "md", ".csv": "csv"},
    **{".xlsx": "xlsx", ".docx": "docx", ".pdf": "pdf.document", ".hwp": "hwp", ".hwpx": "hwp"},
}
UNDERSTANDING: Final = ("plans.read", "plans.sheet.handover", "plans.sheet.register", "plans.sheet.roster")
FORBIDDEN: Final = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")


def cpu_s(size: int, pages: int = 0) -> int:
    """Seconds of processor time for a file of so many bytes and, where it has any, pages."""
    return min(CPU_MOST_S, CPU_BASE_S + CPU_S_PER_MB * size // MB + CPU_S_PER_PAGE * pages)


def needed(request: Request) -> tuple[str, ...]:
    """The modules that such a reading loads."""
    if request.wanted == "cells":
        return ("plans.readers.cells",)
    reader = f"plans.readers.{READERS[request.kind]}"
    return (reader,) if request.wanted == "text" else (reader, *UNDERSTANDING)


def main(request: Request) -> int:
    """Reads the file and prints the Answer."""
    confine(request.size)
    answer = _answer(request.wanted, request.kind, request.year, request.answers, Pages(request.size))
    print(answer.model_dump_json(), flush=True)  # noqa: T201 - the pipe to the parent
    return 0


def confine(size: int) -> None:
    """Takes away what reading does not need. A file that is hostile ends this process, and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s(size), CPU_MOST_S + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN, MOST_OPEN))
    os.nice(NICENESS)
    end_with_parent()
    leave_network()
    warnings.simplefilter("ignore")
    logging.disable()


def end_with_parent() -> None:
    """Nobody would hear what it says then."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def leave_network() -> None:
    """Into a network of its own, that leads nowhere, where the kernel allows it; in any case no library opens a
    connection or starts a program from here on."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def _answer(wanted: Wanted, kind: str, year: int | None, answers: Mapping[str, str], pages: Pages) -> Answer:
    """What was asked for; whatever a library stumbles over in a broken file is one refusal."""
    try:
        if wanted == "cells":
            return Answer(cells=cells_of(kind))
        if wanted == "any" and kind in {".xlsx", CSV} and (listed := _listed(kind)) is not None:
            return Answer(cells=listed)
        return _understood(wanted, source_of(kind, pages=pages), year, answers)
    except PlanError as problem:
        refused = problem
    except ImportError:
        refused = PlanError("no-reader", kind=kind)
    except (MemoryError, RecursionError):
        refused = PlanError("large")
    except Exception:
        refused = PlanError("damaged")
    return Answer(error=Refusal(code=refused.code, facts=refused.facts))


def source_of(kind: str, file: Path = FILE, pages: Callable[[int, int], None] | None = None) -> Source:
    """The text of the file as it is to be understood; `pages` gets pages read and pages in all.

    Raises: PlanError, and whatever a library raises.
    """
    check_content(file, kind)
    read: Callable[..., Source] = importlib.import_module(f"plans.readers.{READERS[kind]}").read
    if kind == ".pdf" and pages is not None:
        read = partial(read, progress=pages)
    source = read(file if READERS[kind] == "hwp" else file.read_bytes())
    return Source(finished(source.text), source.notices)


def cells_of(kind: str, file: Path = FILE) -> Grid:
    """The cells of a spreadsheet, or of a file of values. Raises: PlanError, and whatever a library raises."""
    if kind == CSV:
        lines = source_of(kind, file).text.split("\n")
        return Grid(name="", rows=[[cell.strip() for cell in line.split("\t")] for line in lines])
    if kind != ".xlsx":
        raise PlanError("not-cells")
    from plans.readers.cells import read_cells  # noqa: PLC0415 - plans need it not

    check_content(file, kind)
    return read_cells(file.read_bytes())


def _listed(kind: str) -> Grid | None:
    """The cells of a list of items, of opinions, or of a register of indicators; None for every other sheet."""
    from plans.sheet.indicators import is_indicator_list  # noqa: PLC0415 - a text needs none of them
    from plans.sheet.items import is_item_list  # noqa: PLC0415
    from plans.sheet.opinions import is_opinion_sheet  # noqa: PLC0415

    try:
        found = cells_of(kind)
    except PlanError:
        return None  # which the reading of a plan tells better
    return found if any(of(found) for of in (is_opinion_sheet, is_item_list, is_indicator_list)) else None


def _understood(wanted: Wanted, source: Source, year: int | None, answers: Mapping[str, str]) -> Answer:
    text = source.text.replace(COVERED, "")
    if wanted == "text":
        return Answer(text=text)
    from plans.read import plan_of  # noqa: PLC0415 - a text needs neither
    from plans.sheet import handover, register, roster  # noqa: PLC0415

    if wanted == "any" and handover.FORM.is_in(text):
        return Answer(handovers=handover.read_list(text))
    if wanted == "any" and roster.FORM.is_all_of(text):
        return Answer(roster=roster.read_roster(text))
    if wanted == "any" and register.is_register(text):
        return Answer(filled=register.read_register(text))
    return Answer(plan=plan_of(source.text, year, Progress(), source.notices, answers))


class Progress:
    """Prints how far it is, some dozen times."""

    unit: Unit = "line"

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, done: int, total: int) -> None:
        if done == total or done - self.told >= total / STEPS:
            self.told = done
            print(f"{done} {total} {self.unit}", flush=True)  # noqa: T201 - the pipe to the parent


class Pages(Progress):
    """The same of pages, which lengthen the time that is given."""

    unit = "page"

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def __call__(self, done: int, total: int) -> None:
        if done == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_s(self.size, total), CPU_MOST_S + 1))
        if done:
            super().__call__(done, total)
