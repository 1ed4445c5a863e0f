"""A last try in a process of its own for an update that two processes have not outlived.

Whoever is ended from outside twice at the wrong moment did no wrong: it is handled here as anywhere else. What ends
or holds the process it is handled in ends or holds this one, which has narrow limits and does nothing else.
"""

import multiprocessing
import resource
import sys

from bot.chat.turn import Office
from bot.chat.update import read
from bot.intake.dispatch import Dispatcher
from bot.opening import clock_of, connect, rules_of
from bot.ops import logs
from bot.settings import Settings
from store.db.errors import BUSY
from store.models import InboxUpdate

CPU_S = 10  # a message takes some hundredths
WAIT_S = 60.0
MEMORY_BYTES = 2 << 30
LEFT_OWED = 75  # the store was busy, which says nothing about the update


def run(settings: Settings, bot_id: int, inbox_id: int) -> bool:
    """Whether it came to an end there: handled, put aside with its error, or left owed by a store that is busy.

    One that brings a document is not tried: it would be read here. Blocks, with its limits, for a minute at most.
    """
    child = multiprocessing.get_context("spawn").Process(
        target=_handle, args=(settings, bot_id, inbox_id), name="gihan-trial", daemon=True
    )
    child.start()
    child.join(WAIT_S)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode in {0, LEFT_OWED}


def _handle(settings: Settings, bot_id: int, inbox_id: int) -> None:
    """In the child: the update's whole effect, and nothing for the process that waits but how it ended."""
    logs.configure(settings.log.level)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
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
