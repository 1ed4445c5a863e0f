"""What is asked of departments (요청): finding requests, replies and their rows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from store import ask_looks
from store.models import (
    Ask,
    AskAnswer,
    AskCorrection,
    AskPart,
    AskRow,
    AskSeries,
    AskVerdict,
    Department,
    Milestone,
    Round,
    Task,
)
from store.states import AnswerState, AskState, MilestoneState

OUTSTANDING = (AnswerState.ASKED, AnswerState.SENT_BACK)  # something is still wanted of the department
ANSWER, CONFIRM, SIGN, EVALUATE = (
    "answer",
    "confirm",
    "sign",
    "evaluate",
)  # the steps of a reply, in their order
SELECT = "select"  # instead of evaluating: each row is chosen, or not
STEPS = (ANSWER, CONFIRM, SIGN, EVALUATE)
REACHED = {
    AnswerState.ANSWERED: ANSWER,
    AnswerState.CONFIRMED: CONFIRM,
    AnswerState.SIGNED: SIGN,
    AnswerState.EVALUATED: EVALUATE,
}
GIVEN = tuple(REACHED)
GIVEN_ROWS, STAGE, ABOUT_YEAR = "given", "stage", "year"  # of a scope: what a request over a list is about
ABOVE = (CONFIRM, SIGN)  # steps of those above in the department
WAITING = (AnswerState.ANSWERED, AnswerState.CONFIRMED)  # states in which one of these may be next


def next_step(steps: Collection[str], state: AnswerState) -> str | None:
    """Which step a reply in that state takes next; None where nothing is left but to choose from its rows."""
    if state in OUTSTANDING:
        return ANSWER
    ahead = STEPS[STEPS.index(REACHED[state]) + 1 :]
    return next((one for one in ahead if one in steps), None)


def given(of: Ask, department_id: int) -> list[dict[str, Any]]:
    """The rows that a department of the request is asked about, with what is known of each; [] where it makes its own rows."""
    found: list[dict[str, Any]] = of.scope.get(GIVEN_ROWS, {}).get(str(department_id), [])
    return found


def bounds(of: Ask, department_id: int) -> tuple[int, int | None]:
    """How many rows the department's reply has: at least, at most."""
    rows = given(of, department_id)
    return (len(rows), len(rows)) if rows else (of.rows_least, of.rows_most)


def get(session: Session, number: int) -> Ask | None:
    return session.get(Ask, number)


def next_number(session: Session) -> int:
    """The next number of what is asked: requests and rounds of the self-check are counted together."""
    last = (session.scalar(select(func.max(one))) for one in (Ask.id, Round.number))
    return max(one or 0 for one in last) + 1


