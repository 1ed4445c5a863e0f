"""Two people of one office, each spoken to in an own language: answers in the sender's, everything else in the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.intake import menus
from jobs.settings import ApprovalSettings
from store import erasure, persons
from store.audit import Act, Who
from store.models import AuditEntry
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.bot.languages.stand_in import HANGUL, standing_in

OFFICER, LEAD, PLANNER = "Dana", "Lee", "Park"
NAMES = "한국어"  # a language's own name, on its button
RANK = "주무관"  # of everybody in these plans


@pytest.fixture
def english(tmp_path: Path) -> Iterator[None]:
    with standing_in(tmp_path / "texts"):
        yield


@pytest.fixture
def office(tmp_path: Path, english: None) -> Iterator[Chat]:
    """Nothing of its data is Korean. The officer has chosen English."""
    tasks = (
        task(
            "Footpaths",
            "Roads",
            [OFFICER],
            entry("Design", date(2026, 7, 1)),
            entry("Tender", date(2026, 6, 25)),
        ),
        task("Parks", "Roads", [OFFICER], entry("Trees", date(2026, 7, 20))),
    )
    made = Chat(tmp_path, *tasks, approval=ApprovalSettings(confirm_done=True))
    made.office = replace(made.office, name="Hanbyeol")
    made.dispatcher.office = made.office
    made.join(PLANNER, RoleName.PLANNER, "Planning")
    made.join(LEAD, RoleName.LEAD, "Roads")
    made.join(OFFICER, RoleName.OFFICER, "Roads")
    made.say(OFFICER, "/lang en")
    yield made
    made.store.close()


def is_english(text: str) -> bool:
    return HANGUL.search(text.replace(NAMES, "").replace(RANK, "")) is None


def texts_of(office: Chat, name: str, event: str | None = None) -> list[str]:
    """Texts and labels of what the person is owed."""
    found = [one for one in office.owed(office.people[name]) if event is None or one.event == event]
    assert found
    labels = [each["text"] for one in found for row in one.payload.get("keyboard", []) for each in row]
    return [one.payload.get("text", "") for one in found] + labels


def newest(office: Chat, name: str) -> str:
    return str(office.owed(office.people[name])[-1].payload["text"])


@pytest.mark.parametrize("said", ["/lang en", "/lang EN", "/언어 영어", "/lang en-GB"])
def test_who_chooses_english_is_answered_in_english_from_then_on(office: Chat, said: str) -> None:
    office.say(OFFICER, "/lang ko")
    assert not is_english(office.say(OFFICER, "/my")[0])
    assert is_english(office.say(OFFICER, said)[0])
    for text in ("/my", "/help", "/task 112", "/nothing", "/lang", "???"):
        assert all(map(is_english, office.say(OFFICER, text))), text


def test_a_language_that_there_is_not_changes_nothing(office: Chat) -> None:
    office.say(OFFICER, "/lang fr")
    assert office.officer(OFFICER).language == "en"


def test_a_button_chooses_as_well(office: Chat) -> None:
    office.say(OFFICER, "/lang")
    assert not is_english(office.press(OFFICER, "v1|ownlang|1|0")[0])
    assert office.officer(OFFICER).language == "ko"


def test_the_menu_is_in_the_language_of_its_reader(office: Chat) -> None:
    with office.store.write() as session:
        assert menus.outdated(session, date(2026, 6, 30)) == []
        menus.forget(session, office.people[OFFICER])
        [menu] = menus.outdated(session, date(2026, 6, 30))
    assert menu.commands and all(is_english(about) for _, about in menu.commands)


def test_the_choice_stands_in_the_log_and_goes_with_the_persons_data(office: Chat) -> None:
    office.say(OFFICER, "/lang en")
    with office.store.write() as session:
        [one] = session.scalars(select(AuditEntry).where(AuditEntry.action == "own-language"))
        assert (one.before, one.after) == ({}, {"language": "en"})
        person = session.merge(office.officer(OFFICER))
        assert persons.everything_about(session, person, hidden="-")["officer"][0]["language"] == "en"
        erasure.forget(
            Act(session, Who(None, "-", "cli", "forget"), office.clock.now()), person, date(2026, 6, 30)
        )
        assert person.language is None


def test_a_request_reaches_the_lead_in_korean_and_its_outcome_the_officer_in_english(office: Chat) -> None:
    number = office.number("Trees")
    office.say(OFFICER, f"/delay {number} 2026-07-30 council")
    assert all(map(is_english, texts_of(office, OFFICER, "answer")[-1:]))
    [asked] = texts_of(office, LEAD, "approval-request")[:1]
    assert "승인" in asked or "연기" in asked
    office.tap(LEAD, "승인")
    assert not is_english(newest(office, LEAD))
    assert all(map(is_english, texts_of(office, OFFICER, "approval-result")))


def test_a_report_is_confirmed_in_korean_and_its_reporter_hears_it_in_english(office: Chat) -> None:
    office.say(OFFICER, f"/done {office.number('Trees')}")
    assert not is_english(texts_of(office, LEAD, "completion-request")[0])
    office.tap(LEAD, "확인")
    assert all(map(is_english, texts_of(office, OFFICER, "completion-result")))


def test_and_the_other_way_round(office: Chat) -> None:
    office.say(OFFICER, "/lang ko")
    office.say(LEAD, "/lang en")
    office.say(OFFICER, f"/delay {office.number('Trees')} 2026-07-30 council")
    assert all(map(is_english, texts_of(office, LEAD, "approval-request")))
    office.press(LEAD, office.keyboard(LEAD)[next(iter(office.keyboard(LEAD)))])
    assert not is_english(texts_of(office, OFFICER, "approval-result")[0])


def test_what_was_told_before_is_brought_up_to_date_in_its_readers_language(office: Chat) -> None:
    office.say(LEAD, "/lang en")
    office.say(OFFICER, "/lang ko")
    office.say(OFFICER, f"/delay {office.number('Trees')} 2026-07-30 council")
    office.say(OFFICER, "/undo")
    told = [one for one in office.owed(office.people[LEAD]) if one.event == "approval-request"]
    assert all(is_english(str(one.payload.get("text", ""))) for one in told)


def test_the_daily_message_is_in_the_language_of_each_reader(office: Chat) -> None:
    office.scan()
    sent = office.send_messages()
    mine = [one for chat, one in sent if chat == office.people[OFFICER]]
    theirs = [one for chat, one in sent if chat == office.people[PLANNER]]
    assert mine and theirs
    daily = mine[-1]
    assert is_english(daily.text) and all(is_english(one["text"]) for row in daily.keyboard for one in row)
    assert not is_english(theirs[-1].text)


@pytest.mark.parametrize(
    ("said", "in_english"),
    [
        ("what do i have to do today", True),
        ("show me the status please", True),
        ("내 일정 보여 주세요", False),
        ("/my", False),
        ("ok", False),
        ("KPI 112", False),
    ],
)
def test_what_is_typed_in_english_is_answered_in_english_where_nothing_was_chosen(
    office: Chat, said: str, in_english: bool
) -> None:
    assert [is_english(one) for one in office.say(PLANNER, said)] == [in_english]
    assert office.officer(PLANNER).language is None
    assert not is_english(office.say(PLANNER, "/my")[0])


def test_who_has_chosen_is_answered_so_whatever_is_typed(office: Chat) -> None:
    office.say(LEAD, "/lang ko")
    assert not is_english(office.say(LEAD, "what do i have to do today")[0])
    assert is_english(office.say(OFFICER, "내 일정 보여 주세요")[0])


@pytest.mark.parametrize(
    ("code", "in_english"), [("en", True), ("en-GB", True), ("ko", False), ("fr", False), (None, False)]
)
def test_a_stranger_is_answered_as_the_telephone_is_set(
    office: Chat, code: str | None, in_english: bool
) -> None:
    user: dict[str, Any] = {"id": 9999, "is_bot": False, "first_name": "X"}
    sender = user | ({"language_code": code} if code else {})
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 9999, "type": "private"},
        "from": sender,
        "text": "hi",
    }
    assert [is_english(one) for one in office.update({"message": message}, 9999)] == [in_english]


def test_what_is_stored_as_words_is_the_organisations(office: Chat) -> None:
    number = office.number("Tender")
    office.say(OFFICER, f"/task {number}")
    office.press(OFFICER, f"v1|late0|{number}|{office.milestone('Tender').revision}")
    with office.store.read() as session:
        [one] = session.scalars(select(AuditEntry).where(AuditEntry.action == "late-reason"))
    assert one.after["reason"] == "예산"


def test_an_update_that_breaks_is_apologised_for_in_its_senders_language(office: Chat) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError

    office.dispatcher._talk = broken  # type: ignore[method-assign, assignment]
    [said] = office.say(OFFICER, "/my")
    assert is_english(said)
