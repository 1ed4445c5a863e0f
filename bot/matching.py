"""What makes a document's task or entry the same as a registered one."""

from __future__ import annotations

from collections import Counter, defaultdict

from plans.draft import TaskDraft
from store import officers, plans
from store.models import Task

IDENTITY_MOST = 200


def identity_of(title: str) -> str:
    """What makes an entry the same one in the next document: its title, however it is spaced."""
    return plans.squeeze(title)[:IDENTITY_MOST] or "무제"


class KnownTasks:
    """The registered tasks, each handed out once to the document's task that it is.

    Number and title name a task. Where several bear the same, the department decides, then their order.
    """

    def __init__(self, tasks: list[Task], drafts: list[TaskDraft]) -> None:
        self.waiting: dict[tuple[str, str], list[Task]] = defaultdict(list)
        for task in tasks:
            self.waiting[task_key(task.no, task.title)].append(task)
        self.wanted = Counter(task_key(draft.no, draft.title) for draft in drafts)

    def take(self, draft: TaskDraft) -> Task | None:
        key = task_key(draft.no, draft.title)
        waiting = self.waiting[key]
        if not waiting:
            return None
        name = officers.close_up(draft.department or "")
        same = [one for one in waiting if (one.department.name if one.department else "") == name]
        is_only_one = len(waiting) == 1 and self.wanted[key] == 1
        if not same and not is_only_one:
            return None
        chosen = same[0] if same else waiting[0]
        waiting.remove(chosen)
        return chosen


def task_key(no: str | None, title: str) -> tuple[str, str]:
    return plans.squeeze(no or ""), plans.squeeze(title)
