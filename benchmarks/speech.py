"""Our grammar of dates beside dateparser, on the tables that the tests read: right, asked, wrong, and time a text.

Run: .venv/bin/python -m benchmarks.speech
Both sides run in this one process, in turns; dateparser with Korean, English and the same day to count from.
"""

from __future__ import annotations

import importlib
import warnings
from collections import Counter
from datetime import date, datetime
from typing import Any

from benchmarks.measure import Table, at_least, circumstances, in_turns, ms, plain, ratio, seconds
from bot.dates import Leaning
from tests.bot.tables.rows import DateRow, dates, phrases, verdict

TIMES = 5
FASTER_LEAST = 1.0
KINDS = ("right", "asks", "wrong")


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


def their_verdict(parser: Any, row: DateRow) -> str:
    """Where we ask for good reasons a day is wrong; nothing read is a question. Lengths are not its business."""
    day = theirs(parser, row)
    wanted = row.wanted.removeprefix("? ")
    if day is None:
        return "right" if row.wanted in {"?", "none"} else "asks"
    return "right" if day.isoformat() == wanted else "wrong"


def main() -> None:
    parser = importlib.import_module("dateparser")
    rows = [one for name in ("dates", "more_dates", "fresh_dates") for one in dates(f"{name}.table")]
    days = [one for one in rows if not one.wanted.startswith("+")]
    said = [one for name in ("phrases", "more_phrases", "fresh_phrases") for one in phrases(f"{name}.table")]
    ours = Counter(verdict(one) for one in rows)
    ours_of_days = Counter(verdict(one) for one in days)
    others = Counter(their_verdict(parser, one) for one in days)
    spoken = Counter(verdict(one) for one in said)
    found = in_turns(
        TIMES,
        {
            "grammar": lambda: seconds(lambda: [one.reading() for one in days]) / len(days),
            "dateparser": lambda: seconds(lambda: [theirs(parser, one) for one in days]) / len(days),
            "phrases": lambda: seconds(lambda: [one.understood() for one in said]) / len(said),
        },
    )
    table = Table(
        "What officers type",
        [
            plain(f"grammar, {len(rows)} dates and lengths: {'/'.join(KINDS)}", _counts(ours)),
            plain(f"grammar, the {len(days)} that are days: {'/'.join(KINDS)}", _counts(ours_of_days)),
            plain(f"dateparser, the same {len(days)}: {'/'.join(KINDS)}", _counts(others)),
            plain(f"grammar, {len(said)} phrases: {'/'.join(KINDS)}", _counts(spoken)),
            at_least(
                "dateparser's time to ours, a date",
                ratio(found["dateparser"], found["grammar"]),
                FASTER_LEAST,
                "×",
            ),
            *(plain(f"median, one text, {name}", ms(values)) for name, values in found.items()),
        ],
        circumstances(),
    )
    print(table.markdown())


def _counts(found: Counter[str]) -> str:
    return " / ".join(str(found[one]) for one in KINDS)


if __name__ == "__main__":
    main()
