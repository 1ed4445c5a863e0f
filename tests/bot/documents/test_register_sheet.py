"""The register goes out as a sheet and comes back: unchanged it changes nothing, changed it is shown before it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.documents.upload import Attachment
from bot.texts import plan_words
from plans.readers.document import read_text
from plans.sheet.columns import REGISTER_COLUMNS
from plans.sheet.register import RegisterSheet, read_register
from reports.register_sheet import register_sheet
from store.states import MilestoneState
from tests.bot.chat import Chat

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
