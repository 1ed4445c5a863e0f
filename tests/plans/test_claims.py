"""What a quarterly result prints about itself, read beside its register."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.texts import plan_words
from plans.claimed import ResultClaims
from plans.draft import PlanDraft
from plans.read import read_plan


@pytest.fixture
def draft(samples: Path) -> PlanDraft:
    return read_plan(samples / "quarter.txt")


@pytest.fixture
def claims(draft: PlanDraft) -> ResultClaims:
    assert draft.claims is not None
    return draft.claims


def test_the_quarter_and_its_day_are_read(claims: ResultClaims) -> None:
    assert (claims.year, claims.quarter, claims.as_of) == (2030, 2, date(2030, 6, 30))
    assert claims.subject == "민선9기 시장 공약사항"


def test_counts_and_shares_are_those_printed(claims: ResultClaims) -> None:
    printed = [(one.statuses, one.count, one.share) for one in claims.counts]
    assert printed == [
        (["완료", "이행후계속추진"], 5, "45.5"),
        (["정상추진"], 4, "36.3"),
        (["일부추진"], 2, "18.2"),
    ]
    assert (claims.rate, claims.previous_rate) == ("45.5", "36.4")
    assert (claims.previous_year, claims.previous_quarter) == (2030, 1)


def test_the_matrix_keeps_its_columns_in_order(claims: ResultClaims) -> None:
    assert claims.columns == ["총계", "실(1)", "도시국", "복지국", "보건소"]
    assert claims.matrix[1].cells == [4, 1, 3, 0, 0]


def test_listed_changes_bear_the_registers_numbers(claims: ResultClaims) -> None:
    listed = [(one.status, one.count, one.numbers) for one in claims.changes]
    assert listed == [("이행후계속추진", 2, ["1-1-②", "2-2-①"]), ("일부추진", 1, ["2-1"])]


def test_adjustments_and_steps_are_kept_as_written(claims: ResultClaims) -> None:
    [adjustment] = claims.adjustments
    assert adjustment.no == "2-1"
    assert adjustment.reason.startswith("이용 수요가")
    assert [one.when for one in claims.steps] == ["2030. 8.", "2030. 10."]


def test_every_unit_knows_its_area_and_pledge(draft: PlanDraft) -> None:
    second = draft.tasks[1]
    assert (second.no, second.area, second.pledge_no) == ("1-1-②", "걷고 싶은 도시", "1-1")
    assert second.pledge == "누구나 걷기 좋은 길"


def test_a_title_broken_over_rows_stands_whole_in_each(draft: PlanDraft) -> None:
    titles = {one.pledge for one in draft.tasks if one.pledge_no == "3-1"}
    assert titles == {"온 마을이 함께 지키는 건강 기반 마련"}


def test_a_plan_without_statuses_claims_nothing(samples: Path) -> None:
    assert read_plan(samples / "cards.txt").claims is None


def test_the_printed_json_keeps_the_interfaces_keys(draft: PlanDraft) -> None:
    printed = json.loads(draft.as_json(plan_words.finding))
    assert set(printed) == {"plan_year", "title", "organisation", "tasks", "findings"}
    assert not {"area", "pledge", "pledge_no"} & set(printed["tasks"][0])
