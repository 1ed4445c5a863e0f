"""English timelines without a table: dates on lines of their own, dates that lead a line, and what comes each year."""

from __future__ import annotations

import pytest

from plans.english.clauses import read_sentence, sentence_of
from plans.entries.phrase import Clause
from plans.errors import PlanError
from plans.read import plan_of
from plans.time.english import Usage
from plans.time.timeline import Context

OPENING = (
    "Fairhaven Town Council\nMarket Square Renewal Plan\n\n"
    "The square will be rebuilt over two years with the help of all the people who live and work beside it.\n\n"
)


def told(text: str) -> list[tuple[str, str, str]]:
    """Action, first and last day of each entry of a plan with these lines."""
    entries = [entry for task in plan_of(OPENING + text).tasks for entry in task.milestones]
    return [
        (one.title, str(window.start or ""), str(window.due or ""))
        for one in entries
        for window in one.windows
    ]


def test_a_date_above_each_title_is_its_time() -> None:
    text = "06 June 2027\nThe survey closes\nSend us your views.\nMarch 2028\nWork begins\nApril 2029\nFirst stalls open\n"
    assert told(text) == [
        ("The survey closes", "2027-06-06", "2027-06-06"),
        ("Work begins", "2028-03-01", "2028-03-31"),
        ("First stalls open", "2029-04-01", "2029-04-30"),
    ]


def test_a_date_below_each_title_is_its_time_where_blank_lines_part_the_pairs() -> None:
    text = "The survey closes\n30 June 2027\n\nThe council decides\nSeptember 2027\n"
    assert told(text) == [
        ("The survey closes", "2027-06-30", "2027-06-30"),
        ("The council decides", "2027-09-01", "2027-09-30"),
    ]


def test_dates_of_which_nobody_knows_to_which_line_they_belong_give_nothing() -> None:
    text = "The survey closes\n30 June 2027\nThe council decides\n4 September 2027\nWork begins\n"
    with pytest.raises(PlanError) as caught:
        plan_of(OPENING + "Some words that end the opening.\n" + text)
    assert caught.value.facts["dated"] == 2


def test_bullets_below_a_date_happen_then_unless_they_say_when() -> None:
    text = "By December 2027:\n- Choose a builder\n- Sign the contract by 3 December\n- Move the stalls (October 2027)\n"
    assert told(text) == [
        ("Choose a builder", "", "2027-12-31"),
        ("Sign the contract", "", "2027-12-03"),
        ("Move the stalls", "2027-10-01", "2027-10-31"),
    ]


def test_a_line_that_begins_with_a_time_and_a_sign_is_an_entry_without_a_bullet() -> None:
    assert told("March 2028 – Work begins on site\n\n2 May 2029: Opening of the square\n") == [
        ("Work begins on site", "2028-03-01", "2028-03-31"),
        ("Opening of the square", "2029-05-02", "2029-05-02"),
    ]


def test_what_is_told_below_a_date_gives_an_entry_only_of_another_time_whose_year_is_written() -> None:
    text = "Key dates\n\nJuly 2027\nPlanning application\n"
    text += "We will send the application by the end of July.\nWe will publish it by 15 September 2027.\n"
    text += "\nMarch 2028\nWork begins\n"
    assert [one for one in told(text) if one[0].startswith("We")] == [
        ("We will publish it", "", "2027-09-15")
    ]


def test_the_value_of_a_label_is_no_line_of_a_timeline() -> None:
    text = "Action 1: Rebuild the square\n\nLead\n\nParks\n\nDue\n\n30 June 2028\n\nWhat the park needs is said elsewhere.\n"
    assert told(text) == [("Rebuild the square", "2028-06-30", "2028-06-30")]


def test_the_number_of_a_day_numbers_no_list() -> None:
    found = read_sentence(sentence_of("06 June 2027: The survey closes"), Context(None), Usage())
    assert isinstance(found, Clause) and str(found.reading.windows[0].due) == "2027-06-06"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Annual review in May", "FREQ=YEARLY;BYMONTH=5"),
        ("Review the plan in May each year", "FREQ=YEARLY;BYMONTH=5"),
        ("Audit the bins by 31 March annually", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    ],
)
def test_what_comes_each_year_has_no_year_of_its_own(text: str, rule: str) -> None:
    found = read_sentence(sentence_of(text), Context(2027), Usage())
    assert isinstance(found, Clause) and found.reading.rrule == rule


def test_an_annual_report_with_a_year_is_no_rule() -> None:
    found = read_sentence(sentence_of("Annual report by June 2027"), Context(2026), Usage())
    assert isinstance(found, Clause) and str(found.reading.windows[0].due) == "2027-06-30"


def test_a_title_with_two_years_has_none_and_its_months_are_asked() -> None:
    text = "Hall Plan – Dec 2026 to April 2028\n\nAction\tLead\tDue\nMend the roof of the hall\tClerk\tMay\n"
    text += "Paint the doors and all the windows of the hall\tClerk\tJune 2027\n"
    draft = plan_of(text)
    assert draft.plan_year is None
    assert [one.title for task in draft.tasks for one in task.asked] == ["Mend the roof of the hall"]


def test_a_table_under_a_title_such_as_policy_is_read_where_it_looks_ahead() -> None:
    head = "Oakham Town Council\nAction Plan 2027\n\nPolicy\n\n"
    rows = "Action\tLead\tDue\nRewrite the tree policy of the town\tParks\tMay 2027\nFirst policy\tParks\tMay 2019\n"
    assert [one.title for one in plan_of(head + rows).tasks] == ["Rewrite the tree policy of the town"]


def test_dates_with_blank_lines_on_both_sides_are_paired_with_nothing_that_may_be_another_s() -> None:
    text = "Survey closes\n\n30 June 2027\n\nCouncil decides\n\nSeptember 2027\n\nWrite to us\n"
    with pytest.raises(PlanError):
        plan_of(OPENING + text)


def test_a_title_of_dates_above_them_says_that_they_lead() -> None:
    text = "Key dates\n\n30 June 2027\n\nSurvey closes\n\nSeptember 2027\n\nCouncil decides\n"
    assert [one[2] for one in told(text)] == ["2027-06-30", "2027-09-30"]
