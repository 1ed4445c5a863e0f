"""Documents of offices and shapes that differ: each line of a sample bears behind @@ what is to be read from it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from pathlib import Path

import pytest

from plans.draft import MilestoneDraft, PlanDraft
from plans.read import plan_of
from plans.text.spelling import squeeze

WHOLE = ("page", "letter", "minutes", "history", "titles", "notice", "card", "calendar")
SEVERAL = (
    *("letters", "chapters", "bare", "parens", "yearly", "named", "boxes", "results", "pledges", "proposals"),
    *("strategies", "regions", "facilities"),
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
