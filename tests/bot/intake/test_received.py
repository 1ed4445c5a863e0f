"""Updates are cut out of what Telegram gives before anything reads them: whatever one of them is, it is one."""

from __future__ import annotations

import asyncio
import json
from json import dumps
from typing import Any
from unicodedata import normalize

import httpx
import pytest
from sqlalchemy import select
from telegram.error import Conflict, NetworkError, TelegramError

from bot.chat.update import read
from bot.intake.poll import Kept
from bot.intake.received import cut, is_json, received
from bot.ops.telegram_bot import telegram_bot
from store.db.engine import Store
from store.models import InboxUpdate
from store.states import InboxState
from tests.bot.chat import Chat
from tests.bot.ops.test_secrecy import settings
from tests.bot.wire import FakeBot, message, way_in

DEEP = f'{{"update_id": 8, "message": {"[" * 100_000}{"]" * 100_000}}}'
ODD = {
    "nested a hundred thousand deep": DEEP,
    "a number of five thousand digits": f'{{"update_id": 8, "message": {"9" * 5000}}}',
    "a message without its parts": '{"update_id": 8, "message": {"text": "/my"}}',
    "a chat beyond 64 bits": dumps(message(8, chat=1 << 70)),
    "a date beyond the calendar": dumps(message(8) | {"message": message(8)["message"] | {"date": 1 << 60}}),
    "half a letter": dumps(message(8, text="\ud800 완료")),
    "a letter that ends texts": dumps(message(8, text="a\0b")),
    "no number that is one": '{"update_id": 8, "message": NaN}',
    "a number beyond 64 bits": dumps(message(1 << 70)),
    "a number below zero": dumps(message(-8)),
    "a number that is a word": '{"update_id": "8", "message": {}}',
    "a number that is yes": '{"update_id": true}',
    "no number": '{"message": {"text": "x"}}',
    "a list": "[1, [2], {}]",
    "a word": '"update_id"',
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_every_update_is_cut_out_as_it_stands(odd: str) -> None:
    before, after = dumps(message(7)), dumps(message(9, text='"]}, {[" \\'))
    assert cut(f'{{"ok": true, "result": [{before}, {odd} ,\n{after}]}}') == [before, odd, after]


@pytest.mark.parametrize(
    ("answer", "updates"),
    [
        ('{"ok":true,"result":[]}', []),
        ('{"result":[{"update_id":1}],"ok":true}', ['{"update_id":1}']),
        ('{"ok":true,"result":true}', None),
        ('{"ok":false,"description":"result: [x]"}', None),
        ('{"description":"result","a":[1]}', None),
        ('{"a":{"result":[1]}}', None),
    ],
)
def test_only_the_list_of_the_answer_itself_is_cut(answer: str, updates: list[str] | None) -> None:
    assert cut(answer) == updates


@pytest.mark.parametrize("answer", ['{"result":[{"update_id":1}', '{"result":[{"a":"b]}', '{"result":["'])
def test_an_answer_that_breaks_off_is_no_list(answer: str) -> None:
    with pytest.raises(ValueError, match="no end"):
        cut(answer)


@pytest.mark.parametrize(("text", "is_it"), [(DEEP, True), ("[]", True), ("{", False), ("hello", False)])
def test_json_is_told_from_what_is_none_however_much_it_is(text: str, is_it: bool) -> None:
    assert is_json(text) is is_it


def test_an_update_too_deep_to_be_read_is_known_by_its_number() -> None:
    assert (received(DEEP).update_id, received(DEEP).confirmed_by) == (8, 9)


@pytest.mark.parametrize("odd", ['{"update_id": -1}', '{"update_id": true}', dumps(message(1 << 64)), "[]"])
def test_what_has_no_number_of_telegrams_gets_one_of_its_own_and_always_the_same(odd: str) -> None:
    first, again, other = received(odd), received(odd), received(odd + " ")
    assert (first.update_id, first.confirmed_by) == (again.update_id, None)
    assert -(1 << 63) <= first.update_id < 0
    assert other.update_id != first.update_id


def test_a_press_and_a_membership_name_their_chat() -> None:
    where: dict[str, Any] = {"chat": {"id": -100}}
    assert received(dumps({"update_id": 1, "callback_query": {"message": where}})).chat_id == -100
    assert received(dumps({"update_id": 1, "my_chat_member": where})).chat_id == -100
    assert received(dumps({"update_id": 1, "callback_query": {"message": [1]}})).chat_id is None


@pytest.mark.open_door("B2", "kind B")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_whatever_one_update_is_it_and_those_around_it_are_kept(store: Store, odd: str) -> None:
    """Each a row of its own, committed before anything reads it; the offset moves on."""
    kept: list[str] = []

    async def handle(one: Kept) -> None:
        kept.append(one.raw)

    async def scene() -> FakeBot:
        bot = FakeBot([dumps(message(7, chat=1)), odd, dumps(message(9, chat=2))])
        polling = asyncio.create_task(way_in(store, handle, bot).poll())
        await bot.is_empty.wait()
        polling.cancel()
        return bot

    bot = asyncio.run(scene())
    with store.read() as session:
        rows = session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)).all()
    assert [row.raw for row in rows][1].startswith(odd[:7])
    assert (len(rows), [row.attempts for row in rows], bot.offsets) == (3, [1, 1, 1], [None, 10])


