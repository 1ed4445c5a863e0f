"""What the page and tests look at: the whole state, the log of calls, files."""

import asyncio

from sandbox.chats import Chat
from sandbox.core import Sandbox
from sandbox.moves import clock_state
from sandbox.params import Params
from sandbox.shapes import Json
from sandbox.world import World

WAIT_LIMIT_S = 60.0
LOOK_S = 1.0  # between two looks at what the bot has written of its next reminder


async def state(sandbox: Sandbox, query: Params) -> Json:
    """Everything visible. With `since` only chats and toasts changed after that version, waiting for a change
    up to `timeout` seconds; with `chat` only that chat."""
    since = query.integer("since")
    if since:
        await _news(sandbox.world, since, min(query.integer("timeout"), WAIT_LIMIT_S))
    world, only = sandbox.world, query.integer("chat")
    there = [chat for chat in world.chats.values() if not chat.is_closed]
    chats = [chat for chat in there if chat.version > since and only in (0, chat.id)]
    return {
        "version": world.changes.version,
        "born": sandbox.born,
        "language": sandbox.language,
        "town": sandbox.town is not None,
        "bot": _bot(sandbox),
        "clock": clock_state(world),
        "pending_updates": len(sandbox.updates.pending) + len(sandbox.updates.again),
        "persons": [person.public() for person in world.persons.values() if not person.is_gone],
        "there": [chat.id for chat in there],
        "chats": [_chat(sandbox, chat) for chat in chats],
        "toasts": [toast for toast in world.toasts if toast["version"] > since],
    }


async def _news(world: World, since: int, timeout_s: float) -> None:
    """Return once something changed after `since`, or the bot says otherwise when its next reminder is: that stands in a
    file, which counts no version."""
    before, end = _reminder(world), asyncio.get_running_loop().time() + timeout_s
    while world.changes.version <= since and _reminder(world) == before:
        left = end - asyncio.get_running_loop().time()
        if left <= 0:
            return
        await world.changes.wait_after(since, min(LOOK_S, left))


def _reminder(world: World) -> Json:
    found = clock_state(world)
    return {name: found[name] for name in ("settled", "next_at")}


async def calls(sandbox: Sandbox, query: Params) -> Json:
    """The log of API calls: of one `method`, after number `since`."""
    found = sandbox.calls.found(query.text("method"), query.integer("since"))
    return {"count": sandbox.calls.count, "calls": [call.public() for call in found]}


def _bot(sandbox: Sandbox) -> Json:
    """As Telegram shows it before anybody has written."""
    bot, said = sandbox.world.bot, sandbox.profile
    described = said.get(("description", sandbox.language)) or said.get(("description", "")) or ""
    return {"id": bot.id, "name": bot.name, "username": bot.username, "description": described}


def _chat(sandbox: Sandbox, chat: Chat) -> Json:
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "members": chat.members,
        "bot_status": chat.bot_status,
        "migrated_to": chat.migrated_to,
        "action": chat.action,
        "commands": _commands(sandbox, chat),
        "messages": [message.public() for message in chat.messages.values()],
    }


def _commands(sandbox: Sandbox, chat: Chat) -> list[Json]:
    """The command menu; in groups that of the first member."""
    if not chat.members:
        return []
    person = sandbox.world.persons[chat.members[0]]
    return sandbox.commands.shown_to(chat, person.id, person.language)
