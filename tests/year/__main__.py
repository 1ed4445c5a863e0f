"""`python -m tests.year --write docs/a-year.md`: the made-up city's year is played, and two people's chats are written down."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

from jobs.rules.calendar import WorkCalendar
from jobs.settings import CalendarSettings
from tests.builders import SEOUL
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Telegram
from tests.year import story
from tests.year import town as towns
from tests.year.course import Course

SEED = 20260101


def main() -> int:
    given = parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gihan-year-"))
    telegram = Telegram(folder, "2026-01-02T08:00:00+09:00")
    town = towns.build(telegram, folder, SAMPLE_PLAN, SEED)
    try:
        course = Course(
            town, date(2026, 1, 4), date(2026, 12, 31), WorkCalendar(CalendarSettings(), SEOUL), SEED
        )
        course.play()
        text = story.page(town, course, given.officer)
    finally:
        town.store.close()
        town.office.stop()
        telegram.close()
    if given.write is not None:
        given.write.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    found.add_argument("--officer", help="whose chat is written down; else who wrote and pressed the most")
    found.add_argument("--write", type=Path, help="the document; else it is printed")
    return found


if __name__ == "__main__":
    sys.exit(main())
