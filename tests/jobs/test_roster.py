"""A list of people: what differs is taken over, once; nobody is removed by it."""

from __future__ import annotations

from datetime import date

import pytest

from jobs.authority.permissions import Deed
from jobs.people.roster import Change, take_over
from jobs.people.roster_undo import apply, take_back
from jobs.rules.policy import Rules
from plans.errors import PlanError
from plans.sheet.roster import Roster, read_roster
from store import audit, officers
from store.db.engine import Store
from store.models import Officer
from store.states import RoleName
from tests import builders
from tests.builders import BOT, kst

TODAY, NOW = date(2026, 6, 30), kst(2026, 6, 30)
HEAD = "이름\t직급\t팀\t부서\t국\t역할\n"


def read(*rows: str) -> Roster:
    return read_roster(HEAD + "\n".join(rows))


def taken(store: Store, rules: Rules, *rows: str) -> list[Change]:
    with store.write() as session:
        return take_over(Deed(session, BOT, NOW, rules), read(*rows).rows)


def held(store: Store, name: str) -> set[tuple[RoleName, str | None]]:
    with store.read() as session:
        [one] = officers.find(session, name)
        roles = officers.roles(session, one.id, TODAY)
        return {(each.role, each.team.name if each.team else None) for each in roles}


def test_a_lead_of_a_team_a_head_and_a_contact_come_in(store: Store, rules: Rules) -> None:
    rows = (
        "박마루\t팀장\t도로시설팀\t도로과\t안전국\t팀장",
        "정가람\t과장\t\t도로과\t\t과장",
        "이바다\t\t\t도로과\t\t서무",
    )
    made = taken(store, rules, *rows)
    assert [one.kind for one in made] == ["new", "bureau", "team", "role", "new", "role", "new", "role"]
    assert held(store, "박마루") == {(RoleName.LEAD, "도로시설팀")}
    assert held(store, "정가람") == {(RoleName.HEAD, None)}
    assert held(store, "이바다") == {(RoleName.CONTACT, None)}


def test_a_lead_moved_to_another_team_leads_that_one(store: Store, rules: Rules) -> None:
    taken(store, rules, "박마루\t팀장\t도로시설팀\t도로과\t\t팀장")
    made = taken(store, rules, "박마루\t팀장\t도로정비팀\t도로과\t\t팀장")
    assert made == [Change("team", "박마루", "도로과", "도로시설팀", "도로정비팀")]
    assert held(store, "박마루") == {(RoleName.LEAD, "도로정비팀")}
    with store.read() as session:
        entry = audit.newest(session, f"officer:{officers.find(session, '박마루')[0].id}", "team")
        assert entry is not None
        assert (entry.before, entry.after) == ({"team": "도로시설팀"}, {"team": "도로정비팀"})


def test_a_lead_of_the_whole_department_is_given_a_team_by_the_list(store: Store, rules: Rules) -> None:
    taken(store, rules, "박마루\t팀장\t\t도로과\t\t팀장")
    assert held(store, "박마루") == {(RoleName.LEAD, None)}
    assert [one.kind for one in taken(store, rules, "박마루\t팀장\t도로시설팀\t도로과\t\t팀장")] == ["team"]
    assert held(store, "박마루") == {(RoleName.LEAD, "도로시설팀")}


def test_a_team_behind_the_department_is_a_team(store: Store, rules: Rules) -> None:
    taken(
        store, rules, "박마루\t팀장\t\t도로과 시설팀\t\t팀장", "정가람\t팀장\t정비팀\t도로과 시설팀\t\t팀장"
    )
    assert held(store, "박마루") == {(RoleName.LEAD, "시설팀")}
    assert held(store, "정가람") == {(RoleName.LEAD, "정비팀")}
    with store.read() as session:
        assert officers.department_names(session) == ["도로과"]


def test_an_officer_moves_between_teams_and_no_role_with_it(store: Store, rules: Rules) -> None:
    taken(store, rules, "김하늘\t주무관\t도로시설팀\t도로과\t\t담당자")
    made = taken(store, rules, "김하늘\t주무관\t도로정비팀\t도로과\t\t담당자")
    assert made == [Change("team", "김하늘", "도로과", "도로시설팀", "도로정비팀")]
    assert held(store, "김하늘") == set()


