"""What a result document prints about itself (원문 표기): counts, rates, changes, to be held against its register."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field


class ClaimedCount(BaseModel):
    """One column of the table of statuses; `share` is the percentage as printed, without its sign."""

    statuses: list[str]
    count: int
    share: str | None = None


class ClaimedChange(BaseModel):
    """이행후 계속추진 사업 : 2개, with the numbers listed below it."""

    status: str
    count: int
    numbers: list[str] = Field(default_factory=list)


class ClaimedRow(BaseModel):
    """One row of the matrix by area and bureau; `cells` has the total first and 0 for "-"."""

    name: str
    cells: list[int]


class ClaimedAdjustment(BaseModel):
    """공약조정 필요사업: the task's number and why."""

    no: str | None
    title: str
    reason: str


class ClaimedCriterion(BaseModel):
    """판단기준: what a status means, in the lines of the document."""

    status: str
    lines: list[str]


class ClaimedStep(BaseModel):
    """향후계획: what comes and when, as written."""

    what: str
    when: str


class ResultClaims(BaseModel):
    """분기 점검결과 as printed; None and empty lists where the document says nothing.

    `subject` is what is checked (민선9기 시장 공약사항).
    """

    year: int
    quarter: int
    as_of: date | None = None
    subject: str | None = None
    basis: str | None = None
    content: str | None = None
    method: str | None = None
    rate: str | None = None
    previous_rate: str | None = None
    previous_year: int | None = None
    previous_quarter: int | None = None
    total: int | None = None
    counts: list[ClaimedCount] = Field(default_factory=list)
    changes: list[ClaimedChange] = Field(default_factory=list)
    columns: list[str] = Field(default_factory=list)
    matrix: list[ClaimedRow] = Field(default_factory=list)
    adjustments: list[ClaimedAdjustment] = Field(default_factory=list)
    comment: list[str] = Field(default_factory=list)
    criteria: list[ClaimedCriterion] = Field(default_factory=list)
    criteria_source: str | None = None
    steps: list[ClaimedStep] = Field(default_factory=list)
