"""Settings: config.toml and environment -> one object, composed of each room's own settings model."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.privacy.levels import Level
from jobs.settings import (
    ApprovalSettings,
    CalendarSettings,
    ClockSettings,
    EscalationSettings,
    FallbackSettings,
    LinkSettings,
    ReminderSettings,
)
from plans.characters import composed, number_of
from reports.settings import RoundSettings
from store.db.secrets import SecretFileError, read_secret
from store.db.settings import StoreSettings

ENV_PREFIX = "GIHAN_"
CONFIG_VARIABLE = "GIHAN_CONFIG"
DEFAULT_CONFIG = Path("config.toml")
HOOK_PATH = "/telegram"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST_PORT = 65535


# What a fault of a value means, by the beginning of pydantic's type of it.
REASONS = {
    "int": "숫자여야 합니다. 예) 30",
    "bool": "true 또는 false여야 합니다.",
    "tuple": "목록이어야 합니다. 예) [30, 7, 1, 0]",
    "date": "날짜여야 합니다. 예) 2026-10-02",
    "time": "시각이어야 합니다. 예) 09:10",
    "string": "따옴표로 묶은 글이어야 합니다.",
    "greater_than": "1 이상의 숫자여야 합니다.",
    "model": "[구역] 아래에 적어 주십시오.",
}


def is_loopback(address: str) -> bool:
    """The address is one of this machine."""
    return urlsplit(address).hostname in LOOPBACK


class SettingsError(Exception):
    """The configuration cannot be used; the message has one line per fault."""


class TelegramSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    token: SecretStr = Field(default=SecretStr(""), description="The bot's token from @BotFather")
    token_file: Path | None = Field(
        default=None, description="A file that holds the token, instead of `token`"
    )
    api_base: str = Field(default="https://api.telegram.org", description="Root of the Bot API")
    mode: Literal["polling", "webhook"] = Field(default="polling", description="How updates come in")
    webhook_url: str = Field(default="", description="Public https address for webhook mode")
    webhook_secret: SecretStr = Field(default=SecretStr(""), description="Secret that Telegram repeats to us")
    webhook_secret_file: Path | None = Field(
        default=None, description="A file that holds the secret, instead of `webhook_secret`"
    )

    @field_validator("api_base")
    @classmethod
    def _is_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(
                "http:// 또는 https:// 로 시작하는 주소여야 합니다. 예) https://api.telegram.org"
            )
        return value.rstrip("/")

    @property
    def is_loopback(self) -> bool:
        """The Bot API is on this machine: a sandbox."""
        return is_loopback(self.api_base)

    def secret(self) -> str:
        """The token. Raises SettingsError where none is set or its file cannot be read."""
        if self.token_file is not None:
            return _checked_token(_in_file(self.token_file, "telegram.token_file"), "telegram.token_file")
        if token := self.token.get_secret_value().strip():
            return _checked_token(token, "telegram.token")
        raise SettingsError(
            "telegram.token: 봇 토큰이 없습니다. config.toml에 적거나 GIHAN_TELEGRAM__TOKEN으로 주십시오."
            " 토큰 없이 둘러보시려면 gihan sandbox를 실행하십시오."
        )

    def hook_secret(self) -> str:
        """The webhook's secret; "" where none is set. Raises SettingsError where its file cannot be read."""
        if self.webhook_secret_file is not None:
            return _in_file(self.webhook_secret_file, "telegram.webhook_secret_file")
        return self.webhook_secret.get_secret_value()

    @property
    def hook_path(self) -> str:
        """Where the web side takes updates: the path of `webhook_url`."""
        return unquote(urlsplit(self.webhook_url).path) or HOOK_PATH

    @property
    def hook_address(self) -> str:
        """What Telegram is asked to call; an address without a path gets ours."""
        parts = urlsplit(self.webhook_url)
        return self.webhook_url if parts.path else parts._replace(path=HOOK_PATH).geturl()


def _in_file(path: Path, key: str) -> str:
    try:
        return read_secret(path, key)
    except SecretFileError as error:
        raise SettingsError(str(error)) from error


def _checked_token(text: str, key: str) -> str:
    """The token. Raises SettingsError for what cannot be one; the text itself is never shown."""
    token = text.strip()
    if not re.fullmatch(r"\d+:[\w-]+", token, re.ASCII):
        raise SettingsError(f"{key}: 토큰의 모양이 아닙니다. @BotFather가 준 “숫자:글자” 한 줄만 두십시오.")
    return token


class WebSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    listen: str = Field(
        default="127.0.0.1:8090", description="Address of health and webhook; port 0 = any free"
    )

    @field_validator("listen")
    @classmethod
    def _is_address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        number = number_of(port)
        if not host or number is None or number > MOST_PORT:
            raise ValueError("주소:포트로 적어 주십시오. 예) 127.0.0.1:8090")
        return value

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])


class OrganisationSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="우리 기관", description="The organisation's name, as messages print it")
    timezone: str = Field(
        default="Asia/Seoul", description="IANA zone in which days begin and messages go out"
    )
    language: Literal["ko"] = Field(default="ko", description="Language of the messages")

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("시간대 이름이어야 합니다. 예) Asia/Seoul") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class LogSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="What is logged")


class PrivacySettings(BaseModel):
    """How much goes out to the messenger, and how much is taken in from it; docs/privacy.md has the table."""

    model_config = ConfigDict(extra="forbid")

    level: Level = Field(default=Level.STANDARD, description="minimal, standard or full")


class OperationSettings(BaseModel):
    """Who hears that something is wrong with the bot itself, and when."""

    model_config = ConfigDict(extra="forbid")

    admin_chat_id: int | None = Field(
        default=None, description="Chat that is told when the bot stands still; counts only, never contents"
    )
    heartbeat_url: SecretStr = Field(
        default=SecretStr(""), description="Address asked once a minute while all goes well (Healthchecks)"
    )
    alert_after_s: int = Field(default=120, ge=30, description="Seconds without a tick that are a standstill")
    alert_owed_minutes: int = Field(
        default=30, ge=1, description="Minutes after which an unsent message is an alarm"
    )
    backup_dir: Path | None = Field(
        default=None, description="Where backups are put; doctor looks how old they are"
    )
    nightly_backup: bool = Field(
        default=True, description="The running bot makes a backup each night and keeps it for 30 days"
    )

    @field_validator("heartbeat_url")
    @classmethod
    def _is_url(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("http:// 또는 https:// 로 시작하는 주소여야 합니다.")
        return value


class Settings(BaseSettings):
    """All of it. Every key can be set as GIHAN_SECTION__KEY, which wins over the file."""

    model_config = SettingsConfigDict(
        extra="forbid", env_prefix=ENV_PREFIX, env_nested_delimiter="__", validate_default=True
    )

    telegram: TelegramSettings = TelegramSettings()
    store: StoreSettings = StoreSettings()
    web: WebSettings = WebSettings()
    organisation: OrganisationSettings = OrganisationSettings()
    reminders: ReminderSettings = ReminderSettings()
    calendar: CalendarSettings = CalendarSettings()
    links: LinkSettings = LinkSettings()
    review: RoundSettings = RoundSettings()
    approval: ApprovalSettings = ApprovalSettings()
    escalation: EscalationSettings = EscalationSettings()
    clock: ClockSettings = ClockSettings()
    fallback: FallbackSettings = FallbackSettings()
    log: LogSettings = LogSettings()
    privacy: PrivacySettings = PrivacySettings()
    operation: OperationSettings = OperationSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def config_path(given: Path | None) -> Path | None:
    """The file to read: --config, else GIHAN_CONFIG, else ./config.toml where there is one."""
    if given is not None:
        return given
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    return DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None


def load(given: Path | None = None) -> Settings:
    """The settings. Raises SettingsError with every fault at once, each with key and reason."""
    content = _read(config_path(given))
    faults = _unknown_variables()
    try:
        settings = Settings(**content)
    except ValidationError as error:
        faults += [f"{_key(fault['loc'])}: {_reason(fault)}" for fault in error.errors()]
        raise SettingsError("\n".join(sorted(set(faults)))) from None
    except ValueError as error:  # a variable that should be JSON and is not
        raise SettingsError("\n".join([*faults, str(error)])) from None
    if settings.clock.file is not None and not settings.telegram.is_loopback:
        faults.append(
            "clock.file: 시계를 옮기는 파일은 telegram.api_base가 이 컴퓨터(127.0.0.1)일 때만 쓸 수 있습니다."
        )
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _read(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(composed(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path}: 설정 파일을 읽을 수 없습니다 ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: UTF-8로 저장해 주십시오.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: TOML 형식이 아닙니다 ({error}).") from error


def _unknown_variables() -> list[str]:
    """Variables with our prefix that name no section: a misspelt one must not be passed over."""
    names = {f"{ENV_PREFIX}{section.upper()}" for section in Settings.model_fields}
    return [
        f"{name}: 그런 설정은 없습니다."
        for name in os.environ
        if name.startswith(ENV_PREFIX)
        and name != CONFIG_VARIABLE
        and name.split("__")[0].upper() not in names
    ]


def _key(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place)


def _reason(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "그런 설정은 없습니다. 철자를 확인해 주십시오."
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    if fault["type"] in {"literal_error", "enum"}:
        return f"{fault['ctx']['expected'].replace(' or ', ' 또는 ')} 가운데 하나여야 합니다."
    kinds = (reason for kind, reason in REASONS.items() if str(fault["type"]).startswith(kind))
    return next(kinds, str(fault["msg"]))
