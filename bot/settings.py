"""Settings: config.toml and environment -> one object, composed of each room's own settings model."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.privacy.levels import Level
from bot.settings_file import CONFIG_VARIABLE, ENV_PREFIX, config_path, language_of
from jobs.settings import (
    ApprovalSettings,
    CalendarSettings,
    ClockSettings,
    EscalationSettings,
    FallbackSettings,
    IndicatorSettings,
    ItemSettings,
    LinkSettings,
    ReminderSettings,
)
from plans.text.characters import composed, number_of
from reports import texts
from reports.settings import RoundSettings
from reports.texts.speaking import FIRST, Language, known, settle
from store.db.secrets import SecretFileError, read_secret
from store.db.settings import StoreSettings

HOOK_PATH = "/telegram"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST_PORT = 65535


def is_loopback(address: str) -> bool:
    """The address is one of this machine."""
    return urlsplit(address).hostname in LOOPBACK


def client_options(address: str) -> dict[str, Any]:
    """What a client of that address is made with: a proxy of the surroundings knows no way to this machine."""
    return {"trust_env": not is_loopback(address)}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a key. `code`: of its sentence in the catalogue, which has the facts; `said`: what a library
    or another room says, where there is no sentence."""

    key: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    said: str = ""


class SettingsError(Exception):
    """The configuration cannot be used; `bot.texts.setting_words` has a line per fault."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(f"{one.key}: {one.code}" for one in faults))
        self.faults = faults


class TelegramSettings(BaseModel, extra="forbid"):
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
            raise PydanticCustomError("no-web-address", "not http", {"example": "https://api.telegram.org"})
        return value.rstrip("/")

    @property
    def is_loopback(self) -> bool:
        """The Bot API is on this machine: a sandbox."""
        return is_loopback(self.api_base)

    def secret(self) -> str:
        """The token. Raises SettingsError where none is set or its file cannot be read."""
        if self.token_file is not None:
            return _checked_token(in_file(self.token_file, "telegram.token_file"), "telegram.token_file")
        if token := self.token.get_secret_value().strip():
            return _checked_token(token, "telegram.token")
        raise SettingsError(Fault("telegram.token", "no-token"))

    def hook_secret(self) -> str:
        """The webhook's secret; "" where none is set. Raises SettingsError where its file cannot be read."""
        if self.webhook_secret_file is not None:
            return in_file(self.webhook_secret_file, "telegram.webhook_secret_file")
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


def in_file(path: Path, key: str) -> str:
    try:
        return read_secret(path, key)
    except SecretFileError as error:
        raise SettingsError(Fault("", f"store.{error.code}", error.facts)) from error


def _checked_token(text: str, key: str) -> str:
    """The token. Raises SettingsError for what cannot be one; the text itself is never shown."""
    token = text.strip()
    if not re.fullmatch(r"\d+:[\w-]+", token, re.ASCII):
        raise SettingsError(Fault(key, "not-a-token"))
    return token


class WebSettings(BaseModel, extra="forbid"):
    listen: str = Field(
        default="127.0.0.1:8090", description="Address of health and webhook; port 0 = any free"
    )

    @field_validator("listen")
    @classmethod
    def _is_address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        number = number_of(port)
        if not host or number is None or number > MOST_PORT:
            raise PydanticCustomError("no-port", "not host:port")
        return value

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])


class OrganisationSettings(BaseModel, extra="forbid"):
    name: str = Field(
        default_factory=lambda: texts.line("settings.unnamed"),
        description="The organisation's name, as messages print it",
    )
    timezone: str = Field(
        default="Asia/Seoul", description="IANA zone in which days begin and messages go out"
    )
    language: Language = Field(default=FIRST, description="Language of messages, groups and printed forms")

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise PydanticCustomError("no-zone", "not a zone") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class LogSettings(BaseModel, extra="forbid"):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="What is logged")


class PrivacySettings(BaseModel, extra="forbid"):
    """How much goes out to the messenger, and how much is taken in from it; docs/privacy.md has the table."""

    level: Level = Field(default=Level.STANDARD, description="minimal, standard or full")


