"""What the picture of a scope shows: progress by department, its projects, the year's burn-up. Drawn by reports/drawing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

MOST_ROWS: Final = 60  # of one chart: what is beyond is counted below it


@dataclass(frozen=True)
class Bar:
    """One department: its dated milestones."""

    name: str
    done: int
    overdue: int
    total: int


@dataclass(frozen=True)
class Mark:
    """One due day of a project."""

    on: date
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class Project:
    """One row of the Gantt."""

    name: str
    start: date
    end: date
    marks: tuple[Mark, ...]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.marks)


@dataclass(frozen=True)
class Picture:
    """`title` and `as_of` (the moment with its zone) stand above; `planned` and `done` are days of this year's
    milestones, one each."""

    title: str
    as_of: str
    today: date
    bars: list[Bar] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    planned: list[date] = field(default_factory=list)
    done: list[date] = field(default_factory=list)
