"""The register goes out as a sheet and comes back: unchanged it changes nothing, changed it is shown before it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import select

from bot.documents.upload import Attachment
from bot.texts import plan_words
from jobs.corrections.register_sheet import register_sheet
from jobs.settings import ApprovalSettings
from plans.readers.document import read_text
from plans.sheet.columns import REGISTER_COLUMNS
from plans.sheet.register import RegisterSheet, read_register
from store import milestones
from store.models import Task
from store.states import AssignmentKind, DelayState, MilestoneState
from tests.bot.chat import Chat, task

TODAY = date(2026, 6, 30)
COLUMNS = list(REGISTER_COLUMNS)
Fill = Callable[[dict[int, dict[str, Any]]], None]


def sheet(chat: Chat, folder: Path, **filled: dict[str, Any]) -> RegisterSheet:
    """The register as it is read again, with the cells of the entries of those titles filled in."""
    with chat.store.read() as session:
        written = register_sheet(session, TODAY, *plan_words.register())
    book = load_workbook(BytesIO(written))
    page = book.active
    assert page is not None
    for row in page.iter_rows():
        cells = (
            filled.get(str(row[COLUMNS.index("title")].value).replace(" ", "_"), {}) if len(row) > 5 else {}
        )
        for name, value in cells.items():
            row[COLUMNS.index(name)].value = value
    path = folder / "등록부.xlsx"
    book.save(path)
    return read_register(read_text(path))


def send(chat: Chat, found: RegisterSheet) -> str:
    [answer] = chat.send_document("최기획", Attachment("등록부.xlsx", register=found))
    return answer


def test_a_sheet_that_nobody_changed_changes_nothing(linked: Chat, tmp_path: Path) -> None:
    found = sheet(linked, tmp_path)
    assert (found.rows, found.unchanged, found.faults) == ([], 4, [])
    assert "바뀐 것이 없습니다" in send(linked, found)


def test_what_was_filled_in_is_shown_and_counts_after_the_tap(linked: Chat, tmp_path: Path) -> None:
    cells = {"done": date(2026, 6, 28), "note": "설치 마침"}
    answer = send(linked, sheet(linked, tmp_path, 설계_용역=cells, 측정기_설치={"percent": 60}))
    assert "완료일: 없음 → 2026. 6. 28.(일)" in answer and "진행률: 없음 → 60%" in answer
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED
    linked.tap("최기획", "반영")
    done = linked.milestone("설계 용역")
    assert (done.state, done.done_on, done.note) == (MilestoneState.DONE, date(2026, 6, 28), "설치 마침")
    assert linked.milestone("측정기 설치").progress == 60


def test_it_is_taken_back_as_one_act(linked: Chat, tmp_path: Path) -> None:
    cells = {"done": date(2026, 6, 28), "note": "설치 마침"}
    send(linked, sheet(linked, tmp_path, 설계_용역=cells, 측정기_설치={"percent": 60}))
    linked.tap("최기획", "반영")
    linked.say("최기획", "/undo")
    back = linked.milestone("설계 용역")
    assert (back.state, back.note, linked.milestone("측정기 설치").progress) == (
        MilestoneState.PLANNED,
        None,
        None,
    )


def test_a_row_that_nobody_changed_leaves_what_was_reported_since(linked: Chat, tmp_path: Path) -> None:
    found = sheet(linked, tmp_path, 측정기_설치={"percent": 60})
    linked.say("김하늘", f"/done {linked.number('설계 용역')} 6.29")
    assert "설계 용역" not in send(linked, found)
    linked.tap("최기획", "반영")
    assert linked.milestone("설계 용역").done_on == date(2026, 6, 29)


def test_what_cannot_be_is_said_row_by_row(linked: Chat, tmp_path: Path) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')} 6.29")
    answer = send(
        linked,
        sheet(
            linked,
            tmp_path,
            설계_용역={"done": None},
            측정기_설치={"done": date(2026, 7, 9)},
            공사_착공={"percent": "많이"},
        ),
    )
    assert "완료일을 지울 수 없습니다" in answer and "아직 오지 않은 날" in answer
    assert "진행률 ‘많이’를 읽지 못했습니다" in answer


def test_a_secret_task_has_no_words_in_the_file_of_the_chat(linked: Chat, tmp_path: Path) -> None:
    linked.say("최기획", f"/secret {linked.number('측정기 설치')}")
    with linked.store.read() as session:
        written = register_sheet(session, TODAY, *plan_words.register(), hides_secret=True)
    path = tmp_path / "등록부.xlsx"
    path.write_bytes(written)
    text = read_text(path)
    assert "비공개 과제" in text and "측정기" not in text and "대기 측정" not in text


def test_the_planning_office_gets_the_file_from_the_list_of_plans(linked: Chat) -> None:
    linked.say("최기획", "/plans")
    linked.tap("최기획", "등록부 파일")
    files = [
        one.payload["register"] for one in linked.owed(linked.people["최기획"]) if "register" in one.payload
    ]
    assert files == [{"name": "등록부 2026-06-30.xlsx"}]


def taken(chat: Chat, found: RegisterSheet) -> str:
    """The answer to [반영], and that what changes was shown before."""
    shown = send(chat, found)
    [answer] = [one for one in chat.tap("최기획", "반영") if "등록부" in one]
    return f"{shown}\n{answer}"


def task_of(chat: Chat, title: str) -> Task:
    with chat.store.read() as session:
        found = session.scalars(select(Task).where(Task.title == title)).one()
        assert found.department is not None
        return found


def test_a_corrected_title_and_wording_are_proposed(linked: Chat, tmp_path: Path) -> None:
    answer = taken(linked, sheet(linked, tmp_path, 설계_용역={"title": "실시설계 용역", "expr": "6월 말"}))
    assert "일정: 설계 용역 → 실시설계 용역" in answer and "원문: 2026. 6. 30. → 6월 말" in answer
    assert linked.milestone("실시설계 용역").expr == "6월 말"


def test_a_tasks_columns_are_corrected_from_one_of_its_rows(linked: Chat, tmp_path: Path) -> None:
    cells = {
        "no": "1-1", "task": "보행로 정비사업", "area": "안전 도시", "budgets": "2026년 120백만원",
        "period": "2026. 3. 1. ~ 2026. 12. 31.", "related": "환경과", "partners": "한별공사",
    }  # fmt: skip
    answer = taken(linked, sheet(linked, tmp_path, 설계_용역=cells))
    assert "7곳을 반영" in answer
    found = task_of(linked, "보행로 정비사업")
    assert (found.no, found.area, found.related) == ("1-1", "안전 도시", ["환경과", "한별공사"])
    assert found.budgets == [{"year": 2026, "krw": 120_000_000}]
    assert (found.start_on, found.end_on) == (date(2026, 3, 1), date(2026, 12, 31))


def test_department_and_officers_are_corrected_and_those_concerned_hear_of_it(
    linked: Chat, tmp_path: Path
) -> None:
    cells = {"department": "환경과", "officers": "박바다; 김하늘"}
    taken(linked, sheet(linked, tmp_path, 설계_용역=cells))
    with linked.store.read() as session:
        found = session.get_one(Task, task_of(linked, "보행로 정비").id)
        held = milestones.of_task(found, TODAY)
        assert [(one.officer.name, one.kind) for one in held] == [
            ("박바다", AssignmentKind.LEAD),
            ("김하늘", AssignmentKind.DEPUTY),
        ]
    told = [one.payload["text"] for one in linked.owed(linked.people["김하늘"])]
    assert any("주관부서: 도로과 → 환경과" in one for one in told)


def test_another_due_day_is_never_entered_but_asked(linked: Chat, tmp_path: Path) -> None:
    answer = taken(linked, sheet(linked, tmp_path, 측정기_설치={"due": date(2026, 7, 20)}))
    assert "기한을 다르게 적으신 1건은 바꾸지 않고" in answer
    assert linked.milestone("측정기 설치").due_on == date(2026, 7, 10)
    assert "잘못 읽힌 날짜였는지" in linked.say("최기획", "/review")[0]


def test_a_due_day_that_was_misread_is_the_original_one(linked: Chat, tmp_path: Path) -> None:
    taken(linked, sheet(linked, tmp_path, 측정기_설치={"due": date(2026, 7, 20)}))
    linked.say("최기획", "/review")
    linked.tap("최기획", "잘못 읽힘")
    found = linked.milestone("측정기 설치")
    assert (found.original_due_on, found.due_on, len(found.delays)) == (
        date(2026, 7, 20),
        date(2026, 7, 20),
        0,
    )
    assert "결정하실 내용이 없습니다" in linked.say("최기획", "/review")[0]


def test_a_due_day_that_moves_goes_the_way_of_a_delay(linked: Chat, tmp_path: Path) -> None:
    office = Chat.resumed(tmp_path, linked.saved(), ApprovalSettings())
    taken(office, sheet(office, tmp_path, 측정기_설치={"due": date(2026, 8, 7)}))
    office.say("최기획", "/review")
    office.tap("최기획", "실제 변경")
    found = office.milestone("측정기 설치")
    assert found.due_on == date(2026, 7, 10)
    assert [one.state for one in found.delays] == [DelayState.PENDING]
    office.store.close()


def test_two_rows_of_a_task_that_differ_are_refused_and_so_is_what_cannot_be(
    linked: Chat, tmp_path: Path
) -> None:
    answer = send(
        linked,
        sheet(
            linked,
            tmp_path,
            설계_용역={"area": "안전 도시", "title": None},
            공사_착공={"area": "녹색 도시", "period": "언젠가"},
            측정기_설치={"department": "환경관"},
        ),
    )
    assert "분야 칸이 같은 과제의 다른 줄과 다릅니다" in answer and "일정 칸은 비울 수 없습니다" in answer
    assert "사업기간 칸을 읽지 못했습니다" in answer and "비슷하지만 다른 이름" in answer


def test_all_corrections_of_a_sheet_are_taken_back_as_one_act(linked: Chat, tmp_path: Path) -> None:
    cells = {"title": "실시설계 용역", "department": "환경과", "percent": 40}
    taken(linked, sheet(linked, tmp_path, 설계_용역=cells))
    linked.say("최기획", "/undo")
    assert linked.milestone("설계 용역").progress is None
    assert task_of(linked, "보행로 정비").department.name == "도로과"  # type: ignore[union-attr]


def test_a_task_without_entries_has_a_row_and_can_be_corrected(linked: Chat, tmp_path: Path) -> None:
    linked.register(task("수목 정비", "환경과", ["박바다"]))
    with linked.store.read() as session:
        text = register_sheet(session, TODAY, *plan_words.register())
    path = tmp_path / "등록부.xlsx"
    path.write_bytes(text)
    book = load_workbook(path)
    [row] = [row for row in book.active.iter_rows() if row[2].value == "수목 정비"]
    row[COLUMNS.index("area")].value = "녹색 도시"
    row[COLUMNS.index("percent")].value = 10
    book.save(path)
    answer = taken(linked, read_register(read_text(path)))
    assert "분야: 없음 → 녹색 도시" in answer and "일정이 없는 과제여서 진행률 칸은" in answer
    assert task_of(linked, "수목 정비").area == "녹색 도시"


def test_a_related_department_that_nobody_knew_is_one_and_the_sheet_says_nothing_new_after(
    linked: Chat, tmp_path: Path
) -> None:
    found = sheet(linked, tmp_path, 설계_용역={"related": "환경과; 정보통신과"})
    taken(linked, found)
    assert task_of(linked, "보행로 정비").related == ["환경과", "정보통신과"]
    assert "바뀐 것이 없습니다" in send(linked, found)
    assert "비슷하지만 다른 이름" in send(linked, sheet(linked, tmp_path, 공사_착공={"related": "환경관"}))
