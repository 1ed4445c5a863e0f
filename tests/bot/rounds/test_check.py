"""The quarterly self-check in chat: who is asked, who answers, confirms, signs, evaluates; what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.digest.daily_message import DigestRenderer
from store import rounds
from store.models import RoundEntry, Task
from store.states import EntryState, PledgeStatus, RoleName, RoundState
from tests.bot.chat import Chat, entry, task

OPENING = "/round 2026-2분기 7.9 7.16 근거 한별시 공약 관리 조례 제7조"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """Two pledges of 도로과 (김하늘) and one of 환경과 (박바다), with leads, heads and the planning office."""
    office = Chat(tmp_path)
    drafts = [
        task("그늘 보행로 조성", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 20))),
        task("골목 안내판", "도로과", ["김하늘"]),
        task("대기 측정망", "환경과", ["박바다"]),
    ]
    for i, one in enumerate(drafts, 1):
        one.no, one.pledge_no, one.area, one.status = f"1-{i}", "1", "걷기", "정상추진"
    office.register(*drafts)
    for department, lead, head in (("도로과", "이팀장", "박과장"), ("환경과", "정팀장", "한과장")):
        office.join(lead, RoleName.LEAD, department)
        office.join(head, RoleName.HEAD, department)
    for name in ("김하늘", "박바다"):
        office.join(name)
    office.join("최기획", RoleName.PLANNER)
    yield office
    office.store.close()


@pytest.fixture
def begun(city: Chat) -> Chat:
    city.say("최기획", OPENING)
    city.tap("최기획", "입력 시작")
    city.send_all()
    return city


def entry_of(chat: Chat, title: str) -> RoundEntry:
    with chat.store.read() as session:
        [of] = [one for one in [rounds.newest(session)] if one is not None]
        return next(one for one in rounds.entries(session, of.id) if one.task.title == title)


def number(chat: Chat, title: str) -> int:
    return entry_of(chat, title).task_id


def answer(chat: Chat, title: str, who: str = "김하늘", status: str = "정상추진") -> list[str]:
    return chat.say(who, f"/check {number(chat, title)} {status} / 착공 / 없음 / 준공")


def signed(chat: Chat, title: str, status: str = "정상추진") -> None:
    answer(chat, title, status=status)
    chat.say("이팀장", f"/check {number(chat, title)} 확인")
    chat.say("박과장", f"/check {number(chat, title)} 확정")


def test_a_round_is_announced_with_what_was_written(city: Chat) -> None:
    [said] = city.say("최기획", OPENING)
    assert "2026년 2분기" in said and "2026. 6. 30.(화)" in said and "3개 사업" in said
    assert "2026. 7. 9.(목)" in said and "2026. 7. 16.(목)" in said and "조례 제7조" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/round 지난번", "분기를 먼저"),
        ("/round 2026-2분기 언젠가", "마감일로 읽지"),
        ("/round 2026-2분기 7.9 7.16 7.20", "두 날까지"),
        ("/round 2026-2분기 7.16 7.9", "1차 마감이 2차 마감보다 앞"),
        ("/round 2026-2분기 범위 없는과", "부서도 분야도 계획도 아닙니다"),
    ],
)
def test_what_cannot_be_opened_is_told_with_an_example(city: Chat, text: str, word: str) -> None:
    [said] = city.say("최기획", text)
    assert word in said


@pytest.mark.parametrize("days", ["7.9~7.16", "7.9, 7.16", "7월 9일 7월 16일", "2026-07-09 2026-07-16"])
def test_deadlines_are_written_in_many_ways(city: Chat, days: str) -> None:
    [said] = city.say("최기획", f"/round 2026-2분기 {days}")
    assert "1차 마감 2026. 7. 9.(목) · 2차 마감 2026. 7. 16.(목)" in said


@pytest.mark.parametrize("opening", ["/round 2분기 7.9 범위 환경과", "/round 2026Q2 2026-07-09 scope 환경과"])
def test_a_round_can_be_of_one_department(city: Chat, opening: str) -> None:
    city.say("최기획", opening)
    assert "1개 사업" in city.tap("최기획", "입력 시작")[0]


def test_an_announcement_can_be_taken_back(city: Chat) -> None:
    city.say("최기획", OPENING)
    assert "취소하였습니다" in city.tap("최기획", "예고 취소")[0]
    assert "아직 연 점검이 없습니다" in city.say("최기획", "/round")[0]


def test_a_lead_does_not_open_a_round(city: Chat) -> None:
    assert "기획실에서만" in city.say("이팀장", OPENING)[0]


def test_the_request_stands_in_the_daily_message_of_who_answers(begun: Chat) -> None:
    begun.clock.forward(days=1)
    begun.scan()
    sent = dict(begun.send_all())
    assert "입력 2건" in sent[begun.people["김하늘"]]
    assert "마감 2026. 7. 9.(목) (8일 남음)" in sent[begun.people["김하늘"]]
    assert begun.people["이팀장"] not in sent


def test_who_has_not_answered_is_asked_again_and_who_has_is_not(begun: Chat) -> None:
    answer(begun, "대기 측정망", "박바다")
    begun.send_all()
    told: dict[str, list[int]] = {"김하늘": [], "박바다": [], "정팀장": []}
    for _ in range(12):
        begun.clock.forward(days=1)
        begun.scan()
        sent = [(chat, text) for chat, text in begun.send_all() if "자체점검" in text]
        for name, days in told.items():
            if any(chat == begun.people[name] for chat, _ in sent):
                days.append(begun.clock.now().day)
    # begun on 6.30.(화): the next day, every three days, the deadline's eve, its day and the day after; no weekend
    assert told == {"김하늘": [1, 3, 6, 8, 9, 10], "박바다": [], "정팀장": [1, 3, 6, 8, 9, 10]}


def test_a_scan_twice_asks_once(begun: Chat) -> None:
    begun.clock.forward(days=1)
    begun.scan()
    begun.scan()
    assert sum("자체점검" in text for _, text in begun.send_all()) == 2
    begun.scan()
    assert begun.send_all() == []


def test_an_officer_answers_by_buttons_step_by_step(begun: Chat) -> None:
    assert "입력 2건" in begun.say("김하늘", "/check")[0]
    [question] = begun.tap("김하늘", "그늘")
    assert "계획대로 추진되어 임기 안에" in question and "직전 분기: 정상추진" in question
    assert "2분기 실적" in begun.tap("김하늘", "일부추진")[0]
    assert "문제점" in begun.say("김하늘", "설계를 마침")[0]
    assert "3분기 계획" in begun.tap("김하늘", "적을 내용 없음")[0]
    [done] = begun.say("김하늘", "9월 착공")
    assert "점검결과를 받았습니다" in done and "다음 입력 (1건 남음)" in "".join(begun.keyboard("김하늘"))
    found = entry_of(begun, "그늘 보행로 조성")
    assert (found.self_status, found.results, found.problems, found.next_plan) == (
        PledgeStatus.PARTIAL,
        "설계를 마침",
        None,
        "9월 착공",
    )


def test_results_come_from_what_was_reported_as_done(begun: Chat) -> None:
    begun.say("김하늘", f"/done {begun.number('설계 용역')} 6.18")
    begun.say("김하늘", f"/check {number(begun, '그늘 보행로 조성')} 정상추진")
    begun.tap("김하늘", "완료 보고에서")
    begun.tap("김하늘", "적을 내용 없음")
    begun.tap("김하늘", "적을 내용 없음")
    assert entry_of(begun, "그늘 보행로 조성").results == "설계 용역(6. 18.) 완료"


def test_an_answer_is_one_line_too(begun: Chat) -> None:
    answer(begun, "골목 안내판")
    found = entry_of(begun, "골목 안내판")
    assert (found.state, found.results, found.next_plan) == (EntryState.ANSWERED, "착공", "준공")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("잘 되고 있음", "나누어 적어"),
        ("폐기", "고르실 수 있는 추진상황"),
        ("평가 정상추진", "기획실에서 평가"),
    ],
)
def test_a_wrong_answer_is_told_with_what_is_right(begun: Chat, text: str, word: str) -> None:
    [said] = begun.say("김하늘", f"/check {number(begun, '골목 안내판')} {text}")
    assert word in said
    assert entry_of(begun, "골목 안내판").state is EntryState.ASKED


def test_nobody_sees_or_answers_for_another_department(begun: Chat) -> None:
    said = begun.say("박바다", f"/check {number(begun, '골목 안내판')} 정상추진 / 착공")
    assert "조회하실 수 있는" in said[0]
    first = entry_of(begun, "골목 안내판")
    assert "조회하실 수 있는" in begun.press("박바다", f"v1|chkst2|{first.id}|{first.revision}")[0]


def test_a_stale_button_changes_nothing(begun: Chat) -> None:
    first = entry_of(begun, "골목 안내판")
    answer(begun, "골목 안내판")
    [said] = begun.press("김하늘", f"v1|chkst3|{first.id}|{first.revision}")
    assert "그 사이에 바뀌었습니다" in said
    assert entry_of(begun, "골목 안내판").self_status is PledgeStatus.ON_TRACK


def test_the_lead_confirms_and_the_head_signs_but_not_the_other_way(begun: Chat) -> None:
    answer(begun, "골목 안내판")
    task_id = number(begun, "골목 안내판")
    begun.say("이팀장", f"/check {task_id} 확인")
    assert "부서장이 확정" in begun.say("이팀장", f"/check {task_id} 확정")[0]
    begun.say("박과장", f"/check {task_id} 확정")
    assert entry_of(begun, "골목 안내판").state is EntryState.SIGNED


@pytest.mark.open_door("C2")
def test_a_title_that_looks_like_a_command_is_not_one_in_a_refusal(begun: Chat) -> None:
    task_id = number(begun, "골목 안내판")
    with begun.store.write() as session:
        session.get_one(Task, task_id).title = "안내판 /undo"
    answer(begun, "안내판 /undo")
    [refused] = begun.say("이팀장", f"/check {task_id} 확정")
    assert "안내판 /" in refused
    assert "/undo" not in refused


def test_everything_can_be_confirmed_at_once(begun: Chat) -> None:
    answer(begun, "골목 안내판")
    answer(begun, "그늘 보행로 조성")
    begun.say("이팀장", "/check")
    assert "2건을 확인하였습니다" in begun.tap("이팀장", "모두 확인")[0]
    assert entry_of(begun, "골목 안내판").state is EntryState.CONFIRMED


def test_what_is_sent_back_is_told_at_once_and_keeps_its_texts(begun: Chat) -> None:
    signed(begun, "골목 안내판")
    begun.say("최기획", f"/check {number(begun, '골목 안내판')} 보완 준공일을 적어 주십시오")
    told = [one for one in begun.owed(begun.people["김하늘"]) if one.event == "check-back"]
    assert len(told) == 1 and "준공일을 적어" in told[0].payload["text"]
    assert "준공일을 적어" in begun.tap("김하늘", "보완하여")[0]
    begun.tap("김하늘", "정상추진")
    assert "적어 둔 내용 그대로" in "".join(begun.keyboard("김하늘"))


def test_a_late_answer_is_taken_and_marked(begun: Chat) -> None:
    begun.clock.forward(days=12)
    assert "마감 후" in answer(begun, "골목 안내판")[0]
    assert "마감 후 3건" in begun.say("최기획", "/round")[0]


def test_what_was_never_sent_is_judged_with_an_opinion_only(begun: Chat) -> None:
    task_id = number(begun, "대기 측정망")
    assert "의견을 적어" in begun.say("최기획", f"/check {task_id} 평가 일부추진")[0]
    begun.say("최기획", f"/check {task_id} 평가 일부추진 미제출")
    found = entry_of(begun, "대기 측정망")
    assert (found.final_status, found.opinion) == (PledgeStatus.PARTIAL, "미제출")


def test_an_evaluation_is_reopened_with_a_reason(begun: Chat) -> None:
    signed(begun, "골목 안내판")
    begun.say("최기획", f"/check {number(begun, '골목 안내판')}")
    assert "평가하였습니다" in begun.tap("최기획", "정상추진")[0]
    begun.tap("최기획", "평가 다시 열기")
    assert "다시 열었습니다" in begun.say("최기획", "수치 재확인")[0]
    assert entry_of(begun, "골목 안내판").state is EntryState.SIGNED


def test_nothing_is_settled_while_something_is_left(begun: Chat) -> None:
    with begun.store.read() as session:
        of = session.scalars(select(RoundEntry.round_id).limit(1)).one()
    assert "입력 상태여서 확정할 수 없습니다" in begun.press("최기획", f"v1|rdlook|{of}|0")[0]
    assert "평가하지 않은 사업이 3건" in begun.press("최기획", f"v1|rdfreeze|{of}|0")[0]


def test_a_lead_cannot_settle_by_a_forged_button(begun: Chat) -> None:
    assert "권한이 없습니다" in begun.press("이팀장", "v1|rdfreeze|1|0")[0]
    with begun.store.read() as session:
        of = rounds.newest(session)
        assert of is not None and of.state is RoundState.INPUT


def test_without_a_round_it_is_said(city: Chat) -> None:
    assert "진행 중인 분기 자체점검이 없습니다" in city.say("김하늘", "/check")[0]


def test_a_substitute_is_asked_and_may_answer(begun: Chat) -> None:
    begun.say("김하늘", "/away 7.1-7.3 @박바다")
    begun.clock.forward(days=1)
    begun.scan()
    assert "입력 3건" in dict(begun.send_all())[begun.people["박바다"]]
    assert "점검결과를 받았습니다" in answer(begun, "골목 안내판", "박바다")[0]


def test_the_papers_of_the_meeting_come_as_a_file(begun: Chat) -> None:
    begun.say("최기획", "/round")
    assert "보고회 자료" in begun.tap("최기획", "보고회 자료")[0]
    owed = begun.owed(begun.people["최기획"])[-1]
    with begun.store.read() as session:
        message = DigestRenderer(begun.office)(session, session.merge(owed), begun.clock.now())
    assert message is not None and message.document is not None
    name, content = message.document
    assert name == "2026년 2분기 보고회 자료.xlsx" and content.startswith(b"PK")


def test_the_notice_to_a_department_is_an_official_text_with_its_own_rows(begun: Chat) -> None:
    for title in ("그늘 보행로 조성", "골목 안내판", "대기 측정망"):
        begun.say("최기획", f"/check {number(begun, title)} 평가 정상추진 현장 확인")
    begun.say("최기획", "/round")
    for label in ("확정", "확정", "통보"):
        begun.tap("최기획", label)
    told = dict(begun.send_all())
    said = told[begun.people["박과장"]]
    assert (
        said.index("제목:") < said.index("1. 근거: 한별시") < said.index("붙임: 소관 사업 점검결과 2건.  끝.")
    )
    assert "그늘 보행로 조성" in said and "대기 측정망" not in said


def test_a_round_of_a_plan_without_statuses_asks_about_all_of_it(tmp_path: Path) -> None:
    office = Chat(tmp_path)
    office.register(task("마을 도서관", "문화과", ["김하늘"]), task("작은 공원", "공원과", ["박바다"]))
    office.join("최기획", RoleName.PLANNER)
    assert "2개 사업" in office.say("최기획", OPENING)[0]
    office.store.close()


def test_beside_pledges_a_plan_without_statuses_is_not_asked_about(city: Chat) -> None:
    city.register(task("마을 도서관", "문화과", ["김하늘"]), title="도서관 확충 계획")
    assert "3개 사업" in city.say("최기획", OPENING)[0]


def test_a_round_is_limited_to_a_plan_by_its_name(city: Chat) -> None:
    city.register(task("마을 도서관", "문화과", ["김하늘"]), title="도서관 확충 계획")
    said = city.say("최기획", "/round 2분기 7.9 범위 도서관 확충")[0]
    assert "1개 사업 (도서관 확충 계획)" in said


def test_a_question_to_several_says_who_is_accountable(begun: Chat) -> None:
    begun.say("최기획", f"/assign {number(begun, '그늘 보행로 조성')} 도로과 이바다 부담당")
    begun.say("김하늘", "/check")
    assert "👤 주담당 김하늘" in begun.tap("김하늘", "그늘")[0]
