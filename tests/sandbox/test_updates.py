"""Updates on their way to the bot: polling, presses, webhook, repetition."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Conflict

from sandbox.updates import Updates


def test_a_message_arrives_with_its_command_marked(bot: Any, control: Any) -> None:
    person = control.person("김하늘", is_started=False)
    control.post("send", person=person, text="/start ABC")
    (update,) = bot("get_updates")
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    assert (update.message.chat_id, update.message.from_user.first_name) == (person, "김하늘")


def test_updates_come_until_the_offset_confirms_them(bot: Any, control: Any) -> None:
    control.person("김하늘")
    (first,) = bot("get_updates")
    assert bot("get_updates")[0].update_id == first.update_id
    assert bot("get_updates", offset=first.update_id + 1, timeout=0) == ()


def test_an_update_of_just_the_text_that_is_given_has_its_place_in_the_queue(
    server: Any, control: Any
) -> None:
    control.person("김하늘")
    number = control.post("updates", text='{"update_id": $ID, "odd": [')["update_id"]
    asked = httpx.get(f"{server.url}/bot{server.token}/getUpdates", params={"offset": number})
    assert asked.text == f'{{"ok":true,"result":[{{"update_id": {number}, "odd": []}}'


def test_a_negative_offset_keeps_only_the_last(bot: Any, control: Any) -> None:
    person = control.person("김하늘")
    for text in ("하나", "둘"):
        control.post("send", person=person, text=text)
    assert [update.message.text for update in bot("get_updates", offset=-1)] == ["둘"]


def test_a_waiting_poll_is_woken_by_a_message(server: Any, control: Any) -> None:
    async def story() -> Any:
        async with httpx.AsyncClient(base_url=server.url, timeout=60, trust_env=False) as client:
            poll = asyncio.create_task(client.get(f"/bot{server.token}/getUpdates?timeout=50"))
            while not (await client.get("/sandbox/calls")).json()["calls"]:
                continue
            person = (await client.post("/sandbox/persons", json={"name": "김하늘"})).json()["id"]
            await client.post("/sandbox/send", json={"person": person, "text": "안녕"})
            return (await poll).json()["result"]

    assert [update["message"]["text"] for update in asyncio.run(story())] == ["안녕"]


def test_a_second_poll_ends_the_first_with_409() -> None:
    async def story() -> tuple[Any, Any]:
        updates = Updates()
        first = asyncio.create_task(updates.poll(0, 100, 50))
        await asyncio.sleep(0)
        second = asyncio.create_task(updates.poll(0, 100, 50))
        (fault,) = await asyncio.gather(first, return_exceptions=True)
        updates.add("message", {})
        return fault, await second

    fault, found = asyncio.run(story())
    assert str(fault).startswith(
        "Conflict: terminated by other getUpdates request; make sure that only one bot"
    )
    assert len(found) == 1


def test_a_poller_that_was_killed_is_no_second_poller(server: Any, bot: Any, control: Any) -> None:
    address = httpx.URL(server.url)
    killed = socket.create_connection((address.host, address.port))
    killed.sendall(
        f"GET /bot{server.token}/getUpdates?timeout=50 HTTP/1.1\r\nHost: {address.netloc.decode()}\r\n\r\n".encode()
    )
    while not control.get("calls", method="getUpdates")["count"] > 1:
        pass
    killed.close()
    control.person("김하늘")
    assert [update.message.text for update in bot("get_updates", timeout=20)] == ["/start"]


def test_a_press_arrives_with_its_message_and_its_answer_is_shown(bot: Any, control: Any) -> None:
    person = control.person("김하늘")
    bot("send_message", chat_id=person, text="할 일", reply_markup=one_key("v1|done|112|1"))
    control.post("press", person=person, message_id=2, data="v1|done|112|1")
    query = bot("get_updates")[-1].callback_query
    assert (query.data, query.message.text, query.from_user.id) == ("v1|done|112|1", "할 일", person)
    bot("answer_callback_query", callback_query_id=query.id, text="적었습니다", show_alert=True)
    (toast,) = control.get("state")["toasts"]
    assert (toast["text"], toast["show_alert"], toast["person"]) == ("적었습니다", True, person)


def test_a_button_that_is_not_there_can_only_be_pressed_by_a_forger(bot: Any, control: Any) -> None:
    person = control.person("김하늘")
    bot("send_message", chat_id=person, text="할 일")
    control.post("press", status=400, person=person, message_id=2, data="v1|done|1|1")
    control.post("press", person=person, message_id=2, data="v1|done|1|1", forged=True)
    assert bot("get_updates")[-1].callback_query.data == "v1|done|1|1"


def test_an_unknown_press_cannot_be_answered(bot: Any) -> None:
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        bot("answer_callback_query", callback_query_id="123")


def test_confirmed_updates_can_be_delivered_again(bot: Any, control: Any) -> None:
    control.person("김하늘")
    (first,) = bot("get_updates")
    bot("get_updates", offset=first.update_id + 1, timeout=0)
    control.post("duplicate", last=1)
    (again,) = bot("get_updates", offset=first.update_id + 1, timeout=0)
    assert again == first
    control.post("duplicate", status=404, update_id=5)


def test_blocking_is_told_to_the_bot(bot: Any, control: Any) -> None:
    person = control.person("김하늘")
    control.post("block", person=person, blocked=True)
    change = bot("get_updates")[-1].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


def test_in_a_group_the_bot_sees_commands_but_not_talk(bot: Any, control: Any) -> None:
    person = control.person("김하늘")
    group = control.post("groups", title="과", members=[person])["id"]
    before = len(bot("get_updates"))
    control.post("send", person=person, chat=group, text="점심 뭐 먹지")
    control.post("send", person=person, chat=group, text="/start ABC")
    control.post("send", person=person, chat=group, text="/start@other_bot ABC")
    assert [update.message.text for update in bot("get_updates")[before:]] == ["/start ABC"]


def test_kinds_that_were_not_asked_for_do_not_come(bot: Any, control: Any) -> None:
    bot("get_updates", allowed_updates=["callback_query"], timeout=0)
    control.person("김하늘")
    assert bot("get_updates", timeout=0) == ()


class Hook(BaseHTTPRequestHandler):
    """Refuses the first delivery and takes all others."""

    got: list[tuple[str | None, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.got.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
        self.send_response(500 if len(self.got) == 1 else 200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    """An address of the bot."""
    Hook.got = []
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_webhook_gets_updates_with_its_secret_and_again_after_an_error(
    bot: Any, control: Any, hook: HTTPServer
) -> None:
    bot("set_webhook", url=f"http://127.0.0.1:{hook.server_port}/telegram", secret_token="abc")
    control.person("김하늘")
    control.wait_for(lambda state: state["pending_updates"] == 0)
    assert [(secret, body["message"]["text"]) for secret, body in Hook.got] == [("abc", "/start")] * 2
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        bot("get_updates")
    bot("delete_webhook")
    assert bot("get_webhook_info").url == ""


def test_a_webhook_elsewhere_is_refused(bot: Any) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided"):
        bot("set_webhook", url="http://example.org/hook")


def one_key(data: str) -> dict[str, Any]:
    """A keyboard of one button."""
    return {"inline_keyboard": [[{"text": "완료", "callback_data": data}]]}
