"""Who is who, and groups."""

from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden


def test_the_bot_knows_itself(bot: Any) -> None:
    me = bot("get_me")
    assert (me.id, me.is_bot, me.username) == (110000001, True, "gihan_sandbox_bot")


def test_a_chat_has_its_kind_and_name(bot: Any, control: Any) -> None:
    person = control.person("김하늘", username="haneul")
    chat = bot("get_chat", chat_id=person)
    assert (chat.type, chat.first_name, chat.username) == ("private", "김하늘", "haneul")


def test_members_and_others_of_a_group(bot: Any, control: Any) -> None:
    founder, member, other = (control.person(name) for name in ("김하늘", "박정우", "이수진"))
    group = control.post("groups", title="과", members=[founder, member])["id"]
    found = [bot("get_chat_member", chat_id=group, user_id=who).status for who in (founder, member, other)]
    assert found == ["creator", "member", "left"]
    assert bot("get_chat_member_count", chat_id=group) == 3


def test_a_bot_that_left_a_group_cannot_write_there(bot: Any, control: Any) -> None:
    control.person("김하늘")
    group = control.post("groups", title="과", members=["김하늘"])["id"]
    assert bot("leave_chat", chat_id=group)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        bot("send_message", chat_id=group, text="가")


def test_a_chat_action_shows_until_the_next_message(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    bot("send_chat_action", chat_id=chat, action="typing")
    assert control.get("state", chat=chat)["chats"][0]["action"] == "typing"
    bot("send_message", chat_id=chat, text="가")
    assert control.get("state", chat=chat)["chats"][0]["action"] is None
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        bot("send_chat_action", chat_id=chat, action="dancing")
