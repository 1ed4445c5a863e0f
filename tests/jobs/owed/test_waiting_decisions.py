"""What waits for a decision stands in the approver's daily message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs.owed.waiting_decisions import days
from jobs.settings import ApprovalSettings
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


@pytest.mark.parametrize(
    ("talked", "until", "found"),
    [
        (None, date(2026, 7, 2), []),
        (None, date(2026, 7, 3), [date(2026, 7, 3)]),
        (None, date(2026, 7, 6), [date(2026, 7, 3), date(2026, 7, 6)]),
        (date(2026, 7, 1), date(2026, 7, 1), []),
        (date(2026, 7, 1), date(2026, 7, 2), [date(2026, 7, 2)]),
        (date(2026, 7, 1), date(2026, 7, 5), [date(2026, 7, 2), date(2026, 7, 5)]),
    ],
)
def test_a_matter_comes_up_every_third_day_and_the_day_after_a_talk(
    talked: date | None, until: date, found: list[date]
) -> None:
    assert days(date(2026, 6, 30), talked, until, 3) == found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Tuesday 09:10; a request of 김하늘's waits for 이팀장."""
    chat = Chat(
        tmp_path,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 9, 1)),
            entry("준공", date(2026, 9, 8)),
        ),
        approval=ApprovalSettings(confirm_done=True),
    )
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("김하늘")
    chat.say("김하늘", f"/delay {chat.number('설계 용역')} 9.21 의회 일정")
    yield chat
    chat.store.close()


def daily(chat: Chat, name: str = "이팀장") -> list[str]:
    """Scan and send; gives the person's daily messages."""
    chat.send_all()
    chat.scan()
    return [
        text for where, text in chat.send_all() if where == chat.people[name] and "소관 일정 안내" in text
    ]


def test_a_request_stands_in_the_approvers_message_after_three_days_and_again(office: Chat) -> None:
    seen = []
    for _ in range(8):
        seen.append(len(daily(office)))
        office.clock.forward(days=1)
    assert seen == [0, 0, 0, 1, 0, 0, 1, 0]  # Tuesday to Friday, a weekend, Monday, Tuesday


def test_the_line_names_the_request_and_opens_the_list(office: Chat) -> None:
    office.clock.forward(days=3)
    [text] = daily(office)
    assert "연기 신청 9. 1.(화) → 9. 21.(월) (+20일) · 김하늘 · 의회 일정 · 결정 대기 3일째" in text
    assert "승인" not in text.replace("승인 대기", "")


def test_after_a_talk_it_stands_in_the_next_days_message(office: Chat) -> None:
    office.tap("이팀장", "협의")
    office.clock.forward(days=1)
    assert len(daily(office)) == 1


def test_the_requester_gets_no_line_of_it(office: Chat) -> None:
    office.clock.forward(days=3)
    assert not any("연기 신청" in text for text in daily(office, "김하늘"))


def test_what_was_decided_before_the_message_went_out_is_not_in_it(office: Chat) -> None:
    office.clock.forward(days=3)
    office.send_all()
    office.scan()
    office.say("이팀장", f"/approve {office.number('설계 용역')}")
    assert not any(
        "소관 일정 안내" in text for where, text in office.send_all() if where == office.people["이팀장"]
    )


def test_what_was_done_before_the_message_went_out_brings_no_empty_message(office: Chat) -> None:
    office.clock.forward(days=3)
    office.send_all()
    office.scan()
    office.say("김하늘", f"/done {office.number('설계 용역')}")
    assert not any(
        "연기 신청 9" in text for where, text in office.send_all() if where == office.people["이팀장"]
    )


def test_a_report_of_completion_comes_up_as_well(office: Chat) -> None:
    office.say("김하늘", f"/done {office.number('준공')}")
    office.clock.forward(days=3)
    [text] = daily(office)
    assert "완료 보고 (완료일 6. 30.(화)) · 확인 대기 3일째" in text


def test_an_approver_who_links_later_is_told_of_what_waits(office: Chat) -> None:
    office.say("이팀장", "/stop")
    office.clock.forward(days=3)
    office.join("박과장", RoleName.HEAD, "도로과")
    assert len(daily(office, "박과장")) == 1
