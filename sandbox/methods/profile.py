"""The bot's profile in each language: name, description, short description."""

from collections.abc import Awaitable, Callable

from sandbox import errors
from sandbox.core import Sandbox
from sandbox.params import Params
from sandbox.shapes import Json

# Source: core.telegram.org/bots/api#setmyname and the two below it
MOST = {"name": 64, "description": 512, "short_description": 120}
Method = Callable[[Sandbox, Params], Awaitable[object]]


def putting(what: str) -> Method:
    """setMyName and its like: an empty text takes the language's own away."""

    async def put(sandbox: Sandbox, params: Params) -> bool:
        text, key = params.text(what) or "", (what, params.text("language_code") or "")
        if len(text) > MOST[what]:
            raise errors.bad_request(errors.PROFILE_TOO_LONG)
        if text:
            sandbox.profile[key] = text
        else:
            sandbox.profile.pop(key, None)
        return True

    return put


def giving(what: str) -> Method:
    """getMyName and its like: the language's own, else everybody's."""

    async def give(sandbox: Sandbox, params: Params) -> Json:
        first = sandbox.world.bot.name if what == "name" else ""
        everybodys = sandbox.profile.get((what, ""), first)
        return {what: sandbox.profile.get((what, params.text("language_code") or ""), everybodys)}

    return give
