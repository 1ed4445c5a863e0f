"""/status, /overdue, /upcoming, /task, /past, /my, /help by role."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.routing.registry import COMMANDS
from store.states import DeliveryKind, MilestoneState, PastReview, RoleName
from tests.bot.chat import TUESDAY, Chat, entry, task


def test_status_counts_the_whole_organisation_for_the_planning_office(linked: Chat) -> None:
    text = linked.say("최기획", "/status")[0]
    assert "과제 2개 · 일정 3건" in text
    assert "이행률 0.0% = 완료 0 ÷ 오늘까지 기한 1" in text
    assert "오늘 기한 1건" in text


def test_a_lead_sees_the_counts_of_the_own_department_only(linked: Chat) -> None:
    text = linked.say("이팀장", "/status")[0]
    assert "[추진상황] 도로과" in text
    assert "과제 1개 · 일정 2건" in text
    assert "환경과" not in text


def test_status_follows_what_officers_answer(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    assert "올해 전체 1/3건(33.3%)" in linked.say("최기획", "현황")[0]


@pytest.mark.parametrize("command", ["/status", "/overdue", "/upcoming", "/past", "현황", "경과"])
def test_an_officer_has_no_managers_commands(linked: Chat, command: str) -> None:
    assert "이용하실 수 있습니다" in linked.say("김하늘", command)[0]


def test_overdue_lists_what_is_late_with_department_and_officer(linked: Chat) -> None:
    linked.clock.forward(days=11)
    text = linked.say("최기획", "/overdue")[0]
    assert "설계 용역" in text
    assert "측정기 설치" in text
    assert "도로과 · 김하늘" in text


def test_an_empty_list_says_so(linked: Chat) -> None:
    assert "기한이 경과한 일정이 없습니다" in linked.say("최기획", "/overdue")[0]


def test_upcoming_takes_a_number_of_days(linked: Chat) -> None:
    assert "공사 착공" not in linked.say("최기획", "/upcoming")[0]
    assert "공사 착공" in linked.say("최기획", "/upcoming 31")[0]


@pytest.mark.parametrize("words", ["0", "내일", "400", "-1", "²"])
def test_upcoming_refuses_what_is_no_number_of_days(linked: Chat, words: str) -> None:
    assert "1~366 사이의 숫자" in linked.say("최기획", f"/upcoming {words}")[0]


def test_task_shows_milestones_and_history(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/delay {number} 7.20 의회 일정")
    text = linked.say("김하늘", f"/task {number}")[0]
    assert "보행로 정비" in text
    assert "공사 착공" in text
    assert "김하늘 — 기한 6. 30.(화) → 7. 20.(월) 연기, 사유: 의회 일정" in text


def test_task_takes_the_tasks_own_number(linked: Chat) -> None:
    assert "보행로 정비" in linked.say("김하늘", f"/task {linked.milestone('설계 용역').task_id}")[0]


def test_task_of_somebody_else_reads_like_an_unknown_number(linked: Chat) -> None:
    other = linked.milestone("측정기 설치")
    for number in (other.id, other.task_id):
        assert (
            f"#{number}번은 조회하실 수 있는 일정 가운데 없습니다"
            in linked.say("김하늘", f"/task {number}")[0]
        )


def test_a_long_list_is_turned_page_by_page(tmp_path: Path) -> None:
    entries = [entry(f"일정 {number:02}", date(2026, 7, 10)) for number in range(1, 14)]
    chat = Chat(tmp_path, task("큰 사업", "도로과", ["김하늘"], *entries))
    chat.join("김하늘")
    chat.say("김하늘", "/my")
    data = chat.keyboard("김하늘")["더 보기 ▶"]
    chat.press("김하늘", data, message_id=55)
    edit = chat.owed(chat.people["김하늘"])[-1]
    assert edit.message_id == 55
    assert "일정 13" in edit.payload["text"]


@pytest.fixture
def late(tmp_path: Path) -> Chat:
    """A plan that came in with one entry already past."""
    chat = Chat(
        tmp_path,
        task(
            "사업",
            "도로과",
            ["김하늘"],
            entry("묵은 과제", date(2026, 5, 29)),
            entry("올 일", date(2026, 7, 7)),
        ),
        now=TUESDAY - timedelta(minutes=10),
    )
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    return chat


def test_what_was_past_at_import_reminds_nobody_and_is_listed_for_the_planning_office(late: Chat) -> None:
    for _ in range(10):
        late.clock.forward(minutes=10)
        late.scan()
        late.clock.forward(days=1, minutes=-10)
    texts = [text for _, text in late.send_all()]
    assert not any("묵은 과제" in text for text in texts)
    assert late.milestone("묵은 과제").before_start
    assert "묵은 과제" in late.say("최기획", "/past")[0]


def test_the_planning_office_marks_a_past_entry_done_at_its_due_day(late: Chat) -> None:
    late.say("최기획", "/past")
    late.tap("최기획", "✅")
    milestone = late.milestone("묵은 과제")
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, date(2026, 5, 29))
    assert "남아 있지 않습니다" in late.say("최기획", "/past")[0]


def test_a_past_entry_that_is_delayed_waits_for_the_planning_office_no_more(late: Chat) -> None:
    late.say("최기획", f"/delay {late.number('묵은 과제')} 8.14 의회 일정")
    milestone = late.milestone("묵은 과제")
    assert (milestone.due_on, milestone.past_review) == (date(2026, 8, 14), PastReview.SETTLED)
    assert "남아 있지 않습니다" in late.say("최기획", "/past")[0]


def test_the_officer_is_asked_at_once_and_not_reminded(late: Chat) -> None:
    late.say("최기획", "/past")
    late.tap("최기획", "❓")
    asked = [text for chat, text in late.send_all() if chat == late.people["김하늘"]]
    assert any("묵은 과제" in text for text in asked)
    late.clock.forward(days=3, minutes=10)
    late.scan()
    assert not any("묵은 과제" in text for _, text in late.send_all())


def test_an_archived_past_entry_counts_nowhere(late: Chat) -> None:
    late.say("최기획", "/past")
    late.tap("최기획", "🗄")
    milestone = late.milestone("묵은 과제")
    assert (milestone.state, milestone.past_review) == (MilestoneState.CANCELLED, PastReview.SETTLED)
    assert "일정 1건" in late.say("최기획", "/status")[0]


def test_a_decision_on_a_past_entry_can_be_undone(late: Chat) -> None:
    late.say("최기획", "/past")
    late.tap("최기획", "🗄")
    late.say("최기획", "/undo")
    milestone = late.milestone("묵은 과제")
    assert (milestone.state, milestone.past_review) == (MilestoneState.PLANNED, PastReview.OPEN)


def test_help_begins_with_the_three_most_used_and_names_all_in_groups(linked: Chat) -> None:
    officer, planner = linked.say("김하늘", "/help")[0], linked.say("최기획", "/help")[0]
    assert [officer.index(f"/{one} (") for one in ("my", "done", "delay")]
    assert planner.index("/status (") < planner.index("필요하신 것에 따라")
    assert len(planner) < 1400
    said = linked.tap("최기획", "계획과 고치기")
    edited = linked.owed(linked.people["최기획"])[-1].payload["text"]
    assert said == [] and "/plans" in edited and "/done" not in edited


def test_help_shows_what_the_persons_roles_may_use(linked: Chat) -> None:
    officer, planner = linked.say("김하늘", "/help")[0], linked.say("최기획", "도움말")[0]
    assert "/done" in officer
    assert "/status" not in officer
    assert "/status" in planner


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.example], ids=lambda one: one.name)
def test_every_example_in_the_help_is_understood(linked: Chat, command: object) -> None:
    example = getattr(command, "example", "").replace("112", str(linked.number("설계 용역")))
    linked.code("이바다", department="총무과")  # the colleague whom the examples name
    answers = linked.say("최기획", example)
    assert len(answers) == 1
    assert "예)" not in answers[0]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("/nonsense", "/help"),
        ("/", "/help"),
        *((text, "/my") for text in ("무슨 말인지", "😀", "<b>", "###")),
    ],
)
def test_what_is_not_understood_is_answered_with_a_way_on(linked: Chat, text: str, way: str) -> None:
    assert way in linked.say("김하늘", text)[0]


def test_a_sticker_is_answered(linked: Chat) -> None:
    for nothing_to_read in (None, "\u200d" * 300):
        assert "글로 된 내용만" in linked.say("김하늘", nothing_to_read)[0]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "v0|done|1|1",
        "v1|done|x|1",
        "v1|nope|1|1",
        "v1|done|1",
        "v1|done|-1|1",
        "v1|done|" + "9" * 40 + "|1",
    ],
)
def test_button_data_that_is_not_ours_is_refused(linked: Chat, data: str) -> None:
    assert "이 버튼은 더 이상 쓸 수 없습니다" in linked.press("김하늘", data)[0]


def test_the_list_whose_button_was_pressed_shows_the_new_state(linked: Chat) -> None:
    linked.say("김하늘", "/my")
    linked.send_all()
    user = linked.people["김하늘"]
    shown = [one for one in linked.owed(user) if "내 소관 일정" in one.payload.get("text", "")][-1]
    number = linked.number("설계 용역")
    assert shown.message_id is not None
    linked.press("김하늘", f"v1|done|{number}|1", message_id=shown.message_id)
    edit = linked.owed(user)[-1]
    assert (edit.kind, edit.message_id) == (DeliveryKind.EDIT, shown.message_id)
    assert f"#{number}" not in edit.payload["text"]
