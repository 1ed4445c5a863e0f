"""What `gihan doctor` looks at on the machine: clock, disk, permissions, fonts, the age of the backups."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from pathlib import Path

import httpx
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.opening import connect
from bot.settings import Settings
from jobs.clock import real_now
from store.errors import StoreError

MOST_DRIFT = timedelta(seconds=30)
LEAST_FREE_BYTES = 200 << 20
LEAST_FREE_FILES = 1000
OLDEST_BACKUP = timedelta(hours=36)  # one night may have failed
ASK_WITHIN_S = 10.0
FONT_PACKAGE = "koreanize_matplotlib"


def clock_drift(settings: Settings) -> list[str]:
    """This machine's clock against the one in Telegram's answers; [] where there is no way to Telegram."""
    try:
        answer = httpx.get(settings.telegram.api_base, timeout=ASK_WITHIN_S)
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return []  # told by the step of the token, or a proxy that tells no time
    return drift(real_now(), theirs)


def drift(ours: datetime, theirs: datetime) -> list[str]:
    apart = ours - theirs
    if abs(apart) <= MOST_DRIFT:
        return []
    word = "빠릅니다" if apart > timedelta(0) else "느립니다"
    seconds = abs(apart).total_seconds()
    return [
        f"clock: 이 컴퓨터의 시각이 텔레그램보다 {seconds:.0f}초 {word}. 시각 동기화를 켜 주십시오. 예) timedatectl set-ntp true"
    ]


def disk(settings: Settings) -> list[str]:
    """Room and permissions where the store lies; [] for a database server, whose own it is."""
    try:
        path = connect(settings).path
    except StoreError:
        return []  # told by the step of the store
    if path is None:
        return []
    return room(path.resolve().parent) + permissions(path, settings.telegram.token_file)


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


def permissions(store: Path, token_file: Path | None) -> list[str]:
    """The folder can be written to; what holds names, chats or the token is for its owner only."""
    faults = []
    folder = store.resolve().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        faults.append(
            f"store.url: {folder} 폴더에 쓸 수 없습니다. gihan을 실행하는 계정에 쓰기 권한을 주십시오."
        )
    if store.exists() and not os.access(store, os.W_OK):
        faults.append(f"store.url: {store} 파일에 쓸 수 없습니다. 파일의 소유자를 확인해 주십시오.")
    for path, key in ((store, "store.url"), (token_file, "telegram.token_file")):
        if path is not None and path.is_file() and path.stat().st_mode & 0o077:
            faults.append(
                f"{key}: {path} 파일을 다른 계정도 읽을 수 있습니다. chmod 600 {path} 를 실행해 주십시오."
            )
    return faults


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
            f"operation.backup_dir: 마지막 백업이 {hours:.0f}시간 전입니다. 백업 타이머(gihan-backup.timer)를 확인해 주십시오."
        ]
    return []


async def admin_chat(bot: Bot, chat_id: int | None) -> list[str]:
    """The chat that alarms go to can be written to. Raises TelegramError where Telegram cannot be asked."""
    if chat_id is None:
        return []
    try:
        await bot.get_chat(chat_id)
    except (BadRequest, Forbidden):
        return [
            "operation.admin_chat_id: 봇이 이 대화방에 쓸 수 없습니다. 알림을 받을 사람이 봇에게 먼저 /start 를 보내 주십시오."
        ]
    return []
