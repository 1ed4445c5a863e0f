"""What a correction is about: a milestone, a task or a series by its number; and who has to hear of it."""

from collections.abc import Callable, Sequence

from bot.chat.turn import Turn, UnseenError, UsageError
from bot.texts.render import say
from jobs.authority.permissions import Action, may_task
from reports.texts.hidden_titles import shown_title
from store import milestones
from store.deliveries import Html
from store.models import Milestone, Officer, Series, Task
from store.states import MilestoneState, PlanState

Target = Milestone | Task | Series


def target(turn: Turn, number: int) -> Target:
    """What bears the number, still counted. Raises UsageError where the speaker has nothing of that number to correct, or
    it was withdrawn."""
    found = turn.session.get(Task, number) or turn.session.get(Series, number)
    if found is None:
        milestone = turn.milestone(number, Action.EDIT)
        if milestone.state is MilestoneState.CANCELLED:
            raise UsageError(say("corrections.withdrawn", number=number))
        return milestone
    task = task_of(found)
    if not may_task(turn.session, turn.actor, Action.EDIT, task.id, turn.today):
        raise UnseenError(say("chat.error.unseen", number=number))
    if task.plan.state is not PlanState.ACTIVE:
        raise UsageError(say("chat.error.closed-plan", number=number))
    is_over = isinstance(found, Series) and found.until_on < turn.today
    if task.withdrawn_on is not None or is_over:
        raise UsageError(say("corrections.withdrawn", number=number))
    return found


def task_of(found: Target) -> Task:
    return found if isinstance(found, Task) else found.task


def named(found: Target) -> Html:
    """#112 with its title, as it may go out."""
    title = shown_title(found.task) if isinstance(found, Series) else shown_title(found)
    shown = found.title if isinstance(found, Series) and not found.task.is_secret else title
    return say("corrections.named", number=found.id, title=shown)


def tell(
    turn: Turn,
    task: Task,
    lines: Callable[[], list[Html]],
    reason: str | None = None,
    also: Sequence[Officer] = (),
) -> list[str]:
    """Whoever answers for the task hears what was corrected, and who did before; gives the names of those who could be
    reached."""
    people = dict.fromkeys([*(one.officer for one in milestones.of_task(task, turn.today)), *also])
    by = turn.actor.officer.name
    return [
        one.name
        for one in people
        if one.id != turn.actor.officer.id
        and turn.tell_of(task, one.id, "correction", "correction_notice", by=by, lines=lines, reason=reason)
    ]
