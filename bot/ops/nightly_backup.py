"""A backup each night by the running bot, where nothing else on the machine makes one; older ones than a month go."""

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.ops.startup import Unawaited
from bot.settings import Settings
from jobs.clock import real_now
from store.backup import backup as backups
from store.db.engine import Store

log = logging.getLogger(__name__)

NAME = "gihan-{:%Y%m%d-%H%M%S}.zip"  # of a backup for which only a folder is named
OURS = "gihan-*.zip"
FOLDER = "backup"  # beside an embedded store
KEPT = timedelta(days=30)
EVERY = timedelta(days=1)


def folder_of(settings: Settings, store: Store) -> Path | None:
    """Where backups lie; None for a server's store without a folder of its own."""
    beside = store.path.resolve().parent / FOLDER if store.path is not None else None
    return settings.operation.backup_dir or beside


def keep(store: Store, folder: Path, now: datetime, zone: ZoneInfo) -> None:
    """A new backup in the folder, and none there that is older than a month. Raises StoreError or OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / NAME.format(now.astimezone(zone))
    backups.backup(store, path, now)
    for one in folder.glob(OURS):
        if age(one, now) > KEPT:
            one.unlink()


def age(path: Path, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - path.stat().st_mtime)


def is_overdue(folder: Path, now: datetime) -> bool:
    """A night was missed: the bot did not run, or this is its first day."""
    return not any(age(one, now) <= EVERY for one in folder.glob(OURS))


class Nightly:
    """What the loop calls each night. A failure is told in the log, and by `gihan doctor` the day after."""

    def __init__(self, store: Store, folder: Path, zone: ZoneInfo) -> None:
        self.store, self.folder, self.zone = store, folder, zone
        self.threads = Unawaited()  # a large backup holds up no end

    def is_overdue(self) -> bool:
        return is_overdue(self.folder, real_now())

    async def run(self) -> None:
        here = asyncio.get_running_loop()
        try:
            await here.run_in_executor(self.threads, keep, self.store, self.folder, real_now(), self.zone)
        except Exception as error:
            log.error("action=backup-failed error=%s", type(error).__name__)
        else:
            log.info("action=backup")
