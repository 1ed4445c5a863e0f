"""(f) Reading documents: pages a second, growth with their size, memory, and pdfplumber and dateparser beside it.

`python -m benchmarks.extract [FILE]` measures only this; FILE is a PDF that takes the place of the made-up one.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import ROOT, Row, Table, at_most, in_turns, no_more, plain, ratio
from plans.read import plan_of, read_plan
from plans.readers import child
from plans.readers.answer import Request
from plans.readers.pdf import document
from plans.readers.processes import PROCESSES
from tests.plans import writers

SAMPLE = ROOT / "sandbox" / "sample" / "plan.txt"
LINES_A_PAGE = 40
PAGES, TIMES, GROWN = 2, 3, 50
PDF_PAGES = 40
LETTERS = 1  # at a time: some 45 operands a letter, as files of the usual word processor have
_SHOWN = re.compile(r"BT /F1 (\d+) Tf (\S+) (\S+) Td <([0-9a-f]+)> Tj ET")
_READS = "from plans.readers.answer import Request; from plans.readers import child; child.main"
HALF, QUARTER, LINEAR = 0.5, 0.25, 1.3
WRITERS: dict[str, Callable[[str, Path], None]] = {
    ".txt": writers.write_txt,
    ".md": writers.write_md,
    ".csv": writers.write_csv,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
    ".pdf": writers.write_pdf,
}


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def wall_s(work: Callable[[], object]) -> float:
    """Seconds by the clock: what others' processes take counts."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def text_of(pages: int) -> str:
    """The first pages of the sample plan again and again, so many of them: longer ones hold nothing else than shorter ones."""
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")[: PAGES * LINES_A_PAGE]
    wanted = pages * LINES_A_PAGE
    return "\n".join((lines * (wanted // len(lines) + 1))[:wanted])


def written(folder: Path, kind: str, pages: int) -> Path:
    path = folder / f"{pages}{kind}"
    WRITERS[kind](text_of(pages), path)
    return path


def written_by_an_office(folder: Path, pages: int) -> Path:
    """A PDF that puts each letter by itself, with clip, colour and matrix, as word processors do."""
    path = folder / f"office-{pages}.pdf"
    drawn = [
        _SHOWN.sub(_piecemeal, page).split("\n") for page in writers.pages_of(text_of(pages), writers.PLAIN)
    ]
    writers.write_drawn(drawn[:pages], path)
    return path


def _piecemeal(shown: re.Match[str]) -> str:
    size, x, y, letters = int(shown[1]), float(shown[2]), float(shown[3]), shown[4]
    pieces = [letters[at : at + 4 * LETTERS] for at in range(0, len(letters), 4 * LETTERS)]
    return "\n".join(
        f"q 0 0 {writers.PAGE_WIDTH} {writers.PAGE_HEIGHT} re W n 0 0 0 rg 1 0 0 1 0 0 cm BT /F1 {size} Tf 100 Tz 0 Tc 0 Tw"
        f" 1 0 0 1 {x + size * LETTERS * number} {y} Tm <{piece}> Tj ET Q"
        for number, piece in enumerate(pieces)
    )


def understand(path: Path) -> object:
    """What the reading process does with a file, here."""
    source = child.source_of(path.suffix, path)
    return plan_of(source.text, None, None, source.notices)


def growth(folder: Path, kind: str, pages: int, times: int, grown: int) -> list[Row]:
    """Pages a second, and how much longer a page of a long document takes than one of a short."""
    short, long = written(folder, kind, pages), written(folder, kind, pages * grown)
    found = in_turns(times, {str(path): partial(cpu_s, partial(understand, path)) for path in (short, long)})
    a_page = ratio(found[str(long)], found[str(short)]) / grown
    return [
        plain(f"{kind}: pages a second", f"{pages * grown / min(found[str(long)]):.0f}"),
        at_most(f"{kind}: a page of {pages * grown}, to a page of {pages}", a_page, LINEAR),
        no_more(f"{kind}: most memory of the child, MiB", memory_mib(long), child.MEMORY // child.MB),
    ]


def memory_mib(path: Path) -> int:
    """The most that the reading process ever had in memory."""
    request = Request(wanted="plan", kind=path.suffix, size=path.stat().st_size)
    command = [
        sys.executable,
        "-I",
        "-c",
        f"{_READS}(Request.model_validate_json({request.model_dump_json()!r}))",
    ]
    with path.open("rb") as file:
        reader = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(reader.pid, 0)
    reader.returncode = os.waitstatus_to_exitcode(status)
    assert reader.returncode == 0, path
    return usage.ru_maxrss // 1024


def against_pdfplumber(file: Path, times: int) -> list[Row]:
    """All of our reading of a PDF, to the characters alone by pdfplumber."""
    if importlib.util.find_spec("pdfplumber") is None:
        return [plain("pdfplumber's page.chars", "pdfplumber is not installed: pip install pdfplumber")]
    found = in_turns(
        times,
        {
            "ours": lambda: cpu_s(lambda: document.read(file.read_bytes())),
            "theirs": lambda: cpu_s(partial(characters, file)),
        },
    )
    return [
        at_most(
            "a PDF read whole, to pdfplumber's page.chars", ratio(found["ours"], found["theirs"]), QUARTER
        ),
        plain("seconds: ours, page.chars", f"{min(found['ours']):.2f}, {min(found['theirs']):.2f}"),
    ]


def characters(file: Path) -> int:
    with importlib.import_module("pdfplumber").open(file) as opened:
        count = 0
        for page in opened.pages:
            count += len(page.chars)
            page.close()
        return count


def one_after_another(folder: Path, times: int) -> Row:
    """Two pages read by a process that was forked, to the same by a server that is started for it."""
    path = written(folder, ".txt", PAGES)

    def first() -> None:
        PROCESSES.stop()
        read_plan(path)

    found = in_turns(times, {"first": lambda: wall_s(first), "next": lambda: wall_s(lambda: read_plan(path))})
    return at_most("two pages read next, to the first ones", ratio(found["next"], found["first"]), HALF)


def against_dateparser(pages: int) -> list[Row]:
    """dateparser looks for dates alone; ours gives tasks, entries and findings."""
    if importlib.util.find_spec("dateparser") is None:
        return [plain("dateparser.search", "dateparser is not installed: pip install dateparser")]
    search_dates = importlib.import_module("dateparser.search").search_dates
    text = text_of(pages)
    ours, theirs = cpu_s(lambda: plan_of(text)), cpu_s(lambda: search_dates(text, languages=["ko"]))
    return [plain("a text understood, to dateparser.search over it", f"{ours / theirs:.3f} ×")]


def compare(
    folder: Path,
    pages: int = PAGES,
    grown: int = GROWN,
    times: int = TIMES,
    pdf_pages: int = PDF_PAGES,
    file: Path | None = None,
) -> tuple[list[Row], list[str]]:
    pdf = file or written_by_an_office(folder, pdf_pages)
    rows = [*against_pdfplumber(pdf, times), *against_dateparser(pages), one_after_another(folder, times)]
    for kind in WRITERS:
        rows += growth(folder, kind, pages, times, grown)
    return rows, [
        f"The first {PAGES} pages of the sample plan again and again, {LINES_A_PAGE} lines a page; "
        f"{times} readings of each file in turns, medians: bytes to a plan with findings, in one process. "
        f"Memory: of the process that reads for the bot, which may have {child.MEMORY // child.MB} MiB.",
        f"pdfplumber: {'a given file' if file else f'{pdf_pages} pages, each letter put by itself as word processors do'}; ours "
        "is everything up to lines and tables, theirs the characters alone. Processor time.",
    ]


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as folder:
        print(Table("(f) Reading documents", *compare(Path(folder), file=file)).markdown())


if __name__ == "__main__":
    main()
