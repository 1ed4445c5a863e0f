"""`gihan doctor`: is everything there that the bot needs? One line per fault, with what mends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from telegram.error import InvalidToken, TelegramError

from bot.app import telegram_bot
from bot.cli import machine
from bot.intake import webhook
from bot.opening import clock_of, look_at, rules_of
from bot.ops import health, replicas
from bot.ops.health import Word
from bot.ops.network import cause_of
from bot.settings import Settings, SettingsError, config_path, load
from jobs.clock import ClockError, real_now
from jobs.rules.calendar import CHECKED_YEARS
from plans.draft import READER
from store import inbox, links, milestones, officers, plans
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
        return Findings(str(error).splitlines(), [])
    faults = [*machine.secrets(settings, config_path(config))]
    for step in STEPS if is_offline else (*STEPS, *ASKING):
        faults += step(settings)
    return Findings(faults, [one for step in ADVICE for one in step(settings)])


async def bot_username(settings: Settings) -> str | None:
    """The bot's name from Telegram; None where there is no token or no way to Telegram."""
    try:
        bot = telegram_bot(settings)
        await bot.initialize()
        name = str(bot.username)
        await bot.shutdown()
    except (SettingsError, TelegramError):
        return None
    return name


def _put_aside(settings: Settings) -> list[str]:
    """Updates that could not be handled: their senders were told, nobody else waits."""
    try:
        with _looking(settings) as session:
            found = [(one.id, one.received_at, inbox.name_of_error(one)) for one in inbox.failed(session)]
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    zone = settings.organisation.zone
    listed = [
        f"inbox: 접수번호 {number}번은 처리하지 못했습니다({at.astimezone(zone):%Y-%m-%d %H:%M}, {error})."
        f" 실행 기록의 inbox={number} 줄을 개발자에게 알려 주십시오. 목록에는 {inbox.KEEP.days}일 동안 남습니다."
        for number, at, error in found[:MOST_LISTED]
    ]
    more = len(found) - MOST_LISTED
    return [*listed, f"inbox: 그 밖에 처리하지 못한 것이 {more}건 있습니다."] if more > 0 else listed


def _unscanned(settings: Settings) -> list[str]:
    """Milestones that the last scan could not work out."""
    try:
        with _looking(settings) as session:
            numbers = (meta.get(session, meta.UNSCANNED) or "").split()
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    return [
        f"milestone: #{one} 일정을 살피다 오류가 나서 안내하지 못하고 있습니다. gihan list 로 날짜를 확인하고, 실행 기록의"
        f" milestone={one} 줄을 개발자에게 알려 주십시오."
        for one in numbers
    ]


@contextmanager
def _looking(settings: Settings) -> Iterator[Session]:
    """A session on the store as it is. Raises StoreError or SQLAlchemyError."""
    with closing(look_at(settings)) as store, store.read() as session:
        yield session


def _store(settings: Settings) -> list[str]:
    """The store answers, has this program's form, and knows a planning office."""
    try:
        with closing(look_at(settings)) as store:
            version = schema.current_version(store)
        if version != schema.newest_version():
            return [
                f"store: 저장소의 형식({version or '없음'})이 다릅니다. gihan db upgrade 를 실행해 주십시오."
            ]
        today = rules_of(settings).calendar.local_date(clock_of(settings).now())
        with _looking(settings) as session:
            planners = officers.holders(session, RoleName.PLANNER, today)
    except StoreError as error:
        return [str(error)]
    except ClockError:
        return []  # told by the step of the clock
    except SQLAlchemyError as error:
        return [str(error_of(error))]
    if not planners:
        return [
            "roles: 기획실 담당이 없습니다. gihan invite 이름 --department 부서 --role planner 로 초대해 주십시오."
        ]
    return []


def _token(settings: Settings) -> list[str]:
    """There is one, and it looks like one; what Telegram says of it is asked for elsewhere."""
    try:
        settings.telegram.secret()
    except SettingsError as error:
        return [str(error)]
    return []


