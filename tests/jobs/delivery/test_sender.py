"""Errors of Telegram, by what is to be done about them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from jobs.delivery.pace import FLOOD_MOST_S, FLOOD_UNKNOWN_S
from jobs.delivery.sender import TelegramSender, markup
from jobs.delivery.telegram_errors import SendError, SendFault, classify
from store.deliveries import Html, Message

TOKEN = "1234567:SECRET-token-that-must-never-be-kept"
MESSAGE = Message(Html("<b>오늘</b> 할 일"), [[{"text": "완료", "data": "v1|done|112|1"}]])


def test_a_buttons_colour_goes_along_and_none_where_it_has_none() -> None:
    row = [
        {"text": "완료", "data": "v1|done|112|1", "style": "success"},
        {"text": "연기", "data": "v1|delay|112|1"},
    ]
    made = markup(Message(Html("할 일"), [row]))
    assert made is not None
    assert [one.to_dict().get("style") for one in made.inline_keyboard[0]] == ["success", None]


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), SendFault.UNREACHABLE),
        (BadRequest("Chat not found"), SendFault.UNREACHABLE),
        (BadRequest("PEER_ID_INVALID"), SendFault.UNREACHABLE),
        (BadRequest("Can't parse entities: unsupported start tag"), SendFault.REFUSED),
        (BadRequest("Message is too long"), SendFault.REFUSED),
        (BadRequest("Button_data_invalid"), SendFault.REFUSED),
        (BadRequest("Message is not modified: specified new message content"), SendFault.UNCHANGED),
        (BadRequest("Message to edit not found"), SendFault.UNCHANGED),
        (BadRequest("Message can't be edited"), SendFault.UNCHANGED),
        (BadRequest("MESSAGE_ID_INVALID"), SendFault.UNCHANGED),
        (Forbidden("Forbidden: bot was kicked from the group chat"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: bot was kicked from the channel chat"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: the group chat was deleted"), SendFault.UNREACHABLE),
        (Forbidden("Forbidden: bots can't send messages to bots"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: chat not found"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: user not found"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: INPUT_USER_DEACTIVATED"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: USER_IS_BLOCKED"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: group chat was deactivated"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: group chat was upgraded to a supergroup chat"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: CHAT_RESTRICTED"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: have no rights to send a message"), SendFault.UNREACHABLE),
        (
            BadRequest("Bad Request: not enough rights to send text messages to the chat"),
            SendFault.UNREACHABLE,
        ),
        (BadRequest("Bad Request: need administrator rights in the channel chat"), SendFault.UNREACHABLE),
        (BadRequest("Bad Request: message text is empty"), SendFault.REFUSED),
        (BadRequest("Bad Request: BUTTON_URL_INVALID"), SendFault.REFUSED),
        (NetworkError("Request Entity Too Large"), SendFault.REFUSED),
        (InvalidToken(), SendFault.NO_ENTRY),
        (InvalidToken("Unauthorized"), SendFault.NO_ENTRY),
        (InvalidToken("Not Found"), SendFault.NO_ENTRY),
        (EndPointNotFound("Not Found"), SendFault.NO_ENTRY),
        (Forbidden("Unauthorized"), SendFault.NO_ENTRY),
        (BadRequest("Bad Request: Unauthorized"), SendFault.NO_ENTRY),
        (BadRequest("Logged out"), SendFault.NO_ENTRY),
        (NetworkError("Too Many Requests (429)"), SendFault.TEMPORARY),
        (NetworkError("Bad Gateway"), SendFault.TEMPORARY),
        (NetworkError("Internal Server Error: restart"), SendFault.TEMPORARY),
        (NetworkError("Internal Server Error (500)"), SendFault.TEMPORARY),
        (NetworkError("Service Unavailable (503)"), SendFault.TEMPORARY),
        (NetworkError("Gateway Timeout (504)"), SendFault.TEMPORARY),
        (NetworkError("Request Timeout (408)"), SendFault.UNCERTAIN),
        (NetworkError("Unknown HTTPError (524)"), SendFault.UNCERTAIN),
        (TimedOut(), SendFault.UNCERTAIN),
        (NetworkError("Unknown error in HTTP implementation"), SendFault.UNCERTAIN),
        (Conflict("Conflict: terminated by other getUpdates request"), SendFault.REFUSED),
    ],
)
def test_every_class_of_error_is_sorted(error: TelegramError, fault: SendFault) -> None:
    assert classify(error).fault is fault


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (httpx.ConnectError("refused"), SendFault.TEMPORARY),
        (httpx.ConnectTimeout("too slow"), SendFault.TEMPORARY),
        (httpx.PoolTimeout("too many"), SendFault.TEMPORARY),
        (httpx.UnsupportedProtocol("ftp"), SendFault.TEMPORARY),
        (httpx.ReadTimeout("too slow"), SendFault.UNCERTAIN),
        (httpx.WriteTimeout("too slow"), SendFault.UNCERTAIN),
        (httpx.ReadError("reset"), SendFault.UNCERTAIN),
        (httpx.WriteError("reset"), SendFault.UNCERTAIN),
        (httpx.RemoteProtocolError("Server disconnected"), SendFault.UNCERTAIN),
    ],
)
@pytest.mark.parametrize("kind", [TimedOut, NetworkError])
@pytest.mark.pitfall(1, 2)
def test_only_what_cannot_have_left_is_tried_again_freely(
    kind: type[NetworkError], cause: Exception, fault: SendFault
) -> None:
    assert classify(caused(kind("httpx"), cause)).fault is fault


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_a_flood_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    found = classify(RetryAfter(17))
    assert (found.fault, found.retry_after_s) == (SendFault.TEMPORARY, 17.0)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("Too Many Requests: retry after 9", 9.0), ("Too Many Requests (429)", FLOOD_UNKNOWN_S)],
)
def test_a_flood_without_its_parameters_is_a_flood_too(words: str, seconds: float) -> None:
    assert classify(NetworkError(words)).retry_after_s == seconds


def test_a_chat_that_moved_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    found = classify(ChatMigrated(-1005))
    assert (found.fault, found.new_chat_id) == (SendFault.MOVED, -1005)


@pytest.mark.parametrize(
    "error",
    [
        InvalidToken(f"The token `{TOKEN}` was rejected by the server."),
        Forbidden(f"You don't have permission to access /bot{TOKEN}/sendMessage"),
        BadRequest(f"bad request: /bot{TOKEN}/sendMessage"),
        NetworkError(f"httpx.ConnectError: https://api.telegram.org/bot{TOKEN}/sendMessage"),
        TelegramError(f"https://api.telegram.org/bot{TOKEN}/sendMessage"),
    ],
)
def test_the_token_is_never_in_the_detail(error: TelegramError) -> None:
    found = classify(error)
    assert found.detail
    assert TOKEN not in found.detail + repr(found) + str(found)
    assert TOKEN.partition(":")[2] not in found.detail


def test_a_page_instead_of_an_answer_is_kept_short() -> None:
    assert len(classify(BadRequest("<html>" * 10_000)).detail) < 1000


def test_an_error_can_pass_a_context_manager() -> None:
    @contextmanager
    def anything() -> Iterator[None]:
        yield

    with pytest.raises(SendError), anything():
        raise SendError(SendFault.REFUSED, "no")


class FakeRequest(BaseRequest):
    """A network that always gives the same answer and remembers what was asked."""

    def __init__(self, code: int, body: bytes) -> None:
        self.answer = code, body
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_named: Any
    ) -> tuple[int, bytes]:
        self.asked.append((url.rpartition("/")[2], request_data.parameters if request_data else {}))
        return self.answer


SENT = b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"}}}'


def sender(code: int = 200, body: bytes = SENT) -> tuple[TelegramSender, FakeRequest]:
    request = FakeRequest(code, body)
    return TelegramSender(Bot(TOKEN, request=request, get_updates_request=FakeRequest(200, b""))), request


def fault_of(code: int, body: bytes) -> SendFault:
    with pytest.raises(SendError) as caught:
        asyncio.run(sender(code, body)[0].send(1, MESSAGE))
    return caught.value.fault


def test_a_message_goes_out_as_html_with_its_buttons() -> None:
    out, request = sender()
    assert asyncio.run(out.send(1, MESSAGE)) == 7
    method, sent = request.asked[0]
    assert (method, sent["chat_id"], sent["text"], sent["parse_mode"]) == (
        "sendMessage",
        1,
        "<b>오늘</b> 할 일",
        "HTML",
    )
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "완료", "callback_data": "v1|done|112|1"}]]}
    assert sent["link_preview_options"] == {"is_disabled": True}


def test_an_edit_names_the_message() -> None:
    out, request = sender()
    asyncio.run(out.edit(1, 7, Message(Html("끝"), [])))
    method, sent = request.asked[0]
    assert (method, sent["chat_id"], sent["message_id"], sent["text"]) == ("editMessageText", 1, 7, "끝")


def test_no_buttons_are_no_keyboard() -> None:
    assert markup(Message(Html("답"), [])) is None


@pytest.mark.parametrize(
    ("code", "body", "fault"),
    [
        (403, b'{"ok":false,"description":"Forbidden: bot was blocked by the user"}', SendFault.UNREACHABLE),
        (400, b'{"ok":false,"description":"Bad Request: chat not found"}', SendFault.UNREACHABLE),
        (400, b'{"ok":false,"description":"Bad Request: message is too long"}', SendFault.REFUSED),
        (401, b'{"ok":false,"description":"Unauthorized"}', SendFault.NO_ENTRY),
        (404, b'{"ok":false,"description":"Not Found"}', SendFault.NO_ENTRY),
        (502, b'{"ok":false,"description":"Bad Gateway"}', SendFault.TEMPORARY),
        (500, b"<html>Internal Server Error</html>", SendFault.TEMPORARY),
        (429, b"<html>too many</html>", SendFault.TEMPORARY),
    ],
)
def test_an_answer_of_telegram_is_sorted(code: int, body: bytes, fault: SendFault) -> None:
    assert fault_of(code, body) is fault


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409])
def test_a_proxys_refusal_is_not_telegrams_word(code: int) -> None:
    """Else one page of a firewall would block every officer's chat for good."""
    assert fault_of(code, b"<html>Access denied by policy</html>") is SendFault.TEMPORARY


