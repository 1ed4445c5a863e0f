"""A request begins: what is asked, of whom, by when, and what that means for the departments; in the caller's transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from jobs.asks import kind as kinds
from jobs.asks.owners import owners
from jobs.asks.window import AskError
from jobs.authority.permissions import Deed
from plans.sheet.question import Form
from store import asks
from store.models import Ask, AskAnswer, Department
from store.states import AnswerState, AskState

COLLECTION = "collection"  # 취합
DAYS_OF_WEEK = 7
TITLE_MOST = 200


@dataclass(frozen=True)
class Opening:
    """How a request begins. `rows`: least and most rows of a reply; `opens_on` None: today; `like`: the earlier request
    that it repeats (`again`). `given`: by
    department the rows that it is asked about, one each; nobody else is asked then."""

    title: str
    form: Form
    due_on: date
    departments: Sequence[str] = ()
    bureaus: Sequence[str] = ()
    opens_on: date | None = None
    due_minute: int | None = None
    basis: str | None = None
    as_of_on: date | None = None
    rows: tuple[int, int | None] = (1, None)
    steps: Sequence[str] | None = None  # None: those of its kind
    kind: str = COLLECTION
    like: int | None = None
    given: Mapping[int, Sequence[dict[str, Any]]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)  # stage and year of what is asked over a list


@dataclass(frozen=True)
class Outlook:
    """What it asks of people: the departments, how many fields, who gets most requests that week, what else is due then.

    `busiest`: a person's number and how many requests; None where nobody is asked. `vacant`: departments in which there is
    nobody to turn to.
    """

    departments: Sequence[Department]
    people: int
    fields: int
    busiest: tuple[int, int] | None
    vacant: Sequence[str]
    due_that_week: int
    asked_that_week: int


def again(of: Ask, form: Form, due_on: date) -> Opening:
    """The same request for another day: of the same departments, with as many rows and the same steps."""
    return Opening(
        title=of.title,
        form=form,
        due_on=due_on,
        departments=of.scope["departments"],
        bureaus=of.scope["bureaus"],
        due_minute=of.due_minute,
        basis=of.basis,
        rows=(of.rows_least, of.rows_most),
        steps=of.steps,
        kind=of.kind,
        like=of.id,
        given={int(key): rows for key, rows in of.scope.get(asks.GIVEN_ROWS, {}).items()},
        about={key: of.scope[key] for key in (asks.STAGE, asks.ABOUT_YEAR) if key in of.scope},
    )


def outlook(session: Session, opening: Opening, today: date) -> Outlook:
    """Before it is opened. Raises AskError where it cannot be."""
    found = _departments(session, opening)
    _ensure_days(opening, today)
    first = opening.due_on - timedelta(days=opening.due_on.weekday())
    last = first + timedelta(days=DAYS_OF_WEEK - 1)
    others = asks.due_between(session, first, last)
    theirs = [each.department_id for one in others for each in asks.answers(session, one.id)]
    own = [one.id for one in found]
    people = owners(session, {*own, *theirs}, today)
    load = Counter(person for one in (*own, *theirs) for person in people[one])
    asked = {person for one in own for person in people[one]}
    busiest = max(
        ((person, load[person]) for person in asked), key=lambda one: (one[1], -one[0]), default=None
    )
    return Outlook(
        departments=found,
        people=len(asked),
        fields=len(opening.form.asked),
        busiest=busiest,
        vacant=[one.name for one in found if not people[one.id]],
        due_that_week=asks.milestones_due(session, own, first, last),
        asked_that_week=len(others),
    )


def open_(deed: Deed, opening: Opening) -> Ask:
    """Every department of the scope is asked from its opening day on. Raises AskError."""
    found = _departments(deed.session, opening)
    _ensure_days(opening, deed.today)
    least, most = opening.rows
    if least < 1 or (most is not None and most < least):
        raise AskError("rows")
    made = Ask(
        id=asks.next_number(deed.session),
        title=opening.title[:TITLE_MOST],
        kind=opening.kind,
        steps=list(steps_of(opening)),
        state=AskState.OPEN,
        basis=opening.basis,
        as_of_on=opening.as_of_on,
        form=opening.form.model_dump(mode="json"),
        scope=_scope(opening, found),
        rows_least=least,
        rows_most=most,
        opens_on=opening.opens_on or deed.today,
        due_on=opening.due_on,
        due_minute=opening.due_minute,
        first_due_on=opening.due_on,
        like_id=opening.like,
        opened_by_id=deed.who.officer_id,
        opened_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    for position, one in enumerate(found, 1):
        reply = AskAnswer(ask_id=made.id, department_id=one.id, position=position, state=AnswerState.ASKED)
        deed.session.add(reply)
    deed.session.flush()
    after = {"title": made.title, "due_on": made.due_on, "count": len(found)}
    deed.record("ask-opened", f"ask:{made.id}", after=after)
    return made


def _scope(opening: Opening, found: Sequence[Department]) -> dict[str, Any]:
    if not opening.given:
        return {"departments": list(opening.departments), "bureaus": list(opening.bureaus)}
    given = {str(one.id): [dict(row) for row in opening.given[one.id]] for one in found}
    return {
        "departments": [one.name for one in found], "bureaus": [], asks.GIVEN_ROWS: given, **opening.about,
    }  # fmt: skip


def _departments(session: Session, opening: Opening) -> list[Department]:
    """Those of the scope. Raises AskError for a name that none of them has, or where there are none."""
    if opening.given:
        return [one for one in asks.in_scope(session, (), ()) if opening.given.get(one.id)]
    found = asks.in_scope(session, opening.departments, opening.bureaus)
    unknown = [one for one in opening.departments if one not in {each.name for each in found}]
    unknown += [one for one in opening.bureaus if one not in {each.bureau for each in found}]
    if unknown:
        raise AskError("no-such-place", names=", ".join(unknown))
    if not found:
        raise AskError("nobody")
    return found


def steps_of(opening: Opening) -> tuple[str, ...]:
    """The steps that a reply takes: those that were said, else those of the kind; in their order, the answer always."""
    said = opening.steps if opening.steps is not None else kinds.of(opening.kind).steps
    return tuple(one for one in (*asks.STEPS, asks.SELECT) if one in said or one == asks.ANSWER)


def _ensure_kind(opening: Opening) -> None:
    """Raises AskError for a kind that is none, and for what it cannot do."""
    kind = kinds.known().get(opening.kind)
    if kind is None:
        raise AskError("no-kind", said=opening.kind)
    wanted = steps_of(opening)
    if (asks.EVALUATE in wanted and not kind.verdicts) or (asks.SELECT in wanted and not kind.choices):
        raise AskError("no-such-step")
    if kind.is_timed and opening.due_minute is None:
        raise AskError("no-hour")


def _ensure_days(opening: Opening, today: date) -> None:
    _ensure_kind(opening)
    if not opening.title.strip():
        raise AskError("no-title")
    if opening.due_on < today:
        raise AskError("past-day", day=opening.due_on)
    if opening.opens_on is not None and opening.opens_on > opening.due_on:
        raise AskError("opens-late", day=opening.opens_on)
