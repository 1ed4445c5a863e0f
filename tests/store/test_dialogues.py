"""Half-finished conversations."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import dialogues
from store.db.engine import Store
from tests import builders
from tests.builders import kst

END = kst(2026, 6, 30, 10)


@pytest.mark.parametrize(("left", "is_there"), [(timedelta(microseconds=1), True), (timedelta(), False)])
def test_a_question_is_forgotten_at_its_end(store: Store, left: timedelta, is_there: bool) -> None:
    with store.write() as session:
        person = builders.officer(session)
        dialogues.begin(session, person.id, "delay", "date", END)
    with store.read() as session:
        assert (dialogues.current(session, person.id, END - left) is not None) is is_there


def test_a_question_survives_with_what_is_known(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        one = builders.milestone(session, builders.task(session), END.date())
        data = {"day": "2026-07-20"}
        dialogues.begin(session, person.id, "delay", "reason", END, milestone_id=one.id, data=data)
    with store.read() as session:
        asked = dialogues.current(session, person.id, END - timedelta(minutes=1))
        assert asked is not None
        assert (asked.kind, asked.step, asked.milestone_id, asked.data) == ("delay", "reason", one.id, data)


def test_a_new_question_replaces_the_old_with_its_data(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        dialogues.begin(session, person.id, "delay", "reason", END, data={"day": "2026-07-20"})
    with store.write() as session:
        dialogues.begin(session, person.id, "delay", "date", END)
    with store.read() as session:
        asked = dialogues.current(session, person.id, END - timedelta(minutes=1))
        assert asked is not None and (asked.step, asked.data) == ("date", {})


def test_ending_tells_whether_anything_was_asked(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        dialogues.begin(session, person.id, "delay", "date", END)
        assert [dialogues.end(session, person.id), dialogues.end(session, person.id)] == [True, False]