@pytest.mark.open_door("B2", "kind B")
def test_what_has_no_number_is_kept_once_and_asked_for_in_its_own_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be confirmed, so Telegram brings it with every poll."""
    monkeypatch.setattr("bot.intake.poll.NUMBERLESS_PAUSE_S", 0.0)
    odd = ODD["no number"]

    async def handle(_one: Kept) -> None:
        """Nothing."""

    async def scene() -> list[int | None]:
        bot = FakeBot([odd], [odd, dumps(message(7))], [odd])
        polling = asyncio.create_task(way_in(store, handle, bot).poll())
        await bot.is_empty.wait()
        polling.cancel()
        return bot.offsets

    assert asyncio.run(scene()) == [None, None, 8, 8]
    with store.read() as session:
        assert len(session.scalars(select(InboxUpdate)).all()) == 2


@pytest.mark.open_door("B2")
def test_what_the_store_cannot_keep_takes_nothing_with_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept without its words, as failed."""
    real = InboxUpdate.__init__

    def refusing(self: InboxUpdate, **values: Any) -> None:
        if "unkeepable" in values["raw"]:
            raise ValueError("no room for it")
        real(self, **values)

    monkeypatch.setattr(InboxUpdate, "__init__", refusing)
    intake = way_in(store, lambda _one: asyncio.sleep(0))
    texts = [dumps(message(1)), dumps(message(2, text="unkeepable")), dumps(message(3))]
    asyncio.run(intake.accept(texts))
    with store.read() as session:
        rows = session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id)).all()
    assert [(row.update_id, row.state) for row in rows] == [
        (1, InboxState.NEW),
        (2, InboxState.FAILED),
        (3, InboxState.NEW),
    ]
    assert (rows[1].raw, rows[1].error) == ('{"update_id": 2}', "ValueError")


@pytest.mark.open_door("kind B")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 1.5),
        ("caption", ["/my"]),
        ("message_id", 1 << 64),
        ("chat", None),
        ("chat", {"id": {"": 1}, "type": "private"}),
        ("from", {"id": 1 << 63, "is_bot": False, "first_name": "x"}),
        ("from", {"id": 1, "is_bot": False, "first_name": None}),
        ("reply_to_message", {"message_id": 1, "date": 1, "chat": {"id": "1", "type": "private"}}),
    ],
)
def test_a_part_that_is_not_what_telegram_says_cannot_be_read(name: str, value: object) -> None:
    """The library takes anything for anything; found by random updates."""
    odd = message(8)
    odd["message"][name] = value
    with pytest.raises(TypeError):
        read(dumps(odd), None)


@pytest.mark.open_door("kind B")
@pytest.mark.parametrize("name", ["old_chat_member", "new_chat_member", "chat", "from"])
@pytest.mark.parametrize("value", [None, {"status": ["left"], "user": {"id": 1, "is_bot": True}}, 7])
def test_a_change_of_members_that_lacks_a_part_cannot_be_read(name: str, value: object) -> None:
    """Found by random updates: what a group was before was looked at and never checked."""
    member = {"status": "member", "user": {"id": 42, "is_bot": True, "first_name": "봇"}}
    chat = {"id": -5, "type": "group", "title": "도로과"}
    someone = {"id": 1, "is_bot": False, "first_name": "x"}
    change = {"chat": chat, "from": someone, "date": 1, "old_chat_member": member, "new_chat_member": member}
    with pytest.raises((TypeError, AttributeError, KeyError)):
        read(dumps({"update_id": 8, "my_chat_member": change | {name: value}}), None)


def test_somebody_without_a_name_is_heard(linked: Chat) -> None:
    """The library gives no name at all where the first is empty; found by random updates."""
    user = linked.people["김하늘"]
    sender = {"id": user, "is_bot": False, "first_name": ""}
    assert "설계 용역" in linked.say("김하늘", "/my", **{"from": sender})[0]


