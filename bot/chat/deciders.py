"""A matter that somebody decides: who that is, in words, and who hears what became of it."""

from bot.chat.turn import Turn, Words
from bot.texts.render import label
from jobs.authority import approval
from jobs.authority.approval import Matter
from reports.texts.hidden_titles import shown_title
from reports.texts.states import ROLE_WORDS
from store import milestones
from store.models import Milestone
from store.states import RoleName


def deciders_words(turn: Turn, matter: Matter) -> str:
    """The lowest role that may decide it, as the subject of a sentence."""
    found = approval.deciders(turn.session, matter, turn.today)
    return label("chat.subject", what=ROLE_WORDS[found[0][0] if found else RoleName.PLANNER])


def tell_result(
    turn: Turn, milestone: Milestone, asker_id: int | None, event: str, said: Words, *lines: Words
) -> None:
    """M10: whoever asked for the decision, and after a hand-over whoever answers for it now; not the speaker."""
    lead = next((one.officer_id for one in milestones.assignees(milestone, turn.today)), None)
    for officer_id in dict.fromkeys([asker_id, lead]):
        if officer_id is not None and officer_id != turn.actor.officer.id:
            turn.tell(
                officer_id,
                event,
                "approval_result",
                title=lambda: f"#{milestone.id} {shown_title(milestone)}",
                said=said,
                lines=lambda: [one() for one in lines],
            )
