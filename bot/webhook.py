"""The webhook: its settings looked over, and Telegram asked to call it."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.intake import WANTED
from bot.settings import SettingsError, TelegramSettings, is_loopback
from jobs.limits import retry_pause_s

log = logging.getLogger(__name__)

ASK_AGAIN_MOST_S = 30.0
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Source: Bot API, setWebhook
ERROR_IS_NEWS = timedelta(hours=1)  # what went wrong longer ago has most likely been mended
TAKEN = {"/healthz", "/livez", "/metrics"}


def faults(settings: TelegramSettings) -> list[str]:
    """What keeps updates from coming by webhook; [] where they are polled for."""
    if settings.mode != "webhook":
        return []
    try:
        secret = settings.hook_secret()
    except SettingsError as error:
        return [*_faults_of_address(settings), str(error)]
    return [*_faults_of_address(settings), *_faults_of_secret(secret)]


def _faults_of_address(settings: TelegramSettings) -> list[str]:
    parts = urlsplit(settings.webhook_url)
    is_reachable = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(settings.webhook_url))
    if not is_reachable or not parts.hostname or settings.hook_path in TAKEN or set("{}") & set(parts.path):
        return [
            "telegram.webhook_url: https:// 로 시작하는 공개 주소를 적어 주십시오. 예) https://bot.example.kr/telegram"
        ]
    return []


def _faults_of_secret(secret: str) -> list[str]:
    if not secret:
        return [
            "telegram.webhook_secret: 웹훅 방식에는 비밀값이 필요합니다. 예) openssl rand -hex 32 가 만드는 글자"
        ]
    if not SECRET.fullmatch(secret):
        return ["telegram.webhook_secret: 영문, 숫자, _, - 로 256자까지만 쓸 수 있습니다."]
    return []


def standing(info: WebhookInfo, settings: TelegramSettings, now: datetime) -> list[str]:
    """What Telegram says of the webhook. Of an address only the host is told: its path may be a secret."""
    ours = settings.hook_address if settings.mode == "webhook" else ""
    if info.url and info.url != ours:
        host = urlsplit(info.url).hostname
        return [
            f"telegram.webhook_url: 이 봇의 소식이 다른 주소({host})로 가게 등록되어 있습니다. 같은 토큰을 쓰는 프로그램이"
            " 있으면 끝내십시오. gihan run 이 시작할 때 바로잡습니다."
        ]
    if not info.url or info.last_error_date is None or now - info.last_error_date > ERROR_IS_NEWS:
        return []
    return [
        f"telegram.webhook_url: 텔레그램이 우리 주소로 전하지 못하였습니다({info.last_error_message})."
        " 주소의 경로, 인증서, 방화벽을 확인해 주십시오."
    ]


def check(settings: TelegramSettings) -> None:
    """Raises SettingsError for an address or a secret that Telegram would refuse."""
    if found := faults(settings):
        raise SettingsError("\n".join(found))


async def ask(bot: Bot, settings: TelegramSettings) -> None:
    """Ask until Telegram has taken the address, then rest until cancelled."""
    for failures in range(1, 1_000_000):
        try:
            await bot.set_webhook(
                settings.hook_address,
                secret_token=settings.hook_secret(),
                allowed_updates=WANTED,
            )
            await asyncio.Event().wait()
        except TelegramError as error:
            log.warning("action=webhook-failed error=%s", type(error).__name__)
            await asyncio.sleep(min(ASK_AGAIN_MOST_S, retry_pause_s(failures)))
