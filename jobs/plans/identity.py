"""What makes a document's task or entry the same as a registered one."""

from collections import Counter, defaultdict
from collections.abc import Set
from datetime import date

from plans.draft import MilestoneDraft, TaskDraft, Window
from plans.text.spelling import alike
from store import officers, plans
from store.models import Milestone, Task
from store.states import MilestoneState

NOT_OF_ITS_TASK = {
    "split_of",
    "moved",
}  # marks of what no document has at this place: parted or moved by a person
IDENTITY_MOST = 200
UNTITLED = "무제"
LIKE = 0.6  # from this share of same entries, or likeness of titles, two readings are of one task


def identity_of(title: str) -> str:
    """What makes an entry the same one in the next document: its title, however it is spaced."""
    return plans.squeeze(title)[:IDENTITY_MOST] or UNTITLED


class KnownTasks:
    """The registered tasks, each handed out once to the document's task that it is.

    Number and title name a task. Where several bear the same, the department decides, then their order.
    """

    def __init__(self, tasks: list[Task], drafts: list[TaskDraft]) -> None:
        self.waiting: dict[tuple[str, str], list[Task]] = defaultdict(list)
        for task in tasks:
            for key in keys_of(task):
                self.waiting[key].append(task)
        self.wanted = Counter(task_key(draft.no, draft.title) for draft in drafts)

    def take(self, draft: TaskDraft) -> Task | None:
        key = task_key(draft.no, draft.title)
        waiting = self.waiting[key]
        if not waiting:
            return None
        name = officers.alike(draft.department or "")
        same = [
            one for one in waiting if officers.alike(one.department.name if one.department else "") == name
        ]
        is_only_one = len(waiting) == 1 and self.wanted[key] == 1
        if not same and not is_only_one:
            return None
        return self._taken(same[0] if same else waiting[0])

    def take_numbered(self, draft: TaskDraft) -> Task | None:
        """The only one of that number in the store and in the document, under a title much like it: the document calls it
        otherwise."""
        number = plans.squeeze(draft.no or "")
        there = {one.id: one for key, some in self.waiting.items() if key[0] == number for one in some}
        is_alone = sum(count for key, count in self.wanted.items() if key[0] == number) == 1
        if not number or not is_alone or len(there) != 1:
            return None
        [found] = there.values()
        return self._taken(found) if alike(found.title, draft.title) >= LIKE else None

    def _taken(self, task: Task) -> Task:
        for key in keys_of(task):
            self.waiting[key].remove(task)
        return task

    def take_like(self, draft: TaskDraft) -> Task | None:
        """The task that an older reader made of the same place: most of its entries are the same, or its name is
        much like it. One that the document has under its own name is never taken."""
        waiting = [one for key, tasks in self.waiting.items() if not self.wanted[key] for one in tasks]
        if not waiting:
            return None
        best = max(waiting, key=lambda one: _likeness(one, draft))
        if _likeness(best, draft) < LIKE:
            return None
        return self._taken(best)


def _likeness(task: Task, draft: TaskDraft) -> float:
    there = {one.identity for one in task.milestones}
    here = {identity_of(one.title) for one in draft.milestones}
    shared = len(there & here) / max(min(len(there), len(here)), 1)
    return max(shared, alike(task.title, draft.title))


def same_place(
    task: Task, draft: TaskDraft, entry: MilestoneDraft, window: Window, seen: Set[int]
) -> Milestone | None:
    """The milestone that an older reader made of the same line, of the same day or with these words among others."""
    names = {identity_of(one.title) for one in draft.milestones}
    day, name = window.due or window.start, identity_of(entry.title)
    for one in task.milestones:
        is_free = one.id not in seen and one.identity not in names and one.line == entry.line
        if is_free and ((one.original_due_on or one.start_on) == day or name in one.identity):
            return one
    return None


def renamed(task: Task, draft: TaskDraft, window: Window, title: str, seen: Set[int]) -> Milestone | None:
    """The registered entry of the same time whose words are much like these and stand nowhere else in the document: it is
    called otherwise there."""
    names, name = {identity_of(one.title) for one in draft.milestones}, identity_of(title)
    left = [one for one in task.milestones if _is_left(one, window, names, seen)]
    best = max(left, key=lambda one: alike(one.identity, name), default=None)
    return best if best is not None and alike(best.identity, name) >= LIKE else None


def _is_left(one: Milestone, window: Window, names: Set[str], seen: Set[int]) -> bool:
    """Of the same time, and nothing else of the document is this entry."""
    is_of_document = one.series_id is None and not one.printed.keys() & NOT_OF_ITS_TASK
    is_free = is_of_document and one.id not in seen and one.identity not in names
    days = {one.original_due_on or one.start_on, one.due_on, _printed_day(one)}
    return is_free and one.state is not MilestoneState.CANCELLED and (window.due or window.start) in days


def _printed_day(one: Milestone) -> date | None:
    written = one.printed.get("day")
    return date.fromisoformat(written) if written else None


def keys_of(task: Task) -> set[tuple[str, str]]:
    """By what documents may know it: its number and title as they are and as the document printed them."""
    printed = task.printed
    return {
        task_key(task.no, task.title),
        task_key(printed.get("no", task.no), printed.get("title", task.title)),
    }


def task_key(no: str | None, title: str) -> tuple[str, str]:
    return plans.squeeze(no or ""), plans.squeeze(title)
