"""One update -> one effect, in one transaction with its inbox row."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy.orm import Session
from telegram import Update

from bot.chat.turn import Office
from bot.documents.upload import Attachment
from bot.intake import menus
from bot.intake.conversation import Conversation, owe
from bot.intake.menus import Menu
from bot.privacy import guard
from bot.privacy.levels import KEEPS_TYPED
from bot.texts import render
from jobs.authority.access import Action, actor_of, has
from jobs.clock import Clock, real_now
from jobs.plans.register import Registrar
from jobs.plans.registration import RegisterError
from store import inbox
from store.audit import Who
from store.db.engine import Store
from store.db.errors import BUSY

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_TRIES = 5  # each waits for the store's own time-out first
BUSY_PAUSE_S = 1.0
NO_GROUP = 0  # chats of groups have numbers below it
SLOW_S = 5.0  # everybody else waits for a transaction that lasts longer
TRIES = 2  # an update that breaks twice is put aside with its error, and its sender is told


@dataclass(frozen=True)
class Incoming:
    """An update as the inbox keeps it, with the file it brings."""

    inbox_id: int
    update: Update
    attachment: Attachment | None = None


class Dispatcher:
    """Handles updates of the inbox. Both ways run in a thread and may be called at once for several chats."""

    def __init__(self, store: Store, office: Office, clock: Clock) -> None:
        self.store = store
        self.office = office
        self.clock = clock

    def handle(self, inbox_id: int, update: Update, attachment: Attachment | None = None) -> Menu | None:
        """The effect of the update and the mark that it is handled, together or not at all.

        Gives the chat's new command menu where it changed. Nothing happens on a second call.
        """
        for last_try in [False] * (TRIES - 1) + [True]:
            try:
                (menu,) = self._when_free(lambda: self._handle([Incoming(inbox_id, update, attachment)]))
            except BUSY:
                raise  # the store is busy or gone: the update stays owed and is offered again
            except Exception as error:
                log.exception("action=handle-failed inbox=%d", inbox_id)
                if last_try:
                    self.put_aside(inbox_id, error)
            else:
                return menu
        return None

    def handle_all(self, incoming: Sequence[Incoming]) -> list[Menu | Exception | None]:
        """The same for some updates of different chats: in a rush they share one transaction, and one wait for the
        disk. Where one of them breaks or brings a file, each is handled by itself, and stops nobody else's."""
        if len(incoming) > 1 and not any(one.attachment for one in incoming):
            try:
                return [*self._handle(incoming)]
            except Exception as error:
                log.info("action=handled-apart count=%d error=%s", len(incoming), type(error).__name__)
        return [self._apart(one) for one in incoming]

    def _apart(self, one: Incoming) -> Menu | Exception | None:
        try:
            return self.handle(one.inbox_id, one.update, one.attachment)
        except Exception as error:
            return error

    def _handle(self, incoming: Sequence[Incoming]) -> list[Menu | None]:
        menus, handled = [], []
        with self.store.write() as session:
            begun_at = time.monotonic()
            for one in incoming:
                talked = self._talk(session, one)
                menus.append(talked.menu if talked else None)
                handled += [one.inbox_id] if talked else []
                session.flush()
                session.expunge_all()  # the next one sees what stands in the store, as if it were alone
        if (took_s := time.monotonic() - begun_at) > SLOW_S:
            log.warning("action=slow-transaction inbox=%d seconds=%d", incoming[0].inbox_id, took_s)
        for number in handled:
            log.info("action=handled inbox=%d", number)
        return menus

    def _talk(self, session: Session, one: Incoming) -> Conversation | None:
        """The effect of one update; None where there was one before."""
        row = inbox.take(session, one.inbox_id)
        if row is None:
            return None
        with guard.speaking(self.office.privacy):
            conversation = Conversation(session, self.clock.now(), self.office, f"inbox:{one.inbox_id}")
            conversation.attachment = one.attachment
            conversation.take(one.update)
            inbox.mark_handled(row, real_now())
            if not guard.takes_in():
                inbox.forget_words(row)
        return conversation

    def _when_free(self, work: Callable[[], T]) -> T:
        """The work, tried again while another process holds the store. Raises one of BUSY in the end."""
        for _ in range(BUSY_TRIES - 1):
            try:
                return work()
            except BUSY as error:
                log.warning("action=store-busy error=%s", type(error.orig).__name__)
                time.sleep(BUSY_PAUSE_S)
        return work()

    def outdated_menus(self) -> list[Menu]:
        """Menus of linked chats whose people hold other roles now: granted or ended since the menu was set."""
        today = self.office.rules.calendar.local_date(self.clock.now())
        with self.store.write() as session:
            return menus.outdated(session, today)

    def forget_menu(self, chat_id: int) -> None:
        """The menu could not be set: the next message tries again."""
        with self.store.write() as session:
            menus.forget(session, chat_id)

    def may_send_documents(self, chat_id: int, user_id: int) -> bool:
        """Whether a document of that sender is worth fetching at all."""
        today = self.office.rules.calendar.local_date(self.clock.now())
        with self.store.read() as session:
            actor = actor_of(session, chat_id, user_id, today)
            return self.office.privacy in KEEPS_TYPED and actor is not None and has(actor, Action.PLANS)

    def looked_at(self, attachment: Attachment) -> Attachment:
        """The document with what registering it would do: compared before its turn, while nobody waits for it."""
        if attachment.draft is None:
            return attachment
        now, rules, nobody = self.clock.now(), self.office.rules, Who(None, "", "", "")
        try:
            with guard.speaking(self.office.privacy), self.store.read() as session:
                registrar = Registrar(
                    session, attachment.draft, attachment.name, now, rules, nobody, wording=guard
                )
                return replace(attachment, preview=registrar.preview())
        except RegisterError as error:
            return replace(attachment, draft=None, fault=str(error))

    def put_aside(self, inbox_id: int, error: Exception) -> None:
        """It broke and is not tried again: kept with its error, and whoever wrote it is told. Raises one of BUSY."""
        self._end(inbox_id, f"{type(error).__name__}: {error}", "apology")

    def give_up(self, inbox_id: int, attempts: int) -> None:
        """It was begun often enough and outlived by no process. Raises one of BUSY."""
        log.error("action=given-up inbox=%d attempts=%d", inbox_id, attempts)
        self._end(inbox_id, inbox.GIVEN_UP, "given_up")

    def _end(self, inbox_id: int, error: str, template: str) -> None:
        with self.store.write() as session:
            row = inbox.take(session, inbox_id)
            if row is None:
                return
            inbox.mark_failed(row, real_now(), error)
            if self.office.privacy not in KEEPS_TYPED:
                inbox.forget_words(row)
            if row.chat_id is not None and row.chat_id > NO_GROUP:
                text = render.text(template, number=inbox_id)
                owe(session, row.chat_id, self.clock.now(), f"inbox:{inbox_id}", text)
