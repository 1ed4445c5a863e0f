"""A plan document sent to the bot: fetched over HTTP, read, shown, registered; its spreadsheet comes back."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Office, Person, buttons, until

pytestmark = pytest.mark.smoke


def send(person: Person, name: str, content: bytes) -> dict[str, Any]:
    """The person sends a file; the first answer to it."""
    before = len(person.received())
    encoded = base64.b64encode(content).decode()
    person.telegram.post("documents", person=person.id, name=name, content_base64=encoded)
    person.wait_for(before + 1)
    return person.received()[before]


def sheet(person: Person) -> bytes:
    """The newest spreadsheet that the bot has sent."""

    def look() -> bytes | None:
        files = [one["attachment"]["document"] for one in person.received() if one["attachment"]]
        return person.telegram.client.get(f"/sandbox/files/{files[-1]['file_id']}").content if files else None

    return until(look, "the spreadsheet")


@pytest.fixture
def planner(office: Office) -> Person:
    [person] = office.link("허준", "--department", "기획예산과", "--role", "planner")
    return person


def test_a_document_becomes_a_plan_and_its_spreadsheet_changes_nothing_more(
    office: Office, planner: Person
) -> None:
    summary = send(planner, "계획.txt", SAMPLE_PLAN.read_bytes())
    assert "과제 12개" in summary["text"]
    assert office.json("list") == []
    form = sheet(planner)
    planner.tap(summary, "등록")
    told = [one["text"] for one in planner.received()]
    assert any("문서를 등록하였습니다" in one for one in told) and any("[첫 안내]" in one for one in told)
    assert office.json("status")["tasks"] == 12
    again = send(planner, "고친 표.xlsx", form)
    assert "바뀔 것이 없습니다" in again["text"]
    assert not buttons(again)


NO_PLANS = [
    ("사진.png", b"\x89PNG\r\n", "그림 파일은 읽을 수 없습니다"),
    ("계획.hwp", b"not a document", "손상되었거나"),
    ("계획.pdf", b"\x89PNG\r\n but named pdf", "확장자는 .pdf이지만"),
    ("회의록.txt", "오늘 회의는 없습니다.".encode(), "찾지 못했습니다"),
]


def test_a_file_that_is_no_plan_is_answered_and_stores_nothing(office: Office, planner: Person) -> None:
    answers = [send(planner, name, content)["text"] for name, content, _ in NO_PLANS]
    assert [said in text for text, (_, _, said) in zip(answers, NO_PLANS, strict=True)] == [True] * 4
    assert office.json("list") == []


def test_an_officers_file_is_refused_without_being_fetched(city: Office) -> None:
    [officer] = city.link("심청")
    assert "기획실에서만" in send(officer, "계획.txt", SAMPLE_PLAN.read_bytes())["text"]
    assert not city.telegram.get("calls", method="getFile")["calls"]
