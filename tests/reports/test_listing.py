"""Milestones as rows, as `gihan list --json` prints them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from reports.listing import OfficerRow, Row, rows, task_rows
from store.db.engine import Store
from store.models import DelayRequest, Milestone
from store.states import AssignmentKind, DelayState, MilestoneState, PlanState, Precision
from tests import builders
from tests.builders import kst

TODAY = date(2026, 6, 30)


def titles(found: list[Row]) -> list[str]:
    return [one.title for one in found]


def add(
    session: Session, title: str, *, department: str | None = "도로과", plan: str | None = None
) -> Milestone:
    of = builders.plan(session, plan) if plan else None
    task = builders.task(session, department=department, of=of)
    return builders.milestone(session, task, TODAY, title=title)


def test_a_row_says_everything_of_a_milestone(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        task = builders.task(session, person, title="보행로 정비")
        task.no = "1-2-①"
        start = date(2026, 6, 1)
        one = builders.milestone(session, task, TODAY, start=start, precision=Precision.MONTH)
        one.due_on, one.progress = date(2026, 7, 20), 40
    with store.read() as session:
        assert rows(session, TODAY) == [
            Row(
                id=one.id,
                plan="실행계획",
                task_no="1-2-①",
                task="보행로 정비",
                title="설계 용역",
                department="도로과",
                officers=[OfficerRow(id=person.id, name="김하늘")],
                start=start,
                due=date(2026, 7, 20),
                original_due=TODAY,
                precision="month",
                state="planned",
                done_on=None,
                progress=40,
                delays=0,
            )
        ]


def test_the_json_is_as_the_contract_has_it(store: Store) -> None:
    with store.write() as session:
        builders.milestone(session, builders.task(session, department=None), None, start=TODAY)
        found = json.loads(rows(session, TODAY)[0].model_dump_json())
    names = "id plan task_no task title department officers start due original_due precision state done_on progress delays"
    assert list(found) == names.split()
    assert (found["start"], found["due"], found["department"]) == ("2026-06-30", None, None)


def test_only_delays_that_hold_are_counted(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        for state in (DelayState.APPLIED, DelayState.WITHDRAWN, DelayState.APPLIED):
            one.delays.append(
                DelayRequest(
                    requested_by=person,
                    old_due_on=TODAY,
                    new_due_on=date(2026, 7, 20),
                    reason="의회",
                    state=state,
                    requested_at=kst(2026, 6, 30),
                )
            )
        assert rows(session, TODAY)[0].delays == 2


def test_todays_officers_are_named_the_lead_first(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        builders.assign(session, task, builders.officer(session, "박바다"), AssignmentKind.DEPUTY)
        builders.assign(session, task, builders.officer(session, "김하늘"))
        builders.assign(session, task, builders.officer(session, "이솔"), until_on=date(2026, 6, 29))
        builders.milestone(session, task, TODAY)
        assert [one.name for one in rows(session, TODAY)[0].officers] == ["김하늘", "박바다"]


def test_rows_come_in_the_documents_order(store: Store) -> None:
    with store.write() as session:
        plan = builders.plan(session)
        for position, title in ((2, "셋"), (1, "하나")):
            task = builders.task(session, of=plan)
            task.position = position
            builders.milestone(session, task, TODAY, title=title)
            builders.milestone(session, task, TODAY.replace(day=1), title=title + "하고")
        assert titles(rows(session, TODAY)) == ["하나", "하나하고", "셋", "셋하고"]


@pytest.mark.parametrize("name", ["환경과", "환 경 과"])
def test_the_rows_of_a_department(store: Store, name: str) -> None:
    with store.write() as session:
        add(session, "하나")
        add(session, "둘", department="환경과")
        add(session, "셋", department=None)
        assert titles(rows(session, TODAY, department=name)) == ["둘"]


@pytest.mark.parametrize("state", MilestoneState)
def test_the_rows_of_a_state(store: Store, state: MilestoneState) -> None:
    with store.write() as session:
        task = builders.task(session)
        for each in MilestoneState:
            builders.milestone(session, task, TODAY, state=each, title=each.value)
        assert titles(rows(session, TODAY, state=state)) == [state.value]


def test_the_rows_of_a_plan_by_number_or_part_of_its_title(store: Store) -> None:
    with store.write() as session:
        add(session, "하나", plan="2026년 혁신 실행계획")
        second = add(session, "둘", plan="2026년 공약 실천계획")
        assert titles(rows(session, TODAY, plan="공약")) == ["둘"]
        assert titles(rows(session, TODAY, plan="2026년")) == ["하나", "둘"]
        assert titles(rows(session, TODAY, plan=str(second.task.plan_id))) == ["둘"]


@pytest.mark.parametrize("plan", ["없는 계획", "%", "_", "²", "9" * 30, ""])
def test_a_plan_that_is_not_there_gives_no_rows(store: Store, plan: str) -> None:
    with store.write() as session:
        add(session, "하나")
        found = rows(session, TODAY, plan=plan)
    assert titles(found) == ([] if plan else ["하나"])


def test_archived_plans_are_listed_too(store: Store) -> None:
    with store.write() as session:
        plan = builders.plan(session, state=PlanState.ARCHIVED)
        builders.milestone(session, builders.task(session, of=plan), TODAY)
        assert len(rows(session, TODAY)) == 1


def test_tasks_are_listed_with_those_that_have_no_milestone(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        full = builders.task(session, person, title="보행로 정비", department="도로과")
        builders.milestone(session, full, TODAY)
        builders.task(session, title="저상버스 도입", department="교통과")
    with store.read() as session:
        found = task_rows(session, TODAY)
        assert [(one.title, one.milestones, one.open) for one in found] == [
            ("보행로 정비", 1, 1),
            ("저상버스 도입", 0, 0),
        ]
        assert [one.name for one in found[0].officers] == ["김하늘"]
        assert [one.title for one in task_rows(session, TODAY, department="교통과")] == ["저상버스 도입"]
