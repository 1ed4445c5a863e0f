"""Moving the clock: step by step through every instant at which the bot wants to send."""

from datetime import datetime

from sandbox.clock import Ack, Clock, ClockError, no_answer
from sandbox.shapes import Json
from sandbox.texts import line
from sandbox.updates import Updates
from sandbox.world import World


async def move(world: World, updates: Updates, wish: dict[str, object]) -> Json:
    """Move the clock as wished and answer once the bot has settled there.

    Raises: ClockError: 400 unreadable or backwards, 409 no movable clock, already moving or nothing planned,
    504 the bot does not answer (the clock then stands at the step that was not confirmed).
    """
    clock = world.clock
    if clock.file is None:
        raise ClockError(409, line("no-clock"))
    if clock.target is not None:
        raise ClockError(409, line("is-moving"))
    clock.target = clock.now()
    try:
        return await _move(world, updates, wish)
    finally:
        clock.target = None
        world.changes.bump()


async def _move(world: World, updates: Updates, wish: dict[str, object]) -> Json:
    clock = world.clock
    world.changes.bump()
    ack = await settle(clock, updates)
    target = _next_of(ack) if wish.get("next") else clock.target_of(wish)
    clock.target = max(target, clock.now())
    steps: list[str] = []
    while clock.now() < clock.target:
        clock.write(_step(clock, ack))
        steps.append(clock.now().isoformat())
        world.changes.bump()
        ack = await settle(clock, updates)
    return {**clock_state(world), "moving": False, "target": None, "steps": steps}


async def settle(clock: Clock, updates: Updates) -> Ack:
    """Wait until the bot has taken all updates and confirmed that nothing is left to do at this time.

    An ack given before an update was taken says nothing about that update, so a further step at the same
    time asks again.
    """
    while True:
        if not await updates.wait_until_taken(clock.ack_timeout_s):
            raise ClockError(504, no_answer(clock.ack_timeout_s))
        if updates.is_unsettled:
            updates.is_unsettled = False
            clock.write(clock.now())
        ack = await clock.wait_for_ack()
        if not updates.pending and not updates.is_unsettled:
            return ack


def clock_state(world: World) -> Json:
    """The clock as the control API shows it."""
    clock, ack = world.clock, world.clock.ack()
    return {
        "now": clock.now().isoformat(),
        "seq": clock.seq,
        "movable": clock.file is not None,
        "moving": clock.target is not None,
        "target": clock.target.isoformat() if clock.target else None,
        "timezone": clock.zone.key,
        "settled": ack is not None,
        "next_at": ack.next_at.isoformat() if ack and ack.next_at else None,
    }


def _step(clock: Clock, ack: Ack) -> datetime:
    assert clock.target is not None
    if ack.next_at is not None and clock.now() < ack.next_at < clock.target:
        return ack.next_at
    return clock.target


def _next_of(ack: Ack) -> datetime:
    if ack.next_at is None:
        raise ClockError(409, line("nothing-planned"))
    return ack.next_at
