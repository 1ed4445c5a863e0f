"""Command menus by scope."""

from typing import Any

import pytest
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest


def shown(control: Any, chat: int) -> list[str]:
    """Names in the menu that the page shows in a chat."""
    state = control.get("state", chat=chat)
    return [command["command"] for command in state["chats"][0]["commands"]]


def test_the_narrowest_scope_is_shown(bot: Any, control: Any) -> None:
    officer, planner = control.person("김하늘"), control.person("이수진")
    bot("set_my_commands", commands=[BotCommand("help", "도움말")])
    bot("set_my_commands", commands=[BotCommand("my", "내 일정")], scope=BotCommandScopeAllPrivateChats())
    bot("set_my_commands", commands=[BotCommand("status", "현황")], scope=BotCommandScopeChat(planner))
    assert (shown(control, officer), shown(control, planner)) == (["my"], ["status"])


def test_the_language_of_the_person_comes_first(bot: Any, control: Any) -> None:
    officer, other = control.person("김하늘"), control.person("Lee", language="en")
    bot("set_my_commands", commands=[BotCommand("help", "Help")])
    bot("set_my_commands", commands=[BotCommand("my", "내 일정")], language_code="ko")
    assert (shown(control, officer), shown(control, other)) == (["my"], ["help"])


@pytest.mark.parametrize(("name", "about"), [("Done", "가"), ("완료", "가"), ("a" * 33, "가"), ("done", "")])
def test_a_wrong_command_is_refused(bot: Any, name: str, about: str) -> None:
    with pytest.raises(BadRequest, match="Bot_command"):
        bot("set_my_commands", commands=[BotCommand(name, about)])


def test_a_menu_for_an_unknown_chat_is_refused(bot: Any) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        bot("set_my_commands", commands=[BotCommand("my", "내 일정")], scope=BotCommandScopeChat(5))
