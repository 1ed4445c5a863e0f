"""Tables in the shapes that offices use: what each column and row is, and what of them is registered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plans.draft import MilestoneDraft, PlanDraft
from plans.read import plan_of, read_plan
from plans.readers.child import source_of
from tests.plans import writers
from tests.plans.table_documents import DOCUMENTS, Document

WRITE: dict[str, writers.Write] = {
    ".txt": writers.write_txt,
    ".csv": writers.write_csv,
    ".md": writers.write_md,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
    ".pdf": writers.write_pdf,
}


def drafted(document: Document, folder: Path) -> PlanDraft:
    path = folder / f"plan{document.kind}"
    WRITE[document.kind](document.text, path, writers.Looks(merged=document.merged))
    source = source_of(document.kind, path)
    return plan_of(source.text, document.year, None, source.notices)


def shown(entry: MilestoneDraft) -> str:
    """*action start..due < day before a change."""
    times = " ".join(f"{window.start}..{window.due}" for window in entry.windows) or entry.kind
    moved = f" < {entry.original_due}" if entry.original_due else ""
    return f"{'*' * entry.done}{entry.title} {times}{moved}"


def tasks_of(draft: PlanDraft) -> dict[str, list[str]]:
    return {
        f"{task.no or ''} {task.title} | {task.department or '-'}".strip(): sorted(
            map(shown, task.milestones)
        )
        for task in draft.tasks
    }


def expected(text: str) -> dict[str, list[str]]:
    tasks: dict[str, list[str]] = {}
    for line in map(str.strip, text.splitlines()):
        if " | " in line:
            entries = tasks.setdefault(line, [])
        else:
            entries.append(line)
    return {task: sorted(entries) for task, entries in tasks.items()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_table_of_an_office_gives_its_tasks_and_entries_and_nothing_else(
    document: Document, tmp_path: Path
) -> None:
    draft = drafted(document, tmp_path)
    right, optional = expected(document.right), expected(document.optional)
    found = {
        task: [one for one in entries if one not in optional.get(task, ())]
        for task, entries in tasks_of(draft).items()
    }
    assert found == right
    assert {finding.kind for finding in draft.findings} >= set(document.told)
    assert draft.account is not None
    assert draft.account.holds


BARS = Document(
    "words-over-several-months",
    "",
    "2031년 한별시 나루터 정비 계획\n\n한별시\n\n1. 나루터 정비\n\n□ 추진일정\n"
    "세부내용\t1월\t2월\t3월\t4월\t5월\t6월\n설계\t용역\t\t\t심의\t\t\n공사\t\t\t\t\t착공\t\n",
    """1 나루터 정비 | -
         설계 용역 2031-01-01..2031-03-31
         설계 심의 2031-04-01..2031-04-30
         공사 착공 2031-05-01..2031-06-30""",
    merged={(9, 1): (1, 3), (10, 5): (1, 2)},
)


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".hwp", ".hwpx", ".pdf"])
def test_a_word_over_several_months_runs_to_the_end_of_the_last(kind: str, tmp_path: Path) -> None:
    draft = drafted(replace(BARS, kind=kind), tmp_path)
    assert tasks_of(draft) == expected(BARS.right)
    assert not draft.findings


def test_a_time_over_the_columns_of_two_years_is_asked(tmp_path: Path) -> None:
    text = "2031년도 주요업무계획\n\n한별시\n\n1. 둘레길\n\n□ 추진계획\n내용\t2031년\t2032년\n설계\t3월\t\n공사\t9월 ~ 5월\t\n"
    draft = drafted(Document("", ".docx", text, "", merged={(10, 1): (1, 2)}), tmp_path)
    [task] = draft.tasks
    assert [shown(one) for one in task.milestones] == ["설계 2031-03-01..2031-03-31"]
    assert [(one.title, one.expr) for one in task.asked] == [("공사", "9월 ~ 5월")]


def test_an_answer_about_a_form_holds_for_every_table_of_it(tmp_path: Path) -> None:
    document = next(one for one in DOCUMENTS if one.name == "two-columns-that-disagree")
    path = tmp_path / "plan.txt"
    writers.write_txt(document.text, path)
    asked = read_plan(path).tasks[0].asked
    assert [one.expr for one in asked] == ["3월 / 2031. 5. 2.", "4월 / 2031. 6. 9.", "9월 / 2031. 11. 3."]
    [form] = {one.form for one in asked}
    assert form is not None
    writers.write_txt(document.text.replace("안전 점검", "다른 점검"), path)
    draft = read_plan(path, answers={form: asked[0].columns[1]})
    assert [shown(one) for one in draft.tasks[0].milestones] == [
        "교량 점검 2031-05-02..2031-05-02",
        "옹벽 점검 2031-06-09..2031-06-09",
        "터널 점검 2031-11-03..2031-11-03",
    ]
    assert not draft.tasks[0].asked


HEAD = "2031년도 주요업무계획\n\n한별시\n\n1. 시민 배움터\n\n□ 추진일정\n"


def entries_of(table: str) -> list[str]:
    return [shown(entry) for task in plan_of(HEAD + table).tasks for entry in task.milestones]


def test_a_name_that_is_broken_over_the_lines_of_its_cell_is_one_name() -> None:
    assert entries_of("과정명\t일정\n마음을 잇는<br>이야기 교실\t3. 4.\n목공 교실\t5. 6.\n") == [
        "마음을 잇는 이야기 교실 2031-03-04..2031-03-04",
        "목공 교실 2031-05-06..2031-05-06",
    ]


def test_several_lines_of_times_stand_beside_as_many_lines_of_actions() -> None:
    assert entries_of("추진시기\t추진내용\n3월<br>9월\t강사 모집<br>발표회\n") == [
        "강사 모집 2031-03-01..2031-03-31",
        "발표회 2031-09-01..2031-09-30",
    ]


GRID = "세부과제\t3월\t4월\t5월\t6월\t7월\n{row}\n견학\t\t\t\t\t시설 견학\n"


@pytest.mark.parametrize("mark", ["·", "-"])
def test_a_months_cell_says_all_its_items(mark: str) -> None:
    row = f"모집\t\t{mark} 누리집 안내<br>{mark} 안내문 발송<br>{mark} 현수막\t{mark} 설명회\t\t"
    assert entries_of(GRID.format(row=row)) == [
        "모집 누리집 안내, 안내문 발송, 현수막 2031-04-01..2031-04-30",
        "모집 설명회 2031-05-01..2031-05-31",
        "시설 견학 2031-07-01..2031-07-31",
    ]


@pytest.mark.parametrize(
    "lines", ["○ 심의<br>- 위원 위촉<br>- 자료 배부", "심의<br>· 위원 위촉<br>· 자료 배부"]
)
def test_what_stands_below_an_item_of_a_months_cell_is_its_detail(lines: str) -> None:
    assert entries_of(GRID.format(row=f"모집\t\t{lines}\t\t\t"))[0] == "모집 심의 2031-04-01..2031-04-30"


def test_steps_that_only_count_are_told_and_not_registered() -> None:
    draft = plan_of(HEAD + "1기\t2기\t3기\n3. 4.\t5. 6.\t9. 2.\n\n ○ 수료식 : 10. 7.\n")
    assert [shown(one) for one in draft.tasks[0].milestones] == ["수료식 2031-10-07..2031-10-07"]
    assert draft.account is not None
    assert [one.line for one in draft.account.unread] == [9]


def test_of_two_lists_of_years_in_one_cell_the_changed_one_holds() -> None:
    draft = plan_of(
        "2031년 한별시 공약 조정내역\n\n연번\t공약명\t소관부서\t변경 내용\n"
        "1\t하늘숲 수목원\t산림과\t연도별 추진계획(당초) 2030 : 설계 2031 : 착공 "
        "연도별 추진계획(변경) 2030 : 설계 2031 ~ 2032 : 토지 보상 임기후 : 착공\n"
        "2\t별마당 주차장\t교통과\t사업비 조정\n"
    )
    assert [shown(one) for one in draft.tasks[0].milestones] == [
        "설계 2030-01-01..2030-12-31",
        "토지 보상 2031-01-01..2032-12-31",
    ]


def test_a_month_that_is_written_once_holds_for_the_days_below_it() -> None:
    rows = "3월\t4일\t착수 보고\n\t11일 ~ 12일\t주민 설명회\n4월\t3(목)~5(토)\t현장 점검\n\t29(화) ~ 5. 2.(금)\t전시회\n"
    right = [
        "착수 보고 2031-03-04..2031-03-04",
        "주민 설명회 2031-03-11..2031-03-12",
        "현장 점검 2031-04-03..2031-04-05",
        "전시회 2031-04-29..2031-05-02",
    ]
    assert entries_of(rows) == right
    assert entries_of("월\t일\t내용\n" + rows) == right


def test_a_month_that_is_none_is_not_taken_from_above() -> None:
    rows = "월\t일\t내용\n3월\t4일\t착수 보고\n봄\t11일\t나무 심기\n"
    assert entries_of(rows) == ["착수 보고 2031-03-04..2031-03-04"]


def test_months_that_group_rows_of_days_are_no_times_of_their_own() -> None:
    rows = "월\t주\t주요행사\t날짜(예정)\t부서\n4월\t1\t급식 교육\t4.1.(수)\t건강과\n\t\t담당자 연수\t4.2.(목)~4.3.(금)\t건강과\n"
    rows += "\t2\t청렴 교육\t4월 중\t감사관\n5월\t1\t미술 대회\t5.4.(월)~5.8.(금)\t건강과\n"
    assert entries_of(rows) == [
        "급식 교육 2031-04-01..2031-04-01",
        "담당자 연수 2031-04-02..2031-04-03",
        "청렴 교육 2031-04-01..2031-04-30",
        "미술 대회 2031-05-04..2031-05-08",
    ]


def test_a_wider_time_among_the_words_of_a_row_says_which_and_the_rows_time_when() -> None:
    rows = "내용\t시기\n안전 점검(상반기)\t5. 18. ~ 5. 22.\n안전 점검(하반기)\t9월\n"
    assert entries_of(rows) == [
        "안전 점검(상반기) 2031-05-18..2031-05-22",
        "안전 점검(하반기) 2031-09-01..2031-09-30",
    ]


def test_a_time_among_the_words_that_says_more_than_the_row_is_the_entrys() -> None:
    assert entries_of("내용\t시기\n설명회(5. 20.)\t5월\n") == ["설명회 2031-05-20..2031-05-20"]


LOST = "구분\t일자\t내용\t비고\n상반기\t3. 4.\t개강\t\n3. 11.\t수강 변경\t\n5. 5.\t쉬는 날\t휴업\n하반기\t9. 2.\t개강\t\n"


@pytest.mark.parametrize("kind", [".txt", ".csv", ".md"])
def test_a_row_whose_first_cell_a_conversion_lost_stands_below_its_header(kind: str, tmp_path: Path) -> None:
    [task] = drafted(Document("", kind, HEAD + LOST, ""), tmp_path).tasks
    assert list(map(shown, task.milestones)) == [
        "개강 2031-03-04..2031-03-04",
        "수강 변경 2031-03-11..2031-03-11",
        "쉬는 날 2031-05-05..2031-05-05",
        "개강 2031-09-02..2031-09-02",
    ]


def test_a_calendar_without_a_header_may_lack_its_months_below_the_first() -> None:
    calendar = "한별시 시민대학 2031년 일정\n8월\t1(금)~25(월)\t휴학 신청\n4(월)\t희망 과목 등록\n9월\t1(월)\t개강\n3(수)\t정정\n"
    entries = [shown(entry) for task in plan_of(calendar).tasks for entry in task.milestones]
    assert entries == [
        "휴학 신청 2031-08-01..2031-08-25",
        "희망 과목 등록 2031-08-04..2031-08-04",
        "개강 2031-09-01..2031-09-01",
        "정정 2031-09-03..2031-09-03",
    ]


def test_a_table_right_below_another_keeps_its_columns_and_is_told() -> None:
    rows = "내용\t시기\t비고\n착공\t3월\t도로과\n시기\t행사\t곳\n5월\t축제\t광장\n6. 7.\t잔치\t\n"
    draft = plan_of(HEAD + rows)
    assert [shown(one) for one in draft.tasks[0].milestones] == [
        "착공 2031-03-01..2031-03-31",
        "축제 2031-05-01..2031-05-31",
        "잔치 2031-06-07..2031-06-07",
    ]
    assert [one.facts["shown"] for one in draft.findings if one.code == "proposed"] == [[11, 12]]


def test_words_where_the_time_of_a_short_row_is_lost_are_told() -> None:
    draft = plan_of(HEAD + "시기\t내용\t부서\n3월\t착수 보고\t도로과\n주민 설명회\t도로과\n")
    assert [shown(one) for one in draft.tasks[0].milestones] == ["착수 보고 2031-03-01..2031-03-31"]
    assert [(one.line, one.kind) for one in draft.findings] == [(10, "time-missing")]


EXAMS = (
    "2031년 한별시 자격시험 안내\n\n1. 아래 내용은 바뀔 수 있음\n2. 응시 관련 문의는 인재과\n\n"
    "회차명\t원서 접수기간\t결제기간\t시험일\t발표\t접수상태\n"
    "2031년도(1회 필기)\t2031-04-15 09:00 ~ 2031-04-25 18:00\t2031-04-26~2031-04-29\t2031-05-11\t2031-05-17\t예정\n"
    "2031년도(1회 실기)\t2031-06-15 09:00 ~ 0231-06-25 18:00\t2031-06-26~2031-06-29\t2031-07-11~13\t2031-07-17\t-\n"
)


def test_several_dated_columns_below_a_numbered_notice_are_the_acts_of_their_headers() -> None:
    draft = plan_of(EXAMS)
    entries = [shown(entry) for task in draft.tasks for entry in task.milestones]
    assert entries == [
        "2031년도(1회 필기) 원서접수 2031-04-15..2031-04-25",
        "2031년도(1회 필기) 결제 2031-04-26..2031-04-29",
        "2031년도(1회 실기) 결제 2031-06-26..2031-06-29",
        "2031년도(1회 필기) 시험 2031-05-11..2031-05-11",
        "2031년도(1회 실기) 시험 2031-07-11..2031-07-13",
        "2031년도(1회 필기) 발표 2031-05-17..2031-05-17",
        "2031년도(1회 실기) 발표 2031-07-17..2031-07-17",
    ]
    assert [(one.line, one.kind) for one in draft.findings] == [(8, "unreadable-time")]


def test_the_period_of_works_beside_the_day_of_their_end_stays_a_period() -> None:
    rows = "사업명\t공사기간\t준공일\n다리 놓기\t2031. 3. ~ 2031. 9.\t2031. 9. 3.\n길 놓기\t2031. 4. ~ 2031. 10.\t2031. 10. 3.\n"
    assert entries_of(rows) == [
        "다리 놓기 준공 2031-09-03..2031-09-03",
        "길 놓기 준공 2031-10-03..2031-10-03",
    ]


def test_a_table_of_acts_under_a_title_that_plans_nothing_is_proposed() -> None:
    table = "시설\t착수\t준공\n다리\t2031. 3. 4.\t2031. 9. 3.\n길\t2031. 4. 1.\t2031. 10. 3.\n"
    draft = plan_of(
        f"2031년도 주요업무계획\n\n한별시\n\n1. 시민 배움터\n\n□ 개요\n{table}\n□ 추진일정\n ○ 3월: 개관\n"
    )
    assert sorted(shown(one) for one in draft.tasks[0].milestones) == [
        "개관 2031-03-01..2031-03-31",
        "길 준공 2031-10-03..2031-10-03",
        "길 착수 2031-04-01..2031-04-01",
        "다리 준공 2031-09-03..2031-09-03",
        "다리 착수 2031-03-04..2031-03-04",
    ]
    assert [one.facts["shown"] for one in draft.findings if one.code == "proposed"] == [[9, 10]]


REGISTER = (
    "연번\t공약명\t담당부서\t추진시기\t추진내용\n1\t물빛공원 넓히기\t공원과\t2031. 5.\t실시설계 완료\n"
    "2\t어린이 안심병원\t보건과\t2031. 8.\t착공\n3\t시장 주차타워\t경제과\t2031. 11.\t공사 발주\n"
)


def test_a_register_beside_several_projects_gives_its_rows_as_tasks() -> None:
    work = "\n□ 추진계획\n ○ 3월: 강사 모집\n ○ 9월: 발표회\n\n"
    projects = f"2031년도 주요업무계획\n\n한별시\n\n1. 시민 배움터\n{work}2. 숲길 잇기\n{work}"
    found = tasks_of(plan_of(f"{projects}3. 공약 추진계획\n\n{REGISTER}"))
    assert list(found)[:2] == ["1 시민 배움터 | -", "2 숲길 잇기 | -"]
    assert dict(list(found.items())[2:]) == {
        "1 물빛공원 넓히기 | 공원과": ["실시설계 완료 2031-05-01..2031-05-31"],
        "2 어린이 안심병원 | 보건과": ["착공 2031-08-01..2031-08-31"],
        "3 시장 주차타워 | 경제과": ["공사 발주 2031-11-01..2031-11-30"],
    }


def test_what_a_plan_says_will_be_complete_is_not_done() -> None:
    rows = "연번\t사업명\t담당부서\t추진계획\n1\t물빛공원 넓히기\t공원과\t5월 설계 완료\n2\t새 도서관\t문화과\t8월 착공\n"
    text = (
        f"2031년도 주요업무계획\n\n한별시\n\n1. 시민 배움터\n\n□ 세부사업\n{rows}\n□ 추진일정\n ○ 3월: 개관\n"
    )
    entries = [shown(entry) for task in plan_of(text).tasks for entry in task.milestones]
    assert [one for one in entries if one.startswith("*")] == []
    assert "설계 완료 2031-05-01..2031-05-31" in entries


@pytest.mark.parametrize("gap", ["", "\t"])
def test_panels_side_by_side_are_tables_of_their_own(gap: str) -> None:
    rows = f"내용\t시기\t{gap}내용\t시기\n착수 보고\t3월\t{gap}강사 모집\t4월\n준공\t9월\t{gap}발표회\t2월\n"
    assert entries_of(rows) == [
        "착수 보고 2031-03-01..2031-03-31",
        "준공 2031-09-01..2031-09-30",
        "강사 모집 2031-04-01..2031-04-30",
        "발표회 2031-02-01..2031-02-28",
    ]


def test_a_column_of_days_holds_beside_one_of_months_with_weeks_between() -> None:
    rows = (
        "월\t주\t주요행사\t날짜(예정)\t부서\n4월\t1\t급식 연수\t4. 1.(화)\t건강과\n"
        "\t\t교통안전 캠페인\t4. 3.(목) ~ 4. 4.(금)\t안전과\n"
        "5월\t2\t미술대회\t5. 7.(수)\t예체과\n"
    )
    assert entries_of(rows) == [
        "급식 연수 2031-04-01..2031-04-01",
        "교통안전 캠페인 2031-04-03..2031-04-04",
        "미술대회 2031-05-07..2031-05-07",
    ]
