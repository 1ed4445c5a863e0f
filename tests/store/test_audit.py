"""The audit log."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store import audit
from store.audit import Who
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import AuditEntry
from tests import builders
from tests.builders import kst

NOW = kst(2026, 6, 30)
UNDOABLE = frozenset({"done", "delay"})


def note(session: Session, who: Who, action: str = "done", *, undoes_id: int | None = None) -> AuditEntry:
    return audit.Act(session, who, NOW).record(action, "milestone:112", undoes_id=undoes_id)


def by(session: Session, act: str, name: str = "김하늘") -> Who:
    person = builders.officer(session, name)
    return Who(person.id, person.name, f"telegram:{act}", act)


def test_an_entry_says_who_when_and_from_what_to_what(store: Store) -> None:
    with store.write() as session:
        who = by(session, "inbox:1")
        before = {"due_on": date(2026, 6, 30), "remind_from": NOW}
        audit.Act(session, who, NOW).record(
            "delay", "milestone:112", before=before, after={"due_on": None}, revision=2, reason="의회 일정"
        )
    with store.read() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.at, entry.actor, entry.via, entry.act) == (NOW, "김하늘", "telegram:inbox:1", "inbox:1")
    assert entry.before == {"due_on": "2026-06-30", "remind_from": "2026-06-30T00:10:00+00:00"}
    assert (entry.after, entry.revision, entry.reason) == ({"due_on": None}, 2, "의회 일정")


def test_an_entry_cannot_be_changed(store: Store) -> None:
    with store.write() as session:
        number = note(session, builders.BOT).id
    with pytest.raises(StoreError, match="append-only"), store.write() as session:
        session.get_one(AuditEntry, number).reason = "다른 사유"


def test_an_entry_cannot_be_deleted(store: Store) -> None:
    with store.write() as session:
        number = note(session, builders.BOT).id
    with pytest.raises(StoreError, match="append-only"), store.write() as session:
        session.delete(session.get_one(AuditEntry, number))


def test_entries_cannot_be_deleted_in_bulk(store: Store) -> None:
    with store.write() as session:
        note(session, builders.BOT)
    with pytest.raises(StoreError, match="append-only"), store.write() as session:
        session.execute(delete(AuditEntry))


def test_entries_cannot_be_changed_in_bulk(store: Store) -> None:
    with store.write() as session:
        note(session, builders.BOT)
    with pytest.raises(StoreError, match="append-only"), store.write() as session:
        session.execute(update(AuditEntry).values(reason="다른 사유"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET id = id + 1 WHERE id = (SELECT max(id) FROM audit_entry)",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE true ON CONFLICT (id) DO UPDATE SET reason = 'x'",
    ],
)
def test_the_database_itself_refuses_raw_sql(store: Store, statement: str) -> None:
    with store.write() as session:
        note(session, builders.BOT)
    with pytest.raises(DBAPIError, match="append-only"), store.write() as session:
        session.execute(text(statement))


def test_sqlite_replaces_no_entry_either(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        note(session, builders.BOT)
    with pytest.raises(DBAPIError, match="append-only"), sqlite_store.write() as session:
        session.execute(text("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry"))


def test_history_is_newest_first_and_cut(store: Store) -> None:
    with store.write() as session:
        for action in ("imported", "delay", "done"):
            note(session, builders.BOT, action)
        found = audit.history(session, "milestone:112", limit=2)
    assert [one.action for one in found] == ["done", "delay"]


def test_what_happened_since_a_revision_is_oldest_first(store: Store) -> None:
    with store.write() as session:
        for revision in (2, 3, 4):
            audit.Act(session, builders.BOT, NOW).record(f"act{revision}", "milestone:112", revision=revision)
        audit.Act(session, builders.BOT, NOW).record("other", "milestone:113", revision=9)
        found = audit.since_revision(session, "milestone:112", 2)
    assert [one.action for one in found] == ["act3", "act4"]


def test_the_latest_act_is_all_that_one_message_did(store: Store) -> None:
    with store.write() as session:
        first, second = by(session, "inbox:1"), by(session, "inbox:2")
        note(session, first)
        both = [note(session, second).id for _ in range(2)]
        found = audit.latest_act(session, first.officer_id or 0, UNDOABLE)
    assert [one.id for one in found] == both[::-1]


def test_an_act_taken_back_gives_way_to_the_one_before(store: Store) -> None:
    with store.write() as session:
        first, second = by(session, "inbox:1"), by(session, "inbox:2")
        kept, taken = note(session, first), note(session, second)
        note(session, by(session, "inbox:3"), "undo", undoes_id=taken.id)
        found = audit.latest_act(session, first.officer_id or 0, UNDOABLE)
    assert [one.id for one in found] == [kept.id]


def test_another_persons_act_is_not_mine_to_undo(store: Store) -> None:
    with store.write() as session:
        note(session, by(session, "inbox:1", "박바다"))
        assert audit.latest_act(session, by(session, "x").officer_id or 0, UNDOABLE) == []


def test_an_act_that_cannot_be_undone_is_passed_over(store: Store) -> None:
    with store.write() as session:
        who = by(session, "inbox:1")
        note(session, who, "linked")
        assert audit.latest_act(session, who.officer_id or 0, UNDOABLE) == []


def test_it_is_known_what_was_taken_back(store: Store) -> None:
    with store.write() as session:
        kept, taken = note(session, builders.BOT), note(session, builders.BOT)
        note(session, builders.BOT, "undo", undoes_id=taken.id)
        assert audit.was_taken_back(session, taken)
        assert not audit.was_taken_back(session, kept)
