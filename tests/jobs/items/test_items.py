"""What is raised goes its way: entered, answered by its departments, closed with an outcome (지시·건의)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobs.items import steps
from jobs.items.owners import owners
from jobs.items.steps import ItemError
from reports.items import counts
from store import items
from store.db.engine import Store
from store.models import Absence, Item, ItemPart, Officer
from tests.builders import kst
from tests.jobs.item_table import DAY, ItemTable


@pytest.fixture
def office(store: Store) -> ItemTable:
    return ItemTable(store)


def refused(office: ItemTable, code: str) -> pytest.RaisesExc[ItemError]:
    return pytest.raises(ItemError, check=lambda error: error.code == code)


def test_a_suggestion_is_answered_and_closed_as_adopted(office: ItemTable) -> None:
    number = office.enter(requester="홍길동", source="시민과의 대화")
    row = office.row(number)
    assert (row.state, row.due_at.date(), row.reply, row.overdue) == ("open", date(2030, 7, 15), None, False)
    office.reply(number)
    office.do(steps.ask_to_close, number, "adopted", by="김교통")
    assert office.row(number).state == "closing"
    office.do(steps.close, number)
    row = office.row(number)
    assert (row.state, row.outcome, row.reply) == ("closed", "adopted", "설치하겠습니다.")
    assert (row.replied_on, row.closed_on) == (DAY, DAY)
    assert [action for action, _ in office.log()] == [
        "item-entered",
        "item-replied",
        "item-closing-asked",
        "item-closed",
    ]


def test_several_departments_make_one_reply_the_lead_one_first(office: ItemTable) -> None:
    number = office.enter(others=("공원과", "도로과", "교통과"))
    office.reply(number, "나무를 심겠습니다.", "공원과", by="이공원")
    assert office.row(number).reply is None
    with refused(office, "no-reply"):
        office.do(steps.ask_to_close, number, "adopted")
    office.reply(number, "보도를 넓히겠습니다.", "도로과")
    office.reply(number, "그늘막을 설치하겠습니다.")
    said = "교통과: 그늘막을 설치하겠습니다.\n공원과: 나무를 심겠습니다.\n도로과: 보도를 넓히겠습니다."
    assert office.row(number).reply == said


def test_what_is_sent_back_is_answered_anew_and_both_replies_stay(office: ItemTable, store: Store) -> None:
    number = office.enter()
    office.reply(number, "검토하겠습니다.")
    office.do(steps.ask_to_close, number, "long-term")
    with refused(office, "moved-on"):
        office.reply(number, "고칩니다.")
    office.do(steps.send_back, number, "시기를 적어 주십시오.")
    assert office.row(number).state == "open"
    office.reply(number, "2031년에 설치하겠습니다.")
    with store.read() as session:
        [part] = session.get_one(Item, number).parts
        assert [one.text for one in items.versions(session, part.id)] == [
            "검토하겠습니다.",
            "2031년에 설치하겠습니다.",
        ]
    assert ("item-sent-back", "시기를 적어 주십시오.") in office.log()


def test_the_planning_office_closes_with_an_outcome_of_its_own_and_may_reopen(office: ItemTable) -> None:
    number = office.enter()
    with refused(office, "no-reply"):
        office.do(steps.close, number, "declined")
    office.reply(number)
    with refused(office, "no-outcome"):
        office.do(steps.close, number)
    with refused(office, "unknown-outcome"):
        office.do(steps.close, number, "부결")
    office.do(steps.close, number, "declined")
    with refused(office, "moved-on"):
        office.do(steps.close, number, "adopted")
    office.do(steps.reopen, number, "민원인의 이의")
    row = office.row(number)
    assert (row.state, row.outcome, row.closed_on) == ("open", None, None)


def test_a_later_day_needs_a_reason_and_keeps_the_first_one(office: ItemTable) -> None:
    number = office.enter()
    with refused(office, "no-reason"):
        office.do(steps.extend, number, date(2030, 7, 20), " ")
    with refused(office, "not-later"):
        office.do(steps.extend, number, date(2030, 7, 15), "추경")
    office.do(steps.extend, number, date(2030, 7, 22), "추경 일정")
    row = office.row(number)
    assert (row.due_at.date(), row.first_due_on) == (date(2030, 7, 22), date(2030, 7, 15))


def test_an_hour_of_the_day_may_be_the_end_and_what_waits_for_the_planning_office_is_not_late(
    office: ItemTable,
) -> None:
    number = office.enter(due_on=date(2030, 7, 2), due_minute=14 * 60)
    office.now = kst(2030, 7, 2, 13, 59)
    assert not office.row(number).overdue
    office.now = kst(2030, 7, 2, 14, 1)
    assert office.row(number).overdue
    office.reply(number)
    office.do(steps.ask_to_close, number, "adopted")
    assert not office.row(number).overdue


def test_wrong_entries_are_refused_and_dropped_ones_count_nowhere(office: ItemTable) -> None:
    with refused(office, "no-title"):
        office.enter(" ")
    with refused(office, "not-yet"):
        office.enter(source_on=date(2030, 7, 2))
    with refused(office, "due-before"):
        office.enter(due_on=date(2030, 6, 30))
    number = office.enter()
    with refused(office, "not-of-department"):
        office.reply(number, place="공원과")
    office.do(steps.drop, number, "중복 등록")
    assert office.rows() == [] and office.row(number).state == "dropped"


def test_the_rate_is_adopted_of_answered_with_the_open_ones_beside(office: ItemTable) -> None:
    for outcome in ("adopted", "adopted", "declined"):
        number = office.enter(f"건의 {outcome}")
        office.reply(number)
        office.do(steps.close, number, outcome)
    office.enter("아직")
    found = counts(office.rows())
    assert (found.total, found.answered, found.adopted, found.open) == (4, 3, 2, 1)
    assert found.rate == Decimal("66.7")


def test_the_reply_to_the_same_requester_is_found_again(office: ItemTable) -> None:
    first, second = (office.enter(one, requester="김 의원") for one in ("가로등", "버스 노선"))
    office.reply(first, "가로등을 세웠습니다.")
    office.reply(second, "노선을 늘렸습니다.")
    office.now = kst(2031, 7, 1, 10)
    assert office.earlier(office.enter("가 로등", requester="김의원")) == (first, "가로등을 세웠습니다.")
    assert office.earlier(office.enter("주차장", requester="김의원")) == (second, "노선을 늘렸습니다.")
    assert office.earlier(office.enter("주차장", requester="박의원")) is None
    assert office.earlier(office.enter("주차장", "공원과", requester="김의원"), "공원과") is None


def test_who_answers_is_the_officer_then_who_stands_in_then_the_contact(
    office: ItemTable, store: Store
) -> None:
    number = office.enter(others=("공원과",))

    def asked() -> list[list[int]]:
        with store.read() as session:
            seats = items.seats(session, Item.id == number)
            found = owners(session, seats, DAY)
            return [found[one.part_id] for one in seats]

    assert asked() == [[], [office.people["이공원"]]]
    office.assign(number, "김교통")
    assert asked()[0] == [office.people["김교통"]]
    with refused(office, "other-department"):
        office.assign(number, "이공원")
    with store.write() as session:
        session.get_one(Officer, office.people["김교통"]).department_id = office.places["도로과"]
    assert asked()[0] == []  # who was moved elsewhere answers no more
    with store.write() as session:
        session.get_one(Officer, office.people["김교통"]).department_id = office.places["교통과"]
    with store.write() as session:
        away = Absence(
            officer_id=office.people["김교통"],
            substitute_id=office.people["최기획"],
            from_on=DAY,
            until_on=DAY,
            created_at=office.now,
        )
        session.add(away)
    assert asked()[0] == [office.people["최기획"]]


def test_a_stale_button_changes_nothing(office: ItemTable, store: Store) -> None:
    number = office.enter()
    with store.read() as session:
        drawn = session.get_one(Item, number).revision
    office.reply(number)
    with refused(office, "moved-on"):
        office.do(steps.ask_to_close, number, "adopted", drawn)
    assert office.row(number).state == "open"
    with store.read() as session:
        assert session.query(ItemPart).count() == 1
