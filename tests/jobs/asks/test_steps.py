"""The steps of a reply by the kind of its request: confirmed, signed, judged or chosen from; a kind of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs.asks import kind as kinds
from jobs.asks import kinds as builtin
from jobs.asks import replies, verdicts, window
from jobs.asks.window import AskError
from reports import ask_words
from reports.ask_files import workbook
from reports.texts import CATALOGUE
from store import asks
from store.db.engine import Store
from store.models import AuditEntry
from store.states import AnswerState
from tests.jobs.ask_table import NOTHING, AskTable
from tests.jobs.asks.test_counts import book_rows

PLACE = "도로과"


@pytest.fixture
def office(store: Store) -> AskTable:
    return AskTable(store)


def refused(office: AskTable, step: Any, *given: Any, by: str = "총괄") -> str:
    with pytest.raises(AskError) as error:
        office.do(step, *given, by=by)
    return error.value.code


def state(office: AskTable, number: int) -> AnswerState:
    with office.store.read() as session:
        own = asks.answer_of(session, number, office.places[PLACE])
        assert own is not None
        return own.state


def test_each_kind_has_its_steps_and_its_words_in_each_language() -> None:
    assert list(kinds.known()) == ["collection", "ideas", "review", "council", "laggards"]
    for key, kind in kinds.known().items():
        for language in ("ko", "en"):
            texts = CATALOGUE.of(language)
            assert texts.line(f"ask_{key}.name")
            for table, codes in (("verdict", kind.verdicts), ("choice", kind.choices)):
                assert not codes or set(texts.words(f"ask_{key}.{table}")) == set(codes)


def test_a_review_is_confirmed_then_signed_then_judged_each_by_its_own(office: AskTable) -> None:
    number, place = office.open(kind="review"), office.places[PLACE]
    office.hand_in(number, PLACE, 10)
    assert refused(office, replies.sign, number, place, by="과장") == "reply-moved-on"
    assert refused(office, verdicts.evaluate, number, place, "good", None) == "not-yet-there"
    office.do(replies.confirm, number, place, by="팀장")
    assert refused(office, verdicts.evaluate, number, place, "good", None) == "not-yet-there"
    office.do(replies.sign, number, place, by="과장")
    assert refused(office, verdicts.evaluate, number, place, "adopted", None) == "no-verdict"
    assert refused(office, verdicts.evaluate, number, place, "poor", " ") == "no-reason-for"
    office.do(verdicts.evaluate, number, place, "poor", "근거가 없음")
    office.do(verdicts.evaluate, number, place, "partly", None)
    assert (state(office, number), office.whole(number).answered) == (AnswerState.EVALUATED, 1)
    told = [(one.before["verdict"], one.after["verdict"]) for one in office.log() if "verdict" in one.after]
    assert told == [(None, "poor"), ("poor", "partly")]


def test_what_is_sent_back_after_its_verdict_keeps_both_versions_and_is_judged_anew(office: AskTable) -> None:
    number, place = office.open(kind="review", steps=("answer", "evaluate")), office.places[PLACE]
    office.hand_in(number, PLACE, 10)
    office.do(verdicts.evaluate, number, place, "poor", "근거가 없음")
    office.do(replies.send_back, number, place, "근거를 더해 주십시오")
    office.hand_in(number, PLACE, 20)
    with office.store.read() as session:
        own = asks.answer_of(session, number, place)
        assert own is not None and asks.verdicts(session, own) == {}
        assert [len(asks.rows(session, own, at)) for at in (1, 2)] == [1, 1]
    office.do(verdicts.evaluate, number, place, "good", None)
    office.do(replies.reopen, number, place, "다시 봄")
    assert state(office, number) is AnswerState.ANSWERED


def test_rows_are_chosen_once_those_above_have_passed_them_and_become_something_once(
    office: AskTable,
) -> None:
    number, place = office.open(kind="ideas"), office.places[PLACE]
    office.hand_in(number, PLACE, 10, 20, 30)
    assert refused(office, verdicts.choose, number, place, 1, "adopted", None) == "not-yet-there"
    office.do(replies.confirm, number, place, by="팀장")
    assert refused(office, verdicts.choose, number, place, 2, "rejected", None) == "no-reason-for"
    assert refused(office, verdicts.choose, number, place, 4, "adopted", None) == "no-row"
    office.do(verdicts.choose, number, place, 1, "adopted", None)
    office.do(verdicts.choose, number, place, 2, "rejected", "예산이 없음")
    office.do(verdicts.choose, number, place, 3, "held", "내년에")
    with office.store.write() as session:
        own = asks.answer_of(session, number, place)
        assert own is not None
        said = asks.verdicts(session, own)
        verdicts.became(office.deed(session), said[1], own, "item:1")
        with pytest.raises(AskError, match="not-kept"):
            verdicts.became(office.deed(session), said[2], own, "item:2")
        with pytest.raises(AskError, match="became"):
            verdicts.became(office.deed(session), said[1], own, "item:3")
    assert refused(office, verdicts.choose, number, place, 1, "held", "다시") == "became"
    head, *rows = book_rows(office.workbook(number, workbook))
    assert head[-2:] == ("선정", "사유")
    assert [row[-2:] for row in rows] == [("채택", None), ("불채택", "예산이 없음"), ("보류", "내년에")]


def test_a_reply_of_which_rows_were_chosen_is_not_replaced_unseen(office: AskTable) -> None:
    number, place = office.open(kind="ideas", steps=("answer", "select")), office.places[PLACE]
    office.hand_in(number, PLACE, 10)
    office.do(verdicts.choose, number, place, 1, "adopted", None)
    assert refused(office, replies.hand_in, number, place, NOTHING, by="서무") == "chosen"
    office.do(replies.send_back, number, place, "다시 보아 주십시오")
    office.reply(number, PLACE, NOTHING)
    assert state(office, number) is AnswerState.ANSWERED


def test_the_result_is_told_once_and_after_the_end(office: AskTable) -> None:
    number = office.open(kind="review")
    assert refused(office, window.notify, number) == "not-closed"
    office.do(window.freeze, number)
    office.do(window.notify, number)
    assert refused(office, window.notify, number) == "notified"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "none"}, "no-kind"),
        ({"kind": "council"}, "no-hour"),
        ({"kind": "collection", "steps": ("answer", "select")}, "no-such-step"),
        ({"kind": "ideas", "steps": ("answer", "evaluate")}, "no-such-step"),
    ],
)
def test_a_request_has_what_its_kind_can_do(office: AskTable, given: dict[str, Any], code: str) -> None:
    with pytest.raises(AskError) as error:
        office.open(**given)
    assert error.value.code == code


OWN = '''"""수요 조사 of one's own: a verdict of the whole reply."""

