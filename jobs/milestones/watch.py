"""Watch list (집중관리): tasks that the planning office looks at more often, with the reason; audited."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from store import plans
from store.models import Plan, Task


class WatchError(Exception):
    """It cannot be done; its text is the code of the reason, whose sentence the catalogue has."""


def watch(deed: Deed, task: Task, reason: str) -> None:
    """집중관리 from today on. A second call brings another reason; the day it began stays."""
    if not reason.strip():
        raise WatchError("no-reason")
    before = {"is_watched": task.is_watched, "reason": task.watch_reason}
    task.watched_since = task.watched_since if task.is_watched and task.watched_since else deed.today
    task.is_watched, task.watch_reason, task.watched_by_id = True, reason, deed.who.officer_id
    after = {"is_watched": True, "reason": reason, "since": task.watched_since}
    deed.record("watched", f"task:{task.id}", before=before, after=after, reason=reason)
    changes.look_again(deed, task.milestones)


def unwatch(deed: Deed, task: Task, reason: str | None) -> None:
    """No longer on the list. Raises WatchError where it was not."""
    if not task.is_watched:
        raise WatchError("not-watched")
    before = {"is_watched": True, "reason": task.watch_reason, "since": task.watched_since}
    task.is_watched, task.watch_reason, task.watched_since, task.watched_by_id = False, None, None, None
    deed.record("unwatched", f"task:{task.id}",
        before=before, after={"is_watched": False}, reason=reason,
    )  # fmt: skip
    changes.look_again(deed, task.milestones)


def watched(session: Session) -> list[Task]:
    """The list of active plans, longest watched first."""
    query = select(Task).join(Plan).where(Task.is_watched.is_(True), plans.is_in_use())
    return list(session.scalars(query.order_by(Task.watched_since, Task.id)))
