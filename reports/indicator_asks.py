"""What is asked over a list of indicators, in words: the columns of each stage, how one stands, the paper of the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.sheet.question import Form, Kind, Question
from plans.sheet.returned import Value
from reports import texts
from reports.indicator_words import told
from reports.indicators import BEHIND, KEPT, KpiRow
from reports.meetings.pack import Pack, Table
from reports.texts.grammar import full_day

LAGGARDS: Final = "laggards"
NO, NAME, THEN, NOW = "no", "name", "then", "now"
ABOUT: Final = (NO, NAME, THEN)
STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "remedy": ("cause", "measure", "by", "expect"),
    "first": ("first-on", "first-advice", "first-agreed"),
    "second": ("second-on", "second-advice", "second-agreed"),
    "review": ("became", "more"),
    "final": ("final-expect", "final-note"),
}
"""What each stage asks, in their order."""
_DAYS: Final = frozenset({"by", "first-on", "second-on"})
_FREE: Final = frozenset({"more", "final-note"})
SHEET_NAME_MOST: Final = 31


def stage_name(stage: str) -> str:
    return texts.words("ask_laggards.stage")[stage]


def stage_said(text: str) -> str | None:
    """The stage that was typed, in any language, or by its key."""
    typed = "".join(text.casefold().split())
    named = texts.CATALOGUE.codes("ask_laggards.stage")
    found = {"".join(word.casefold().split()): key for word, key in named.items()} | {
        one: one for one in STAGES
    }
    return found.get(typed)


def title(stage: str, year: int) -> str:
    return texts.line("ask_laggards.title", year=year, stage=stage_name(stage))


def form(stage: str, year: int) -> Form:
    """What the stage asks of each row. What earlier stages were told stands beside it and is not asked again."""
    names = texts.words("ask_laggards.column")
    given = [*ABOUT, *([NOW, *_before(stage)] if stage != "remedy" else [])]
    columns = [Question(key=one, name=names[one], kind="given") for one in given]
    columns += [
        Question(key=one, name=names[one], kind=_kind(one), is_needed=one not in _FREE)
        for one in STAGES[stage]
    ]
    head = title(stage, year)
    return Form(sheet=head[:SHEET_NAME_MOST], above=((head,),), columns=tuple(columns), title=head)


def _kind(column: str) -> Kind:
    return "day" if column in _DAYS else "text"


def _before(stage: str) -> list[str]:
    """The columns of the stages before it."""
    stages = list(STAGES)
    return [column for one in stages[: stages.index(stage)] for column in STAGES[one]]


def name_of(row: KpiRow) -> str:
    """Of a secret task nothing but that it is one."""
    return texts.line("ask_laggards.hidden") if row.secret else row.name


def status(row: KpiRow, *, is_later: bool = False) -> str:
    """120건 / 계획 200건 (60.0%) · 2031. 6. 30. 기준; later also whether it has recovered."""
    if row.secret or row.reached is None or row.as_of is None:
        return "-"
    state = texts.words("indicators.state").get(row.state or "", "") if is_later else ""
    if is_later and row.state == KEPT:
        state = texts.line("ask_laggards.recovered")
    return texts.line(
        "ask_laggards.status",
        reached=told(row.reached, row.unit),
        planned=told(row.planned, row.unit),
        rate=row.rate,
        as_of=full_day(row.as_of),
        state=state,
    )


@dataclass(frozen=True)
class Followed:
    """One indicator of the list: how it stands now (None: it is not there any more), and all that was told of it."""

    number: int
    department: str
    now: KpiRow | None
    cells: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """A stage that was opened, and how many departments have replied."""

    key: str
    done: int
    total: int


def paper(year: int, as_of: str, stages: Sequence[Stage], found: Sequence[Followed]) -> Pack:
    """대책보고회 자료: the list with its counts, causes, remedies and what became of them; a table for each department."""
    still = sum(one.now is not None and one.now.state == BEHIND for one in found)
    again = sum(one.now is not None and one.now.state == KEPT for one in found)
    facts = [
        (texts.line("ask_laggards.as-of"), as_of),
        (
            texts.line("ask_laggards.total"),
            texts.line("ask_laggards.total-told", total=len(found), recovered=again, behind=still),
        ),
        *(
            (
                texts.line("ask_laggards.replies"),
                texts.line(
                    "ask_laggards.replies-told", stage=stage_name(one.key), done=one.done, total=one.total
                ),
            )
            for one in stages
        ),
    ]
    head, empty = list(texts.labels("ask_laggards.head")), texts.line("ask_laggards.empty")
    places = list(dict.fromkeys(one.department for one in found))
    tables = [
        Table(place, head, [_line(one) for one in found if one.department == place], empty)
        for place in places
    ]
    return Pack(texts.line("ask_laggards.pack", year=year), facts, tables or [Table("-", head, [], empty)])


def _line(one: Followed) -> list[str]:
    names = texts.words("ask_laggards.column")
    rest = [
        texts.line("ask_laggards.rest", name=names[key], text=_said(key, one.cells[key]))
        for stage in STAGES.values()
        for key in stage
        if key != "cause" and one.cells.get(key) is not None
    ]
    name = str(one.cells.get(NAME, ""))
    now = status(one.now, is_later=True) if one.now is not None else "-"
    return [
        str(one.number),
        f"{name} ({one.department})",
        str(one.cells.get(THEN, "-")),
        now,
        str(one.cells.get("cause", "")),
        " / ".join(rest),
    ]


def _said(key: str, value: Value) -> str:
    return full_day(date.fromisoformat(str(value))) if key in _DAYS else str(value)