@pytest.mark.parametrize("odd", ["\ud800", "끝\udfff", "a\0b"])
def test_half_a_letter_in_a_code_is_a_code_that_is_not_known(linked: Chat, odd: str) -> None:
    """Its digest could not be reckoned; found by random updates."""
    linked.people["홍길동"] = 555
    assert "등록 링크" in linked.say("홍길동", f"/start {odd}")[0]


def test_what_the_library_cannot_write_again_is_composed_all_the_same() -> None:
    """A moving picture of no length: the library leaves the 0 out, and would not read its own words."""
    odd = message(8, text=normalize("NFD", "완료"))
    odd["message"]["animation"] = {
        "file_id": "f",
        "file_unique_id": "u",
        "width": 1,
        "height": 1,
        "duration": 0,
    }
    found = read(dumps(odd), None).message
    assert found is not None and found.text == "완료"


def answering(body: str | bytes, status: int = 200) -> Any:
    """What the library is given for its getUpdates."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, content=body)

    async def scene() -> tuple[list[str], bytes]:
        bot = telegram_bot(settings())
        request = bot._request[0]
        request._client = httpx.AsyncClient(transport=httpx.MockTransport(answer))  # type: ignore[attr-defined]
        found = await bot.get_raw_updates(offset=5, limit=100, timeout_s=25, allowed=["message"])
        return found, asked[0].content

    return asyncio.run(scene())


@pytest.mark.open_door("kind B")
def test_the_librarys_inner_way_still_gives_updates_as_texts() -> None:
    """`RawBot` goes by `_post` and `parse_json_payload`: where the library changes them, this fails."""
    odd = DEEP.encode()
    found, asked = answering(b'{"ok":true,"result":[{"update_id":7},' + odd + b"]}")
    assert found == ['{"update_id":7}', DEEP]
    sent = dict(part.split("=") for part in asked.decode().split("&"))
    assert (sent["offset"], sent["limit"], sent["timeout"]) == ("5", "100", "25")
    assert "message" in sent["allowed_updates"]


def test_a_refusal_is_still_read_by_the_library() -> None:
    with pytest.raises(Conflict):
        answering('{"ok":false,"error_code":409,"description":"Conflict: terminated"}', 409)


@pytest.mark.open_door("kind B")
@pytest.mark.parametrize("body", ["<html>비밀 이야기</html>", '{"ok":true,"result":[{"a"', b"\xff\xfe"])
def test_an_answer_that_is_no_json_is_an_error_without_its_words(
    body: str | bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        answering(body)
    assert "비밀" not in caplog.text


def test_what_is_kept_is_what_came(store: Store) -> None:
    text = ' {"update_id":7,"message":{"text":"\\ud55c\\u0000"}} '
    asyncio.run(way_in(store, lambda _one: asyncio.sleep(0)).accept([text]))
    with store.read() as session:
        assert session.scalars(select(InboxUpdate)).one().raw == text
        assert json.loads(text)["message"]["text"] == "한\0"


HOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
ME = {"id": 42, "is_bot": True, "first_name": "기한", "username": "gihan_bot"}


@pytest.mark.open_door("kind B")
@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("get_me", True),
        ("get_me", {}),
        ("get_me", ME | {"username": None}),
        ("get_me", ME | {"id": 1 << 70}),
        ("get_me", ME | {"is_bot": False}),
        ("get_webhook_info", True),
        ("get_webhook_info", None),
        ("get_webhook_info", HOOK | {"last_error_date": 10**18}),
        ("get_webhook_info", HOOK | {"last_error_date": "gestern"}),
        ("get_webhook_info", HOOK | {"last_error_date": {}}),
        ("get_chat", True),
        ("get_file", {"file_id": "x", "file_unique_id": "x", "file_path": __file__}),
        ("get_file", {"file_id": "x", "file_unique_id": "x"}),
    ],
)  # fmt: skip
def test_an_answer_of_which_nothing_can_be_made_is_trouble_on_the_way(ask: str, answer: object) -> None:
    """Of what is between us and Telegram: waited for, never the end."""
    bot = telegram_bot(settings())
    with pytest.raises(NetworkError):
        asyncio.run(_asked(bot, ask, answer))


async def _asked(bot: Any, ask: str, answer: object) -> None:
    async def posted(*_: object, **__: object) -> object:
        return answer

    bot._post = posted
    await getattr(bot, ask)(*(["1"] if ask in {"get_chat", "get_file"} else []))


def test_an_answer_that_can_be_read_is_given() -> None:
    bot = telegram_bot(settings())
    asyncio.run(_asked(bot, "get_me", ME))
    assert bot.username == "gihan_bot"
