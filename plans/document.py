"""The whole document as read, with the place of every task: what the checks look at (문서)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from plans.draft import Finding, MilestoneDraft, TaskDraft
from plans.english.dates import find_english_dates, looks_like_english_entry
from plans.entries.body import Body
from plans.entries.shapes import looks_like_entry
from plans.structure.cover import Cover
from plans.structure.tasklist import TaskList
from plans.structure.years import YearScope
from plans.text.lines import Line
from plans.time.scan import DateToken, find_dates

Progress = Callable[[int, int], None]


@dataclass
class Placed:
    """A task and the lines it was read from; `first` is the line number of its heading.

    `has_card`: its budget and period stand in a card of their own, so that its text can be held against them.
    """

    task: TaskDraft
    lines: Sequence[Line] = ()
    body: Body = field(default_factory=Body)
    first: int = 1
    pledge: str | None = None
    area: str | None = None
    has_card: bool = False


@dataclass
class Document:
    """Lines, cover, tasks in order, and the document's own list of tasks where it has one."""

    lines: Sequence[Line]
    cover: Cover
    year: int | None
    tasks: list[Placed] = field(default_factory=list)
    task_list: TaskList | None = None
    is_register: bool = False
    is_offered: bool = False
    own: list[MilestoneDraft] = field(
        default_factory=list
    )  # the planning office's own dates (plans/own_dates.py)
    findings: list[Finding] = field(default_factory=list)
    proposed: set[int] = field(default_factory=set)  # numbers of lines that only the general rule reads
    answers: Mapping[str, str] = field(
        default_factory=dict
    )  # form of a table -> header of the column of its times
    frame: Sequence[Line] = ()  # what stands around an official letter, taken from its lines
    language: Literal["ko", "en"] = "ko"

    def dates(self, text: str) -> list[DateToken]:
        """What looks like a date in its language."""
        return find_english_dates(text) if self.language == "en" else find_dates(text)

    def looks_like_entry(self, line: Line) -> bool:
        """Whether a line has the shape of an action with a time, as its language writes them."""
        return looks_like_english_entry(line) if self.language == "en" else looks_like_entry(line)

    @cached_property
    def scope(self) -> YearScope:
        """The tree of the document's blocks, and the year that each line may take from it."""
        return YearScope.of(self.lines, self.year)