def test_the_same_list_again_changes_nothing(store: Store, rules: Rules) -> None:
    row = "박마루\t팀장\t도로시설팀\t도로과\t안전국\t팀장"
    taken(store, rules, row)
    assert taken(store, rules, row) == []


def test_who_is_there_already_is_not_doubled(store: Store, rules: Rules) -> None:
    with store.write() as session:
        builders.officer(session, "김하늘").rank = None
    made = taken(store, rules, "김하늘\t주무관\t\t도로과\t\t담당자")
    assert made == [Change("rank", "김하늘", "도로과", "", "주무관")]
    with store.read() as session:
        assert len(officers.find(session, "김하늘")) == 1


def test_a_new_head_ends_the_one_before_and_nobody_else(store: Store, rules: Rules) -> None:
    taken(store, rules, "정가람\t\t\t도로과\t\t부서장", "박마루\t\t\t도로과\t\t팀장")
    made = taken(store, rules, "한누리\t\t\t도로과\t\t부서장")
    assert Change("ended", "정가람", "도로과", was="head") in made
    assert (held(store, "정가람"), held(store, "박마루")) == (set(), {(RoleName.LEAD, None)})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("\t\t\t도로과\t\t팀장", "roster.missing"),
        ("박마루\t\t\t\t\t팀장", "roster.missing"),
        ("박마루\t\t\t도로과\t\t기획실", "roster.role"),
    ],
)
def test_what_a_row_lacks_is_said_with_its_line(row: str, code: str) -> None:
    assert [(one.line, one.code) for one in read(row).faults] == [(2, code)]


def test_a_row_that_stands_twice_is_said() -> None:
    assert [one.code for one in read(*["박마루\t\t\t도로과\t\t팀장"] * 2).faults] == ["roster.twice"]


def test_the_example_of_the_form_is_left_out() -> None:
    assert read("(예) 이바다\t\t\t도로과\t\t서무").rows == []


def test_an_english_list_is_read_as_a_korean_one() -> None:
    text = "Name\tTeam\tDepartment\tRole\n(example) Lee Bada\t\tRoads\tOfficer\nKim Haneul\tWorks\tRoads\tTeam lead"
    [row] = read_roster(text).rows
    assert (row.name, row.team, row.department, row.role) == ("Kim Haneul", "Works", "Roads", "lead")


def test_a_list_without_its_header_is_refused() -> None:
    with pytest.raises(PlanError):
        read_roster("박마루\t도로과")


def test_a_long_rank_is_cut_to_what_the_column_takes(store: Store, rules: Rules) -> None:
    taken(store, rules, f"박마루\t{'가' * 90}\t\t도로과\t\t팀장")
    with store.read() as session:
        [one] = officers.find(session, "박마루")
        assert isinstance(one, Officer) and len(one.rank or "") == officers.RANK_MOST


def test_a_list_that_was_applied_is_taken_back(store: Store, rules: Rules) -> None:
    taken(store, rules, "정가람\t과장\t\t도로과\t안전국\t부서장", "박마루\t\t\t도로과\t\t팀장")
    rows = read(
        "한누리\t과장\t\t도로과\t도시국\t부서장", "박마루\t팀장\t도로시설팀\t도로과\t도시국\t팀장"
    ).rows
    with store.write() as session:
        _, entry = apply(Deed(session, BOT, NOW, rules), rows, 7)
    assert (held(store, "한누리"), held(store, "정가람")) == ({(RoleName.HEAD, None)}, set())
    with store.write() as session:
        found = take_back(Deed(session, BOT, NOW, rules), session.merge(entry))
    assert [one.kind for one in found.restored] == ["role", "ended", "team", "rank", "bureau", "new"]
    assert (found.left, held(store, "정가람")) == ([], {(RoleName.HEAD, None)})
    assert held(store, "박마루") == {(RoleName.LEAD, None)}
    with store.read() as session:
        assert officers.find(session, "한누리") == []
        where = officers.department(session, "도로과")
        assert where is not None and where.bureau == "안전국"
