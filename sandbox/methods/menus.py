"""Command menus: setMyCommands."""

import re

from sandbox import errors
from sandbox.commands import Key
from sandbox.core import Sandbox
from sandbox.params import Params
from sandbox.shapes import Json

COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256
NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


async def set_my_commands(sandbox: Sandbox, params: Params) -> bool:
    """Set the menu of a scope and language."""
    commands = params.array("commands")
    if commands is None:
        raise errors.bad_request(errors.COMMANDS_NOT_ARRAY)
    key = _key(sandbox, params)
    sandbox.commands.by_scope[key] = _checked(commands)
    _show(sandbox)
    return True


def _checked(commands: list[Json]) -> list[Json]:
    if len(commands) > COMMANDS_LIMIT:
        raise errors.bad_request(errors.COMMANDS_TOO_MANY)
    return [_command(command) for command in commands]


def _command(given: Json) -> Json:
    name, description = str(given.get("command", "")).removeprefix("/"), str(given.get("description", ""))
    if not NAME.fullmatch(name):
        raise errors.bad_request(errors.COMMAND_INVALID)
    if not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise errors.bad_request(errors.COMMAND_DESCRIPTION_INVALID)
    return {"command": name, "description": description}


def _key(sandbox: Sandbox, params: Params) -> Key:
    """Scope and language of a call; a chat named in it must be known."""
    scope = params.object("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind not in SCOPES:
        raise errors.bad_request(errors.SCOPE_UNSUPPORTED)
    chat_id = None
    if kind.startswith("chat"):
        chat_id = sandbox.world.find_chat(Params(scope).chat_id()).id
    user_id = Params(scope).integer("user_id") if kind == "chat_member" else None
    return kind, chat_id, user_id, params.text("language_code") or ""


def _show(sandbox: Sandbox) -> None:
    """Let every chat be shown anew, for menus are part of it."""
    for chat in sandbox.world.chats.values():
        chat.version = sandbox.world.changes.version + 1
    sandbox.world.changes.bump()
