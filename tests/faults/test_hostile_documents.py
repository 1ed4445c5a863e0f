"""Documents that stopped the bot: sent to a real one while an officer asks for the own list."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.entities import formatted
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Office, Person, buttons, until

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(600)]

SHEET = (
    "기한 계획표,1\n계획 제목,{title}\n계획 연도,{year}\n\n"
    "과제번호,과제명,주관부서,담당자,협업기관,연락처,소요예산(원),사업기간 시작,사업기간 끝,끝 미정,추진상황\n"
    "1,보행로 정비,도로과,김하늘,,,{budget},,,,\n\n"
    "과제번호,과제명,순번,일정,시기,시작,기한,정밀도,반복규칙,종류,완료,항목\n"
    "1,보행로 정비,1,점검,매월,,,,{rule},반복,,\n"
)


def sheet(title: str = "점검 계획", year: str = "2026", budget: str = "", rule: str = "") -> bytes:
    return SHEET.format(title=title, year=year, budget=budget, rule=rule).encode()


def large() -> bytes:
    """Some five hundred tasks, in the made-up plan's own form."""
    return (SAMPLE_PLAN.read_text(encoding="utf-8") * 40).encode()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "B3 interval": ("규칙.csv", lambda: sheet(rule="FREQ=DAILY;INTERVAL=0;BYDAY=MO")),
    "B3 seconds": ("규칙.csv", lambda: sheet(rule="FREQ=SECONDLY;BYDAY=MO")),
    "B4": ("큰 계획.txt", large),
    "B5 budget": ("예산.csv", lambda: sheet(budget="25²")),
    "B5 year": ("연도.csv", lambda: sheet(year="²")),
    "B5 name": ("계획", lambda: b"x"),
    "B6 md": ("계획.md", lambda: b"-" * 300_000 + b"|x"),
    "B6 csv": ("계획.csv", lambda: "가".encode() + b"," * 100_000 + b"\n" + b"a,b\n" * 25_000),
    "B6 txt": ("계획.txt", lambda: b"a\tb\n" * 1_200_000),
    "B6 lines": ("계획.txt", lambda: b"\n" * 2_000_000 + b"x"),
}


def has_button(message: dict[str, Any], word: str) -> bool:
    return any(word in one["text"] for one in buttons(message))


ANSWER_S = 300.0  # a large document is read for some seconds where nothing else runs


def send(person: Person, name: str, content: bytes) -> None:
    encoded = base64.b64encode(content).decode()
    person.telegram.post("documents", person=person.id, name=name, content_base64=encoded)


def people(city: Office) -> tuple[Person, Person]:
    [planner] = city.link("허준", "--department", "기획예산과", "--role", "planner")
    [officer] = city.link("심청")
    return planner, officer


@pytest.mark.open_door("B3", "B4", "B5", "B6")
@pytest.mark.parametrize("kind", list(HOSTILE))
def test_a_hostile_document_is_answered_and_an_officer_meanwhile(city: Office, kind: str) -> None:
    planner, officer = people(city)
    name, content = HOSTILE[kind]
    before = len(planner.received())
    send(planner, name, content())
    time.sleep(0.3)  # so that its reading has begun
    assert "일정" in officer.ask("/my")["text"]
    answer = until(lambda: planner.received()[before:], f"an answer to {kind}", ANSWER_S)[0]
    assert answer["text"]
    assert city.run_process is not None and city.run_process.poll() is None
    assert officer.ask("/my")


@pytest.mark.open_door("B7")
def test_several_large_documents_at_once_are_answered_one_after_the_other(city: Office) -> None:
    planner, officer = people(city)
    before = len(planner.received())
    for _ in range(4):
        send(planner, "계획.md", b"|" + b"--|" * 100_000 + b"x")
    assert officer.ask("/my")["text"]
    until(lambda: len(planner.received()) - before >= 4 or None, "four answers", ANSWER_S)


@pytest.mark.open_door("C1")
def test_a_plan_of_an_odd_name_gets_its_picture_and_table(office: Office) -> None:
    [planner] = office.link("허준", "--department", "기획예산과", "--role", "planner")
    send(planner, "계획.csv", sheet(title="주요업무 <2026년> <a href=x>"))
    card = until(lambda: [one for one in planner.received() if one["keyboard"]], "the card")[0]
    planner.tap(card, "등록")
    planner.ask("/status 주요업무")  # the first hour's message may come in between
    status = until(lambda: [one for one in planner.received() if has_button(one, "그림")], "the status")[0]
    planner.press(status, "그림")
    picture = until(
        lambda: [
            one
            for one in planner.received()
            if one["attachment"] and "추진상황" in (one["text"] or one.get("caption") or "")
        ],
        "the picture",
    )
    assert picture
    text = picture[0]["text"] or picture[0]["caption"]
    assert "<2026년>" in text
    assert [one for one in formatted(text, None, None)[1] if one["type"] == "url"] == []


def test_a_bot_that_reads_ends_in_time_and_reads_again_after_its_start(city: Office) -> None:
    planner, _ = people(city)
    before = len(planner.received())
    send(planner, "큰 계획.txt", large())
    until(lambda: city.telegram.get("calls", method="getFile")["calls"], "the fetching")
    assert city.stop() == 0
    city.start()
    until(lambda: city.log.read_text(encoding="utf-8").count("action=started") == 2, "the second start")
    assert "과제" in until(lambda: planner.received()[before:], "an answer", ANSWER_S)[0]["text"]
