"""What `gihan doctor` looks at on the machine: clock, disk, permissions, fonts, the age of the backups."""

from __future__ import annotations

import os
import shutil
import tomllib
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from bot.opening import connect
from bot.settings import Settings, TelegramSettings
from jobs.clock import real_now
from jobs.settings import FallbackSettings
from store.db.errors import StoreError
from store.db.settings import StoreSettings

LEAST_FREE_BYTES = 200 << 20
LEAST_FREE_FILES = 1000
OLDEST_BACKUP = timedelta(hours=36)  # one night may have failed
FONT_PACKAGE = "koreanize_matplotlib"


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
        faults.append(
            f"store: {folder} 에 남은 공간이 {free >> 20} MB뿐입니다. 오래된 파일을 지우거나 디스크를 늘려 주십시오."
        )
    files = os.statvfs(folder)
    if files.f_files and files.f_favail < LEAST_FREE_FILES:
        faults.append(
            f"store: {folder} 에 만들 수 있는 파일이 {files.f_favail}개뿐입니다(inode). 작은 파일들을 지워 주십시오."
        )
    return faults


def permissions(store: Path) -> list[str]:
    """The folder can be written to; what holds names and chats is for its owner only."""
    faults = []
    folder = store.resolve().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        faults.append(
            f"store.url: {folder} 폴더에 쓸 수 없습니다. gihan을 실행하는 계정에 쓰기 권한을 주십시오."
        )
    if store.exists() and not os.access(store, os.W_OK):
        faults.append(f"store.url: {store} 파일에 쓸 수 없습니다. 파일의 소유자를 확인해 주십시오.")
    return faults + readable("store.url", store)


def readable(key: str, path: Path | None) -> list[str]:
    """A fault where others than its owner may read the file."""
    if path is None or not path.is_file() or not path.stat().st_mode & 0o077:
        return []
    return [f"{key}: {path} 파일을 다른 계정도 읽을 수 있습니다. chmod 600 {path} 를 실행해 주십시오."]


def secrets(settings: Settings, config: Path | None) -> list[str]:
    """Files with a secret in them that others may read: those of their own, and the settings where one is in there."""
    files = {
        "telegram.token_file": settings.telegram.token_file,
        "telegram.webhook_secret_file": settings.telegram.webhook_secret_file,
        "store.password_file": settings.store.password_file,
        "fallback.url_file": settings.fallback.url_file,
    }
    found = [fault for key, path in files.items() for fault in readable(key, path)]
    if config is not None and (held := _held_in(config)):
        found += [
            f"{fault} 비밀값({', '.join(held)})은 *_file 로 따로 둘 수도 있습니다."
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
    spec = find_spec(FONT_PACKAGE)
    where = Path(spec.origin).parent if spec is not None and spec.origin else None
    if where is None or not any(where.rglob("*.ttf")):
        return [
            f"fonts: 한글 글꼴({FONT_PACKAGE})이 없습니다. requirements.lock 의 패키지를 다시 설치해 주십시오."
        ]
    return []


def backups(settings: Settings) -> list[str]:
    """The newest backup in the folder that is set; [] where none is set."""
    folder = settings.operation.backup_dir
    return [] if folder is None else age_of_backups(folder, real_now())


def unset(settings: Settings) -> list[str]:
    """What a bot that is to run for years has besides; without it, it runs as well."""
    operation = settings.operation
    missing = {
        "backup_dir: 백업 폴더를 적어 두시면 마지막 백업이 오래되었을 때 알려 드립니다.": operation.backup_dir,
        "admin_chat_id: 대화방 번호를 적어 두시면 봇이 멈추었을 때 그 대화방에 알립니다.": operation.admin_chat_id,
        "heartbeat_url: 감시 서비스의 주소를 적어 두시면 서버가 통째로 멈추어도 알 수 있습니다.": (
            operation.heartbeat_url.get_secret_value() or None
        ),
    }
    return [f"operation.{words}" for words, value in missing.items() if value is None]


def age_of_backups(folder: Path, now: datetime) -> list[str]:
    if not folder.is_dir():
        return [f"operation.backup_dir: {folder} 폴더가 없습니다. 만들거나 설정을 고쳐 주십시오."]
    found = [one.stat().st_mtime for one in folder.glob("*.zip")]
    if not found:
        return [
            f"operation.backup_dir: {folder} 에 백업이 없습니다. gihan backup {folder} 을 실행해 주십시오."
        ]
    age = timedelta(seconds=now.timestamp() - max(found))
    if age > OLDEST_BACKUP:
        hours = age.total_seconds() // 3600
        return [
            f"operation.backup_dir: 마지막 백업이 {hours:.0f}시간 전입니다. 백업 타이머(gihan-backup.timer)나"
            " 실행 기록의 action=backup-failed 를 확인해 주십시오."
        ]
    return []
