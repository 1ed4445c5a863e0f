"""The store's frozen quarters -> what the result is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from reports.period import Period
from reports.quarterly.rows import (
    NO_AREA,
    NO_BUREAU,
    NO_DEPARTMENT,
    Adjustment,
    Correction,
    Quarter,
    Row,
    Step,
)
from reports.settings import ReviewSettings
from store import rounds
from store.models import Department, ReviewRound, SnapshotCorrection, SnapshotRow


@dataclass(frozen=True)
class Loaded:
    """A quarter with the newest frozen one before it, and the settings that it was frozen with."""

    quarter: Quarter
    previous: Quarter | None
    settings: ReviewSettings


def periods(session: Session) -> list[Period]:
    """The quarters of which there is a result, newest first."""
    return [Period(one.year, one.quarter) for one in rounds.settled(session)]


def load(
    session: Session, period: Period, settings: ReviewSettings, adjustments: Sequence[Adjustment] = ()
) -> Loaded | None:
    """The quarter; None where it is not frozen. `settings` hold where none were kept at the freeze."""
    found = rounds.find(session, period.year, period.quarter)
    if found is None or found.state not in rounds.SETTLED:
        return None
    before = rounds.settled_before(session, period.year, period.quarter)
    own = ReviewSettings.model_validate(found.settings) if found.settings else settings
    previous = quarter_of(session, before) if before is not None else None
    return Loaded(quarter_of(session, found, adjustments), previous, own)


def quarter_of(session: Session, of: ReviewRound, adjustments: Sequence[Adjustment] = ()) -> Quarter:
    """One frozen round with its rows. A bureau that was unknown at the freeze is that of the department today."""
    found = rounds.rows(session, of.id)
    bureaus = _bureaus(session)
    claimed = [Adjustment(one["no"], one["title"], one["reason"]) for one in of.claims.get("adjustments", [])]
    return Quarter(
        period=Period(of.year, of.quarter),
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
        adjustments=[*adjustments, *claimed],
        bureaus=rounds.bureau_names(session),
        claims=of.claims,
        source=of.source_name,
    )


def _bureaus(session: Session) -> dict[str, str]:
    """The bureau of each department, by its name and its other names."""
    query = select(Department).where(Department.bureau.is_not(None)).options(selectinload(Department.aliases))
    found: dict[str, str] = {}
    for one in session.scalars(query):
        found |= dict.fromkeys([one.name, *(each.alias for each in one.aliases)], one.bureau or NO_BUREAU)
    return found


def _row(one: SnapshotRow, bureaus: dict[str, str]) -> Row:
    return Row(
        no=one.no,
        title=one.title,
        status=one.status,
        area=one.area or NO_AREA,
        bureau=one.bureau or bureaus.get(one.department or "", NO_BUREAU),
        department=one.department or NO_DEPARTMENT,
        pledge_no=one.pledge_no,
        pledge=one.pledge,
        id=one.id,
    )


def _correction(one: SnapshotCorrection) -> Correction:
    return Correction(
        one.row_id, one.field, one.before, one.after, one.reason, one.corrected_by, one.corrected_at
    )
