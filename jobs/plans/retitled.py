"""An entry that a newer document calls otherwise bears the new title; from then on the document knows it by that."""

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.corrections.edit import EDITED
from jobs.milestones import changes
from jobs.plans.identity import identity_of
from store.models import AuditEntry, Milestone


def retitle(deed: Deed, milestone: Milestone, title: str, number: int, source: str) -> AuditEntry:
    """`number`: which of the document's entries of that title it is."""
    identity = identity_of(title)
    milestone.identity, milestone.window_no = identity, _free(deed, milestone, identity, number)
    printed = {key: value for key, value in milestone.printed.items() if key != "title"}
    values: dict[str, object] = {"title": title, "printed": printed}
    return changes.remark(deed, milestone, EDITED, values, reason=source)


def _free(deed: Deed, milestone: Milestone, identity: str, number: int) -> int:
    """The number, or the next one where another entry bears it."""
    query = select(Milestone.window_no).where(
        Milestone.task_id == milestone.task_id, Milestone.identity == identity, Milestone.id != milestone.id
    )
    taken = set(deed.session.scalars(query))
    return number if number not in taken else max(taken) + 1
