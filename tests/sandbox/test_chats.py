"""Who is who."""

from typing import Any

import pytest
from telegram.error import BadRequest


def test_the_bot_knows_itself(bot: Any) -> None:
    me = bot("get_me")
    assert (me.id, me.is_bot, me.username) == (110000001, True, "gihan_sandbox_bot")


def test_a_chat_has_its_kind_and_name(bot: Any, control: Any) -> None:
    person = control.person("김하늘", username="haneul")
    chat = bot("get_chat", chat_id=person)
    assert (chat.type, chat.first_name, chat.username) == ("private", "김하늘", "haneul")


def test_a_chat_action_shows_until_the_next_message(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    bot("send_chat_action", chat_id=chat, action="typing")
    assert control.get("state", chat=chat)["chats"][0]["action"] == "typing"
    bot("send_message", chat_id=chat, text="가")
    assert control.get("state", chat=chat)["chats"][0]["action"] is None
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        bot("send_chat_action", chat_id=chat, action="dancing")
