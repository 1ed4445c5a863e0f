"""Whose daily message names the open round: once a person and day, whoever's turn it comes to be."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from jobs.owed import round_turns
from jobs.owed.recipients import Directory
from jobs.owed.round_turns import CHECK, Part
from jobs.rules.policy import Rules
from store import absences, rounds
from store.db.engine import Store
from store.models import Department, Officer, Task
from store.rounds import Seat
from store.states import DeliveryState, RoleName
from tests import builders
from tests.builders import FakeClock
from tests.jobs.desk import Desk
from tests.jobs.round_table import NOW, RoundTable

TODAY = NOW.date()


class Office(RoundTable):
    """Two pledges of 담당이 and one of 부담당이, everybody linked, a round begun this morning."""

    def __init__(self, store: Store, rules: Rules) -> None:
        super().__init__(store)
        self.desk = Desk(store, rules, FakeClock(NOW))
        with store.write() as session:
            self.people["부담당"] = builders.officer(session, "부담당이").id
            for number in self.people.values():
                builders.link(session, session.get_one(Officer, number))
            tasks = session.scalars(select(Task).where(Task.pledge_no == "1").order_by(Task.position))
            for task, name in zip(tasks, ("담당", "담당", "부담당"), strict=True):
                builders.assign(session, task, session.get_one(Officer, self.people[name]))
        self.round_id = self.open()

    def appoint(self, name: str, role: RoleName, bureau: str | None = None) -> None:
        """The person holds the role over the department of the pledges."""
        with self.store.write() as session:
            department = session.scalars(select(Department).where(Department.name == "도로과")).one()
            department.bureau = bureau
            person = session.get_one(Officer, self.people[name])
            builders.role(session, person, role, department_id=department.id)

    def told(self) -> list[str]:
        """Who is told now that was not told before; the same whether the scan has asked for people or not."""
        with self.store.read() as session:
            names = {number: name for name, number in self.people.items()}
            alone = round_turns.waiting(session, TODAY, self.desk.rules)
            in_scan = round_turns.waiting(session, TODAY, self.desk.rules, Directory(session, TODAY))
            assert alone == in_scan and all(one.rule == CHECK for one in alone)
            return sorted(names[one.officer_id] for one in alone)


@pytest.fixture
def office(store: Store, rules: Rules) -> Office:
    return Office(store, rules)


def test_each_officer_is_told_once_on_a_day(office: Office) -> None:
    assert office.told() == ["담당", "부담당"]
    office.desk.scan(NOW)
    assert office.told() == []


def test_whose_message_was_refused_is_told_again(office: Office) -> None:
    office.desk.scan(NOW)
    office.desk.send(DeliveryState.FAILED)
    assert office.told() == ["담당", "부담당"]


def test_the_lead_is_told_when_an_answer_comes_in(office: Office) -> None:
    office.appoint("팀장", RoleName.LEAD)
    office.desk.scan(NOW)
    office.answer(office.ids(office.round_id)[0])
    assert office.told() == ["팀장"]


def test_without_lead_and_head_it_is_the_head_of_the_bureau(office: Office) -> None:
    office.appoint("부서장", RoleName.BUREAU, "안전도시국")
    office.desk.scan(NOW)
    office.answer(office.ids(office.round_id)[0])
    assert office.told() == ["부서장"]


def test_a_stand_in_is_told_although_the_officer_was(office: Office) -> None:
    office.desk.scan(NOW)
    with office.store.write() as session:
        away, stands_in = (session.get_one(Officer, office.people[name]) for name in ("담당", "총괄"))
        absences.begin(session, away, stands_in, (TODAY, TODAY), NOW)
    assert office.told() == ["총괄"]


def test_the_steps_are_counted_and_listed_alike(office: Office) -> None:
    office.appoint("총괄", RoleName.PLANNER)
    first, second, _ = office.ids(office.round_id)
    office.up_to_signed(first)
    with office.store.read() as session:
        mine = office.people["담당"]
        assert round_turns.counts(session, office.round_id, mine, TODAY) == {Part.ANSWER: 1}
        found = round_turns.turns(session, office.round_id, mine, TODAY)
        assert {part: [one.id for one in listed] for part, listed in found.items()} == {Part.ANSWER: [second]}
        assert round_turns.counts(session, office.round_id, office.people["총괄"], TODAY) == {
            Part.EVALUATE: 1
        }


def test_an_answer_that_waits_for_somebody_told_is_not_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    seats = rounds.seats

    def counting(
        session: Session, round_id: int, today: date, dealt_with: ColumnElement[bool] | None = None
    ) -> dict[int, Seat]:
        found = seats(session, round_id, today, dealt_with)
        read.append(len(found))
        return found

    monkeypatch.setattr(rounds, "seats", counting)
    office.told()
    office.desk.scan(NOW)
    office.told()
    assert read == [3, 3, 3, 0, 0]
