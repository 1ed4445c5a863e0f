"""Settings -> store -> jobs -> Telegram application: everything of `gihan run` wired, started and ended."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from telegram.error import TelegramError

from bot import trial
from bot.chat.turn import Office
from bot.chat.update import read
from bot.digest.daily_message import DigestRenderer
from bot.digest.files import Files
from bot.intake import webhook_registration, webhook_settings
from bot.intake.dispatch import Dispatcher, Incoming
from bot.intake.fetch_document import Documents
from bot.intake.menus import Asides, Menu, MenuKeeper
from bot.intake.poll import Intake, Kept
from bot.intake.shared_commits import Together
from bot.open_store import clock_of, connect, ensure_upgraded, rules_of, upgrade
from bot.ops import nightly_backup, profile, replicas, switch, web
from bot.ops.before_upgrade import keep_before_upgrade
from bot.ops.health import Health
from bot.ops.metrics import Metrics
from bot.ops.startup import EndedError, Patience, Unawaited
from bot.ops.switch import Work
from bot.ops.telegram_bot import telegram_bot
from bot.ops.watchdog import watching
from bot.settings import Settings
from gihan import __version__
from jobs import bell, marks
from jobs.delivery.deliver import Deliverer
from jobs.delivery.other_channels import AppriseNotifier
from jobs.delivery.pace import SEND_TIMEOUT_S
from jobs.delivery.sender import TelegramSender
from jobs.leader import ANSWER_WITHIN_S, FileLeader, Leader, LeaseLeader, Sole, process_name
from jobs.loop import Loop, keep_what_stands
from jobs.pulse import Pulse
from plans.readers.document import stop_all
from store import chat_links, inbox, reachability
from store.db import meta
from store.db.engine import Store
from store.db.errors import BUSY, LostError
from store.inbox import Start

log = logging.getLogger(__name__)

END_WITHIN_S = 8.0  # what is on its way may finish so long after SIGTERM
COMPARE_EVERY_S = 30.0  # between two looks at the leader's settings
DECLINED_S = 3.0  # who cannot lead leaves it to others for so long
THREADS = 32  # a thread that waits for a busy store must not keep the others from their work
# How many updates of a rush are handled in one transaction. There is one writer at a time, on a server as in a file
# (store/db/postgres.py): a second would only stand in line, so they share the wait for the disk.
HANDLED_TOGETHER = 4


class Service:
    """One running bot. `run` returns when it is told to end."""

    def __init__(self, settings: Settings, store: Store, name: str) -> None:
        self.settings = settings
        self.store = store
        self.leader: Leader = Sole()  # until the store is open
        self.name = name
        self.clock = clock_of(settings)
        self.rules = rules_of(settings)
        self.bot = telegram_bot(settings)
        self.pulse = Pulse()
        owed_most = timedelta(minutes=settings.operation.alert_owed_minutes)
        self.health = Health(store, self.pulse, self.clock, self.rules, owed_most)
        self.metrics = Metrics(self.health, partial(nightly_backup.last_backup_at, settings, self.store))
        self.work = Work()
        self.ended = asyncio.Event()
        self.asides = Asides()

    async def run(self, wait_s: float | None = None) -> None:
        """Wait for what is temporary, for `wait_s` seconds at most (None: for ever), then serve until the end.

        Raises SettingsError or StoreError for what no waiting mends, UnavailableError where the time ran out.
        Health and metrics are there from the first second: what waits is not dead.
        """
        loop = asyncio.get_running_loop()
        loop.set_default_executor(Unawaited())
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.ended.set)
        async with AsyncExitStack() as stack:
            stack.callback(asyncio.create_task(switch.keep_alive(self.work)).cancel)
            patience = Patience(self.ended, wait_s, self.health.wait)
            try:
                address = await self._begin(stack, patience)
            except EndedError:
                return
            loop.set_default_executor(ThreadPoolExecutor(THREADS))
            self.marks = marks.opened(self.store)
            stack.callback(self.marks.close)
            self._wire()
            stack.callback(self.files.close)
            stack.callback(stop_all)
            self.health.starting = None
            keep_what_stands()
            log.info("action=started version=%s bot=@%s web=%s", __version__, self.bot.username, address)
            await self._serve()
            log.info("action=ended")

    async def _begin(self, stack: AsyncExitStack, patience: Patience) -> str:
        """Port, store, Telegram, one after the other; gives the web address."""
        address = await patience.until(lambda: stack.enter_async_context(self._serve_web()))
        log.info("action=listening web=%s", address)
        locks = stack.enter_context(ExitStack())
        await patience.until(lambda: asyncio.to_thread(self._open_store, locks))
        await patience.until(self.bot.initialize)
        stack.push_async_callback(self.bot.shutdown)
        await patience.until(lambda: asyncio.to_thread(self._take_over))
        return address

    def _open_store(self, locks: ExitStack) -> None:
        """The store up to date, and who may lead on it. Raises StoreError or SQLAlchemyError."""
        if self.store.path is not None:
            with ExitStack() as held:
                self.leader = leader = held.enter_context(FileLeader(self.store.path))
                if (kept := keep_before_upgrade(self.settings, self.store)) is not None:
                    log.info("action=kept-before-upgrade file=%s", kept.name)
                upgrade(self.store)
                leader.hold_store()  # a new one is there only now
                locks.push(held.pop_all())  # only now: a try that fails gives the lock back
        else:
            ensure_upgraded(self.store)
            self.leader = LeaseLeader(self.store.prompt(ANSWER_WITHIN_S), self.name)

    async def _unless_ended(self, work: Coroutine[Any, Any, Any]) -> bool:
        """Do the work, unless the end comes first. False: it came, and the work is given up."""
        task, end = asyncio.ensure_future(work), asyncio.ensure_future(self.ended.wait())
        await asyncio.wait([task, end], return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if task.done():
            task.result()
            return True
        task.cancel()
        return False

    def _wire(self) -> None:
        bot = self.bot
        office = Office.of(self.settings, self.rules, bot.id)
        self.dispatcher = Dispatcher(self.store, office, self.clock)
        one = self.dispatcher
        self.menus = MenuKeeper(bot, one.outdated_menus, one.forget_menu, one.today, self.asides)
        self._hands = Together(self._handle_all, most=HANDLED_TOGETHER)
        here = asyncio.get_running_loop()

        def tell() -> None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended meanwhile
                here.call_soon_threadsafe(self._file_is_there)

        self.files = Files(self.store, office, tell)
        deliverer = Deliverer(
            self.store,
            TelegramSender(bot),
            DigestRenderer(office, self.files),
            self.rules,
            self.clock,
            self.name,
            AppriseNotifier(self.settings.fallback.address()),
        )
        deliverer.leader = self.leader
        deliverer.speaking = self.pulse.speaking
        deliverer.marks = self.marks
        deliverer.trial = partial(trial.write, self.settings, bot.id)
        self.loop = Loop(
            self.store, self.clock, self.rules, deliverer, is_alone=self.store.is_sqlite, pulse=self.pulse
        )
        self.loop.sign = self._sign
        folder = nightly_backup.folder_of(self.settings, self.store)
        if self.settings.operation.nightly_backup and folder is not None and self.settings.clock.file is None:
            self.loop.nightly = nightly_backup.Nightly(self.store, folder, self.settings.organisation.zone)
        self.intake = Intake(self.store, bot, self._handle, self._try_apart, self.pulse.hearing)
        self.documents = Documents(
            bot,
            self.dispatcher.may_send_documents,
            self.dispatcher.looked_at,
            self.dispatcher.known_forms,
            self.dispatcher.is_of_request,
        )

    def _sign(self, session: Session) -> None:
        """What the leader tells the store once a minute."""
        self.health.sign(session)
        replicas.record(session, self.name, self.settings)

    def _take_over(self) -> None:
        """This bot is the store's from now on. After a change of the bot nobody is reached until they send /start."""
        bot, now = self.bot, self.clock.now()
        with self.store.write() as session:
            meta.put(session, meta.BOT_ID, str(bot.id))
            meta.put(session, meta.BOT_USERNAME, bot.username)
            lost = chat_links.take_over(session, bot.id, now)
            reachability.look_again(session, self.rules.calendar.local_date(now), lost)
        if lost:
            log.warning("action=bot-changed bot=@%s count=%d", bot.username, len(lost))

    def _file_is_there(self) -> None:
        if self.leader.is_leading():
            self.loop.wake()

    async def _handle(self, one: Kept) -> None:
        """One update of a lane, to its end: what breaks is put aside, unless it is the store that fails."""
        try:
            menu = await self._effect(one)
        except BUSY:
            raise
        except Exception as error:
            log.exception("action=handle-failed inbox=%d", one.inbox_id)
            await asyncio.to_thread(self.dispatcher.put_aside, one.inbox_id, error)
            menu = None
        await self._wake_leader()
        if menu is not None:
            self.menus.show(menu)

    async def _effect(self, one: Kept) -> Menu | None:
        """What an earlier process has left is in no company: it may be what ended that process."""
        update = read(one.raw, self.bot)
        if update.callback_query is not None:
            # At once: Telegram forgets a press within seconds.
            self.asides.begin(update.callback_query.answer())
        attachment = await self.documents.fetch(update)
        incoming = Incoming(one.inbox_id, update, attachment)
        if one.is_fresh:
            return await self._hands.ask(incoming)
        [menu] = await asyncio.to_thread(self._handle_all, [incoming])
        if isinstance(menu, Exception):
            raise menu
        return menu

    def _handle_all(self, incoming: Sequence[Incoming]) -> list[Menu | Exception | None]:
        with self.work.going_on():
            return self.dispatcher.handle_all(incoming)

    async def _try_apart(self, one: Kept, start: Start) -> None:
        """What two processes have not outlived: once more, where it can do no harm, and else never again."""
        is_done = start.is_known and await asyncio.to_thread(
            trial.run, self.settings, self.bot.id, one.inbox_id
        )
        if not is_done:
            await asyncio.to_thread(self.dispatcher.give_up, one.inbox_id, start.attempts - 1)
        await self._wake_leader()

    async def _wake_leader(self) -> None:
        """An answer may wait to be sent; who stands by asks the leader, who does it."""
        if self.leader.is_leading():
            self.loop.wake()
        else:
            await asyncio.to_thread(bell.ring, self.store)

    def _serve_web(self) -> contextlib.AbstractAsyncContextManager[str]:
        is_webhook = self.settings.telegram.mode == "webhook"

        async def accept(text: str) -> None:
            if self.health.starting is not None:
                raise web.NotReadyError
            await self.intake.accept([text])

        secret = self.settings.telegram.hook_secret()
        app = web.create_app(
            self.health.look,
            accept if is_webhook else None,
            secret,
            self.metrics.page,
            self._role,
            self.pulse.stands,
            self.settings.telegram.hook_path,
        )
        return self._listening(app)

    @contextlib.asynccontextmanager
    async def _listening(self, app: Starlette) -> AsyncIterator[str]:
        try:
            async with web.serving(app, self.settings.web.host, self.settings.web.port) as address:
                yield address
        except web.PortTakenError:
            if self.store.path is not None:
                with FileLeader(self.store.path):
                    pass  # else it is another run on this store that has the port: that is the better reason
            raise

    def _role(self) -> str:
        if self.health.starting is not None:
            return "starting"
        return "leader" if self.leader.is_leading() else "standby"

    def _begin_intake(self) -> list[asyncio.Task[None]]:
        """What only the leader does: take over what others left, and ask Telegram for updates."""
        telegram, bot = self.settings.telegram, self.bot
        self.intake.resume()
        self.asides.begin(profile.show(bot))
        source = (
            webhook_registration.ask(bot, telegram, self.pulse.hearing, self._last_came)
            if telegram.mode == "webhook"
            else self._poll()
        )
        return [asyncio.create_task(one) for one in (source, self.menus.keep())]

    async def _last_came(self) -> datetime | None:
        def look() -> datetime | None:
            with self.store.read() as session:
                return inbox.last_came_at(session)

        return await asyncio.to_thread(look)

    async def _poll(self) -> None:
        """Polling is refused while a webhook is set: it is taken away first, and nothing pending is dropped."""
        with contextlib.suppress(TelegramError):
            await self.bot.delete_webhook(drop_pending_updates=False)
        await self.intake.poll()

    async def _serve(self) -> None:
        """Until the end: lead whenever it falls to us, else stand by. What was received is handled in any case."""
        offering = asyncio.create_task(self.intake.offer_again())
        comparing = asyncio.create_task(self._compare_settings())
        self.pulse.is_leading = False  # until the lease is ours: nobody expects a tick of who stands by
        try:
            while await self._unless_ended(self.leader.acquire()):
                log.info("action=leading token=%s", self.leader.token)
                await self._lead()
                if self.ended.is_set():
                    return
                log.warning("action=standing-by")
                self.pulse.is_leading = False
        finally:
            offering.cancel()
            comparing.cancel()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(END_WITHIN_S):
                    await self.intake.lanes.finish()

    async def _compare_settings(self) -> None:
        """Who stands by looks now and then whether the leader goes by the same settings."""
        while True:
            if not self.pulse.is_leading:
                with contextlib.suppress(SQLAlchemyError):
                    told = await asyncio.to_thread(self._other_settings)
                    if told and told != self.pulse.other_settings:
                        log.error("action=settings-differ")
                    self.pulse.other_settings = told
            await asyncio.sleep(COMPARE_EVERY_S)

    def _other_settings(self) -> str:
        with self.store.read() as session:
            found = replicas.difference(session, self.settings)
        return replicas.words(found, self.name) if found else ""

    async def _is_whole(self) -> bool:
        """The first tick's work can be done: who cannot does not begin to take in and to send by halves."""
        try:
            return await asyncio.to_thread(self.loop.owe)
        except LostError:
            raise
        except Exception as error:
            log.error("action=not-whole error=%s", type(error).__name__)
            return False

    async def _lead(self) -> None:
        """One term, until the signal, the loss of leadership, or a task that broke."""
        self.pulse.lead()
        self.pulse.other_settings = ""
        ends = asyncio.create_task(self.ended.wait()), asyncio.create_task(self.leader.hold())
        whole = asyncio.create_task(self._is_whole())
        await asyncio.wait([*ends, whole], return_when=asyncio.FIRST_COMPLETED)
        if not whole.done() or not whole.result():
            await self._decline([*ends, whole])
            return
        looping, taking_in = asyncio.create_task(self.loop.run()), self._begin_intake()
        is_shared = not self.store.is_sqlite
        hearing = [asyncio.create_task(bell.listen(self.store, self.loop.wake))] if is_shared else []
        done, _ = await asyncio.wait([*ends, looping, *taking_in], return_when=asyncio.FIRST_COMPLETED)
        await self._end_term(looping, [*taking_in, *ends, *hearing])
        for task in done - {*ends}:
            task.result()

    async def _decline(self, tasks: Sequence[asyncio.Task[Any]]) -> None:
        """Give back what was only just taken, and leave it to others for a while."""
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.leader.give_back()
        self.pulse.is_leading = False
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), DECLINED_S)

    async def _end_term(self, looping: asyncio.Task[None], others: list[asyncio.Task[Any]]) -> None:
        """Ask no more and claim no more, let another lead, and let what is on its way arrive."""
        for task in others:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN_S if self.ended.is_set() else SEND_TIMEOUT_S):
                await asyncio.gather(*others, return_exceptions=True)
                await self.leader.give_back()
                if self.ended.is_set():
                    await self.intake.lanes.finish()
                await self.loop.finish()
        looping.cancel()
        await asyncio.gather(looping, return_exceptions=True)


def run(settings: Settings, wait_s: float | None = None) -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsError, AddressError or StoreError for what the operator must mend, and
    UnavailableError where what is temporary lasted longer than `wait_s` (None: wait for ever)."""
    webhook_settings.check(settings.telegram)
    settings.telegram.secret()
    settings.fallback.address()
    store = connect(settings)
    with ExitStack() as stack:
        stack.callback(store.close)
        service = Service(settings, store, process_name())
        stack.enter_context(watching(settings, service.health))
        asyncio.run(service.run(wait_s))
