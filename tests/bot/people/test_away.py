"""/away: messages go to both, the substitute may report, the log says so, and it ends by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import absences, audit, milestones
from store.models import Delivery
from store.states import DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(
        tmp_path,
        task("축제", "관광과", ["김하늘"], entry("무대 설치", date(2026, 7, 7))),
        task("도서관", "문화과", ["이바다"], entry("도서 구입", date(2026, 9, 30))),
        task("공원", "공원과", ["이바다"], entry("수목 정비", date(2026, 9, 30))),
        task("청사", "총무과", ["박구름"], entry("청사 점검", date(2026, 9, 30))),
    )
    for name in ("김하늘", "박구름"):
        made.join(name)
    return made


def digests(chat: Chat, name: str) -> list[Delivery]:
    return [one for one in chat.owed(chat.people[name]) if one.kind is DeliveryKind.DIGEST]


def test_an_absence_with_a_substitute_is_confirmed_and_the_substitute_is_told(chat: Chat) -> None:
    answer = chat.say("김하늘", "/away 7.5-7.9 @박구름")[0]
    assert "2026. 7. 5.(일) ~ 2026. 7. 9.(목)" in answer and "박구름" in answer
    told = [one.payload["text"] for one in chat.owed(chat.people["박구름"])][-1]
    assert "대직 안내" in told and "무대 설치" in told


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("7.5~7.9 박구름", date(2026, 7, 5), date(2026, 7, 9)),
        ("7/5 - 7/9 @박구름", date(2026, 7, 5), date(2026, 7, 9)),
        ("7월 5일부터 7월 9일까지 박구름 주무관", date(2026, 7, 5), date(2026, 7, 9)),
        ("2026-07-05~2026-07-09 총무과 박구름", date(2026, 7, 5), date(2026, 7, 9)),
        ("7.5.~9. 박구름", date(2026, 7, 5), date(2026, 7, 9)),
        ("내일 박구름에게", date(2026, 7, 1), date(2026, 7, 1)),
        ("12.30-1.3 박구름", date(2026, 12, 30), date(2027, 1, 3)),
    ],
)
def test_it_reads_the_ways_people_write_a_span(chat: Chat, written: str, first: date, last: date) -> None:
    chat.say("김하늘", f"/away {written}")
    with chat.store.read() as session:
        found = absences.coming(session, chat.officer("김하늘").id, date(2026, 6, 30))
        assert [(one.from_on, one.until_on) for one in found] == [(first, last)]
        assert found[0].substitute is not None and found[0].substitute.name == "박구름"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7.9-7.5 박구름", "보다 빠릅니다"),
        ("6.1-6.3 박구름", "지난 날"),
        ("7.5-7.9 홍길동", "찾지 못했습니다"),
        ("7.5-7.9 김하늘", "본인을 대직자로"),
        ("언젠가 박구름", "적어 주십시오"),
        ("7.5-2.30 박구름", "적어 주십시오"),
        ("", "등록된 부재가 없습니다"),
    ],
)
def test_what_cannot_be_is_answered_with_an_example_and_changes_nothing(
    chat: Chat, written: str, said: str
) -> None:
    answer = chat.say("김하늘", f"/away {written}")[0]
    assert said in answer and "/away" in answer
    with chat.store.read() as session:
        assert absences.coming(session, chat.officer("김하늘").id, date(2026, 6, 30)) == []


def test_an_ambiguous_name_is_answered_with_choices(chat: Chat) -> None:
    assert "여러 명" in chat.say("김하늘", "/away 7.5-7.9 이바다")[0]
    assert set(chat.keyboard("김하늘")) == {"공원과 이바다", "문화과 이바다"}
    assert "공원과 이바다" in chat.tap("김하늘", "공원과")[0]


def test_during_the_absence_both_are_reminded_and_the_message_says_why(chat: Chat) -> None:
    chat.say("김하늘", "/away 7.6-7.9 @박구름")
    chat.clock.forward(days=7)  # the due day
    chat.scan()
    assert len(digests(chat, "김하늘")) == len(digests(chat, "박구름")) == 1
    texts = dict(chat.send_all())
    assert "김하늘 님 대직" in texts[chat.people["박구름"]]
    assert "대직" not in texts[chat.people["김하늘"]]


def test_before_and_after_the_absence_the_substitute_hears_nothing(chat: Chat) -> None:
    chat.say("김하늘", "/away 7.8-7.9 @박구름")
    chat.clock.forward(days=7)
    chat.scan()
    chat.clock.forward(days=3)  # 7.10., a reminder of a missed day
    chat.scan()
    assert digests(chat, "박구름") == []


def test_the_substitute_may_report_and_the_log_says_so(chat: Chat) -> None:
    number = chat.number("무대 설치")
    assert "없습니다" in chat.say("박구름", f"/done {number}")[0]
    chat.say("김하늘", "/away 오늘 @박구름")
    chat.say("박구름", f"/done {number}")
    assert chat.milestone("무대 설치").state is MilestoneState.DONE
    with chat.store.read() as session:
        newest = audit.history(session, milestones.subject(number))[0]
        assert newest.actor == "박구름(김하늘 대직)"


def test_an_absence_ended_early_takes_the_right_away_again(chat: Chat) -> None:
    chat.say("김하늘", "/away 6.30-7.9 @박구름")
    assert "해제하였습니다" in chat.tap("김하늘", "부재 해제")[0]
    assert "없습니다" in chat.say("박구름", f"/done {chat.number('무대 설치')}")[0]


def test_a_lead_registers_the_absence_of_somebody_of_the_department(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    assert "부재 등록" in chat.say("최팀장", "/away 김하늘 7.5-7.9 @박구름")[0]
    assert "기획실에서" in chat.say("최팀장", "/away 박구름 7.5-7.9 @김하늘")[0]


@pytest.mark.open_door("kind H")
def test_two_who_are_away_stand_in_for_nobody_and_the_lead_is_told_instead(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    chat.say("김하늘", "/away 6.30-7.9 @박구름")
    assert "대직자로 지정하지 않았습니다" in chat.say("박구름", "/away 7.1-7.7 @김하늘")[0]
    told = [one.payload["text"] for one in chat.owed(chat.people["김하늘"])][-1]
    assert "박구름 주무관님도" in told and "2026. 7. 1." in told
    chat.clock.forward(days=6)
    chat.scan()
    assert digests(chat, "박구름") == []
    assert any("무대 설치" in text for to, text in chat.send_all() if to == chat.people["최팀장"])


def test_a_substitute_who_is_away_for_some_of_the_days_is_appointed_with_a_word(chat: Chat) -> None:
    chat.say("박구름", "/away 7.8-7.12")
    answer = chat.say("김하늘", "/away 7.5-7.9 @박구름")[0]
    assert "대직자: 총무과 박구름" in answer and "7. 8.(수) ~ 7. 9.(목)에는 대직자도 부재" in answer
