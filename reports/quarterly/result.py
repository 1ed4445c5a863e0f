"""The finished result: every number of R1 in one object, which the spreadsheet, the page and the chat print."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from reports import texts
from reports.period import Period
from reports.quarterly.changes import Changes
from reports.quarterly.rows import Adjustment, Correction, Row, Step
from reports.settings import RoundSettings
from store.states import PledgeStatus


@dataclass(frozen=True)
class Rate:
    """done of counted; `value` in percent, None where nothing is counted."""

    done: int
    counted: int
    value: Decimal | None


@dataclass(frozen=True)
class Goal:
    """목표 이행률 in percent: `wanted` projects reach it, `short` of them are not done yet (0: it is reached)."""

    percent: Decimal
    wanted: int
    short: int


def goal_of(
    rate: Rate, settings: RoundSettings, year: int | None = None, plan: str | None = None
) -> Goal | None:
    """From counts, never from the rounded rate; None without a goal, or where nothing is counted. `year`, `plan`: of the
    quarter, and the title of the plan where only one is counted."""
    percent = settings.goal(year, plan)
    if percent is None or not rate.counted:
        return None
    wanted = math.ceil(percent * rate.counted / 100)
    return Goal(percent, wanted, max(0, wanted - rate.done))


@dataclass(frozen=True)
class Part:
    """An area or bureau with its done projects."""

    name: str
    rate: Rate
    total: int


@dataclass(frozen=True)
class Matrix:
    """분야 × 국: `cells[area][bureau]`; the totals are sums of the cells."""

    areas: tuple[str, ...]
    labels: tuple[str, ...]
    bureaus: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def row_totals(self) -> list[int]:
        return [sum(row) for row in self.cells]

    @property
    def column_totals(self) -> list[int]:
        return [sum(column) for column in zip(*self.cells, strict=True)]

    @property
    def total(self) -> int:
        return sum(self.row_totals)


@dataclass(frozen=True)
class StatusColumn:
    """One column of the table of statuses. `share` None: left out of the denominator, or nothing is counted.

    `plain` is the share rounded by itself, where it differs from `share`.
    """

    statuses: tuple[PledgeStatus, ...]
    label: str
    count: int
    share: Decimal | None
    plain: Decimal | None = None


@dataclass(frozen=True)
class Previous:
    """The quarter before. `rate` by today's settings; `difference` of the printed rates, in %p."""

    period: Period
    as_of: date
    rate: Rate
    difference: Decimal | None
    changes: Changes
    is_adjacent: bool


class FindingKind(StrEnum):
    """What is wrong with what a source prints."""

    CONTRADICTION = "contradiction"  # the source disagrees with itself
    DIFFERENCE = "difference"  # the source disagrees with the count of its own register
    NOTE = "note"  # both are right by the stated rule, or cannot be checked


@dataclass(frozen=True)
class Finding:
    """Both values, printed and recomputed, and a sentence that says what they are of."""

    kind: FindingKind
    what: str
    printed: str
    computed: str
    text: str


@dataclass(frozen=True)
class CorrectedRow:
    """정정 with both values, and the row it is about."""

    row: Row
    correction: Correction


@dataclass(frozen=True)
class Before:
    """What the quarter counted when it was frozen, before its corrections."""

    rate: Rate
    columns: tuple[StatusColumn, ...]


@dataclass(frozen=True)
class AreaRows:
    """현황: one area with its rows in order."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Result:
    """분기 점검결과. `generated_at` is aware, in the organisation's zone, whose name is `timezone`.

    `checked` printed values of the document `source` were held against ours; `findings` are those that differ.
    """

    organisation: str
    period: Period
    as_of: date
    generated_at: datetime
    timezone: str
    settings: RoundSettings
    subject: str
    basis: str | None
    content: str | None
    method: str | None
    pledges: int
    rows: tuple[Row, ...]
    matrix: Matrix
    columns: tuple[StatusColumn, ...]
    rate: Rate
    previous: Previous | None
    by_area: tuple[Part, ...]
    by_bureau: tuple[Part, ...]
    comment: tuple[str, ...]
    is_drafted: bool
    adjustments: tuple[tuple[Adjustment, PledgeStatus | None], ...]
    register: tuple[AreaRows, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    checked: int
    source: str | None
    corrections: tuple[CorrectedRow, ...]
    before_corrections: Before | None
    footnotes: tuple[str, ...]
    criteria: dict[PledgeStatus, tuple[str, ...]] = field(default_factory=dict)
    criteria_source: str | None = None

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def scope(self) -> str:
        """5대 분야 21개 공약 49개 사업"""
        areas = len(self.matrix.areas)
        return texts.line("result.scope", areas=areas, pledges=self.pledges, projects=self.total)


def names_of(statuses: Sequence[PledgeStatus], words: Mapping[PledgeStatus, str]) -> str:
    return " / ".join(words[one] for one in statuses)
