"""/follow: another's item stands in one's morning on days on which it changed, and on no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.owed.next_look import next_scheduled_at
from store.models import AuditEntry, Follow
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """이팀장 leads 도로과 and answers for nothing; 김하늘 has two items there, 박바다 one in another department."""
    made = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 2)), entry("준공", None)),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 9, 20))),
    )
    made.join("이팀장", RoleName.LEAD, "도로과")
    made.join("최기획", RoleName.PLANNER)
    made.join("김하늘")
    made.send_all()
    yield made
    made.store.close()


def morning(office: Chat, name: str = "이팀장") -> list[str]:
    """What the person gets on the next day about what is followed."""
    office.send_all()
    office.clock.forward(days=1)
    office.scan()
    lines = [
        one for chat, text in office.send_all() if chat == office.people[name] for one in text.split("\n")
    ]
    return [one for one in lines if "👀" in one]


def followed(office: Chat) -> int:
    with office.store.read() as session:
        return len(session.scalars(select(Follow)).all())


def follow(office: Chat, title: str = "설계 용역", by: str = "이팀장") -> int:
    number = office.number(title)
    assert "따라 보기로 등록" in office.say(by, f"/follow {number}")[0]
    return number


def test_what_did_not_change_is_not_told(office: Chat) -> None:
    follow(office)
    assert morning(office) == []


def test_what_was_moved_is_told_once_with_its_new_day(office: Chat) -> None:
    number = follow(office)
    office.say("김하늘", f"/delay {number} 7.20 의회 일정")
    assert [f"#{number} 설계 용역: 이제 기한 7. 20.(월)" in one for one in morning(office)] == [True]
    assert morning(office) == []


def test_what_becomes_late_is_told_once(office: Chat) -> None:
    follow(office, by="최기획")
    told = [morning(office, "최기획") for _ in range(5)]  # 7. 1. to 7. 5.
    assert [len(one) for one in told] == [0, 0, 1, 0, 0] and "경과" in told[2][0]


def test_what_is_done_is_told_and_followed_no_more(office: Chat) -> None:
    number = follow(office)
    office.say("김하늘", f"/done {number}")
    assert ["완료" in one for one in morning(office)] == [True]
    assert followed(office) == 0 and morning(office) == []


def test_alone_it_lists_with_buttons_that_end_it(office: Chat) -> None:
    number = follow(office)
    assert f"#{number} 설계 용역" in office.say("이팀장", "/follow")[0]
    assert "더 따라 보지 않습니다" in office.tap("이팀장", f"#{number} 그만 보기")[0]
    assert "따라 보는 일정이 없습니다" in office.say("이팀장", "/follow")[0]


def test_it_is_taken_back_by_its_button_and_by_command(office: Chat) -> None:
    number = follow(office)
    office.tap("이팀장", "그만 보기")
    office.tap("이팀장", "다시 따라 보기")
    assert followed(office) == 1
    office.say("이팀장", f"/unfollow {number}")
    office.say("김하늘", f"/done {number}")
    assert morning(office) == []


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [("이팀장", "측정기 설치", "찾지 못했"), ("김하늘", "설계 용역", "본인이 담당")],
)
def test_what_one_may_not_see_or_answers_for_is_not_followed(
    office: Chat, name: str, title: str, said: str
) -> None:
    answer = office.say(name, f"/follow {office.number(title)}")[0]
    assert "등록하였습니다" not in answer and (said in answer or "번" in answer)
    assert followed(office) == 0


def test_what_one_may_see_no_more_is_not_told(office: Chat) -> None:
    number = follow(office)
    office.say("김하늘", f"/delay {number} 7.20 의회 일정")
    office.say("최기획", f"/edit {number} 주관부서 환경과")
    assert morning(office) == []


def test_who_answers_for_it_by_now_follows_it_no_more(office: Chat) -> None:
    number = follow(office)
    office.say("최기획", f"/assign {number} 이팀장")
    office.say("김하늘", f"/delay {number} 7.20 의회 일정")
    office.say("최기획", f"/delay {number} 7.21 의회 일정")
    morning(office)
    assert followed(office) == 0


def test_twice_is_once_and_both_ends_stand_in_the_log(office: Chat) -> None:
    number = follow(office)
    assert "이미 따라 보고" in office.say("이팀장", f"/follow {number}")[0]
    office.say("이팀장", f"/unfollow {number}")
    assert "따라 보고 계시지 않습니다" in office.say("이팀장", f"/unfollow {number}")[0]
    with office.store.read() as session:
        actions = list(session.scalars(select(AuditEntry.action)))
    assert (actions.count("follow-begun"), actions.count("follow-ended")) == (1, 1)


def test_the_card_offers_it_to_who_does_not_answer_for_it(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("이팀장", f"/task {number}")
    office.tap("이팀장", "따라 보기")
    assert followed(office) == 1
    office.say("김하늘", f"/task {number}")
    assert not any("따라 보기" in one for one in office.keyboard("김하늘"))


def test_the_next_message_is_due_on_the_day_after_it_becomes_late(office: Chat) -> None:
    follow(office)
    office.clock.forward(days=90)
    for _ in range(2):
        office.scan()
        office.send_all()
    with office.store.read() as session:
        assert session.scalars(select(Follow.told)).one().startswith("late:")
        assert next_scheduled_at(session, office.clock.now(), office.rules) is not None


def test_it_stands_under_a_title_of_its_own_and_asks_for_nothing(office: Chat) -> None:
    number = follow(office)
    office.say("김하늘", f"/done {number}")
    office.send_all()
    office.clock.forward(days=1)
    office.scan()
    [(text, keyboard)] = [
        (message.text, message.keyboard)
        for chat, message in office.send_messages()
        if chat == office.people["이팀장"]
    ]
    assert "■ 따라 보는 일정" in text and "확인 필요" not in text
    assert keyboard == []
