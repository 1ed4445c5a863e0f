"""Documents of offices and shapes that differ: each line of a sample bears behind @@ what is to be read from it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from pathlib import Path

import pytest

from plans.draft import MilestoneDraft, PlanDraft
from plans.read import plan_of
from plans.text.spelling import squeeze

WHOLE = (
    *("page", "letter", "minutes", "history", "titles", "notice", "card", "calendar", "press"),
    *("days", "settling"),
)
SEVERAL = (
    *("letters", "chapters", "bare", "parens", "yearly", "named", "boxes", "results", "pledges", "proposals"),
    *("strategies", "regions", "facilities", "operations", "issues"),
)


@dataclass(frozen=True)
class Wanted:
    """An entry of a sample: window as start..due, a month or a day; words of the action; number and title of the task."""

    window: str
    action: str
    task: str


def sample(samples: Path, name: str) -> tuple[str, list[Wanted]]:
    """The text of a sample, and what is to be read from it."""
    lines = [line.partition("@@") for line in (samples / "shapes" / f"{name}.txt").read_text().splitlines()]
    marks = [mark.split("|") for _, _, marks in lines for mark in marks.split(";;") if mark]
    wanted = [Wanted(span(window.strip()), squeeze(action), squeeze(task)) for window, action, task in marks]
    return "\n".join(text.rstrip() for text, _, _ in lines), wanted


def span(window: str) -> str:
    """2026-03 -> 2026-03-01..2026-03-31."""
    if ".." in window or not window[0].isdigit():
        return window
    if len(window) == len("2026-03-01"):
        return f"{window}..{window}"
    return f"{window}-01..{window}-{calendar.monthrange(int(window[:4]), int(window[5:]))[1]}"


def windows(entry: MilestoneDraft) -> list[str]:
    spans = [f"{window.start or ''}..{window.due or ''}" for window in entry.windows]
    return spans or ["ongoing" if entry.kind == "ongoing" else "rrule"]


def read(draft: PlanDraft) -> list[Wanted]:
    return [
        Wanted(window, squeeze(entry.title), squeeze(f"{task.no or ''} {task.title}"))
        for task in draft.tasks
        for entry in task.milestones
        for window in windows(entry)
    ]


@pytest.mark.parametrize("name", [*SEVERAL, *WHOLE])
def test_a_document_gives_its_entries_and_no_others(samples: Path, name: str) -> None:
    text, wanted = sample(samples, name)
    found = read(plan_of(text))
    missing = [
        one
        for one in wanted
        if not any(
            one.window == other.window and one.action in other.action and one.task in other.task
            for other in found
        )
    ]
    assert missing == []
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_without_tasks_is_offered_as_one(samples: Path, name: str) -> None:
    draft = plan_of(sample(samples, name)[0])
    assert draft.is_offered
    assert len(draft.tasks) == 1


@pytest.mark.parametrize("name", SEVERAL)
def test_a_document_with_tasks_is_no_offer(samples: Path, name: str) -> None:
    text, wanted = sample(samples, name)
    draft = plan_of(text)
    assert not draft.is_offered
    assert len(draft.tasks) == len({one.task for one in wanted})


@pytest.mark.parametrize("name", [*SEVERAL, *WHOLE])
def test_the_account_of_a_document_holds(samples: Path, name: str) -> None:
    account = plan_of(sample(samples, name)[0]).account
    assert account is not None
    assert account.holds


def drafted(lines: str) -> PlanDraft:
    return plan_of(f"2027년도 주요업무계획\n\n한별시\n\n{lines}")


def entries(lines: str) -> list[str]:
    """Action and window of each entry of the first task below a heading."""
    task = drafted(f"1. 하늘마당 조성\n\n□ 추진계획\n{lines}").tasks[0]
    return [f"{one.title} {windows(one)[0]}" for one in task.milestones]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (" ○ ’27. 3. 3차 자문회의", ["3차 자문회의 2027-03-01..2027-03-31"]),
        (" ○ ’27. 3. 12건\n ○ 4월 : 착수", ["착수 2027-04-01..2027-04-30"]),
        (
            " ○ 설계(1월) → 착공(3월)",
            ["설계 2027-01-01..2027-01-31", "착공 2027-03-01..2027-03-31"],
        ),
        (
            " ○ (일정) (’27.上) 설계 → (’27. 9.) 착공",
            ["설계 2027-01-01..2027-06-30", "착공 2027-09-01..2027-09-30"],
        ),
        (
            " ○ 향후계획 : 공모(2월), 협약 체결(4월)",
            ["공모 2027-02-01..2027-02-28", "협약 체결 2027-04-01..2027-04-30"],
        ),
        (" ○ 기본구상 용역(’27. 1.~12.)", []),
        (" ○ 위탁 용역 추진(’27. 1.~12.)", ["위탁 용역 추진 2027-01-01..2027-12-31"]),
        (
            " ○ 시민과 전문가의 의견을 두루 들어 만드는\n누리집 열기(5월)",
            ["시민과 전문가의 의견을 두루 들어 만드는 누리집 열기 2027-05-01..2027-05-31"],
        ),
        (
            "기본\n설계\n본공사\n착공\n⇨\n(’27. 2.) (’27. 9.)",
            ["기본 설계 2027-02-01..2027-02-28", "본공사 착공 2027-09-01..2027-09-30"],
        ),
        ("본공사 착공\n · ’27. 9.", ["본공사 착공 2027-09-01..2027-09-30"]),
        ("설계 ⇨ 공사\n(’27. 2.) (’27. 9.)", ["설계 2027-02-01..2027-02-28", "공사 2027-09-01..2027-09-30"]),
        (" ○ 접수 : 3월 ○ 심사 : 4월", ["접수 2027-03-01..2027-03-31", "심사 2027-04-01..2027-04-30"]),
        (
            " ○ ’27. 하반기 : 구축, 본격 시행(12월)",
            ["구축 2027-07-01..2027-12-31", "본격 시행 2027-12-01..2027-12-31"],
        ),
        (" ○ 각 과는 자료를 4월 9일까지 제출한다.", ["각 과는 자료를 제출한다. ..2027-04-09"]),
        (
            " ○ ’27. 5. 및 호우 특보 시 배수로 점검",
            ["’27. 5. 및 호우 특보 시 배수로 점검 2027-05-01..2027-05-31"],
        ),
    ],
)
def test_a_line_gives_its_entries(lines: str, found: list[str]) -> None:
    assert entries(lines) == found


@pytest.mark.parametrize(
    ("lines", "done"),
    [
        (" ○ 새터\n  - 추진상황 : 지구 지정(2월)\n  - 향후계획 : 착공(9월)", [True, False]),
        (" ○ 새터\n  - 추진상황 : 지구 지정 추진 중(2월)\n  - 향후계획 : 착공(9월)", [False, False]),
        (" ○ 새터\n  - 추진상황 : 지구 지정(2월)", [False]),
    ],
)
def test_what_stands_beside_what_comes_is_done(lines: str, done: list[bool]) -> None:
    task = drafted(f"1. 하늘마당 조성\n\n□ 추진계획\n{lines}\n").tasks[0]
    assert [one.done for one in task.milestones] == done


def test_a_number_above_a_square_lies_in_no_bullet_before_it() -> None:
    """Where the number of the page between them is lost, the last bullet of one page stands above the next heading."""
    plan = "\n".join(
        f"{no} {name}\n□ 살펴보기\n○ 살핌({no}월)\n - 한 곳" for no, name in ((1, "숲길"), (2, "물길"))
    )
    assert [(task.no, task.title) for task in drafted(plan).tasks] == [("1", "숲길"), ("2", "물길")]


def test_the_same_series_named_twice_is_proposed_as_one() -> None:
    draft = drafted(
        "1. 하늘마당 조성\n\n□ 추진계획\n ○ 현장 점검 : 매월\n ○ 3월 : 착수\n ○ 현장점검 : 월 1회\n"
    )
    [found] = [one for one in draft.findings if one.code == "recurring-twice"]
    assert (found.line, found.facts["there"]) == (10, 8)
