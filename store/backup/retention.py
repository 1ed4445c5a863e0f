"""How long backups are kept (보관 기간): a new one in the folder, older ones than a month go; and whether one is overdue."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from store.backup import backup as backups
from store.db.engine import Store

NAME = "gihan-{:%Y%m%d-%H%M%S}.zip"  # of a backup for which only a folder is named
OURS = "gihan-*.zip"
KEPT = timedelta(days=30)  # ops/gihan-backup.service keeps them as long
EVERY = timedelta(days=1)
OLDEST = timedelta(hours=36)  # one night may have failed


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


def newest_at(folder: Path) -> datetime | None:
    """When the newest backup there was written, whoever made it; None for none, or no folder."""
    written = [one.stat().st_mtime for one in folder.glob("*.zip")]
    return datetime.fromtimestamp(max(written), UTC) if written else None


def is_overdue(folder: Path, now: datetime) -> bool:
    """A night was missed: the bot did not run, or this is its first day."""
    return not any(age(one, now) <= EVERY for one in folder.glob(OURS))
