"""PlanDraft: what was read from a plan document, in the shape that `gihan import --json` prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from plans.claimed import ResultClaims
from plans.facts import Fact
from plans.indicators.drafts import IndicatorDraft, YearlyDraft

UNTITLED: Final = "(제목 없음)"
UNNAMED: Final = "이름 없는 일정"
"""What a task and an entry bear whose own titles were lost: kept in the store, and known again by it."""

Kind = Literal["dated", "open", "ongoing", "recurring"]
Precision = Literal["day", "month", "quarter", "half", "year", "range"]
Severity = Literal["check", "note"]


class Window(BaseModel):
    """A span of days, both ends included (기간). `start` or `due` is None where the document leaves that end open."""

    start: date | None
    due: date | None
    precision: Precision


class MilestoneDraft(BaseModel):
    """One entry that says what happens and when (추진일정).

    `original_due` is the day before a change that the document itself tells (A in "A → B").
    """

    title: str
    expr: str
    line: int
    section: str | None = None
    kind: Kind
    windows: list[Window] = Field(default_factory=list)
    rrule: str | None = None
    done: bool = False
    original_due: date | None = None


class Asked(BaseModel):
    """An entry whose year nobody can know: a person says it, and then it is a milestone.

    Where two columns may be the time, `columns` are their headers, `choices` what stands in each, and `form` is that of the
    table: who says once which one it is, has said it for all tables of that form.
    """

    title: str
    expr: str
    line: int
    section: str | None = None
    done: bool = False
    form: str | None = None
    columns: list[str] = Field(default_factory=list)
    choices: list[str] = Field(default_factory=list)


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
    asked: list[Asked] = Field(default_factory=list)
    indicators: list[IndicatorDraft] = Field(default_factory=list)
    targets: list[YearlyDraft] = Field(default_factory=list)


class Finding(BaseModel):
    """확인 필요: something a person should look at, with its 1-based line (None: the whole document).

    `code` names its sentence, which needs the `facts`: the kind of finding and, where that has several, a dot and which.
    """

    line: int | None
    code: str
    severity: Severity
    facts: dict[str, Fact] = Field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The code that other programs know: "name-differs" of "name-differs.organiser"."""
        return self.code.partition(".")[0]


def finding(line: int | None, code: str, **facts: Fact) -> Finding:
    """Something to check: where, the code of its sentence and the facts that it needs."""
    return Finding(line=line, code=code, severity="check", facts=facts)


def note(line: int | None, code: str, **facts: Fact) -> Finding:
    """The same of what need not be checked, only known."""
    return Finding(line=line, code=code, severity="note", facts=facts)


MOST_UNREAD: Final = 1 / 3


class LooseLine(BaseModel):
    """A line as written, with its 1-based number."""

    line: int
    text: str


Aside = Literal["words", "outside", "title", "note", "period", "past", "prose", "unread", "lost", "gone"]
"""Why a date is no entry: it stands among an entry's words, outside all tasks, in a title, a remark, a project's period,
a report of what was done, in prose or figures; it was not read; its letters were lost, or are crossed out or hidden."""


class Account(BaseModel):
    """What became of every place of the file that looks like a date (날짜 장부); `aside` by reason (Aside)."""

    total: int = 0
    registered: int = 0
    asked: int = 0
    aside: dict[str, int] = Field(default_factory=dict)
    read_lines: int = 0
    unread: list[LooseLine] = Field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the three heaps make up all there is."""
        return self.registered + self.asked + sum(self.aside.values()) == self.total

    @property
    def unread_share(self) -> float:
        """Lines that look like an entry and became nothing, among all that look like one."""
        return len(self.unread) / max(len(self.unread) + self.read_lines, 1)

    @property
    def is_mostly_unread(self) -> bool:
        """Whether so much was not read that nobody should register the rest unseen."""
        return self.unread_share > MOST_UNREAD

    @property
    def facts(self) -> dict[str, Fact]:
        """What a sentence says of it: all dates, those registered, those asked and the others by reason."""
        return {
            "total": self.total, "registered": self.registered, "asked": self.asked, "aside": self.aside
        }  # fmt: skip


_OUR_OWN: Final[Any] = {
    **dict.fromkeys(("area", "pledge_no", "pledge", "asked"), True),
    "milestones": {"__all__": {"original_due"}},
}
"""What a task has beside the keys of the interface."""


class PlanDraft(BaseModel):
    """The whole document as read. `is_offered`: no task was found, so the document itself stands as one, which nobody
    should register unseen. `own`: dates of the planning office itself, which stand outside all tasks (총괄부서 일정)."""

    plan_year: int | None
    title: str
    organisation: str | None
    tasks: list[TaskDraft] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    claims: ResultClaims | None = None
    account: Account | None = None
    is_offered: bool = False
    own: list[MilestoneDraft] = Field(default_factory=list)

    def with_own(self) -> list[TaskDraft]:
        """The tasks, and behind them one of the dates of the planning office itself, which bears the document's title."""
        own = TaskDraft(no=None, title=self.title, department=None, milestones=self.own)
        return [*self.tasks, own] if self.own else self.tasks

    def as_json(self, worded: Callable[[Finding], str]) -> str:
        """As `gihan import --json` prints it: the keys of the interface, which other programs rely on.

        `worded` gives the sentence of a finding.
        """
        left_out: Any = {
            "findings": True,
            "claims": True,
            "account": True,
            "is_offered": True,
            "own": True,
            "tasks": {"__all__": _OUR_OWN},
        }
        shown = self.model_copy(update={"tasks": self.with_own()}).model_dump(mode="json", exclude=left_out)
        shown["findings"] = [
            {"line": one.line, "code": one.kind, "severity": one.severity, "message": worded(one)}
            for one in self.findings
        ]
        return json.dumps(shown, ensure_ascii=False, indent=2)
