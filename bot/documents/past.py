"""/past: entries that were past when their plan came in; the planning office decides on each, once."""

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.lists import View, open_in_reach
from bot.chat.turn import Press, Turn, button
from bot.privacy import guard
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones import changes, completion
from jobs.rules.calendar import ONE_DAY
from store import chat_links, milestones
from store.models import AuditEntry, Milestone
from store.states import MilestoneState, PastReview

DONE, ASK, KEEP = "pastdone", "pastask", "pastkeep"
VERBS = (DONE, ASK, KEEP)


def _rows(turn: Turn, _number: int) -> list[Milestone]:
    return open_in_reach(turn, Action.SETTLE_PAST, Milestone.past_review == PastReview.OPEN)


def _decisions(milestone: Milestone) -> list[list[dict[str, str]]]:
    """One row, each button with its number, so that no thumb meets the wrong entry; the list says what the signs mean."""
    number, revision = milestone.id, milestone.revision
    made = [
        button(label(f"documents.past.button.{one}", number=number), one, number, revision) for one in VERBS
    ]
    return [made]


LIST = View(
    verb="past",
    rows=_rows,
    with_people=True,
    rows_of_buttons=_decisions,
)


def past(turn: Turn, _text: str) -> None:
    LIST.show(turn)


def press_decision(turn: Turn, press: Press) -> None:
    milestone = turn.milestone(press.id, Action.SETTLE_PAST)
    if stale.is_stale(press, milestone) or milestone.past_review is not PastReview.OPEN:
        stale.answer_stale(turn, press, milestone)
        return
    page = LIST.page_of(turn, milestone)
    entry = _decide(turn, milestone, press.verb)
    said = _asked(turn, milestone) if press.verb == ASK else say(f"documents.past.said.{press.verb}")
    turn.answer("past_settled", turn.undo_rows([entry]), milestone=milestone, what=said)
    turn.rewrite_pressed(LIST.page(turn, page, 0))


def _asked(turn: Turn, milestone: Milestone) -> str:
    """Whether the officer can be asked at all."""
    people = [one.officer for one in milestones.assignees(milestone, turn.today)]
    away = [guard.named(one) for one in people if chat_links.active(turn.session, one.id) is None]
    if not people:
        return say("documents.past.said.nobody")
    if len(away) < len(people):
        return say(f"documents.past.said.{ASK}")
    return say("documents.past.said.unlinked", names=away)


def _decide(turn: Turn, milestone: Milestone, verb: str) -> AuditEntry:
    if verb == DONE:
        day = milestone.due_on or turn.today
        return completion.finish(turn.deed, milestone, day, None, is_confirmed=True)
    values: dict[str, object] = {"past_review": PastReview.SETTLED, "state": MilestoneState.CANCELLED}
    if verb == ASK:
        values = {"past_review": PastReview.ASKED, "remind_from": turn.now}
        values["review_on"] = turn.today + ONE_DAY  # on which it is asked about, its own days being over
    action = "past-asked" if verb == ASK else "past-archived"
    return changes.apply(turn.deed, milestone, action, values)


def press_open(turn: Turn, _press: Press) -> None:
    """The button under the daily message: the list comes as a message of its own."""
    LIST.show(turn)


COMMAND = Command(
    name="past",
    effect=past,
    action=Action.SETTLE_PAST,
    buttons={LIST.verb: LIST.turn_page, "pastopen": press_open, **dict.fromkeys(VERBS, press_decision)},
    on_milestone=frozenset(VERBS),
)
