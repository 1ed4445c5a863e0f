"""R1 of a real frozen quarter, printed again after two more rounds were played; the documents lie beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.rounds import publish
from jobs.authority.permissions import Deed
from jobs.rounds import entries, freeze, lifecycle
from jobs.rounds.freeze import Register, RegisterRow
from jobs.rounds.lifecycle import Opening
from plans.read import read_plan
from reports.period import Period
from reports.quarterly.result import Result
from reports.settings import RoundSettings
from store import rounds
from store.audit import Who
from store.models import Department
from store.states import PledgeStatus
from tests.bot.chat import SEOUL, Chat
from tests.reports.quarterly.samples import before, bureaus
from tests.reports.quarterly.test_reference import BUREAUS, CELLS, shared

__all__ = ["shared"]
Q4, Q1, Q2 = Period(2023, 4), Period(2024, 1), Period(2024, 2)
SWEEP = Period(2024, 4, "총점검")
AT = datetime(2024, 12, 1, tzinfo=SEOUL)
SETTINGS = RoundSettings()


@pytest.fixture
def city(shared: Path, tmp_path: Path) -> Iterator[Chat]:
    """The document is registered and so its quarter frozen; the register of the quarter before is taken over."""
    made = Chat(tmp_path)
    made.put(read_plan(shared / "plans" / "004.txt"), is_active=True)
    of = bureaus(shared / "gold" / "004-bureaus.csv")
    with made.store.write() as session:
        for one in session.scalars(select(Department)):
            one.bureau = of.get(one.name)
        rounds.set_bureau_order(session, list(dict.fromkeys(of.values())))
        rows = before(shared / "gold" / "004-previous-quarter.csv", Q4).rows
        kept = [RegisterRow(one.no, one.title, one.status) for one in rows]
        freeze.take_over(deed(made, session), Register(Q4, Q4.last_day, kept, "previous.csv"))
    yield made
    made.store.close()


def deed(city: Chat, session: Session) -> Deed:
    return Deed(session, Who(None, "총괄", "test", "test:1"), city.clock.now(), city.rules)


def play(city: Chat, period: Period, as_of: date, first: PledgeStatus) -> None:
    """A round of every project, judged by the planning office alone: as the round before had it, but for some of those on
    their way."""
    with city.store.write() as session:
        own = deed(city, session)
        of = lifecycle.announce(own, Opening(period, as_of), SETTINGS)
        for one in lifecycle.begin(own, of.id):
            kept = one.previous_status or PledgeStatus.ON_TRACK
            status = first if kept is PledgeStatus.ON_TRACK and one.position % 2 else kept
            entries.evaluate(own, one.id, status, opinion="직접 확인", is_override=True)
        freeze.freeze(own, of.id, SETTINGS)


def result(city: Chat, period: Period) -> Result:
    with city.store.read() as session:
        return publish.result_of(session, period, SETTINGS, "서구", AT, "Asia/Seoul")


def test_the_frozen_quarter_is_the_documents_before_and_after_two_more_rounds(city: Chat) -> None:
    printed = result(city, Q1)
    files = [publish.form_of(name)(printed) for name in ("a.html", "a.txt")]
    play(city, Q2, Q2.last_day, PledgeStatus.CONTINUING)
    play(city, SWEEP, date(2024, 10, 31), PledgeStatus.PARTIAL)
    again = result(city, Q1)
    assert again == printed and [publish.form_of(name)(again) for name in ("a.html", "a.txt")] == files
    assert list(again.matrix.bureaus) == BUREAUS and [list(row) for row in again.matrix.cells] == CELLS
    assert [one.count for one in again.columns] == [33, 15, 1]
    assert [str(one.share) for one in again.columns] == ["67.3", "30.7", "2.0"]
    assert again.previous is not None and f"{again.previous.difference:+}" == "+2.0"
    later, sweep = result(city, Q2), result(city, SWEEP)
    assert later.previous is not None and later.previous.period == Q1 and later.rate.done > again.rate.done
    assert sweep.previous is not None and sweep.previous.period == Q2 and sweep.previous.rate == later.rate
