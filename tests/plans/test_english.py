"""English action plans: their times, and made-up plans in several shapes with what is right beside them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.texts import plan_words
from plans.draft import MilestoneDraft, PlanDraft, Window
from plans.english.dates import usage_of
from plans.english.language import is_english
from plans.entries.phrase import Unreadable
from plans.entries.remarks import unreadable
from plans.errors import PlanError
from plans.extract import read_draft
from plans.read import plan_of, read_plan
from plans.readers.child import source_of
from plans.time.english import Usage, read_english
from plans.time.timeline import CannotSay, Context, Reading
from tests.plans import writers

FORMS: dict[str, list[tuple[str | None, str | None]]] = {
    "Q3 2026": [("2026-07-01", "2026-09-30")],
    "third quarter of 2026": [("2026-07-01", "2026-09-30")],
    "2026 Q3": [("2026-07-01", "2026-09-30")],
    "Q2-Q3 2026": [("2026-04-01", "2026-09-30")],
    "Q1 2026/27": [("2026-04-01", "2026-06-30")],
    "by end of June 2026": [(None, "2026-06-30")],
    "no later than 30 June 2026": [(None, "2026-06-30")],
    "before June 2026": [(None, "2026-05-31")],
    "By the end of 2027": [(None, "2027-12-31")],
    "by year end": [(None, "2026-12-31")],
    "mid-June 2026": [("2026-06-01", "2026-06-30")],
    "FY2025/26": [("2025-04-01", "2026-03-31")],
    "2025/26": [("2025-04-01", "2026-03-31")],
    "June 2026 – March 2027": [("2026-06-01", "2027-03-31")],
    "June–September 2026": [("2026-06-01", "2026-09-30")],
    "between November 2026 and March 2027": [("2026-11-01", "2027-03-31")],
    "12–16 October 2026": [("2026-10-12", "2026-10-16")],
    "October 12-16, 2026": [("2026-10-12", "2026-10-16")],
    "11 November – 20 December 2026": [("2026-11-11", "2026-12-20")],
    "March and September 2026": [("2026-03-01", "2026-03-31"), ("2026-09-01", "2026-09-30")],
    "January 31, 2026": [("2026-01-31", "2026-01-31")],
    "1st of April 2026": [("2026-04-01", "2026-04-01")],
    "Fri 3 July 2026": [("2026-07-03", "2026-07-03")],
    "30/06/2026": [("2026-06-30", "2026-06-30")],
    "06/30/2026": [("2026-06-30", "2026-06-30")],
    "30.06.2026": [("2026-06-30", "2026-06-30")],
    "2026-09-30": [("2026-09-30", "2026-09-30")],
    "3-Mar-26": [("2026-03-03", "2026-03-03")],
    "Oct-26": [("2026-10-01", "2026-10-31")],
    "Sept. 2026": [("2026-09-01", "2026-09-30")],
    "H1 2026": [("2026-01-01", "2026-06-30")],
    "first half of 2027": [("2027-01-01", "2027-06-30")],
    "Autumn 2026": [("2026-09-01", "2026-11-30")],
    "Winter 2026/27": [("2026-12-01", "2027-02-28")],
    "2026-2028": [("2026-01-01", "2028-12-31")],
    "from April 2026 onwards": [("2026-04-01", None)],
    "May 2026 (subject to funding)": [("2026-05-01", "2026-05-31")],
    "Completed June 2025": [("2025-06-01", "2025-06-30")],
}
ANYWHERE = Usage()


def read(text: str, usage: Usage = ANYWHERE, year: int | None = 2026) -> Reading:
    found = read_english(text, Context(year), usage)
    assert isinstance(found, Reading), found
    return found


def days(one: Window) -> tuple[str | None, str | None]:
    first, last = (None if day is None else day.isoformat() for day in (one.start, one.due))
    return first, last


def windows(found: Reading) -> list[tuple[str | None, str | None]]:
    return [days(one) for one in found.windows]


@pytest.mark.parametrize("text", list(FORMS))
def test_a_time_is_read_as_written(text: str) -> None:
    assert windows(read(text)) == FORMS[text]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Monthly", "FREQ=MONTHLY"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("twice a year", "FREQ=MONTHLY;INTERVAL=6"),
        ("Every two years", "FREQ=YEARLY;INTERVAL=2"),
        ("annually in March", "FREQ=YEARLY;BYMONTH=3"),
        ("each month from June 2026", "FREQ=MONTHLY"),
        ("three times a year", None),
    ],
)
def test_what_comes_again_is_a_rule(text: str, rule: str | None) -> None:
    found = read(text)
    assert (found.kind, found.rrule) == ("recurring", rule)


@pytest.mark.parametrize("text", ["Ongoing", "Continuous", "throughout the year", "year-round"])
def test_what_goes_on_has_no_due_day(text: str) -> None:
    assert read(text).kind == "ongoing"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("05/06/2026", "day-or-month"),
        ("June 26", "day-or-year"),
        ("Mid-2026", "vague-time"),
        ("early 2027", "vague-time"),
        ("Winter 2026", "which-winter"),
        ("FY26", "which-fiscal-year"),
        ("31/11/2026", "no-such-day"),
        ("30 June 2026 to 1 May 2026", "reversed"),
        ("within 6 months of adoption", "after-condition"),
    ],
)
def test_what_can_be_two_things_is_never_guessed_and_its_reason_has_a_sentence(
    text: str, reason: str
) -> None:
    trouble = read(text).trouble
    assert trouble is not None and trouble.reason["why"] == reason
    said = plan_words.finding(unreadable(Unreadable("Open", text, trouble.reason, trouble.code), 1))
    assert reason not in said


@pytest.mark.parametrize("text", ["TBC", "Short term", "Completed", "10 homes", "may", "Housing Services"])
def test_other_words_are_no_time(text: str) -> None:
    assert isinstance(read_english(text, Context(2026), ANYWHERE), CannotSay)


def test_one_clear_date_settles_which_number_is_the_day_and_two_that_disagree_settle_nothing() -> None:
    day_first = usage_of("due 30/04/2026 and 05/06/2026", False)
    assert windows(read("05/06/2026", day_first)) == [("2026-06-05", "2026-06-05")]
    assert windows(read("05/06/2026", usage_of("04/30/2026", False))) == [("2026-05-06", "2026-05-06")]
    assert usage_of("30/04/2026, 04/30/2026", False).is_day_first is None


def test_a_document_that_says_when_its_fiscal_year_begins_is_believed() -> None:
    usage = usage_of("The City's fiscal year runs from July 1 to June 30.", False)
    assert windows(read("FY26", usage)) == [("2025-07-01", "2026-06-30")]
    assert windows(read("Q1 FY2026", usage)) == [("2025-07-01", "2025-09-30")]


def test_a_season_is_three_months_and_said() -> None:
    [remark] = read("Autumn 2026").remarks
    assert remark.code == "season-read"
    assert remark.facts == {"written": "Autumn 2026", "days": ["2026-09-01", "2026-11-30"]}


SAMPLES = Path(__file__).parents[1] / "samples" / "english"
CASES = [
    *(("climate.md", kind) for kind in (".md", ".docx", ".xlsx")),
    *(("delivery.md", kind) for kind in (".md", ".txt", ".docx")),
    *(("strategy.txt", kind) for kind in (".txt", ".docx", ".pdf")),
    ("tracker.csv", ".csv"),
    *(("register.txt", kind) for kind in (".xlsx", ".csv", ".docx")),
    *(("commitments.txt", kind) for kind in (".txt", ".docx", ".pdf")),
]
WRITE: dict[str, Callable[[str, Path], None]] = {
    ".docx": writers.write_docx,
    ".xlsx": writers.write_xlsx,
    ".csv": writers.write_csv,
    ".pdf": writers.write_pdf,
    ".txt": writers.write_txt,
}


def draft_of(sample: str, kind: str, folder: Path) -> PlanDraft:
    """A sample as read from a file of that kind."""
    path = SAMPLES / sample
    if path.suffix != kind:
        text = source_of(path.suffix, path).text
        path = folder / f"plan{kind}"
        WRITE[kind](text, path)
    source = source_of(kind, path)
    return plan_of(source.text, notices=source.notices)


def entry(found: MilestoneDraft) -> list[str | None]:
    """As the samples have it: the title, then a rule, "ongoing" or both days, then "done"."""
    if found.kind == "recurring":
        return [found.title, found.rrule]
    when = days(found.windows[0]) if found.windows else ("ongoing",)
    return [found.title, *when, *(["done"] if found.done else [])]


def shape(draft: PlanDraft) -> dict[str, Any]:
    tasks = [
        {
            "no": one.no,
            "title": one.title,
            "department": one.department,
            "milestones": [entry(found) for found in one.milestones],
            **({"officers": names} if (names := [it.name for it in one.officers]) else {}),
            **({"phones": one.phones} if one.phones else {}),
            **({"related": one.related} if one.related else {}),
        }
        for one in draft.tasks
    ]
    return {
        "plan_year": draft.plan_year,
        "findings": dict(Counter(one.kind for one in draft.findings)),
        "tasks": tasks,
    }


@pytest.mark.parametrize(("sample", "kind"), CASES)
def test_an_english_plan_is_read_in_every_shape(tmp_path: Path, sample: str, kind: str) -> None:
    expected = json.loads((SAMPLES / sample).with_suffix(".json").read_text(encoding="utf-8"))
    for task in expected["tasks"]:
        task["related"] = task.get("related") or []
    expected["tasks"] = [
        {name: value for name, value in task.items() if value != [] or name == "milestones"}
        for task in expected["tasks"]
    ]
    assert shape(draft_of(sample, kind, tmp_path)) == expected


def test_every_date_of_an_english_plan_is_accounted_for(tmp_path: Path) -> None:
    account = draft_of("delivery.md", ".md", tmp_path).account
    assert account is not None and account.holds
    assert account.total == 10
    assert account.registered == 9


def test_the_language_is_that_of_the_letters() -> None:
    assert is_english((SAMPLES / "climate.md").read_text(encoding="utf-8"))
    assert not is_english("2026년 주요업무계획 Action Plan of Hanbyeol City " * 5)
    assert not is_english("Action Plan 2026")


def test_a_korean_plan_reads_no_english_time(sample_plan: Path) -> None:
    text = sample_plan.read_text(encoding="utf-8") + "\n- Open the centre by June 2031\n"
    titles = [one.title for task in read_draft(text).tasks for one in task.milestones]
    assert not any("Open" in title for title in titles)


def test_an_english_document_without_tasks_lists_its_dated_lines(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        f"{'We write to thank you for your kind letter and hope to hear soon. ' * 3}\n\nYours, 3 June 2026",
        "utf-8",
    )
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    assert "3 June 2026" in plan_words.refusal(caught.value)


def test_rows_of_a_heading_with_an_owner_are_its_entries_and_rows_with_their_own_are_tasks() -> None:
    table = "Action\tLead\tDue\nOpen the centre\tParks\tJune 2026\nHire staff\tFinance\tMay 2026\n"
    words = (
        "The council wants to make the town a better place for all who live here and work here every day.\n\n"
    )
    owned = read_draft(f"Town Plan 2026\n\n{words}Priority 1: Parks\n\nOwner: Parks Board\n\n{table}")
    assert [(one.title, len(one.milestones)) for one in owned.tasks] == [("Parks", 2)]
    free = read_draft(f"Town Plan 2026\n\n{words}Priority 1: Parks\n\n{table}")
    assert [(one.title, one.department) for one in free.tasks] == [
        ("Open the centre", "Parks"),
        ("Hire staff", "Finance"),
    ]


OPENING = (
    "Town Council Plan 2026\n\n"
    "What the council wants to do for everybody who lives and works in the town this year and next.\n\n"
)


def told(text: str) -> list[tuple[str, str | None, list[list[str | None]]]]:
    """Title, department and entries of each task of a plan with these lines."""
    found = read_draft(OPENING + text)
    return [(one.title, one.department, [entry(each) for each in one.milestones]) for one in found.tasks]


def test_labels_on_lines_of_their_own_and_sentences_that_promise_are_read() -> None:
    text = (
        "Commitment 19\n\nOffer fair services\n\nLead\n\nCorporate Strategy.\n\n"
        "Our progress\n\nThe audit was closed in May 2025.\n\n"
        "When this will happen\n\nA delivery plan will be published by 1 July 2026. The first update will be presented in\n"
        "October 2026.\n\nCommitment 20\n\nTrain staff\n\nLead\n\nHuman Resources\n\nOur progress\n\nNone yet.\n"
    )
    assert told(text) == [
        (
            "Offer fair services",
            "Corporate Strategy",
            [
                ["A delivery plan will be published", None, "2026-07-01"],
                ["The first update will be presented", "2026-10-01", "2026-10-31"],
            ],
        ),
        ("Train staff", "Human Resources", []),
    ]  # fmt: skip


def test_a_goal_is_the_area_of_its_actions_and_a_cell_may_list_several_times() -> None:
    table = "Objective\tAction\tResponsible\tTimeframe\n"
    table += "Less energy\t1.1 Install meters\tFacilities\tQ2 2026: survey<br>Q4 2026: works\n"
    [(title, office, entries)] = told(table)
    assert (title, office) == ("Install meters", "Facilities")
    assert entries == [
        ["Install meters: survey", "2026-04-01", "2026-06-30"],
        ["Install meters: works", "2026-10-01", "2026-12-31"],
    ]


def test_a_project_with_tasks_beside_it_is_one_task_with_several_entries() -> None:
    table = "Project\tTask\tOwner\tStart\tFinish\nMove\tPack\tLibraries\t1 May 2026\t31 May 2026\n"
    table += "\tUnpack\tLibraries\t1 June 2026\t14 June 2026\n"
    assert told(table) == [
        ("Move", "Libraries", [["Pack", "2026-05-01", "2026-05-31"], ["Unpack", "2026-06-01", "2026-06-14"]])
    ]


def test_the_head_of_a_column_may_say_more_than_its_role() -> None:
    table = "Verifiable milestones to fulfil the commitment\tNew\tStart Date:\tEnd Date:\n"
    table += "1. Train staff\tNew\tJan 2026\tMar 2026\n"
    assert told(f"Commitment 3: Open budgets\n\nOwner: Budget Office\n\n{table}") == [
        ("Open budgets", "Budget Office", [["Train staff", "2026-01-01", "2026-03-31"]])
    ]


def test_a_cell_with_a_time_that_is_read_in_part_gives_nothing() -> None:
    assert told("Action\tLead\tDue\nOpen\tParks\tJune 2026 March 2027\nClose\tParks\tMay 2026\n")[0] == (
        "Open",
        "Parks",
        [],
    )


def test_what_an_item_says_of_a_condition_is_a_finding_unless_it_says_a_day_as_well() -> None:
    text = "Action 1: Publish data\n\nLead: Data Office\n\n"
    text += "- Report within 180 days of adoption (or by 1 July 2026)\n"
    text += "- Open the portal within 6 months of adoption\n"
    draft = read_draft(OPENING + text)
    assert [entry(one)[1:] for one in draft.tasks[0].milestones] == [[None, "2026-07-01"]]
    assert [one.kind for one in draft.findings] == ["after-condition"]


def test_a_year_alone_on_a_line_is_that_of_the_list_below_it() -> None:
    text = "Action 1: Talk to people\n\nLead: Mayor\n\nTimeline\n\n"
    text += "2027\n\n- January 18: Open the survey\n- May: Close it again\n\n2028:\n\n- March 3: Tell all\n"
    [(_, _, entries)] = told(text)
    assert entries == [
        ["Open the survey", "2027-01-18", "2027-01-18"],
        ["Close it again", "2027-05-01", "2027-05-31"],
        ["Tell all", "2028-03-03", "2028-03-03"],
    ]


def test_what_is_to_be_completed_by_a_day_is_not_done() -> None:
    items = "- Hall, completed by May 2026\n- Park rebuilt (completed May 2025)\n"
    [(_, _, entries)] = told(f"Action 1: Build\n\nLead: Works\n\n{items}")
    assert [one[-1] for one in entries] == ["2026-05-31", "done"]
