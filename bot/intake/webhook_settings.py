"""The webhook's settings looked over: an address and a secret that Telegram takes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.settings import SettingsError, TelegramSettings, is_loopback

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Source: Bot API, setWebhook
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


def check(settings: TelegramSettings) -> None:
    """Raises SettingsError for an address or a secret that Telegram would refuse."""
    if found := faults(settings):
        raise SettingsError("\n".join(found))
