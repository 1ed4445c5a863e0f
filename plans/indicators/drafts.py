"""Goals of a task as a draft has them (성과지표, 연차별 달성 목표)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

Kind = Literal["count", "ratio", "amount", "grade", "text"]
Bound = Literal["least", "most", "about"]


class IndicatorDraft(BaseModel):
    """One goal: in numbers (`target`, written out, with its unit), or in words (`target` None and `text` the whole cell, `before`
    the cell beside it). `year` is that of the goal, `of` the whole of a ratio where it is printed. `direction` is down only
    where words say so."""

    name: str
    unit: str | None = None
    before: str | None = None
    target: str | None = None
    year: int | None = None
    text: str
    line: int
    kind: Kind = "text"
    of: str | None = None
    bound: Bound | None = None
    before_year: int | None = None
    result: str | None = None
    formula: str | None = None
    direction: Literal["up", "down"] = "up"


class YearlyDraft(BaseModel):
    """What is to be reached in a year, in words; the final goal has none (최종목표)."""

    year: int | None
    text: str
