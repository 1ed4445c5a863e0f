"""`gihan prune` and `gihan doctor --fix`: what may go goes, what can be mended is, and nothing else."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store import retention
from store.models import AuditEntry, Delivery, Invite
from store.retention import Kept
from store.states import DeliveryState
from tests.bot.chat import Chat, entry, task
from tests.bot.test_releases import STORES, laid
from tests.shell import Shell

KEPT = Kept(timedelta(days=365), timedelta(days=30))


@pytest.fixture
def office(tmp_path: Path, store_url: str) -> Iterator[Chat]:
    """김하늘 has linked with a code, asked and been answered; 박바다 holds a code."""
    chat = Chat(
        tmp_path,
        task("가로등", "도로과", ["김하늘", "박바다"], entry("교체", date(2026, 7, 10))),
        store_url=store_url,
    )
    chat.people["김하늘"] = 77
    chat.say("김하늘", f"/start {chat.code('김하늘')}")
    chat.code("박바다")
    chat.say("김하늘", "/my")
    chat.send_all()
    yield chat
    chat.store.close()


def words(office: Chat) -> list[str]:
    with office.store.read() as session:
        return [json.dumps(one) for one in session.scalars(select(Delivery.payload)) if one]


@pytest.mark.parametrize(("days", "goes"), [(364, False), (367, True)])
def test_the_words_of_a_message_go_after_their_time(office: Chat, days: int, goes: bool) -> None:
    assert words(office)
    with office.store.write() as session:
        before = session.scalar(select(func.count()).select_from(Delivery))
        retention.prune(session, KEPT, office.clock.now() + timedelta(days=days))
        assert session.scalar(select(func.count()).select_from(Delivery)) == before
    assert (words(office) == []) is goes


def test_what_still_waits_keeps_its_words(office: Chat) -> None:
    office.say("김하늘", "/my")
    with office.store.write() as session:
        retention.prune(session, KEPT, office.clock.now() + timedelta(days=4000))
        waiting = select(Delivery).where(Delivery.state == DeliveryState.PENDING)
        assert all(one.payload for one in session.scalars(waiting)) and session.scalar(waiting.limit(1))


@pytest.mark.parametrize(("days", "left"), [(29, 2), (31, 1), (40, 0)])
def test_links_go_after_use_or_end(office: Chat, days: int, left: int) -> None:
    with office.store.write() as session:
        retention.prune(session, KEPT, office.clock.now() + timedelta(days=days))
        assert session.scalar(select(func.count()).select_from(Invite)) == left


def test_a_dry_run_counts_and_changes_nothing(office: Chat) -> None:
    later = office.clock.now() + timedelta(days=4000)
    with office.store.write() as session:
        found = retention.due(session, KEPT, later)
        assert found["messages"] > 0 and found["invite"] == 2
        assert retention.prune(session, KEPT, later) == found
        assert retention.due(session, KEPT, later) == {"messages": 0, "invite": 0}


def test_the_command_tells_how_much_and_the_log_that_it_was_done(gihan: Shell) -> None:
    gihan("db", "upgrade")
    gihan("invite", "김하늘", "--department", "도로과", "--role", "planner")
    assert "등록 링크 0개" in gihan("prune", "--dry-run")
    assert "0건" in gihan("prune")


def test_what_went_is_in_the_log_and_the_log_stays(
    office: Chat, tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.store.read() as session:
        before = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    office.store.close()
    shell = Shell(tmp_path, {"GIHAN_STORE__URL": store_url})
    monkeypatch.setattr("bot.cli.prune._kept", lambda _: Kept(timedelta(), timedelta()))
    shell("prune")
    with office.store.read() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert len(actions) == before + 1 and actions[-1] == "pruned"


def test_the_doctor_mends_permissions_and_the_missing_folder(gihan: Shell) -> None:
    gihan("db", "upgrade")
    (gihan.folder / "gihan.db").chmod(0o644)
    (gihan.folder / "token").write_text("1:abc", encoding="utf-8")
    (gihan.folder / "token").chmod(0o644)
    always = {"GIHAN_TELEGRAM__TOKEN_FILE": "token", "GIHAN_OPERATION__BACKUP_DIR": "kept"}
    gihan("doctor", "--offline", "--fix", code=1, **always)
    modes = [stat.S_IMODE((gihan.folder / name).stat().st_mode) for name in ("gihan.db", "token", "kept")]
    assert modes == [0o600, 0o600, 0o700]


def test_without_fix_the_doctor_leaves_them(gihan: Shell) -> None:
    gihan("db", "upgrade")
    (gihan.folder / "gihan.db").chmod(0o644)
    gihan("doctor", "--offline", code=1)
    assert stat.S_IMODE((gihan.folder / "gihan.db").stat().st_mode) == 0o644


@pytest.mark.parametrize("release", STORES)
def test_the_doctor_brings_an_older_store_up_to_date_after_a_backup(tmp_path: Path, release: str) -> None:
    laid(release, tmp_path)
    gihan = Shell(tmp_path, {"GIHAN_TELEGRAM__TOKEN": "1:abc"})
    assert "before-upgrade-" in gihan("doctor", "--offline", "--fix")
    assert len(list((tmp_path / "backup").glob("before-upgrade-*.zip"))) == 1
    assert json.loads(gihan("status", "--json"))["tasks"] > 0
