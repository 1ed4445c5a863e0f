"""Who is who: getMe, getChat, members, leaving, chat actions."""

from sandbox import errors
from sandbox.chats import Chat
from sandbox.core import Sandbox
from sandbox.params import Params
from sandbox.payloads import chat_object, membership
from sandbox.shapes import Json

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def get_me(sandbox: Sandbox, params: Params) -> Json:
    """The bot itself."""
    return sandbox.world.bot.me()


async def get_chat(sandbox: Sandbox, params: Params) -> Json:
    """A chat the bot knows."""
    chat = sandbox.world.find_chat(params.chat_id())
    return {
        **chat_object(sandbox.world, chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def get_chat_member(sandbox: Sandbox, params: Params) -> Json:
    """How a user stands to a chat."""
    chat = sandbox.world.find_chat(params.chat_id())
    return _member(sandbox, chat, params.integer("user_id"))


async def get_chat_member_count(sandbox: Sandbox, params: Params) -> int:
    """Persons in a chat, and the bot."""
    chat = sandbox.world.find_chat(params.chat_id())
    return len(chat.members) + (chat.bot_status == "member")


async def get_chat_administrators(sandbox: Sandbox, params: Params) -> list[Json]:
    """The first member of a group, who founded it."""
    chat = sandbox.world.find_chat(params.chat_id())
    return [_member(sandbox, chat, person_id) for person_id in chat.members[:1]]


async def leave_chat(sandbox: Sandbox, params: Params) -> bool:
    """The bot leaves a group."""
    world = sandbox.world
    chat = world.writable_chat(params.chat_id())
    if chat.is_private:
        raise errors.bad_request(errors.CANNOT_LEAVE_PRIVATE)
    chat.bot_status = "left"
    sandbox.updates.add("my_chat_member", membership(world, chat, world.bot.user(), "member", "left"))
    world.touch(chat)
    return True


async def send_chat_action(sandbox: Sandbox, params: Params) -> bool:
    """Show "typing…" until the next message."""
    chat = sandbox.world.writable_chat(params.chat_id())
    if params.text("action") not in ACTIONS:
        raise errors.bad_request(errors.CHAT_ACTION_WRONG)
    chat.action = params.text("action")
    sandbox.world.touch(chat)
    return True


def _member(sandbox: Sandbox, chat: Chat, user_id: int) -> Json:
    world = sandbox.world
    if user_id == world.bot.id:
        extra = {"until_date": 0} if chat.bot_status == "kicked" else {}
        return {"user": world.bot.user(), "status": chat.bot_status, **extra}
    person = world.persons.get(user_id)
    if person is None:
        raise errors.bad_request(errors.USER_NOT_FOUND)
    if person.id not in chat.members:
        return {"user": person.user(), "status": "left"}
    if not chat.is_private and chat.members[0] == person.id:
        return {"user": person.user(), "status": "creator", "is_anonymous": False}
    return {"user": person.user(), "status": "member"}
