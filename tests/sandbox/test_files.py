"""Documents and photos, both ways."""

import base64
from typing import Any

import pytest
from telegram.error import BadRequest

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_document_of_the_bot_keeps_name_and_bytes(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    content = bytes(range(256)) + b"\r\n--x\r\n"
    sent = bot(
        "send_document",
        chat_id=chat,
        document=content,
        filename="실적 1분기.xlsx",
        caption="<b>1분기</b>",
        parse_mode="HTML",
    )
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == (
        "실적 1분기.xlsx",
        263,
        "1분기",
    )
    assert control.client.get(f"/sandbox/files/{sent.document.file_id}").content == content


def test_a_document_can_be_sent_again_by_its_id(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    first = bot("send_document", chat_id=chat, document=b"abc", filename="a.txt")
    assert bot("send_document", chat_id=chat, document=first.document.file_id).document == first.document
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        bot("send_document", chat_id=chat, document="nothing")


def test_a_document_of_a_person_can_be_fetched(bot: Any, control: Any) -> None:
    person = control.person("이수진")
    control.post(
        "documents", person=person, name="계획.txt", content_base64=base64.b64encode("추진".encode()).decode()
    )
    document = bot("get_updates")[-1].message.document
    assert (document.file_name, document.mime_type) == ("계획.txt", "text/plain")
    file = bot("get_file", file_id=document.file_id)
    assert bytes(bot.runner.run(file.download_as_bytearray())).decode() == "추진"


def test_an_unknown_file_is_refused(bot: Any) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        bot("get_file", file_id="nothing")


def test_a_photo_tells_its_size(bot: Any, control: Any) -> None:
    chat = control.person("이수진")
    (size,) = bot("send_photo", chat_id=chat, photo=PNG).photo
    assert (size.width, size.height, size.file_size) == (1, 1, len(PNG))


def test_a_caption_has_1024_units(bot: Any, control: Any) -> None:
    chat = control.person("이수진")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        bot("send_document", chat_id=chat, document=b"a", filename="a.txt", caption="가" * 1025)


def test_a_caption_can_be_edited(bot: Any, control: Any) -> None:
    chat = control.person("이수진")
    sent = bot("send_document", chat_id=chat, document=b"a", filename="a.txt", caption="전")
    edited = bot("edit_message_caption", chat_id=chat, message_id=sent.message_id, caption="후")
    assert edited.caption == "후"
