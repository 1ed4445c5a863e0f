"""/item: what was raised is entered in a line, answered and closed in chat (지시·건의)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.documents.upload import Attachment
from bot.privacy.levels import Level
from plans.sheet.grid import Grid
from reports import items as listing
from store import items
from store.states import RoleName
from tests.bot.chat import SEOUL, Chat
from tests.builders import kst

NEW = "/item 의회 요구 도로과 보도 정비 자료 / 한 의원 / 제3차 정례회 / 7.10"


def rows(chat: Chat) -> list[listing.ItemRow]:
    with chat.store.read() as session:
        return listing.rows(session, items.listed(session), SEOUL, chat.clock.now())


def row(chat: Chat, number: int = 1) -> listing.ItemRow:
    return next(one for one in rows(chat) if one.no == number)


def entered(chat: Chat, text: str = NEW) -> list[str]:
    return chat.say("최기획", text)


def test_one_line_enters_it_with_who_where_and_by_when(linked: Chat) -> None:
    [said] = entered(linked)
    assert "1번으로 등록하였습니다" in said and "[의회 요구 1] 보도 정비 자료" in said
    found = row(linked)
    assert (found.kind, found.requester, found.source) == ("council", "한 의원", "제3차 정례회")
    assert (found.department, found.due_at.date(), found.source_on) == (
        "도로과",
        date(2026, 7, 10),
        date(2026, 6, 30),
    )
    entered(linked, "/item 도로과,환경과 가로수 정비")
    assert (row(linked, 2).kind, row(linked, 2).cooperating) == ("suggestion", ["환경과"])
    entered(linked, "/item 의회 요구 도로과 노선 / 7.10 14:00")
    assert row(linked, 3).due_at == kst(2026, 7, 10, 14, 0)


def test_a_department_nobody_knows_is_asked_back_with_an_example(linked: Chat) -> None:
    [said] = entered(linked, "/item 의회 요구 없는과 노선 자료")
    assert "등록된 부서가 아닙니다" in said and "/item 의회 요구 교통과" in said
    [said] = linked.say("이팀장", "/item 도로과 노선 자료")
    assert "몇 번인지" in said and rows(linked) == []


def test_the_lead_replies_with_an_outcome_and_the_planner_closes_by_a_tap(linked: Chat) -> None:
    entered(linked)
    [said] = linked.say("이팀장", "/item 1 반영 8월에 정비하겠습니다.")
    assert "종결을 요청하였습니다" in said and row(linked).state == "closing"
    assert linked.keyboard("이팀장") == {}
    linked.say("최기획", "/item 1")
    [said] = linked.tap("최기획", "종결: 반영")
    assert "종결하였습니다" in said
    assert (row(linked).outcome, row(linked).reply) == ("adopted", "8월에 정비하겠습니다.")


def test_buttons_alone_lead_from_the_question_to_the_end(linked: Chat) -> None:
    entered(linked)
    linked.say("이팀장", "지시건의")
    linked.tap("이팀장", "1번 보기")
    linked.tap("이팀장", "1번 답변")
    [said] = linked.say("이팀장", "검토하겠습니다.")
    assert "답변을 적었습니다" in said
    linked.tap("이팀장", "종결 요청: 장기검토")
    linked.say("최기획", "/item")
    linked.tap("최기획", "1번 보기")
    linked.tap("최기획", "돌려보내기")
    linked.say("최기획", "시기를 적어 주십시오")
    [told] = [one.payload["text"] for one in linked.owed(linked.people["이팀장"]) if one.event == "item-back"]
    assert "시기를 적어 주십시오" in told
    linked.say("이팀장", "건의 1 장기검토 2027년에 하겠습니다.")
    linked.say("최기획", "/item 1 종결")
    assert (row(linked).outcome, row(linked).reply) == ("long-term", "2027년에 하겠습니다.")
    assert "반영률 0.0%" in linked.say("최기획", "/item")[0]


def test_several_departments_answer_each_and_the_lead_one_asks_to_close(linked: Chat) -> None:
    linked.join("나환경", RoleName.CONTACT, "환경과")
    entered(linked, "/item 도로과,환경과 가로수 정비 / 홍길동")
    [said] = linked.say("이팀장", "/item 1 반영 보도를 넓히겠습니다.")
    assert "아직 답변하지 않은 부서: 환경과" in said and row(linked).state == "open"
    [said] = linked.say("나환경", "/item 1 반영 나무를 심겠습니다.")
    assert "종결 요청:" not in str(linked.keyboard("나환경")) and row(linked).state == "open"
    assert "주관부서(도로과)" in linked.say("나환경", "/item 1 종결요청 반영")[0]
    linked.say("이팀장", "/item 1 종결요청 반영")
    assert row(linked).state == "closing"
    assert row(linked).reply == "도로과: 보도를 넓히겠습니다.\n환경과: 나무를 심겠습니다."


def test_last_times_reply_to_the_same_requester_is_shown_and_taken_by_one_tap(linked: Chat) -> None:
    entered(linked)
    linked.say("이팀장", "/item 1 반영 8월에 정비하겠습니다.")
    entered(linked, "/item 의회 요구 도로과 보도 추가 / 한 의원")
    [said] = linked.say("이팀장", "/item 2")
    assert "지난 답변(1번" in said and "8월에 정비하겠습니다." in said
    linked.tap("이팀장", "지난번과 같음")
    assert row(linked, 2).reply == "8월에 정비하겠습니다."


def test_others_see_nothing_of_it_and_old_buttons_change_nothing(linked: Chat) -> None:
    entered(linked)
    for text in ("/item 1", "/item 1 반영 제가 합니다", "/item 9"):
        assert "보실 수 없습니다" in linked.say("박바다", text)[0]
    linked.say("최기획", "/item 1 담당 김하늘")
    linked.say("김하늘", "/item 1 답변입니다.")
    drawn = next(data for label, data in linked.keyboard("김하늘").items() if "미반영" in label)
    linked.say("김하늘", "/item 1 고친 답변입니다.")
    assert "그 사이 달라졌습니다" in linked.press("김하늘", drawn)[0] and row(linked).state == "open"
    assert "보실 수 없습니다" in linked.press("박바다", drawn)[0]


def test_the_planner_extends_answers_in_their_place_reopens_and_drops(linked: Chat) -> None:
    entered(linked)
    assert "당초 2026. 7. 10." in linked.say("최기획", "/item 1 연장 7.20 추경 일정")[0]
    linked.say("최기획", "/item 1 답변 문서로 받은 답변")
    assert row(linked).replies[0].on_behalf
    linked.say("최기획", "/item 1 종결 미반영")
    linked.say("최기획", "/item 1 다시 이의가 있음")
    assert row(linked).state == "open"
    assert "무엇을 하실지" in linked.say("최기획", "/item 1 글쎄요")[0]
    linked.say("최기획", "/item 1 거둠 중복 등록")
    assert rows(linked) == []


LIST = Grid(
    name="목록",
    rows=[
        ["연번", "건의자", "건의사항", "건의일", "주관부서", "답변", "반영여부"],
        ["1", "한 의원", "가로등", "2025. 7. 2.", "도로과", "세웠습니다.", "반영"],
        ["2", "홍길동", "가로수", "2026. 6. 29.", "환경과", "", ""],
    ],
)


def test_a_list_is_shown_first_and_registered_once_by_a_tap(linked: Chat) -> None:
    [said] = linked.send_document("최기획", Attachment("목록.xlsx", items=LIST))
    assert "새로 등록 2건, 답변 1건, 종결 1건" in said and rows(linked) == []
    [said] = linked.tap("최기획", "등록")
    assert "새로 등록 2건" in said and [one.title for one in rows(linked)] == ["가로수", "가로등"]
    [said] = linked.send_document("최기획", Attachment("목록.xlsx", items=LIST))
    assert "모두 이미 등록" in said and linked.keyboard("최기획") == {}
    assert len(rows(linked)) == 2


def test_a_list_with_a_fault_is_named_by_cell(linked: Chat) -> None:
    wrong = LIST.model_copy(update={"rows": [*LIST.rows, ["3", "홍길동", "공원", "언젠가", "없는과"]]})
    [said] = linked.send_document("최기획", Attachment("목록.xlsx", items=wrong))
    assert "D4" in said and "E4" in said and linked.keyboard("최기획") == {}
    assert (
        "기획실" in linked.send_document("이팀장", Attachment("목록.xlsx", items=LIST))[0]
        and rows(linked) == []
    )


def morning(chat: Chat, day: int, hour: int = 9, minute: int = 10, month: int = 7) -> dict[int, str]:
    """What goes out at that time, by chat."""
    chat.clock.current = kst(2026, month, day, hour, minute)
    chat.scan()
    return dict(chat.send_all())


def test_what_is_wanted_stands_in_the_daily_message_and_never_alone(linked: Chat) -> None:
    morning(linked, 30, month=6)
    linked.clock.current = kst(2026, 6, 30, 11)
    entered(linked)
    linked.send_all()
    lead, planner, officer = (linked.people[one] for one in ("이팀장", "최기획", "김하늘"))
    line = "<b>1번</b> [의회 요구] 보도 정비 자료"
    told = morning(linked, 1)
    assert line in told[lead] and line not in told.get(officer, "") and line not in told.get(planner, "")
    assert line not in morning(linked, 2).get(lead, "")
    assert "3일 남음" in morning(linked, 7)[lead] and "오늘까지" in morning(linked, 10)[lead]
    assert "3일 경과" in morning(linked, 13)[lead]
    linked.say("이팀장", "/item 1 반영 정비하겠습니다.")
    linked.send_all()
    assert "종결 요청 1건" in morning(linked, 14)[planner]
    assert "1번" in linked.press("최기획", "v1|itlist|0|0")[0]
    linked.say("최기획", "/item 1 종결")
    linked.send_all()
    assert "종결 요청" not in morning(linked, 20).get(planner, "")
    assert line not in morning(linked, 21).get(lead, "")


def test_where_nobody_of_the_department_chats_the_planning_office_is_told(linked: Chat) -> None:
    entered(linked, "/item 환경과 가로수 정비")
    told = morning(linked, 1)
    assert "<b>1번</b>" in told[linked.people["최기획"]]
    linked.join("나환경", RoleName.CONTACT, "환경과")
    linked.send_all()
    told = morning(linked, 10)
    assert "<b>1번</b>" in told[linked.people["나환경"]] and "<b>1번</b>" not in told.get(
        linked.people["최기획"], ""
    )


def test_an_hour_is_told_the_day_before_and_two_hours_before(linked: Chat) -> None:
    entered(linked, "/item 의회 요구 도로과 노선 / 7.10 14:00")
    lead = linked.people["이팀장"]
    morning(linked, 1)
    assert "1일 남음" in morning(linked, 9)[lead]
    assert "오늘까지" in morning(linked, 10)[lead]
    assert morning(linked, 10, 11, 59) == {}
    assert "오늘 14:00까지입니다" in morning(linked, 10, 12, 0)[lead]
    assert morning(linked, 10, 12, 1) == {}


def test_an_hour_is_not_told_of_what_was_asked_to_be_closed(linked: Chat) -> None:
    entered(linked, "/item 의회 요구 도로과 노선 / 7.10 14:00")
    morning(linked, 1)
    morning(linked, 10)
    linked.say("이팀장", "/item 1 반영 냈습니다.")
    linked.send_all()
    assert morning(linked, 10, 12, 0) == {}


def test_at_the_lowest_level_nothing_typed_goes_in_or_out(linked: Chat) -> None:
    entered(linked)
    linked.say("이팀장", "/item 1 비밀스러운 답변입니다.")
    linked.set_privacy(Level.MINIMAL)
    [said] = linked.say("이팀장", "/item 1")
    assert "비밀스러운" not in said and "한 의원" not in said
    linked.say("이팀장", "/item 1 새 답변입니다.")
    assert row(linked).reply == "비밀스러운 답변입니다."


@pytest.mark.parametrize("who", ["이팀장", "최기획"])
def test_english_reads_its_own_words(linked: Chat, who: str) -> None:
    entered(linked)
    linked.say(who, "/lang en")
    if who == "이팀장":
        [said] = linked.say(who, "/item 1 adopted We will repair it in August")
        assert "Closing is requested" in said and row(linked).outcome is None
    else:
        linked.say(who, "/item 1 reply We will repair it")
        [said] = linked.say(who, "/item 1 close not adopted")
        assert "Closed." in said and row(linked).outcome == "declined"


def test_the_list_comes_as_a_file(linked: Chat) -> None:
    entered(linked)
    linked.say("최기획", "/item")
    linked.tap("최기획", "목록 파일")
    files: list[Any] = [
        message.document for _, message in linked.send_messages() if message.document is not None
    ]
    assert [name for name, _ in files] == ["지시·건의 처리 현황.xlsx"]