class OperationSettings(BaseModel, extra="forbid"):
    """Who hears that something is wrong with the bot itself, and when."""

    admin_chat_id: int | None = Field(
        default=None, description="Chat that is told when the bot stands still; counts only, never contents"
    )
    heartbeat_url: SecretStr = Field(
        default=SecretStr(""), description="Address asked once a minute while all goes well (Healthchecks)"
    )
    alert_after_s: int = Field(
        default=120, ge=30, le=86_400, description="Seconds without a tick that are a standstill"
    )
    alert_owed_minutes: int = Field(
        default=30, ge=1, le=10_080, description="Minutes after which an unsent message is an alarm"
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
            raise PydanticCustomError("no-web-address", "not http", {"example": ""})
        return value


class RetentionSettings(BaseModel, extra="forbid"):
    """How long what is over stays until `gihan prune` takes it; the log, dates, reasons and results stay for ever."""

    messages_days: int = Field(
        default=365, ge=30, le=36_500, description="Days that the words of messages sent are kept"
    )
    invites_days: int = Field(
        default=30, ge=1, le=36_500, description="Days that used, void and expired links are kept"
    )


class Settings(BaseSettings):
    """All of it. Every key can be set as GIHAN_SECTION__KEY, which wins over the file."""

    model_config = SettingsConfigDict(
        extra="forbid", env_prefix=ENV_PREFIX, env_nested_delimiter="__", validate_default=True
    )

    telegram: TelegramSettings = TelegramSettings()
    store: StoreSettings = StoreSettings()
    web: WebSettings = WebSettings()
    organisation: OrganisationSettings = Field(default_factory=OrganisationSettings)
    reminders: ReminderSettings = ReminderSettings()
    calendar: CalendarSettings = CalendarSettings()
    links: LinkSettings = LinkSettings()
    review: RoundSettings = Field(default_factory=RoundSettings)
    approval: ApprovalSettings = ApprovalSettings()
    escalation: EscalationSettings = EscalationSettings()
    items: ItemSettings = ItemSettings()
    indicators: IndicatorSettings = IndicatorSettings()
    clock: ClockSettings = ClockSettings()
    fallback: FallbackSettings = FallbackSettings()
    log: LogSettings = LogSettings()
    privacy: PrivacySettings = PrivacySettings()
    operation: OperationSettings = OperationSettings()
    retention: RetentionSettings = RetentionSettings()

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


def load(given: Path | None = None) -> Settings:
    """The settings. Raises SettingsError with every fault at once, each with key and reason."""
    content = _read(config_path(given))
    settle(known(language_of(content)) or FIRST)  # some defaults are words
    faults = _unknown_variables()
    try:
        settings = Settings(**content)
    except ValidationError as error:
        faults += map(_fault, error.errors())
        raise SettingsError(*sorted(faults, key=lambda one: f"{one.key}:")) from None
    except ValueError as error:  # a variable that should be JSON and is not
        raise SettingsError(*faults, Fault("", "json", said=str(error))) from None
    if settings.clock.file is not None and not settings.telegram.is_loopback:
        faults.append(Fault("clock.file", "not-a-sandbox"))
    if faults:
        raise SettingsError(*faults)
    return settings


def _read(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(composed(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(Fault(str(path), "not-read", {"error": error.strerror})) from error
    except UnicodeDecodeError as error:
        raise SettingsError(Fault(str(path), "not-utf-8")) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(Fault(str(path), "not-toml", {"error": str(error)})) from error


def _unknown_variables() -> list[Fault]:
    """Variables with our prefix that name no section: a misspelt one must not be passed over."""
    names = {f"{ENV_PREFIX}{section.upper()}" for section in Settings.model_fields}
    return [
        Fault(name, "no-variable")
        for name in os.environ
        if name.startswith(ENV_PREFIX)
        and name != CONFIG_VARIABLE
        and name.split("__")[0].upper() not in names
    ]


def settings_faults(error: ValidationError) -> SettingsError:
    """All that a model says is wrong."""
    return SettingsError(*map(_fault, error.errors()))


def _fault(found: Any) -> Fault:
    """One of pydantic's: its type, or the one that a check of ours gave it, is the code."""
    facts, key = found.get("ctx", {}), ".".join(map(str, found["loc"]))
    said = facts["error"] if found["type"] == "value_error" else found["msg"]
    return Fault(key, found["type"], facts, str(said))
