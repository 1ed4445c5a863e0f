"""The table of who may do what, role by role, against the real conditions."""

from __future__ import annotations

import pytest

from jobs.authority.permissions import TABLE, Action, Scope, actor_of, may
from store.models import Department
from store.states import RoleName
from tests.bot.chat import Chat


def reached(chat: Chat, name: str, action: Action) -> set[str]:
    """Titles of the milestones that the person may do the action to."""
    titles = {"설계 용역", "측정기 설치"}
    today = chat.rules.calendar.local_date(chat.clock.now())
    with chat.store.read() as session:
        actor = actor_of(session, chat.people[name], chat.people[name], today)
        assert actor is not None
        return {one for one in titles if may(session, actor, action, chat.milestone(one), today)}


EXPECTED = {
    Scope.NONE: set[str](),
    Scope.OWN: set[str](),  # the person is assigned to nothing
    Scope.DEPARTMENT: {"설계 용역"},
    Scope.BUREAU: {"설계 용역", "측정기 설치"},
    Scope.ALL: {"설계 용역", "측정기 설치"},
}


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("action", Action)
def test_a_role_reaches_what_the_table_says(chat: Chat, role: RoleName, action: Action) -> None:
    with chat.store.write() as session:
        for department in session.query(Department).where(Department.name.in_(["도로과", "환경과"])):
            department.bureau = "안전도시국"
    chat.join("아무개", role, "도로과")
    assert reached(chat, "아무개", action) == EXPECTED[TABLE[action][role]]


def test_an_assigned_officer_reaches_the_own_tasks_only(linked: Chat) -> None:
    assert reached(linked, "김하늘", Action.CHANGE) == {"설계 용역"}


def test_every_action_names_every_role() -> None:
    assert all(set(row) == set(RoleName) for row in TABLE.values())


@pytest.mark.pitfall(20)
def test_a_sender_who_is_not_the_chats_person_is_a_stranger(linked: Chat) -> None:
    chat_id, user_id = linked.people["김하늘"], linked.people["박바다"]
    with linked.store.read() as session:
        assert (
            actor_of(session, chat_id, user_id, linked.rules.calendar.local_date(linked.clock.now())) is None
        )
