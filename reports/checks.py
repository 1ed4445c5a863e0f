"""Rounds of the self-check as `gihan ask list` and `gihan ask show N` print them, beside the requests: a request to whoever
answers for a project; every count is one of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reports import texts
from reports.asks import EVERYBODY, PLANNED, FieldRow, ReplyRow, Summary, Whole
from reports.hours import instant_of
from reports.period import period_of
from reports.pledges import settled_status
from reports.texts.states import PLEDGE_WORDS
from store import milestones, officers, rounds
from store.models import Plan, Round, RoundEntry, SnapshotRow, Task
from store.states import AskState, EntryState, PledgeStatus, RoundState

KIND = "check"
FIELDS = (
    "status",
    "results",
    "problems",
    "next_plan",
    "final",
    "opinion",
)  # as the department, then the planning office, says


def state_of(of: Round) -> str:
    """In the words of requests: announced is planned, under way is open, settled is frozen."""
    if of.state is RoundState.ANNOUNCED:
        return PLANNED
    return (AskState.FROZEN if of.state in rounds.SETTLED else AskState.OPEN).value


def due_at(of: Round, zone: ZoneInfo) -> datetime | None:
    """The last instant at which an answer is in time; None where no day was said."""
    return instant_of(of.first_due_on, None, zone) if of.first_due_on is not None else None


def scope_of(session: Session, of: Round) -> str:
    """The names of what was asked, or that it was everybody."""
    plans = (session.get(Plan, one) for one in of.scope.get("plans", []))
    names = [one.title for one in plans if one is not None]
    names += [name for key in ("areas", "bureaus", "departments") for name in of.scope.get(key, [])]
    return ", ".join(names) or EVERYBODY


def summaries(
    session: Session, now: datetime, zone: ZoneInfo, found: Sequence[Round] | None = None
) -> list[Summary]:
    """Every round that was asked here, the newest first, or those given."""
    return [summary(session, one, now, zone) for one in (rounds.asked(session) if found is None else found)]


def summary(session: Session, of: Round, now: datetime, zone: ZoneInfo) -> Summary:
    counted, due = rounds.states(session, of.id), due_at(of, zone)
    left = sum(counted[one] for one in rounds.UNANSWERED)
    is_announced = of.state is RoundState.ANNOUNCED
    return Summary(
        no=of.number or 0,
        title=texts.line("checks.title", period=period_of(of)),
        kind=KIND,
        scope=scope_of(session, of),
        opened_at=of.opened_at.astimezone(zone),
        due_at=due,
        state=state_of(of),
        respondents=len(rounds.scoped(session, of.scope)) if is_announced else counted.total(),
        answered=counted.total() - left,
        overdue=left if due is not None and now > due and of.state in rounds.WORKING else 0,
    )


def whole(session: Session, of: Round, now: datetime, zone: ZoneInfo) -> Whole:
    """One round with what was said of each project; of one that is settled, as it is corrected."""
    today = now.astimezone(zone).date()
    if of.state is RoundState.ANNOUNCED:
        tasks = rounds.scoped(session, of.scope)
        names = _names(session, tasks, [])
        rows = [_asked(one, names, today) for one in tasks]
    else:
        entries = rounds.entries(session, of.id)
        settled = {one.task_id: one for one in rounds.rows(session, of.id)}
        names = _names(session, [one.task for one in entries], entries)
        rows = [_row(one, settled.get(one.task_id), names, today, zone) for one in entries]
    named = texts.words("checks.fields")
    fields = [FieldRow(key=one, name=named[one], type=_type(one), unit=None) for one in FIELDS]
    return Whole(**summary(session, of, now, zone).model_dump(), fields=fields, rows=rows)


def _type(field: str) -> str:
    return "choice" if field in {"status", "final"} else "text"


def _names(session: Session, tasks: Sequence[Task], entries: Sequence[RoundEntry]) -> dict[int, str]:
    ids = {each.officer_id for one in tasks for each in one.assignments}
    ids |= {one.answered_by_id for one in entries if one.answered_by_id is not None}
    return {one.id: one.name for one in officers.by_ids(session, ids)}


def _owner(task: Task, names: Mapping[int, str], today: date) -> str | None:
    """Who answers for the project, the lead first."""
    held = milestones.of_task(task, today)
    return ", ".join(names[one.officer_id] for one in held if one.officer_id in names) or None


def _named(task: Task) -> str:
    return f"{task.no} {task.title}" if task.no else f"#{task.id} {task.title}"


def _asked(task: Task, names: Mapping[int, str], today: date) -> ReplyRow:
    return ReplyRow(
        respondent=_named(task), owner=_owner(task, names, today), state=EntryState.ASKED.value,
        answered_by=None, on_behalf_of=None, at=None, values={},
    )  # fmt: skip


def _row(
    one: RoundEntry, settled: SnapshotRow | None, names: Mapping[int, str], today: date, zone: ZoneInfo
) -> ReplyRow:
    return ReplyRow(
        respondent=_named(one.task),
        owner=_owner(one.task, names, today),
        state=one.state.value,
        answered_by=names.get(one.answered_by_id or 0),
        on_behalf_of=None,
        at=one.answered_at.astimezone(zone) if one.answered_at is not None else None,
        values=_values(one, settled),
    )


def _values(one: RoundEntry, settled: SnapshotRow | None) -> dict[str, str]:
    said = {
        "status": _word(one.self_status),
        "results": one.results,
        "problems": one.problems,
        "next_plan": one.next_plan,
        "final": _word(settled_status(settled) if settled is not None else one.final_status),
        "opinion": one.opinion,
    }
    return {key: value for key, value in said.items() if value is not None}


def _word(status: PledgeStatus | None) -> str | None:
    return PLEDGE_WORDS[status] if status is not None else None
