"""The main job on real input: a plan goes in, at 09:10 each officer gets one message, answers change the store."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.smoke.conftest import SAMPLE_PLAN, SHARED_PLAN
from tests.smoke.harness import Office, Person, Telegram, buttons, until

pytestmark = pytest.mark.smoke
EVE, DAY = "2021-06-29T18:30:00+09:00", "2021-06-30T09:10:00+09:00"


def is_reminded(row: dict[str, Any], today: date) -> bool:
    """The issue's table for a plain Wednesday: exact days by 30, 0 and the day after; periods by first and last day.

    Of what is asked for before a day the first and the last one count, which is that of its week, not a week before.

    The plan came in the evening before, so of what is late only what was due on that day is owed.
    """
    if row["state"] != "planned" or row["due"] is None:
        return False
    left = (date.fromisoformat(row["due"]) - today).days
    if row["precision"] in {"day", "range"}:
        return left in {30, 0, -1} or (left > 7 and row["start"] == today.isoformat())
    return left in {7, 0, -1} or row["start"] == today.isoformat()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The real plan where it is at hand, else the made-up one moved to 2021."""
    if SHARED_PLAN.exists():
        return SHARED_PLAN
    moved = tmp_path / "plan.txt"
    text = SAMPLE_PLAN.read_text(encoding="utf-8")
    moved.write_text(text.replace("2026", "2021").replace("'26", "'21"), encoding="utf-8")
    return moved


@pytest.mark.parametrize("telegram", [EVE], indirect=True)
def test_every_linked_officer_with_something_owed_gets_exactly_one_message(
    telegram: Telegram, office: Office, plan: Path
) -> None:
    office.gihan("import", str(plan), "--yes")
    people = dict(
        zip((row["officer_id"] for row in office.json("invite", "--all")), office.link("--all"), strict=True)
    )
    rows = [row for row in office.json("list") if is_reminded(row, date(2021, 6, 30))]
    times = Counter((row["task"], row["title"]) for row in office.json("list"))  # what recurs has its own day
    maybe = {officer["id"] for row in rows for officer in row["officers"]}
    surely = {one["id"] for row in rows if times[row["task"], row["title"]] == 1 for one in row["officers"]}
    assert surely, "the plan has nothing due on the day"
    before = {number: len(person.received()) for number, person in people.items()}
    telegram.move_to(DAY)
    got = {number: len(person.received()) - before[number] for number, person in people.items()}
    assert {number for number, count in got.items() if count} <= maybe
    assert {number: got[number] for number in surely} == dict.fromkeys(surely, 1)
    assert max(got.values()) == 1


@pytest.mark.parametrize("telegram", ["2021-06-30T09:00:00+09:00"], indirect=True)
def test_importing_and_linking_on_the_morning_itself_still_brings_the_days_message(
    telegram: Telegram, office: Office, plan: Path
) -> None:
    office.gihan("import", str(plan), "--yes")
    office.link("--all")
    before = len(telegram.sends())
    telegram.move_to(DAY)
    assert len(telegram.sends()) > before


def answered(city: Office) -> tuple[Person, dict[str, Any], int]:
    """심청 on Monday morning, with the daily message and the number of its first item."""
    [person] = city.link("심청")
    city.telegram.move_to("2026-06-29T09:10:00+09:00")
    message = person.received()[-1]
    return person, message, int(buttons(message)[0]["callback_data"].split("|")[2])


def test_done_by_button_changes_the_store_and_the_message_shows_it(city: Office) -> None:
    person, message, number = answered(city)
    answer = person.tap(message, "완료")
    assert "완료 6. 29.(월)" in answer["text"]
    assert city.milestone(number)["state"] == "done"
    until(lambda: "✅ 완료" in _again(person, message)["text"], "the digest to show the new state")


def test_delay_by_button_asks_the_reason_and_keeps_the_original_date(city: Office) -> None:
    person, message, number = answered(city)
    chosen = person.tap(person.tap(message, "연기"), "+1주")
    assert "연기 사유" in chosen["text"]
    answer = person.ask("강사 일정 <b>변경</b> 😀")
    assert "사유: 강사 일정 <b>변경</b> 😀" in answer["text"]
    row = city.milestone(number)
    assert (row["original_due"], row["due"], row["delays"]) == ("2026-06-30", "2026-07-07", 1)


def test_the_managers_status_shows_the_change(city: Office) -> None:
    [planner] = city.link("허준", "--department", "기획예산과", "--role", "planner")
    before = planner.ask("/status")["text"]
    person, message, _ = answered(city)
    person.tap(message, "완료")
    after = planner.ask("/status")["text"]
    assert "완료 0/" in before
    assert "완료 1/" in after
    assert city.json("status")["milestones"]["done"] == 1


def test_an_officer_cannot_change_anothers_task_and_a_stranger_learns_nothing(city: Office) -> None:
    person, _, number = answered(city)
    [other] = city.link("박흥부")
    assert f"#{number}번은 조회하실 수 있는 일정 가운데 없습니다" in other.ask(f"/done {number}")["text"]
    stranger = Person(city.telegram, city.telegram.post("persons", name="낯선이")["id"])
    refusals = {stranger.ask(text)["text"] for text in ("/my", f"/task {number}", "/status", "안녕하세요")}
    assert len(refusals) == 1
    assert "등록된 담당자만" in refusals.pop()
    assert city.milestone(number)["state"] == "planned"
    assert person.received()


def test_redelivered_updates_change_and_answer_nothing_twice(city: Office) -> None:
    person, message, number = answered(city)
    person.tap(message, "완료")
    sent = len(city.telegram.sends(person.id))
    city.telegram.post("duplicate", last=5)
    until(lambda: not city.telegram.get("state")["pending_updates"], "the copies to be taken")
    person.ask("/help")
    assert len(city.telegram.sends(person.id)) == sent + 1
    assert city.milestone(number)["state"] == "done"


def test_sigterm_ends_the_run_cleanly(city: Office) -> None:
    city.link("심청")
    assert city.stop() == 0


def test_a_second_run_on_the_same_store_waits_and_says_so(city: Office) -> None:
    city.link("심청")
    error = city.gihan("run", "--wait", "1", code=75)
    assert "이미 실행 중" in error
    assert error.count("action=waiting") == 1


def _again(person: Person, message: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in person.received() if one["message_id"] == message["message_id"])


def test_what_the_shell_registers_the_running_bot_shows_next(city: Office) -> None:
    person, message, number = answered(city)
    printed = city.gihan("done", str(number), "설치", "완료", "--as", "심청")
    assert "완료" in printed
    until(lambda: "✅ 완료" in _again(person, message)["text"], "the digest to show the new state")
    assert city.milestone(number)["state"] == "done"
