"""What the bot lacks, by its word: as the leader itself knows it, and as it is recorded for those who stand by."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ops.health import DEAF_AFTER_S, OWED_SEEN_S, Health, Trouble, Word
from jobs.delivery.pace import SIGN_RECENT, TICK_RECENT
from jobs.pulse import FAILING_S, MANY_CHATS, STALE_S, Pulse
from jobs.rules.policy import Rules
from store.db import meta
from store.db.engine import Store, wall_now
from tests import builders
from tests.builders import FakeClock

OWED_MOST = timedelta(minutes=30)


class Patient(Health):
    """A bot that ticks, hears and speaks, and whose steady clock is moved."""

    def __init__(self, store: Store, clock: FakeClock, rules: Rules) -> None:
        self.now = 1000.0
        super().__init__(store, Pulse(lambda: self.now), clock, rules, OWED_MOST, lambda: self.now)
        self.starting = None
        self.pulse.lead()
        self.thrive()

    def thrive(self) -> None:
        """A good tick, an update and a message."""
        self.thrive_but_speak()
        self.pulse.speaking.well()

    def thrive_but_speak(self) -> None:
        with self.pulse.tick():
            pass
        self.pulse.hearing.well()

    def after(self, seconds: float) -> Trouble | None:
        """Looked at so much later, while all else goes well."""
        self.now += seconds
        with self.pulse.tick():
            pass
        return self.look()

    @property
    def word(self) -> str:
        found = self.look()
        return found.word.value if found else "ok"


@pytest.fixture
def bot(store: Store, clock: FakeClock, rules: Rules) -> Patient:
    return Patient(store, clock, rules)


def test_who_ticks_hears_and_speaks_lacks_nothing(bot: Patient) -> None:
    assert bot.word == "ok"


def test_while_it_starts_it_says_what_it_waits_for(bot: Patient) -> None:
    bot.starting = Trouble(Word.CONNECTING, "the database refuses connections")
    assert bot.look() == bot.starting


def test_a_loop_that_does_not_tick_lacks_its_tick(bot: Patient) -> None:
    bot.now += TICK_RECENT.total_seconds() + 1
    assert bot.word == "tick"


def test_before_the_first_tick_it_lacks_one(store: Store, clock: FakeClock, rules: Rules) -> None:
    fresh = Health(store, Pulse(), clock, rules)
    fresh.starting = None
    found = fresh.look()
    assert found is not None and (found.word, "not ticked" in found.reason) == (Word.TICK, True)


@pytest.mark.open_door("kind C")
@pytest.mark.parametrize("cause", ["", "token", "conflict", "webhook", "address", "network"])
def test_who_hears_nothing_for_long_is_deaf_and_says_why(bot: Patient, cause: str) -> None:
    if cause:
        bot.pulse.hearing.ill(cause)
    assert bot.after(DEAF_AFTER_S - 1) is None
    found = bot.after(1)
    assert found is not None and (found.word, found.cause) == (Word.DEAF, cause or "silence")
    bot.pulse.hearing.well()
    assert bot.look() is None


@pytest.mark.open_door("kind C")
@pytest.mark.parametrize("cause", ["token", "network"])
def test_who_is_refused_again_and_again_is_mute(bot: Patient, cause: str) -> None:
    bot.pulse.speaking.ill(cause)
    bot.pulse.hearing.well()
    assert bot.after(FAILING_S / 2) is None
    bot.pulse.speaking.ill(cause)
    bot.pulse.hearing.well()
    bot.now += FAILING_S / 2
    bot.pulse.speaking.ill(cause)
    found = bot.after(0)
    assert found is not None and (found.word, found.cause) == (Word.MUTE, cause)
    bot.pulse.speaking.well()
    assert bot.look() is None


def test_a_failure_after_which_nobody_tried_again_says_nothing(bot: Patient) -> None:
    for _ in range(2):
        bot.pulse.speaking.ill("network")
        bot.now += FAILING_S
    bot.now += STALE_S
    bot.thrive_but_speak()
    assert bot.word == "ok"


def test_a_few_people_who_blocked_the_bot_do_not_make_it_mute(bot: Patient) -> None:
    for chat in range(MANY_CHATS - 1):
        bot.pulse.speaking.refused(chat)
        bot.now += FAILING_S
    bot.thrive_but_speak()
    assert bot.word == "ok"


def test_whom_every_chat_refuses_is_mute(bot: Patient) -> None:
    for chat in range(MANY_CHATS + 1):
        bot.pulse.speaking.refused(chat)
        bot.now += FAILING_S
    bot.thrive_but_speak()
    assert bot.word == "mute"


def owe(bot: Patient, age: timedelta) -> None:
    with bot.store.write() as session:
        builders.reply(session, 1).created_at = bot.clock.now() - age


@pytest.mark.open_door("kind C")
@pytest.mark.parametrize(("age", "is_mute"), [(OWED_MOST, True), (OWED_MOST - timedelta(minutes=5), False)])
def test_an_owed_message_older_than_the_limit_makes_it_mute(
    bot: Patient, age: timedelta, *, is_mute: bool
) -> None:
    owe(bot, age)
    assert bot.look() is None  # who has just woken up may send it yet
    bot.now += OWED_SEEN_S
    bot.thrive()
    assert (bot.word == "mute") is is_mute


@pytest.mark.open_door("kind A")
def test_an_owed_message_grows_old_although_the_clock_was_set_back(bot: Patient) -> None:
    owe(bot, -timedelta(hours=9))
    bot.look()
    bot.now += OWED_MOST.total_seconds()
    bot.thrive()
    assert bot.word == "mute"


def standing_by(bot: Patient, ago: timedelta = timedelta(0)) -> None:
    """Another leads, and has signed so long ago."""
    with bot.store.write() as session:
        bot.sign(session)
        meta.put(session, meta.LAST_TICK_AT, (wall_now(session) - ago).isoformat())
    bot.pulse.is_leading = False


@pytest.mark.parametrize(
    ("ago", "word"),
    [(timedelta(0), "ok"), (SIGN_RECENT + timedelta(seconds=5), "tick"), (-timedelta(hours=9), "tick")],
)
def test_who_stands_by_goes_by_the_leaders_sign(bot: Patient, ago: timedelta, word: str) -> None:
    """Also by one that lies ahead of the clock: it says nothing about now."""
    standing_by(bot, ago)
    assert bot.word == word


@pytest.mark.open_door("kind C")
def test_who_stands_by_knows_that_the_leader_is_deaf(bot: Patient) -> None:
    bot.pulse.hearing.ill("conflict")
    bot.now += DEAF_AFTER_S
    standing_by(bot)
    found = bot.look()
    assert found is not None and (found.word, found.cause) == (Word.DEAF, "conflict")


def test_without_any_sign_the_loop_has_not_ticked(bot: Patient) -> None:
    bot.pulse.is_leading = False
    assert bot.word == "tick"


def test_when_it_last_heard_and_spoke_is_recorded(bot: Patient) -> None:
    standing_by(bot)
    with bot.store.read() as session:
        assert meta.instant(session, meta.LAST_HEARD_AT) is not None
        assert meta.instant(session, meta.LAST_SPOKEN_AT) is not None


def test_a_store_that_is_not_there_does_not_answer(tmp_path: Path, clock: FakeClock, rules: Rules) -> None:
    assert Patient(Store(f"sqlite:///{tmp_path / 'none' / 'x.db'}"), clock, rules).word == "store"


@pytest.mark.open_door("D2")
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.with_suffix(".x").replace(path)])
def test_a_file_that_is_deleted_or_replaced_under_the_running_bot(
    sqlite_store: Store, clock: FakeClock, rules: Rules, spoil: Callable[[Path], object]
) -> None:
    bot = Patient(sqlite_store, clock, rules)
    assert (bot.word, sqlite_store.path is not None) == ("ok", True)
    assert sqlite_store.path is not None
    sqlite_store.path.with_suffix(".x").write_bytes(sqlite_store.path.read_bytes())
    spoil(sqlite_store.path)
    assert bot.word == "store"


def test_a_store_that_another_process_keeps_to_itself(
    sqlite_store: Store, clock: FakeClock, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.db.engine.BUSY_TIMEOUT_MS", 10)
    bot = Patient(sqlite_store, clock, rules)
    sqlite_store.close()
    own = sqlite3.connect(str(sqlite_store.path), isolation_level=None)
    own.execute("PRAGMA locking_mode=EXCLUSIVE")
    own.execute("BEGIN EXCLUSIVE")
    assert bot.word == "store"
    own.close()
