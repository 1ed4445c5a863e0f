"""Times that contradict each other: rules, project periods, status (일정 점검)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from plans.account import first_of, loose_lines
from plans.document import Document, Placed
from plans.draft import Finding, MilestoneDraft, PeriodDraft, finding, note
from plans.facts import named, short
from plans.text.spelling import alike
from plans.time.scan import find_dates

_EXECUTION: Final = re.compile(r"보조금\s?교부|(사업|과제)\s?(수행|시행)|사업\s?추진$|^수행$")
_AFTERWARDS: Final = re.compile(
    r"정산|결과|평가|보고|환류|성과|만족도|차년도|차기|내년|\d{4}년|사후|공개|유지|계속"
)
SAME_ACTION: Final = 0.85
LATE: Final = timedelta(days=60)  # a start this long after the project period began is worth a question


def rules(document: Document) -> list[Finding]:
    """The same action of one task with two different calendar rules."""
    return [found for placed in document.tasks for found in _rules(placed)]


def _rules(placed: Placed) -> Iterator[Finding]:
    for one, other in combinations([m for m in placed.task.milestones if m.rrule], 2):
        if one.rrule != other.rrule and alike(one.title, other.title) >= SAME_ACTION:
            yield finding(
                other.line,
                "rule-differs",
                title=short(one.title),
                there=one.line,
                expr=one.expr,
                other=short(other.expr),
            )


def twice(document: Document) -> list[Finding]:
    """The same action of one task that comes again by the same calendar rule: most likely one series."""
    return [found for placed in document.tasks for found in _twice(placed)]


def _twice(placed: Placed) -> Iterator[Finding]:
    for one, other in combinations([m for m in placed.task.milestones if m.rrule], 2):
        is_other_line = one.line != other.line
        if is_other_line and one.rrule == other.rrule and alike(one.title, other.title) >= SAME_ACTION:
            yield note(other.line, "recurring-twice", title=short(other.title), there=one.line)


def late_start(document: Document) -> list[Finding]:
    """The project period has begun, but grant or execution stands in the schedule months later, and nothing before it: a
    call for participants in the first weeks is how a project begins."""
    return [found for placed in document.tasks if placed.has_card for found in _late(placed)]


def _late(placed: Placed) -> Iterator[Finding]:
    starts = [period.start for period, _ in placed.body.periods if period.start] or _start(placed.task.period)
    doing = [
        (m, m.windows[0].start) for m in placed.task.milestones if m.windows and _EXECUTION.search(m.title)
    ]
    dated = sorted(((start, m) for m, start in doing if start is not None), key=lambda pair: pair[0])
    if not starts or not dated or dated[0][0] - min(starts) < LATE or _has_begun(placed, min(starts)):
        return
    first, action = dated[0]
    title, start = short(action.title), min(starts)
    yield finding(action.line, "period-differs", start=str(start), title=title, first=str(first))


def _has_begun(placed: Placed, start: date) -> bool:
    """Something of the schedule begins in the first weeks of the period."""
    steps = (window.start for one in placed.task.milestones for window in one.windows)
    return any(one is not None and start <= one < start + LATE for one in steps)


def _start(period: PeriodDraft | None) -> list[date]:
    return [period.start] if period is not None and period.start is not None else []


def beyond_period(document: Document) -> list[Finding]:
    """An action, no settlement or report, that is due after the project period has ended."""
    return [found for placed in document.tasks for found in _beyond(placed)]


def _beyond(placed: Placed) -> Iterator[Finding]:
    period = placed.task.period
    if period is None or period.end is None:
        return
    for action in placed.task.milestones:
        if not any(token.year for token in find_dates(action.expr)):
            continue  # its year is the reader's, not the document's
        dues = [window.due for window in action.windows if window.due is not None]
        if dues and max(dues) > period.end and not _AFTERWARDS.search(action.title):
            end = str(period.end)
            yield finding(action.line, "outside-period", title=action.title, expr=action.expr, end=end)


def status(document: Document) -> list[Finding]:
    """완료 beside a period without end or planned work that is left."""
    return [
        found for placed in document.tasks if placed.task.status == "완료" for found in _completed(placed)
    ]


def _completed(placed: Placed) -> Iterator[Finding]:
    left = [m for m in placed.task.milestones if not m.done and _is_ahead(m)]
    is_open = placed.task.period is not None and placed.task.period.open_ended
    task = named(placed.task.no, placed.task.title)
    if left:
        last, code = left[-1], "status-differs.both" if is_open else "status-differs.left"
        yield finding(last.line, code, task=task, title=short(last.title), expr=last.expr)
    elif is_open:
        yield finding(placed.first, "status-differs.open", task=task)


def _is_ahead(action: MilestoneDraft) -> bool:
    """Whether an action is still planned: open, or in a section about what comes."""
    return action.kind == "open" or bool(re.search(r"향후|앞으로", action.section or ""))


def outside_tasks(document: Document) -> list[Finding]:
    """Remarks on dated lines outside all tasks: what became dates of the planning office's own, and what was not taken."""
    loose = loose_lines(document) if document.tasks else []
    days = {one.line for one in document.own}
    own, left = [one for one in loose if one in days], [one for one in loose if one not in days]
    found: list[Finding] = []
    if own:
        shown, more = first_of(own)
        found.append(note(own[0], "outside-tasks.own", count=len(own), shown=shown, more=more))
    if left:
        shown, more = first_of(left)
        found.append(note(left[0], "outside-tasks.left", count=len(left), shown=shown, more=more))
    return found
