"""One-time link codes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from store import invites
from store.db.engine import Store
from store.models import Invite
from store.states import RoleName
from tests import builders
from tests.builders import kst

NOW = kst(2026, 6, 30)
END = NOW + timedelta(hours=72)


def invite(session: Session, name: str = "김하늘") -> tuple[Invite, str]:
    return invites.create(session, builders.officer(session, name), RoleName.OFFICER, NOW, END, None)


def test_a_fresh_code_is_open_and_found(store: Store) -> None:
    with store.write() as session:
        made, code = invite(session)
        assert invites.find(session, code) is made
        assert invites.is_open(made, NOW)


def test_a_code_fits_a_deep_link(store: Store) -> None:
    with store.write() as session:
        code = invite(session)[1]
    assert len(code) <= 64 and code.replace("-", "").replace("_", "").isalnum() and code.isascii()


def test_an_unknown_code_is_none(store: Store) -> None:
    with store.read() as session:
        assert invites.find(session, "unknown") is None


def test_only_the_hash_is_stored(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with store.write() as session:
        made, code = invite(session)
    store.close()
    assert store.path is not None
    files = [path.read_bytes() for path in Path(store.path.parent).iterdir()]
    assert any(made.code_hash.encode() in content for content in files)
    assert not any(code.encode() in content for content in files)


def test_a_new_invite_voids_the_old(store: Store) -> None:
    with store.write() as session:
        code = invite(session)[1]
        new, _ = invite(session)
    with store.read() as session:
        old = invites.find(session, code)
        assert old is not None and old.voided_at == NOW
        assert not invites.is_open(old, NOW)
        assert invites.is_open(new, NOW)


def test_another_persons_invite_stays_open(store: Store) -> None:
    with store.write() as session:
        code = invite(session, "박바다")[1]
        invite(session)
    with store.read() as session:
        theirs = invites.find(session, code)
        assert theirs is not None and invites.is_open(theirs, NOW)


def test_a_used_invite_is_not_voided_later(store: Store) -> None:
    with store.write() as session:
        used, _ = invite(session)
        used.used_at = NOW
        session.flush()
        invite(session)
    with store.read() as session:
        assert session.get_one(Invite, used.id).voided_at is None


@pytest.mark.parametrize(
    ("left", "is_open"),
    [(timedelta(microseconds=1), True), (timedelta(), False), (-timedelta(days=9), False)],
)
@pytest.mark.pitfall(19)
def test_a_code_expires(store: Store, left: timedelta, is_open: bool) -> None:
    with store.write() as session:
        made, _ = invite(session)
    assert invites.is_open(made, END - left) is is_open


@pytest.mark.parametrize("mark", ["used_at", "voided_at"])
def test_a_used_or_voided_code_is_not_open(store: Store, mark: str) -> None:
    with store.write() as session:
        made, _ = invite(session)
        setattr(made, mark, NOW)
    assert not invites.is_open(made, NOW)
    assert not invites.void(made, NOW)


def test_voiding_tells_whether_the_code_was_good(store: Store) -> None:
    with store.write() as session:
        made, _ = invite(session)
        assert [invites.void(made, NOW), invites.void(made, NOW)] == [True, False]
