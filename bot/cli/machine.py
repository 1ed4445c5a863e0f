"""What `gihan doctor` looks at on the machine: clock, disk, permissions, fonts, the age of the backups."""

import os
import shutil
import tomllib
from datetime import datetime
from pathlib import Path

from bot.open_store import connect
from bot.settings import Settings, TelegramSettings
from bot.texts.render import label
from gihan.fonts import KOREAN
from jobs.clock import real_now
from jobs.settings import FallbackSettings
from store.backup.retention import OLDEST, newest_at
from store.db.errors import StoreError
from store.db.settings import StoreSettings

LEAST_FREE_BYTES = 200 << 20
LEAST_FREE_FILES = 1000


def disk(settings: Settings) -> list[str]:
    """Room and permissions where the store lies; [] for a database server, whose own it is."""
    try:
        path = connect(settings).path
    except StoreError:
        return []  # told by the step of the store
    if path is None:
        return []
    return room(path.resolve().parent) + permissions(path)


def room(folder: Path) -> list[str]:
    faults = []
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        faults.append(label("cli.machine.room", path=folder, size=free >> 20))
    files = os.statvfs(folder)
    if files.f_files and files.f_favail < LEAST_FREE_FILES:
        faults.append(label("cli.machine.files", path=folder, count=files.f_favail))
    return faults


def permissions(store: Path) -> list[str]:
    """The folder can be written to; what holds names and chats is for its owner only."""
    faults = []
    folder = store.resolve().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        faults.append(label("cli.machine.folder", path=folder))
    if store.exists() and not os.access(store, os.W_OK):
        faults.append(label("cli.machine.store", path=store))
    return faults + readable("store.url", store)


def readable(key: str, path: Path | None) -> list[str]:
    """A fault where others than its owner may read the file."""
    if path is None or not path.is_file() or not path.stat().st_mode & 0o077:
        return []
    return [label("cli.machine.readable", key=key, path=path)]


def secret_files(settings: Settings) -> dict[str, Path | None]:
    """Files that hold nothing but a secret, by the key that names them."""
    return {
        "telegram.token_file": settings.telegram.token_file,
        "telegram.webhook_secret_file": settings.telegram.webhook_secret_file,
        "store.password_file": settings.store.password_file,
        "fallback.url_file": settings.fallback.url_file,
    }


def for_owner_only(settings: Settings, config: Path | None, store: Path | None) -> list[Path]:
    """What is there and others may read, though it holds a secret, names or chats."""
    held = config if config is not None and _held_in(config) else None
    watched = [*secret_files(settings).values(), held, store]
    return [one for one in watched if one is not None and readable("", one)]


def secrets(settings: Settings, config: Path | None) -> list[str]:
    """Files with a secret in them that others may read: those of their own, and the settings where one is in there."""
    found = [fault for key, path in secret_files(settings).items() for fault in readable(key, path)]
    if config is not None and (held := _held_in(config)):
        found += [
            label("cli.machine.held", fault=fault, keys=", ".join(held))
            for fault in readable("config", config)
        ]
    return found


def _held_in(config: Path) -> list[str]:
    """The keys of secrets that stand in the file itself, whatever the environment says instead."""
    try:
        content = tomllib.loads(config.read_text(encoding="utf-8"))
        telegram = TelegramSettings.model_validate(content.get("telegram", {}))
        store = StoreSettings.model_validate(content.get("store", {}))
        fallback = FallbackSettings.model_validate(content.get("fallback", {}))
    except (OSError, ValueError):
        return []  # told where the settings are read
    held = {
        "telegram.token": telegram.token.get_secret_value(),
        "telegram.webhook_secret": telegram.webhook_secret.get_secret_value(),
        "store.url": store.has_password,
        "fallback.url": fallback.url.get_secret_value(),
    }
    return [key for key, is_there in held.items() if is_there]


def fonts(_settings: Settings) -> list[str]:
    """The Korean font that pictures are drawn with."""
    return [] if KOREAN.is_file() else [label("cli.machine.fonts", path=KOREAN)]


def backups(settings: Settings) -> list[str]:
    """The newest backup in the folder that is set; [] where none is set."""
    folder = settings.operation.backup_dir
    return [] if folder is None else age_of_backups(folder, real_now())


def unset(settings: Settings) -> list[str]:
    """What a bot that is to run for years has besides; without it, it runs as well."""
    operation = settings.operation
    missing = {
        "backup_dir": operation.backup_dir,
        "admin_chat_id": operation.admin_chat_id,
        "heartbeat_url": operation.heartbeat_url.get_secret_value() or None,
    }
    return [label(f"cli.machine.unset.{key}") for key, value in missing.items() if value is None]


def age_of_backups(folder: Path, now: datetime) -> list[str]:
    if not folder.is_dir():
        return [label("cli.machine.no-folder", path=folder)]
    newest = newest_at(folder)
    if newest is None:
        return [label("cli.machine.no-backup", path=folder)]
    age = now - newest
    if age > OLDEST:
        hours = age.total_seconds() // 3600
        return [label("cli.machine.old-backup", hours=f"{hours:.0f}")]
    return []
