"""In which language is spoken: whoever opens it, in this thread alone; days, counts and codes in both."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.texts.render import label
from reports.pledges import read_pledge_status
from reports.texts import grammar
from reports.texts.catalogue import Catalogue, Spoken, TextError
from reports.texts.speaking import house, known, language, settle, speaking, typed_in
from reports.texts.states import GATE_WORDS, REASON_WORDS
from store.states import Gate

DAY = date(2026, 7, 3)
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def english_house() -> Iterator[None]:
    """An organisation whose language is English."""
    settle("en")
    yield
    settle("ko")


def test_the_house_speaks_until_somebody_else_is_spoken_to() -> None:
    assert (language(), house()) == ("ko", "ko")
    with speaking("en"):
        assert (language(), house()) == ("en", "ko")
        with speaking(None):
            assert language() == "ko"
        assert language() == "en"
    assert language() == "ko"


def test_who_has_chosen_nothing_is_spoken_to_in_the_houses_language(english_house: None) -> None:
    with speaking(None):
        assert language() == "en"


def test_another_thread_hears_nothing_of_it() -> None:
    with speaking("en"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(language).result() == "ko"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("en", "en"), ("en-GB", "en"), ("en_US.UTF-8", "en"), ("ko_KR.UTF-8", "ko"), ("KO", "ko"),
        ("C.UTF-8", None), ("fr", None), ("", None), (None, None), ("eng", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_code(said: str | None, found: str | None) -> None:
    assert known(said) == found


def test_days_are_written_as_each_language_writes_them() -> None:
    written = [
        grammar.full_day, grammar.long_day, grammar.short_day, grammar.year_month, grammar.weekday,
    ]  # fmt: skip
    assert [one(DAY) for one in written] == ["2026. 7. 3.", "2026. 7. 3.(금)", "7. 3.(금)", "2026. 7.", "금"]
    with speaking("en"):
        said = ["3 July 2026", "Fri 3 July 2026", "Fri 3 July", "July 2026", "Fri"]
        assert [one(DAY) for one in written] == said
        assert grammar.near_day(DAY, date(2026, 1, 1)) == "Fri 3 July"
        assert grammar.near_day(DAY, date(2027, 1, 1)) == "Fri 3 July 2026"


def test_what_more_is_said_of_a_name_stands_in_brackets_as_each_language_sets_them() -> None:
    with speaking("ko"):
        assert grammar.beside("도로과", "2팀") + grammar.bare_day(date(2026, 6, 30)) == "도로과(2팀)6. 30."
    with speaking("en"):
        assert (
            grammar.beside("Roads", "team 2") + grammar.bare_day(date(2026, 6, 30)) == "Roads (team 2)30 June"
        )


def test_and_so_are_instants() -> None:
    at = datetime(2026, 7, 3, 0, 12, tzinfo=ZoneInfo("UTC"))
    assert grammar.moment(at, SEOUL) == "7. 3.(금) 09:12"
    assert grammar.long_moment(at, SEOUL).endswith(". 7. 3.(금) 09:12")
    with speaking("en"):
        assert grammar.moment(at, SEOUL) == "Fri 3 July 09:12"
        assert grammar.long_moment(at, SEOUL) == f"Fri 3 July {at.year} 09:12"
        assert grammar.full_moment(at.astimezone(SEOUL)) == "3 July 2026, 09:12"


def test_english_counts_have_an_ending_and_no_particles() -> None:
    english, korean = grammar.of("en"), grammar.of("ko")
    assert [english.plural(one, "item") for one in (0, 1, 3)] == ["0 items", "1 item", "3 items"]
    assert english.plural(1234, "entry", "entries") == "1,234 entries"
    assert korean.plural(1234, "건") == "1,234건"
    assert (english.josa("delay", "은/는"), korean.josa("연기", "은/는")) == ("delay", "연기는")
    assert (english.quoted("Paper", "은/는", "(May)"), korean.quoted("백서", "은/는")) == (
        "'Paper'(May)",
        "'백서'는",
    )


@pytest.fixture
def garden(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    """Texts of two languages, of which one lacks a line."""
    texts = Spoken("garden")
    files = {
        "ko": {"hi": "안녕", "only": "여기만", "head": ["이름"], "kinds": {"oak": "참나무"}},
        "en": {"hi": "Hello", "head": ["name"], "kinds": {"oak": "oak"}},
    }
    for code, table in files.items():
        monkeypatch.setitem(texts.of(code)._files, "trees", table)
    return texts


def test_a_text_is_of_the_language_that_is_spoken(garden: Spoken) -> None:
    assert (garden.line("trees.hi"), garden.labels("trees.head")) == ("안녕", ("이름",))
    with speaking("en"):
        assert (garden.line("trees.hi"), garden.labels("trees.head")) == ("Hello", ("name",))
        assert garden.words("trees.kinds")["oak"] == "oak"


def test_a_text_that_a_language_lacks_is_a_fault_and_not_another_languages(garden: Spoken) -> None:
    with speaking("en"), pytest.raises(TextError, match=r"trees\.only"):
        garden.line("trees.only")


def test_what_is_read_may_be_in_any_language(garden: Spoken) -> None:
    assert garden.told("trees.hi") == ["안녕", "Hello"]
    assert garden.told("trees.only") == ["여기만"]
    assert garden.codes("trees.kinds") == {"참나무": "oak", "oak": "oak"}


def test_a_code_is_read_by_its_word_at_the_front_and_the_rest_is_left() -> None:
    assert GATE_WORDS.read("추경 9.30 의결") == (Gate.EXTRA_BUDGET, "9.30 의결")
    assert GATE_WORDS.read("추경") == (Gate.EXTRA_BUDGET, "")
    assert GATE_WORDS.read("추경안 9.30") == (None, "추경안 9.30")
    assert read_pledge_status("정 상 추 진") is not None


def test_labels_and_codes_are_asked_for_when_they_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.texts import render  # noqa: PLC0415
    from reports import texts  # noqa: PLC0415

    english: dict[str, object] = {"DelayReason": {"budget": "Budget"}}
    monkeypatch.setitem(texts.CATALOGUE._made, "en", Catalogue("reports", language="en"))
    monkeypatch.setitem(texts.CATALOGUE.of("en")._files, "states", english)
    monkeypatch.setitem(
        render._LINES._made, "en", Catalogue("bot", language="en", environment=render.environment)
    )
    monkeypatch.setitem(
        render.catalogue("en")._files, "trees", {"many": '{{ n|plural("tree") }} on {{ day|day(day) }}'}
    )
    budget = next(iter(REASON_WORDS))
    assert REASON_WORDS[budget] == "예산"
    with speaking("en"):
        assert REASON_WORDS[budget] == "Budget"
        assert label("trees.many", n=3, day=DAY) == "3 trees on Fri 3 July"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is overdue", "en"),
        ("Anna Maria Kim", None),
        ("ok", None),
        ("다 했습니다", "ko"),
        ("설계 done now", None),
    ],
)
def test_a_sentence_has_a_language_and_a_name_has_none(text: str, said: str | None) -> None:
    assert typed_in(text) == said
