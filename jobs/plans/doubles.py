"""Two entries of a task that may be one: the same words for the same time, or the same words for what recurs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from plans.text.spelling import alike
from store.models import Difference, Milestone, Series, Task
from store.states import DifferenceKind, DifferenceState, MilestoneState

Entry = Milestone | Series
LIKE = 0.8  # from this likeness of titles
MOST = 60  # entries of one task that are compared


def pairs(rows: Iterable[tuple[Task, Task | Entry]]) -> Iterator[tuple[Task, Entry, Entry]]:
    """Those of the new entries that may be one, the one that stands first in the document first."""
    by_task: dict[int, list[Entry]] = defaultdict(list)
    tasks = {}
    for task, row in rows:
        if not isinstance(row, Task):
            by_task[task.id].append(row)
            tasks[task.id] = task
    for number, entries in by_task.items():
        taken: set[int] = set()
        for one, other in combinations(entries[:MOST], 2):
            if other.id not in taken and _may_be_one(one, other):
                taken.add(other.id)
                yield tasks[number], one, other


def _may_be_one(one: Entry, other: Entry) -> bool:
    if isinstance(one, Series) and isinstance(other, Series):
        is_timed = one.rrule is not None and other.rrule is not None
        return is_timed and alike(one.title, other.title) >= LIKE
    if isinstance(one, Series) or isinstance(other, Series):
        return False
    same_time = (one.start_on, one.due_on, one.precision) == (other.start_on, other.due_on, other.precision)
    return same_time and one.due_on is not None and alike(one.title, other.title) >= LIKE


def questions(deed: Deed, rows: Iterable[tuple[Task, Task | Entry]], source: str) -> list[Difference]:
    """Each pair as a question to the planning office; until it is answered both stand."""
    return [
        Difference(
            key=f"{DifferenceKind.DOUBLE.value}:{one.id}:{other.id}",
            kind=DifferenceKind.DOUBLE,
            plan_id=task.plan_id,
            task_id=task.id,
            milestone_id=other.id if isinstance(other, Milestone) else None,
            source_name=source,
            value={"one": one.id, "other": other.id, "titles": [one.title, other.title], "line": other.line},
            state=DifferenceState.OPEN,
            created_at=deed.now,
        )
        for task, one, other in pairs(rows)
    ]


def make_one(deed: Deed, difference: Difference) -> int:
    """The second of the two is withdrawn, with the first as its reason; gives the first one's number."""
    first, second = int(difference.value["one"]), int(difference.value["other"])
    reason = f"#{first}"
    series = deed.session.get(Series, second)
    found = [difference.milestone] if difference.milestone is not None else _turns(deed, series)
    for one in found:
        if one.state is MilestoneState.PLANNED:
            changes.cancel(deed, one, reason=reason)
    if series is not None:
        series.until_on, series.extend_on = deed.today - timedelta(days=1), None
        deed.record("one-of-two", f"series:{second}", reason=reason)
    return first


def _turns(deed: Deed, series: Series | None) -> list[Milestone]:
    if series is None:
        return []
    return [one for one in series.task.milestones if one.series_id == series.id]
