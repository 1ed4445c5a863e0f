"""Whose item it is: for which departments a person answers it, and which items a person has to do with."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.turn import Turn, UsageError
from bot.texts.render import say
from jobs.authority.permissions import TABLE, Action, Scope, answerable, has
from store import items
from store.models import Department, Item
from store.states import ItemStage


def is_planner(turn: Turn) -> bool:
    return has(turn.actor, Action.ITEMS)


def item_of(turn: Turn, number: int) -> Item:
    """The item, if the person has to do with it. An unknown one and others' read the same."""
    found = items.get(turn.session, number)
    if found is None or not (is_planner(turn) or answerable(turn.actor, found)):
        raise UsageError(say("items.unseen", number=number))
    return found


def own(turn: Turn, item: Item) -> list[Department]:
    """The departments for which the person answers it by being of them, or as its officer; not as the planning office."""
    may = set(answerable(turn.actor, item))
    mine = places(turn)
    is_officer = item.officer_id in {turn.actor.officer.id, *turn.actor.stands_in_for}
    return [
        one.department
        for one in item.parts
        if one.department_id in may and (one.department_id in mine or (is_officer and one.position == 0))
    ]


def places(turn: Turn) -> set[int]:
    """The departments for which the person answers by a role of the department."""
    held = (*turn.actor.roles, *turn.actor.stood_in)
    return {
        one.department_id
        for one in held
        if TABLE[Action.ITEM_REPLY][one.role] is Scope.DEPARTMENT and one.department_id is not None
    }


def answering(turn: Turn, item: Item) -> Department:
    """For which department the person answers: of several the first without a reply; the planning office for whichever is
    missing. Raises UsageError where it is none of the person's."""
    mine = own(turn, item)
    if not mine and is_planner(turn):
        mine = [one.department for one in item.parts]
    if not mine:
        raise UsageError(say("items.refusal.not-of-department", number=item.id))
    missing = {one.department_id for one in items.missing(item)}
    return next((one for one in mine if one.id in missing), mine[0])


def mine(turn: Turn) -> Sequence[Item]:
    """What the person sees in a list: the planning office everything under way, others what they answer."""
    if is_planner(turn):
        found = items.listed(turn.session, items.Filter(states=items.UNDER_WAY))
        return sorted(found, key=lambda one: one.state is not ItemStage.CLOSING)
    people = {turn.actor.officer.id, *turn.actor.stands_in_for}
    return items.reached(turn.session, people, places(turn))
