"""What the rules of a meeting refuse, what its kinds are called, and how a meeting in one line is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.items import worded as items
from bot.meetings import vocabulary
from bot.texts import plan_words
from bot.texts.render import label, say
from jobs.items.steps import ItemError
from jobs.meetings.rules import chairs
from jobs.meetings.steps import MeetingError, Plan
from plans.errors import PlanError
from plans.time.occasions import Occasion, read_occasion
from reports.texts.states import MEETING_KIND_WORDS
from store import asks, officers
from store.deliveries import Html
from store.models import Department
from store.officers import alike
from store.states import MeetingKind

BETWEEN = " / "


@contextmanager
def refusals() -> Iterator[None]:
    """What the rules refuse, or a sheet that cannot be read, is told to whoever asked."""
    try:
        yield
    except MeetingError as error:
        raise UsageError(refusal(error)) from error
    except ItemError as error:
        raise UsageError(items.refusal(error)) from error
    except PlanError as error:
        raise UsageError(plan_words.refusal(error)) from error


def refusal(error: MeetingError) -> Html:
    """The sentence of a step that cannot be taken."""
    return say(f"meetings.refusal.{error.code}", **error.facts)


def kind_of(text: str) -> MeetingKind | None:
    """The kind of that name or code, in whatever language."""
    known = {alike(word): code for word, code in MEETING_KIND_WORDS.codes().items()}
    return (known | {alike(one.value): one for one in MeetingKind}).get(alike(text))


def kind_in(title: str) -> MeetingKind:
    """The kind that the title says, the longest of its words first: 하반기 추진상황 보고회 is a 보고회."""
    said = title.casefold()
    if any(word in said for word in vocabulary.OF_CITIZENS):
        return MeetingKind.PANEL
    words = sorted(MEETING_KIND_WORDS.codes().items(), key=lambda one: -len(one[0]))
    return next((code for word, code in words if word.casefold() in said), MeetingKind.MEETING)


def kind_words() -> Sequence[str]:
    return list(MEETING_KIND_WORDS.values())


def occasion_of(text: str, today: date) -> Occasion | None:
    """When it is held; a day without a year is the next such day."""
    found = read_occasion(text, today.year)
    if found is None or found.rrule is not None or all(day >= today for day in found.days):
        return found
    later = read_occasion(text, today.year + 1)
    return later if later is not None and all(day >= today for day in later.days) else found


def departments_of(session: Session, text: str) -> list[Department]:
    """교통과, 공원과 · 전 부서. Raises UsageError with the name that is no department's."""
    if alike(text) in vocabulary.EVERYBODY:
        return asks.in_scope(session, [], [])
    found = []
    for name in (one.strip() for one in text.split(",") if one.strip()):
        where = officers.department(session, name)
        if where is None:
            raise UsageError(say("meetings.no-department", said=name[:40]))
        found.append(where)
    return found


def plan_of(session: Session, text: str, today: date) -> Plan:
    """확대간부회의 / 대회의실 / 매월 마지막 주 화요일 13:30 / 주재 시장(1, 7월), 부시장 / 부서 교통과. Raises UsageError."""
    title, *parts = (one.strip() for one in f"{text} ".split(BETWEEN.rstrip() + " "))
    when: Occasion | None = None
    place, chaired, places = None, dict[str, str](), list[Department]()
    for one in filter(None, parts):
        if (named := _behind(one, vocabulary.CHAIR)) is not None:
            chaired = chairs(named)
        elif (named := _behind(one, vocabulary.PLACES)) is not None:
            places = departments_of(session, named)
        elif alike(one) in vocabulary.EVERYBODY:
            places = departments_of(session, one)
        elif when is None and (found := occasion_of(one, today)) is not None:
            when = found
        else:
            place = one
    if when is None:
        raise UsageError(say("meetings.no-when"), example=label("meetings.example-new"))
    return Plan(
        title=title,
        kind=kind_in(title),
        days=when.days,
        rrule=when.rrule,
        minute=when.minute,
        place=place,
        chairs=chaired,
        departments=places,
    )


def _behind(text: str, words: Sequence[str]) -> str | None:
    """What follows one of the words in front; None where none stands there."""
    first, _, rest = text.partition(" ")
    return rest.strip() if first.rstrip(":").casefold() in words and rest.strip() else None
