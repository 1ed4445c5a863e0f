"""Our extraction against dateparser on one plan text, and its growth to a document fifty times as long.

Run: .venv/bin/python benchmarks/extract.py [FILE]   (default: the sandbox's sample plan)
Prints one ratio a line; both sides run in this one process, best of three.
"""

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

from plans.draft import PlanDraft
from plans.extract import read_draft

ROOT = Path(__file__).resolve().parents[1]
TIMES = 50


def best_of_three(work: Callable[[], object]) -> float:
    """Seconds of the fastest of three runs."""
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def entries(draft: PlanDraft) -> int:
    return sum(len(task.milestones) for task in draft.tasks)


def against_dateparser(text: str) -> None:
    """The ratio of the two times, and what each found."""
    if importlib.util.find_spec("dateparser") is None:
        print("dateparser is not installed: pip install dateparser")
        return
    search_dates = importlib.import_module("dateparser.search").search_dates
    ours = best_of_three(lambda: read_draft(text))
    start = time.perf_counter()
    hits = search_dates(text, languages=["ko"]) or []
    theirs = time.perf_counter() - start
    draft = read_draft(text)
    print(
        f"ours {ours:.3f} s: {len(draft.tasks)} tasks, {entries(draft)} milestones with action, window and line"
    )
    print(f"dateparser.search {theirs:.3f} s: {len(hits)} hits, text and instant only")
    print(f"ratio: {theirs / ours:.1f} times faster")


def growth(text: str) -> None:
    """Time per line of the text, and of one fifty times as long."""
    once = best_of_three(lambda: read_draft(text))
    long = "\n".join([text] * TIMES)
    many = best_of_three(lambda: read_draft(long))
    print(
        f"growth: {TIMES} times the text takes {many / once:.1f} times as long ({many:.2f} s against {once:.3f} s)"
    )


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sandbox" / "sample" / "plan.txt"
    text = path.read_text(encoding="utf-8")
    print(f"{path.name}: {text.count(chr(10)) + 1} lines")
    growth(text)
    against_dateparser(text)


if __name__ == "__main__":
    main()
