"""Up the line: lead at +7, head at +14, planning office at +30, one level at a time, until a word is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.milestones import changes, hold
from jobs.rules.escalation_steps import steps
from jobs.rules.policy import Rules
from jobs.settings import EscalationSettings
from store import officers, teams
from store.models import DelayRequest, DeliveryItem, Department, Milestone, Officer, TeamMember
from store.states import DelayState, DeliveryState, Gate, RoleName
from tests import builders
from tests.builders import BOT, kst
from tests.jobs.desk import Desk

DUE = date(2026, 6, 1)  # a Monday: +7 is Monday June 8, +14 Monday June 15, +30 Wednesday July 1
LEVELS = ("lead", "head", "planner")


def above(desk: Desk, *levels: str) -> dict[str, int]:
    """Linked people above the officer; gives their numbers."""
    found = {}
    with desk.store.write() as session:
        department = session.get_one(Officer, desk.officer_id).department_id
        for level in levels:
            person = builders.linked(session, f"결재 {level}")
            where = department if level != "planner" else None
            builders.role(session, person, RoleName(level), department_id=where)
            found[level] = person.id
    return found


@pytest.fixture
def line(desk: Desk) -> dict[str, int]:
    return above(desk, *LEVELS)


def told(desk: Desk) -> list[tuple[int, str, date | None]]:
    """(reader, rule, day of the message) of every line about something late, oldest first."""
    with desk.store.read() as session:
        query = (
            select(DeliveryItem).where(DeliveryItem.rule.startswith("escalate:")).order_by(DeliveryItem.id)
        )
        return [
            (one.officer_id, one.rule.partition(":")[2], one.delivery.day if one.delivery else None)
            for one in session.scalars(query)
        ]


def live(desk: Desk, first: date, last: date) -> None:
    """Every morning of the span: a look at what is held, a scan, and everything is sent."""
    day = first
    while day <= last:
        now = kst(day.year, day.month, day.day)
        desk.clock.current = now
        with desk.store.write() as session:
            hold.take_effect(session, now, desk.rules)
        desk.pass_days(now)
        day += timedelta(days=1)


def change(desk: Desk, number: int, effect: Callable[[Milestone, datetime], object]) -> None:
    with desk.store.write() as session:
        effect(session.get_one(Milestone, number), desk.clock.now())


def test_the_steps_fall_on_working_days(rules: Rules) -> None:
    found = steps(date(2026, 6, 6), EscalationSettings(), rules.calendar)  # a Saturday
    assert [(one.on, one.level.value) for one in found] == [
        (date(2026, 6, 15), "lead"),  # the 13th is a Saturday
        (date(2026, 6, 22), "head"),
        (date(2026, 7, 6), "planner"),
    ]


def test_it_goes_up_the_line_level_by_level(desk: Desk, line: dict[str, int]) -> None:
    desk.promise(DUE)
    live(desk, date(2026, 5, 25), date(2026, 8, 31))
    assert told(desk) == [
        (line["lead"], "lead", date(2026, 6, 8)),
        (line["head"], "head", date(2026, 6, 15)),
        (line["planner"], "planner", date(2026, 7, 1)),
    ]


def test_the_lead_of_the_own_team_hears_and_another_teams_does_not(desk: Desk, line: dict[str, int]) -> None:
    with desk.store.write() as session:
        officer = session.get_one(Officer, desk.officer_id)
        assert officer.department is not None
        own, other = (teams.ensure(session, officer.department, name) for name in ("시설팀", "정비팀"))
        officer.membership = TeamMember(team=own)
        leading = officers.roles(session, line["lead"], DUE)[0]
        leading.team = other
        mine = builders.linked(session, "시설장")
        builders.role(session, mine, RoleName.LEAD, department_id=officer.department_id).team = own
        number = mine.id
    desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 15))
    assert [reader for reader, _level, _day in told(desk)] == [number, line["head"]]


def test_the_line_stands_inside_the_one_daily_message(desk: Desk, line: dict[str, int]) -> None:
    with desk.store.write() as session:
        own = builders.task(session, session.get_one(Officer, line["lead"]))
        builders.milestone(session, own, date(2026, 6, 8))
    desk.promise(DUE)
    live(desk, date(2026, 6, 8), date(2026, 6, 8))
    assert sorted(desk.standing(date(2026, 6, 8), line["lead"])) == [
        "before:0",
        "escalate:lead",
        "week-counts",
    ]
    assert desk.days(line["lead"]) == [date(2026, 6, 8)]


def test_after_an_outage_one_level_a_day_hears_of_it(desk: Desk, line: dict[str, int]) -> None:
    desk.promise(DUE)
    live(desk, date(2026, 7, 6), date(2026, 7, 10))
    assert [(level, day) for _, level, day in told(desk)] == [
        ("lead", date(2026, 7, 6)),
        ("head", date(2026, 7, 7)),
        ("planner", date(2026, 7, 8)),
    ]


def test_where_the_lead_is_missing_the_head_hears_at_the_leads_day(desk: Desk) -> None:
    line = above(desk, "head")
    desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 12))
    assert told(desk) == [(line["head"], "lead", date(2026, 6, 8))]


def test_where_the_head_is_missing_the_bureaus_hears_at_the_heads_day(desk: Desk) -> None:
    line = above(desk, "lead", "planner")
    with desk.store.write() as session:
        mine = session.get_one(Department, session.get_one(Officer, desk.officer_id).department_id)
        other = officers.ensure_department(session, "하천과")
        mine.bureau = other.bureau = "안전도시국"
        head = builders.linked(session, "박국장", "하천과")
        builders.role(session, head, RoleName.BUREAU, department_id=other.id)
        number = head.id
    desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 16))
    assert told(desk) == [(line["lead"], "lead", date(2026, 6, 8)), (number, "head", date(2026, 6, 15))]


def test_a_lead_is_not_told_of_the_own_task(desk: Desk, line: dict[str, int]) -> None:
    with desk.store.write() as session:
        department = session.get_one(Officer, desk.officer_id).department_id
        officer = session.get_one(Officer, desk.officer_id)
        builders.role(session, officer, RoleName.HEAD, department_id=department)
    desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 19))
    assert desk.officer_id not in {reader for reader, _, _ in told(desk)}
    assert {reader for reader, _, _ in told(desk)} == {line["lead"], line["head"]}


def test_it_stops_when_a_reason_is_given(desk: Desk, line: dict[str, int]) -> None:
    number = desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 10))
    with desk.store.write() as session:
        hold.explain(
            Deed(session, BOT, desk.clock.now(), desk.rules), session.get_one(Milestone, number), "의회 일정"
        )
    live(desk, date(2026, 6, 11), date(2026, 8, 31))
    assert [level for _, level, _ in told(desk)] == ["lead"]


def test_it_begins_anew_with_a_new_due_day(desk: Desk, line: dict[str, int]) -> None:
    number = desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 9))
    desk.move(number, date(2026, 6, 30))
    live(desk, date(2026, 6, 10), date(2026, 7, 7))
    assert [(level, day) for _, level, day in told(desk)] == [
        ("lead", date(2026, 6, 8)),
        ("lead", date(2026, 7, 7)),
    ]


@pytest.mark.parametrize(
    ("state", "levels"),
    [(DelayState.PENDING, []), (DelayState.REJECTED, []), (DelayState.WITHDRAWN, ["lead"])],
)
def test_a_delay_that_was_asked_for_is_a_reason(
    desk: Desk, line: dict[str, int], state: DelayState, levels: list[str]
) -> None:
    number = desk.promise(DUE)
    with desk.store.write() as session:
        session.add(
            DelayRequest(
                milestone_id=number,
                requested_by_id=desk.officer_id,
                old_due_on=DUE,
                new_due_on=date(2026, 9, 1),
                reason="의회 일정",
                state=state,
                requested_at=kst(2026, 6, 2),
                level=RoleName.LEAD,
            )
        )
    live(desk, DUE, date(2026, 6, 8))
    assert [level for _, level, _ in told(desk)] == levels


def test_what_waits_for_something_outside_is_left_in_peace_until_its_review_day(
    desk: Desk, line: dict[str, int]
) -> None:
    number = desk.promise(DUE)
    live(desk, date(2026, 5, 25), date(2026, 6, 2))
    with desk.store.write() as session:
        hold.wait(
            Deed(session, BOT, desk.clock.now(), desk.rules),
            session.get_one(Milestone, number),
            gate=Gate.EXTRA_BUDGET,
            review_on=date(2026, 7, 15),
            words=None,
        )
    live(desk, date(2026, 6, 3), date(2026, 7, 15))
    assert told(desk) == []
    assert [day for day in desk.days() if day and day > date(2026, 6, 2)] == [date(2026, 7, 15)]
    assert desk.standing(date(2026, 7, 15)) == ["review:2026-07-15"]


def test_silence_after_the_review_day_goes_up_the_line(desk: Desk, line: dict[str, int]) -> None:
    number = desk.promise(DUE)
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        gate, day = Gate.AGENCY, date(2026, 7, 15)
        now = kst(2026, 6, 2)
        hold.wait(Deed(session, BOT, now, desk.rules), one, gate=gate, review_on=day, words=None)
    live(desk, date(2026, 6, 3), date(2026, 7, 22))
    assert [(level, day) for _, level, day in told(desk)] == [("lead", date(2026, 7, 22))]


def test_what_was_on_hold_comes_back_on_its_review_day(desk: Desk, line: dict[str, int]) -> None:
    number = desk.promise(date(2026, 6, 10))
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        day = date(2026, 8, 3)
        hold.hold(Deed(session, BOT, kst(2026, 5, 4), desk.rules), one, review_on=day, words="부지 변경")
    live(desk, date(2026, 5, 5), date(2026, 8, 3))
    assert desk.days() == [date(2026, 8, 3)]
    assert desk.standing(date(2026, 8, 3)) == ["review:2026-08-03"]
    assert told(desk) == []


def test_what_is_taken_up_earlier_is_reminded_as_before(desk: Desk) -> None:
    number = desk.promise(date(2026, 6, 10))
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        day = date(2026, 8, 3)
        hold.hold(Deed(session, BOT, kst(2026, 5, 4), desk.rules), one, review_on=day, words="부지 변경")
        hold.resume(Deed(session, BOT, kst(2026, 6, 1), desk.rules), one)
    live(desk, date(2026, 6, 3), date(2026, 6, 10))
    assert desk.standing(date(2026, 6, 10)) == ["before:0"]


def test_a_vacant_task_goes_to_the_head_when_the_lead_was_asked(desk: Desk, line: dict[str, int]) -> None:
    with desk.store.write() as session:
        vacant = builders.task(session, title="빈 과제").id
    desk.promise(DUE, task_id=vacant)
    live(desk, DUE, date(2026, 6, 8))
    assert told(desk) == [(line["head"], "lead", date(2026, 6, 8))]


def test_a_line_whose_message_was_refused_comes_again(desk: Desk, line: dict[str, int]) -> None:
    desk.promise(DUE)
    desk.scan(kst(2026, 6, 8))
    desk.send(DeliveryState.FAILED)
    live(desk, date(2026, 6, 9), date(2026, 6, 15))
    assert [(level, day) for _, level, day in told(desk)] == [("lead", date(2026, 6, 15))]


def test_the_next_look_is_the_next_step_where_no_reminder_comes_before(
    desk: Desk, line: dict[str, int]
) -> None:
    number = desk.promise(DUE)
    live(desk, DUE, date(2026, 6, 29))
    assert desk.next_look(number) == date(
        2026, 7, 1
    )  # the planning office's day; the next reminder is July 6


def test_an_entry_that_the_officer_was_asked_about_later_counts_from_then(
    desk: Desk, line: dict[str, int]
) -> None:
    desk.promise(DUE, remind_from=kst(2026, 6, 15))
    live(desk, date(2026, 6, 15), date(2026, 6, 22))
    assert [(level, day) for _, level, day in told(desk)] == [("lead", date(2026, 6, 22))]


def test_a_delay_ends_the_waiting(desk: Desk) -> None:
    number = desk.promise(DUE)
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        gate, day = Gate.AGENCY, date(2026, 7, 15)
        hold.wait(Deed(session, BOT, kst(2026, 6, 2), desk.rules), one, gate=gate, review_on=day, words=None)
        changes.move(
            Deed(session, BOT, kst(2026, 6, 3), desk.rules),
            one,
            due_on=date(2026, 7, 1),
            reason="",
            action="delay",
        )
        assert (one.gate, one.review_on) == (None, None)
