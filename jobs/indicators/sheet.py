"""A register of indicators from a sheet comes in: owners are looked up, new ones entered with their targets, known ones compared.

What the sheet says otherwise of a known indicator changes nothing: it is proposed, and a target is changed by an adjustment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.indicators import steps
from jobs.indicators.steps import Amount, Entry, IndicatorError
from plans.facts import Fact, Fault
from plans.sheet.indicators import IndicatorDraft, IndicatorList, When, digits_of
from plans.text.spelling import squeeze
from store import indicators, officers
from store.indicators import Rows, Target, Value
from store.models import Department, Indicator, Task
from store.states import Adding, Direction, IndicatorKind, IndicatorPeriod, IndicatorSource

WORDS = frozenset({IndicatorKind.GRADE, IndicatorKind.TEXT})
BETWEEN = ","


@dataclass(frozen=True)
class Difference:
    """What the sheet says otherwise of a known indicator: a target of a year or month, or one of its own fields."""

    number: int
    name: str
    what: str  # target, or a field: unit, formula, kind, period, direction, adding, baseline
    before: str
    said: str
    year: int | None = None
    month: int | None = None


@dataclass
class Row:
    """A draft with what it means; `known`: the rows of the indicator that it is about."""

    draft: IndicatorDraft
    entry: Entry
    known: Rows | None
    targets: dict[When, Amount]
    baseline: Amount | None


@dataclass
class Taken:
    """What became of the rows: numbers of indicators entered, targets added to known ones, and what is proposed; `known`:
    rows that say nothing new."""

    entered: list[int] = field(default_factory=list)
    targets: int = 0
    proposed: list[Difference] = field(default_factory=list)
    known: int = 0

    @property
    def changes(self) -> bool:
        return bool(self.entered or self.targets)


def looked_up(session: Session, found: IndicatorList, year: int) -> tuple[list[Row], list[Fault]]:
    """The rows with what their names mean, and what is wrong in which cell. `year`: of a target without one."""
    rows, faults = [], list(found.faults)
    listed = {_key(one): one for one in indicators.listed(session)}
    for draft in found.rows:
        before = len(faults)
        owner = _owner(session, draft, found, faults)
        if owner is None or len(faults) > before or not draft.text("name"):
            continue
        entry = _entry(draft, owner)
        known = listed.get(_key_of(entry))
        row = Row(draft, entry, indicators.rows_of(session, known) if known else None, {}, None)
        _amounts(row, year, found, faults)
        rows.append(row)
    return rows, faults


def _key(one: Indicator) -> tuple[str, int | None, int | None]:
    return squeeze(one.name), one.task_id, one.department_id


def _key_of(entry: Entry) -> tuple[str, int | None, int | None]:
    return (
        squeeze(entry.name),
        entry.task.id if entry.task is not None else None,
        entry.department.id if entry.department is not None else None,
    )


def _owner(
    session: Session, draft: IndicatorDraft, found: IndicatorList, faults: list[Fault]
) -> Task | Department | None:
    """The task by its number, else the department."""
    if draft.text("task") is not None:
        task = session.get(Task, draft.task) if draft.task is not None else None
        if task is None:
            cell, name, told = found.at(draft, "task", draft.texts["task"])
            faults.append(Fault(draft.line, "indicators.task", {"cell": cell, "name": name, "said": told}))
        return task
    said = draft.texts.get("department", "")
    place = officers.department(session, said) if said else None
    if place is None:
        cell, name, told = found.at(draft, "department", said)
        faults.append(Fault(draft.line, "indicators.department", {"cell": cell, "name": name, "said": told}))
    return place


def _entry(draft: IndicatorDraft, owner: Task | Department) -> Entry:
    codes = draft.codes
    return Entry(
        name=" ".join(draft.texts["name"].split()),
        kind=IndicatorKind(codes["kind"]),
        task=owner if isinstance(owner, Task) else None,
        department=owner if isinstance(owner, Department) else None,
        unit=draft.text("unit"),
        formula=draft.text("formula"),
        direction=Direction(codes.get("direction", Direction.UP.value)),
        adding=Adding(codes.get("adding", Adding.FLOW.value)),
        period=IndicatorPeriod(codes.get("period", IndicatorPeriod.MONTH.value)),
        source=IndicatorSource.ANNOUNCED if draft.announced else IndicatorSource.OWN,
        announced_month=draft.announced,
        scale=[one.strip() for one in draft.texts.get("scale", "").split(BETWEEN) if one.strip()],
        wording=draft.text("source"),
        line=draft.line,
    )


def _amounts(row: Row, year: int, found: IndicatorList, faults: list[Fault]) -> None:
    said = dict(row.draft.targets)
    if (whole := row.draft.text("target")) is not None:
        said.setdefault((year, None), whole)
    for when, text in said.items():
        row.targets[when] = _amount(row.entry, text)
    if (base := row.draft.text("baseline")) is not None:
        row.baseline = _amount(row.entry, base)
    for amount in [*row.targets.values(), *([row.baseline] if row.baseline else [])]:
        try:
            steps.ensure_amount(row.entry, amount)
        except IndicatorError:
            cell, name, told = found.at(row.draft, "name", amount.words or amount.number or "")
            facts: dict[str, Fact] = {"cell": cell, "name": name, "said": told}
            faults.append(Fault(row.draft.line, "indicators.number", facts))


def _amount(entry: Entry, said: str) -> Amount:
    return Amount(words=said) if entry.kind in WORDS else Amount(number=digits_of(said, entry.unit))


def take(deed: Deed, rows: list[Row]) -> Taken:
    """New indicators with their targets, targets that were not there; differences are proposed. Raises IndicatorError."""
    done = Taken()
    for row in rows:
        if row.known is None:
            number = steps.add(deed, row.entry).id
            done.entered.append(number)
            for (year, month), amount in row.targets.items():
                steps.set_target(deed, number, amount, year, month)
            if row.baseline is not None:
                steps.set_baseline(deed, number, row.baseline)
            continue
        before = done.targets, len(done.proposed)
        _compare(deed, row, row.known, done)
        done.known += (done.targets, len(done.proposed)) == before
    return done


def _compare(deed: Deed, row: Row, known: Rows, done: Taken) -> None:
    one, name = known.indicator, known.indicator.name
    for (year, month), amount in row.targets.items():
        there = known.target(year, month)
        if there is None:
            steps.set_target(deed, one.id, amount, year, month)
            done.targets += 1
        elif _said(there) != _said(amount):
            done.proposed.append(Difference(one.id, name, "target", _said(there), _said(amount), year, month))
    if (
        row.baseline is not None
        and known.baseline is not None
        and _said(known.baseline) != _said(row.baseline)
    ):
        done.proposed.append(Difference(one.id, name, "baseline", _said(known.baseline), _said(row.baseline)))
    for field_ in ("unit", "formula", "kind", "period", "direction", "adding"):
        told = row.draft.text(field_)
        was, now = getattr(one, field_), getattr(row.entry, field_)
        if told is not None and was != now:
            done.proposed.append(Difference(one.id, name, field_, _word(was), _word(now)))


def _word(value: Any) -> str:
    return "" if value is None else str(getattr(value, "value", value))


def _said(row: Amount | Target | Value) -> str:
    """A share is aimed at as so many of a hundred, so the first count tells it."""
    return row.words or row.number or ""
