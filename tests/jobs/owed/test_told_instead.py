"""Who is told instead of somebody who cannot be reached."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.delivery.telegram_errors import SendFault
from store import chat_links, officers, reachability
from store.models import Assignment, ChatLink, Delivery, DeliveryItem, Officer, Task
from store.states import AssignmentKind, DeliveryKind, ItemState, LinkState, RoleName
from tests import builders
from tests.builders import kst
from tests.jobs.desk import Desk, Post, fault

TODAY = date(2026, 6, 30)


def chat(session: Session, name: str, role: RoleName | None = None, *, is_linked: bool = True) -> int:
    """Somebody of 도로과 with that role there; a planner serves everybody."""
    person = builders.linked(session, name) if is_linked else builders.officer(session, name)
    where = None if role is RoleName.PLANNER else person.department_id
    if role is not None:
        builders.role(session, person, role, department_id=where)
    return person.id


def deputy(desk: Desk, name: str = "박바다") -> int:
    """A second officer of the desk's task."""
    with desk.store.write() as session:
        person = chat(session, name)
        session.add(
            Assignment(
                task_id=desk.task_id,
                officer_id=person,
                kind=AssignmentKind.DEPUTY,
                from_on=date(2020, 1, 1),
            )
        )
        return person


def add(desk: Desk, name: str, role: RoleName) -> int:
    with desk.store.write() as session:
        return chat(session, name, role)


def lose(desk: Desk, state: LinkState = LinkState.BLOCKED) -> None:
    """The desk's officer cannot be written to any more."""
    with desk.store.write() as session:
        link = chat_links.of_officer(session, desk.officer_id)
        assert link is not None
        chat_links.pause(link, state, desk.clock.now())
        reachability.look_again(session, TODAY, [desk.officer_id])


def never_linked(desk: Desk) -> None:
    with desk.store.write() as session:
        session.delete(session.scalars(select(ChatLink).where(ChatLink.officer_id == desk.officer_id)).one())


def told(desk: Desk, officer_id: int) -> list[tuple[DeliveryKind, int | None]]:
    """By which kind of message the person hears of which milestone instead of another, oldest first."""
    with desk.store.read() as session:
        query = select(DeliveryItem).join(Delivery).where(DeliveryItem.officer_id == officer_id)
        query = query.where(DeliveryItem.state == ItemState.INCLUDED).order_by(DeliveryItem.id)
        found = [one for one in session.scalars(query) if one.instead_of_id is not None]
        return [(one.delivery.kind, one.milestone_id) for one in found if one.delivery is not None]


def test_after_the_first_refusal_the_other_officer_hears_it_the_same_day(post: Post) -> None:
    """Pitfall 9: one blocked user is the planners' and the substitute's matter, not a line in the log."""
    other = deputy(post.desk)
    number = post.desk.promise(TODAY)
    post.desk.scan(kst(2026, 6, 30))
    post.sender.will_answer(post.chat_id, fault(SendFault.UNREACHABLE))
    post.deliver()
    post.desk.scan(kst(2026, 6, 30, 9, 11))
    assert told(post.desk, other) == [(DeliveryKind.EVENT, number)]
    post.deliver(after_s=60)
    assert post.sender.sent[-1][0] == 9000 + other


@pytest.mark.parametrize(
    "roles",
    [
        [RoleName.LEAD, RoleName.HEAD, RoleName.PLANNER],
        [RoleName.HEAD, RoleName.PLANNER],
        [RoleName.PLANNER],
    ],
)
def test_else_the_lead_else_the_head_else_the_planning_office(desk: Desk, roles: list[RoleName]) -> None:
    people = [add(desk, f"사람{index}", role) for index, role in enumerate(roles)]
    number = desk.promise(TODAY)
    lose(desk)
    desk.scan(kst(2026, 6, 30))
    first = (DeliveryKind.DIGEST, number if roles[0] is not RoleName.PLANNER else None)
    assert [told(desk, one) for one in people] == [[first]] + [[]] * (len(people) - 1)


def test_who_cannot_be_reached_either_is_passed_over(desk: Desk) -> None:
    with desk.store.write() as session:
        chat(session, "이팀장", RoleName.LEAD, is_linked=False)
    planner = add(desk, "최기획", RoleName.PLANNER)
    desk.promise(TODAY)
    lose(desk)
    desk.scan(kst(2026, 6, 30))
    assert told(desk, planner) == [(DeliveryKind.DIGEST, None)]


