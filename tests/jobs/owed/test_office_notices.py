"""Lists that only the planning office gets."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from store import officers
from store.models import Delivery, DeliveryItem, Milestone, Officer, Task
from store.states import (
    DeliveryState,
    PastReview,
    RoleName,
)
from tests import builders
from tests.builders import kst
from tests.jobs.desk import Desk

TUESDAY = date(2026, 6, 30)  # the day on which the clock stands


def planner(desk: Desk, name: str = "최기획") -> Officer:
    with desk.store.write() as session:
        person = builders.linked(session, name, "기획예산실")
        officers.grant(session, person, RoleName.PLANNER, date(2020, 1, 1), None)
        return person


def wait_for_decision(desk: Desk) -> int:
    number = desk.promise(date(2026, 3, 31), remind_from=None)
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        one.past_review, one.next_remind_on = PastReview.OPEN, None
    return number


def test_entries_that_were_past_become_one_list_for_the_planning_office(desk: Desk) -> None:
    person = planner(desk)
    wait_for_decision(desk)
    wait_for_decision(desk)
    desk.scan()
    assert desk.standing(TUESDAY, person.id) == ["past"]
    assert desk.days() == []


def test_the_planning_office_gets_each_list_once(desk: Desk) -> None:
    person = planner(desk)
    wait_for_decision(desk)
    desk.pass_days(kst(2026, 6, 30), kst(2026, 6, 30, 12), kst(2026, 7, 1), kst(2026, 7, 8))
    assert desk.days(person.id) == [TUESDAY]


def test_every_planner_gets_the_list(desk: Desk) -> None:
    people = [planner(desk, name) for name in ("최기획", "정예산")]
    wait_for_decision(desk)
    desk.scan()
    assert [desk.standing(TUESDAY, one.id) for one in people] == [["past"], ["past"]]


def test_a_list_that_comes_after_the_days_message_waits_for_the_next_day(desk: Desk) -> None:
    person = planner(desk)
    with desk.store.write() as session:
        own = session.get_one(Officer, person.id)
        builders.assign(session, session.get_one(Task, desk.task_id), own)
    desk.promise(TUESDAY)
    desk.pass_days(kst(2026, 6, 30))
    wait_for_decision(desk)
    desk.pass_days(kst(2026, 6, 30, 12), kst(2026, 7, 1))
    assert desk.standing(TUESDAY, person.id) == ["before:0"]
    assert "past" in desk.standing(date(2026, 7, 1), person.id)


def test_a_message_nobody_can_vouch_for_is_told_to_the_planning_office(desk: Desk) -> None:
    person = planner(desk)
    desk.promise(date(2026, 7, 30))
    desk.scan()
    desk.send(DeliveryState.UNCERTAIN)
    desk.scan(kst(2026, 6, 30, 9, 11))
    with desk.store.read() as session:
        lost = session.scalars(select(Delivery).where(Delivery.state == DeliveryState.UNCERTAIN)).one()
        told = session.scalars(select(DeliveryItem).where(DeliveryItem.officer_id == person.id)).one()
    assert (told.subject, told.rule, told.due_on) == (f"unconfirmed:{lost.id}", "unconfirmed", TUESDAY)


def test_nobody_else_hears_of_them(desk: Desk) -> None:
    wait_for_decision(desk)
    assert desk.scan() == 0
    assert desk.days() == []
