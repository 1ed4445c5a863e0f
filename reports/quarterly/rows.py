"""What goes into a quarterly result: frozen rows, corrections, projects to be adjusted, the round's own facts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from reports.period import Period
from reports.texts import unnamed
from store.states import PledgeStatus


@dataclass(frozen=True)
class Row:
    """One task of a quarter (단위사업), as frozen."""

    no: str | None
    title: str
    status: PledgeStatus
    area: str = field(default_factory=unnamed.area)
    bureau: str = field(default_factory=unnamed.bureau)
    department: str = field(default_factory=unnamed.department)
    pledge_no: str | None = None
    pledge: str | None = None
    id: int | None = None

    @property
    def pledge_key(self) -> str:
        """What makes two units one pledge: its number, else the unit itself."""
        return self.pledge_no or self.no or self.title


@dataclass(frozen=True)
class Correction:
    """정정: a field of a frozen row that was `before` and is `after` since; statuses by their Korean word."""

    row_id: int
    field: str
    before: str | None
    after: str | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Adjustment:
    """공약조정 필요사업. None where nobody has said so yet; the status now comes from the rows."""

    no: str | None
    title: str
    reason: str = ""
    reason_code: str | None = None
    kind: str | None = None
    next_step: str | None = None


@dataclass(frozen=True)
class Step:
    """향후계획: what comes, and when in words."""

    what: str
    when: str


@dataclass(frozen=True)
class Quarter:
    """One quarter as it was frozen. `claims` is what a document taken over prints about itself, {} for none.

    Of the newest document before it: `columns`, the bureaus in its order; `labels`, its short names of the areas;
    `criteria`, what a status means in its words, and `criteria_source`, where it has them from.
    """

    period: Period
    as_of: date
    rows: Sequence[Row]
    corrections: Sequence[Correction] = ()
    subject: str | None = None
    basis: str | None = None
    content: str | None = None
    method: str | None = None
    publish_on: date | None = None
    comment: Sequence[str] = ()
    steps: Sequence[Step] = ()
    adjustments: Sequence[Adjustment] = ()
    bureaus: Sequence[str] = ()
    columns: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[PledgeStatus, Sequence[str]] = field(default_factory=dict)
    criteria_source: str | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    source: str | None = None


def number_key(no: str | None) -> tuple[str, ...]:
    """The parts of a number, however it is written: 4-1-②, (4-1-2) and "4 - 1 - 2" are one; () for none."""
    return tuple(re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFKC", no or "")))


CORRECTABLE = ("status", "title", "area", "pledge", "department", "bureau")


def corrected(quarter: Quarter, words: dict[str, PledgeStatus]) -> list[Row]:
    """The rows with every correction applied in order; `words` gives a status by its Korean word."""
    rows = {row.id if row.id is not None else -i: row for i, row in enumerate(quarter.rows, 1)}
    for one in quarter.corrections:
        row = rows.get(one.row_id)
        if row is None or one.field not in CORRECTABLE or one.after is None:
            continue
        value: Any = words[one.after] if one.field == "status" else one.after
        rows[one.row_id] = replace(row, **{one.field: value})
    return list(rows.values())
