"""What a rehearsal of the reminder policy found: messages by day, by person, by rule; as JSON and as a picture."""

from datetime import date

from pydantic import BaseModel

BUSIEST = 10


class DayLoad(BaseModel):
    """What goes out on one day: one message a person, each with so many lines."""

    date: date
    messages: int
    lines: int


class PersonLoad(BaseModel):
    """What one person gets over the span; `most_lines`: of the longest message."""

    id: int
    name: str
    department: str | None
    messages: int
    lines: int
    most_lines: int


class RuleLoad(BaseModel):
    rule: str
    lines: int


class Unasked(BaseModel):
    """A milestone of which a reminder was due on that day, and nobody was there to get it."""

    id: int
    date: date


class Rehearsal(BaseModel):
    """As `gihan rehearse --json` prints it. `assumes`: silent (nobody ever answers) or on-time (everything is done
    on its due day); `groups`: weekly counts to bound groups, which are messages besides those of the days."""

    first: date
    last: date
    assumes: str
    working_days: int
    messages: int
    lines: int
    groups: int
    days: list[DayLoad]
    people: list[PersonLoad]
    rules: list[RuleLoad]
    busiest: list[DayLoad]
    unasked: list[Unasked]

    @property
    def mean(self) -> float:
        """Messages a working day."""
        return self.messages / self.working_days if self.working_days else 0.0