@pytest.mark.parametrize("body", [b"", b"<html>please log in</html>", b'{"ok":true,"result":{"mess'])
def test_an_answer_nobody_can_read_is_a_doubt(body: bytes) -> None:
    assert fault_of(200, body) is SendFault.UNCERTAIN


class ShutTopic(FakeRequest):
    """A forum whose topic takes no message any more."""

    def __init__(self, words: str) -> None:
        super().__init__(200, SENT)
        self.words = words

    async def do_request(self, *asked: Any, **named: Any) -> tuple[int, bytes]:
        answer = await super().do_request(*asked, **named)
        if "message_thread_id" not in self.asked[-1][1]:
            return answer
        return 400, f'{{"ok":false,"error_code":400,"description":"Bad Request: {self.words}"}}'.encode()


@pytest.mark.open_door("kind F")
@pytest.mark.parametrize("words", ["TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"])
def test_what_a_shut_topic_does_not_take_goes_into_the_chat(words: str) -> None:
    request = ShutTopic(words)
    out = TelegramSender(Bot(TOKEN, request=request, get_updates_request=FakeRequest(200, b"")))
    assert asyncio.run(out.send(1, replace(MESSAGE, topic_id=55))) == 7
    assert [sent.get("message_thread_id") for _, sent in request.asked] == [55, None]


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_pause_of_years_is_tried_again_within_the_hour() -> None:
    assert classify(RetryAfter(10**9)).retry_after_s == FLOOD_MOST_S
    assert classify(NetworkError("Too Many Requests: retry after 999999999")).retry_after_s == FLOOD_MOST_S


def test_a_picture_is_sent_as_a_photo_and_any_other_file_as_a_document() -> None:
    called: list[str] = []

    class Phone:
        """Takes what is sent."""

        def __getattr__(self, name: str) -> Any:
            async def send(*_args: object, **_named: object) -> Any:
                called.append(name)
                return type("Sent", (), {"message_id": 7})()

            return send

    sender = TelegramSender(Phone())  # type: ignore[arg-type]
    asyncio.run(sender.send(1, replace(MESSAGE, document=("현황.png", b"png"))))
    asyncio.run(sender.send(1, replace(MESSAGE, document=("현황.xlsx", b"xlsx"))))
    assert called == ["send_chat_action", "send_photo", "send_document"]
