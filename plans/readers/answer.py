"""What the reading process answers (읽은 결과): one of a text, a plan, a hand-over list, a refusal."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from plans.draft import PlanDraft
from plans.handover_list import HandoverList

Wanted = Literal["text", "plan", "any"]
"""`any`: a hand-over list where it is one, else a plan."""


class Answer(BaseModel):
    """Exactly one of them is given."""

    text: str | None = None
    plan: PlanDraft | None = None
    handovers: HandoverList | None = None
    error: str | None = None
