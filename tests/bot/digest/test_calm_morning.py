"""What the morning says besides what is due: requests that wait, the last working day, who hears next, what recurs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.chat.line import Section, section_of
from jobs.settings import ApprovalSettings
from plans.draft import MilestoneDraft, Window
from store.states import MilestoneState, RoleName
from tests.bot.chat import SEOUL, Chat, entry, task
from tests.bot.digest.test_daily_message import digest_of, labels

MONDAY = datetime(2026, 6, 22, 9, 10, tzinfo=SEOUL).astimezone(UTC)
YEAR = Window(start=date(2026, 1, 1), due=date(2026, 12, 31), precision="range")
WEEKLY = MilestoneDraft(
    title="이야기 마당", expr="매주", line=1, kind="recurring", rrule="FREQ=WEEKLY;BYDAY=TU", windows=[YEAR]
)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """Friday 19 June: 김하늘 has a day of work, one that is a Saturday, something weekly and something open-ended."""
    office = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 24)), WEEKLY),
        task("축제", "도로과", ["김하늘"], entry("개막", date(2026, 7, 4))),
        task("지원", "도로과", ["김하늘"], entry("지급", None, date(2026, 6, 23))),
        now=MONDAY.replace(day=19),
        approval=ApprovalSettings(),
    )
    office.join("김하늘")
    office.join("이팀장", RoleName.LEAD, "도로과")
    return office


def morning(chat: Chat, day: date) -> None:
    chat.clock.current = datetime(day.year, day.month, day.day, 9, 10, tzinfo=SEOUL).astimezone(UTC)
    chat.scan()
    chat.send_all()


def test_what_recurs_is_told_on_its_last_working_day_to_whoever_was_not_there_at_its_weeks_beginning(
    tmp_path: Path,
) -> None:
    saturdays = WEEKLY.model_copy(update={"rrule": "FREQ=WEEKLY;BYDAY=SA"})
    office = Chat(
        tmp_path, task("보행로 정비", "도로과", ["김하늘"], saturdays), now=MONDAY.replace(day=23, hour=5)
    )
    office.join("김하늘")
    told = {}
    for day in range(24, 31):
        office.clock.current = MONDAY.replace(day=day)
        office.scan()
        told[day] = [text for _, text in office.send_all() if "이야기 마당" in text]
    assert [day for day, texts in told.items() if texts] == [
        26,
        29,
    ]  # the next one at the beginning of its week


def test_a_delay_that_waits_is_said_with_who_decides_and_since_when(chat: Chat) -> None:
    number = chat.number("설계 용역")
    chat.say("김하늘", f"/delay {number} 7.20 시의회 일정")
    morning(chat, date(2026, 6, 24))
    assert "7. 20.(월)로 연기 신청 중, 팀장 결정 대기 6일째" in digest_of(chat, "김하늘").text
    assert "결정 대기" in chat.say("김하늘", "/my")[0]


def test_who_has_asked_for_another_day_is_not_told_to_ask_for_one(chat: Chat) -> None:
    number = chat.number("설계 용역")
    chat.say("김하늘", f"/delay {number} 7.20 시의회 일정")
    morning(chat, date(2026, 6, 25))
    text = digest_of(chat, "김하늘").text
    assert "연기 신청 중" in text and "시일이 더 필요하시면" not in text


def test_missed_turns_are_named_as_such_beside_what_is_late(chat: Chat) -> None:
    morning(chat, date(2026, 7, 6))
    assert "기한 경과 4건(정례 2건)" in digest_of(chat, "김하늘").text


def test_the_last_working_day_is_named_where_the_due_day_is_one_off(chat: Chat) -> None:
    morning(chat, date(2026, 7, 3))
    assert "7. 4.(토) · 1일 남음 · 오늘이 마지막 근무일" in digest_of(chat, "김하늘").text


def test_who_above_hears_next_is_said_before_it_happens(chat: Chat) -> None:
    morning(chat, date(2026, 6, 25))
    assert "7. 1.(수)까지 등록이 없으면 팀장님께도 안내" in digest_of(chat, "김하늘").text
    chat.say("김하늘", f"/note {chat.number('설계 용역')} 업체와 협의 중")
    assert "등록이 없으면" not in digest_of(chat, "김하늘").text


def test_what_only_has_a_start_is_never_late(chat: Chat) -> None:
    morning(chat, date(2026, 6, 23))
    assert "■ 시작한 일정(종료일 미정)" in digest_of(chat, "김하늘").text
    assert section_of(chat.milestone("지급"), date(2026, 7, 13)) is Section.STARTED


def test_the_weeks_recurring_items_are_done_by_one_button(chat: Chat) -> None:
    morning(chat, date(2026, 6, 22))
    told = digest_of(chat, "김하늘")
    assert "■ 이번 주 정례" in told.text and "6. 23.(화)" in told.text
    data = next(
        one["data"] for row in told.keyboard for one in row if "이번 주 정례 1건 모두 했음" in one["text"]
    )
    assert "이야기 마당" in chat.press("김하늘", data)[0]
    assert "모두 했음" not in " ".join(labels(digest_of(chat, "김하늘")))
    assert "이미" in chat.press("김하늘", data)[0] or "모두 등록되어" in chat.press("김하늘", data)[0]


def test_a_missed_turn_is_counted_and_not_told_again(chat: Chat) -> None:
    for day in (22, 23, 24, 25, 26):
        morning(chat, date(2026, 6, day))
    morning(chat, date(2026, 6, 29))
    text = digest_of(chat, "김하늘").text
    assert text.count("이야기 마당") == 1 and "6월 1회 중 0회 완료 등록" in text


def test_the_lead_reads_the_three_that_matter_and_who_is_away(chat: Chat) -> None:
    chat.say("김하늘", "/away 6.23-6.26")
    morning(chat, date(2026, 6, 22))
    text = digest_of(chat, "이팀장").text
    assert "설계 용역 · 6. 24.(수) · 김하늘" in text
    assert "부재 김하늘 주무관님 6. 23.(화)~6. 26.(금)" in text and "그 사이 기한" in text


def test_several_requests_are_approved_at_once_but_for_those_left_out(chat: Chat) -> None:
    for title in ("설계 용역", "개막"):
        chat.say(
            "김하늘", f"/delay {chat.number(title)} {'7.20' if title == '설계 용역' else '7.30'} 시의회 일정"
        )
    morning(chat, date(2026, 6, 23))
    board = digest_of(chat, "이팀장").keyboard
    every = next(one["data"] for row in board for one in row if "모두 승인" in one["text"])
    assert "한꺼번에 승인하실 연기" in chat.press("이팀장", every)[0]
    leave_out = next(
        data for text, data in chat.keyboard("이팀장").items() if f"#{chat.number('개막')} 빼기" in text
    )
    chat.press("이팀장", leave_out)
    edited = chat.owed(chat.people["이팀장"])[-1].payload["keyboard"]
    now = next(one["data"] for row in edited for one in row if "1건 승인" in one["text"])
    assert "연기 1건을 승인하였습니다" in chat.press("이팀장", now)[0]
    assert chat.milestone("설계 용역").due_on == date(2026, 7, 20)
    assert chat.milestone("개막").due_on == date(2026, 7, 4)


def test_the_late_count_opens_a_list_with_buttons(chat: Chat) -> None:
    for day in (24, 25):
        morning(chat, date(2026, 6, day))
    morning(chat, date(2026, 6, 29))
    told = digest_of(chat, "김하늘")
    data = next(one["data"] for row in told.keyboard for one in row if "기한 경과" in one["text"])
    assert "설계 용역" in chat.press("김하늘", data)[0]
    assert chat.milestone("설계 용역").state is MilestoneState.PLANNED


def test_what_waits_for_something_outside_is_not_told_upwards_as_late(chat: Chat) -> None:
    chat.say("김하늘", f"/wait {chat.number('설계 용역')} 추경 9.30")
    morning(chat, date(2026, 6, 29))
    text = digest_of(chat, "이팀장").text
    assert "기한 경과 1건(정례 1건)" in text
    assert "설계 용역" not in text


def test_a_decision_is_told_twice_with_its_words_and_is_part_of_a_count_then(chat: Chat) -> None:
    chat.say("김하늘", f"/delay {chat.number('설계 용역')} 7.20 시의회 일정")
    told = []
    for day in (date(2026, 6, 22), date(2026, 6, 25), date(2026, 6, 29)):
        morning(chat, day)
        told.append(digest_of(chat, "이팀장").text)
    assert ["시의회 일정" in one for one in told] == [True, True, False]
    assert "앞서 알려 드린 결정 대기 1건" in told[-1]
    assert "설계 용역" not in told[0].partition("한 주 현황")[2]
