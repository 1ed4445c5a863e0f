"""People, departments and roles."""

from __future__ import annotations

from datetime import date

import pytest

from store import officers
from store.db.engine import Store
from store.directory import Directory
from store.models import DepartmentAlias
from store.states import RoleName
from tests import builders

TODAY = date(2026, 6, 30)


def test_the_same_name_in_two_departments_is_two_people(store: Store) -> None:
    with store.write() as session:
        for department in ("환경과", "도로과", None):
            builders.officer(session, "김하늘", department)
        found = officers.find(session, "김하늘")
    names = [one.department.name if one.department else None for one in found]
    assert sorted(name or "" for name in names) == ["", "도로과", "환경과"]


def test_a_department_tells_namesakes_apart(store: Store) -> None:
    with store.write() as session:
        wanted = builders.officer(session, "김하늘", "환경과")
        builders.officer(session, "김하늘", "도로과")
        assert officers.find(session, "김하늘", "환 경 과") == [wanted]


def test_the_same_person_is_not_added_twice(store: Store) -> None:
    with store.write() as session:
        where = officers.ensure_department(session, "감 사 실")
        first = officers.ensure(session, "김  하늘", where)
        assert officers.ensure(session, " 김 하늘", officers.ensure_department(session, "감사실")) is first


def test_a_rank_is_filled_in_and_not_overwritten(store: Store) -> None:
    with store.write() as session:
        where = officers.ensure_department(session, "도로과")
        person = officers.ensure(session, "김하늘", where)
        ranks = [officers.ensure(session, "김하늘", where, rank).rank for rank in ("주무관", "팀장")]
    assert (ranks, person.rank) == (["주무관", "주무관"], "주무관")


def test_a_department_is_found_by_its_alias(store: Store) -> None:
    with store.write() as session:
        where = officers.ensure_department(session, "투자일자리과")
        where.aliases.append(DepartmentAlias(alias="일자리경제과"))
        session.flush()
        assert officers.ensure_department(session, "일자리 경제과") is where
        assert officers.department(session, "없는과") is None


def test_a_department_in_latin_letters_keeps_its_words_and_is_found_however_they_are_written(
    store: Store,
) -> None:
    with store.write() as session:
        where = officers.ensure_department(session, "Jobs  and Economy")
        assert where.name == "Jobs and Economy"
        for spelled in ("jobs and economy", "JobsandEconomy", "Jobs and  Economy"):
            assert officers.ensure_department(session, spelled) is where
        assert Directory(session, []).department("jobs and Economy") is where
        assert officers.department(session, "Jobs") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jobs and Economy Felix Moss", ("Jobs and Economy", "Felix Moss")),
        ("jobs Felix  Moss", ("Jobs", "Felix  Moss")),
        ("Jobs", ("Jobs", "")),
        ("도로과 김하늘 7.6", ("도로과", "김하늘 7.6")),
        ("도 로 과 김하늘", None),
        ("Felix Moss", None),
        ("", None),
    ],
)
def test_a_text_that_begins_with_a_department_is_parted_behind_it(
    store: Store, text: str, found: tuple[str, str] | None
) -> None:
    with store.write() as session:
        for name in ("Jobs", "Jobs and Economy", "도로과"):
            officers.ensure_department(session, name)
        said = officers.department_before(session, text)
    assert (said and (said[0].name, said[1])) == found


@pytest.mark.parametrize(
    ("today", "holds"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_both_ends_of_a_role_belong_to_it(store: Store, today: date, holds: bool) -> None:
    with store.write() as session:
        person = builders.officer(session)
        first, last = date(2026, 6, 1), date(2026, 6, 30)
        builders.role(session, person, RoleName.PLANNER, from_on=first, until_on=last)
        assert bool(officers.roles(session, person.id, today)) is holds
        assert bool(officers.holders(session, RoleName.PLANNER, today)) is holds


def test_the_lead_of_a_department(store: Store) -> None:
    with store.write() as session:
        ours, theirs = builders.officer(session), builders.officer(session, "박바다", "환경과")
        for person in (ours, theirs):
            builders.role(session, person, RoleName.LEAD, department_id=person.department_id)
        assert officers.holders(session, RoleName.LEAD, TODAY, ours.department_id) == [ours]


def test_a_role_is_granted_from_today_and_once(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        granted = [officers.grant(session, person, RoleName.PLANNER, TODAY, None) for _ in range(2)]
    assert granted[0] is not None and granted[0].from_on == TODAY
    assert granted[1] is None


def test_a_role_that_has_ended_is_granted_anew(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        builders.role(session, person, RoleName.PLANNER, until_on=date(2026, 6, 29))
        assert officers.grant(session, person, RoleName.PLANNER, TODAY, None) is not None


def test_everybody_is_an_officer_without_a_role(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        assert officers.grant(session, person, RoleName.OFFICER, TODAY, None) is None
        assert officers.roles(session, person.id, TODAY) == []
