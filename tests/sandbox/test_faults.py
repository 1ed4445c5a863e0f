"""Faults on purpose."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

import sandbox
from sandbox.__main__ import main
from sandbox.faults import GIVEN, KINDS, SHORT, Fault, FaultError, Faults, parse_fault


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sendMessage:error:code=502,times=3", ("sendMessage", "error", 502, 3, 1.0, 1, 0.0)),
        (
            "drop-answer:p=0.05:seed=7:method=sendMessage",
            ("sendMessage", "drop-answer", 500, 0, 0.05, 7, 0.0),
        ),
        ("outage:after=10:for=600", ("*", "outage", 500, 0, 1.0, 1, 600.0)),
        ("duplicate", ("getUpdates", "duplicate", 500, 1, 1.0, 1, 0.0)),
    ],
)
def test_the_command_line_names_a_fault(text: str, expected: tuple[object, ...]) -> None:
    one = parse_fault(text)
    found = (one.method, one.kind, one.code, one.times, one.chance, one.seed, one.for_s)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        *("sendMessage", "getMe:love", "getMe:error:code=x", "getMe:error:used=1", "getMe:error:a=1", ""),
        *("sendMessage:conflict", "outage", "error:times=2:sendMessage", "close:p=2", "close:for=-1"),
    ],
)
def test_a_fault_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(FaultError):
        parse_fault(text)


def test_a_method_that_does_not_exist_is_refused(control: Any) -> None:
    answer = control.post("faults", 400, method="sendMesage", kind="close")
    assert answer == {"error": "there is no method sendMesage"}


def test_another_seed_hits_other_calls_and_no_other_rule_changes_them() -> None:
    def hits(seed: int, *others: Fault) -> list[bool]:
        faults = Faults([*others, Fault("*", "close", times=0, chance=0.5, seed=seed)])
        return [(found := faults.hit("getMe", None)) is not None and found.kind == "close" for _ in range(50)]

    assert hits(7) == hits(7, Fault("sendMessage", "error", times=0, chance=0.5))
    assert hits(7) != hits(8)


def test_a_rule_begins_and_ends_by_its_own_time() -> None:
    faults = Faults([Fault("*", "close", times=0, after_s=10, for_s=5, made_at=100.0)])

    def is_hit(now: float) -> bool:
        faults.monotonic = lambda: now
        return faults.hit("getMe", None) is not None

    assert [is_hit(now) for now in (100.0, 109.9, 110.0, 114.9, 115.0)] == [False, False, True, True, False]


def test_a_storm_of_429_says_how_long_it_still_lasts() -> None:
    storm = Fault("*", "retry-after", times=0, retry_after=0, for_s=30, made_at=0.0)
    assert storm.error(12.5).parameters == {"retry_after": 18}


def test_a_storm_of_one_chat_leaves_the_others_alone(
    bot: Any, control: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chats = [control.person("김하늘"), control.person("이바다")]
    control.post("faults", method="sendMessage", kind="retry-after", chat_id=chats[0], times=0)
    with pytest.raises(RetryAfter):
        bot("send_message", chat_id=chats[0], text="가")
    assert bot("send_message", chat_id=chats[1], text="나").text == "나"


def test_a_duplicated_update_comes_twice_and_no_third_time(bot: Any, control: Any) -> None:
    control.person("김하늘")
    control.post("faults", kind="duplicate", times=0)
    [first] = bot("get_updates")
    [again] = bot("get_updates", offset=first.update_id + 1)
    assert again.update_id == first.update_id
    assert bot("get_updates", offset=first.update_id + 1) == ()


def test_a_conflict_is_what_a_second_poller_meets(bot: Any, control: Any) -> None:
    control.post("faults", kind="conflict")
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        bot("get_updates")
    assert bot("get_updates") == ()


def test_in_an_outage_connections_are_refused_and_afterwards_it_answers_at_the_same_address(
    server: Any, bot: Any, control: Any
) -> None:
    chat = control.person("김하늘")
    control.post("faults", kind="outage", for_s=1)
    with pytest.raises(NetworkError) as refusal:
        while True:
            bot("send_message", chat_id=chat, text="가")
    before = texts_after(control, chat, refusal.value)
    assert bot("send_message", chat_id=chat, text="나").text == "나"
    assert texts(control, chat) == [*before, "나"]


def texts_after(control: Any, chat: int, refusal: NetworkError) -> list[str]:
    """What stands in the chat once the server is back; until then every connection is refused."""
    assert isinstance(refusal.__cause__, httpx.TransportError)
    while True:
        try:
            return texts(control, chat)
        except httpx.ConnectError:
            continue
        except httpx.TransportError as cut:
            assert "disconnected" in str(cut) or "reset" in str(cut).lower()


def test_the_command_line_explains_every_kind_and_key(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    page = capsys.readouterr().out
    assert [kind for kind in KINDS if kind not in page] == []
    named = {short: key for key, short in SHORT.items()} | {"for_s": "for", "after_s": "after"}
    assert [key for key in GIVEN if named.get(key, key) not in page] == []
    readme = Path(sandbox.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []
