"""What answers in English tell to type is read: fields, days, amounts and the words behind a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.chat.fields import field_at
from bot.completion.evidence import NOT_PUBLIC, PUBLIC
from bot.corrections.vocabulary import FIELDS
from bot.speech.answers import is_cancelling
from bot.speech.reading import Intent
from bot.speech.understand import understand
from jobs.milestones.share import is_everybody
from plans.fields.money import in_won, read_budgets
from plans.time.either import read_prefix
from plans.time.timeline import CannotSay, Context, Reading
from store import own_days
from store.models import Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.bot.speech.tables.rows import CALENDAR

DUE = date(2026, 7, 3)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(
        tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", DUE, expr="2026. 7. 3."))
    )
    made.join("김하늘")
    made.join("최기획", RoleName.PLANNER)
    return made


def the_task(chat: Chat) -> Task:
    with chat.store.read() as session:
        found = session.query(Task).filter_by(title="보행로 정비").one()
        assert [one.officer.name for one in found.assignments]
        return found


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("title Street lamps replaced", "title", "Street lamps replaced"),
        ("Title Street lamps", "title", "Street lamps"),
        ("due date 20 July", "due", "20 July"),
        ("due 20 July", "due", "20 July"),
        ("supporting departments Roads, Finance", "related", "Roads, Finance"),
        ("lead department Roads", "department", "Roads"),
        ("budget KRW 120 million", "budgets", "KRW 120 million"),
        ("제목 가로등 교체", "title", "가로등 교체"),
        ("colour red", None, "colour red"),
        ("title", "title", ""),
    ],
)
def test_a_field_is_the_longest_name_at_the_front(typed: str, field: str | None, value: str) -> None:
    assert field_at(typed, FIELDS) == (field, value)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("120,000,000 won", 120_000_000),
        ("KRW 120,000,000", 120_000_000),
        ("₩1,500", 1_500),
        ("KRW 120 million", 120_000_000),
        ("1.5 billion won", 1_500_000_000),
        ("120백만원", 120_000_000),
    ],
)
def test_an_amount_in_english_is_that_in_won(typed: str, won: int) -> None:
    assert [(one.year, one.krw) for one in read_budgets(in_won(typed))] == [(None, won)]


def test_the_year_before_an_amount_is_its_own() -> None:
    found = read_budgets(in_won("2026: KRW 120 million, 2027: KRW 80,000,000"))
    assert [(one.year, one.krw) for one in found] == [(2026, 120_000_000), (2027, 80_000_000)]


def test_words_that_are_no_amount_stay() -> None:
    assert in_won("the team won 3 prizes, 5 wonders") == "the team won 3 prizes, 5 wonders"


@pytest.mark.parametrize(
    ("typed", "first", "last", "rest"),
    [
        ("20 September 2026 opening ceremony", date(2026, 9, 20), date(2026, 9, 20), "opening ceremony"),
        ("20 July opening", date(2026, 7, 20), date(2026, 7, 20), "opening"),
        ("October 2026 opening", date(2026, 10, 1), date(2026, 10, 31), "opening"),
        ("2026. 9. 20. 준공식", date(2026, 9, 20), date(2026, 9, 20), "준공식"),
    ],
)
def test_a_time_in_either_language_is_read(typed: str, first: date, last: date, rest: str) -> None:
    found = read_prefix(typed, Context(2026))
    assert isinstance(found, Reading)
    [window] = found.windows
    assert (window.start, window.due, typed[found.end :].strip()) == (first, last, rest)


@pytest.mark.parametrize("typed", ["soon", "31 June 2026", "2026. 2. 30.", "곧"])
def test_what_is_no_time_in_either_is_none(typed: str) -> None:
    assert isinstance(read_prefix(typed, Context(2026)), CannotSay)


@pytest.mark.parametrize(
    ("caption", "is_public"),
    [
        ("112 public", True),
        ("112 Public", True),
        ("112 not public", False),
        ("112 not to be made public", False),
        ("112 isn’t public", False),
        ("112 non-public", False),
        ("112 public: no", False),
        ("112 publication", False),
        ("112 공개", True),
        ("112 비공개", False),
    ],
)
def test_a_photo_is_public_where_its_caption_says_so(caption: str, is_public: bool) -> None:
    assert (PUBLIC.search(caption) is not None and NOT_PUBLIC.search(caption) is None) == is_public


@pytest.mark.parametrize("typed", ["cancel", "Cancel", "CANCEL.", "취소"])
def test_cancel_is_read_however_the_telephone_begins_it(typed: str) -> None:
    assert is_cancelling(typed)


@pytest.mark.parametrize(
    ("typed", "is_meant"), [("all-departments", True), ("All", False), ("전 실·과", True)]
)
def test_all_departments_are_named_by_a_word_that_begins_no_sentence(typed: str, is_meant: bool) -> None:
    assert is_everybody(typed) == is_meant


def test_what_is_registered_is_put_right_in_english(chat: Chat) -> None:
    number = the_task(chat).id
    assert "Street lamps" in chat.say("최기획", f"/edit {number} title Street lamps")[0]
    chat.say("최기획", f"/edit {chat.number('설계 용역')} budget KRW 120 million")
    with chat.store.read() as session:
        found = session.get_one(Task, number)
        assert found.title == "Street lamps"
        assert [one["krw"] for one in found.budgets] == [120_000_000]


def test_a_misread_day_is_put_right_at_once(chat: Chat) -> None:
    chat.say("최기획", f"/edit {chat.number('설계 용역')} due date 20 July misread wrong column")
    milestone = chat.milestone("설계 용역")
    assert (milestone.due_on, milestone.original_due_on) == (date(2026, 7, 20), date(2026, 7, 20))


def test_and_the_question_which_way_is_answered_in_words(chat: Chat) -> None:
    chat.say("최기획", f"/edit {chat.number('설계 용역')} due 20 July")
    assert chat.milestone("설계 용역").due_on == DUE
    chat.say("최기획", "Misread")
    assert chat.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_a_task_and_a_milestone_are_added(chat: Chat) -> None:
    number = the_task(chat).id
    chat.say("최기획", f"/add {number} 20 September 2026 opening ceremony")
    assert chat.milestone("opening ceremony").due_on == date(2026, 9, 20)
    chat.say("최기획", "/add task 도로과 김하늘 Footpath repairs")
    with chat.store.read() as session:
        assert session.query(Task).filter_by(title="Footpath repairs").count() == 1


def test_days_off_are_entered_worked_and_lifted(chat: Chat) -> None:
    chat.say("최기획", "/daysoff 30 December - 31 December closing")
    chat.say("최기획", "/daysoff 17 July work")
    chat.say("최기획", "/daysoff 30 December lift")
    with chat.store.read() as session:
        assert own_days.working(session) == {date(2026, 7, 17): True, date(2026, 12, 31): False}


def test_a_task_is_confidential_until_that_is_lifted(chat: Chat) -> None:
    number = the_task(chat).id
    chat.say("최기획", f"/secret {number}")
    assert the_task(chat).is_secret
    chat.say("최기획", f"/secret {number} lift")
    assert not the_task(chat).is_secret


def test_how_many_days_lie_ahead_may_be_typed_with_its_unit(chat: Chat) -> None:
    plain = chat.say("최기획", "/upcoming 30")
    assert plain == chat.say("최기획", "/upcoming 30 days") == chat.say("최기획", "/upcoming 30일")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("112 recruited 20 participants", Intent.DONE),
        ("112 received the quotes", Intent.DONE),
        ("112 we have launched the survey", Intent.DONE),
        ("112 started the survey", Intent.NOTE),
        ("112 drafting the announcement", Intent.NOTE),
        ("112 we are discussing it with the finance department", Intent.NOTE),
        ("112 in talks with the supplier", Intent.ASK),
        ("112 has not started the survey", Intent.ASK),
        ("112 haven't recruited anybody", Intent.ASK),
        ("112 will be recruiting in July", Intent.ASK),
        ("112 meeting room booked", Intent.ASK),
        ("112 training", Intent.ASK),
        ("112 cancelled the survey", Intent.ASK),
        ("112 recruited enough people?", Intent.ASK),
    ],
)
def test_a_sentence_that_begins_with_its_verb_tells_what_a_korean_one_tells_at_its_end(
    text: str, intent: Intent
) -> None:
    """Proposed at once, as 모집했습니다 and 협의하고 있습니다 are; whatever is denied, planned or a noun is asked about."""
    found = understand(text, date(2026, 7, 1), CALENDAR)
    assert (found.intent, found.ids, found.acts) == (intent, (112,), False)
