"""The city of a campaign: officers with chats, each with one promise, and a planning office that is told of doubts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import CalendarSettings, ReminderSettings
from store import chat_links
from store.db.engine import Store
from store.states import RoleName
from tests import builders
from tests.builders import SEOUL
from tests.campaign.size import Chances, Size
from tests.smoke.harness import TOKEN, Telegram

LONGEST = 150  # working days that a campaign may last
BOT_ID = int(TOKEN.partition(":")[0])
FIRST_CHAT = 710_000_001


@dataclass(frozen=True)
class Resident:
    """An officer, the chat, and the one promise: its number and due day."""

    officer_id: int
    chat_id: int
    number: int
    due: date


@dataclass(frozen=True)
class City:
    """Who lives there, by which rules, on which days; `planner_id` is the officer of the planning office."""

    residents: list[Resident]
    planner_id: int
    rules: Rules
    days: list[date]


def rules() -> Rules:
    """The rules without any setting, as `gihan run` has them in a campaign."""
    return Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL))


def working_days(calendar: WorkCalendar, first: date, count: int) -> list[date]:
    found = [calendar.next_or_same(first)]
    while len(found) < count:
        found.append(calendar.next_or_same(date.fromordinal(found[-1].toordinal() + 1)))
    return found


def morning(day: date) -> datetime:
    """09:10 in Korea."""
    return datetime.combine(day, time(9, 10), tzinfo=SEOUL)


def build(store: Store, telegram: Telegram, size: Size, chances: Chances) -> City:
    """Everybody is in the store and has met the bot; nothing is owed before the first morning."""
    made = rules()
    days = working_days(made.calendar, size.first_day, LONGEST)
    chance = chances.of("due days")
    due_days = [chance.choice(days[: size.days]) for _ in range(size.officers)]
    residents = _residents(store, due_days, days[0])
    planner_id = _planner(store, days[0])
    for number in range(size.officers + 1):
        telegram.post("persons", id=FIRST_CHAT + number, name=f"담당{number}", started=True)
    return City(residents, planner_id, made, days)


def _residents(store: Store, due_days: list[date], first: date) -> list[Resident]:
    since = datetime.combine(first, time(), tzinfo=SEOUL)
    found = []
    with store.write() as session:
        for index, due in enumerate(due_days, start=1):
            person = builders.officer(session, f"담당{index}", f"{index % 40}과")
            chat_links.connect(
                session, person, BOT_ID, FIRST_CHAT + index, FIRST_CHAT + index, person.name, since
            )
            task = builders.task(session, person, title=f"과제 {index}", department=None)
            one = builders.milestone(session, task, due, title=f"일정 {index}", remind_from=since)
            one.next_remind_on = first
            found.append(Resident(person.id, FIRST_CHAT + index, one.id, due))
    return found


def _planner(store: Store, first: date) -> int:
    since = datetime.combine(first, time(), tzinfo=SEOUL)
    with store.write() as session:
        person = builders.officer(session, "허준", "기획예산과")
        chat_links.connect(session, person, BOT_ID, FIRST_CHAT, FIRST_CHAT, person.name, since)
        builders.role(session, person, RoleName.PLANNER)
        return person.id
