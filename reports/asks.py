"""Requests to departments as rows, as `gihan ask list --json` and `gihan ask show N --json` print them: every count is one
of the rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from plans.sheet.question import Form
from plans.sheet.returned import Value
from reports.ask_checks import doubts, said
from reports.hours import instant_of
from store import asks
from store.asks import Tally
from store.models import Ask, AskAnswer, AskRow
from store.states import AnswerState, AskState

PLANNED = "planned"  # a request whose opening day has not come
EVERYBODY = "all"


class Summary(BaseModel):
    """One request with its counts. `due_at` None: a self-check of which no day was said. `overdue`: departments from which
    something is still wanted although it was due."""

    no: int
    title: str
    kind: str
    scope: str
    opened_at: datetime
    due_at: datetime | None
    state: str
    respondents: int
    answered: int
    overdue: int


class FieldRow(BaseModel):
    key: str
    name: str
    type: str
    unit: str | None


class ReplyRow(BaseModel):
    """One row of a reply, or a department from which there is none. `values` are by the keys of the fields; none at all in a
    reply that came back says 0건 or 해당 없음, `kind` which of them (not printed)."""

    respondent: str
    owner: str | None
    state: str
    answered_by: str | None
    on_behalf_of: str | None
    at: datetime | None
    values: dict[str, Value]
    kind: str | None = Field(default=None, exclude=True)


class Whole(Summary):
    """One request with all that came back."""

    fields: list[FieldRow]
    rows: list[ReplyRow]


def due_on(of: Ask, own: AskAnswer | Tally | None = None) -> date:
    """The day on which it is due: everybody's, or the department's own later one."""
    later = own.due_on if own is not None else None
    return of.due_on if later is None else max(of.due_on, later)


def due_at(of: Ask, zone: ZoneInfo, own: AskAnswer | Tally | None = None) -> datetime:
    """The last instant at which a reply is in time."""
    return instant_of(due_on(of, own), of.due_minute, zone)


def is_late(of: Ask, own: AskAnswer, zone: ZoneInfo, now: datetime) -> bool:
    """It came in after its instant, or has not come in although that is over."""
    return (asks.answered_at(own) or now) > due_at(of, zone, own)


def is_wanted(of: Ask, own: AskAnswer | Tally) -> bool:
    """Something is still wanted of the department."""
    return of.state is AskState.OPEN and own.state in asks.OUTSTANDING


def form_of(of: Ask) -> Form:
    """What it asks."""
    return Form.model_validate(of.form)


def doubts_of(session: Session, own: AskAnswer) -> list[str]:
    """What does not fit in the department's reply as it stands, as questions; none where nothing is there."""
    if own.state not in asks.GIVEN or not own.version:
        return []
    last = _earlier(session, own)
    rows = [one.cells for one in asks.rows(session, own)]
    return [said(one) for one in doubts(form_of(own.ask), rows, [one.cells for one in last])]


def _earlier(session: Session, own: AskAnswer) -> list[AskRow]:
    """The rows of the department's reply to the earlier request, where that asked for the same."""
    like = own.ask.like_id
    found = asks.answer_of(session, like, own.department_id) if like is not None else None
    is_alike = found is not None and form_of(found.ask).columns == form_of(own.ask).columns
    return asks.rows(session, found) if found is not None and is_alike and found.state in asks.GIVEN else []


def all_doubts(session: Session, of: Ask) -> list[tuple[AskAnswer, str]]:
    """The questions that remain about its replies, in the order of the departments; the earlier replies are read in one look."""
    like = asks.get(session, of.like_id) if of.like_id is not None else None
    form, rows = form_of(of), asks.rows_of(session, of.id)
    is_alike = like is not None and form_of(like).columns == form.columns
    before = asks.replied_before(session, of) if is_alike else {}
    return [
        (own, said(one))
        for own in asks.answers(session, of.id)
        if own.state in asks.GIVEN
        for one in doubts(form, _values(rows.get(own.id, [])), _values(before.get(own.department_id, [])))
    ]


def _values(rows: Sequence[AskRow]) -> list[dict[str, Value]]:
    return [one.cells for one in rows]


def state_of(of: Ask, today: date) -> str:
    return PLANNED if of.state is AskState.OPEN and today < of.opens_on else of.state.value


def scope_of(of: Ask) -> str:
    """The names of what was asked, or that it was everybody."""
    return ", ".join([*of.scope.get("bureaus", []), *of.scope.get("departments", [])]) or EVERYBODY


def summary(session: Session, of: Ask, now: datetime, zone: ZoneInfo) -> Summary:
    return _summary(of, asks.tallies(session, [of.id])[of.id], now, zone)


def summaries(
    session: Session, now: datetime, zone: ZoneInfo, found: Sequence[Ask] | None = None
) -> list[Summary]:
    """Every request, the newest first, or those given; whatever their number, the replies are counted in one look."""
    listed = asks.listed(session) if found is None else found
    counted = asks.tallies(session, [one.id for one in listed])
    return [_summary(one, counted[one.id], now, zone) for one in listed]


def _summary(of: Ask, counted: Sequence[Tally], now: datetime, zone: ZoneInfo) -> Summary:
    return Summary(
        no=of.id,
        title=of.title,
        kind=of.kind,
        scope=scope_of(of),
        opened_at=of.opened_at.astimezone(zone),
        due_at=due_at(of, zone),
        state=state_of(of, now.astimezone(zone).date()),
        respondents=sum(one.count for one in counted),
        answered=sum(one.count for one in counted if one.state in asks.GIVEN),
        overdue=sum(one.count for one in counted if is_wanted(of, one) and now > due_at(of, zone, one)),
    )


def whole(session: Session, of: Ask, owners: Mapping[int, str], now: datetime, zone: ZoneInfo) -> Whole:
    """One request; `owners`: who is asked in each department, by its number."""
    replies, rows = asks.answers(session, of.id), asks.rows_of(session, of.id)
    fields = [FieldRow(key=one.key, name=one.name, type=one.kind, unit=one.unit) for one in form_of(of).asked]
    listed = [
        _row(one, owners, cells, zone) for one in replies for cells in _cells(one, rows.get(one.id, []))
    ]
    return Whole(**summary(session, of, now, zone).model_dump(), fields=fields, rows=listed)


def _cells(own: AskAnswer, rows: Sequence[AskRow]) -> list[dict[str, Value]]:
    """Its rows; a department without any stands once."""
    found = [one.cells for one in rows] if own.state is not AnswerState.ASKED else []
    return found or [{}]


def _row(own: AskAnswer, owners: Mapping[int, str], cells: dict[str, Value], zone: ZoneInfo) -> ReplyRow:
    name = own.department.name
    return ReplyRow(
        respondent=name,
        owner=owners.get(own.department_id),
        state=own.state.value,
        answered_by=own.answered_by,
        on_behalf_of=name if own.is_on_behalf else None,
        at=own.answered_at.astimezone(zone) if own.answered_at is not None else None,
        values=cells,
        kind=own.kind.value if own.kind is not None and own.state in asks.GIVEN else None,
    )
