"""Which item somebody means who names none (의회 일정): words never choose one, the speaker does, among the own."""

from collections.abc import Sequence

from bot.chat.command import example_of, misused
from bot.chat.turn import SAMPLE_NUMBER, Turn
from bot.routing.card import Part, day_of, labelled
from bot.texts import render
from bot.texts.render import words
from jobs.authority.permissions import Action
from reports.texts.hidden_titles import shown_title
from store import milestones
from store.models import Card, Milestone
from store.states import MilestoneState

MOST_OFFERED = 8  # items among which somebody is asked to choose


def ask_which(turn: Turn, card: Card, part: Part) -> None:
    """A number that is nobody's, or none: which of the speaker's own."""
    offered = _open_items(turn, part.get("among") or [])
    if not offered:
        if part.get("id") is not None:
            turn.milestone(part["id"], Action.CHANGE)  # which says that it is nobody's
        raise misused("routing.which.none", "done")
    keyboard = [
        [labelled(card, f"#{one.id} {render.cut(shown_title(one), 30)}", "pick", one.id)]
        for one in offered[:MOST_OFFERED]
    ]
    answer = turn.refuse if part.get("id") is not None else turn.answer
    answer(
        "ask_which",
        keyboard,
        act=words("routing.which.act")[part["intent"]],
        day=day_of(part),
        percent=part.get("percent"),
        today=turn.today,
        number=part.get("id"),
        reason=words("routing.which.need")[part["intent"]] if part.get("is_command") else None,
        example=example_of(part["intent"]).replace(SAMPLE_NUMBER, turn.sample_number()),
        is_more=len(offered) > MOST_OFFERED,
    )


def _open_items(turn: Turn, among: Sequence[int]) -> list[Milestone]:
    """Those of the message that was answered to, else the speaker's own."""
    if among:
        return list(milestones.by_ids(turn.session, among))
    theirs = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    return [one for one in theirs if one.state is MilestoneState.PLANNED]
