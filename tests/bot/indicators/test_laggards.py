"""부진지표: what is behind is asked about stage by stage, each over the rows of the one before, and nothing by itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.digest.files import made, wanted_of
from jobs.asks import replies
from jobs.asks.replies import Reply
from jobs.asks.window import AskError
from jobs.authority.permissions import Deed
from jobs.indicators import laggards, steps
from jobs.indicators.figures import ends_of
from jobs.indicators.steps import Amount, Entry
from plans.sheet.grid import Grid
from plans.sheet.returned import Value, read_returned
from reports import ask_files
from reports import asks as listing
from reports.indicator_asks import STAGES
from store import asks, officers
from store.audit import Who
from store.models import Ask, Indicator, Task
from store.states import AnswerState, IndicatorKind
from tests.bot.asks.office import CONTACT, LEAD, PLANNER, office, reply
from tests.bot.chat import Chat
from tests.builders import RULES, kst

HALF = 6


def add(chat: Chat, name: str, each: str, place: str = "도로과", *, months: int = HALF) -> int:
    """An indicator with a plan of 100 a month, and so much of each month of the half year."""
    with chat.store.write() as session:
        deed = Deed(session, Who(None, "기획", "test", "test"), kst(2026, 7, 1, 9), RULES)
        where = officers.department(session, place)
        number = steps.add(deed, Entry(name, IndicatorKind.COUNT, department=where, unit="건")).id
        for month in range(1, 13):
            steps.set_target(deed, number, Amount("100"), 2026, month)
        for end in ends_of(session.get_one(Indicator, number), 2026)[:months]:
            steps.enter_value(deed, number, end, Amount(each))
    return number


def kind_of(owed: tuple[str, Any]) -> str:
    return {"kpilagbook": "xlsx", "kpilagpaper": "docx"}.get(owed[0], "")


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    made.clock.current = kst(2026, 7, 7, 10)
    yield made
    made.store.close()


def opened(chat: Chat) -> list[Ask]:
    with chat.store.read() as session:
        return laggards.chain(session, 2026)


def open_stage(chat: Chat) -> Ask:
    chat.say(PLANNER, "/kpi 부진 9.21")
    chat.tap(PLANNER, "열기")
    return opened(chat)[-1]


def test_what_would_be_asked_is_shown_and_nobody_is_asked_until_it_is_opened(chat: Chat) -> None:
    slow, kept = add(chat, "느린 상담", "40"), add(chat, "제때 하는 상담", "100")
    short, empty = add(chat, "조금 모자란 상담", "80"), add(chat, "적지 않은 상담", "0", months=0)
    [said] = chat.say(PLANNER, "/kpi")
    assert "부진 1개" in said
    [said] = chat.tap(PLANNER, "부진지표 요청")
    assert "느린 상담: 240건 / 계획 600건 (40.0%, 2026. 6. 30. 기준) · 부진" in said
    assert "지표 1개 · 부서 1곳(도로과)" in said and "아직 아무에게도 묻지 않았습니다" in said
    assert opened(chat) == []
    [said] = chat.tap(PLANNER, "열기")
    assert "2026년 부진지표 원인·대책" in said
    [of] = opened(chat)
    assert [one["no"] for rows in of.scope["given"].values() for one in rows] == [slow]
    assert {kept, short, empty}.isdisjoint({slow})
    assert of.due_on == date(2026, 7, 20)  # the 17th is a day off


def test_only_the_planning_office_asks(chat: Chat) -> None:
    add(chat, "느린 상담", "40")
    [said] = chat.say(CONTACT, "/kpi 부진")
    assert "기획실에서 엽니다" in said
    assert opened(chat) == []


def test_a_list_that_has_changed_since_is_shown_anew_and_not_opened(chat: Chat) -> None:
    add(chat, "느린 상담", "40")
    chat.say(PLANNER, "/kpi 부진")
    [data] = [data for text, data in chat.keyboard(PLANNER).items() if text == "열기"]
    add(chat, "더 느린 상담", "10", "공원과")
    [said] = chat.press(PLANNER, data)
    assert "그 사이에 바뀌었습니다" in said and "더 느린 상담" in said
    assert opened(chat) == []


def test_nothing_behind_is_said(chat: Chat) -> None:
    add(chat, "제때 하는 상담", "100")
    [said] = chat.say(PLANNER, "/kpi 부진")
    assert "부진한 지표가 없습니다" in said


def test_a_department_answers_for_each_row_of_its_list(chat: Chat) -> None:
    add(chat, "느린 상담", "40")
    slower = add(chat, "더 느린 상담", "10")
    of = open_stage(chat)
    [said] = chat.say(CONTACT, f"/ask {of.id}")
    assert "2건" in said
    [said] = chat.tap(CONTACT, "답하기")
    assert "더 느린 상담" in said and "60건 / 계획 600건 (10.0%)" in said
    for one in ("사람이 없습니다", "채용합니다", "9.30", "900건"):
        chat.say(CONTACT, one)
    [said] = (
        chat.tap(CONTACT, "취소")
        if "취소" in chat.keyboard(CONTACT)
        else chat.say(CONTACT, "예산이 늦었습니다")
    )
    assert "개선 대책" in said
    for one in ("추경에 반영", "8.31", "1,000건"):
        [said] = chat.say(CONTACT, one)
    assert "제출하였습니다" in said
    own, rows = reply(chat, of.id)
    assert own.state is AnswerState.ANSWERED
    assert rows[0]["no"] == slower
    assert [one["cause"] for one in rows] == ["사람이 없습니다", "예산이 늦었습니다"]
    assert [one["by"] for one in rows] == ["2026-09-30", "2026-08-31"]


def test_fewer_rows_than_the_list_has_are_refused(chat: Chat) -> None:
    first = add(chat, "느린 상담", "40")
    add(chat, "더 느린 상담", "10")
    of = open_stage(chat)
    with chat.store.write() as session:
        where = officers.department(session, "도로과")
        assert where is not None
        deed = Deed(session, Who(None, "서무", "test", "test"), chat.clock.now(), chat.rules)
        row: dict[str, Value] = {"cause": "가", "measure": "나", "by": "2026-08-31", "expect": "다"}
        for rows, code in (
            ([row], "too-few"),
            ([{**row, "no": str(first)}, {**row, "no": str(first)}], "not-given"),
            ([{**row, "no": "999"}, row], "not-given"),
        ):
            with pytest.raises(AskError) as refused:
                replies.hand_in(deed, of.id, where.id, Reply(rows=rows))
            assert refused.value.code == code


def test_the_sheet_that_comes_back_in_another_order_is_matched_by_its_numbers(chat: Chat) -> None:
    first, second = add(chat, "느린 상담", "40"), add(chat, "더 느린 상담", "10")
    of = open_stage(chat)
    with chat.store.write() as session:
        where = officers.department(session, "도로과")
        assert where is not None
        book = load_workbook(
            io.BytesIO(ask_files.empty_form(listing.form_of(of), "도로과", asks.given(of, where.id)))
        )
        cells = [
            ["" if one is None else str(one) for one in row]
            for row in book.worksheets[0].iter_rows(values_only=True)
        ]
        head = next(at for at, row in enumerate(cells) if "지표번호" in row)
        assert [int(row[0]) for row in cells[head + 1 :]] == [second, first]
        turned = [
            cells[head],
            [*cells[head + 2][:3], "원인1", "대책1", "2026. 8. 31.", "900"],
            [*cells[head + 1][:3], "원인2", "대책2", "2026. 8. 31.", "800"],
        ]
        found = read_returned(listing.form_of(of), Grid(name="가", rows=turned), 2026)
        assert found.faults == []
        deed = Deed(session, Who(None, "서무", "test", "test"), chat.clock.now(), chat.rules)
        replies.hand_in(deed, of.id, where.id, Reply(rows=found.rows))
    _, rows = reply(chat, of.id)
    assert {one["no"]: one["cause"] for one in rows} == {first: "원인1", second: "원인2"}


def test_from_the_first_list_to_the_final_review(chat: Chat) -> None:
    slow, parks = add(chat, "느린 상담", "40"), add(chat, "느린 식재", "60", "공원과")
    answers = {
        "remedy": "담당자 결원 / 인력 충원 / 8.31 / 1,150건",
        "first": "7.10 / 현장 방문을 늘림 / 주 2회 방문",
        "second": "7.15 / 계속 / 합의함",
        "review": "충원을 마침 / 없음",
        "final": "1,180건 / 이상 없음",
    }
    for at, (stage, text) in enumerate(answers.items()):
        of = open_stage(chat)
        assert (of.scope["stage"], of.kind) == (stage, "laggards")
        assert of.like_id == (opened(chat)[at - 1].id if at else None)
        assert sorted(one["no"] for rows in of.scope["given"].values() for one in rows) == [slow, parks]
        chat.say(CONTACT, f"/ask {of.id}")
        chat.tap(CONTACT, "답하기")
        chat.say(CONTACT, text)
        own, rows = reply(chat, of.id)
        assert own.state is AnswerState.ANSWERED, (stage, rows)
        assert set(STAGES[stage]) <= rows[0].keys()
        chat.say(LEAD, f"/ask {of.id}")
        chat.tap(LEAD, "확인")
        assert reply(chat, of.id)[0].state is AnswerState.CONFIRMED
        if stage == "first":  # July comes in, and the counselling has caught up
            chat.clock.current = kst(2026, 8, 7, 10)
            with chat.store.write() as session:
                deed = Deed(session, Who(None, "기획", "test", "test"), chat.clock.now(), RULES)
                steps.enter_value(deed, slow, date(2026, 7, 31), Amount("460"))
        chat.clock.current = max(chat.clock.current, kst(2026, 7, 8, 10))
    [row] = reply(chat, opened(chat)[2].id)[1]
    assert row["cause"] == "담당자 결원" and row["first-agreed"] == "주 2회 방문"
    assert row["then"] == "240건 / 계획 600건 (40.0%) · 2026. 6. 30. 기준"
    assert row["now"] == "700건 / 계획 700건 (100.0%) · 2026. 7. 31. 기준 · 회복"
    [said] = chat.say(PLANNER, "/kpi 부진")
    assert "더 여쭐 단계가 없습니다" in said
    with chat.store.read() as session:
        paper = laggards.paper(session, date(2026, 8, 7), RULES.indicators.bound, 2026)
    assert dict(paper.facts[:2]) == {"기준일": "2026. 8. 7.", "지표": "2개 · 회복 1개 · 부진 1개"}
    assert paper.facts[2] == ("회신", "원인·대책 1/2곳")
    [line] = next(one.rows for one in paper.tables if one.title == "도로과")
    assert line[4] == "담당자 결원"
    assert "개선 대책: 인력 충원" in line[5] and "12월 말 예상 실적: 1,180건" in line[5]
    assert "완료 예정일: 2026. 8. 31." in line[5]
    for kind in ("xlsx", "docx"):
        chat.tap(PLANNER, f"자료(.{kind})")
        [owed] = [
            one for one in map(wanted_of, chat.owed(chat.people[PLANNER])) if one and kind_of(one) == kind
        ]
        with chat.store.read() as session:
            file = made(session, owed, chat.office, chat.clock.now())
        assert file is not None and file[0].endswith(f".{kind}")
        content = file[1]
        text = (
            str([*load_workbook(io.BytesIO(content)).worksheets[0].values])
            if kind == "xlsx"
            else str(
                [[c.text for c in r.cells] for t in Document(io.BytesIO(content)).tables for r in t.rows]
            )
        )
        assert "담당자 결원" in text and "느린 식재" in text
        chat.say(PLANNER, "/kpi 부진")


def test_a_secret_tasks_indicator_is_not_named(chat: Chat) -> None:
    number = add(chat, "몰래 하는 상담", "40")
    with chat.store.write() as session:
        one = session.get_one(Indicator, number)
        task = session.query(Task).filter(Task.title == "보행로 정비").one()
        task.is_secret, one.task_id, one.department_id = True, task.id, None
    [said] = chat.say(PLANNER, "/kpi 부진")
    assert "몰래" not in said
    of = open_stage(chat)
    assert "몰래" not in str(of.scope) and "240" not in str(of.scope)
