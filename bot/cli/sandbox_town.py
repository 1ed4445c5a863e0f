"""The made-up town of `gihan sandbox`: its documents and people, and what the page may ask of it."""

import signal
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import open_store
from bot.chat import invites
from bot.chat.invites import InviteError, Wish
from bot.chat.operator import operator
from bot.cli import sandbox_ask, sandbox_round
from bot.meetings.worded import kind_in
from bot.settings import Settings
from bot.texts.render import label
from jobs.authority.permissions import Deed
from jobs.indicators import steps as indicators
from jobs.indicators.steps import Amount
from jobs.items import steps
from jobs.items.steps import Entry
from jobs.meetings import steps as meetings
from jobs.meetings.rules import chairs
from jobs.meetings.steps import Plan
from jobs.people import roster
from jobs.plans.register import Registrar
from plans.read import plan_of
from plans.sheet.roster import read_roster
from reports.texts.speaking import FIRST, Language, known, settle, speaking
from reports.texts.states import ROLE_WORDS
from sandbox.town import TownError
from store import invites as awaited
from store import officers
from store.models import Task
from store.states import IndicatorKind, ItemKind, RoleName


class Player(BaseModel):
    """Somebody whom the newcomer plays on the page."""

    name: str
    department: str
    role: RoleName


class Raised(BaseModel):
    """What was raised (지시·건의) so many days before the newcomer begins; with a reply it is closed."""

    kind: ItemKind
    title: str
    requester: str
    source: str
    department: str
    days_ago: int
    reply: str = ""
    outcome: str = ""


class Held(BaseModel):
    """A meeting (회의) on a working day so many days after the newcomer begins, with what is on its agenda."""

    title: str
    place: str
    chair: str
    days_ahead: int
    minute: int
    departments: list[str]
    topics: list[str]


class Measured(BaseModel):
    """An indicator (지표) of a task: what is planned for each month, and the results of the months that are over.
    That of each month to come is asked."""

    name: str
    unit: str
    task: str
    target: int
    results: list[int]


class Sample(BaseModel):
    """What stands in `town.toml` of a language."""

    organisation: str
    plans: list[str]
    pledges: str
    roster: str
    rank: str
    players: list[Player]
    items: list[Raised]
    meetings: list[Held]
    indicators: list[Measured]


def sample(language: Language = FIRST) -> Sample:
    place = "town.toml" if language == FIRST else f"{language}/town.toml"
    return Sample(**tomllib.loads(document(place)))


def document(name: str) -> str:
    return resources.files("sandbox").joinpath("sample", name).read_text(encoding="utf-8")


def fill(settings: Settings, language: Language = FIRST) -> list[str]:
    """The plans, the list of people with the teams of a department, pledges with an open self-check, a request to the
    departments, what was raised, a meeting to come, an indicator, and an invite for each player; gives their codes."""
    town = sample(language)
    with _deed(settings, may_create=True) as deed:
        officer = town.players[-1]
        sandbox_round.begin(deed, settings.review, document(town.pledges), officer, town.rank)
        for name in town.plans:
            Registrar(deed, plan_of(document(name)), name).run()
        roster.take_over(deed, read_roster(document(town.roster)).rows)
        sandbox_ask.begin(deed)
        for raised in town.items:
            _raise(deed, raised)
        for held in town.meetings:
            _hold(deed, held)
        for measured in town.indicators:
            _measure(deed, measured)
        return [_code(deed, settings, one) for one in town.players]


def _raise(deed: Deed, raised: Raised) -> None:
    where = officers.department(deed.session, raised.department)
    assert where is not None
    day = deed.today - timedelta(days=raised.days_ago)
    said = Entry(raised.kind, raised.title, day, where, requester=raised.requester, source=raised.source)
    made = steps.enter(deed, said)
    if raised.reply:
        steps.reply(deed, made.id, where.id, raised.reply, on=made.due_on)
        steps.close(deed, made.id, raised.outcome)


def _hold(deed: Deed, held: Held) -> None:
    places = [officers.department(deed.session, one) for one in held.departments]
    plan = Plan(
        title=held.title,
        kind=kind_in(held.title),
        days=[deed.rules.calendar.next_or_same(deed.today + timedelta(days=held.days_ahead))],
        minute=held.minute,
        place=held.place,
        chairs=chairs(held.chair),
        departments=[one for one in places if one is not None],
    )
    [made] = meetings.plan(deed, plan)
    for topic in held.topics:
        meetings.add_topic(deed, made.id, topic)


def _measure(deed: Deed, measured: Measured) -> None:
    of = deed.session.scalars(select(Task).where(Task.title == measured.task)).first()
    assert of is not None
    kind, year = IndicatorKind.COUNT, deed.today.year
    made = indicators.add(deed, indicators.Entry(measured.name, kind, task=of, unit=measured.unit))
    for month in range(1, 13):
        indicators.set_target(deed, made.id, Amount(str(measured.target)), year, month)
    for month, result in enumerate(measured.results[: deed.today.month - 1], 1):
        ends_on = date(year, month, monthrange(year, month)[1])
        indicators.enter_value(deed, made.id, ends_on, Amount(str(result)))
    indicators.ask_monthly(deed, made.id, is_on=True)


@contextmanager
def _deed(settings: Settings, *, may_create: bool = False) -> Iterator[Deed]:
    now, rules = open_store.clock_of(settings).now(), open_store.rules_of(settings)
    with closing(open_store.open_store(settings, may_create=may_create)) as store, store.write() as session:
        yield Deed(session, operator(now, "sandbox"), now, rules)


def _code(deed: Deed, settings: Settings, player: Player) -> str:
    wish = Wish(player.name, player.department, player.role, everybody=False)
    meant = invites.chosen(deed.session, wish, deed.now, deed.today)
    [row] = invites.invite(deed.session, meant, player.role, deed.now, settings.links, None, deed.who)
    return row.code


@dataclass
class PlayedTown:
    """What the page may ask of it, as `sandbox.town.Town` says. `next_language`: of the town that is to take its place."""

    language: Language
    settings: Settings | None = None
    is_ready: bool = False
    next_language: Language | None = None

    def speak(self, language: str) -> None:
        """All in this process follow: there is no other bot in it."""
        settle(known(language) or self.language)

    def offer(self, language: str) -> dict[str, Any]:
        with _deed(self._settings()) as deed, speaking(language):
            return {
                "roles": [{"code": one.value, "word": ROLE_WORDS[one]} for one in RoleName],
                "departments": officers.department_names(deed.session),
                "people": [*_people(deed.session, deed)],
            }

    def invite(self, name: str, department: str, role: str) -> str:
        try:
            player = Player(name=name, department=department, role=RoleName(role))
            with _deed(self._settings()) as deed:
                return _code(deed, self._settings(), player)
        except (InviteError, ValueError) as error:
            raise TownError(str(error)) from None

    def begin_anew(self, language: str) -> None:
        if not self.is_ready:
            raise TownError(label("cli.sandbox.beginning"))
        self.next_language = known(language) or self.language
        signal.raise_signal(signal.SIGTERM)

    def _settings(self) -> Settings:
        if self.settings is None or not self.is_ready:
            raise TownError(label("cli.sandbox.beginning"))
        return self.settings


def _people(session: Session, deed: Deed) -> Iterator[dict[str, str]]:
    """Who answers for something and has no chat yet."""
    for one in awaited.officers_to_invite(session, deed.today):
        yield {"name": one.name, "department": one.department.name if one.department else ""}
