"""확인함, 연중 업무의 근황, and the week's first message in chat."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs.owed.next_look import reschedule
from plans.draft import MilestoneDraft
from store.models import Series
from store.states import RoleName
from tests.bot.chat import TUESDAY, Chat, entry, task
from tests.bot.digest.test_daily_message import digest_of, labels

FRIDAY_BEFORE = TUESDAY - timedelta(days=4)
ONGOING = MilestoneDraft(title="장려금 지급", expr="연중", line=2, kind="ongoing", windows=[])


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """김하늘 has something due on 23 July and something that goes on all year; it is Friday, 26 June."""
    entries = entry("설계 용역", date(2026, 7, 23)), ONGOING
    office = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], *entries), now=FRIDAY_BEFORE)
    office.join("김하늘")
    office.join("이팀장", RoleName.LEAD, "도로과")
    return office


def wait_until(chat: Chat, day: date) -> None:
    """The morning of that day, its daily message included."""
    chat.clock.forward(days=(day - chat.clock.now().date()).days)
    chat.scan()
    chat.send_all()


def asked_on(chat: Chat, *days: int) -> None:
    """The office reminds so many days before from now on."""
    chat.rules.settings.before_days = days
    with chat.store.write() as session:
        reschedule(session, chat.clock.now(), chat.rules)


def test_a_press_leaves_it_in_peace_for_a_week(chat: Chat) -> None:
    asked_on(chat, 7, 1, 0)
    wait_until(chat, date(2026, 7, 16))
    keyboard = digest_of(chat, "김하늘").keyboard
    data = next(one["data"] for row in keyboard for one in row if "확인, 7일 뒤 다시" in one["text"])
    assert "7. 23.(목)에 다시 안내드립니다(앞으로 1번 더" in chat.press("김하늘", data)[0]
    shown = digest_of(chat, "김하늘")
    assert "👌 확인함 · 7. 23.(목)에 다시 안내" in shown.text
    assert not any("다시" in one for one in labels(shown))


def test_a_third_time_is_refused_with_what_to_do_instead(chat: Chat) -> None:
    asked_on(chat, 14, 0)
    number = chat.number("설계 용역")
    for day in (date(2026, 7, 6), date(2026, 7, 14)):
        chat.clock.forward(days=(day - chat.clock.now().date()).days)
        assert "확인하신 것으로" in chat.say("김하늘", f"/seen {number}")[0]
    chat.clock.forward(days=1)
    assert "이미 2번 확인하셨습니다" in chat.say("김하늘", f"/seen {number}")[0]


def test_where_nothing_would_be_said_there_is_nothing_to_put_off(chat: Chat) -> None:
    number = chat.number("설계 용역")
    assert "미루실 필요가 없습니다" in chat.say("김하늘", f"/seen {number}")[0]
    assert chat.milestone("설계 용역").seen_times == 0


def test_on_its_last_day_nothing_is_put_off(chat: Chat) -> None:
    number = chat.number("설계 용역")
    chat.clock.forward(days=27)
    assert "안내를 미루실 수 없습니다" in chat.say("김하늘", f"/seen {number}")[0]


def test_it_is_taken_back_by_undo(chat: Chat) -> None:
    number = chat.number("설계 용역")
    chat.clock.forward(days=20)
    chat.say("김하늘", f"/seen {number}")
    chat.say("김하늘", "/undo")
    assert chat.milestone("설계 용역").seen_until_on is None


def test_a_lead_may_not_say_it_for_the_officer(chat: Chat) -> None:
    number = chat.number("설계 용역")
    assert "조회만 하실 수 있습니다" in chat.say("이팀장", f"/seen {number}")[0]


def series(chat: Chat) -> Series:
    with chat.store.read() as session:
        return session.query(Series).one()


def test_the_quarters_question_is_answered_by_a_press(chat: Chat) -> None:
    wait_until(chat, date(2026, 9, 1))
    asked = digest_of(chat, "김하늘")
    assert "■ 연중 업무 근황" in asked.text
    assert "변동이 없으면 [변동 없음]을, 알리실 내용이 있으면 [근황 적기]를 눌러" in asked.text
    data = next(one["data"] for row in asked.keyboard for one in row if "변동 없음" in one["text"])
    assert "근황을 적어 두었습니다" in chat.press("김하늘", data)[0]
    assert "변동 없이 추진 중" in digest_of(chat, "김하늘").text
    assert series(chat).answer == "변동 없이 추진 중"


def test_and_by_words(chat: Chat) -> None:
    wait_until(chat, date(2026, 9, 1))
    asked = digest_of(chat, "김하늘")
    data = next(one["data"] for row in asked.keyboard for one in row if "근황 적기" in one["text"])
    chat.press("김하늘", data)
    assert "120명 지원" in chat.say("김하늘", "120명 지원")[0]
    assert series(chat).answer == "120명 지원"


def test_a_note_says_it_without_being_asked(chat: Chat) -> None:
    number = series(chat).id
    assert "근황을 적어 두었습니다" in chat.say("김하늘", f"/note {number} 상반기 80명 지원")[0]
    assert "상반기 80명 지원" in chat.say("김하늘", f"/task {chat.number('설계 용역')}")[0]


def test_nobody_else_may_say_it(chat: Chat) -> None:
    assert "조회만" in chat.say("이팀장", f"/note {series(chat).id} 남의 일")[0]
    assert series(chat).answer is None


def test_the_weeks_first_message_begins_with_the_week(chat: Chat) -> None:
    wait_until(chat, date(2026, 7, 20))
    text = digest_of(chat, "김하늘").text
    assert "이번 주 기한 1건 · 기한 경과 0건 · 지난주 완료 0건 · 연중 업무 1건" in text
    assert "■ 이번 주" in text


def test_the_lead_gets_the_departments_counts_with_a_way_to_more(chat: Chat) -> None:
    wait_until(chat, date(2026, 7, 20))
    message = digest_of(chat, "이팀장")
    assert "도로과: 이번 주 기한 1건 · 기한 경과 0건 · 지난주 완료 0건" in message.text
    assert labels(message) == ["📊 현황 자세히 보기"]


def test_very_many_questions_keep_below_telegrams_hundred_buttons(tmp_path: Path) -> None:
    many = [
        ONGOING.model_copy(update={"title": f"상시 지원 {number:02}", "line": number}) for number in range(60)
    ]
    office = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], *many), now=FRIDAY_BEFORE)
    office.join("김하늘")
    for _ in range(100):
        office.clock.forward(days=1)
        office.scan()
        if any("변동 없음" in one for _, message in office.send_messages() for one in labels(message)):
            break
    message = digest_of(office, "김하늘")
    assert 1 < sum("변동 없음" in one for one in labels(message)) < 30
    assert "건이 더 있습니다" in message.text


def test_an_item_comes_up_again_on_the_day_that_its_officer_chose(chat: Chat) -> None:
    wait_until(chat, date(2026, 7, 20))
    keyboard = digest_of(chat, "김하늘").keyboard
    data = next(one["data"] for row in keyboard for one in row if "다른 날에 다시" in one["text"])
    assert "언제 다시 안내해 드릴까요?" in chat.press("김하늘", data)[0]
    assert "7. 22.(수)에 다시 안내드립니다" in chat.say("김하늘", "7.22")[0]
    assert chat.milestone("설계 용역").seen_until_on == date(2026, 7, 22)
    wait_until(chat, date(2026, 7, 22))
    assert "설계 용역" in digest_of(chat, "김하늘").text


def test_the_chosen_day_lies_before_the_due_day(chat: Chat) -> None:
    number = chat.number("설계 용역")
    assert "가운데 고르실 수 있습니다" in chat.say("김하늘", f"/seen {number} 7.24")[0]
    assert chat.milestone("설계 용역").seen_until_on is None


def test_the_coming_two_weeks_are_told_day_by_day(chat: Chat) -> None:
    assert "앞으로 2주 동안 드릴 안내가 없습니다" in chat.say("김하늘", "/next")[0]
    chat.clock.forward(days=18)
    told = chat.say("김하늘", "/next")[0]
    assert told.index("7. 20.(월)") < told.index("7. 23.(목) · ")
    assert "기한 당일" in told