from jobs.asks.kind import Kind

KIND = Kind("survey", steps=("answer", "evaluate"), verdicts=("funded", "later"), reasoned=frozenset({"later"}))
'''


@pytest.fixture
def own_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A kind as a developer adds one: a module, and a folder of texts in each language."""
    (tmp_path / "survey.py").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(builtin, "__path__", [*builtin.__path__, str(tmp_path)])
    for language, words in {"ko": ("수요조사", "반영", "추후"), "en": ("Survey", "funded", "later")}.items():
        name, funded, later = words
        told = {"name": name, "verdict": {"funded": funded, "later": later}}
        texts = CATALOGUE.of(language)
        monkeypatch.setitem(texts._files, "ask_survey", told)
    kinds.known.cache_clear()
    yield
    kinds.known.cache_clear()
    sys.modules.pop("jobs.asks.kinds.survey", None)
    for language in ("ko", "en"):
        found = CATALOGUE.of(language)._found
        for key in [one for one in found if one.startswith("ask_survey")]:
            del found[key]


@pytest.mark.usefixtures("own_kind")
def test_a_kind_of_ones_own_is_one_module_and_one_folder_of_texts(office: AskTable) -> None:
    assert "survey" in kinds.known() and ask_words.kind_said("수요조사", kinds.known()) == "survey"
    number, place = office.open(kind="survey"), office.places[PLACE]
    office.hand_in(number, PLACE, 10)
    assert refused(office, verdicts.evaluate, number, place, "later", None) == "no-reason-for"
    office.do(verdicts.evaluate, number, place, ask_words.verdict_said("survey", "반영"), None)
    assert office.whole(number).kind == "survey"
    with office.store.read() as session:
        own = asks.answer_of(session, number, place)
        assert own is not None
        assert ask_words.verdict_word("survey", asks.verdicts(session, own)[0].verdict) == "반영"
        assert session.query(AuditEntry).filter_by(action="reply-evaluated").count() == 1
