"""Goals of a plan's tasks become indicators (지표) when the plan is registered: nothing is asked of anybody by that.

What a task has already stays as it is: its targets are changed by adjustments, not by reading the document again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from jobs.authority.permissions import Deed
from jobs.indicators.steps import DIGITS_MOST, HUNDRED, NAME_MOST, TEXT_MOST, UNIT_MOST
from plans.draft import TaskDraft
from plans.indicators.drafts import IndicatorDraft
from plans.text.spelling import squeeze
from store import indicators
from store.models import Indicator, IndicatorTarget, IndicatorValue, Task
from store.states import (
    Adding,
    Bound,
    Direction,
    IndicatorKind,
    IndicatorPeriod,
    IndicatorSource,
)

Key = tuple[str, str, str]
OF_WORDS = frozenset({IndicatorKind.GRADE, IndicatorKind.TEXT})


def keep(deed: Deed, plan_id: int, pairs: Sequence[tuple[Task, TaskDraft]]) -> int:
    """The goals of the drafts that their tasks do not have yet, and how many indicators they made; in the caller's
    transaction."""
    with_goals = [(task, draft) for task, draft in pairs if draft.indicators or draft.targets]
    if not with_goals:
        return 0
    known: dict[int, set[Key]] = defaultdict(set)
    for one in indicators.of_tasks(deed.session, {task.id for task, _ in with_goals}):
        known[one.task_id or 0].add(_key(one.name, one.unit, one.kind))
    made: list[tuple[Indicator, list[IndicatorDraft]]] = []
    for task, draft in with_goals:
        made += _of_task(deed, task, draft, known[task.id])
    deed.session.add_all(indicator for indicator, _ in made)
    deed.session.flush()
    for indicator, goals in made:
        deed.session.add_all(_rows(deed, indicator, goals))
    deed.session.flush()
    if made:
        deed.record("indicators-imported", f"plan:{plan_id}", after={"indicators": len(made)})
    return len(made)


def _of_task(
    deed: Deed, task: Task, draft: TaskDraft, known: set[Key]
) -> Iterable[tuple[Indicator, list[IndicatorDraft]]]:
    """One indicator for what is counted under one name, with its goals of all years."""
    together: dict[Key, list[IndicatorDraft]] = defaultdict(list)
    for one in [*draft.indicators, *_yearly(task, draft)]:
        together[_key(one.name, one.unit, IndicatorKind(one.kind))].append(one)
    for key, goals in together.items():
        if key not in known:
            yield _indicator(deed, task, goals), goals


def _key(name: str, unit: str | None, kind: IndicatorKind) -> Key:
    return squeeze(name), (unit or "").casefold(), kind.value


def _yearly(task: Task, draft: TaskDraft) -> list[IndicatorDraft]:
    """연차별 달성 목표: a goal in words of the whole task; the final one has no year."""
    return [IndicatorDraft(name=task.title, text=one.text, year=one.year, line=0) for one in draft.targets]


def _indicator(deed: Deed, task: Task, goals: Sequence[IndicatorDraft]) -> Indicator:
    first = goals[0]
    return Indicator(
        task_id=task.id,
        name=first.name[:NAME_MOST],
        unit=(first.unit or "")[:UNIT_MOST] or None,
        formula=(first.formula or "")[:TEXT_MOST] or None,
        kind=IndicatorKind(first.kind),
        direction=Direction(first.direction),
        adding=Adding.FLOW,
        period=IndicatorPeriod.YEAR,
        source=IndicatorSource.OWN,
        scale=[],
        says_total=False,
        is_asked=False,
        wording=first.text[:TEXT_MOST] or None,
        line=first.line or None,
        entered_at=deed.now,
        revision=1,
    )


def _rows(
    deed: Deed, indicator: Indicator, goals: Sequence[IndicatorDraft]
) -> Iterable[IndicatorTarget | IndicatorValue]:
    is_words = indicator.kind in OF_WORDS
    seen: set[int | None] = set()
    for one in goals:
        said = one.target if indicator.kind is not IndicatorKind.TEXT else one.text
        if said and one.year not in seen:
            seen.add(one.year)
            yield _target(deed, indicator, one, said)
        if one.before:
            yield _value(deed, indicator, one.before, one.before_year, is_words=is_words, is_baseline=True)
        if one.result and one.year and (is_words or indicator.kind is not IndicatorKind.RATIO):
            yield _value(deed, indicator, one.result, one.year, is_words=is_words, is_baseline=False)


def _target(deed: Deed, indicator: Indicator, one: IndicatorDraft, said: str) -> IndicatorTarget:
    is_words = indicator.kind in OF_WORDS
    return IndicatorTarget(
        indicator_id=indicator.id,
        year=one.year,
        number=None if is_words else said[:DIGITS_MOST],
        second=HUNDRED if indicator.kind is IndicatorKind.RATIO else None,
        words=said[:TEXT_MOST] if is_words else None,
        bound=Bound(one.bound) if one.bound else None,
        entered_by=deed.who.name,
        entered_at=deed.now,
    )


def _value(
    deed: Deed, indicator: Indicator, said: str, year: int | None, *, is_words: bool, is_baseline: bool
) -> IndicatorValue:
    return IndicatorValue(
        indicator_id=indicator.id,
        starts_on=date(year, 1, 1) if year else None,
        ends_on=date(year, 12, 31) if year else None,
        number=None if is_words else said[:DIGITS_MOST],
        words=said[:TEXT_MOST] if is_words else None,
        is_baseline=is_baseline,
        entered_by_id=deed.who.officer_id,
        entered_by=deed.who.name,
        entered_at=deed.now,
    )
