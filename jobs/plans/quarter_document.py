"""A result document that is registered, or a list of a past quarter -> the quarter's frozen record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.plans.registration import Registration, Said
from jobs.rounds import freeze
from jobs.rounds.freeze import Register, RegisterRow
from plans.claimed import ResultClaims
from plans.draft import PlanDraft, TaskDraft
from plans.facts import Fault
from plans.sheet.lists import StatusRow
from reports.period import Period
from reports.pledges import read_pledge_status
from reports.quarterly.rows import number_key
from reports.texts.states import PLEDGE_WORDS
from store import officers, plans, rounds
from store.models import Task


def fill_in(task: Task, draft: TaskDraft) -> None:
    """Area and pledge of a task, where it has none yet and nobody has said that it has none."""
    if task.printed and "area" in task.printed:
        return
    task.area, task.pledge_no = task.area or draft.area, task.pledge_no or draft.pledge_no
    task.pledge = task.pledge or draft.pledge


def take_draft(deed: Deed, draft: PlanDraft, source_name: str, result: Registration, *, keeps: bool) -> None:
    """The quarter of a result document is frozen beside its plan; the result says so. Nothing for other plans.

    `keeps` False: it is only said what would be.
    """
    if draft.claims is None:
        return
    period = Period(draft.claims.year, draft.claims.quarter)
    unread = [task.status or "" for task in draft.tasks if read_pledge_status(task.status) is None]
    if unread:
        words = ", ".join(dict.fromkeys(unread))
        result.quarter = Said.of("unread", what=words, period=period.label)
        return
    rows = _rows_of_draft(deed.session, draft, result.plan_id)
    before = rounds.find(deed.session, period.year, period.quarter)
    if before is not None:
        result.quarter = _beside(deed.session, before.id, period, rows)
        return
    if keeps:
        freeze.take_over(deed, _register(draft.claims, period, rows, source_name))
    result.is_quarter_new = True
    result.quarter = Said.of("kept", period=period.label, count=len(rows), name=str(period))


def _register(claims: ResultClaims, period: Period, rows: list[RegisterRow], source_name: str) -> Register:
    return Register(
        period=period,
        as_of_on=claims.as_of or period.last_day,
        rows=rows,
        source_name=source_name,
        basis=claims.basis,
        content=claims.content,
        method=claims.method,
        steps=[one.model_dump() for one in claims.steps],
        claims=claims.model_dump(mode="json"),
    )


def _rows_of_draft(session: Session, draft: PlanDraft, plan_id: int) -> list[RegisterRow]:
    """Each row with the task that it has just been registered as."""
    known = {
        (number_key(one.no), plans.squeeze(one.title)): one
        for one in session.scalars(select(Task).where(Task.plan_id == plan_id))
    }
    return [
        _register_row(
            session,
            StatusRow(0, one.no, one.title, one.status or "", one.area, one.pledge, one.department),
            known.get((number_key(one.no), plans.squeeze(one.title))),
        )
        for one in draft.tasks
    ]


def _beside(session: Session, round_id: int, period: Period, found: list[RegisterRow]) -> Said | None:
    """A quarter that is recorded already stays; what the document says otherwise is told."""
    frozen = {
        (number_key(one.no), plans.squeeze(one.title)): one.status for one in rounds.rows(session, round_id)
    }
    other = [
        one.no or one.title
        for one in found
        if frozen.get((number_key(one.no), plans.squeeze(one.title))) is not one.status
    ]
    if not other:
        return None
    more = max(0, len(other) - 10)
    return Said.of("beside", period=period.label, count=len(other), rows=other[:10], more=more)


def rows_of(
    session: Session, listed: list[StatusRow], period: Period
) -> tuple[list[RegisterRow], list[Fault]]:
    """The rows of a list as frozen ones, with area, pledge and department of the registered task that each is.

    A row that is no registered task needs its own area and department.
    """
    good: list[RegisterRow] = []
    faults: list[Fault] = []
    tasks = _newest_tasks(session)
    for row in listed:
        status = read_pledge_status(row.status)
        task = tasks.get((number_key(row.no), "")) if row.no else None
        task = task or tasks.get(((), plans.squeeze(row.title)))
        if status is None:
            faults.append(
                Fault(
                    row.line,
                    "statuses.unknown",
                    {"status": row.status, "known": ", ".join(PLEDGE_WORDS.values())},
                )
            )
        elif task is None and not (row.area and row.department):
            faults.append(Fault(row.line, "statuses.stranger", {"name": row.no or row.title}))
        else:
            good.append(_register_row(session, row, task))
    return good, faults


def _newest_tasks(session: Session) -> dict[tuple[tuple[str, ...], str], Task]:
    """Registered pledges by number alone and by title alone, those of newer plans first."""
    found: dict[tuple[tuple[str, ...], str], Task] = {}
    query = select(Task).where(Task.status.is_not(None)).order_by(Task.plan_id.desc(), Task.position)
    for task in session.scalars(query):
        if task.no:
            found.setdefault((number_key(task.no), ""), task)
        found.setdefault(((), plans.squeeze(task.title)), task)
    return found


def _register_row(session: Session, row: StatusRow, task: Task | None) -> RegisterRow:
    status = read_pledge_status(row.status)
    assert status is not None
    written = officers.department(session, row.department) if row.department else None
    department = written or (task.department if task is not None else None)
    return RegisterRow(
        no=row.no or (task.no if task else None),
        title=row.title,
        status=status,
        area=row.area or (task.area if task else None),
        pledge_no=task.pledge_no if task else None,
        pledge=row.pledge or (task.pledge if task else None),
        department=department.name if department else row.department,
        bureau=row.bureau or (department.bureau if department else None),
        task_id=task.id if task else None,
    )
