"""What is said of replies in chat: confirmed, signed, judged or chosen from, and the result told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.asks.files import book_of
from store import asks
from store.models import Ask, Item, Task
from store.states import AnswerState, RoleName
from tests.bot.asks.office import CONTACT, LEAD, PARKS, PLANNER, ask, log, office, reply
from tests.bot.chat import SEOUL, Chat

HEAD = "한과장"


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    made.join(HEAD, RoleName.HEAD, "도로과")
    made.send_all()
    yield made
    made.store.close()


def passed(chat: Chat, number: int) -> None:
    """도로과 has replied with two rows, its lead has confirmed them."""
    chat.say(CONTACT, f"/ask {number} 쉼터 / 30; 그늘막 / 20")
    chat.say(LEAD, f"/ask {number}")
    chat.tap(LEAD, "✅ 확인")


def test_a_review_goes_from_lead_to_head_to_the_planning_office_and_its_result_back(chat: Chat) -> None:
    number = ask(chat, kind="review")
    passed(chat, number)
    assert "✅ 확정" not in chat.keyboard(LEAD)
    chat.say(HEAD, f"/ask {number}")
    assert "확정하였습니다" in chat.tap(HEAD, "✅ 확정")[0]
    chat.say(PLANNER, f"/ask {number} 도로과")
    assert "사유를 한 줄로" in chat.tap(PLANNER, "미흡")[0]
    [said] = chat.say(PLANNER, "근거 자료가 없습니다")
    assert "평가: <b>미흡</b> — 근거 자료가 없습니다" in said
    assert reply(chat, number)[0].state is AnswerState.EVALUATED
    chat.say(PLANNER, f"/ask {number} 마감")
    chat.tap(PLANNER, "마감")
    told = chat.tap(PLANNER, "결과 알림")
    assert any("결과를 1개 부서에 알렸습니다" in one for one in told)
    heard = [text for to, text in chat.send_all() if to == chat.people[CONTACT]]
    assert any("보내 주신 회신의 결과" in one and "미흡" in one for one in heard)
    assert log(chat)[-1] == "ask-notified"


def test_the_head_is_told_what_waits_for_a_signature_the_day_after(chat: Chat) -> None:
    number = ask(chat, kind="review")
    passed(chat, number)
    chat.send_all()
    chat.clock.current = datetime(2026, 7, 1, 9, 10, tzinfo=SEOUL)
    chat.scan()
    assert [text for to, text in chat.send_all() if to == chat.people[HEAD] and "확인하실 회신 1건" in text]
    assert number


def test_a_lead_does_not_sign_and_nobody_signs_the_own_reply(chat: Chat) -> None:
    number = ask(chat, kind="review", steps=("answer", "sign"))
    chat.say(HEAD, f"/ask {number} 쉼터 / 30")
    chat.say(LEAD, f"/ask {number}")
    assert "✅ 확정" not in chat.keyboard(LEAD) and "✅ 확정" not in chat.keyboard(HEAD)


def test_rows_are_chosen_one_after_another_and_become_an_item_or_a_task_by_one_tap(chat: Chat) -> None:
    number = ask(chat, kind="ideas")
    passed(chat, number)
    chat.say(PLANNER, f"/ask {number} 도로과")
    assert "1/2행" in chat.tap(PLANNER, "고르기")[0]
    assert "‘채택’으로 정하였습니다" in chat.tap(PLANNER, "채택")[0]
    assert "지시·건의 1번으로 올렸습니다" in chat.tap(PLANNER, "지시·건의로")[0]
    assert "지시·건의로" not in "".join(chat.keyboard(PLANNER))
    assert "2/2행" in chat.tap(PLANNER, "다음 행")[0]
    chat.tap(PLANNER, "보류")
    assert "사유: 내년 예산" in chat.say(PLANNER, "내년 예산")[0]
    chat.say(PLANNER, f"/ask {number} 도로과 선정 2 채택")
    assert "과제로 올렸습니다" in chat.tap(PLANNER, "과제로")[0]
    with chat.store.read() as session:
        [item] = session.query(Item).all()
        task = session.query(Task).filter_by(title="그늘막").one()
        assert (item.title, item.department.name, item.source) == ("쉼터", "도로과", "수요조사")
        assert task.department is not None and task.department.name == "도로과"
        of = session.get_one(Ask, number)
        said = asks.verdicts_of(session, number)
        assert of.kind == "ideas"
        assert [one.became for each in said.values() for one in each.values()] == [
            "item:1",
            f"task:{task.id}",
        ]


def test_an_old_button_chooses_nothing(chat: Chat) -> None:
    number = ask(chat, kind="ideas", steps=("answer", "select"))
    chat.say(CONTACT, f"/ask {number} 쉼터 / 30")
    chat.say(PLANNER, f"/ask {number} 도로과")
    chat.tap(PLANNER, "고르기")
    data = chat.keyboard(PLANNER)["채택"]
    chat.say(CONTACT, f"/ask {number} 쉼터 / 40")
    assert "그 사이에 회신이 달라져" in chat.press(PLANNER, data)[0]


def test_the_kind_is_chosen_before_it_opens_and_shown(chat: Chat) -> None:
    number = ask(chat)
    chat.say(PLANNER, f"/ask {number}")
    chat.tap(PLANNER, "같은 요청 다시")
    chat.say(PLANNER, "7.20")
    for said in ("기획실이 행마다 채택 여부를 정합니다", "기획실이 회신마다 평가합니다"):
        chat.tap(PLANNER, "종류: 제안")  # the same button again: the next kind
        assert said in chat.owed(chat.people[PLANNER])[-1].payload["text"]
    chat.tap(PLANNER, "▶ 열기")
    with chat.store.read() as session:
        of = asks.listed(session)[0]
        assert (of.kind, of.steps, of.due_on) == (
            "review",
            ["answer", "confirm", "sign", "evaluate"],
            date(2026, 7, 20),
        )


def test_only_the_planning_office_says_it_and_the_workbook_prints_it(chat: Chat) -> None:
    number = ask(chat, kind="review", steps=("answer", "evaluate"))
    chat.say(PARKS, f"/ask {number} 쉼터 / 30")
    chat.say(PARKS, f"/ask {number} 공원과 평가 적정")
    assert reply(chat, number, "공원과")[0].state is AnswerState.ANSWERED
    assert "쓸 수 없는 결과" in chat.say(PLANNER, f"/ask {number} 공원과 평가 훌륭")[0]
    chat.say(PLANNER, f"/ask {number} 공원과 평가 적정 잘 되었음")
    assert reply(chat, number, "공원과")[0].state is AnswerState.EVALUATED
    with chat.store.read() as session:
        assert book_of(session, {"number": number}, chat.office, chat.clock.now()) is not None


def test_a_closed_request_is_corrected_and_both_values_stay(chat: Chat) -> None:
    number = ask(chat, kind="ideas", steps=("answer", "select"))
    chat.say(CONTACT, f"/ask {number} 쉼터 / 30; 그늘막 / 20")
    chat.say(PLANNER, f"/ask {number} 도로과 선정 2 채택")
    said = f"요청 {number} 도로과 2 금액 35 / 단위 착오"
    assert "아직 마감하지 않았습니다" in chat.say(PLANNER, f"/correct {said}")[0]
    chat.say(PLANNER, f"/ask {number} 마감")
    chat.tap(PLANNER, "마감")
    assert "칸을 정정하였습니다" in chat.say(PLANNER, f"/correct {said}")[0]
    assert "이미 그 값입니다" in chat.say(PLANNER, f"/correct {said}")[0]
    assert "사유를 적어" in chat.say(PLANNER, f"/correct 요청 {number} 도로과 2 금액 36")[0]
    assert "수가 아닙니다" in chat.say(PLANNER, f"/correct 요청 {number} 도로과 2 금액 많음 / 착오")[0]
    own, rows = reply(chat, number)
    assert [row["c4"] for row in rows] == [30, 35] and own.answered_by == CONTACT
    with chat.store.read() as session:
        [(_, made)] = asks.corrections_of(session, number)
        assert (made.before, made.after, made.reason) == ("20", "35", "단위 착오")
        assert [row.cells["c4"] for row in asks.rows(session, own, 1)] == [30, 20]
        assert asks.verdicts(session, own)[2].verdict == "adopted"
        content = book_of(session, {"number": number}, chat.office, chat.clock.now())
    assert content is not None
    book = load_workbook(io.BytesIO(content[1]))
    assert [row[:6] for row in book["정정"].iter_rows(min_row=3, values_only=True)] == [
        ("도로과", 2, "금액(백만원)", "20", "35", "단위 착오")
    ]
    assert log(chat)[-1] == "reply-corrected"


def test_nobody_but_the_planning_office_corrects(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, f"/ask {number} 쉼터 / 30")
    chat.say(CONTACT, f"/ask {number} 정정 도로과 1 금액 35 / 착오")
    assert [row["c4"] for row in reply(chat, number)[1]] == [30]
