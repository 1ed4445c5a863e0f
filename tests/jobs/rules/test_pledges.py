"""Which status may follow which, and what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from jobs.rules.pledges import Outlook, doubts, refusal
from reports.pledges import read_pledge_status
from store.states import PledgeStatus

DONE, GOES_ON, FINE, BEHIND, HELD, GONE, EARLY = PledgeStatus


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *((FINE, one) for one in (BEHIND, DONE, GOES_ON, FINE)),
        *((BEHIND, one) for one in (FINE, DONE, GOES_ON)),
        (GOES_ON, BEHIND),
        (GOES_ON, DONE),
        (EARLY, FINE),
        (HELD, FINE),
        (None, FINE),
        (GONE, GONE),
    ],
)
def test_a_usual_change_is_allowed(before: PledgeStatus | None, after: PledgeStatus) -> None:
    assert refusal(before, after, has_approved_adjustment=False) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [(FINE, HELD), (FINE, GONE), (None, GONE), (DONE, FINE), (GOES_ON, FINE), (GONE, FINE), (FINE, EARLY)],
)
def test_a_grave_change_needs_an_approved_adjustment(
    before: PledgeStatus | None, after: PledgeStatus
) -> None:
    assert "공약조정" in (refusal(before, after, has_approved_adjustment=False) or "")
    assert refusal(before, after, has_approved_adjustment=True) is None


def test_on_track_beyond_the_term_is_asked_about() -> None:
    late = Outlook(last_open_due_on=date(2031, 1, 1))
    assert "임기" in doubts(FINE, late, date(2030, 6, 30))[0]
    assert doubts(FINE, late, None) == []


def test_completed_with_something_open_is_asked_about() -> None:
    assert "계속추진" in doubts(DONE, Outlook(is_open_ended=True), None)[0]
    assert doubts(DONE, Outlook(), None) == []


@pytest.mark.parametrize(("until", "count"), [(2031, 1), (2030, 0), (None, 0)])
def test_completed_with_money_planned_for_later_years_is_asked_about(until: int | None, count: int) -> None:
    assert len(doubts(DONE, Outlook(funded_until=until, year=2030), None)) == count
    assert doubts(FINE, Outlook(funded_until=until, year=2030), None) == []


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("정 상 추 진", FINE),
        ("이행후계속", GOES_ON),
        ("이행 후 계속추진", GOES_ON),
        ("종료", DONE),
        ("계속추진", GOES_ON),
    ],
)
def test_a_status_is_read_however_it_is_written(written: str, status: PledgeStatus) -> None:
    assert read_pledge_status(written) is status


@pytest.mark.parametrize("written", ["", None, "잘 됨", "추진중"])
def test_what_is_no_status_is_none(written: str | None) -> None:
    assert read_pledge_status(written) is None
