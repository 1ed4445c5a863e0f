"""Faults on purpose."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError

from sandbox.faults import Fault, FaultError, Faults, parse_fault


def texts(control: Any, chat: int) -> list[str]:
    """What stands in a chat."""
    return [message["text"] for message in control.messages(chat)]


def test_a_dropped_answer_leaves_the_message_in_the_chat(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    control.post("faults", method="sendMessage", kind="drop-answer")
    with pytest.raises(NetworkError, match="Server disconnected without sending a response"):
        bot("send_message", chat_id=chat, text="가")
    assert texts(control, chat) == ["/start", "가"]
    call = control.get("calls", method="sendMessage")["calls"][0]
    assert (call["status"], call["answered"], call["fault"]) == (200, False, "drop-answer")


def test_a_closed_connection_sends_nothing_and_the_next_call_works(bot: Any, control: Any) -> None:
    chat = control.person("김하늘")
    control.post("faults", method="sendMessage", kind="close")
    with pytest.raises(NetworkError):
        bot("send_message", chat_id=chat, text="가")
    bot("send_message", chat_id=chat, text="나")
    assert texts(control, chat) == ["/start", "나"]


def test_an_error_has_its_code_and_description(server: Any, control: Any) -> None:
    control.post("faults", method="getMe", kind="error", code=502, times=2)
    answers = [control.client.get(f"/bot{server.token}/getMe") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert answers[0].json() == {"ok": False, "error_code": 502, "description": "Bad Gateway"}


def test_retry_after_names_the_seconds(bot: Any, control: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chat = control.person("김하늘")
    control.post("faults", method="sendMessage", kind="retry-after", retry_after=7)
    with pytest.raises(RetryAfter) as refusal:
        bot("send_message", chat_id=chat, text="가")
    assert refusal.value.retry_after == timedelta(seconds=7)
    assert texts(control, chat) == ["/start"]


def test_a_delayed_answer_takes_effect_at_once(server: Any, control: Any) -> None:
    chat = control.person("김하늘")
    control.post("faults", method="sendMessage", kind="delay", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        control.client.post(
            f"/bot{server.token}/sendMessage", json={"chat_id": chat, "text": "가"}, timeout=0.2
        )
    assert texts(control, chat) == ["/start", "가"]


def test_faults_can_be_cleared(bot: Any, control: Any) -> None:
    control.post("faults", method="*", kind="error", times=0)
    with pytest.raises(TelegramError):
        bot("get_me")
    control.client.delete("/sandbox/faults").raise_for_status()
    assert bot("get_me").is_bot


def test_a_rule_may_name_a_chat_and_skip_calls() -> None:
    faults = Faults([Fault("sendMessage", "close", chat_id=5, skip=1)])
    assert faults.hit("sendMessage", 4) is None
    assert faults.hit("sendMessage", 5) is None
    assert faults.hit("sendMessage", 5) is not None
    assert faults.hit("sendMessage", 5) is None


def test_a_share_of_the_calls_is_hit_and_repeatable() -> None:
    def hits() -> list[bool]:
        faults = Faults([Fault("*", "close", times=0, chance=0.05)])
        return [faults.hit("getMe", None) is not None for _ in range(1000)]

    assert 20 < sum(hits()) < 90
    assert hits() == hits()


def test_the_command_line_names_a_fault() -> None:
    fault = parse_fault("sendMessage:error:code=502,times=3")
    assert (fault.method, fault.kind, fault.code, fault.times) == ("sendMessage", "error", 502, 3)


@pytest.mark.parametrize(
    "text", ["sendMessage", "getMe:love", "getMe:error:code=x", "getMe:error:used=1", "getMe:error:a=1"]
)
def test_a_fault_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(FaultError):
        parse_fault(text)
