"""English lists whose heads give a part of the time: a year, or a month, above lines that begin with the rest."""

from __future__ import annotations

import pytest

from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.read import plan_of

OPENING = (
    "Fairhaven Town Council\nHarbour Wall Renewal Plan\n\n"
    "The wall will be rebuilt over three years with the help of all the people who live and work beside it.\n\n"
)
YEARS = "2027\nMarch Survey of the wall\nApril - Jul Design of the quay\n2028\nSep / Oct Choice of a builder\n2030\nMay Opening\n"
MONTHS = "- March\n- 2nd - Harbour Committee\n- 16th - First draft\n- April\n- 6th - Vote\n"


def read(text: str) -> PlanDraft:
    return plan_of(OPENING + text, 2027)


def told(text: str) -> list[tuple[str, str, str]]:
    """Action, first and last day of each entry of a plan with these lines."""
    entries = [entry for task in read(text).tasks for entry in task.milestones]
    return [(one.title, str(window.start), str(window.due)) for one in entries for window in one.windows]


def test_a_year_on_a_line_of_its_own_is_that_of_the_months_below_it() -> None:
    assert told(YEARS) == [
        ("Survey of the wall", "2027-03-01", "2027-03-31"),
        ("Design of the quay", "2027-04-01", "2027-07-31"),
        ("Choice of a builder", "2028-09-01", "2028-10-31"),
        ("Opening", "2030-05-01", "2030-05-31"),
    ]


def test_a_month_on_a_line_of_its_own_is_that_of_the_days_below_it() -> None:
    assert told(MONTHS) == [
        ("Harbour Committee", "2027-03-02", "2027-03-02"),
        ("First draft", "2027-03-16", "2027-03-16"),
        ("Vote", "2027-04-06", "2027-04-06"),
    ]


def test_the_year_beside_a_month_is_that_of_its_days() -> None:
    text = "March 2029:\n2nd: Harbour Committee\nApril 2030:\n6: Vote\n\nThe people of the town may come to all of them.\n"
    assert told(text) == [
        ("Harbour Committee", "2029-03-02", "2029-03-02"),
        ("Vote", "2030-04-06", "2030-04-06"),
    ]


def test_a_head_of_days_is_not_told_as_a_line_that_nobody_read() -> None:
    assert not [one for one in read(MONTHS).findings if one.code == "unread"]


@pytest.mark.parametrize(
    "text",
    [
        "2027\nMay Davis leads the works.\n2028\nJune Miller follows her.\n",  # sentences of people
        "2027\nMarch Survey of the wall\nThe wall is old and long\n2028\nMay Opening\n",  # something else between
        "2027\nMarch Survey of the wall\n",  # one head only
        "- March\n- 2 boats a day\n- April\n- 6 boats a day\n",  # counts
    ],
)
def test_other_lines_below_a_year_or_a_month_have_no_time_from_it(text: str) -> None:
    with pytest.raises(PlanError):
        read(text)
