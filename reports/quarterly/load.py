"""The store's frozen quarters -> what the result is built from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from reports.period import Period, period_of
from reports.quarterly import inherited
from reports.quarterly.build import printed_labels, printed_order
from reports.quarterly.changes import match
from reports.quarterly.rows import Adjustment, Correction, Quarter, Row, Step
from reports.settings import RoundSettings
from reports.texts import unnamed
from reports.texts.hidden_titles import hidden_title
from reports.texts.states import ADJUSTMENT_STEP_WORDS, ADJUSTMENT_TYPE_WORDS
from store import adjustments, rounds
from store.models import Department, Round, SnapshotCorrection, SnapshotRow, Task
from store.states import RoundOrigin


@dataclass(frozen=True)
class Loaded:
    """A quarter with the newest frozen one before it, and the settings that it was frozen with."""

    quarter: Quarter
    previous: Quarter | None
    settings: RoundSettings


def periods(session: Session) -> list[Period]:
    """The quarters of which there is a result, newest first."""
    return [period_of(one) for one in rounds.settled(session)]


def named_periods(session: Session, year: int | None = None) -> list[Period]:
    """The rounds with a name, of that year or of all, of which there is a result, newest first."""
    return [period_of(one) for one in rounds.named(session, year) if one.state in rounds.SETTLED]


def load(
    session: Session, period: Period, settings: RoundSettings, *, hides_secret: bool = False
) -> Loaded | None:
    """The quarter; None where it is not frozen. `settings` hold where none were kept at the freeze.

    `hides_secret`: for chat, where a secret task (비공개) has no title.
    """
    found = rounds.find(session, period.year, period.quarter, period.name)
    if found is None or found.state not in rounds.SETTLED:
        return None
    before = rounds.compared_with(session, found)
    own = RoundSettings.model_validate(found.settings) if found.settings else settings
    quarter = quarter_of(session, found)
    previous = quarter_of(session, before) if before is not None else None
    if previous is not None and found.name and any(found.scope.values()):
        previous = _narrowed(previous, quarter)
    loaded = Loaded(quarter, previous, own)
    return without_secrets(session, loaded) if hides_secret else loaded


def _narrowed(previous: Quarter, quarter: Quarter) -> Quarter | None:
    """The quarter before with the projects alone that a round of a scope has: it is not compared with the whole city.
    None where it had none of them."""
    there = {id(old) for old, _ in match(previous.rows, quarter.rows)}
    rows = [one for one in previous.rows if id(one) in there]
    own = {one.id for one in rows}
    corrections = [one for one in previous.corrections if one.row_id in own]
    return replace(previous, rows=rows, corrections=corrections) if rows else None


def quarter_of(session: Session, of: Round) -> Quarter:
    """One frozen round with its rows. A bureau that was unknown at the freeze is that of the department today."""
    found = rounds.rows(session, of.id)
    bureaus = _bureaus(session)
    source = rounds.newest_document(session, of.year, of.quarter)
    if source is None:
        return _quarter(session, of, found, bureaus)
    criteria = inherited.criteria_of(source.claims)
    quarter = _quarter(
        session, of, found, bureaus, criteria=criteria, criteria_source=source.claims.get("criteria_source")
    )
    if source.id == of.id:
        return replace(quarter, adjustments=inherited.adjustments_of(source.claims))
    printed = _quarter(session, source, rounds.rows(session, source.id), bureaus)
    at = of.frozen_at or of.opened_at
    still = [one for _, one in inherited.printed_adjustments(session, source, at)]
    return replace(
        quarter,
        subject=printed.subject,
        columns=printed_order(printed),
        labels=printed_labels(printed),
        adjustments=[*quarter.adjustments, *still],
    )


def _quarter(
    session: Session, of: Round, found: Sequence[SnapshotRow], bureaus: dict[str, str], **inherits: Any
) -> Quarter:
    """The round by itself, with what it inherits."""
    return Quarter(
        period=period_of(of),
        as_of=of.as_of_on,
        rows=[_row(one, bureaus) for one in found],
        corrections=[_correction(each) for one in found for each in one.corrections],
        subject=of.claims.get("subject"),
        basis=of.basis,
        content=of.content,
        method=of.method,
        publish_on=of.publish_on,
        comment=[line for line in (of.comment or "").splitlines() if line.strip()],
        steps=[Step(one["what"], one["when"]) for one in of.steps],
        adjustments=_adjustments(session, of, found) if of.origin is RoundOrigin.PLAYED else [],
        bureaus=rounds.bureau_names(session),
        claims=of.claims,
        source=of.source_name,
        **inherits,
    )


def _adjustments(session: Session, of: Round, rows: Sequence[SnapshotRow]) -> list[Adjustment]:
    """What was on its way when the quarter was frozen, whatever became of it since."""
    if of.frozen_at is None:
        return []
    ids = [one.task_id for one in rows if one.task_id is not None]
    made = []
    for one in adjustments.of_tasks_at(session, ids, of.frozen_at):
        coming = adjustments.next_step(adjustments.step_at(one, of.frozen_at))
        kind = ADJUSTMENT_TYPE_WORDS[one.type]
        step = ADJUSTMENT_STEP_WORDS[coming] if coming else None
        made.append(Adjustment(one.task.no, one.task.title, one.reason, kind=kind, next_step=step))
    return made


def _bureaus(session: Session) -> dict[str, str]:
    """The bureau of each department, by its name and its other names."""
    query = select(Department).where(Department.bureau.is_not(None)).options(selectinload(Department.aliases))
    found: dict[str, str] = {}
    for one in session.scalars(query):
        found |= dict.fromkeys(
            [one.name, *(each.alias for each in one.aliases)], one.bureau or unnamed.bureau()
        )
    return found


def _row(one: SnapshotRow, bureaus: dict[str, str]) -> Row:
    return Row(
        no=one.no,
        title=one.title,
        status=one.status,
        area=one.area or unnamed.area(),
        bureau=one.bureau or bureaus.get(one.department or "", unnamed.bureau()),
        department=one.department or unnamed.department(),
        pledge_no=one.pledge_no,
        pledge=one.pledge,
        id=one.id,
    )


def _correction(one: SnapshotCorrection) -> Correction:
    return Correction(
        one.row_id, one.field, one.before, one.after, one.reason, one.corrected_by, one.corrected_at
    )


def without_secrets(session: Session, loaded: Loaded) -> Loaded:
    """The same quarters with a word in the place of the titles of secret tasks, wherever they stand."""
    query = select(SnapshotRow.id, SnapshotRow.title, SnapshotRow.pledge, Task.title)
    query = query.join(Task, Task.id == SnapshotRow.task_id).where(Task.is_secret.is_(True))
    found = session.execute(query).all()
    if not found:
        return loaded
    rows = {one[0] for one in found}
    titles = {title for one in found for title in one[1:] if title}
    previous = _bare(loaded.previous, rows, titles) if loaded.previous is not None else None
    return replace(loaded, quarter=_bare(loaded.quarter, rows, titles), previous=previous)


def _bare(quarter: Quarter, secret_rows: set[int], titles: set[str]) -> Quarter:
    """`titles` are those of the secret rows, by which claims and adjustments of the document name them."""
    rows = [
        replace(one, title=hidden_title(), pledge=None) if one.id in secret_rows else one
        for one in quarter.rows
    ]
    asked = [
        replace(one, title=hidden_title(), reason="") if one.title in titles else one
        for one in quarter.adjustments
    ]
    corrections = [
        one for one in quarter.corrections if one.row_id not in secret_rows or one.field == "status"
    ]
    return replace(
        quarter,
        rows=rows,
        adjustments=asked,
        corrections=corrections,
        comment=[_without(titles, line) for line in quarter.comment],
        claims=_without(titles, quarter.claims),
    )


def _without(titles: set[str], value: Any) -> Any:
    """The words, or every word of the lists and dicts, with no such title in it; the longest first."""
    if isinstance(value, dict):
        return {key: _without(titles, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(titles, one) for one in value]
    for title in sorted(titles, key=len, reverse=True) if isinstance(value, str) else ():
        value = value.replace(title, hidden_title())
    return value