def test_every_open_item_whose_reminders_have_begun_is_named_and_no_other(desk: Desk) -> None:
    lead = add(desk, "이팀장", RoleName.LEAD)
    late, soon, _far = (desk.promise(day) for day in (date(2026, 6, 20), date(2026, 7, 7), date(2026, 12, 1)))
    done = desk.promise(TODAY)
    desk.finish(done)
    lose(desk)
    desk.scan(kst(2026, 6, 30))
    assert {number for _, number in told(desk, lead)} == {late, soon}


def test_it_is_told_once_and_again_only_with_the_next_reminder(desk: Desk) -> None:
    lead = add(desk, "이팀장", RoleName.LEAD)
    number = desk.promise(date(2026, 7, 1))
    lose(desk)
    for now in [
        kst(2026, 6, 30),
        kst(2026, 6, 30, 15),
        kst(2026, 7, 1),
        kst(2026, 7, 1, 15),
        kst(2026, 7, 2),
    ]:
        desk.scan(now)
        desk.send()
    assert (
        told(desk, lead) == [(DeliveryKind.DIGEST, number)] * 3
    )  # 30 or 7 days before, the day, a day after


def test_one_event_message_a_day_for_each_person_and_reader(desk: Desk) -> None:
    lead = add(desk, "이팀장", RoleName.LEAD)
    with desk.store.write() as session:
        own = builders.task(session, session.get_one(Officer, lead)).id
    desk.promise(TODAY, task_id=own)
    desk.pass_days(kst(2026, 6, 30))  # the lead's daily message is out
    first = desk.promise(TODAY)
    lose(desk)
    desk.pass_days(kst(2026, 6, 30, 10))
    desk.promise(TODAY)
    desk.pass_days(kst(2026, 6, 30, 11))
    assert told(desk, lead) == [(DeliveryKind.EVENT, first)]
    desk.scan(kst(2026, 7, 1))
    assert DeliveryKind.DIGEST in {kind for kind, _ in told(desk, lead)}


def test_for_somebody_never_linked_it_stands_in_the_leads_daily_message(desk: Desk) -> None:
    other, lead = deputy(desk), add(desk, "이팀장", RoleName.LEAD)
    numbers = [desk.promise(TODAY), desk.promise(TODAY)]
    never_linked(desk)
    desk.scan(kst(2026, 6, 30))
    assert (told(desk, lead), told(desk, other)) == ([(DeliveryKind.DIGEST, one) for one in numbers], [])
    with desk.store.read() as session:
        kinds = [one.kind for one in builders.all_deliveries(session) if one.officer_id == lead]
    assert kinds == [DeliveryKind.DIGEST]


def test_a_deputy_who_never_linked_is_missed_by_nobody_while_the_lead_of_the_task_is_reached(
    desk: Desk,
) -> None:
    other, lead = deputy(desk), add(desk, "이팀장", RoleName.LEAD)
    with desk.store.write() as session:
        session.delete(session.scalars(select(ChatLink).where(ChatLink.officer_id == other)).one())
    desk.promise(TODAY)
    desk.scan(kst(2026, 6, 30))
    assert (told(desk, lead), told(desk, desk.officer_id)) == ([], [])


def test_what_is_done_meanwhile_leaves_the_readers_message(desk: Desk) -> None:
    lead = add(desk, "이팀장", RoleName.LEAD)
    number = desk.promise(TODAY)
    lose(desk)
    desk.scan(kst(2026, 6, 30))
    desk.finish(number)
    assert told(desk, lead) == []


def test_where_the_reader_is_lost_too_the_next_one_hears_it(post: Post) -> None:
    lead, planner = add(post.desk, "이팀장", RoleName.LEAD), add(post.desk, "최기획", RoleName.PLANNER)
    post.desk.promise(TODAY)
    lose(post.desk)
    post.desk.scan(kst(2026, 6, 30))
    post.sender.will_answer(9000 + lead, fault(SendFault.UNREACHABLE))
    post.deliver()
    post.desk.scan(kst(2026, 6, 30, 9, 11))
    assert (DeliveryKind.DIGEST, None) in told(post.desk, planner)


