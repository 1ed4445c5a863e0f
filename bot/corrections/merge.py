"""/merge A B: one event or task under two numbers becomes one; the first number stays."""

from bot.chat.command import Command, misused
from bot.chat.turn import Turn, UsageError, numbered
from bot.corrections.targets import Target, named, target, task_of, tell
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.corrections import withdrawal
from reports.texts.speaking import in_each
from store.models import AuditEntry, Milestone, Series, Task


def merge(turn: Turn, text: str) -> None:
    found = numbered(text)
    if len(found.ids) != 2 or found.rest:
        raise misused("corrections.two-to-merge", "merge")
    kept, gone = (target(turn, one) for one in found.ids)
    shown = in_each(lambda: named(gone))
    entries = _merge(turn, kept, gone)
    told = tell(turn, task_of(gone), lambda: [say("corrections.told.merged", name=shown(), kept=named(kept))])
    turn.registered("merged", entries[-1], kept=named(kept), name=shown(), told=told)


def _merge(turn: Turn, kept: Target, gone: Target) -> list[AuditEntry]:
    """Raises UsageError for two that cannot be one."""
    if task_of(kept).plan_id != task_of(gone).plan_id:
        raise UsageError(say("corrections.two-plans", number=gone.id, kept=kept.id))
    reason = label("corrections.merged-reason", number=kept.id)
    if isinstance(kept, Milestone) and isinstance(gone, Milestone):
        return withdrawal.merge(turn.deed, kept, gone, reason)
    if isinstance(kept, Series) and isinstance(gone, Series):
        return withdrawal.merge_series(turn.deed, kept, gone, reason)
    if isinstance(kept, Task) and isinstance(gone, Task):
        return withdrawal.merge_tasks(turn.deed, kept, gone, reason)
    raise UsageError(say("corrections.two-kinds", number=gone.id, kept=kept.id))


COMMAND = Command(name="merge", effect=merge, action=Action.EDIT)
