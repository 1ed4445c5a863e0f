"""`gihan init`: the first set-up of a folder: settings, secrets, store, planning office, units. What is there already stays."""

import asyncio
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.core import get_global
from holidays import list_supported_countries
from pydantic import BaseModel, SecretStr, ValidationError
from telegram.error import TelegramError

from bot import open_store
from bot.chat import invites
from bot.chat.operator import operator
from bot.chat.turn import UsageError
from bot.cli.admin_chat import a_word, learned
from bot.cli.files import write
from bot.cli.reach import bot_username
from bot.cli.unit_files import Place, example, units
from bot.ops import logs
from bot.ops.network import cause_of
from bot.ops.telegram_bot import telegram_bot
from bot.settings import OrganisationSettings, Settings, TelegramSettings, in_file, load, settings_faults
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.settings import CalendarSettings
from plans.text.characters import composed
from reports.texts.speaking import Language, known, language, turn_to
from store.db import schema
from store.invites import is_awaited
from store.officers import holders
from store.states import RoleName


class Answers(BaseModel, extra="forbid"):
    """What is asked. `language` None: the one that is spoken at the terminal; `token` or `token_file`; `planner` "" for
    nobody yet; `store_url` "" for a file in the folder, `store_password_file` of a server that asks for one.
    `learn_admin_chat`: the chat of the alarms is whichever sends the bot the number on the screen, as where it is asked."""

    name: str
    timezone: str = "Asia/Seoul"
    language: Language | None = None
    token: SecretStr = SecretStr("")
    token_file: Path | None = None
    admin_chat_id: int | None = None
    learn_admin_chat: bool = False
    planner: str = ""
    department: str = ""
    store_url: str = ""
    store_password_file: Path | None = None


def init(
    answers: Annotated[
        Path | None, typer.Option("--answers", help=label("cli.option.answers"), show_default=False)
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", help=label("cli.option.folder"), show_default=False)
    ] = Path(),
) -> None:
    logs.configure("WARNING")
    place = Place(folder.resolve())
    given = read_answers(answers) if answers is not None else None
    if not place.config.exists():
        given = configure(place, given or asked(Settings()))
    settings = load(place.config)
    made = [*_store(settings), *_planner(settings, given), *_units(place), *_example(settings, place)]
    for one in made:
        echo(one)
    echo(
        label("cli.init.next", folder=place.folder) if made else label("cli.init.there", folder=place.folder)
    )


