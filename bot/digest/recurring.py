"""What recurs (정례) in the week's first message: its turns in a line each, what was missed as a count, one button for all."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Press, Turn, UsageError, button
from bot.completion import done
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.milestones.changes import timeline_of
from jobs.rules.reminder_days import is_light
from store import deliveries, milestones
from store.deliveries import Html
from store.models import Delivery, Milestone
from store.states import DeliveryKind, ItemState, MilestoneState

VERB = "alldone"


def of(some: Sequence[Milestone]) -> list[Milestone]:
    """Those that recur, soonest first."""
    found = [one for one in some if is_light(timeline_of(one))]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.id))


def lines(session: Session, turns: Sequence[Milestone], day: date) -> list[Html]:
    """Each turn, and below it how many of its series the month has had, where one was missed."""
    found = []
    for one in turns:
        due, done_of = milestones.month_of_series(session, one, day)
        missed = {"due": due, "done": done_of, "month": day.month} if due > done_of else None
        found.append(render.text("recurring_line", milestone=one, today=day, missed=missed))
    return found


def rows(digest: Delivery, turns: Sequence[Milestone]) -> list[list[dict[str, str]]]:
    """[모두 했음] while one of them is open."""
    left = sum(one.state is MilestoneState.PLANNED for one in turns)
    return [[button(label("digest.button.alldone", count=left), VERB, digest.id)]] if left else []


def press(turn: Turn, pressed: Press) -> None:
    """All of them were done, each on its day, or today where that is still to come."""
    digest = deliveries.get(turn.session, pressed.id)
    is_own = digest is not None and digest.officer_id == turn.actor.officer.id
    if digest is None or not is_own or digest.kind is not DeliveryKind.DIGEST:
        raise UsageError(say("digest.over"))
    ids = [one.milestone_id for one in digest.items if one.state is ItemState.INCLUDED and one.milestone_id]
    turns = [one for one in of(milestones.by_ids(turn.session, ids)) if one.state is MilestoneState.PLANNED]
    if not turns:
        raise UsageError(say("digest.none-open"))
    done.finish(turn, [turn.milestone(one.id, Action.CHANGE) for one in turns], None, None)
