"""What the plans room raises."""

from __future__ import annotations

from plans.facts import Fact


class PlanError(Exception):
    """The document cannot be read as a plan: why, as a code, with the facts that its sentence needs."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
