"""A last try in a process of its own for an update or a message that two processes have not outlived.

Whoever is ended from outside twice at the wrong moment did no wrong: it is handled here as anywhere else. What ends
or holds the process it is handled in ends or holds this one, which has narrow limits and does nothing else.
"""

import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress

from bot.chat.turn import Office
from bot.chat.update import read
from bot.digest.daily_message import DigestRenderer
from bot.digest.files import Files
from bot.intake.dispatch import Dispatcher
from bot.open_store import clock_of, connect, rules_of
from bot.ops import logs
from bot.settings import Settings
from jobs.delivery.deliver import UnmadeError
from store.db.errors import BUSY
from store.models import Delivery, InboxUpdate

CPU_S = 10  # a message takes some hundredths
WAIT_S = 60.0
MEMORY_BYTES = 2 << 30
LEFT_OWED = 75  # the store was busy, which says nothing about what is tried


def run(settings: Settings, bot_id: int, inbox_id: int) -> bool:
    """Whether the update came to an end there: handled, put aside with its error, or left owed by a store that is busy.

    One that brings a document is not tried: it would be read here. Blocks, with its limits, for a minute at most.
    """
    return _ended(_handle, settings, bot_id, inbox_id) in {0, LEFT_OWED}


def write(settings: Settings, bot_id: int, delivery_id: int) -> bool | None:
    """Whether the message of the ledger could be written there, or raised, which ends nobody; None where the store was
    busy. Nothing is sent, and nothing of it stays."""
    code = _ended(_write, settings, bot_id, delivery_id)
    return None if code == LEFT_OWED else code == 0


def _ended(
    target: Callable[[Settings, int, int], None], settings: Settings, bot_id: int, number: int
) -> int | None:
    """How the process ended that did it, with its exit code."""
    child = multiprocessing.get_context("spawn").Process(
        target=target, args=(settings, bot_id, number), name="gihan-trial", daemon=True
    )
    child.start()
    child.join(WAIT_S)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode


def _limit(settings: Settings) -> None:
    logs.configure(settings.log.level)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _write(settings: Settings, bot_id: int, delivery_id: int) -> None:
    """In the child: the message is written as it would be to be sent. Its file is made elsewhere, and not here."""
    _limit(settings)
    store = connect(settings)
    office = Office.of(settings, rules_of(settings), bot_id)
    render = DigestRenderer(office, Files(store, office, lambda: None))
    code = 0
    try:
        with store.read() as session, suppress(UnmadeError):
            render(session, session.get_one(Delivery, delivery_id), clock_of(settings).now())
    except BUSY:
        code = LEFT_OWED
    except Exception:  # it will be refused with it, and ends nobody
        code = 0
    os._exit(code)  # a file that was begun is nobody's


def _handle(settings: Settings, bot_id: int, inbox_id: int) -> None:
    """In the child: the update's whole effect, and nothing for the process that waits but how it ended."""
    _limit(settings)
    store = connect(settings)
    with store.read() as session:
        raw = session.get_one(InboxUpdate, inbox_id).raw
    update = read(raw, None)
    if update.message is not None and update.message.document is not None:
        sys.exit(1)
    dispatcher = Dispatcher(store, Office.of(settings, rules_of(settings), bot_id), clock_of(settings))
    try:
        dispatcher.handle(inbox_id, update)
    except BUSY:
        sys.exit(LEFT_OWED)
