"""Pages as people paste them, in text and Markdown: each line of a sample bears behind @@ what is to be read from it."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from plans import preview
from plans.draft import PlanDraft
from plans.entries.sentences import running
from plans.read import plan_of
from plans.readers import md, txt
from plans.readers.form import Source
from plans.text.spelling import squeeze
from plans.time.timeline import Context

READERS: dict[str, Callable[[bytes], Source]] = {".md": md.read, ".txt": txt.read}
ROWS = ("k1-broken.md", "k1-tabs.txt", "k1-wrapped.txt", "k4-two.txt", "k4-uneven.md")
ASKED = "?"


@dataclass(frozen=True)
class Wanted:
    """An entry of a sample: its window, or that it is asked; words of its action and of its task."""

    window: str
    action: str
    task: str = ""

    def is_met(self, found: Wanted) -> bool:
        return self.window == found.window and self.action in found.action and self.task in found.task


def sample(path: Path) -> tuple[PlanDraft, list[Wanted]]:
    """What is read from a sample, and what is to be read from it."""
    lines = [line.partition("@@") for line in path.read_text(encoding="utf-8").splitlines()]
    marks = [mark.split("|") for _, _, marks in lines for mark in marks.split(";;") if mark]
    wanted = [Wanted(span(window.strip()), *map(squeeze, words)) for window, *words in marks]
    text = "\n".join(text.rstrip() for text, _, _ in lines)
    return plan_of(READERS[path.suffix](text.encode()).text), wanted


def span(window: str) -> str:
    """2027-03 -> 2027-03-01..2027-03-31; an end that is not written stays open (2027-09..)."""
    if window == ASKED:
        return window
    first, is_span, last = window.partition("..")
    return f"{_day(first, is_last=False)}..{_day(last if is_span else first, is_last=True)}"


def _day(text: str, is_last: bool) -> str:
    if len(text) != len("2027-03"):
        return text
    year, month = map(int, text.split("-"))
    return f"{text}-{calendar.monthrange(year, month)[1] if is_last else 1:02d}"


def entries(draft: PlanDraft) -> list[Wanted]:
    dated = [
        Wanted(f"{window.start or ''}..{window.due or ''}", squeeze(entry.title), squeeze(task.title))
        for task in draft.tasks
        for entry in task.milestones
        for window in entry.windows
    ]
    asked = [
        Wanted(ASKED, squeeze(one.title), squeeze(task.title)) for task in draft.tasks for one in task.asked
    ]
    return dated + asked


def check(path: Path) -> None:
    draft, wanted = sample(path)
    found = entries(draft)
    assert [one for one in wanted if not any(map(one.is_met, found))] == []
    assert [one for one in found if not any(other.is_met(one) for other in wanted)] == []


@pytest.mark.parametrize("name", ROWS)
def test_rows_that_a_page_broke_or_drew_unevenly_are_rows(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


def rows(text: str) -> list[str]:
    return txt.read(text.encode()).text.split("\n")


def test_a_time_below_a_whole_time_is_another_one() -> None:
    text = "| 내용 | 시기 |\n| 준비위 구성, | 3. 4. |\n| | 5. 6. |\n| 점검 | 7. 1. |"
    assert rows(text) == ["내용\t시기", "준비위 구성,\t3. 4.", "\t5. 6.", "점검\t7. 1."]


def test_rows_are_put_together_where_a_cell_is_open_or_its_hour_stands_below() -> None:
    text = "| 내용 | 시기 | 곳 |\n| 축제 및 | 3월 ~ | 광장 |\n| 장터 | 5월 | |\n| 훈련 | 6. 1. | 강당 |\n| | 14:00 | |"
    assert rows(text) == [
        "내용\t시기\t곳",
        "축제 및 장터\t3월 ~ 5월\t광장",
        "\t\t",
        "훈련\t6. 1. 14:00\t강당",
        "\t\t",
    ]


def test_a_row_in_parts_that_have_other_cells_than_the_head_stays_in_them() -> None:
    text = "| 내용 | 시기 |\n| --- | --- |\n| 장터\n3월 | 광장 | 과 |"
    assert md.read(text.encode()).text.split("\n")[2:] == ["장터", "3월\t광장\t과"]


def test_fields_with_bars_between_are_no_rows() -> None:
    text = "주관: 문화과 | 기간: 3월\n주관: 체육과 | 기간: 4월\n주관: 환경과 | 기간: 5월"
    assert rows(text) == text.split("\n")


def test_two_lines_with_one_bar_each_are_no_table() -> None:
    assert rows("가람시 | 문화과\n2027년 | 축제") == ["가람시 | 문화과", "2027년 | 축제"]


@pytest.mark.parametrize("name", ("k6-dates.txt", "k6-prior.md", "k6-results.md"))
def test_results_of_last_year_beside_a_plan_are_no_entries(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


def test_a_column_of_last_year_s_times_is_no_rival_of_this_year_s() -> None:
    text = "2027년 가람시 행사 계획\n\n행사명\t작년\t올해\n장터\t2026. 3. 2.\t2027. 3. 7.\n걷기\t2026. 5. 9.\t2027. 5. 8.\n"
    assert [one.window for one in entries(plan_of(text))] == [span("2027-03-07"), span("2027-05-08")]


NAMELESS = "2027년 가람시 보수계획\n\n시설\t{0}\t{0}\t부서\n트랙\t2027. 3.\t2027. 8.\t체육과\n조명\t2027. 6.\t2027. 10.\t관리단\n"


@pytest.mark.parametrize("header", ("", "일정"))
def test_columns_that_no_header_tells_apart_are_asked_by_their_place(header: str) -> None:
    text = NAMELESS.format(header)
    draft = plan_of(text)
    (form,) = preview.asked_forms(draft)
    assert form.columns == [f"[2] {header or '2027. 3.'}", f"[3] {header or '2027. 8.'}"]
    preview.choose(draft, form, form.columns[1])
    again = plan_of(text.replace("2027. 3.", "2027. 4."), answers={form.name: form.columns[1]})
    for one in (draft, again):
        assert [entry.window for entry in entries(one)] == [span("2027-08"), span("2027-10")]
        assert one.findings == []


def test_columns_without_names_are_asked_in_a_pasted_table(samples: Path) -> None:
    check(samples / "pasted" / "seen" / "k8-empty.md")


@pytest.mark.parametrize("name", ("k3-blank.md", "k3-cells.txt"))
def test_cells_on_lines_of_their_own_are_rows(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


def told(text: str) -> list[tuple[str, str]]:
    return [(one.title, one.expr) for task in plan_of(text).tasks for one in task.milestones]


CELLS = "행사명\n일시\n장소\n요리대회\n2027. 3. 2.\n1층\n목공제\n2027. 4. 2.\n2층\n도예전\n2027. 5. 2.\n3층\n"


@pytest.mark.parametrize("above", ("2027년 가람시 행사\n\n", "2027년 가람시 행사 일정\n"))
@pytest.mark.parametrize("below", ("", "자세한 사항은 누리집 참고\n"))
def test_a_line_too_many_moves_no_cell_into_another_row(above: str, below: str) -> None:
    assert told(above + CELLS + below) == [
        ("요리대회", "2027. 3. 2."),
        ("목공제", "2027. 4. 2."),
        ("도예전", "2027. 5. 2."),
    ]


def test_a_cell_too_few_moves_no_time_to_another_row() -> None:
    assert told("2027년 가람시 행사\n\n" + CELLS.replace("2층\n", ""))[:2] == [
        ("요리대회", "2027. 3. 2."),
        ("목공제", "2027. 4. 2."),
    ]


def test_the_time_may_lead_and_lack_in_a_row_of_cells() -> None:
    text = "2027년 가람시 교육\n\n일시\n과정\n2027. 3. 2.\n요리\n미정\n목공\n2027. 5. 2.\n도예\n"
    assert told(text) == [("요리", "2027. 3. 2."), ("도예", "2027. 5. 2.")]


@pytest.mark.parametrize("name", ("k5-colon.md", "k5-dash.txt", "k5-lines.txt"))
def test_english_timetables_of_bare_lines_are_read(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


MOVING = "Garam Library: moving home\n\nThe library moves across the river, and this page says when things will happen to it.\n\n"


def test_days_in_front_of_actions_need_no_sign_where_several_stand_so() -> None:
    text = "4 January 2027 Old building closes\n18 January 2027 Books are packed\n"
    assert told(MOVING + text) == [
        ("Old building closes", "4 January 2027"),
        ("Books are packed", "18 January 2027"),
    ]


def test_english_days_of_which_nobody_says_the_year_are_asked() -> None:
    draft = plan_of(MOVING + "3 March – keys handed over\nApril – opening day\n")
    assert [one.window for one in entries(draft)] == [ASKED, ASKED]


@pytest.mark.parametrize("name", ("k2-above.txt", "k2-below.txt", "k2-bullets.md"))
def test_a_time_above_or_below_its_actions_is_theirs(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


YEAR = "2027년 가람시 축제 준비\n\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "3. 8.(월)\n준비위 회의\n무대 공고\n\n3. 22.(월)\n포스터 배포\n",
            [("준비위 회의", "3. 8.(월)"), ("무대 공고", "3. 8.(월)"), ("포스터 배포", "3. 22.(월)")],
        ),
        (
            "3월\n\n- 준비위 회의\n- 무대 공고\n  - 인원 : 20명\n\n4월\n\n- 포스터 배포\n",
            [("준비위 회의", "3월"), ("무대 공고", "3월"), ("포스터 배포", "4월")],
        ),
        (
            "준비위 회의\n\n3. 8.(월)\n\n포스터 배포\n\n3. 22.(월)\n",
            [("준비위 회의", "3. 8.(월)"), ("포스터 배포", "3. 22.(월)")],
        ),
        (
            "준비위 회의\n시청 강당\n(3. 8.)\n포스터 배포\n도서관 앞\n(3. 22.)\n",
            [("준비위 회의", "3. 8."), ("포스터 배포", "3. 22.")],
        ),
        (
            "3. 8.\n준비위 회의\n시청 강당\n3. 22.\n포스터 배포\n도서관 앞\n",
            [("준비위 회의", "3. 8."), ("포스터 배포", "3. 22.")],
        ),
    ],
)
def test_lines_of_one_time_are_told_by_where_the_list_begins_and_ends(
    text: str, wanted: list[tuple[str, str]]
) -> None:
    assert told(YEAR + text) == wanted


@pytest.mark.parametrize("name", ("k7-bare.txt", "k7-md.md"))
def test_bare_titles_over_bullets_are_tasks(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


RIVER = "하천 정비\n- 공사 발주: 2027년 8월\n\n공원 조성\n- 주민 설명회: 2027년 5월\n"


@pytest.mark.parametrize(
    "above", ("2026년 성과\n- 하천 준공: 2026년 4월\n\n", "직원 친절\n- 전화 친절도 향상\n\n")
)
def test_last_year_s_results_and_titles_without_times_are_no_tasks(above: str) -> None:
    draft = plan_of("2027년 가람시 업무계획\n\n" + above + RIVER)
    assert [task.title for task in draft.tasks] == ["하천 정비", "공원 조성"]
    assert not any(entry.done for task in draft.tasks for entry in task.milestones)


def test_a_document_stays_one_where_dated_lines_stand_under_no_bare_title() -> None:
    draft = plan_of("2027년 가람시 업무계획\n\n3월 말까지 예산 배정\n\n" + RIVER)
    assert draft.is_offered
    assert len(entries(draft)) == 3


@pytest.mark.parametrize("name", ("k9-bullets.txt", "k9-sentences.txt"))
def test_sentences_of_a_plan_give_each_act_its_own_time(samples: Path, name: str) -> None:
    check(samples / "pasted" / "seen" / name)


@pytest.mark.parametrize(
    "sentence",
    [
        "시의회는 3월에 개회하여 6월까지 회기를 운영한 바 있다.",
        "건축법은 5월에 개정되어 11월부터 시행된다.",
        "신청자는 4월까지 서류를 제출하고 5월부터 교육을 받아야 한다.",
        "3월에 서류를 접수하면 5월까지 결과를 받을 수 있다.",
        "작년 3월 사람을 모집하고 9월까지 교육을 운영한 결과 20명이 취업했다.",
        "3월의 꽃을 심고 5월의 나무를 심는다.",
        "2026년 3월에 현황을 조사하고 2026년 9월에 결과를 발표한다.",
        "올해 상반기 수출은 늘고 하반기에는 줄어들 전망이다.",
        "3월에는 매화가 피고 4월에는 벚꽃이 핀다.",
    ],
)
def test_sentences_of_what_was_done_of_laws_and_of_others_are_no_acts(sentence: str) -> None:
    assert running(sentence, "content", Context(2027)) == []


def test_a_month_that_falls_back_in_a_sentence_is_asked() -> None:
    first, second = running("11월까지 대상을 확정하고 2월부터 지급한다.", "content", Context(2027))
    assert (first.title, first.reading.trouble) == ("대상을 확정", None)
    assert second.reading.trouble is not None
    assert second.reading.trouble.code == "year-unknown"


def test_next_year_in_a_sentence_is_next_year() -> None:
    first, second = running("내년 3월까지 설계를 마치고 9월부터 공사를 시작한다.", "content", Context(2027))
    assert [one.reading.windows[0].due or one.reading.windows[0].start for one in (first, second)] == [
        date(2028, 3, 31),
        date(2028, 9, 1),
    ]


def test_what_is_to_be_completed_is_not_done() -> None:
    draft = plan_of(YEAR + "□ 준비\n ○ 무대 점검을 3월까지 완료하고 4월에 개막식 개최\n")
    assert [(one.title, one.done) for task in draft.tasks for one in task.milestones] == [
        ("무대 점검", False),
        ("무대 점검 개막식 개최", False),
    ]


KEPT = (
    *(
        "k1-cut.txt",
        "k1-html.md",
        "k2-days.md",
        "k2-page.txt",
        "k3-two.md",
        "k4-mixed.md",
        "k4-plain.txt",
        "k5-en2.md",
    ),
    *("k6-held.txt", "k6-next.md", "k7-bare.md", "k7-round.txt", "k8-blank.txt", "k9-run.txt"),
)


@pytest.mark.parametrize("name", KEPT)
def test_pages_that_were_looked_at_once_are_read(samples: Path, name: str) -> None:
    check(samples / "pasted" / "kept" / name)


def test_what_a_trial_has_shown_is_no_entry() -> None:
    assert told(
        YEAR + "- 2027년 3월부터 5월까지 시범 운영한 결과 만족도가 높음\n- 본공연 : 2027. 6. 1.\n"
    ) == [("본공연", "2027. 6. 1.")]
