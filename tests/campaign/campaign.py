"""One campaign from an empty store to its verdict."""

from __future__ import annotations

import time
from pathlib import Path

from store.db import schema
from store.db.engine import Store
from tests.campaign import city as cities
from tests.campaign.city import morning
from tests.campaign.course import Course
from tests.campaign.databases import Databases, version
from tests.campaign.replicas import Crew
from tests.campaign.report import Outcome
from tests.campaign.size import Chances, Size
from tests.campaign.verdict import Verdict, judge
from tests.smoke.harness import TOKEN, Telegram

PATIENCE_S = (
    3 * 3600.0
)  # for one day's morning, of which the kills of most runs take their part: as long as the machine needs


def run(databases: Databases, replicas: int, size: Size, seed: int, folder: Path) -> Outcome:
    """The campaign's outcome; logs stay in the folder. Raises AssertionError where it could not be carried out."""
    begun = time.monotonic()
    eve = morning(size.first_day).replace(hour=8).isoformat()
    telegram = Telegram(folder, eve, ("--ack-timeout", str(PATIENCE_S)), PATIENCE_S)
    url = databases.fresh_url()
    store = Store(url)
    try:
        schema.upgrade(store)
        chances = Chances(seed)
        city = cities.build(store, telegram, size, chances)
        crew = Crew(telegram, url, folder, replicas)
        course = Course(telegram, store, city, crew, size, chances)
        verdict = _carry_out(course, folder)
        return Outcome(
            database=version(store),
            replicas=replicas,
            seed=seed,
            verdict=verdict,
            kills=crew.kills,
            dropped=course.dropped,
            days=len(course.days),
            seconds=time.monotonic() - begun,
        )
    finally:
        telegram.close()
        store.close()


def _carry_out(course: Course, folder: Path) -> Verdict:
    try:
        course.run()
    finally:
        course.crew.abandon()
    assert not any(TOKEN in log.read_text() for log in folder.glob("run-*.log")), "the token stands in a log"
    state = course.telegram.get("state")
    with course.store.read() as session:
        return judge(session, state, course.city, course.days, course.officers.acts)
