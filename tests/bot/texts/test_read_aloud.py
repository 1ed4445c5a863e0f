"""Texts that readers stumbled over, each in the words that replaced it: it goes back to the old ones only with its test."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs.settings import ApprovalSettings
from store.states import RoleName
from tests.bot.chat import TUESDAY, Chat, entry, task
from tests.bot.digest.test_daily_message import digest_of

NOTHING_CHANGED = "아직 바뀐 것은 없습니다."


def said(chat: Chat, text: str, name: str = "김하늘") -> str:
    return "\n".join(chat.say(name, text.replace("{n}", str(chat.number("설계 용역")))))


def told(chat: Chat, name: str) -> list[str]:
    """Everything that the person was sent, the newest last."""
    return [one.payload["text"] for one in chat.owed(chat.people[name])]


@pytest.mark.parametrize("text", ["#{n}", "{n}번", "업체가 연락이 안 돼요"])
def test_what_names_no_act_ends_in_the_word_that_nothing_changed_and_teaches_nothing(
    linked: Chat, text: str
) -> None:
    answer = said(linked, text)
    foot = answer[answer.index("무엇을 하시겠습니까?") :]
    assert NOTHING_CHANGED in foot
    assert not any(one in foot for one in ("“", "/help", "아래 버튼"))


def test_what_has_no_buttons_is_not_asked_about(linked: Chat) -> None:
    said(linked, "/done {n}")
    answer = said(linked, "{n}번 했나요")
    assert answer.endswith(NOTHING_CHANGED) and "무엇을" not in answer
    assert linked.keyboard("김하늘") == {}


def test_an_unknown_command_is_called_so_and_what_was_asked_still_waits(linked: Chat) -> None:
    said(linked, "/delay {n} 8.3")
    first, second = linked.say("김하늘", "/foo")
    assert first == "없는 명령입니다.\n쓰실 수 있는 명령은 /help 에서 보실 수 있습니다."
    assert f"앞서 여쭌 #{linked.number('설계 용역')} 연기 사유의 답을 아직 기다리고" in second
    assert "시간이 지나" not in first + second


def test_a_greeting_is_returned(linked: Chat) -> None:
    assert said(linked, "안녕하세요") == "안녕하십니까. 소관 일정은 /my 에서 보실 수 있습니다."


def test_who_is_away_and_who_stands_in_cannot_be_mistaken_for_each_other(linked: Chat) -> None:
    said(linked, "/away 7.6-7.9 @박바다")
    linked.send_all()
    notice = next(one for one in told(linked, "박바다") if "대직 안내" in one)
    assert "김하늘 님이 2026. 7. 6.(월) ~ 2026. 7. 9.(목) 부재하시어 박바다 님이 대직자로" in notice


def test_what_was_past_at_the_registration_is_one_sentence_without_quotation_marks(tmp_path: Path) -> None:
    office = Chat(tmp_path, task("사업", "도로과", ["김하늘"], entry("지난 일", date(2026, 6, 1))))
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    lines = digest_of(office, "최기획").text.splitlines()
    [line] = [one for one in lines if "정리해" in one]
    assert "기한이 지나 있던 일정 1건을 정리해 주십시오" in line
    assert not any(one in line for one in ("“", "[", "가운데 정해"))


def test_progress_is_told_in_a_sentence_and_not_as_a_change_of_fields(linked: Chat) -> None:
    answer = said(linked, "/progress {n} 60")
    assert "진행률을 <b>60%</b>로 적었습니다." in answer
    assert "→" not in answer and "없음" not in answer


def test_the_button_of_taking_back_says_its_minutes_and_the_text_does_not(linked: Chat) -> None:
    answer = said(linked, "/evidence {n} 도로과-1234")
    assert any("되돌리기(10분 안)" in one for one in linked.keyboard("김하늘"))
    assert not any(one in answer for one in ("되돌리기", "10분", "뗍니다"))


@pytest.fixture
def strict(tmp_path: Path) -> Chat:
    """A delay that a lead decides on."""
    office = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 3))),
        now=TUESDAY - timedelta(days=1),
        approval=ApprovalSettings(),
    )
    office.join("김하늘")
    office.join("박문수", RoleName.LEAD, "도로과")
    return office


def test_a_request_says_its_length_once(strict: Chat) -> None:
    line = next(one for one in said(strict, "/delay {n} 2주 의회 일정").splitlines() if "→" in one)
    assert line.strip() == "7. 3.(금) → <b>7. 17.(금)</b>, 현재 기한부터 2주 연기"
    strict.send_all()
    asked = next(one for one in told(strict, "박문수") if "승인 요청" in one)
    assert asked.count("14일") == 1 and "1회째" not in asked


def test_a_secret_task_is_shared_without_its_words_and_without_a_button(linked: Chat) -> None:
    linked.join("도로부장", RoleName.HEAD, "도로과")
    number = linked.milestone("측정기 설치").task_id
    linked.say("최기획", f"/secret {linked.number('측정기 설치')}")
    linked.say("최기획", f"/share {number} 전부서 측정 지점을 알려 주십시오")
    [shared] = [one for one in linked.owed(linked.people["도로부장"]) if one.event == "share"]
    assert "비공개 과제의 안내가 있습니다. 내용은 주관 부서에 확인해 주십시오." in shared.payload["text"]
    assert "측정 지점" not in shared.payload["text"] and "확인하셨으면" not in shared.payload["text"]
    assert shared.payload["keyboard"] == []


def test_who_cannot_be_reached_is_one_line_of_the_planning_office(tmp_path: Path) -> None:
    people = ["가하늘", "나하늘", "다하늘", "라하늘"]
    due = [task(f"사업 {one}", "도로과", [one], entry(f"일 {one}", date(2026, 7, 1))) for one in people]
    office = Chat(tmp_path, *due)
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    text = digest_of(office, "최기획").text
    [line] = [one for one in text.splitlines() if "하늘" in one]
    assert line.startswith("알림을 받지 못하는 담당자 4명: ") and line.endswith(" 등")
    assert "전달되지" not in text


def test_who_is_back_before_the_morning_is_not_told_to_the_planning_office(tmp_path: Path) -> None:
    people = ["가하늘", "나하늘"]
    due = [task(f"사업 {one}", "도로과", [one], entry(f"일 {one}", date(2026, 7, 1))) for one in people]
    office = Chat(tmp_path, *due)
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    office.join("가하늘")
    assert "담당자 1명: 나하늘(도로과)" in digest_of(office, "최기획").text
