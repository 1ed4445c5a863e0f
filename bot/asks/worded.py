"""What a request refuses, what its states are called, and what its form asks, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.texts import plan_words
from bot.texts.render import label, say, words
from jobs.asks.owners import owners
from jobs.asks.window import AskError
from plans.errors import PlanError
from plans.facts import Fault
from plans.sheet.question import Form, Question
from reports.asks import ReplyRow
from store import officers
from store.deliveries import Html
from store.models import Officer
from store.states import AnswerKind, AnswerState, AskState

FAULTS_SHOWN = 20


@contextmanager
def refusals(*, ends_dialogue: bool = False) -> Iterator[None]:
    """What the rules of a request refuse, or a form that cannot be read, is told to whoever asked. `ends_dialogue`: what was
    asked is forgotten then."""
    try:
        yield
    except AskError as error:
        raise UsageError(refusal(error), ends_dialogue=ends_dialogue) from error
    except PlanError as error:
        raise UsageError(plan_words.refusal(error)) from error


def refusal(error: AskError) -> Html:
    """The sentence of a step that cannot be taken."""
    return say(f"asks.refusal.{error.code}", **{name: _worded(one) for name, one in error.facts.items()})


def _worded(fact: object) -> object:
    if isinstance(fact, AskState):
        return states()[fact]
    return reply_states()[fact] if isinstance(fact, AnswerState) else fact


def states() -> Mapping[str, str]:
    """What the states of a request are called."""
    return words("asks.state")


def reply_states() -> Mapping[str, str]:
    """The same of the states of a reply."""
    return words("asks.reply-state")


def reply_state(row: ReplyRow) -> str:
    """What the reply's state is called; of a reply without rows, why there are none."""
    state = reply_states()[row.state]
    return state if row.kind in {None, AnswerKind.ROWS} else f"{state} ({words('asks.reply')[row.kind]})"


def faults(found: Collection[Fault]) -> list[str]:
    """What is wrong in which cell; of many the first."""
    shown = plan_words.faults(list(found)[:FAULTS_SHOWN])
    more = len(found) - FAULTS_SHOWN
    return [*shown, label("asks.more-faults", count=more)] if more > 0 else shown


def fields(form: Form) -> list[str]:
    """사업비(백만원): 수, 단위 백만원, 필수 — a line a field."""
    return [label("asks.field", name=one.name, kind=kind_of(one)) for one in form.asked]


def kind_of(one: Question) -> str:
    """What a field takes."""
    kind = words("asks.field-kind")[one.kind]
    more = [one.unit] if one.unit else []
    more += ["/".join(one.choices)] if one.choices else []
    more += [label("asks.at-most", count=one.most)] if one.most else []
    more += [words("asks.needed")["yes" if one.is_needed else "no"]]
    return ", ".join([kind, *more])


def owner_names(session: Session, departments: Iterable[int], today: date) -> dict[int, str]:
    """Who is asked in each department, by name; left out where there is nobody."""
    found = owners(session, set(departments), today)
    people: dict[int, Officer] = {
        one.id: one for one in officers.by_ids(session, {each for some in found.values() for each in some})
    }
    return {
        department: ", ".join(people[one].name for one in some) for department, some in found.items() if some
    }
