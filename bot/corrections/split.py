"""/split ID [A / B …]: one entry that holds several acts becomes several; without words the acts of its title are proposed."""

from bot.chat.command import Command, example_of, misused
from bot.chat.line import line
from bot.chat.turn import Press, Turn, UsageError, button, one_number
from bot.corrections.targets import named, target, tell
from bot.corrections.vocabulary import PARTS, WRITTEN_PARTS
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.corrections import split as corrections
from plans.text.characters import clean
from reports.texts.speaking import in_each
from store import milestones
from store.models import Dialogue, Milestone
from store.states import MilestoneKind

DIALOGUE, YES = "split", "splityes"
FEWEST, MOST, TITLE_MOST = 2, 12, 200


def split(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("corrections.split.one"), example_of("split"))
    milestone = _milestone(turn, number)
    if rest:
        _split(turn, milestone, _parts(rest))
        return
    found = _acts(milestone.title)
    if not found:
        raise misused("corrections.split.no-parts", "split", number=number)
    turn.ask(DIALOGUE, "parts", milestone, parts=found[:MOST])
    yes = button(label("corrections.split.yes"), YES, milestone.id, milestone.revision)
    turn.answer("split_proposed", [[yes]], milestone=milestone, parts=found[:MOST])


def _milestone(turn: Turn, number: int) -> Milestone:
    found = target(turn, number)
    if not isinstance(found, Milestone) or found.kind is MilestoneKind.OCCURRENCE:
        raise UsageError(say("corrections.split.not-so", number=number))
    return found


def _acts(title: str) -> list[str]:
    """The acts that a title seems to hold; [] for one."""
    tried = ([one for one in apart.split(title) if one] for apart in PARTS)
    return next((found for found in tried if len(found) >= FEWEST), [])


def _parts(text: str) -> list[str]:
    """The acts as somebody writes them apart. Raises UsageError for fewer than two, or too many."""
    found = [clean(one)[:TITLE_MOST] for one in WRITTEN_PARTS.split(text) if clean(one)]
    if not FEWEST <= len(found) <= MOST:
        raise misused("corrections.split.count", "split", first=FEWEST, last=MOST)
    return found


def press_yes(turn: Turn, press: Press) -> None:
    asked = turn.asked
    if asked is None or asked.kind != DIALOGUE or asked.milestone_id != press.id:
        turn.answer("cancelled", was_asked=False)
        return
    parts = [str(one) for one in asked.data["parts"]]
    turn.forget_asked()
    _split(turn, _milestone(turn, press.id), parts)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The acts in the planning office's own words."""
    assert asked.milestone_id is not None
    parts = _parts(text)
    turn.forget_asked()
    _split(turn, _milestone(turn, asked.milestone_id), parts)


def _split(turn: Turn, milestone: Milestone, parts: list[str]) -> None:
    was = in_each(lambda: named(milestone))
    entries = corrections.split(turn.deed, milestone, parts)
    ids = [int(one.subject.partition(":")[2]) for one in entries]
    found = list(milestones.by_ids(turn.session, ids))
    told = tell(turn, milestone.task, lambda: [say("corrections.told.split", name=was(), count=len(parts))])
    lines = [line(one, turn.today, turn.office.rules.calendar, with_task=False) for one in found]
    turn.registered("split_done", entries[-1], name=was(), lines=lines, told=told)


COMMAND = Command(
    name="split",
    effect=split,
    action=Action.EDIT,
    buttons={YES: press_yes},
    on_milestone=frozenset({YES}),
    dialogues={DIALOGUE: carry_on},
)
