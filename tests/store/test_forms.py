"""Forms of documents that were explained once: remembered by signature, audited, forgotten on a word."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import forms
from store.audit import Act, Who
from store.db.engine import Store
from store.models import AuditEntry
from tests import builders
from tests.builders import kst

NOW = kst(2026, 6, 30)


def logged(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == "form")))


def test_an_answer_is_known_by_the_form_and_said_by_whom(store: Store) -> None:
    with store.write() as session:
        planner = builders.officer(session)
        act = Act(session, Who(planner.id, planner.name, "chat:1", "a"), NOW)
        forms.remember(act, "a1", "계획.xlsx", {"time": "준공예정"})
        assert forms.known(session) == {"a1": {"time": "준공예정"}}
        assert [one.decided_by for one in forms.listed(session)] == [planner]
        assert [one.after for one in logged(session)] == [{"time": "준공예정", "name": "계획.xlsx"}]


def test_another_answer_stands_beside_the_first_and_the_same_again_is_no_news(store: Store) -> None:
    with store.write() as session:
        act = Act(session, Who(None, "운영자", "cli:1", "a"), NOW)
        forms.remember(act, "a1", "계획.xlsx", {"time": "준공예정"})
        forms.remember(act, "a1", "계획2.xlsx", {"one_task": True})
        forms.remember(act, "a1", "계획3.xlsx", {"one_task": True})
        assert forms.known(session) == {"a1": {"time": "준공예정", "one_task": True}}
        assert len(logged(session)) == 2


def test_what_is_forgotten_is_asked_again(store: Store) -> None:
    with store.write() as session:
        act = Act(session, Who(None, "운영자", "cli:1", "a"), NOW)
        form = forms.remember(act, "a1", "계획.xlsx", {"time": "준공예정"})
        assert forms.forget(act, form.id) is form and forms.known(session) == {}
        assert forms.forget(act, form.id) is None
        assert len(logged(session)) == 2
