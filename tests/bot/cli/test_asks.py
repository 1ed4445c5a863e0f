"""`gihan ask …`: an outsider's sheet goes out, comes back from departments, and comes out as one workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.shell import Shell

PEOPLE = """이름,직급,팀,부서,국,역할
김하늘,주무관,,도로과,안전국,서무
박마루,팀장,,도로과,안전국,팀장
이바다,주무관,,공원과,안전국,서무
한나루,주무관,,복지과,복지국,부서장
최기획,주무관,,기획예산실,,담당자
"""
HEAD = ("연번", "부서명", "쉼터 이름", "사업비(백만원)", "구분(신규/보수)", "문서번호", "비고")
KEYS = {"no", "title", "kind", "scope", "opened_at", "due_at", "state", "respondents", "answered", "overdue"}
ROW_KEYS = {"respondent", "owner", "state", "answered_by", "on_behalf_of", "at", "values"}


def sheet(path: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> str:
    """A form as an office makes it: a merged title above the header."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["2027년 그늘 쉼터 수요조사"])
    page.merge_cells("A1:G1")
    page.append([])
    for row in (head, *rows):
        page.append(list(row))
    book.save(path)
    return str(path)


def filled(path: Path, *rows: tuple[Any, ...]) -> str:
    """The form that went out, with rows below its header."""
    book = load_workbook(path)
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return str(path)