def _telegram(settings: Settings) -> list[str]:
    """What Telegram itself says: of the token, the chat of the alarms, the webhook."""

    async def ask() -> tuple[int, str, list[str]]:
        bot = telegram_bot(settings)
        await bot.initialize()
        try:
            found = await machine.admin_chat(bot, settings.operation.admin_chat_id)
            found += webhook.standing(await bot.get_webhook_info(), settings.telegram, real_now())
            return bot.id, str(bot.username), found
        finally:
            await bot.shutdown()

    try:
        bot_id, username, found = asyncio.run(ask())
    except SettingsError:
        return []  # told by the step of the token
    except InvalidToken as error:
        return [f"telegram.token: {cause_of(error).words}."]
    except TelegramError as error:
        return [f"telegram.api_base: {settings.telegram.api_base} {cause_of(error).words}."]
    return found + _other_bot(settings, bot_id, username)


def _other_bot(settings: Settings, bot_id: int, username: str) -> list[str]:
    """People linked with another bot than the token's: a bot may not write first."""
    try:
        with _looking(settings) as session:
            count = links.count_of_other_bots(session, bot_id)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    if not count:
        return []
    return [
        f"telegram.token: 등록할 때와 다른 봇(@{username})의 토큰입니다. 담당자 {count}명은 새 봇에서 [시작]을 누르기"
        f" 전에는 알림을 받지 못합니다. https://t.me/{username} 을 열어 [시작]을 누르도록 안내해 주십시오."
    ]


def _clock(settings: Settings) -> list[str]:
    try:
        now = clock_of(settings).now()
    except ClockError as error:
        return [str(error)]
    if settings.clock.file is None and now.year < BUILT_YEAR:
        return [f"clock: 이 컴퓨터의 시각이 {now:%Y-%m-%d}입니다. 시각 동기화(NTP)를 켜 주십시오."]
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
        return [f"calendar.country: {settings.calendar.country} 의 공휴일을 알지 못합니다 ({error}). 예) KR"]
    return [f"calendar: {one}년 공휴일 자료가 없습니다. calendar.days_off 에 적어 주십시오." for one in empty]


def _old_readers(settings: Settings) -> list[str]:
    """Plans whose documents an older reader read: read again, they may say other days."""
    try:
        with _looking(settings) as session:
            titles = plans.titles_of_older_readers(session, READER)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    return [
        f"plans: ‘{title}’은(는) 이전 방식으로 읽어 등록한 계획입니다. 원본 문서를 다시 gihan import 하시면"
        " 다르게 읽은 곳을 /review 에서 정하실 수 있습니다."
        for title in titles
    ]


def _far_years(settings: Settings) -> list[str]:
    """Years with open milestones for which nobody has compared the holidays with the law."""
    if settings.calendar.country != "KR":
        return []
    try:
        with _looking(settings) as session:
            years = milestones.open_years(session)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store
    return [
        f"calendar: {year}년 공휴일은 법과 견주어 확인하지 않았습니다(확인한 해: {CHECKED_YEARS[0]}~{CHECKED_YEARS[-1]})."
        " 월력요항과 견주어 다른 날을 calendar.days_off 와 working_days 에 적어 주십시오."
        for year in years
        if year not in CHECKED_YEARS and year not in {day.year for day in settings.calendar.days_off}
    ]


def _hook(settings: Settings) -> list[str]:
    return webhook.faults(settings.telegram)


# In this order they are told. Whoever adds a check adds it here.
RUNNING_LACKS = {
    Word.DEAF: "실행 중인 봇이 텔레그램에서 메시지를 받지 못하고 있습니다",
    Word.MUTE: "실행 중인 봇의 메시지가 나가지 않고 있습니다",
}


def _running(settings: Settings) -> list[str]:
    """What the bot that runs on the store says of itself, and whether it goes by these settings."""
    try:
        with _looking(settings) as session:
            found = health.recorded(session)
            lacks = [f"run: {RUNNING_LACKS[found.word]} ({found.reason})."] if found is not None else []
            return lacks + replicas.faults(session, settings)
    except (StoreError, SQLAlchemyError):
        return []  # told by the step of the store


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
ASKING: tuple[Step, ...] = (_telegram, machine.clock_drift)
ADVICE: tuple[Step, ...] = (_put_aside, _unscanned, _old_readers, machine.unset)
