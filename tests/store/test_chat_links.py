"""Linked chats."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store import chat_links
from store.db.engine import Store
from store.models import ChatLink, Officer
from store.states import LinkState
from tests import builders
from tests.builders import BOT_ID, kst

NOW = kst(2026, 6, 30)
LATER = kst(2026, 7, 1)


def connect(session: Session, person: Officer, chat_id: int) -> ChatLink:
    return chat_links.connect(session, person, BOT_ID, chat_id, chat_id, None, NOW)


def test_a_new_link_counts_from_its_moment(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        link = connect(session, person, 1)
        assert (link.active_from, link.linked_at, link.state) == (NOW, NOW, LinkState.ACTIVE)
        assert chat_links.active(session, person.id) is link


def test_a_second_chat_of_the_same_person_ends_the_first(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        old, new = connect(session, person, 1), connect(session, person, 2)
        assert (old.state, old.ended_at) == (LinkState.ENDED, NOW)
        assert chat_links.of_officer(session, person.id) is new


def test_a_chat_that_gets_another_person_leaves_the_first(store: Store) -> None:
    with store.write() as session:
        first, second = builders.officer(session), builders.officer(session, "박바다")
        connect(session, first, 1)
        connect(session, second, 1)
        assert chat_links.of_officer(session, first.id) is None
        found = chat_links.of_chat(session, 1, 1)
    assert found is not None and found.officer.name == "박바다"


def test_linking_may_end_two_links_at_once(store: Store) -> None:
    with store.write() as session:
        first, second = builders.officer(session), builders.officer(session, "박바다")
        connect(session, first, 1)
        connect(session, second, 2)
        connect(session, first, 2)
        assert chat_links.chats(session, [first.id, second.id]) == {first.id: 2}


def test_somebody_else_in_the_chat_is_a_stranger(store: Store) -> None:
    with store.write() as session:
        connect(session, builders.officer(session), 1)
        assert chat_links.of_chat(session, 1, 2) is None


@pytest.mark.parametrize("same", ["officer", "chat"])
def test_the_database_refuses_a_second_open_link(store: Store, same: str) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        first, second = builders.officer(session), builders.officer(session, "박바다")
        connect(session, first, 1)
        session.add(
            ChatLink(
                officer=first if same == "officer" else second,
                bot_id=BOT_ID,
                chat_id=1 if same == "chat" else 2,
                user_id=9,
                state=LinkState.STOPPED,
                linked_at=NOW,
                active_from=NOW,
            )
        )


@pytest.mark.parametrize("state", [LinkState.STOPPED, LinkState.BLOCKED])
def test_a_paused_chat_is_known_and_not_written_to(store: Store, state: LinkState) -> None:
    with store.write() as session:
        person = builders.officer(session)
        link = connect(session, person, 1)
        chat_links.pause(link, state, LATER)
        assert chat_links.of_chat(session, 1, 1) is link
        assert chat_links.active(session, person.id) is None
        assert chat_links.chats(session, [person.id]) == {}


def test_a_resumed_chat_owes_only_what_comes(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        link = connect(session, person, 1)
        chat_links.pause(link, LinkState.STOPPED, LATER)
        chat_links.resume(link, LATER)
        assert (link.active_from, link.linked_at) == (LATER, NOW)
        assert chat_links.active(session, person.id) is link
