"""/hours: from which hour the own daily message comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from store import erasure, persons
from store.audit import Act, Who
from store.models import AuditEntry
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    made = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 20))))
    made.join("김하늘")
    yield made
    made.store.close()


def test_alone_it_says_when_and_offers_the_hours(office: Chat) -> None:
    assert "근무일 09:10 (기본)" in office.say("김하늘", "/hours")[0]
    assert list(office.keyboard("김하늘"))[:2] == ["기본(09:10)", "10시"]


@pytest.mark.parametrize("said", ["/hours 14", "/hours 14시", "/hours 14:00", "/안내시각 １４"])
def test_an_hour_is_chosen_by_command(office: Chat, said: str) -> None:
    assert "근무일 14:00" in office.say("김하늘", said)[0]
    assert office.officer("김하늘").own_hour == 14


def test_an_hour_is_chosen_and_given_up_by_button(office: Chat) -> None:
    office.say("김하늘", "/hours")
    assert "근무일 11:00" in office.tap("김하늘", "11시")[0]
    assert "09:10 (기본)" in office.tap("김하늘", "기본")[0]
    assert office.officer("김하늘").own_hour is None


@pytest.mark.parametrize("said", ["/hours 8", "/hours 18", "/hours 14:30", "/hours 아침", "/hours -1"])
def test_what_is_no_hour_of_the_daily_messages_changes_nothing(office: Chat, said: str) -> None:
    assert "9시부터 17시까지" in office.say("김하늘", said)[0]
    assert office.officer("김하늘").own_hour is None


def test_the_greeting_says_the_own_hour(office: Chat) -> None:
    office.say("김하늘", "/hours 14")
    assert "근무일 14:00에" in office.say("김하늘", "/start")[0]


def test_it_stands_in_the_log_once(office: Chat) -> None:
    for _ in range(2):
        office.say("김하늘", "/hours 14")
    with office.store.read() as session:
        [one] = session.scalars(select(AuditEntry).where(AuditEntry.action == "own-hour"))
    assert one.after == {"own_hour": 14}


def test_it_is_shown_to_the_person_and_goes_with_the_persons_data(office: Chat) -> None:
    office.say("김하늘", "/hours 14")
    with office.store.write() as session:
        person = session.merge(office.officer("김하늘"))
        assert persons.everything_about(session, person, hidden="-")["officer"][0]["own_hour"] == 14
        act = Act(session, Who(None, "운영자", "cli", "forget"), office.clock.now())
        erasure.forget(act, person, date(2026, 6, 30))
        assert person.own_hour is None
