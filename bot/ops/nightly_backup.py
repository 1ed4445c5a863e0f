"""A backup each night by the running bot, where nothing else on the machine makes one."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.ops.startup import Unawaited
from bot.settings import Settings
from jobs.clock import real_now
from store.backup.retention import is_overdue, keep, newest_at
from store.db.engine import Store

log = logging.getLogger(__name__)

FOLDER = "backup"  # beside an embedded store


def folder_of(settings: Settings, store: Store) -> Path | None:
    """Where backups lie; None for a server's store without a folder of its own."""
    beside = store.path.resolve().parent / FOLDER if store.path is not None else None
    return settings.operation.backup_dir or beside


def last_backup_at(settings: Settings, store: Store) -> datetime | None:
    """When the newest backup was written; None where none is known of, or time is played (a sandbox)."""
    folder = folder_of(settings, store)
    return newest_at(folder) if folder is not None and settings.clock.file is None else None


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
