"""The webhook's settings looked over: an address and a secret that Telegram takes."""

import re
from urllib.parse import urlsplit

from bot.settings import Fault, SettingsError, TelegramSettings, is_loopback

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Source: Bot API, setWebhook
TAKEN = {"/healthz", "/livez", "/metrics"}


def faults(settings: TelegramSettings) -> list[Fault]:
    """What keeps updates from coming by webhook; [] where they are polled for."""
    if settings.mode != "webhook":
        return []
    try:
        secret = settings.hook_secret()
    except SettingsError as error:
        return [*_faults_of_address(settings), *error.faults]
    return [*_faults_of_address(settings), *_faults_of_secret(secret)]


def _faults_of_address(settings: TelegramSettings) -> list[Fault]:
    parts = urlsplit(settings.webhook_url)
    is_reachable = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(settings.webhook_url))
    if not is_reachable or not parts.hostname or settings.hook_path in TAKEN or set("{}") & set(parts.path):
        return [Fault("telegram.webhook_url", "not-public")]
    return []


def _faults_of_secret(secret: str) -> list[Fault]:
    if not secret:
        return [Fault("telegram.webhook_secret", "no-secret")]
    if not SECRET.fullmatch(secret):
        return [Fault("telegram.webhook_secret", "other-letters")]
    return []


def check(settings: TelegramSettings) -> None:
    """Raises SettingsError for an address or a secret that Telegram would refuse."""
    if found := faults(settings):
        raise SettingsError(*found)
