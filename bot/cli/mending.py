"""`gihan doctor --fix`: what a program can mend by itself without losing anything: permissions, folders, an older form."""

from contextlib import closing
from pathlib import Path

from bot import open_store
from bot.cli.machine import for_owner_only
from bot.ops.before_upgrade import keep_before_upgrade
from bot.settings import Settings
from bot.texts.render import label
from bot.texts.terminal import echo
from store.db import schema


def mended(settings: Settings, config: Path | None) -> None:
    """Mends, and says each thing it does. Raises StoreError where the store cannot be had."""
    folder = settings.operation.backup_dir
    if folder is not None and folder.parent.is_dir() and not folder.exists():
        folder.mkdir(mode=0o700)
        echo(label("cli.mended.folder", path=folder))
    with closing(open_store.connect(settings)) as store:
        for path in for_owner_only(settings, config, store.path):
            path.chmod(path.stat().st_mode & ~0o077)
            echo(label("cli.mended.permission", path=path))
        kept = keep_before_upgrade(settings, store)
        if kept is not None:
            open_store.upgrade(store)
            echo(label("cli.mended.upgraded", version=schema.newest_version(), path=kept))
