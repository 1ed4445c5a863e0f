"""PlanDraft: what was read from a plan document, in the shape that `gihan import --json` prints."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from plans.claimed import ResultClaims

Kind = Literal["dated", "open", "ongoing", "recurring"]
Precision = Literal["day", "month", "quarter", "half", "year", "range"]
Severity = Literal["check", "note"]


class Window(BaseModel):
    """A span of days, both ends included (기간). `start` or `due` is None where the document leaves that end open."""

    start: date | None
    due: date | None
    precision: Precision


class MilestoneDraft(BaseModel):
    """One entry that says what happens and when (추진일정)."""

    title: str
    expr: str
    line: int
    section: str | None = None
    kind: Kind
    windows: list[Window] = Field(default_factory=list)
    rrule: str | None = None
    done: bool = False


class OfficerDraft(BaseModel):
    """담당자 as written; `rank` (직급) is None where not written."""

    name: str
    rank: str | None = None


class BudgetDraft(BaseModel):
    """소요예산 of one year in won; `year` is None where not written."""

    year: int | None
    krw: int


class PeriodDraft(BaseModel):
    """사업기간."""

    start: date | None
    end: date | None
    open_ended: bool = False


class TaskDraft(BaseModel):
    """One task card (과제): department names are closed up ("감 사 실" -> "감사실").

    `area` (분야), `pledge_no` and `pledge` (공약, of which the task is a unit) are None where the document has none.
    """

    no: str | None
    title: str
    department: str | None
    related: list[str] = Field(default_factory=list)
    officers: list[OfficerDraft] = Field(default_factory=list)
    phones: list[str] = Field(default_factory=list)
    budgets: list[BudgetDraft] = Field(default_factory=list)
    period: PeriodDraft | None = None
    status: str | None = None
    area: str | None = None
    pledge_no: str | None = None
    pledge: str | None = None
    milestones: list[MilestoneDraft] = Field(default_factory=list)


class Finding(BaseModel):
    """확인 필요: something a person should look at, with its 1-based line (None: the whole document)."""

    line: int | None
    code: str
    severity: Severity
    message: str


class PlanDraft(BaseModel):
    """The whole document as read."""

    plan_year: int | None
    title: str
    organisation: str | None
    tasks: list[TaskDraft] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    claims: ResultClaims | None = None

    def as_json(self) -> str:
        """As `gihan import --json` prints it: the keys of the interface, which other programs rely on."""
        return self.model_dump_json(
            indent=2, exclude={"claims": True, "tasks": {"__all__": {"area", "pledge_no", "pledge"}}}
        )
