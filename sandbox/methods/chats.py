"""Who is who: getMe, getChat, chat actions."""

from sandbox import errors
from sandbox.core import Sandbox
from sandbox.params import Params
from sandbox.payloads import chat_object
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


async def send_chat_action(sandbox: Sandbox, params: Params) -> bool:
    """Show "typing…" until the next message."""
    chat = sandbox.world.writable_chat(params.chat_id())
    if params.text("action") not in ACTIONS:
        raise errors.bad_request(errors.CHAT_ACTION_WRONG)
    chat.action = params.text("action")
    sandbox.world.touch(chat)
    return True