@pytest.fixture
def shell(gihan: Shell, tmp_path: Path) -> Shell:
    """An office with people, on 1 July 2026."""
    clock = tmp_path / "clock.json"
    set_clock(clock, "2026-07-01T00:30:00+00:00")
    gihan.always |= {"GIHAN_CLOCK__FILE": str(clock), "GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}
    (gihan.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    gihan("roster", "people.csv", "--yes")
    return gihan


def set_clock(file: Path, now: str) -> None:
    file.write_text(json.dumps({"seq": 1, "now": now}))


@pytest.fixture
def asked(shell: Shell) -> Shell:
    """Request 1 is open to three departments until the 10th."""
    form = sheet(shell.folder / "서식.xlsx")
    shell(
        "ask",
        "open",
        form,
        "--due",
        "2026-07-10",
        "--to",
        "도로과,공원과,복지과",
        "--basis",
        "기획예산실-12",
        "--yes",
    )
    return shell


def show(shell: Shell, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell("ask", "show", str(number), "--json"))
    return found


def test_what_would_be_asked_is_shown_and_nothing_is_opened(shell: Shell) -> None:
    form = sheet(shell.folder / "서식.xlsx", (1, "○○과", "(예) 시청 앞", 10, "신규", "기획-1", ""))
    said = shell("ask", "open", form, "--due", "7.10", "--bureau", "안전국", "--dry-run")
    assert "2개 부서에 2026. 7. 10.까지" in said and "사업비(백만원): 수, 백만원, 필수" in said
    assert "구분(신규/보수): 선택, 신규/보수, 필수" in said and "비고: 글, 비워도 됨" in said
    assert "물어볼 사람 2명" in said and "머리글 아래의 1행은 예시" in said
    assert json.loads(shell("ask", "list", "--json")) == []


def test_three_departments_answer_in_their_ways_and_one_workbook_comes_out(asked: Shell) -> None:
    asked("ask", "form", "1", "-o", "도로과.xlsx", "--department", "도로과")
    back = filled(
        asked.folder / "도로과.xlsx",
        (1, "도로과", "역 앞", 12.5, "신규", "도로과-77", ""),
        (2, "도로과", "시장", 3, "보수", "도로과-78", "급함"),
    )
    asked("ask", "take", "1", "도로과", back, "--as", "김하늘")
    values = ("쉼터 이름=호수", "사업비(백만원)=1,200", "구분(신규/보수)=신규", "문서번호=공원과-5")
    asked("ask", "answer", "1", "공원과", *(part for one in values for part in ("--set", one)))
    asked("ask", "answer", "1", "복지과", "--none", "--as", "한나루")
    found = show(asked)
    assert found.keys() >= KEYS and all(row.keys() == ROW_KEYS for row in found["rows"])
    assert [one["name"] for one in found["fields"]] == list(HEAD[2:])
    assert [(one["type"], one["unit"]) for one in found["fields"]][1] == ("number", "백만원")
    assert [
        (row["respondent"], row["owner"], row["answered_by"], row["on_behalf_of"]) for row in found["rows"]
    ] == [
        ("복지과", "한나루", "한나루", None),
        ("공원과", "이바다", "운영자", "공원과"),
        ("도로과", "김하늘", "김하늘", None),
        ("도로과", "김하늘", "김하늘", None),
    ]
    assert [list(row["values"].values()) for row in found["rows"]] == [
        [], ["호수", 1200, "신규", "공원과-5"], ["역 앞", 12.5, "신규", "도로과-77"], ["시장", 3, "보수", "도로과-78", "급함"]
    ]  # fmt: skip
    assert "3개 부서 가운데 3개, 모두 3행" in asked("ask", "book", "1", "-o", "취합.xlsx")
    book = load_workbook(asked.folder / "취합.xlsx")
    assert [row[1:5] for row in book["취합"].iter_rows(min_row=3, values_only=True)] == [
        ("공원과", "호수", 1200, "신규"), ("도로과", "역 앞", "12.5", "신규"), ("도로과", "시장", 3, "보수")
    ]  # fmt: skip
    states = {row[0]: row[2:] for row in book["제출 현황"].iter_rows(min_row=4, values_only=True)}
    assert states["복지과"][7] == "0건" and states["공원과"][4] == "대리 입력"
    assert states["도로과"][:2] == ("제출", 2) and states["도로과"][3] == "김하늘"


def test_the_form_goes_out_as_it_was_sent_in(asked: Shell) -> None:
    asked("ask", "form", "1", "-o", "빈 서식.xlsx")
    rows = list(load_workbook(asked.folder / "빈 서식.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == "2027년 그늘 쉼터 수요조사" and rows[1] == HEAD
    choice = load_workbook(asked.folder / "빈 서식.xlsx").worksheets[0].data_validations.dataValidation
    assert [one.formula1 for one in choice] == ['"신규,보수"']


def test_a_department_finds_what_it_gave_before_in_its_form(asked: Shell) -> None:
    values = ("쉼터 이름=역 앞", "사업비(백만원)=3", "구분(신규/보수)=신규", "문서번호=도로과-1")
    asked("ask", "answer", "1", "도로과", *(part for one in values for part in ("--set", one)))
    asked("ask", "freeze", "1", "--yes")
    asked("ask", "open", "--like", "1", "--due", "2027-07-10", "--title", "2028년 쉼터 수요조사", "--yes")
    assert show(asked, 2)["scope"] == "도로과, 공원과, 복지과"
    assert "1행을 채웠습니다" in asked("ask", "form", "2", "-o", "다시.xlsx", "--department", "도로과")
    row = next(load_workbook(asked.folder / "다시.xlsx").worksheets[0].iter_rows(min_row=3, values_only=True))
    assert row[:5] == (1, "도로과", "역 앞", 3, "신규")
    asked("ask", "take", "2", "도로과", "다시.xlsx")
    assert show(asked, 2)["answered"] == 1


def test_a_request_that_is_repeated_takes_as_many_rows_and_the_same_steps(asked: Shell) -> None:
    form = sheet(asked.folder / "서식.xlsx")
    asked(
        *("ask", "open", form, "--due", "2027-03-10", "--title", "제안", "--rows", "2", "--time", "14:00"),
        *("--confirm", "--to", "도로과", "--yes"),
    )
    asked("ask", "open", "--like", "2", "--due", "2027-04-09", "--yes")
    assert show(asked, 3)["scope"] == "도로과" and "T14:00" in show(asked, 3)["due_at"]
    values = ("쉼터 이름=역 앞", "사업비(백만원)=3", "구분(신규/보수)=신규", "문서번호=도로과-1")
    said = asked("ask", "answer", "3", "도로과", *(part for one in values for part in ("--set", one)), code=2)
    assert "2건" in said
    asked("ask", "answer", "3", "도로과", "--none")
    assert "도로과" in asked("ask", "confirm", "3", "도로과")


@pytest.mark.parametrize(
    ("cell", "row", "head"),
    [
        ("D4", (1, "도로과", "역 앞", "30천원", "신규", "도로과-1", ""), HEAD),
        ("C4", (1, "도로과", "", 3, "신규", "도로과-1", ""), HEAD),
        ("E3", (1, "도로과", "역 앞", 3, "신규", "도로과-1", ""), (*HEAD[:4], "신규 여부", *HEAD[5:])),
    ],
)
def test_what_is_wrong_is_named_by_its_cell_and_nothing_changes(
    asked: Shell, cell: str, row: tuple[Any, ...], head: tuple[str, ...]
) -> None:
    said = asked("ask", "take", "1", "도로과", sheet(asked.folder / "회신.xlsx", row, head=head), code=2)
    assert f"gihan: {cell}" in said and "바뀐 것은 없습니다" in said
    assert show(asked)["answered"] == 0


def test_a_guess_may_be_put_right_once(shell: Shell) -> None:
    form = sheet(shell.folder / "서식.xlsx")
    said = shell(
        "ask",
        "open",
        form,
        "--due",
        "7.10",
        "--field",
        "사업비(백만원)=number:천원?",
        "--field",
        "비고=choice:급함/보통",
        "--yes",
    )
    assert "사업비(백만원): 수, 천원, 비워도 됨" in said and "비고: 선택, 급함/보통, 비워도 됨" in said
    assert "서식에" in shell("ask", "open", form, "--due", "7.10", "--field", "없는 칸=text", "--yes", code=2)


def test_a_lead_confirms_and_nobody_the_own(shell: Shell) -> None:
    form = sheet(shell.folder / "서식.xlsx")
    shell("ask", "open", form, "--due", "7.10", "--to", "도로과", "--confirm", "--yes")
    shell("ask", "answer", "1", "도로과", "--not-applicable", "--as", "박마루")
    assert "직접 낸 회신" in shell("ask", "confirm", "1", "도로과", "--as", "박마루", code=2)
    assert "맡은 역할" in shell("ask", "confirm", "1", "도로과", "--as", "김하늘", code=2)
    shell("ask", "answer", "1", "도로과", "--not-applicable", "--as", "김하늘")
    shell("ask", "confirm", "1", "도로과", "--as", "박마루")
    assert show(shell)["rows"][0]["state"] == "confirmed"
    assert "바꿀 수" not in shell("ask", "show", "1")


def test_only_the_own_department_is_answered_for(asked: Shell) -> None:
    assert "맡은 역할" in asked("ask", "answer", "1", "공원과", "--none", "--as", "김하늘", code=2)
    assert "맡은 역할" in asked("ask", "extend", "1", "7.20", "사유", "--as", "김하늘", code=2)
    assert show(asked)["answered"] == 0


def test_more_time_late_replies_and_the_end(asked: Shell) -> None:
    assert "처음 기한 2026. 7. 10." in asked(
        "ask", "extend", "1", "2026-07-14", "의회 일정", "--department", "복지과"
    )
    set_clock(Path(asked.always["GIHAN_CLOCK__FILE"]), "2026-07-13T00:30:00+00:00")
    [listed] = json.loads(asked("ask", "list", "--json"))
    assert (listed["overdue"], listed["due_at"]) == (2, "2026-07-10T23:59:59+09:00")
    assert "(기한 지남)" in asked("ask", "answer", "1", "도로과", "--none")
    assert "(기한 지남)" not in asked("ask", "answer", "1", "복지과", "--none")
    asked("ask", "back", "1", "복지과", "쉼터 하나가 빠졌습니다")
    assert "미제출 2개 부서" in asked("ask", "freeze", "1", "--yes")
    assert "마감 상태" in asked("ask", "answer", "1", "공원과", "--none", code=2)
    assert "기한 지남" not in asked("ask", "list") and "마감" in asked("ask", "list")


def test_a_cancelled_request_says_who_has_answered(asked: Shell) -> None:
    asked("ask", "answer", "1", "도로과", "--none")
    assert "이미 낸 부서: 도로과" in asked("ask", "cancel", "1", "사업이 바뀌었습니다")
    assert show(asked)["state"] == "cancelled"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "9"), "9번 요청이 없습니다"),
        (("open", "--due", "7.10"), "빈 서식"),
        (("open", "서식.xlsx", "--yes"), "제출 기한"),
        (("open", "서식.xlsx", "--due", "언젠가", "--yes"), "날짜로 읽지 못했습니다"),
        (("open", "서식.xlsx", "--due", "7.10", "--time", "25:00"), "시각으로"),
        (("open", "서식.xlsx", "--due", "7.10", "--rows", "여러"), "행의 수가 아닙니다"),
        (("open", "서식.xlsx", "--due", "7.10", "--to", "없는과"), "없는과"),
        (("answer", "1", "도로과"), "가운데 하나만"),
        (("answer", "1", "도로과", "--set", "없는칸=1"), "알 수 없습니다"),
        (("take", "1", "도로과", "people.csv"), "이 요청의 서식이 아닙니다"),
        (("book", "1", "-o", "취합.csv"), ".xlsx"),
    ],
)
def test_what_was_wrong_is_said_in_a_line(asked: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in asked("ask", *words, code=2)


def test_the_log_tells_each_step(asked: Shell) -> None:
    asked("ask", "answer", "1", "도로과", "--none", "--as", "김하늘")
    said = asked("audit")
    assert "요청 열기\t요청 1" in said and "대상 부서: 3건" in said
    assert (
        "김하늘\t회신\t요청 1 회신 (도로과)\t상태 미제출 → 제출, 회신: 0건" in said and "알 수 없" not in said
    )


def test_a_reply_is_confirmed_signed_and_judged_and_what_does_not_fit_is_said(shell: Shell) -> None:
    form = sheet(shell.folder / "예산.xlsx", head=("사업명", "국비(백만원)", "시비(백만원)", "합계(백만원)"))
    opened = shell("ask", "open", form, "--due", "2026-07-10", "--to", "도로과", "--kind", "점검", "--yes")
    assert "1번 요청을 열었습니다" in opened
    values = ("--set", "사업명=쉼터", "--set", "국비(백만원)=10", "--set", "시비(백만원)=20", "--set")
    taken = shell("ask", "answer", "1", "도로과", *values, "합계(백만원)=31", "--as", "김하늘")
    assert "확인할 점 · 도로과" in taken and "더하면 30입니다" in taken
    assert shell("ask", "evaluate", "1", "도로과", "적정", code=2)
    shell("ask", "confirm", "1", "도로과", "--as", "박마루")
    assert shell("ask", "sign", "1", "도로과", "--as", "박마루", code=2)
    shell("ask", "sign", "1", "도로과")
    assert "‘미흡’" in shell("ask", "evaluate", "1", "도로과", "미흡", "--opinion", "합계 확인")
    assert "더하면 30입니다" in shell("ask", "show", "1")
    made = shell("ask", "book", "1", "-o", "취합.xlsx")
    assert "확인할 점 1가지" in made
    book = load_workbook(shell.folder / "취합.xlsx")
    assert [row[-2:] for row in book["제출 현황"].iter_rows(values_only=True)][-1] == ("미흡", "합계 확인")


def test_rows_are_chosen_at_the_shell(shell: Shell) -> None:
    form = sheet(shell.folder / "제안.xlsx", head=("제안명", "내용"))
    shell(
        "ask",
        "open",
        form,
        "--due",
        "2026-07-10",
        "--to",
        "도로과",
        "--kind",
        "ideas",
        "--steps",
        "answer,select",
        "--yes",
    )
    shell("ask", "answer", "1", "도로과", "--set", "제안명=그늘", "--set", "내용=나무", "--as", "김하늘")
    assert "사유" in shell("ask", "choose", "1", "도로과", "1", "보류", code=2)
    assert "‘채택’" in shell("ask", "choose", "1", "도로과", "1", "채택")
    assert "채택, 보류, 불채택" in shell("ask", "choose", "1", "도로과", "1", "글쎄", code=2)


def test_a_request_that_comes_again_is_opened_seen_and_ended_at_the_shell(shell: Shell) -> None:
    form = sheet(shell.folder / "현행화.xlsx", head=("자료명", "갱신일자"))
    given = ("--every", "매월 5번째 근무일", "--ahead", "3", "--to", "도로과", "--yes")
    made = shell("ask", "open", form, *given)
    assert "다음은 2026. 8. 4." in made and "gihan ask end 1" in made
    assert "되풀이: 매월 5번째 근무일" in shell("ask", "show", "1")
    [one] = json.loads(shell("ask", "list", "--json"))
    assert one["due_at"].startswith("2026-07-07") and one["state"] == "planned"
    assert "되풀이하지 않습니다" in shell("ask", "end", "1")
    assert "되풀이하는 요청이 아닙니다" in shell("ask", "end", "1", code=2)


def test_a_closed_request_is_corrected_at_the_shell(asked: Shell) -> None:
    values = (
        "--set",
        "쉼터 이름=가",
        "--set",
        "사업비(백만원)=10",
        "--set",
        "구분(신규/보수)=신규",
        "--set",
        "문서번호=도로과-1",
    )
    asked("ask", "answer", "1", "도로과", *values)
    given = ("ask", "correct", "1", "도로과", "1", "사업비(백만원)=12", "--reason", "단위 착오")
    assert "아직 마감하지 않았습니다" in asked(*given, code=2)
    asked("ask", "freeze", "1", "--yes")
    assert "10 → 12" in asked(*given)
    rows = json.loads(asked("ask", "show", "1", "--json"))["rows"]
    assert [row["values"].get("c4") for row in rows if row["values"]] == [12]
