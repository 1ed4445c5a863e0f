"""Going back to a backup: who may, where to, and what the restored ledger may not do blindly."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from jobs.delivery.outcomes import doubt
from jobs.leader import FileLeader
from jobs.texts import kept
from store import audit, deliveries, invites, leases
from store.audit import Who
from store.backup import restore
from store.backup.archive import ArchiveReader, Manifest
from store.backup.backup import backup, counter_of
from store.db import meta
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import Delivery, Number
from store.states import DeliveryKind, DeliveryState

NUMBERS_LEFT_OUT = 1000  # may have been given and shown since the backup was made
RESTORED = "restored"
STORE = "store"  # the subject of the audit entry

assert isinstance(Number.__table__, Table)
NUMBERS: Table = Number.__table__


@dataclass(frozen=True)
class Wish:
    """What the operator asked for. `is_moved`: nothing has happened since the backup, the store only moves.

    `now` is business time, `today` the organisation's day, `real_now` real time.
    """

    now: datetime
    today: date
    real_now: datetime
    force: bool = False
    is_moved: bool = False


@dataclass
class Restored:
    """What was done, for the operator. `set_aside`: where the contents before it are kept."""

    manifest: Manifest
    set_aside: Path | None = None
    marked: int = 0
    carried: int = 0
    in_doubt: int = 0
    voided: int = 0
    first_number: int = 0


def go_back(store: Store, path: Path, wish: Wish) -> Restored:
    """Put the backup into the store. Raises StoreError, and changes nothing, where that may not be."""
    archive = ArchiveReader(path)
    try:
        restore.check(archive)
        done = Restored(archive.manifest)
        if store.path is not None:
            with FileLeader(store.path):
                _into_file(store, store.path, archive, wish, done)
        else:
            _into_server(store, archive, wish, done)
    finally:
        archive.close()
    return done


def _into_file(store: Store, path: Path, archive: ArchiveReader, wish: Wish, done: Restored) -> None:
    """A new file is filled beside the old one and takes its place at the end; the old one is kept."""
    had_content, last_number = _embedded(store) if path.exists() else (False, None)
    _refuse_full(had_content, wish)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    unfinished = Path(name)
    try:
        fresh = Store(store.url.set(database=name).render_as_string())
        with fresh.writer.begin() as connection:
            _fill(connection, archive, wish, done, last_number)
        fresh.close()
        store.close()
        if had_content:
            done.set_aside = path.with_name(f"{path.name}.before-{wish.real_now:%Y%m%d-%H%M%S}")
        _swap(path, unfinished, done.set_aside)
    finally:
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(name + ending).unlink()


def _swap(path: Path, unfinished: Path, set_aside: Path | None) -> None:
    """The old file and its log go aside, or away where nothing was in it; the new one takes the name."""
    for ending in ("", "-wal", "-shm"):
        old = Path(f"{path}{ending}")
        if set_aside is not None and old.exists():
            old.replace(f"{set_aside}{ending}")
        else:
            old.unlink(missing_ok=True)
    unfinished.replace(path)


def _embedded(store: Store) -> tuple[bool, int | None]:
    """Whether the file holds anything, and the last number it gave; a file that cannot be read holds something."""
    try:
        with store.reader.connect() as connection:
            return restore.has_content(connection), _last_number(connection)
    except (SQLAlchemyError, StoreError):
        return True, None


def _last_number(connection: Connection) -> int | None:
    try:
        return counter_of(connection, NUMBERS)
    except SQLAlchemyError:
        return None


def _into_server(store: Store, archive: ArchiveReader, wish: Wish, done: Restored) -> None:
    _refuse_living(store)
    with store.reader.connect() as connection:
        had_content = restore.has_content(connection)
        last_number = _last_number(connection) if had_content else None
    _refuse_full(had_content, wish)
    if had_content:
        kept = archive.path.resolve()
        done.set_aside = kept.with_name(f"{kept.name}.before-{wish.real_now:%Y%m%d-%H%M%S}.zip")
        backup(store, done.set_aside, wish.real_now)
    with store.writer.begin() as connection:
        restore.clear(connection)
        _fill(connection, archive, wish, done, last_number)


def _refuse_full(had_content: bool, wish: Wish) -> None:
    if had_content and not wish.force:
        raise StoreError("full")


def _refuse_living(store: Store) -> None:
    """Somebody serves from this database: the lease is held, and it is given back at every end in order."""
    try:
        with store.read() as session:
            is_held = leases.is_held(session)
    except SQLAlchemyError:
        return  # no tables yet
    if is_held:
        raise StoreError("in-use")


def _fill(
    connection: Connection, archive: ArchiveReader, wish: Wish, done: Restored, last_number: int | None
) -> None:
    restore.load(connection, archive)
    with Session(connection, expire_on_commit=False) as session:
        settle(session, wish, done)
        session.commit()
    last = counter_of(connection, NUMBERS) or 0
    if not wish.is_moved:
        last = max(last, last_number if last_number is not None else last + NUMBERS_LEFT_OUT)
        restore.set_counter(connection, NUMBERS, last)
    done.first_number = last + 1


def settle(session: Session, wish: Wish, done: Restored) -> None:
    """What may have happened between the backup and now is not taken for undone.

    Messages that were not out then may be out now: they are repeated once, marked, as after any uncertain send;
    daily messages of past days give their items to the next one. Link codes may have been used: all are void.
    """
    meta.forget(session, meta.LAST_TICK_AT)
    if not wish.is_moved:
        for delivery in deliveries.unfinished(session):
            _doubt(session, delivery, wish, done)
        done.voided = invites.void_all(session, wish.now)
        meta.put(session, meta.RESTORED_AT, wish.now.isoformat())
        meta.put(session, meta.RESTORED_FROM, done.manifest.made_at.isoformat())
    facts = {"made_at": done.manifest.made_at, "version": done.manifest.version, "is_moved": wish.is_moved}
    who = Who(None, kept("running.actor.operator"), "cli", f"restore:{wish.real_now.isoformat()}")
    audit.Act(session, who, wish.now).record(RESTORED, STORE, after=facts)


def _doubt(session: Session, delivery: Delivery, wish: Wish, done: Restored) -> None:
    if delivery.day is not None and delivery.day < wish.today:
        deliveries.carry_over(delivery)
        done.carried += 1
        return
    if delivery.state is DeliveryState.SENDING:
        doubt(session, delivery, wish.real_now, "restored from a backup made while it was on its way")
    elif delivery.kind is not DeliveryKind.EDIT:
        delivery.uncertain_sends = max(1, delivery.uncertain_sends)
    if delivery.state is DeliveryState.UNCERTAIN:
        done.in_doubt += 1
    elif delivery.uncertain_sends:
        done.marked += 1
