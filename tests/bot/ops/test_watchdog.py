"""The watchdog: who is told that the bot stands still, how often, and what is not in it."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from bot.ops import watchdog
from bot.ops.admin_chat import AdminChat
from bot.ops.health import CAUSES, Health, Trouble, Word
from bot.ops.watchdog import AGAIN_AFTER_S, COUNT_EVERY_S, Counts, Watchdog, watching
from bot.settings import OperationSettings, Settings, TelegramSettings
from bot.texts import render
from jobs.clock import SystemClock
from jobs.loop import Loop
from jobs.pulse import Pulse
from jobs.rules.policy import Rules
from store.db.engine import Store
from tests.jobs.conftest import desk, post, real  # noqa: F401 fixtures of the jobs room
from tests.jobs.desk import Post

FINE = Counts(0, 0)
ALERT_S = 120


@dataclass
class Kennel:
    """A watchdog with a clock that is moved, and what it said and did."""

    now: float = 0.0
    counts: Counts | None = FINE
    trouble: Trouble | None = None
    said: list[str] = field(default_factory=list)
    beats: int = 0
    broken: bool = False
    backup_age: timedelta | None = None

    def __post_init__(self) -> None:
        self.pulse = Pulse(lambda: self.now)
        settings = OperationSettings(admin_chat_id=7, alert_after_s=ALERT_S)
        self.dog = Watchdog(
            self.pulse,
            settings,
            "한별시",
            lambda: self.trouble,
            lambda: self.counts,
            self.tell,
            self.beat,
            lambda: self.now,
            lambda: self.backup_age,
        )

    def tell(self, text: str) -> None:
        if self.broken:
            raise httpx.ConnectError("no way")
        self.said.append(text)

    def beat(self) -> None:
        self.beats += 1
        if self.broken:
            raise httpx.ConnectError("no way")

    def tick(self) -> None:
        with self.pulse.tick():
            pass

    def after(self, seconds: float, *, ticking: bool = False) -> list[str]:
        """Look so much later; gives what was said then."""
        self.now += seconds
        if ticking:
            self.tick()
        before = len(self.said)
        self.dog.look()
        return self.said[before:]


@pytest.fixture
def kennel() -> Kennel:
    return Kennel()


def test_a_loop_that_ticks_is_left_alone(kennel: Kennel) -> None:
    assert [kennel.after(100, ticking=True) for _ in range(5)] == [[]] * 5


def test_a_standstill_is_told_at_its_second_and_once(kennel: Kennel) -> None:
    assert kennel.after(ALERT_S - 1) == []
    [told] = kennel.after(1)
    assert "멈추어 있습니다" in told
    assert [kennel.after(100) for _ in range(3)] == [[]] * 3


def test_the_end_of_a_standstill_is_told_and_the_next_one_again(kennel: Kennel) -> None:
    kennel.after(ALERT_S)
    [over] = kennel.after(5, ticking=True)
    assert "다시 돌아갑니다" in over
    assert len(kennel.after(ALERT_S)) == 1


def test_an_alarm_that_did_not_get_through_is_tried_again(kennel: Kennel) -> None:
    kennel.broken = True
    assert kennel.after(ALERT_S) == []
    kennel.broken = False
    assert len(kennel.after(5)) == 1


def test_a_tick_that_fails_is_no_sign_of_life(kennel: Kennel) -> None:
    kennel.now += ALERT_S
    with pytest.raises(OSError, match="disk full"), kennel.pulse.tick():
        raise OSError("disk full")
    assert len(kennel.after(0)) == 1


def test_the_heartbeat_follows_good_ticks_at_most_once_a_minute(kennel: Kennel) -> None:
    for _ in range(13):
        kennel.after(10, ticking=True)
    assert kennel.beats == 3


def test_without_a_new_tick_there_is_no_heartbeat(kennel: Kennel) -> None:
    kennel.after(0, ticking=True)
    kennel.after(70)
    assert kennel.beats == 1


def test_a_heartbeat_that_fails_stops_nothing(kennel: Kennel) -> None:
    kennel.broken = True
    kennel.after(0, ticking=True)
    kennel.after(60, ticking=True)
    assert kennel.beats == 2


def test_a_growing_number_is_told_with_what_is_new_once_an_hour(kennel: Kennel) -> None:
    kennel.counts = Counts(2, 0)
    kennel.after(0, ticking=True)
    kennel.counts = Counts(5, 0)
    [told] = kennel.after(COUNT_EVERY_S, ticking=True)
    assert "새로 3건, 모두 5건" in told
    kennel.counts = Counts(6, 0)
    assert kennel.after(AGAIN_AFTER_S - 1, ticking=True) == []
    [told] = kennel.after(COUNT_EVERY_S, ticking=True)
    assert "새로 1건, 모두 6건" in told


def test_milestones_nobody_is_reminded_of_are_told(kennel: Kennel) -> None:
    kennel.pulse.unscanned = 3
    [told] = kennel.after(30, ticking=True)
    assert "일정 3건을 살피다" in told
    assert kennel.after(60, ticking=True) == []


@pytest.mark.open_door("B1", "B2")
def test_what_could_not_be_handled_is_told_once(kennel: Kennel) -> None:
    kennel.after(0, ticking=True)
    kennel.counts = replace(FINE, put_aside=7)
    [told] = kennel.after(COUNT_EVERY_S, ticking=True)
    assert "접수번호 7번" in told
    assert kennel.after(AGAIN_AFTER_S, ticking=True) == []


def test_kinds_of_alarms_do_not_wait_for_each_other(kennel: Kennel) -> None:
    kennel.after(0, ticking=True)
    kennel.counts = Counts(1, 1)
    assert len(kennel.after(COUNT_EVERY_S, ticking=True)) == 2


DEAF = Trouble.of(Word.DEAF, "conflict", 70)


@pytest.mark.open_door("kind C")
def test_who_hears_nothing_is_told_of_once_and_once_when_it_is_over(kennel: Kennel) -> None:
    kennel.trouble = DEAF
    [told] = kennel.after(5, ticking=True)
    assert ("받지 못하고" in told, "같은 토큰으로" in told) == (True, True)
    assert kennel.after(60, ticking=True) == []
    kennel.trouble = None
    [over] = kennel.after(5, ticking=True)
    assert "다시 메시지를 받습니다" in over


@pytest.mark.open_door("kind C")
def test_there_is_no_heartbeat_while_anything_is_lacking(kennel: Kennel) -> None:
    kennel.trouble = DEAF
    kennel.after(5, ticking=True)
    assert kennel.beats == 0
    kennel.trouble = None
    kennel.after(5, ticking=True)
    assert kennel.beats == 1


def test_what_could_not_be_told_while_it_lasted_is_told_when_it_is_over(kennel: Kennel) -> None:
    """A token that is refused keeps the alarm from going out as well."""
    kennel.broken, kennel.trouble = True, Trouble.of(Word.DEAF, "token", 70)
    kennel.after(5, ticking=True)
    kennel.broken, kennel.trouble = False, None
    assert len(kennel.after(5, ticking=True)) == 1


def test_what_comes_and_goes_is_told_three_times_an_hour(kennel: Kennel) -> None:
    told = 0
    for _ in range(10):
        kennel.trouble = Trouble.of(Word.MUTE, "network", 70)
        told += len(kennel.after(60, ticking=True))
        kennel.trouble = None
        told += len(kennel.after(60, ticking=True))
    assert told == 6


@pytest.mark.parametrize(
    ("word", "alarms"), [(Word.TICK, 1), (Word.STORE, 1), (Word.DEAF, 0), (Word.MUTE, 0)]
)
def test_who_stands_by_tells_only_what_the_leader_cannot(kennel: Kennel, word: Word, alarms: int) -> None:
    kennel.pulse.is_leading = False
    assert kennel.after(ALERT_S * 2) == []
    kennel.trouble = Trouble(word, "as recorded")
    assert (kennel.after(5), kennel.after(ALERT_S - 1)) == ([], [])  # a store that is started anew
    assert len(kennel.after(1)) == alarms


def test_a_store_that_is_away_now_and_then_is_no_standstill(kennel: Kennel) -> None:
    kennel.pulse.is_leading = False
    for _ in range(5):
        kennel.trouble = Trouble(Word.STORE, "the store does not answer")
        assert (kennel.after(5), kennel.after(60)) == ([], [])
        kennel.trouble = None
        assert kennel.after(60) == []


@pytest.mark.parametrize("cause", sorted(CAUSES))
@pytest.mark.parametrize("kind", ["deaf", "mute"])
def test_every_cause_has_a_sentence(kind: str, cause: str) -> None:
    text = render.text(f"alert_{kind}", organisation="한별시", cause=cause, minutes=30, seconds=70)
    assert len(text.strip().splitlines()) == 2


@pytest.mark.open_door("kind K")
def test_the_alarms_follow_a_group_that_has_moved(sqlite_store: Store) -> None:
    asked: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        chat_id = json.loads(request.content)["chat_id"]
        asked.append(chat_id)
        moved = {"ok": False, "error_code": 400, "parameters": {"migrate_to_chat_id": -1007}}
        return httpx.Response(400, json=moved) if chat_id == -7 else httpx.Response(200, json={"ok": True})

    settings = Settings(
        telegram=TelegramSettings(token="1:abc"), operation=OperationSettings(admin_chat_id=-7)
    )
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        AdminChat(settings, sqlite_store, client).tell("알림")
        AdminChat(settings, sqlite_store, client).tell("다시 시작한 뒤의 알림")
    assert asked == [-7, -1007, -1007]


def test_without_an_admin_chat_nothing_is_sent(kennel: Kennel) -> None:
    kennel.dog.settings = OperationSettings(alert_after_s=ALERT_S)
    assert kennel.after(ALERT_S) == []


def test_a_hanging_loop_is_noticed_by_the_thread(post: Post) -> None:  # noqa: F811
    """The loop's tick never ends; the pulse falls silent although the process lives."""
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    loop = Loop(post.desk.store, post.desk.clock, post.desk.rules, post.deliverer, is_alone=True, pulse=pulse)

    async def scene() -> None:
        entered = asyncio.Event()

        async def hang() -> None:
            entered.set()
            await asyncio.Event().wait()

        loop.tick = hang  # type: ignore[method-assign]
        loop.wake()
        running = asyncio.create_task(loop.run())
        await entered.wait()
        now[0] = 200.0
        assert (pulse.silent_s(), pulse.good_ticks) == (200.0, 0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(scene())


@pytest.fixture
def telegram() -> tuple[str, Callable[[], list[str]]]:
    """A server that takes anything: its address, and what it was asked for and told."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            heard.append(f"{self.command} {self.path} {body.decode()}")
            self.send_response(200)
            self.end_headers()

        do_GET = do_POST = _take  # noqa: N815 the base class wants these names

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", lambda: heard


def test_the_running_watchdog_calls_telegram_itself_with_counts_only(
    store: Store,
    rules: Rules,
    telegram: tuple[str, Callable[[], list[str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    address, heard = telegram
    monkeypatch.setattr(watchdog, "LOOK_EVERY_S", 0.01)
    settings = Settings(
        telegram=TelegramSettings(token="1:abc", api_base=address),
        operation=OperationSettings(admin_chat_id=7, heartbeat_url=f"{address}/ping", alert_after_s=ALERT_S),
    )
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    with pulse.tick():
        pass
    pulse.hearing.well()
    health = Health(store, pulse, SystemClock(), rules)
    health.starting = None
    with watching(settings, health):
        _until(lambda: any(one.startswith("GET /ping") for one in heard()))
        now[0] = ALERT_S
        _until(lambda: any(one.startswith("POST /bot1:abc/sendMessage") for one in heard()))
    assert '"chat_id":7' in heard()[-1].replace(" ", "")


def _until(look: Callable[[], bool]) -> None:
    """Wait for what another thread does; the test's own time-out ends a wait in vain."""
    step = threading.Event()
    while not look():
        step.wait(0.01)


def test_an_old_backup_is_told_once_a_day(kennel: Kennel) -> None:
    kennel.pulse.is_leading = True
    kennel.backup_age = timedelta(hours=40)
    said = [kennel.after(60, ticking=True) for _ in range(30)]
    assert [one for one in said if one] == [said[0]] and "40시간 전" in said[0][0]
    kennel.now += watchdog.DAILY_S
    assert "백업" in kennel.after(60, ticking=True)[-1]


@pytest.mark.parametrize("hours", [None, 20])
def test_a_backup_of_last_night_or_none_known_of_is_no_alarm(kennel: Kennel, hours: int | None) -> None:
    kennel.pulse.is_leading = True
    kennel.backup_age = None if hours is None else timedelta(hours=hours)
    assert kennel.after(60, ticking=True) == []


def test_who_stands_by_tells_of_no_backup(kennel: Kennel) -> None:
    kennel.backup_age = timedelta(hours=40)
    kennel.pulse.is_leading = False
    assert kennel.after(60, ticking=True) == []


def test_the_age_is_of_the_newest_backup_and_counts_from_the_start_where_there_is_none(
    tmp_path: Path,
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    age = watchdog.ages(Settings(), store)
    assert (found := age()) is not None and found < timedelta(hours=1)
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "gihan-20260101-023000.zip").touch()
    os.utime(tmp_path / "backup" / "gihan-20260101-023000.zip", (0, 0))
    assert (found := age()) is not None and found > timedelta(days=365)
    store.close()
