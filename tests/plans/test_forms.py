"""Made-up plans in forms that offices use for the same thing: frequencies, flows, years, numbers, English targets.

A sample begins with ### and its name; behind each stands what is to be read from it: window (or rrule, ongoing), words of
the action and of its task. @? is not read yet; nothing else may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plans.draft import MilestoneDraft
from plans.errors import PlanError
from plans.read import plan_of
from plans.readers import csv, txt
from plans.text.spelling import squeeze

FORMS = Path(__file__).parents[1] / "samples" / "forms"
YEAR = 2026
NOT_YET = "@? "


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    wanted: tuple[tuple[str, str, str], ...]
    not_yet: tuple[tuple[str, str, str], ...]


def samples() -> Iterator[Sample]:
    for path in sorted(FORMS.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("### ")[1:]:
            name, _, rest = part.partition("\n")
            lines = rest.split("\n")
            text = "\n".join(line for line in lines if not line.startswith("@"))
            yield Sample(name, text, marks(lines, "@ "), marks(lines, NOT_YET))


def marks(lines: list[str], sign: str) -> tuple[tuple[str, str, str], ...]:
    found = [line.removeprefix(sign).split("|") for line in lines if line.startswith(sign)]
    return tuple((window.strip(), action.strip(), task.strip()) for window, action, task in found)


def entries(sample: Sample) -> list[tuple[str, str, str]]:
    reader = csv if sample.text.startswith("Ref,") else txt
    try:
        draft = plan_of(reader.read(sample.text.encode()).text, YEAR)
    except PlanError as none:
        assert none.code == "no-tasks"
        return []
    return [
        (span, one.title, task.title)
        for task in draft.tasks
        for one in task.milestones
        for span in spans(one)
    ]


def spans(one: MilestoneDraft) -> list[str]:
    kind = "ongoing" if one.kind == "ongoing" else "rrule"
    return [f"{window.start or ''}..{window.due or ''}" for window in one.windows] or [kind]


def says(wanted: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    (window, action, task), (own, title, of) = wanted, found
    words = [squeeze(word) for word in action.split()]
    return (
        own in window.split("~")
        and all(word in squeeze(title) for word in words)
        and squeeze(task) in squeeze(of)
    )


@pytest.mark.parametrize("sample", list(samples()), ids=lambda one: one.name)
def test_a_form_gives_its_entries_and_nothing_else(sample: Sample) -> None:
    found = entries(sample)
    left = list(found)
    for wanted in sample.wanted:
        one = next((one for one in left if says(wanted, one)), None)
        assert one is not None, (wanted, found)
        left.remove(one)
    assert left == []


@pytest.mark.parametrize(("sample", "mark"), [(one, mark) for one in samples() for mark in one.not_yet])
def test_what_is_not_read_yet_is_said_to_be(sample: Sample, mark: tuple[str, str, str]) -> None:
    """Whoever comes to read one of these takes its sign away."""
    assert not any(says(mark, one) for one in entries(sample))
