"""Times that contradict each other: rules, project periods, status (일정 점검)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from plans.account import loose_lines, numbers
from plans.checks.say import finding, name_of, quote, with_particle
from plans.document import Document, Placed
from plans.draft import Finding, MilestoneDraft, PeriodDraft
from plans.spelling import alike
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
            where = f"줄 {one.line}에는 '{one.expr}', 여기에는 {with_particle(quote(other.expr), '으로')}"
            message = f"{with_particle(quote(one.title), '이')} {where} 적혀 있습니다."
            yield finding(other.line, "rule-differs", message)


def late_start(document: Document) -> list[Finding]:
    """The project period has begun, but grant or execution stands in the schedule months later."""
    return [found for placed in document.tasks if placed.has_card for found in _late(placed)]


def _late(placed: Placed) -> Iterator[Finding]:
    starts = [period.start for period, _ in placed.body.periods if period.start] or _start(placed.task.period)
    doing = [
        (m, m.windows[0].start) for m in placed.task.milestones if m.windows and _EXECUTION.search(m.title)
    ]
    dated = sorted(((start, m) for m, start in doing if start is not None), key=lambda pair: pair[0])
    if not starts or not dated or dated[0][0] - min(starts) < LATE:
        return
    first, action = dated[0]
    shown = with_particle(quote(action.title), "은")
    message = f"사업기간은 {min(starts):%Y. %-m.}부터인데 {shown} {first:%Y. %-m.}부터로 적혀 있습니다."
    yield finding(action.line, "period-differs", message)


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
            shown = with_particle(f"'{action.title}'({action.expr})", "은")
            message = f"{shown} 사업기간이 끝나는 {period.end:%Y. %-m. %-d.} 이후입니다."
            yield finding(action.line, "outside-period", message)


def status(document: Document) -> list[Finding]:
    """완료 beside a period without end or planned work that is left."""
    return [
        found for placed in document.tasks if placed.task.status == "완료" for found in _completed(placed)
    ]


def _completed(placed: Placed) -> Iterator[Finding]:
    left = [m for m in placed.task.milestones if not m.done and _is_ahead(m)]
    is_open = placed.task.period is not None and placed.task.period.open_ended
    why = ["사업기간의 끝이 정해져 있지 않습니다."] if is_open else []
    if left:
        shown = with_particle(f"{quote(left[-1].title)}({left[-1].expr})", "이")
        why.append(f"앞으로의 일정 {shown} 남아 있습니다.")
    if why:
        message = f"{name_of(placed.task)}의 추진상황은 '완료'입니다. 그런데 {' '.join(why)}"
        yield finding(left[-1].line if left else placed.first, "status-differs", message)


def _is_ahead(action: MilestoneDraft) -> bool:
    """Whether an action is still planned: open, or in a section about what comes."""
    return action.kind == "open" or bool(re.search(r"향후|앞으로", action.section or ""))


def outside_tasks(document: Document) -> list[Finding]:
    """One remark that dated lines stand outside all tasks and were not taken."""
    loose = loose_lines(document)
    if not loose or not document.tasks:
        return []
    message = f"과제에 속하지 않은 일정이 {len(loose)}건 있어 등록하지 않습니다(줄 {numbers(loose)})."
    return [finding(loose[0], "outside-tasks", message, "note")]
