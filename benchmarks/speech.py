"""What reading a text costs: against typer's import, against the reader's own median, and against dateparser.

Run: .venv/bin/python -m benchmarks.speech
Ratios of one run; dateparser with Korean and English and the same day to count from.
"""

import importlib
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from statistics import median, quantiles
from typing import Any

from benchmarks.measure import Table, at_least, at_most, circumstances, in_turns, ms, plain, ratio, seconds
from bot.speech import dates as speech_dates
from bot.speech.dates import Leaning
from bot.speech.understand import understand
from plans.time import rules
from tests.bot.speech.tables.rows import CALENDAR, SATURDAY, DateRow, dates, phrases, verdict

TIMES = 5
P99_MOST, WORST_MOST, IMPORT_MOST, FASTER_LEAST = 6.0, 60.0, 1.0, 4.0
KINDS = ("right", "asks", "wrong")
WORST = (
    "완료 " * 120, "112 " * 120, "1.1.1." * 80, "ㅋ" * 500, "연기 112 " + "의회 " * 160, "(" * 500, "12월 " * 120, "2주 " * 160,
    "가나다라마바사 " * 60, "1" * 500, "112번 완료했고 " * 45, "done " * 100,
    "취소 " * 160, "%" * 500, "사유: " * 120, "다음 주 " * 100,
)  # fmt: skip
"""500 characters each of what costs the most."""


def theirs(parser: Any, row: DateRow) -> date | None:
    """What dateparser reads, where nothing but the day is asked of it."""
    settings = {
        "PREFER_DATES_FROM": "future" if row.leaning is Leaning.FUTURE else "past",
        "RELATIVE_BASE": datetime.combine(row.today, datetime.min.time()),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = parser.parse(row.text, languages=["ko", "en"], settings=settings)
    return found.date() if found else None


def each(works: list[Callable[[], object]]) -> list[float]:
    """Seconds of CPU of every work, the best of three; what the reader remembers is forgotten before."""
    return [min(_cost(work) for _ in range(3)) for work in works]


def _cost(work: Callable[[], object]) -> float:
    speech_dates.find.cache_clear()
    rules.spoken_tokens.cache_clear()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def reading(texts: list[str]) -> list[Callable[[], object]]:
    return [lambda text=text: understand(text, SATURDAY, CALENDAR) for text in texts]  # type: ignore[misc]


def import_cost(module: str) -> float:
    """Seconds of CPU of a fresh interpreter that imports it from its bytecode, as an installed bot does."""
    code = f"import time; a = time.process_time(); import {module}; print(time.process_time() - a)"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        env = kept | {"PYTHONPYCACHEPREFIX": folder}
        command = [sys.executable, "-c", code]
        found = [subprocess.run(command, capture_output=True, text=True, check=True, env=env) for _ in "12"]
    return float(found[-1].stdout)


def main() -> None:
    parser = importlib.import_module("dateparser")
    days = [one for one in dates() if not one.wanted.startswith("+")]
    said = [one.text for name in ("never", "slots", "acts") for one in phrases(f"{name}.table")]
    found = in_turns(
        TIMES,
        {
            "grammar": lambda: seconds(lambda: [one.reading() for one in days]) / len(days),
            "dateparser": lambda: seconds(lambda: [theirs(parser, one) for one in days]) / len(days),
            "import of the reader": lambda: import_cost("bot.speech.understand"),
            "import of typer": lambda: import_cost("typer"),
        },
    )
    costs = each(reading(said))
    middle = median(costs)
    counts = Counter(verdict(one) for one in dates())
    dated = median(each([row.reading for row in days]))
    parsed = median(each([lambda one=one: theirs(parser, one) for one in days]))  # type: ignore[misc]
    table = Table(
        "What officers type",
        [
            plain(
                f"grammar, {sum(counts.values())} dates and lengths: {'/'.join(KINDS)}",
                " / ".join(str(counts[one]) for one in KINDS),
            ),
            at_most(
                "import of the reader to import of typer",
                ratio(found["import of the reader"], found["import of typer"]),
                IMPORT_MOST,
            ),
            at_most("99th of 100 texts to the median", quantiles(costs, n=100)[98] / middle, P99_MOST),
            at_most(
                "the worst 500 characters to the median",
                max(each(reading([one[:500] for one in WORST]))) / middle,
                WORST_MOST,
            ),
            at_least(
                "dateparser's median to the reader's on the same dates", parsed / dated, FASTER_LEAST, "×"
            ),
            *(plain(f"median, {name}", ms(values)) for name, values in found.items()),
            plain("median of a text", f"{1000 * middle:.2f} ms"),
        ],
        circumstances(),
    )
    print(table.markdown())


if __name__ == "__main__":
    main()
