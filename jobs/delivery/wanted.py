"""Just before sending: does the reason for a message still hold?"""

from datetime import date

from sqlalchemy.orm import Session

from store import chat_links, reachability
from store.detours import FALLBACK, UNREACHED
from store.models import Delivery
from store.states import DeliveryKind, ItemState, LinkState, MilestoneState


def is_wanted(session: Session, delivery: Delivery, today: date) -> bool:
    """Reminders of what moved or closed leave the message on the way; where its reader cannot be reached any
    more, the next scan tells somebody else."""
    if delivery.event == FALLBACK:
        assert delivery.officer_id is not None
        return chat_links.active(session, delivery.officer_id) is None and _has_items(delivery)
    if not _is_readers_chat(session, delivery):
        told = [one.milestone_id for one in delivery.items if one.milestone_id is not None]
        reachability.look_again_at(session, today, told)
        return False
    if delivery.kind is DeliveryKind.DIGEST or delivery.event == UNREACHED:
        return _has_items(delivery)
    return True


def _is_readers_chat(session: Session, delivery: Delivery) -> bool:
    """The chat is still that of the person it is meant for. An answer goes where the question came from, but
    not by another bot."""
    if delivery.officer_id is None:
        return True
    link = chat_links.of_officer(session, delivery.officer_id)
    is_theirs = link is not None and link.chat_id == delivery.chat_id
    if delivery.kind in {DeliveryKind.DIGEST, DeliveryKind.EVENT} or delivery.target_id is not None:
        return link is not None and is_theirs and link.state is LinkState.ACTIVE
    return link is None or not is_theirs or link.state is not LinkState.OTHER_BOT


def _has_items(delivery: Delivery) -> bool:
    for item in delivery.items:
        stale = item.milestone is not None and (
            item.milestone.state is not MilestoneState.PLANNED
            or (item.milestone.due_on or item.milestone.start_on) != item.due_on
        )
        if stale and item.state is ItemState.INCLUDED:
            item.state = ItemState.CANCELLED
    return any(item.state is ItemState.INCLUDED for item in delivery.items)
