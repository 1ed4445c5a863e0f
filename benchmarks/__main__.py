"""All benchmarks in one run: `python -m benchmarks [a b c d e f g h] [--small] [--write FILE]`.

Prints the tables as they are ready and ends with 1 where a bound is missed. `--small` only shows that everything runs:
its figures say nothing.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import answers, burst, extract, first_picture, idle, kpi_list, rendering, start, tick
from benchmarks.fill import Size
from benchmarks.measure import Table, circumstances


@dataclass(frozen=True)
class Scale:
    """How large everything is."""

    large: Size
    small: Size
    chats: int
    officers: int
    rounds: int
    idle_s: float
    messages: int
    grown: int
    pdf_pages: int
    indicators: int
    indicators_beside: int


FULL = Scale(
    Size(1_000_000),
    Size(10_000),
    burst.CHATS,
    answers.OFFICERS,
    answers.ROUNDS,
    idle.WATCHED_S,
    rendering.MESSAGES,
    extract.GROWN,
    extract.PDF_PAGES,
    kpi_list.INDICATORS,
    kpi_list.MILESTONES,
)
SMALL = Scale(
    Size(2_000, owed=20),
    Size(1_000, owed=20),
    chats=40,
    officers=4,
    rounds=1,
    idle_s=2,
    messages=20,
    grown=2,
    pdf_pages=4,
    indicators=60,
    indicators_beside=500,
)
LETTERS = ("a", "b", "c", "d", "e", "f", "g", "h")


def scanning(scale: Scale, folder: Path) -> Iterator[Table]:
    """(a)"""
    with ExitStack() as stack:
        large, small, empty = (
            stack.enter_context(tick.filled(folder / f"{name}.db", size))
            for name, size in (("large", scale.large), ("small", scale.small), ("empty", Size(0, 0)))
        )
        yield Table(
            f"(a) A tick with {scale.large.owed} milestones owed of {scale.large.milestones:,}",
            *tick.compare(small, large, scale.small.milestones, scale.large.milestones),
        )
        yield Table("(a) Start and memory", *start.compare(empty, large, scale.large.milestones))
        yield Table("(a) New rules for all of them", *start.new_policy(large))


def delivering(scale: Scale, folder: Path) -> Iterator[Table]:
    """(b)"""
    yield Table("(b) A morning's messages at Telegram's limit", *burst.compare(folder, scale.chats))


def answering(scale: Scale, folder: Path) -> Iterator[Table]:
    """(c)"""
    yield Table(
        f"(c) /done of {scale.officers} officers at once",
        *answers.compare(folder, scale.officers, scale.rounds),
    )


def idling(scale: Scale, folder: Path) -> Iterator[Table]:
    """(d)"""
    yield Table("(d) Doing nothing", *idle.compare(folder, scale.idle_s))


def wording(scale: Scale, folder: Path) -> Iterator[Table]:
    """(e)"""
    yield Table("(e) Wording the daily message", *rendering.compare(folder, scale.messages))


def reading(scale: Scale, folder: Path) -> Iterator[Table]:
    """(f)"""
    yield Table(
        "(f) Reading documents", *extract.compare(folder, grown=scale.grown, pdf_pages=scale.pdf_pages)
    )


def drawing(_scale: Scale, _folder: Path) -> Iterator[Table]:
    """(g)"""
    yield Table("(g) A picture", *first_picture.compare())


def measuring(scale: Scale, folder: Path) -> Iterator[Table]:
    """(h)"""
    yield Table(
        f"(h) {scale.indicators:,} indicators",
        *kpi_list.compare(folder, scale.indicators, scale.indicators_beside),
    )


PARTS = dict(
    zip(
        LETTERS,
        (scanning, delivering, answering, idling, wording, reading, drawing, measuring),
        strict=True,
    )
)


def run(letters: list[str], scale: Scale) -> Iterator[Table]:
    with tempfile.TemporaryDirectory(prefix="gihan-bench-") as folder:
        for letter in letters:
            yield from PARTS[letter](scale, Path(folder))


def document(tables: list[Table], head: list[str], command: str) -> str:
    """docs/performance.md"""
    lines = [
        "# Performance",
        "",
        f"Measured by `{command}`; no figure here is typed in by hand. Every ratio compares two things of one run, taken in "
        "turns on the same machine, so that it can be compared with that of another machine; seconds cannot.",
        "",
        *(f"- {one}" for one in head),
        "",
    ]
    return "\n".join([*lines, *(one.markdown() for one in tables)])


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    found.add_argument("parts", nargs="*", choices=[*LETTERS, []], help="which (default: all)")
    found.add_argument("--small", action="store_true", help="tiny sizes: shows that it runs")
    found.add_argument("--write", type=Path, help="document that gets the tables")
    return found


def main() -> int:
    chosen = parser().parse_args()
    letters = list(chosen.parts) or list(LETTERS)
    head = circumstances()
    print(*head, "", sep="\n", flush=True)
    tables = []
    for table in run(letters, SMALL if chosen.small else FULL):
        tables.append(table)
        print(table.markdown(), flush=True)
    if chosen.write is not None:
        command = "make bench" if letters == list(LETTERS) else f"python -m benchmarks {' '.join(letters)}"
        chosen.write.write_text(document(tables, head, command), encoding="utf-8")
    return 0 if all(one.is_kept for one in tables) else 1


if __name__ == "__main__":
    sys.exit(main())