def read_answers(file: Path) -> Answers:
    """Raises UsageError for a file that cannot be read, SettingsError with every wrong answer at once."""
    try:
        return Answers(**tomllib.loads(composed(file.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(label("cli.init.unread", path=file, why=type(error).__name__)) from error
    except ValidationError as error:
        raise settings_faults(error) from None


def asked(settings: Settings) -> Answers:
    """What a person at the terminal says. The token is not echoed, and known to be good before more is asked."""
    spoken = _language()
    turn_to(spoken)
    name = _ask("name")
    timezone = _ask("timezone", "Asia/Seoul" if spoken == "ko" else None)
    token = SecretStr(typer.prompt(label("cli.init.ask.token"), hide_input=True, err=True))
    own = with_token(settings, token)
    chat = _alarm_chat(own, checked(own))
    planner = _ask("planner", "")
    department = _ask("department") if planner else ""
    return Answers(
        name=name,
        timezone=timezone,
        language=spoken,
        token=token,
        admin_chat_id=chat,
        planner=planner,
        department=department,
    )


def _alarm_chat(settings: Settings, username: str) -> int | None:
    """The chat that sends the bot the number on the screen; None where none did, or somebody at the terminal went on."""
    word = a_word()
    echo(label("cli.init.say", username=username, number=word), err=True)
    chat = asyncio.run(learned(telegram_bot(settings), word))
    echo(label("cli.init.heard" if chat else "cli.init.unheard"), err=True)
    return chat


def _language() -> Language:
    """The organisation's: asked until it is one that there is. Whoever set it to be asked in goes on in it."""
    while (found := known(_ask("language", language()))) is None:
        echo(label("cli.init.no-language"), err=True)
    return found


def _ask(key: str, default: str | None = None) -> str:
    question = label(f"cli.init.ask.{key}")
    return str(typer.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def with_token(settings: Settings, token: SecretStr, file: Path | None = None) -> Settings:
    telegram = settings.telegram.model_copy(update={"token": token, "token_file": file})
    return settings.model_copy(update={"telegram": telegram})


def checked(settings: Settings) -> str:
    """The bot's name. Raises SettingsError for what is no token, UsageError where Telegram does not take it."""
    settings.telegram.secret()

    async def ask() -> str:
        bot = telegram_bot(settings)
        try:
            await bot.initialize()
            return str(bot.username)
        finally:
            await bot.shutdown()

    try:
        return asyncio.run(ask())
    except TelegramError as error:
        cause = cause_of(error)
        key = "cli.init.unasked" if cause.is_temporary else "cli.init.token"
        raise UsageError(label(key, why=cause.words)) from None


def configure(place: Place, answers: Answers) -> Answers:
    """Settings and secrets of the folder; the settings last, for by them a second run knows the first. Raises
    SettingsError or UsageError, and has written nothing then."""
    try:
        OrganisationSettings(name=answers.name, timezone=answers.timezone)
    except ValidationError as error:
        raise settings_faults(error) from None
    wanted = with_token(Settings(), answers.token, answers.token_file)
    secrets = {place.token: wanted.telegram.secret()}
    if answers.store_password_file is not None:
        secrets[place.password] = in_file(answers.store_password_file, "store_password_file")
    username = checked(wanted)
    if answers.learn_admin_chat and answers.admin_chat_id is None:
        answers = answers.model_copy(update={"admin_chat_id": _alarm_chat(wanted, username)})
    place.prepare()
    for file, secret in secrets.items():
        if not file.exists():
            write(file, f"{secret}\n".encode(), is_new=True)
    write(place.config, _config(place, answers).encode(), is_new=True)
    echo(label("cli.init.config", path=place.config, username=username))
    return answers


def _config(place: Place, answers: Answers) -> str:
    """The text of the settings: what was answered; all else is as config.example.toml has it."""
    sections: dict[str, dict[str, Any]] = {
        "telegram": {"token_file": str(place.token)},
        "store": {"url": answers.store_url or f"sqlite:///{place.store}"},
        "organisation": {
            "name": answers.name,
            "timezone": answers.timezone,
            "language": answers.language or language(),
        },
        "operation": {"backup_dir": str(place.backups)},
    }
    if answers.store_password_file is not None:
        sections["store"]["password_file"] = str(place.password)
    address = Settings().telegram.api_base
    if address != TelegramSettings.model_fields["api_base"].default:
        sections["telegram"]["api_base"] = address  # at which the token was just tried
    if (clock := Settings().clock.file) is not None:
        sections["clock"] = {"file": str(clock.resolve())}  # of the same stand-in
    if (country := country_of(answers.timezone)) != CalendarSettings().country:
        sections["calendar"] = {"country": country}
    if answers.admin_chat_id is not None:
        sections["operation"]["admin_chat_id"] = answers.admin_chat_id
    lines = [f"# {label('cli.init.head')}"]
    for section, keys in sections.items():
        lines += ["", f"[{section}]", *(f"{key} = {_toml(value)}" for key, value in keys.items())]
    return "\n".join(lines) + "\n"


def country_of(timezone: str) -> str:
    """The country in which a time zone lies, whose public holidays hold; the usual one for a zone of none (UTC)."""
    found = str(get_global("zone_territories").get(timezone, ""))
    return found if found in list_supported_countries() else CalendarSettings().country


def _toml(value: str | int) -> str:
    """A value as TOML writes it; control characters by their numbers."""
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in escaped) + '"'


def _store(settings: Settings) -> list[str]:
    """The store's tables, where there are none yet. Raises StoreError."""
    with closing(open_store.connect(settings)) as store:
        if schema.current_version(store) is not None:
            return []
        open_store.upgrade(store)
    return [label("cli.init.store", version=schema.newest_version())]


def _planner(settings: Settings, answers: Answers | None) -> list[str]:
    """A link for the planning office, where nobody is of it and none waits to be used."""
    if answers is None or not answers.planner:
        return []
    rules = open_store.rules_of(settings)
    now = open_store.clock_of(settings).now()
    today = rules.calendar.local_date(now)
    with open_store.looking(settings) as session:
        if holders(session, RoleName.PLANNER, today) or is_awaited(session, RoleName.PLANNER, now):
            return []
    username = asyncio.run(bot_username(settings))
    with closing(open_store.open_store(settings)) as store, store.write() as session:
        wish = invites.Wish(answers.planner, answers.department or None, RoleName.PLANNER, everybody=False)
        people = invites.chosen(session, wish, now, today)
        by = operator(now, "init")
        [made] = invites.invite(session, people, RoleName.PLANNER, now, settings.links, username, by)
    until = render.moment(made.expires_at, settings.organisation.zone)
    return [label("cli.init.planner", name=made.name, link=made.link or made.code, until=until)]


def _units(place: Place) -> list[str]:
    """The units that are not there yet, fitted to the folder."""
    place.prepare()
    texts = {name: text for name, text in units(place).items() if not (place.units / name).exists()}
    for name, text in texts.items():
        write(place.units / name, text.encode(), is_new=True)
    return [label("cli.init.units", path=place.units, names=", ".join(texts))] if texts else []


def _example(settings: Settings, place: Place) -> list[str]:
    """All settings with what each means, in the organisation's language, to look up beside those that were made."""
    if place.example.exists():
        return []
    write(place.example, example(settings.organisation.language).encode(), is_new=True)
    return [label("cli.init.example", path=place.example)]
