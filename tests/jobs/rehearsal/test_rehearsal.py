"""A rehearsal says what the scan would send, without sending."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.rehearsal.cast import cast
from jobs.rehearsal.rehearsal import rehearse
from jobs.rules.policy import Rules
from reports.rehearsal import Rehearsal
from store import teams
from store.db.engine import Store
from store.models import Absence, Delivery, DeliveryItem, Milestone, Officer, Task, TeamMember
from store.states import DeliveryKind, DeliveryState, ItemState, MilestoneState, Precision, RoleName
from tests import builders
from tests.builders import kst
from tests.jobs.desk import Desk

FIRST, LAST = date(2026, 3, 2), date(2026, 6, 30)


def played(desk: Desk, first: date = FIRST, last: date = LAST, *, is_on_time: bool = False) -> Rehearsal:
    with desk.store.read() as session:
        return rehearse(cast(session, last), desk.rules, first, last, is_on_time=is_on_time)


def rules_of(found: Rehearsal) -> dict[str, int]:
    return {one.rule: one.lines for one in found.rules}


def office(session: Session, desk: Desk, random: Random) -> None:
    """Two departments: officers with tasks of every precision, leads, a head, the planning office, an absence; 도로과 has
    two teams with a lead each, and an officer of none."""
    people = [builders.linked(session, f"담당 {at}", f"{'도로' if at % 2 else '하천'}과") for at in range(6)]
    for at, where in enumerate(people[:2]):
        lead = builders.linked(session, f"팀장 {at}", where.department.name if where.department else "")
        builders.role(session, lead, RoleName.LEAD, department_id=where.department_id)
    for at, team_name in ((1, "시설팀"), (3, "정비팀")):
        person = people[at]
        assert person.department is not None
        team = teams.ensure(session, person.department, team_name)
        person.membership = TeamMember(team=team)
        lead = builders.linked(session, f"{team_name}장", "도로과")
        builders.role(session, lead, RoleName.LEAD, department_id=person.department_id).team = team
    head = builders.linked(session, "부서장", "도로과")
    builders.role(session, head, RoleName.HEAD, department_id=people[1].department_id)
    builders.role(session, builders.linked(session, "기획", "기획실"), RoleName.PLANNER)
    session.add(
        Absence(
            officer_id=people[0].id,
            substitute_id=people[1].id,
            from_on=date(2026, 4, 1),
            until_on=date(2026, 5, 1),
            created_at=kst(2026, 3, 1),
        )
    )
    for at in range(24):
        who = people[at % 6]
        name = who.department.name if who.department else None
        task = builders.task(session, *([who] if at % 8 else []), title=f"과제 {at}", department=name)
        due = FIRST + timedelta(days=random.randrange(5, 150))
        precision = random.choice([Precision.DAY, Precision.RANGE, Precision.MONTH])
        start = due.replace(day=1) if precision is Precision.MONTH else None
        builders.milestone(session, task, due, start=start, precision=precision, remind_from=kst(2026, 3, 1))


def sent(store: Store) -> dict[tuple[int, date], int]:
    """Lines of each daily message that went out, the planning office's lists of plans and differences left out."""
    query = (
        select(Delivery.officer_id, Delivery.day, func.count(DeliveryItem.id))
        .join(DeliveryItem)
        .where(
            Delivery.kind == DeliveryKind.DIGEST,
            Delivery.state == DeliveryState.SENT,
            DeliveryItem.state == ItemState.INCLUDED,
        )
        .group_by(Delivery.officer_id, Delivery.day)
    )
    with store.read() as session:
        return {(row[0] or 0, row[1] or LAST): row[2] for row in session.execute(query)}


@pytest.mark.parametrize("seed", [1, *(pytest.param(one, marks=pytest.mark.long) for one in (2, 3))])
def test_it_plays_what_the_scan_sends(desk: Desk, seed: int) -> None:
    with desk.store.write() as session:
        office(session, desk, Random(seed))
    found = played(desk)
    day = FIRST
    while day <= LAST:
        desk.pass_days(kst(day.year, day.month, day.day))
        day += timedelta(days=1)
    real = sent(desk.store)
    by_day = {one.date: (one.messages, one.lines) for one in found.days}
    assert by_day == {
        on: (
            sum(each == on for _, each in real),
            sum(lines for (_, each), lines in real.items() if each == on),
        )
        for on in {each for _, each in real}
    }
    assert {one.id: one.messages for one in found.people} == {
        who: sum(each == who for each, _ in real) for who in {each for each, _ in real}
    }
    assert found.messages > 100


