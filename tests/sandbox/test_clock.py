"""The movable clock, with a bot in a process of its own."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import Clock

MONDAY = datetime.fromisoformat("2026-06-29T09:00:00+09:00")


def test_the_file_says_step_and_time(server: Any, clock_file: Path) -> None:
    assert json.loads(clock_file.read_text()) == {"seq": 1, "now": "2026-06-29T09:00:00+09:00"}


@pytest.mark.usefixtures("bot_process")
def test_a_move_visits_each_reminder_on_its_way(control: Any) -> None:
    person = control.person("김하늘")
    moved = control.post("clock", days=2)
    assert [step[5:16] for step in moved["steps"]] == ["06-30T09:10", "07-01T09:00"]
    assert [m["text"].splitlines()[0] for m in control.messages(person) if m["keyboard"]] == [
        "오늘 챙길 일 06. 30."
    ]
    assert (moved["now"], moved["next_at"]) == ("2026-07-01T09:00:00+09:00", "2026-07-01T09:10:00+09:00")


@pytest.mark.usefixtures("bot_process")
def test_next_goes_to_the_next_reminder(control: Any) -> None:
    control.person("김하늘")
    assert control.post("clock", next=True)["now"] == "2026-06-30T09:10:00+09:00"


@pytest.mark.usefixtures("bot_process")
def test_what_was_written_before_a_move_is_handled_before_it(control: Any) -> None:
    person = control.person("김하늘")
    for number in range(5):
        control.post("send", person=person, text=f"질문 {number}")
        control.post("clock", hours=1)
    answers = [
        m["text"][11:13] for m in control.messages(person) if m["from"]["is_bot"] and "질문" in m["text"]
    ]
    assert answers == ["09", "10", "11", "12", "13"]


@pytest.mark.usefixtures("bot_process")
def test_the_clock_never_goes_back(control: Any) -> None:
    refused = control.post("clock", status=400, to="2026-06-28T09:00")
    assert refused == {"error": "시계는 뒤로 갈 수 없습니다."}


@pytest.mark.usefixtures("bot_process")
def test_without_anything_planned_there_is_no_next(control: Any) -> None:
    assert control.post("clock", status=409, next=True) == {"error": "예정된 알림이 없습니다."}


def test_a_bot_that_does_not_answer_is_named(start: Any, clock_file: Path, control: Any) -> None:
    silent = start(clock_file=clock_file.with_name("other"), now=MONDAY, ack_timeout_s=0.0)
    answer = control.client.post(f"{silent.url}/sandbox/clock", json={"days": 1})
    assert answer.status_code == 504
    assert answer.json()["error"].startswith("봇이 0초 안에 응답하지 않았습니다.")


@pytest.mark.parametrize("wish", [{}, {"to": "내일"}, {"days": "x"}, {"days": 1e300}])
def test_a_wish_that_is_not_understood_is_refused(
    server: Any, clock_file: Path, control: Any, wish: Any
) -> None:
    clock_file.with_name("clock.json.ack").write_text('{"seq": 1, "next_at": null}')
    assert "error" in control.post("clock", status=400, **wish)


def test_a_restart_goes_on_where_the_clock_stood_with_a_new_step(clock_file: Path) -> None:
    zone = ZoneInfo("Asia/Seoul")
    first = Clock(zone, clock_file)
    first.start(MONDAY)
    second = Clock(zone, clock_file)
    second.start(None)
    assert (second.now(), second.seq) == (MONDAY, 2)


def test_a_broken_ack_counts_as_none(clock_file: Path) -> None:
    clock = Clock(ZoneInfo("Asia/Seoul"), clock_file)
    clock.start(MONDAY)
    for text in ("", "[]", '{"seq": 7}', '{"seq": 1, "next_at": "gestern"}'):
        clock_file.with_name("clock.json.ack").write_text(text)
        assert clock.ack() is None


def test_without_a_file_the_clock_cannot_be_moved(start: Any, control: Any) -> None:
    answer = control.client.post(f"{start().url}/sandbox/clock", json={"days": 1})
    assert (answer.status_code, "--clock-file" in answer.json()["error"]) == (409, True)