def locked(session: Session, number: int) -> Ask | None:
    """The request, read afresh; nobody else changes it until the transaction ends."""
    query = select(Ask).where(Ask.id == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def listed(session: Session) -> list[Ask]:
    """Every request, the newest first."""
    return list(session.scalars(select(Ask).order_by(Ask.id.desc())))


def under_way(session: Session) -> list[Ask]:
    """Requests that are open, the soonest due first."""
    query = select(Ask).where(Ask.state == AskState.OPEN)
    return list(session.scalars(query.order_by(Ask.due_on, Ask.id)))


def answer(session: Session, answer_id: int) -> AskAnswer | None:
    """The reply with its request and department, read afresh."""
    return session.scalars(_loaded().where(AskAnswer.id == answer_id)).one_or_none()


def answer_of(session: Session, number: int, department_id: int) -> AskAnswer | None:
    """What the department has to that request."""
    query = _loaded().where(AskAnswer.ask_id == number, AskAnswer.department_id == department_id)
    return session.scalars(query).one_or_none()


def answers(session: Session, number: int) -> list[AskAnswer]:
    """Every department's, in the order of the list."""
    query = _loaded().where(AskAnswer.ask_id == number).order_by(AskAnswer.position)
    return list(session.scalars(query))


def _loaded() -> Select[AskAnswer]:
    loaded = joinedload(AskAnswer.department), joinedload(AskAnswer.ask)
    return select(AskAnswer).options(*loaded).execution_options(populate_existing=True)


def rows(session: Session, of: AskAnswer, version: int | None = None) -> list[AskRow]:
    """The rows of the newest version, or of another one."""
    wanted = of.version if version is None else version
    query = select(AskRow).where(AskRow.answer_id == of.id, AskRow.version == wanted)
    return list(session.scalars(query.order_by(AskRow.position)))


def rows_of(session: Session, number: int) -> dict[int, list[AskRow]]:
    """The newest rows of every reply to the request, by reply."""
    query = select(AskRow).join(AskAnswer, AskAnswer.id == AskRow.answer_id)
    query = query.where(AskAnswer.ask_id == number, AskRow.version == AskAnswer.version)
    found: dict[int, list[AskRow]] = {}
    for one in session.scalars(query.order_by(AskRow.answer_id, AskRow.position)):
        found.setdefault(one.answer_id, []).append(one)
    return found


def replied_before(session: Session, of: Ask) -> dict[int, list[AskRow]]:
    """The rows that each department gave to the earlier request that this one is like, by department."""
    if of.like_id is None:
        return {}
    given = [one for one in answers(session, of.like_id) if one.state in GIVEN]
    rows = rows_of(session, of.like_id)
    return {one.department_id: rows.get(one.id, []) for one in given}


def corrections_of(session: Session, number: int) -> list[tuple[AskAnswer, AskCorrection]]:
    """What was put right after the end of the request, in the order in which it was, with the replies."""
    query = select(AskCorrection).join(AskAnswer, AskAnswer.id == AskCorrection.answer_id)
    found = list(session.scalars(query.where(AskAnswer.ask_id == number).order_by(AskCorrection.id)))
    own = {one.id: one for one in answers(session, number)} if found else {}
    return [(own[one.answer_id], one) for one in found]


def series_of(session: Session, of: Ask) -> AskSeries | None:
    """The repetition that the request belongs to, under way or ended."""
    return session.get(AskSeries, of.series_id) if of.series_id is not None else None


def series_due(session: Session, today: date) -> list[AskSeries]:
    """Repetitions of which one opens by today."""
    query = select(AskSeries).where(AskSeries.ended_at.is_(None), AskSeries.opens_on <= today)
    return list(session.scalars(query.order_by(AskSeries.id)))


def next_opening(session: Session) -> date | None:
    """The day on which the next one opens by itself; None where none does."""
    return session.scalar(select(func.min(AskSeries.opens_on)).where(AskSeries.ended_at.is_(None)))


def last_of(session: Session, series_id: int) -> Ask | None:
    """The newest request of a repetition."""
    query = select(Ask).where(Ask.series_id == series_id).order_by(Ask.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def verdicts_of(session: Session, number: int) -> dict[int, dict[int, AskVerdict]]:
    """What was said of the newest versions of the replies to the request, by reply and position."""
    query = select(AskVerdict).join(AskAnswer, AskAnswer.id == AskVerdict.answer_id)
    query = query.where(AskAnswer.ask_id == number, AskVerdict.version == AskAnswer.version)
    found: dict[int, dict[int, AskVerdict]] = {}
    for one in session.scalars(query.order_by(AskVerdict.answer_id, AskVerdict.position)):
        found.setdefault(one.answer_id, {})[one.position] = one
    return found


def verdicts(session: Session, of: AskAnswer) -> dict[int, AskVerdict]:
    """What was said of the newest version of the reply, by position."""
    query = select(AskVerdict).where(AskVerdict.answer_id == of.id, AskVerdict.version == of.version)
    return {one.position: one for one in session.scalars(query.order_by(AskVerdict.position))}


def row(session: Session, row_id: int) -> AskRow | None:
    return session.get(AskRow, row_id)


def part_of(session: Session, answer_id: int, officer_id: int) -> AskPart | None:
    """What the officer was handed of that reply."""
    query = select(AskPart).where(AskPart.answer_id == answer_id, AskPart.officer_id == officer_id)
    return session.scalars(_with_answer(query)).one_or_none()


def part(session: Session, number: int) -> AskPart | None:
    return session.scalars(_with_answer(select(AskPart).where(AskPart.id == number))).one_or_none()


def parts(session: Session, answer_id: int) -> list[AskPart]:
    """Everybody's, in the order in which they were handed over."""
    query = select(AskPart).where(AskPart.answer_id == answer_id).options(joinedload(AskPart.officer))
    return list(session.scalars(query.order_by(AskPart.id)))


def parts_wanted(session: Session, answers: Collection[int]) -> list[tuple[int, int]]:
    """(reply, officer) of rows of those replies that are still wanted of somebody."""
    query = select(AskPart.answer_id, AskPart.officer_id).where(AskPart.filled_at.is_(None))
    rows = session.connection().execute(query.order_by(AskPart.id))
    return [(answer, officer) for answer, officer in rows if answer in answers]


def _with_answer(query: Select[AskPart]) -> Select[AskPart]:
    loaded = joinedload(AskPart.answer).joinedload(AskAnswer.ask), joinedload(AskPart.officer)
    return query.options(*loaded).execution_options(populate_existing=True)


def states(session: Session, number: int) -> Counter[AnswerState]:
    """How many replies stand in each state."""
    query = select(AskAnswer.state, func.count()).where(AskAnswer.ask_id == number)
    return Counter({row[0]: row[1] for row in session.execute(query.group_by(AskAnswer.state))})


@dataclass(frozen=True)
class Tally:
    """So many replies of a request stand alike. `due_on`: the departments' own later day, None: everybody's."""

    state: AnswerState
    due_on: date | None
    count: int


def tallies(session: Session, numbers: Collection[int]) -> dict[int, list[Tally]]:
    """The replies of those requests, counted by the database in one look; a request that nobody was asked has none."""
    query = select(AskAnswer.ask_id, AskAnswer.state, AskAnswer.due_on, func.count())
    query = query.where(AskAnswer.ask_id.in_(numbers)).group_by(
        AskAnswer.ask_id, AskAnswer.state, AskAnswer.due_on
    )
    found: dict[int, list[Tally]] = {one: [] for one in numbers}
    for number, state, due_on, count in session.execute(query) if numbers else ():
        found[number].append(Tally(state, due_on, count))
    return found


def by_numbers(session: Session, numbers: Collection[int]) -> dict[int, Ask]:
    """Those requests, by their numbers, in one look."""
    query = select(Ask).where(Ask.id.in_(numbers))
    return {one.id: one for one in session.scalars(query)} if numbers else {}


class Seat(NamedTuple):
    """Where a reply stands: all that says whose turn it is. `due_on`: the department's own later day, else everybody's."""

    answer_id: int
    ask_id: int
    department_id: int
    state: AnswerState
    opens_on: date
    due_on: date
    due_minute: int | None
    answered_by_id: int | None
    answered_at: datetime | None
    revision: int
    step: str = ANSWER  # answer, confirm or sign


def seats(
    session: Session,
    today: date | None,
    *,
    numbers: Collection[int] | None = None,
    departments: Collection[int] | None = None,
    states: Collection[AnswerState] = (*OUTSTANDING, *WAITING),
    is_timed: bool = False,
    is_unsettled: bool = False,
) -> list[Seat]:
    """What is wanted of somebody in open requests, the soonest due first: replies, and of those that are to be confirmed
    what came in. Values, no objects. `today`: only of those that have begun; None: of those to come, too. The others: only of
    those requests or departments, in those states, due at an hour, or with somebody to tell today."""
    open_ = {
        one.id: one
        for one in _open_asks(session, today, numbers, is_timed=is_timed, is_unsettled=is_unsettled)
    }
    query = select(
        *(AskAnswer.id, AskAnswer.ask_id, AskAnswer.department_id, AskAnswer.state, AskAnswer.due_on),
        *(AskAnswer.answered_by_id, AskAnswer.answered_at, AskAnswer.revision),
    ).where(AskAnswer.ask_id.in_(open_), AskAnswer.state.in_(states))
    if departments is not None:
        query = query.where(AskAnswer.department_id.in_(departments))
    found: dict[int, list[Seat]] = {one: [] for one in open_}
    rows = session.connection().execute(query.order_by(AskAnswer.position)) if open_ else ()
    for number, ask, place, state, own, by, at, revision in rows:
        of = open_[ask]
        step = next_step(of.steps, state)
        if step == ANSWER or step in ABOVE:
            due = of.due_on if own is None else max(of.due_on, own)
            found[ask].append(
                Seat(number, ask, place, state, of.opens_on, due, of.due_minute, by, at, revision, step)
            )
    return [one for some in found.values() for one in some]


class Lies(NamedTuple):
    """When replies are wanted, of whichever departments."""

    opens_on: date
    due_on: date
    due_minute: int | None


def due_days(session: Session) -> tuple[set[Lies], bool]:
    """By when replies to open requests are wanted, those to come included, and whether some wait for a step after the answer;
    counted by the database."""
    open_ = under_way(session)
    counted = tallies(session, [one.id for one in open_])
    found, is_checked = set[Lies](), False
    for of in open_:
        for one in counted[of.id]:
            if one.state in OUTSTANDING:
                due = of.due_on if one.due_on is None else max(of.due_on, one.due_on)
                found.add(Lies(of.opens_on, due, of.due_minute))
            is_checked = is_checked or next_step(of.steps, one.state) in ABOVE
    return found, is_checked


def _open_asks(
    session: Session,
    today: date | None,
    numbers: Collection[int] | None,
    *,
    is_timed: bool,
    is_unsettled: bool,
) -> Sequence[Row[Any]]:
    """Day, hour and steps of the open requests, the soonest due first."""
    query = select(Ask.id, Ask.opens_on, Ask.due_on, Ask.due_minute, Ask.steps)
    query = query.where(Ask.state == AskState.OPEN).order_by(Ask.due_on, Ask.id)
    if today is not None:
        query = query.where(Ask.opens_on <= today)
    if numbers is not None:
        query = query.where(Ask.id.in_(numbers))
    if is_unsettled and today is not None:
        query = query.where(ask_looks.is_unsettled(today))
    if is_timed:
        query = query.where(Ask.due_minute.is_not(None))
    return session.connection().execute(query).all()


def in_scope(session: Session, names: Collection[str], bureaus: Collection[str]) -> list[Department]:
    """The departments of those names or bureaus, all where nothing is named; by bureau and name."""
    query = select(Department)
    if names or bureaus:
        query = query.where(or_(Department.name.in_(names), Department.bureau.in_(bureaus)))
    return list(session.scalars(query.order_by(Department.bureau.nulls_last(), Department.name)))


def due_between(session: Session, first: date, last: date) -> list[Ask]:
    """Open requests that are due on those days."""
    query = select(Ask).where(Ask.state == AskState.OPEN, Ask.due_on >= first, Ask.due_on <= last)
    return list(session.scalars(query.order_by(Ask.due_on, Ask.id)))


def milestones_due(session: Session, departments: Sequence[int], first: date, last: date) -> int:
    """How many milestones of the departments are due on those days."""
    query = select(func.count(Milestone.id)).join(Task, Task.id == Milestone.task_id)
    return (
        session.scalar(
            query.where(
                Task.department_id.in_(departments),
                Milestone.state == MilestoneState.PLANNED,
                Milestone.due_on >= first,
                Milestone.due_on <= last,
            )
        )
        or 0
    )


def answered_at(of: AskAnswer) -> datetime | None:
    """When the newest version came in; None where nothing is there."""
    return of.answered_at if of.state in GIVEN else None
