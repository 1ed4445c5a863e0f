"""Texts that readers stumbled over, each in the words that replaced it: it goes back to the old ones only with its test."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs.settings import ApprovalSettings
from store.states import RoleName
from tests.bot.chat import TUESDAY, Chat, entry, task
from tests.bot.digest.test_daily_message import digest_of

ROOT = Path(__file__).parents[3]
NOTHING_CHANGED = "아직 바뀐 것은 없습니다."


def said(chat: Chat, text: str, name: str = "김하늘") -> str:
    return "\n".join(chat.say(name, text.replace("{n}", str(chat.number("설계 용역")))))


def told(chat: Chat, name: str) -> list[str]:
    """Everything that the person was sent, the newest last."""
    return [one.payload["text"] for one in chat.owed(chat.people[name])]


@pytest.mark.parametrize("text", ["#{n}", "{n}번", "업체가 연락이 안 돼요"])
def test_what_names_no_act_ends_in_the_word_that_nothing_changed_and_teaches_nothing(
    linked: Chat, text: str
) -> None:
    answer = said(linked, text)
    foot = answer[answer.index("무엇을 하시겠습니까?") :]
    assert NOTHING_CHANGED in foot
    assert not any(one in foot for one in ("“", "/help", "아래 버튼"))


def test_what_has_no_buttons_is_not_asked_about(linked: Chat) -> None:
    said(linked, "/done {n}")
    answer = said(linked, "{n}번 했나요")
    assert answer.endswith(NOTHING_CHANGED) and "무엇을" not in answer
    assert linked.keyboard("김하늘") == {}


def test_an_unknown_command_is_called_so_and_what_was_asked_still_waits(linked: Chat) -> None:
    said(linked, "/delay {n} 8.3")
    first, second = linked.say("김하늘", "/foo")
    assert first == "없는 명령입니다.\n쓰실 수 있는 명령은 /help 에서 보실 수 있습니다."
    assert f"앞서 여쭌 #{linked.number('설계 용역')} 연기 사유의 답을 아직 기다리고" in second
    assert "시간이 지나" not in first + second


def test_a_greeting_is_returned(linked: Chat) -> None:
    assert said(linked, "안녕하세요") == "안녕하십니까. 소관 일정은 /my 에서 보실 수 있습니다."


def test_who_is_away_and_who_stands_in_cannot_be_mistaken_for_each_other(linked: Chat) -> None:
    said(linked, "/away 7.6-7.9 @박바다")
    linked.send_all()
    notice = next(one for one in told(linked, "박바다") if "대직 안내" in one)
    assert (
        "김하늘 주무관님이 2026. 7. 6.(월) ~ 2026. 7. 9.(목) 부재하시어 박바다 주무관님이 대직자로" in notice
    )


def test_what_was_past_at_the_registration_is_one_sentence_without_quotation_marks(tmp_path: Path) -> None:
    office = Chat(tmp_path, task("사업", "도로과", ["김하늘"], entry("지난 일", date(2026, 6, 1))))
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    lines = digest_of(office, "최기획").text.splitlines()
    [line] = [one for one in lines if "정리해" in one]
    assert "기한이 지나 있던 일정 1건을 정리해 주십시오" in line
    assert not any(one in line for one in ("“", "[", "가운데 정해"))


def test_progress_is_told_in_a_sentence_and_not_as_a_change_of_fields(linked: Chat) -> None:
    answer = said(linked, "/progress {n} 60")
    assert "진행률을 <b>60%</b>로 적었습니다." in answer
    assert "→" not in answer and "없음" not in answer


def test_the_button_of_taking_back_says_its_minutes_and_the_text_does_not(linked: Chat) -> None:
    answer = said(linked, "/evidence {n} 도로과-1234")
    assert any("되돌리기(10분 안)" in one for one in linked.keyboard("김하늘"))
    assert not any(one in answer for one in ("되돌리기", "10분", "뗍니다"))


@pytest.fixture
def strict(tmp_path: Path) -> Chat:
    """A delay that a lead decides on."""
    office = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 3))),
        now=TUESDAY - timedelta(days=1),
        approval=ApprovalSettings(),
    )
    office.join("김하늘")
    office.join("박문수", RoleName.LEAD, "도로과")
    return office


def test_a_request_says_its_length_once(strict: Chat) -> None:
    line = next(one for one in said(strict, "/delay {n} 2주 의회 일정").splitlines() if "→" in one)
    assert line.strip() == "7. 3.(금) → <b>7. 17.(금)</b>, 현재 기한부터 2주 연기"
    strict.send_all()
    asked = next(one for one in told(strict, "박문수") if "승인 요청" in one)
    assert asked.count("14일") == 1 and "1회째" not in asked


def test_a_secret_task_is_shared_without_its_words_and_without_a_button(linked: Chat) -> None:
    linked.join("도로부장", RoleName.HEAD, "도로과")
    number = linked.milestone("측정기 설치").task_id
    linked.say("최기획", f"/secret {linked.number('측정기 설치')}")
    linked.say("최기획", f"/share {number} 전부서 측정 지점을 알려 주십시오")
    [shared] = [one for one in linked.owed(linked.people["도로부장"]) if one.event == "share"]
    assert "비공개 과제의 안내가 있습니다. 내용은 주관 부서에 확인해 주십시오." in shared.payload["text"]
    assert "측정 지점" not in shared.payload["text"] and "확인하셨으면" not in shared.payload["text"]
    assert shared.payload["keyboard"] == []


def test_who_cannot_be_reached_is_one_line_of_the_planning_office(tmp_path: Path) -> None:
    people = ["가하늘", "나하늘", "다하늘", "라하늘"]
    due = [task(f"사업 {one}", "도로과", [one], entry(f"일 {one}", date(2026, 7, 1))) for one in people]
    office = Chat(tmp_path, *due)
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    text = digest_of(office, "최기획").text
    [line] = [one for one in text.splitlines() if "하늘" in one]
    assert line.startswith("알림을 받지 못하는 담당자 4명: ") and line.endswith(" 등")
    assert "전달되지" not in text


def test_who_is_back_before_the_morning_is_not_told_to_the_planning_office(tmp_path: Path) -> None:
    people = ["가하늘", "나하늘"]
    due = [task(f"사업 {one}", "도로과", [one], entry(f"일 {one}", date(2026, 7, 1))) for one in people]
    office = Chat(tmp_path, *due)
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=1)
    office.scan()
    office.join("가하늘")
    assert "담당자 1명: 나하늘(도로과)" in digest_of(office, "최기획").text


# --- what a reader of two months said


def lines_of(chat: Chat, name: str) -> list[str]:
    return digest_of(chat, name).text.splitlines()


def test_what_changed_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    day = date(2026, 7, 10)
    office = Chat(tmp_path, task("사업", "도로과", ["김하늘"], entry("설계", day), entry("착공", day)))
    office.join("김하늘")
    office.join("최기획", RoleName.PLANNER)
    office.say("김하늘", f"/done {office.number('설계')}")
    office.clock.forward(days=1)
    office.scan()
    assert f"6. 30.(화) 이후 완료: <b>#{office.number('설계')}</b> 설계" in lines_of(office, "최기획")


def test_of_several_kinds_of_news_each_has_its_line(tmp_path: Path) -> None:
    days = [date(2026, 6, 30), date(2026, 6, 30), date(2026, 7, 10), date(2026, 7, 11)]
    steps = [entry(f"일 {number}", day) for number, day in enumerate(days)]
    office = Chat(tmp_path, task("사업", "도로과", ["김하늘"], *steps))
    office.join("김하늘")
    office.join("최기획", RoleName.PLANNER)
    office.say("김하늘", f"/done {office.number('일 2')} {office.number('일 3')}")
    office.clock.forward(days=1)
    office.scan()
    lines = lines_of(office, "최기획")
    assert f"6. 30.(화) 이후 완료: <b>#{office.number('일 2')}</b> 일 2 외 1건" in lines
    assert f"   새로 기한 경과: <b>#{office.number('일 0')}</b> 일 0 외 1건" in lines


def test_a_lead_is_called_by_the_role_where_no_rank_is_known(linked: Chat) -> None:
    linked.clock.forward(days=7)
    linked.scan()
    assert "이팀장 팀장님, 안녕하십니까." in digest_of(linked, "이팀장").text
    assert "김하늘 주무관님, 안녕하십니까." in digest_of(linked, "김하늘").text


@pytest.fixture
def burdened(tmp_path: Path) -> Chat:
    """Tuesday: 김하늘 has twelve things due today, of which nothing will be said."""
    steps = [entry(f"일 {number}", date(2026, 6, 30)) for number in range(12)]
    office = Chat(tmp_path, task("사업", "도로과", ["김하늘"], *steps), now=TUESDAY - timedelta(days=1))
    office.join("김하늘")
    office.join("이팀장", RoleName.LEAD, "도로과")
    return office


def test_whom_much_has_piled_up_with_is_offered_help_once_and_calmly(burdened: Chat) -> None:
    said = []
    for _ in range(3):
        burdened.clock.forward(days=7)
        burdened.scan()
        said.append("혼자 정리하기 어려우시면" in digest_of(burdened, "김하늘").text)
        burdened.send_all()
    assert said == [True, False, False]


def test_the_offer_leads_to_whoever_can_hand_the_tasks_on(burdened: Chat) -> None:
    burdened.clock.forward(days=7)
    burdened.scan()
    shown = digest_of(burdened, "김하늘")
    assert "기한 경과 12건이 있습니다." in shown.text and "/away" in shown.text
    data = next(one["data"] for row in shown.keyboard for one in row if "담당자 변경" in one["text"])
    assert "이팀장 님께 말씀을 전해" in burdened.press("김하늘", data)[0]


def test_who_has_caught_up_is_offered_nothing(burdened: Chat) -> None:
    burdened.say("김하늘", "/done " + " ".join(str(burdened.number(f"일 {one}")) for one in range(12)))
    burdened.clock.forward(days=7)
    burdened.scan()
    assert not any("혼자 정리하기 어려우시면" in one for one in told(burdened, "김하늘"))


@pytest.mark.parametrize(("morning", "expected"), [(8, False), (10, True), (13, False)])
def test_the_last_morning_before_the_wished_day_says_so(strict: Chat, morning: int, expected: bool) -> None:
    said(strict, "/delay {n} 7.13 의회 일정")
    for day in range(30, 30 + 1 + morning):
        strict.clock.current = TUESDAY + timedelta(days=day - 30)
        strict.scan()
        if day - 30 < morning:
            strict.send_all()
    text = digest_of(strict, "박문수").text
    assert ("7. 13.(월)이 지나면 승인하실 수 없습니다" in text) is expected
    assert ("설계 용역" in text.partition("한 주 현황")[0]) is expected


LATE = re.compile(r"늦은 일정|늦은 \{|늦어|기한 지난|기한이 지난|일 지남|이 지남|지연으로|·지연")
BEFORE_THE_START = re.compile(
    r"(시작 전에|시작하기 전에|등록 당시)[^.]*|if waits_for_office %.*?\{% el|늦어도|보다 늦어야"
)


def test_there_is_one_word_for_what_is_late() -> None:
    """경과, as the glossary has it; what was past before the start is another thing and counts apart."""
    texts = [*(ROOT / "bot/texts/ko").rglob("*.txt"), *(ROOT / "bot/texts/ko").rglob("*.toml")]
    told = (
        line
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith(("#", "{#"))
    )
    assert [line for line in told if LATE.search(BEFORE_THE_START.sub("", line))] == []


def test_tasks_that_stand_still_are_named(tmp_path: Path) -> None:
    steps = [
        entry("착공", date(2026, 3, 2)),
        entry("점검", date(2026, 7, 8)),
        entry("준공", date(2026, 12, 1)),
    ]
    office = Chat(
        tmp_path,
        *[task(f"사업 {one}", "도로과", ["김하늘"], *steps) for one in ("가", "나")],
        now=TUESDAY - timedelta(days=90),
    )
    office.join("최기획", RoleName.PLANNER)
    office.clock.forward(days=90 + 6)
    office.scan()
    [line] = [one for one in lines_of(office, "최기획") if "등록·변경이 없는" in one]
    assert re.fullmatch(r"60일 넘게 등록·변경이 없는 과제: #\d+ 사업 가 외 1개", line)
