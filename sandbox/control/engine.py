"""Control of what is under the chats: faults, limits, repeated updates, the clock, the language, the town."""

import asyncio

from sandbox.actions import ActionError
from sandbox.core import Sandbox
from sandbox.faults import FaultError, read_fault
from sandbox.methods import is_method
from sandbox.moves import clock_state, move
from sandbox.params import Params
from sandbox.shapes import Json
from sandbox.texts import known, line
from sandbox.town import Town, TownError


async def add_fault(sandbox: Sandbox, body: Params) -> Json:
    """One more fault rule."""
    fault = read_fault(dict(body.values))
    if not is_method(fault.method):
        raise FaultError(f"there is no method {fault.method}")
    sandbox.faults.rules.append(fault)
    return {"faults": sandbox.faults.public()}


async def show_faults(sandbox: Sandbox, query: Params) -> Json:
    """All fault rules with how often each was used."""
    return {"faults": sandbox.faults.public()}


async def clear_faults(sandbox: Sandbox, query: Params) -> Json:
    """No faults any more."""
    sandbox.faults.rules.clear()
    return {"faults": []}


async def set_limits(sandbox: Sandbox, body: Params) -> Json:
    """Telegram's sending limits on or off."""
    sandbox.limits.is_on = body.flag("on")
    return {"on": sandbox.limits.is_on}


async def add_update(sandbox: Sandbox, body: Params) -> Json:
    """An update of just the `text` that is given, whatever it says; `$ID` in it stands for its number."""
    return {"update_id": sandbox.updates.add_raw(body.text("text") or "")}


async def duplicate(sandbox: Sandbox, body: Params) -> Json:
    """Confirmed updates are delivered once more: one by `update_id`, or the `last` n."""
    number = body.integer("update_id")
    wanted = [number] if number else sandbox.updates.last_confirmed(body.integer("last"))
    found = sandbox.updates.repeat(wanted)
    if not found:
        raise ActionError(line("nothing-to-repeat"), 404)
    return {"update_ids": found}


async def show_clock(sandbox: Sandbox, query: Params) -> Json:
    """The business clock."""
    return clock_state(sandbox.world)


async def move_clock(sandbox: Sandbox, body: Params) -> Json:
    """Move the clock; answers when the bot has settled there."""
    return await move(sandbox.world, sandbox.updates, dict(body.values))


async def speak(sandbox: Sandbox, body: Params) -> Json:
    """Everybody's account, whoever joins and the town's bot speak the `language` from now on."""
    language = _language(body)
    sandbox.language = language
    for person in sandbox.world.persons.values():
        person.language = language
    for chat in sandbox.world.chats.values():
        sandbox.world.touch(chat)  # menus are a language's
    if sandbox.town is not None:
        await asyncio.to_thread(sandbox.town.speak, language)
    return {"language": language}


async def show_town(sandbox: Sandbox, query: Params) -> Json:
    """Whom one can play."""
    return await asyncio.to_thread(_town(sandbox).offer, sandbox.language)


async def begin_anew(sandbox: Sandbox, body: Params) -> Json:
    """The town as at its beginning, in the `language`."""
    language = _language(body)
    try:
        await asyncio.to_thread(_town(sandbox).begin_anew, language)
    except TownError as fault:
        raise ActionError(str(fault), 409) from None
    return {"language": language}


def _town(sandbox: Sandbox) -> Town:
    if sandbox.town is None:
        raise ActionError(line("no-town"), 404)
    return sandbox.town


def _language(body: Params) -> str:
    found = known(body.text("language"))
    if found is None:
        raise ActionError(line("no-language"))
    return found
