"""Registers of what is done from when to when, and registers whose column of days has a head that no word list knows."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.read import plan_of
from plans.readers import csv, md, xlsx

Told = tuple[str, str, str, str]


def told(plan: PlanDraft) -> list[Told]:
    """Task, action, first and last day."""
    return [
        (task.title, entry.title, str(window.start or ""), str(window.due or ""))
        for task in plan.tasks
        for entry in task.milestones
        for window in entry.windows
    ]


def of_rows(rows: list[list[str]]) -> PlanDraft:
    """The plan of a .csv with these rows."""
    return plan_of(csv.read("\n".join(",".join(row) for row in rows).encode()).text)


def of_sheets(*sheets: list[list[str | date]]) -> PlanDraft:
    """The plan of an .xlsx with these sheets, days as days."""
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return plan_of(xlsx.read(file.getvalue()).text)


def test_the_last_day_of_a_row_is_its_time_and_the_first_day_its_start() -> None:
    plan = of_rows(
        [
            ["WBS", "작업명", "구분", "담당", "시작일", "종료일", "상태"],
            ["1.1", "설계 검토", "준비", "이음팀", "2027-01-04", "2027-02-26", "완료"],
            ["1.2", "27년도 1분기 보고", "준비", "이음팀", "2027-06-01", "2027-07-16", "대기"],
            ["◆M1", "중간 점검", "구축", "", "2027-05-14", "2027-05-14", "대기"],
            ["2", "설비 시험", "구축", "이음팀", "2027-03-02", "2027-04-30", "진행중"],
        ]
    )
    assert told(plan) == [
        ("준비", "설계 검토", "2027-01-04", "2027-02-26"),
        ("준비", "27년도 1분기 보고", "2027-06-01", "2027-07-16"),
        ("구축", "중간 점검", "2027-05-14", "2027-05-14"),
        ("구축", "설비 시험", "2027-03-02", "2027-04-30"),
    ]
    assert [entry.done for task in plan.tasks for entry in task.milestones] == [True, False, False, False]


def test_numbers_with_dots_are_no_days() -> None:
    plan = of_rows(
        [
            ["코드", "업무", "시작", "종료"],
            ["1.1", "회원 명부 옮기기", "2027-03-02", "2027-03-31"],
            ["1.2", "새 누리집 시험", "2027-04-01", "2027-05-14"],
            ["2.1", "새 누리집 공개", "2027-06-01", "2027-06-01"],
        ]
    )
    assert [one[1:] for one in told(plan)] == [
        ("회원 명부 옮기기", "2027-03-02", "2027-03-31"),
        ("새 누리집 시험", "2027-04-01", "2027-05-14"),
        ("새 누리집 공개", "2027-06-01", "2027-06-01"),
    ]


def test_a_register_of_tasks_has_one_entry_a_row_from_its_first_to_its_last_day() -> None:
    plan = of_sheets(
        [
            ["분야", "과제명", "담당부서", "시작 예정일", "종료 예정일"],
            ["교통", "정류장 그늘막", "교통과", date(2027, 5, 3), date(2027, 6, 18)],
            ["환경", "개울 물놀이터", "공원과", date(2027, 4, 5), date(2027, 7, 9)],
        ]
    )
    assert told(plan) == [
        ("정류장 그늘막", "정류장 그늘막", "2027-05-03", "2027-06-18"),
        ("개울 물놀이터", "개울 물놀이터", "2027-04-05", "2027-07-09"),
    ]


def test_what_was_is_no_plan_and_a_change_holds() -> None:
    plan = plan_of(
        "2027년 다리 놓기\n\n□ 추진일정\n업무\t당초\t\t변경\t\t실적\t\n\t시작일\t종료일\t시작일\t종료일\t시작일\t종료일\n"
        "교각 세우기\t2027. 3. 2.\t2027. 5. 7.\t2027. 4. 5.\t2027. 6. 4.\t2027. 4. 6.\t\n"
        "상판 얹기\t2027. 5. 10.\t2027. 8. 6.\t2027. 6. 7.\t2027. 9. 3.\t\t\n"
        "난간 달기\t2027. 9. 6.\t2027. 10. 8.\t\t\t\t\n"
    )
    assert [one[1:] for one in told(plan)] == [
        ("교각 세우기", "2027-04-05", "2027-06-04"),
        ("상판 얹기", "2027-06-07", "2027-09-03"),
        ("난간 달기", "2027-09-06", "2027-10-08"),
    ]


def test_a_row_whose_days_are_not_written_takes_none_from_the_row_above() -> None:
    plan = of_rows(
        [
            ["업무", "담당", "시작일", "종료일"],
            ["회원 명부 옮기기", "김하늘", "2027-03-02", "2027-03-31"],
            ["새 누리집 시험", "이바다", "", ""],
            ["새 누리집 공개", "이바다", "2027-06-01", "2027-06-01"],
        ]
    )
    assert [one[1] for one in told(plan)] == ["회원 명부 옮기기", "새 누리집 공개"]
    assert ("time-missing", 3) in [(one.code.partition(".")[0], one.line) for one in plan.findings]


def test_spans_of_several_acts_are_told_by_their_acts() -> None:
    plan = plan_of(
        "2027년 배움터\n\n□ 추진일정\n과정명\t접수 시작일\t접수 종료일\t교육 시작일\t교육 종료일\n"
        "도예\t2027. 3. 2.\t2027. 3. 12.\t2027. 4. 5.\t2027. 6. 25.\n"
        "목공\t2027. 3. 8.\t2027. 3. 19.\t2027. 4. 12.\t2027. 7. 2.\n"
    )
    assert [one[1:] for one in told(plan)] == [
        ("도예 접수", "2027-03-02", "2027-03-12"),
        ("목공 접수", "2027-03-08", "2027-03-19"),
        ("도예 교육", "2027-04-05", "2027-06-25"),
        ("목공 교육", "2027-04-12", "2027-07-02"),
    ]


def test_a_row_without_a_last_day_is_open_and_one_that_ends_before_it_begins_is_told() -> None:
    plan = of_rows(
        [
            ["업무", "시작일", "종료일"],
            ["회원 명부 옮기기", "2027-03-02", ""],
            ["새 누리집 시험", "2027-04-01", "2027-05-14"],
            ["새 누리집 공개", "2027-06-11", "2027-06-01"],
            ["안내문 보내기", "2027-06-14", "2027-06-18"],
            ["자리 옮기기", "2027-06-21", "2027-06-25"],
            ["옛 누리집 닫기", "2027-07-05", "2027-07-09"],
        ]
    )
    assert ("새 누리집 시험", "2027-04-01", "2027-05-14") in [one[1:] for one in told(plan)]
    assert [one[1:] for one in told(plan) if "공개" in one[1]] == []
    assert [one[1:] for one in told(plan) if "명부" in one[1]] == [("회원 명부 옮기기", "2027-03-02", "")]


@pytest.mark.parametrize(
    ("head", "action"),
    [("Task Name", "Collect the old maps"), ("Work package", "Collect the old maps")],
)
def test_an_english_register_of_first_and_last_days(head: str, action: str) -> None:
    plan = of_sheets(
        [
            ["Group", head, "Start", "Finish", "Owner"],
            ["Archive", "Collect the old maps", date(2027, 1, 11), date(2027, 2, 26), "Library"],
            ["Archive", "Scan and place them on the web map", date(2027, 3, 1), date(2027, 5, 28), "Library"],
            ["Schools", "Open the valley archive", date(2027, 9, 6), date(2027, 9, 6), "Schools"],
        ]
    )
    assert told(plan)[0][1:] == (action, "2027-01-11", "2027-02-26")
    assert [one[2:] for one in told(plan)[1:]] == [("2027-03-01", "2027-05-28"), ("2027-09-06", "2027-09-06")]


def test_a_column_of_days_is_the_time_whatever_its_head_says() -> None:
    plan = of_sheets(
        [
            ["Office", "Report Title", "Report Description", "Update Frequency", "Release Date", "Comment"],
            [
                "Transport",
                "Bridge condition survey",
                "State of all bridges",
                "Yearly",
                date(2027, 3, 31),
                "New",
            ],
            ["Transport", "Bus punctuality", "Late and early buses", "Monthly", date(2027, 6, 30), ""],
            ["Health", "Clean air readings", "Six stations", "Weekly", date(2027, 9, 15), "Updated"],
        ],
        [
            ["Office", "Report Title", "Link", "Expected date when the first issue will be out"],
            ["Police", "Speed checks by road", "", date(2028, 2, 29)],
            ["Police", "Found bicycles", "", date(2028, 5, 31)],
        ],
    )
    assert [one[1:] for one in told(plan)] == [
        ("Bridge condition survey", "2027-03-31", "2027-03-31"),
        ("Bus punctuality", "2027-06-30", "2027-06-30"),
        ("Clean air readings", "2027-09-15", "2027-09-15"),
        ("Speed checks by road", "2028-02-29", "2028-02-29"),
        ("Found bicycles", "2028-05-31", "2028-05-31"),
    ]


def test_several_columns_of_days_each_say_what_happens_then_but_for_what_was() -> None:
    plan = of_rows(
        [
            ["Site", "Lot", "Date purchased", "Board sign-off", "Opens to the public"],
            ["North quay", "Fish market hall", "2024-05-06", "2027-02-10", "2027-05-01"],
            ["South quay", "Rowing club house", "2023-07-04", "2027-03-10", "2027-07-17"],
            ["Mill pond", "Skating hut", "2023-08-11", "", ""],
        ]
    )
    assert [one[1:] for one in told(plan)] == [
        ("North quay: Fish market hall: Board sign-off", "2027-02-10", "2027-02-10"),
        ("North quay: Fish market hall: Opens to the public", "2027-05-01", "2027-05-01"),
        ("South quay: Rowing club house: Board sign-off", "2027-03-10", "2027-03-10"),
        ("South quay: Rowing club house: Opens to the public", "2027-07-17", "2027-07-17"),
    ]


def test_a_table_of_markdown_with_a_head_that_nobody_knows() -> None:
    text = (
        b"# Handover of public buildings\n\nThe buildings below come back to their users once the works are finished.\n\n"
        b"| Facility | Work | To be handed over |\n|---|---|---|\n| Mill Lane pool | New changing rooms | 14 May 2027 |\n"
        b"| Old Town Hall | Roof over the east wing | 30 July 2027 |\n"
    )
    assert [one[1:] for one in told(plan_of(md.read(text).text))] == [
        ("Mill Lane pool: New changing rooms", "2027-05-14", "2027-05-14"),
        ("Old Town Hall: Roof over the east wing", "2027-07-30", "2027-07-30"),
    ]


def test_days_that_a_few_cells_have_make_no_register() -> None:
    rows = [
        ["Ward", "Councillor", "Remarks of the clerk", "Seen"],
        ["Mill", "Ada Harper of the riverside", "moved here on 3 May 2024", "yes"],
        ["Quay", "Tom Weller of the old harbour", "none", "no"],
        ["Hill", "Ann Archer of the upper town", "2026-02-03", "yes"],
    ]
    with pytest.raises(PlanError):
        of_rows(rows)
