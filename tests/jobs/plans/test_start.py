"""The start of a plan: nobody is told of its entries before, and what lay before is counted apart after."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.owed import managers_week, yearround
from jobs.owed.next_look import next_scheduled_at
from jobs.plans import series, start
from reports.week import week_counts as counts
from store import milestones
from store import yearround as entries
from store.models import Milestone, Plan, Task
from store.states import PastReview, RoleName
from tests import builders
from tests.builders import BOT, SEOUL, kst
from tests.jobs.desk import Desk

TUESDAY = date(2026, 6, 30)
MONDAY = date(2026, 7, 6)


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """The officer's plan has come in and has not started."""
    with desk.store.write() as session:
        session.scalars(select(Plan)).one().awaits_start = True
    return desk


def choose(desk: Desk, day: date | None) -> bool:
    with desk.store.write() as session:
        deed = Deed(session, BOT, desk.clock.now(), desk.rules)
        return start.choose(deed, session.scalars(select(Plan)).one(), day)


def take_effect(desk: Desk, now: datetime) -> int:
    desk.clock.current = now
    with desk.store.write() as session:
        return start.take_effect(session, now, desk.rules)


def stored(desk: Desk, number: int) -> Milestone:
    with desk.store.read() as session:
        return session.get_one(Milestone, number)


def test_before_the_start_nothing_is_owed_to_officers(waiting: Desk) -> None:
    number = waiting.promise(TUESDAY)
    assert waiting.scan() == 0
    waiting.move(number, date(2026, 7, 1))
    assert (waiting.next_look(number), waiting.scan(kst(2026, 7, 1)), waiting.days()) == (None, 0, [])


def test_those_above_hear_nothing_either(waiting: Desk) -> None:
    late = waiting.promise(date(2026, 6, 1))
    with waiting.store.write() as session:
        lead = builders.linked(session, "이바다")
        builders.role(session, lead, RoleName.LEAD, department_id=lead.department_id)
    waiting.scan(kst(2026, 7, 20))
    assert (waiting.items(late), waiting.days(lead.id)) == ([], [])
    with waiting.store.write() as session:
        assert counts(session, TUESDAY, SEOUL, None).is_empty
        assert managers_week.take_up(session, TUESDAY, SEOUL) == {}


def test_nothing_wakes_the_loop_but_the_day_that_was_chosen(waiting: Desk) -> None:
    waiting.promise(MONDAY)
    with waiting.store.read() as session:
        assert next_scheduled_at(session, waiting.clock.now(), waiting.rules) is None
    choose(waiting, MONDAY)
    with waiting.store.read() as session:
        assert next_scheduled_at(session, waiting.clock.now(), waiting.rules) == kst(2026, 7, 6)


def test_started_at_once_what_is_due_today_stands_in_todays_message(waiting: Desk) -> None:
    waiting.promise(TUESDAY, remind_from=None)
    assert choose(waiting, TUESDAY)
    waiting.scan()
    assert waiting.standing(TUESDAY) == ["before:0"]


def test_on_the_chosen_day_it_starts_and_what_lay_before_is_apart(waiting: Desk) -> None:
    before, after = waiting.promise(date(2026, 7, 3)), waiting.promise(date(2026, 7, 7))
    assert not choose(waiting, MONDAY)
    assert take_effect(waiting, kst(2026, 7, 5)) == 0
    assert take_effect(waiting, kst(2026, 7, 6, 0, 1)) == 1
    waiting.scan(kst(2026, 7, 6))
    assert (waiting.items(before), waiting.standing(MONDAY)) == ([], ["week"])
    assert (stored(waiting, before).before_start, stored(waiting, after).before_start) == (True, False)
    assert stored(waiting, before).past_review is PastReview.OPEN
    assert take_effect(waiting, kst(2026, 7, 7)) == 0


def test_later_means_until_somebody_says_so(waiting: Desk) -> None:
    waiting.promise(TUESDAY)
    choose(waiting, MONDAY)
    choose(waiting, None)
    assert take_effect(waiting, kst(2026, 7, 6)) == 0
    assert waiting.scan(kst(2026, 7, 7)) == 0


def test_what_lay_before_the_start_stays_out_of_every_message(waiting: Desk) -> None:
    number = waiting.promise(date(2026, 6, 1))
    choose(waiting, TUESDAY)
    for day in (1, 2, 6, 7, 20, 30):
        waiting.scan(kst(2026, 7, day))
        waiting.send()
    assert waiting.items(number) == []
    with waiting.store.read() as session:
        assert milestones.late_of(session, waiting.officer_id, MONDAY) == []


def test_what_recurs_has_its_turns_from_the_start_on(waiting: Desk) -> None:
    with waiting.store.write() as session:
        of = session.scalars(select(Milestone.task_id)).first() or waiting.task_id
        row = builders.series(session, session.get_one(Task, of), "FREQ=MONTHLY")
        assert series.extend_all(session, TUESDAY) == 0
    choose(waiting, MONDAY)
    take_effect(waiting, kst(2026, 7, 6))
    with waiting.store.read() as session:
        turns = session.scalars(select(Milestone.due_on).where(Milestone.series_id == row.id)).all()
    assert min(one for one in turns if one is not None) == date(2026, 7, 31)


def test_what_goes_on_all_year_is_not_asked_about_before_the_start(waiting: Desk) -> None:
    with waiting.store.write() as session:
        row = builders.series(session, session.get_one(Task, waiting.task_id), None)
        row.ask_on = TUESDAY
    with waiting.store.read() as session:
        assert (entries.to_ask(session, TUESDAY), entries.next_day(session)) == ([], None)
    choose(waiting, TUESDAY)
    with waiting.store.read() as session:
        asked = entries.to_ask(session, TUESDAY)
        assert [one.id for one in asked] == [row.id]
        assert yearround.next_question(asked[0], TUESDAY, waiting.rules) == date(2026, 9, 1)


def test_who_was_asked_before_the_start_is_not_asked_anew(waiting: Desk) -> None:
    number = waiting.promise(date(2026, 6, 1))
    with waiting.store.write() as session:
        one = session.get_one(Milestone, number)
        one.before_start = True
        deed = Deed(session, BOT, waiting.clock.now(), waiting.rules)
        changes.apply(deed, one, "past-asked", {"past_review": PastReview.ASKED})
    choose(waiting, TUESDAY)
    assert stored(waiting, number).past_review is PastReview.ASKED
