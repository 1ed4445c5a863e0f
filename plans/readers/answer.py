"""What the reading process is asked, and what it answers (읽은 결과): a text, cells, a plan, a list, a register, a refusal."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from plans.draft import PlanDraft
from plans.facts import Fact
from plans.sheet.grid import Grid
from plans.sheet.handover import HandoverList
from plans.sheet.register import RegisterSheet
from plans.sheet.roster import Roster

Wanted = Literal["text", "cells", "plan", "any"]
"""`cells`: of a sheet, as they stand. `any`: the cells of a list of items, a hand-over list, a roster or a register where it is
one, else a plan."""
Unit = Literal["page", "line"]
"""What is counted while it reads: first the pages, where a format has them, then the lines."""


class Request(BaseModel):
    """What is wanted of a file of this kind (".hwp") and size (bytes); `answers` are those about forms of tables."""

    wanted: Wanted
    kind: str
    size: int
    year: int | None = None
    answers: dict[str, str] = Field(default_factory=dict)


class Refusal(BaseModel):
    """A PlanError on its way to the parent."""

    code: str
    facts: dict[str, Fact] = Field(default_factory=dict)


class Answer(BaseModel):
    """Exactly one of them is given."""

    text: str | None = None
    cells: Grid | None = None
    plan: PlanDraft | None = None
    handovers: HandoverList | None = None
    roster: Roster | None = None
    filled: RegisterSheet | None = None
    error: Refusal | None = None
