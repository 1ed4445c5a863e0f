"""What merely ends with the year is asked about in one line in December, and is no deadline of its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jobs.milestones.changes import timeline_of
from jobs.owed import next_look
from jobs.rules.reminder_days import merely_ends_with_year
from plans.draft import PeriodDraft
from store.states import MilestoneState, RoleName
from tests.bot.chat import SEOUL, Chat, entry, task

LAST = date(2026, 12, 31)


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """Two year-long entries, one deadline on the last day, and a task of which only the period ends then."""
    runs = task(
        "걷기 교실", "건강증진과", ["김하늘"],
        entry("교실 운영", LAST, date(2026, 1, 1), "range"),
        entry("홍보", LAST, date(2026, 1, 1), "year"),
        entry("정산 보고", LAST),
    )  # fmt: skip
    bare = task("돌봄 사업", "건강증진과", ["김하늘"])
    bare.period = PeriodDraft(start=date(2025, 5, 1), end=LAST)
    chat = Chat(tmp_path, runs, bare)
    chat.join("김하늘")
    chat.join("이팀장", RoleName.LEAD, "건강증진과")
    return chat


def at(chat: Chat, year: int, month: int, day: int) -> None:
    chat.clock.current = datetime(year, month, day, 9, 10, tzinfo=SEOUL).astimezone(UTC)


def told(chat: Chat, name: str = "김하늘") -> list[str]:
    chat.scan()
    return [text for where, text in chat.send_all() if where == chat.people[name]]


@pytest.mark.parametrize(("title", "expected"), [("교실 운영", True), ("홍보", True), ("정산 보고", False)])
def test_a_long_period_merely_ends_and_a_day_falls_due(office: Chat, title: str, expected: bool) -> None:
    assert merely_ends_with_year(timeline_of(office.milestone(title))) is expected


def test_december_asks_once_in_one_line(office: Chat) -> None:
    office.send_all()
    at(office, 2026, 12, 1)
    [text] = told(office)
    assert "올해 말로 끝나는 기간 3건:" in text
    assert text.count("교실 운영") == 1
    at(office, 2026, 12, 2)
    assert not any("올해 말로 끝나는" in text for text in told(office))


def test_nothing_of_it_falls_due_on_the_last_day_nor_climbs_the_line(office: Chat) -> None:
    office.send_all()
    for month, day in ((12, 1), (12, 24), (12, 28), (12, 31)):
        at(office, 2026, month, day)
        assert not any("<b>#" in text and "교실 운영</b>" in text for text in told(office))
    at(office, 2027, 1, 11)
    assert not any("교실 운영" in text for text in told(office, "이팀장"))


def test_all_are_done_with_one_tap_and_periods_stay(office: Chat) -> None:
    office.send_all()
    at(office, 2026, 12, 1)
    told(office)
    office.press("김하늘", "v1|yearenddone|2026|0")
    assert {office.milestone(one).state for one in ("교실 운영", "홍보")} == {MilestoneState.DONE}
    assert office.milestone("정산 보고").state is MilestoneState.PLANNED
    assert "남은 것이 없습니다" in office.press("김하늘", "v1|yearenddone|2026|0")[0]


def test_one_by_one_shows_each_with_its_buttons(office: Chat) -> None:
    at(office, 2026, 12, 1)
    [text] = office.press("김하늘", "v1|yearendopen|2026|0")
    assert "교실 운영" in text
    assert "사업기간 12. 31.(목)까지" in text
    assert sum("완료" in label for label in office.keyboard("김하늘")) == 2


def test_nobody_is_asked_about_others_periods(office: Chat) -> None:
    at(office, 2026, 12, 1)
    assert "남은 것이 없습니다" in office.press("이팀장", "v1|yearenddone|2026|0")[0]
    office.send_all()
    assert not any("올해 말로 끝나는" in text for text in told(office, "이팀장"))


def test_the_loop_wakes_for_december(tmp_path: Path) -> None:
    bare = task("돌봄 사업", "건강증진과", ["김하늘"])
    bare.period = PeriodDraft(start=None, end=LAST)
    chat = Chat(tmp_path, bare)
    chat.join("김하늘")
    with chat.store.read() as session:
        wakes = next_look.next_scheduled_at(session, chat.clock.now(), chat.rules)
    assert wakes is not None
    assert wakes.astimezone(SEOUL).date() == date(2026, 12, 1)


def test_decembers_line_counts_what_is_left_once_it_is_done(office: Chat) -> None:
    office.send_all()
    at(office, 2026, 12, 1)
    told(office)
    office.press("김하늘", "v1|yearenddone|2026|0")
    [edited] = [text for _, text in office.send_all() if "올해 말로 끝나는" in text]
    assert "올해 말로 끝나는 기간 1건:" in edited
    assert "교실 운영" not in edited
