"""A backup before the tables of an older store are brought up to date: the way back, with the older wheel (docs/operation.md)."""

from pathlib import Path

from bot.open_store import refuse_emptied
from bot.ops.nightly_backup import folder_of
from bot.settings import Settings
from jobs.clock import real_now
from store.backup import backup as backups
from store.backup.archive import BackupError
from store.db import schema
from store.db.engine import Store

# Not a name of the nightly ones: it stays until somebody takes it away, and tells nothing of the age of those.
NAME = "before-upgrade-{version}-{moment:%Y%m%d-%H%M%S}.zip"


def keep_before_upgrade(settings: Settings, store: Store) -> Path | None:
    """The backup, in the folder of the backups or, for a server's store without one, in the current folder; None where
    nothing is to be brought up to date.

    Raises BackupError where it cannot be made: then nothing is changed. What the upgrade itself refuses is not kept.
    StoreError for an emptied store, before anybody looks into it, which would make it a new one.
    """
    refuse_emptied(store)
    version = schema.current_version(store)
    if version is None or version == schema.newest_version() or not schema.is_known(version):
        return None
    folder, now = folder_of(settings, store) or Path.cwd(), real_now()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BackupError("not-written", path=folder, error=error.strerror) from error
    path = folder / NAME.format(version=version, moment=now.astimezone(settings.organisation.zone))
    backups.backup(store, path, now, overwrite=True)  # one of the same second is of the same store
    return path
