"""Sending, editing, deleting: as the real client sees it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter


def keys(*data: str) -> InlineKeyboardMarkup:
    """One row of buttons."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(name, callback_data=name) for name in data]])


def test_a_sent_message_comes_back_with_entities_and_keyboard(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    sent = bot("send_message", chat_id=chat, text="<b>오늘</b>", parse_mode="HTML", reply_markup=keys("완료"))
    assert (sent.text, sent.entities[0].type, sent.chat.type) == ("오늘", "bold", "private")
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "완료"
    assert sent.date.isoformat() == "2026-06-29T00:00:00+00:00"


def test_message_ids_count_per_chat(bot: Any, control: Any) -> None:
    first, second = control.person("김하늘"), control.person("박정우")
    ids = [bot("send_message", chat_id=chat, text="가").message_id for chat in (first, second, first)]
    assert ids == [2, 2, 3]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("가" * 4097, "Message is too long"),
        (" \n ", "Message text is empty"),
        ("<b>", "Can't parse entities: can't find end tag"),
    ],
)
def test_a_wrong_text_is_refused(bot: Any, control: Any, text: str, reason: str) -> None:
    chat = control.person("김하늘")
    with pytest.raises(BadRequest) as refusal:
        bot("send_message", chat_id=chat, text=text, parse_mode="HTML")
    assert refusal.value.message.lower().startswith(reason.lower())
    assert len(control.messages(chat)) == 1


def test_4096_units_after_parsing_are_sent(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    sent = bot("send_message", chat_id=chat, text=f"<b>{'가' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text) == 4096


@pytest.mark.parametrize("data", ["", "가" * 22])
def test_button_data_is_1_to_64_bytes(bot: Any, control: Any, data: str) -> None:
    chat = control.person("김하늘")
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        markup = {"inline_keyboard": [[{"text": "완료", "callback_data": data}]]}
        bot("send_message", chat_id=chat, text="가", reply_markup=markup)


def test_an_unknown_chat_is_not_found(bot: Any) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        bot("send_message", chat_id=5, text="가")


def test_who_never_wrote_is_not_found_and_in_a_group_cannot_be_written_to(bot: Any, control: Any) -> None:
    stranger = control.person("이수진", is_started=False)
    with pytest.raises(BadRequest, match="Chat not found"):
        bot("send_message", chat_id=stranger, text="가")
    control.post("groups", title="교통안전과", members=["이수진"])
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        bot("send_message", chat_id=stranger, text="가")


def test_who_blocked_the_bot_gets_nothing_until_they_write_again(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    control.post("block", person=chat, blocked=True)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        bot("send_message", chat_id=chat, text="가")
    control.post("send", person=chat, text="/start")
    assert bot("send_message", chat_id=chat, text="가").text == "가"


def test_a_deactivated_user_gets_nothing(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    control.post("persons", id=chat, deactivated=True)
    with pytest.raises(Forbidden, match="user is deactivated"):
        bot("send_message", chat_id=chat, text="가")


def test_a_group_that_threw_the_bot_out_gets_nothing(bot: Any, control: Any) -> None:
    control.person("김하늘")
    group = control.post("groups", title="과", members=["김하늘"])["id"]
    control.post("groups/kick", chat=group)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        bot("send_message", chat_id=group, text="가")


def test_a_group_that_became_a_supergroup_names_its_new_id(bot: Any, control: Any) -> None:
    control.person("김하늘")
    group = control.post("groups", title="과", members=["김하늘"])["id"]
    new = control.post("groups/migrate", chat=group)["id"]
    with pytest.raises(ChatMigrated) as moved:
        bot("send_message", chat_id=group, text="가")
    assert moved.value.new_chat_id == new
    assert bot("send_message", chat_id=new, text="가").chat.type == "supergroup"


def test_an_edit_shows_and_keeps_what_was_before(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    sent = bot("send_message", chat_id=chat, text="전", reply_markup=keys("완료"))
    edited = bot("edit_message_text", chat_id=chat, message_id=sent.message_id, text="후")
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("후", None, True)
    shown = control.messages(chat)[-1]
    assert (shown["edited"], shown["revisions"][0]["text"]) == (True, "전")


def test_an_edit_that_changes_nothing_is_refused(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    sent = bot("send_message", chat_id=chat, text="가", reply_markup=keys("완료"))
    same = {"chat_id": chat, "message_id": sent.message_id, "reply_markup": keys("완료")}
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        bot("edit_message_text", text="가", **same)
    with pytest.raises(BadRequest, match="Message is not modified"):
        bot("edit_message_reply_markup", **same)


def test_only_own_and_existing_messages_can_be_edited(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        bot("edit_message_text", chat_id=chat, message_id=99, text="가")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        bot("edit_message_text", chat_id=chat, message_id=1, text="가")


def test_a_reply_quotes_its_message(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    assert (
        bot("send_message", chat_id=chat, text="답", reply_to_message_id=1).reply_to_message.text == "/start"
    )
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        bot("send_message", chat_id=chat, text="답", reply_to_message_id=77)


def test_limits_answer_429_with_the_seconds_to_wait(
    bot: Any, control: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chat = control.person("김하늘")
    control.post("limits", on=True)
    bot("send_message", chat_id=chat, text="가")
    with pytest.raises(RetryAfter) as refusal:
        bot("send_message", chat_id=chat, text="나")
    assert refusal.value.retry_after == timedelta(seconds=1)


def test_a_wrong_token_is_unauthorized_and_an_unknown_method_not_found(server: Any, control: Any) -> None:
    wrong = control.client.get("/bot110000001:other/getMe")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    unknown = control.client.post(f"/bot{server.token}/sendLove")
    assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found")
