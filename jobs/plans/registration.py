"""What registering a draft does, or would do: counts for people to read before they confirm."""

from dataclasses import dataclass, field
from typing import Any, Self

from store.states import PlanState


class RegisterError(Exception):
    """It cannot be registered as it is; one clear line that says what to do."""


class DraftError(RegisterError):
    """A draft cannot be registered as it is: the code of the reason, whose sentence the catalogue has, with its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Said:
    """What is told of a document: a code, whose sentence the catalogue has, with its facts."""

    code: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, code: str, **facts: Any) -> Self:
        return cls(code, facts)


@dataclass
class Registration:
    """What happened, or would happen: counts for people to read before they confirm."""

    plan_id: int
    state: PlanState
    is_new: bool
    tasks_added: int = 0
    tasks_known: int = 0
    new_task_ids: list[int] = field(default_factory=list)
    milestones_added: int = 0
    milestones_known: int = 0
    series_added: int = 0
    done_already: int = 0
    past: int = 0

    @property
    def changes_anything(self) -> bool:
        added = self.tasks_added or self.milestones_added or self.series_added
        return bool(added or self.differences or self.is_state_changed or self.is_quarter_new)

    differences: list[Said] = field(default_factory=list)
    is_state_changed: bool = False
    quarter: Said | None = None  # what became of the quarter of a result document
    is_quarter_new: bool = False
    unknown_departments: list[str] = field(default_factory=list)
