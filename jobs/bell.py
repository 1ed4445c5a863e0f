"""A bell between processes: a replica that handled an update, or a command that wrote, tells the leader to look.

PostgreSQL only. A ring that is lost costs half a minute at most, for so often the leader looks anyway.
"""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from store.db import postgres
from store.db.engine import Store

log = logging.getLogger(__name__)

CHANNEL = "gihan"
AGAIN_S = 5.0


def ring(store: Store) -> None:
    """Tell whoever listens. A failure is logged, for nothing depends on it."""
    try:
        with store.reader.begin() as connection:
            connection.execute(text(f"NOTIFY {CHANNEL}"))
    except SQLAlchemyError as error:
        log.info("action=ring-failed error=%s", type(error).__name__)


async def listen(store: Store, on_ring: Callable[[], None]) -> None:
    """Call `on_ring` at every ring, until cancelled; a lost connection is made anew."""
    address = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    tcp = {name: value for name, value in postgres.TCP.items() if name not in store.url.query}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True, **tcp) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                on_ring()  # what was rung before we listened
                async for _ in connection.notifies():
                    on_ring()
        except psycopg.Error as error:
            log.info("action=listen-failed error=%s", type(error).__name__)
        await asyncio.sleep(AGAIN_S)
