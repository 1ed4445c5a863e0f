"""`gihan doctor`: is everything there that the bot needs? One line per fault, with what mends it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.cli import machine
from bot.cli.options import FAILED, Config
from bot.intake import webhook_settings
from bot.open_store import clock_of, look_at, looking, rules_of
from bot.ops import health, logs, replicas
from bot.settings import Settings, SettingsError, load
from bot.settings_file import config_path
from bot.texts import setting_words, store_words
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.clock import ClockError
from jobs.rules.calendar import CHECKED_YEARS
from plans.version import READER
from store import inbox, invites, milestones, officers, plans
from store.db import meta, schema
from store.db.causes import error_of
from store.db.errors import StoreError
from store.states import RoleName

BUILT_YEAR = 2026  # a clock before it is wrong
MOST_LISTED = 10
LAST_KNOWN_YEAR_MARGIN = 1  # the calendar must reach so many years beyond this one


@dataclass(frozen=True)
class Findings:
    """`faults` keep the bot from its work or give something away; `advice` makes it run for years."""

    faults: list[str]
    advice: list[str]


Step = Callable[[Settings], list[str]]


def examine(config: Path | None, *, is_offline: bool = False) -> Findings:
    """All that is found. It writes nothing; `is_offline` asks nobody but the store."""
    try:
        settings = load(config)
    except SettingsError as error:
        return Findings(setting_words.told(error).splitlines(), [])
    faults = [*machine.secrets(settings, config_path(config))]
    for step in STEPS:
        faults += step(settings)
    if not is_offline:
        from bot.cli import reach  # noqa: PLC0415 - the network takes long to load

        faults += reach.examine(settings)
    return Findings(faults, [one for step in ADVICE for one in step(settings)])


def _of_store(step: Callable[[Settings, Session], list[str]]) -> Step:
    """A step that asks the store; where it does not answer, the step of the store itself tells of it."""

    def asked(settings: Settings) -> list[str]:
        try:
            with looking(settings) as session:
                return step(settings, session)
        except (StoreError, SQLAlchemyError):
            return []

    return asked


@_of_store
def _put_aside(settings: Settings, session: Session) -> list[str]:
    """Updates that could not be handled: their senders were told, nobody else waits."""
    found = [(one.id, one.received_at, inbox.name_of_error(one)) for one in inbox.failed(session)]
    zone = settings.organisation.zone
    listed = [
        label(
            "cli.doctor.put-aside",
            number=number,
            moment=f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
            error=error,
            days=inbox.KEEP.days,
        )
        for number, at, error in found[:MOST_LISTED]
    ]
    more = len(found) - MOST_LISTED
    return [*listed, label("cli.doctor.more", count=more)] if more > 0 else listed


@_of_store
def _unscanned(_settings: Settings, session: Session) -> list[str]:
    """Milestones that the last scan could not work out."""
    numbers = (meta.get(session, meta.UNSCANNED) or "").split()
    return [label("cli.doctor.unscanned", number=one) for one in numbers]


def _store(settings: Settings) -> list[str]:
    """The store answers, has this program's form, and knows a planning office."""
    try:
        with closing(look_at(settings)) as store:
            version = schema.current_version(store)
        schema.refuse_old(version)
        if version != schema.newest_version():
            return [label("cli.doctor.form", version=version)]
        now = clock_of(settings).now()
        today = rules_of(settings).calendar.local_date(now)
        with looking(settings) as session:
            planners = officers.holders(session, RoleName.PLANNER, today)
            is_awaited = invites.is_awaited(session, RoleName.PLANNER, now)
    except StoreError as error:
        return [store_words.told(error)]
    except ClockError:
        return []  # told by the step of the clock
    except SQLAlchemyError as error:
        return [store_words.told(error_of(error))]
    if not planners:
        return [label("cli.doctor.no-planner", is_awaited=is_awaited)]
    return []


def _token(settings: Settings) -> list[str]:
    """There is one, and it looks like one; what Telegram says of it is asked for elsewhere."""
    try:
        settings.telegram.secret()
    except SettingsError as error:
        return [setting_words.told(error)]
    return []


def _clock(settings: Settings) -> list[str]:
    try:
        now = clock_of(settings).now()
    except ClockError as error:
        return [str(error)]
    if settings.clock.file is None and now.year < BUILT_YEAR:
        return [label("cli.doctor.clock", day=f"{now:%Y-%m-%d}")]
    return []


def _calendar(settings: Settings) -> list[str]:
    try:
        calendar = rules_of(settings).calendar
        year = clock_of(settings).now().year
        empty = [
            str(one)
            for one in range(year, year + LAST_KNOWN_YEAR_MARGIN + 1)
            if not calendar.public_holidays(one)
        ]
    except (NotImplementedError, ClockError) as error:
        return [label("cli.doctor.country", country=settings.calendar.country, error=error)]
    return [label("cli.doctor.no-holidays", year=one) for one in empty]


@_of_store
def _old_readers(_settings: Settings, session: Session) -> list[str]:
    """Plans whose documents an older reader read: read again, they may say other days."""
    titles = plans.titles_of_older_readers(session, READER)
    return [label("cli.doctor.old-reader", title=title) for title in titles]


@_of_store
def _far_years(settings: Settings, session: Session) -> list[str]:
    """Years with open milestones for which nobody has compared the holidays with the law."""
    years = milestones.open_years(session) if settings.calendar.country == "KR" else []
    return [
        label("cli.doctor.far-year", year=year, first=CHECKED_YEARS[0], last=CHECKED_YEARS[-1])
        for year in years
        if year not in CHECKED_YEARS and year not in {day.year for day in settings.calendar.days_off}
    ]


def _hook(settings: Settings) -> list[str]:
    return [setting_words.fault(one) for one in webhook_settings.faults(settings.telegram)]


@_of_store
def _running(settings: Settings, session: Session) -> list[str]:
    """What the bot that runs on the store says of itself, and whether it goes by these settings."""
    found = health.recorded(session)
    lacks = [label(f"cli.doctor.{found.word}", reason=found.reason)] if found is not None else []
    return lacks + replicas.faults(session, settings)


# In this order they are told. Whoever adds a check adds it here.
STEPS: tuple[Step, ...] = (
    _store,
    _running,
    machine.disk,
    _token,
    _hook,
    _clock,
    _calendar,
    _far_years,
    machine.fonts,
    machine.backups,
)
ADVICE: tuple[Step, ...] = (_put_aside, _unscanned, _old_readers, machine.unset)


def doctor(
    offline: Annotated[bool, typer.Option("--offline", help=label("cli.option.offline"))] = False,
    fix: Annotated[bool, typer.Option("--fix", help=label("cli.option.fix"))] = False,
    config: Config = None,
) -> None:
    logs.configure("ERROR")
    if fix:
        from bot.cli.mending import mended  # noqa: PLC0415 - what mends loads the bot, and few ask for it

        mended(load(config), config_path(config))
    found = examine(config, is_offline=offline)
    for fault in found.faults:
        echo(logs.redact(f"✗ {fault}"), err=True)
    if not found.faults:
        echo(label("cli.doctor.well"))
    for one in found.advice:
        echo(logs.redact(label("cli.doctor.advice", what=one)), err=bool(found.faults))
    if found.faults:
        raise typer.Exit(FAILED)