def test_nothing_is_written(desk: Desk) -> None:
    desk.promise(date(2026, 4, 1))
    played(desk)
    with desk.store.read() as session:
        assert session.scalar(select(func.count(Delivery.id))) == 0


def test_on_time_nothing_follows_the_due_day(desk: Desk) -> None:
    desk.promise(date(2026, 4, 10))
    found = played(desk, is_on_time=True)
    assert rules_of(found) == {"before:30": 1, "week": 1, "before:0": 1}
    assert found.assumes == "on-time"


def test_silence_goes_on_and_up_the_line(desk: Desk) -> None:
    with desk.store.write() as session:
        department = session.get_one(Officer, desk.officer_id).department_id
        builders.role(session, builders.linked(session, "팀장"), RoleName.LEAD, department_id=department)
    desk.promise(date(2026, 4, 1))
    counted = rules_of(played(desk))
    assert counted["escalate:lead"] == 1
    assert (counted["after:1"], counted["after:7"], "after:every" in counted) == (1, 1, False)


def test_what_was_done_is_played_until_it_was_done(desk: Desk) -> None:
    number = desk.promise(date(2026, 4, 10))
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        one.state, one.done_on = MilestoneState.DONE, date(2026, 4, 6)
    assert rules_of(played(desk)) == {"before:30": 1, "week": 1}


def test_a_recurring_entry_is_played_to_the_end_of_the_span(desk: Desk) -> None:
    with desk.store.write() as session:
        builders.series(session, session.get_one(Task, desk.task_id), "FREQ=MONTHLY")
    found = played(desk, date(2026, 1, 1), date(2026, 12, 31), is_on_time=True)
    assert rules_of(found)["week"] == 12


def test_a_year_round_entry_is_asked_about_each_quarter(desk: Desk) -> None:
    with desk.store.write() as session:
        builders.series(session, session.get_one(Task, desk.task_id), None)
    found = played(desk, date(2026, 1, 1), date(2026, 12, 31), is_on_time=True)
    assert rules_of(found) == {"year-round": 4}


def test_a_milestone_that_nobody_would_be_asked_about_is_named(desk: Desk) -> None:
    with desk.store.write() as session:
        vacant = builders.task(session, title="빈 과제", department="새 과").id
    number = desk.promise(date(2026, 4, 10), task_id=vacant)
    assert {one.id for one in played(desk).unasked} == {number}


def test_a_person_gets_one_message_a_day_and_none_on_a_day_off(desk: Desk, rules: Rules) -> None:
    for days in range(30):
        desk.promise(date(2026, 4, 1) + timedelta(days=days))
    found = played(desk)
    assert all(rules.calendar.is_working(one.date) for one in found.days)
    assert max(one.messages for one in found.days) == 1
    [person] = found.people
    assert person.messages == len(found.days)
    assert person.lines == found.lines


def test_the_busiest_days_come_first(desk: Desk) -> None:
    for _ in range(3):
        desk.promise(date(2026, 4, 10))
    desk.promise(date(2026, 5, 14))
    found = played(desk, is_on_time=True)
    assert [one.lines for one in found.busiest] == sorted((one.lines for one in found.days), reverse=True)[
        :10
    ]
    assert found.busiest[0].lines == 3


def test_a_plan_that_came_in_late_is_played_for_the_whole_span(desk: Desk) -> None:
    with desk.store.write() as session:
        for one in session.get_one(Task, desk.task_id).assignments:
            one.from_on = date(2026, 6, 1)
    desk.promise(date(2026, 4, 10))
    found = played(desk, is_on_time=True)
    assert (found.messages, found.unasked) == (3, [])


def test_a_handover_moves_the_messages_on_its_day(desk: Desk) -> None:
    with desk.store.write() as session:
        task = session.get_one(Task, desk.task_id)
        task.assignments[0].until_on = date(2026, 4, 5)
        builders.assign(session, task, builders.linked(session, "이바다"), from_on=date(2026, 4, 6))
    desk.promise(date(2026, 4, 10))
    found = played(desk, is_on_time=True)
    assert {one.name: one.messages for one in found.people} == {"김하늘": 1, "이바다": 2}
