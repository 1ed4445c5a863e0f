"""A request to departments: its window, the replies, who is asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jobs.asks import owners, replies, window
from jobs.asks.opening import Opening, outlook
from jobs.asks.replies import Reply
from jobs.asks.window import AskError
from store import absences, asks, officers
from store.db.engine import Store
from store.models import Ask
from store.states import AnswerKind, AnswerState
from tests import builders
from tests.builders import RULES, kst
from tests.jobs.ask_table import DUE, FORM, NOTHING, NOW, PLACES, AskTable, cells


@pytest.fixture
def office(store: Store) -> AskTable:
    return AskTable(store)


def refused(office: AskTable, step: Any, *given: Any, by: str = "총괄") -> str:
    with pytest.raises(AskError) as error:
        office.do(step, *given, by=by)
    return error.value.code


def test_every_department_of_the_scope_is_asked(office: AskTable) -> None:
    everybody, bureau = office.open(departments=()), office.open(departments=(), bureaus=("안전국",))
    assert {one.respondent for one in office.whole(everybody).rows} == {*PLACES, "기획예산실"}
    assert [one.respondent for one in office.whole(bureau).rows] == ["감사실", "공원과", "도로과"]
    assert (office.whole(everybody).scope, office.whole(bureau).scope) == ("all", "안전국")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"departments": ("없는과",)}, "no-such-place"),
        ({"due_on": date(2030, 6, 30)}, "past-day"),
        ({"opens_on": date(2030, 7, 13)}, "opens-late"),
        ({"title": " "}, "no-title"),
        ({"rows": (3, 1)}, "rows"),
    ],
)
def test_a_request_that_cannot_be_is_refused(office: AskTable, given: dict[str, Any], code: str) -> None:
    with pytest.raises(AskError) as error:
        office.open(**given)
    assert error.value.code == code


def test_a_reply_counts_and_may_be_replaced_and_the_first_is_kept(office: AskTable) -> None:
    number = office.open()
    office.hand_in(number, "도로과", 10, 20)
    office.hand_in(number, "도로과", 30)
    with office.store.read() as session:
        own = asks.answer_of(session, number, office.places["도로과"])
        assert own is not None and (own.state, own.version) == (AnswerState.ANSWERED, 2)
        assert [[row.cells["c4"] for row in asks.rows(session, own, at)] for at in (1, 2)] == [[10, 20], [30]]
    assert [row.values["c4"] for row in office.whole(number).rows if row.values] == [30]


@pytest.mark.parametrize(
    ("rows", "reply", "code"),
    [
        ((1, 1), Reply(rows=cells(1, 2)), "too-many"),
        ((3, 3), Reply(rows=cells(1, 2)), "too-few"),
        ((3, None), Reply(rows=cells(1, 2)), "too-few"),
        ((1, None), Reply(), "no-rows"),
        ((1, None), Reply(AnswerKind.NONE, cells(1)), "rows-beside"),
    ],
)
def test_as_many_rows_come_back_as_were_asked_for(
    office: AskTable, rows: tuple[int, int | None], reply: Reply, code: str
) -> None:
    number = office.open(rows=rows)
    assert refused(office, replies.hand_in, number, office.places["도로과"], reply) == code
    assert office.whole(number).answered == 0


def test_nothing_is_a_reply_whatever_the_number_of_rows(office: AskTable) -> None:
    number = office.open(rows=(3, 3))
    office.reply(number, "도로과", NOTHING)
    office.reply(number, "공원과", Reply(AnswerKind.NOT_APPLICABLE))
    found = office.whole(number)
    assert (found.answered, [one.kind for one in found.rows if one.kind]) == (2, ["not-applicable", "none"])


def test_a_department_that_was_not_asked_has_nothing_to_hand_in(office: AskTable) -> None:
    number = office.open(departments=("도로과",))
    assert refused(office, replies.hand_in, number, office.places["공원과"], NOTHING) == "not-asked"


def test_a_lead_confirms_what_somebody_else_handed_in(office: AskTable) -> None:
    number = office.open(steps=("answer", "confirm"))
    place = office.places["도로과"]
    office.hand_in(number, "도로과", 10, by="팀장")
    assert refused(office, replies.confirm, number, place, by="팀장") == "own-reply"
    office.do(replies.confirm, number, place, by="과장")
    assert refused(office, replies.hand_in, number, place, NOTHING, by="서무") == "reply-moved-on"
    office.do(replies.reopen, number, place, "금액을 고칩니다")
    office.hand_in(number, "도로과", 20)
    assert office.whole(number).answered == 1


def test_without_the_step_nothing_is_confirmed(office: AskTable) -> None:
    number = office.open()
    office.hand_in(number, "도로과", 10)
    assert refused(office, replies.confirm, number, office.places["도로과"]) == "no-confirming"


def test_what_is_sent_back_is_wanted_again_and_stays(office: AskTable) -> None:
    number = office.open()
    office.hand_in(number, "도로과", 10)
    office.do(replies.send_back, number, office.places["도로과"], "단위를 확인해 주십시오")
    assert (office.whole(number).answered, sum(one.count for one in office.parts(number))) == (0, 0)
    office.hand_in(number, "도로과", 20)
    with office.store.read() as session:
        own = asks.answer_of(session, number, office.places["도로과"])
        assert own is not None and (own.version, own.sent_back_reason) == (2, None)
        assert [row.cells["c4"] for row in asks.rows(session, own, 1)] == [10]


def test_the_day_is_moved_for_one_and_for_all_and_the_first_is_kept(office: AskTable) -> None:
    number = office.open()
    office.extend(number, date(2030, 7, 20), "도로과")
    office.now = kst(2030, 7, 13, 9)
    assert office.whole(number).overdue == len(PLACES) - 1
    office.extend(number, date(2030, 7, 15))
    assert office.whole(number).overdue == 0
    office.now = kst(2030, 7, 16, 9)
    assert office.whole(number).overdue == len(PLACES) - 1  # 도로과 has until the 20th
    with office.store.read() as session:
        of = session.get_one(Ask, number)
        assert (of.first_due_on, of.due_on) == (DUE, date(2030, 7, 15))
    assert refused(office, window.extend, number, date(2030, 7, 15), "사유") == "not-later"
    assert refused(office, window.extend, number, date(2030, 7, 30), " ") == "no-reason"
    moved = [
        (one.before["due_on"], one.after["due_on"]) for one in office.log() if one.action == "ask-extended"
    ]
    assert moved == [("2030-07-12", "2030-07-20"), ("2030-07-12", "2030-07-15")]


def test_an_hour_of_the_day_may_be_the_end(office: AskTable) -> None:
    number = office.open(due_minute=14 * 60)
    last = kst(2030, 7, 12, 14, 0)
    assert office.whole(number).due_at == last
    assert [office.whole(number, last + timedelta(seconds=late)).overdue for late in (0, 1)] == [
        0,
        len(PLACES),
    ]


def test_late_replies_are_taken_and_marked_until_the_end(office: AskTable) -> None:
    number = office.open()
    office.hand_in(number, "공원과", 5)
    office.now = kst(2030, 7, 13, 9)
    office.hand_in(number, "도로과", 10)
    office.do(window.freeze, number)
    assert {one.own.department.name: one.is_late for one in office.parts(number)} == {
        "감사실": True, "공원과": False, "도로과": True, "복지과": True,
    }  # fmt: skip
    assert refused(office, replies.hand_in, number, office.places["복지과"], NOTHING) == "over"
    assert refused(office, window.cancel, number, "늦음") == "over"
    assert office.whole(number).overdue == 0  # nothing is wanted any more


def test_a_cancelled_one_keeps_what_was_given(office: AskTable) -> None:
    number = office.open()
    office.hand_in(number, "도로과", 10)
    office.do(window.cancel, number, "계획이 바뀌었습니다")
    found = office.whole(number)
    assert (found.state, found.answered, found.overdue) == ("cancelled", 1, 0)
    assert [row.values["c4"] for row in found.rows if row.values] == [10]


def test_before_its_opening_day_it_is_planned(office: AskTable) -> None:
    number = office.open(opens_on=date(2030, 7, 5))
    assert [office.whole(number, kst(2030, 7, day)).state for day in (4, 5)] == ["planned", "open"]


def test_each_step_is_in_the_log(office: AskTable) -> None:
    number = office.open(steps=("answer", "confirm"))
    office.hand_in(number, "도로과", 10)
    office.do(replies.confirm, number, office.places["도로과"])
    office.do(window.freeze, number)
    actions = [one.action for one in office.log() if one.subject.startswith(("ask:", "reply:"))]
    assert actions == ["ask-opened", "reply-handed-in", "reply-confirmed", "ask-frozen"]


def asked(office: AskTable, place: str = "도로과") -> list[str]:
    with office.store.read() as session:
        today = RULES.calendar.local_date(office.now)
        found = owners.owners(session, [office.places[place]], today)[office.places[place]]
        return [one.name for one in officers.by_ids(session, found)]


def test_the_contact_is_asked_and_who_stands_in_for_one_who_is_away(office: AskTable) -> None:
    assert asked(office) == ["도로서무"]
    with office.store.write() as session:
        contact, stand_in = (
            officers.find(session, "도로서무")[0],
            builders.officer(session, "이바다", "도로과"),
        )
        absences.begin(session, contact, stand_in, (date(2030, 7, 1), date(2030, 7, 3)), NOW)
    assert asked(office) == ["이바다"]
    office.now = kst(2030, 7, 4)
    assert asked(office) == ["도로서무"]


def test_whom_nobody_stands_in_for_the_next_one_is_asked(office: AskTable) -> None:
    with office.store.write() as session:
        contact = officers.find(session, "도로서무")[0]
        absences.begin(session, contact, None, (date(2030, 7, 1), date(2030, 7, 3)), NOW)
    assert asked(office) == ["도로팀장"]
    assert asked(office, "공원과") == []


def test_before_it_opens_one_sees_what_it_asks_of_people(office: AskTable) -> None:
    office.open(departments=("도로과",), due_on=date(2030, 7, 8))
    with office.store.write() as session:
        one = builders.task(session, builders.officer(session, "도로서무", "도로과"))
        builders.milestone(session, one, date(2030, 7, 10))
        opening = Opening("다음 조사", FORM, DUE, departments=("도로과", "공원과"))
        found = outlook(session, opening, date(2030, 7, 1))
        assert found.busiest == (office.people["서무"], 2)
    assert (found.people, found.fields, found.vacant) == (1, 2, ["공원과"])
    assert (found.due_that_week, found.asked_that_week) == (1, 1)


def test_two_at_once_have_one_outcome(office: AskTable) -> None:
    """What was drawn before another change is no longer what stands."""
    number = office.open(steps=("answer", "confirm"))
    office.hand_in(number, "도로과", 10)
    with office.store.write() as session:
        deed = office.deed(session)
        replies.confirm(deed, number, office.places["도로과"])
        with pytest.raises(AskError) as error:
            replies.confirm(deed, number, office.places["도로과"])
    assert error.value.code == "reply-moved-on"
