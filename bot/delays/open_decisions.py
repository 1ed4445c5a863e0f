"""Decisions that wait while who was asked goes away: the next of the line is asked at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.chat.turn import Turn
from bot.completion import confirm, reopen
from bot.delays.request import hand_request
from jobs.authority import approval
from jobs.milestones import reopening
from store import milestones, requests
from store.models import DelayRequest, Milestone
from store.states import MilestoneState


@contextmanager
def decisions_passed_on(turn: Turn) -> Iterator[None]:
    """Whoever is asked after what happens inside and was not before gets the card of what waits."""
    wishes = milestones.reopening_asked_before(turn.session, turn.now)
    waiting: list[DelayRequest | Milestone] = [*requests.waiting(turn.session), *_reports(turn), *wishes]
    before = [_asked_for(turn, one) for one in waiting]
    yield
    turn.session.flush()
    for one, had in zip(waiting, before, strict=True):
        for officer_id in sorted(_asked_for(turn, one) - had):
            if isinstance(one, DelayRequest):
                hand_request(turn, one, officer_id)
            elif reopening.is_asked(one):
                reopen.hand(turn, one, officer_id)
            else:
                confirm.hand(turn, one, officer_id)


def _reports(turn: Turn) -> list[Milestone]:
    if not turn.office.rules.approval.confirm_done:
        return []
    found = milestones.search(turn.session, Milestone.state == MilestoneState.REPORTED)
    return [one for one in found if one.reported_at is not None]


def _asked_for(turn: Turn, one: DelayRequest | Milestone) -> set[int]:
    if isinstance(one, DelayRequest):
        matter = approval.request_matter(one)
    elif reopening.is_asked(one):
        matter = reopening.matter(turn.session, one, turn.today)
    else:
        matter = approval.report_matter(turn.session, one, turn.today)
    asked = approval.asked(turn.session, matter, turn.today)
    return {officer.id for officer in asked.people} if asked else set()