def test_the_planning_office_hears_once_that_somebody_cannot_be_reached_whatever_is_owed(desk: Desk) -> None:
    planner = add(desk, "최기획", RoleName.PLANNER)
    for day in (TODAY, date(2026, 7, 1), date(2026, 7, 2)):
        desk.promise(day)
    lose(desk)
    desk.pass_days(*(kst(2026, 6, 30), kst(2026, 7, 1), kst(2026, 7, 2), kst(2026, 7, 3)))
    with desk.store.read() as session:
        told_of = select(DeliveryItem).where(
            DeliveryItem.officer_id == planner, DeliveryItem.rule == "u:office"
        )
        assert len(session.scalars(told_of).all()) == 1


@pytest.mark.parametrize("now", [kst(2026, 6, 30, 20), kst(2026, 7, 4, 10)])
def test_nobody_hears_it_at_night_or_on_a_day_off(desk: Desk, now: datetime) -> None:
    lead = add(desk, "이팀장", RoleName.LEAD)
    desk.promise(TODAY)
    lose(desk)
    desk.scan(now)
    assert told(desk, lead) == []


def test_an_event_message_left_over_in_the_evening_waits_for_the_morning(post: Post) -> None:
    lead = add(post.desk, "이팀장", RoleName.LEAD)
    with post.desk.store.write() as session:
        own = builders.task(session, session.get_one(Officer, lead)).id
    post.desk.promise(TODAY, task_id=own)
    post.desk.pass_days(kst(2026, 6, 30))
    post.desk.promise(TODAY)
    lose(post.desk)
    post.desk.scan(kst(2026, 6, 30, 17, 59))
    post.desk.clock.current = kst(2026, 6, 30, 18, 1)
    post.deliver()
    assert post.sender.sent == []
    post.desk.clock.current = kst(2026, 7, 1)
    post.deliver(after_s=100_000)
    assert [chat_id for chat_id, _ in post.sender.sent] == [9000 + lead]


def unreachable(session: Session) -> list[tuple[str, str, int]]:
    return [
        (one.officer.name, one.why.value, len(one.numbers))
        for one in reachability.unreachable(session, TODAY)
    ]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (LinkState.BLOCKED, "blocked"),
        (LinkState.STOPPED, "stopped"),
        (LinkState.OTHER_BOT, "other-bot"),
    ],
)
def test_the_list_says_why_since_when_and_what_is_open(desk: Desk, state: LinkState, why: str) -> None:
    number = desk.promise(date(2026, 12, 1))
    lose(desk, state)
    with desk.store.read() as session:
        [one] = reachability.unreachable(session, TODAY)
    assert (one.officer.id, one.why, one.since, one.numbers) == (
        desk.officer_id,
        why,
        desk.clock.now(),
        (number,),
    )


def test_somebody_never_linked_is_listed_with_open_items_only(desk: Desk) -> None:
    with desk.store.write() as session:
        stranger = builders.officer(session, "한구름")
        of = builders.task(session, stranger).id
    with desk.store.read() as session:
        assert unreachable(session) == []
    desk.promise(TODAY, task_id=of)
    with desk.store.read() as session:
        assert unreachable(session) == [("한구름", "never", 1)]


def test_whose_chat_became_another_persons_has_left(desk: Desk) -> None:
    desk.promise(TODAY)
    with desk.store.write() as session:
        other = builders.officer(session, "박바다")
        chat_links.connect(session, other, builders.BOT_ID, 9000 + desk.officer_id, 1, None, kst(2026, 6, 29))
    with desk.store.read() as session:
        assert unreachable(session) == [("김하늘", "left", 1)]


def test_who_is_reached_is_not_listed(desk: Desk) -> None:
    desk.promise(TODAY)
    lose(desk)
    with desk.store.write() as session:
        chat_links.resume(session.scalars(select(ChatLink)).one(), kst(2026, 6, 30))
    with desk.store.read() as session:
        assert unreachable(session) == []


def test_conditions_narrow_the_list_to_their_tasks(desk: Desk) -> None:
    desk.promise(TODAY)
    lose(desk)
    with desk.store.read() as session:
        elsewhere = officers.department(session, "없는과")
        assert elsewhere is None
        assert reachability.unreachable(session, TODAY, Task.department_id == -1) == []
