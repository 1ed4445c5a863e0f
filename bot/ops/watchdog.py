"""The watchdog: a thread beside the loop that tells the admin chat when the bot stands still, hears or says nothing.

It needs neither the event loop nor the ledger, for these may be what is broken: it calls the Bot API itself.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot.ops.admin_chat import AdminChat
from bot.ops.health import Health, Trouble, Word
from bot.ops.nightly_backup import folder_of, last_backup_at
from bot.settings import OperationSettings, Settings, client_options
from bot.texts import render
from jobs.clock import real_now
from jobs.pulse import Pulse
from store import figures, inbox
from store.backup.retention import OLDEST
from store.db.engine import Store, steady_s
from store.db.errors import LostError

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
COUNT_EVERY_S = 30.0
BEAT_EVERY_S = 60.0
AGAIN_AFTER_S = 3600.0  # the same kind of alarm is not repeated sooner
DAILY_S = 86_400.0  # nor an old backup: the next one is made at night
MOST_AN_HOUR = 3  # of what comes and goes
CALL_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Counts:
    """What the store says, by the alarm that a higher number gives: messages that ended uncertain or refused, and the
    last update that could not be handled."""

    uncertain: int
    failed: int
    put_aside: int = 0  # its number in the inbox; 0 where there is none


@dataclass
class Alarm:
    """What is wrong now, by the name of its template; `is_due`: the admin chat is to hear of it, `is_told`: it has."""

    kind: str
    is_due: bool
    is_told: bool = False


@dataclass
class Watchdog:
    """`look_at` tells what the bot lacks. `tell` sends a text to the admin chat and `beat` asks the heartbeat address;
    both may raise httpx errors. `count` reads the store, None where it does not answer."""

    pulse: Pulse
    settings: OperationSettings
    organisation: str
    look_at: Callable[[], Trouble | None]
    count: Callable[[], Counts | None]
    tell: Callable[[str], None]
    beat: Callable[[], None]
    steady: Callable[[], float] = steady_s
    backup_age: Callable[[], timedelta | None] = lambda: None
    _alarm_now: Alarm | None = None
    _stood_by: tuple[Word, float] | None = None  # what another lacks, and since when it was seen
    _counted_at: float | None = None
    _beaten_at: float | None = None
    _beaten_ticks: int = 0
    _base: Counts | None = None
    _told_at: dict[str, float] = field(default_factory=dict)
    _begun: dict[str, list[float]] = field(default_factory=dict)

    def look(self) -> None:
        """One look; nothing that goes wrong here is raised."""
        trouble = self.look_at()
        self._follow(self._kind_of(trouble), trouble.cause if trouble else "")
        if trouble is None:
            self._beat()
        now = self.steady()
        if self._counted_at is None or now - self._counted_at >= COUNT_EVERY_S:
            self._counted_at = now
            if (counts := self.count()) is not None:
                self._compare(counts)

    def _kind_of(self, trouble: Trouble | None) -> str | None:
        """The alarm; None where there is nothing to tell, or nothing yet. Of what the leader lacks it tells itself,
        but that it stands still can only be told by another."""
        if trouble is None or trouble.word not in {Word.STORE, Word.TICK}:
            self._stood_by = None
        if self.pulse.is_leading and self.pulse.silent_s() >= self.settings.alert_after_s:
            return "standstill"
        if trouble is None or trouble.word is Word.CONNECTING:
            return None
        if trouble.word in {Word.STORE, Word.TICK}:
            return "standstill" if not self.pulse.is_leading and self._lasts(trouble.word) else None
        return trouble.word.value if self.pulse.is_leading else None

    def _lasts(self, word: Word) -> bool:
        """For as long as is an alarm: a store that is started anew, or a replica that takes over, is none."""
        if self._stood_by is None or self._stood_by[0] is not word:
            self._stood_by = word, self.steady()
        return self.steady() - self._stood_by[1] >= self.settings.alert_after_s

    def _follow(self, kind: str | None, cause: str) -> None:
        """What is wrong is told once, and once when it is over: also where it could not be told while it lasted."""
        now = self._alarm_now
        if now is not None and now.kind != kind:
            if now.is_due and not self._say("alert_over", kind=now.kind):
                return  # first things first: it is tried again
            self._alarm_now = now = None
        if kind is None:
            return
        if now is None:
            now = self._alarm_now = Alarm(kind, is_due=self._is_rare(kind))
        if now.is_due and not now.is_told:
            seconds, minutes = int(self.pulse.silent_s()), self.settings.alert_owed_minutes
            now.is_told = self._say(f"alert_{kind}", seconds=seconds, cause=cause, minutes=minutes)

    def _is_rare(self, kind: str) -> bool:
        """What comes and goes all the time is told a few times an hour only."""
        now = self.steady()
        begun = [at for at in self._begun.get(kind, []) if now - at < AGAIN_AFTER_S]
        self._begun[kind] = [*begun, now]
        return len(begun) < MOST_AN_HOUR

    def _beat(self) -> None:
        """After a good tick, at most once a minute: who hears nothing any more gives the alarm."""
        now, ticks = self.steady(), self.pulse.good_ticks
        is_early = self._beaten_at is not None and now - self._beaten_at < BEAT_EVERY_S
        if is_early or ticks == self._beaten_ticks:
            return
        self._beaten_at, self._beaten_ticks = now, ticks
        try:
            self.beat()
        except httpx.HTTPError as error:
            log.warning("action=heartbeat-failed error=%s", type(error).__name__)

    def _compare(self, counts: Counts) -> None:
        """Alarms of what has grown since the last alarm of its kind, and of what nobody is reminded of."""
        told = asdict(self._base or counts)
        for kind, now in asdict(counts).items():
            if now > told[kind] and self._alarm(kind, count=now, more=now - told[kind]):
                told[kind] = now
        self._base = Counts(**told)
        if (days := self.pulse.missed_windows) and self._alarm("missed", count=days):
            self.pulse.missed_windows -= days
        if self.pulse.other_settings:
            self._alarm("settings", about=self.pulse.other_settings)
        if self.pulse.unscanned:
            self._alarm("unscanned", count=self.pulse.unscanned)
        age = self.backup_age() if self.pulse.is_leading else None
        if age is not None and age > OLDEST:
            self._alarm("backup", DAILY_S, hours=int(age / timedelta(hours=1)))

    def lose(self) -> None:
        """The bot ends, for what it would write from now on would be lost."""
        self._say("alert_lost")

    def _alarm(self, kind: str, again_after_s: float = AGAIN_AFTER_S, **facts: int | str) -> bool:
        """Tell it unless its kind was told so lately; True where it was told."""
        now = self.steady()
        if kind in self._told_at and now - self._told_at[kind] < again_after_s:
            return False
        if not self._say(f"alert_{kind}", **facts):
            return False
        self._told_at[kind] = now
        return True

    def _say(self, template: str, **facts: int | str) -> bool:
        """True where it is said, or nobody wants to hear it; False: to be tried again at the next look."""
        log.warning("action=alert kind=%s", template.removeprefix("alert_"))
        if self.settings.admin_chat_id is None:
            return True
        try:
            self.tell(render.text(template, organisation=self.organisation, **facts))
        except httpx.HTTPError as error:
            log.warning("action=alert-failed error=%s", type(error).__name__)
            return False
        return True


def counter(store: Store) -> Callable[[], Counts | None]:
    """Reads the figures an alarm goes by."""

    def count() -> Counts | None:
        try:
            with store.read() as session:
                return Counts(*figures.finals(session), inbox.last_failed(session))
        except SQLAlchemyError:
            return None

    return count


def ages(settings: Settings, store: Store) -> Callable[[], timedelta | None]:
    """How old the newest backup is. Where the bot itself makes them and none is there, it counts from now on."""
    begun_at = real_now() if settings.operation.nightly_backup and settings.clock.file is None else None

    def age() -> timedelta | None:
        newest = last_backup_at(settings, store) or begun_at
        return None if newest is None or folder_of(settings, store) is None else real_now() - newest

    return age


def _beat(client: httpx.Client, settings: Settings) -> Callable[[], None]:
    address = settings.operation.heartbeat_url.get_secret_value()

    def beat() -> None:
        if address:
            client.get(address).raise_for_status()

    return beat


def _client(address: str) -> httpx.Client:
    return httpx.Client(timeout=CALL_TIMEOUT_S, follow_redirects=False, **client_options(address))


@contextmanager
def watching(settings: Settings, health: Health) -> Iterator[None]:
    """A watchdog in a thread of its own while the block runs."""
    ended = threading.Event()
    api, beats = settings.telegram.api_base, settings.operation.heartbeat_url.get_secret_value()
    with _client(api) as telegram, _client(beats) as client:
        dog = Watchdog(
            health.pulse,
            settings.operation,
            settings.organisation.name,
            health.look,
            counter(health.store),
            AdminChat(settings, health.store, telegram).tell,
            _beat(client, settings),
            backup_age=ages(settings, health.store),
        )

        def watch() -> None:
            while not ended.wait(LOOK_EVERY_S):
                try:
                    dog.look()
                except Exception:
                    log.exception("action=watchdog-failed")

        thread = threading.Thread(target=watch, name="watchdog", daemon=True)
        thread.start()
        try:
            yield
        except LostError:
            dog.lose()
            raise
        finally:
            ended.set()
            thread.join(timeout=1.0)  # a call on its way may take longer; the thread ends with the process
