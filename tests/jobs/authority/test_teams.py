"""Teams in the line: the lead of the own team first, then the department's; never another team's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from jobs.authority.approval import Matter, asked, deciders, line_of, lowest_level
from jobs.authority.permissions import Action, may, standing_of
from jobs.authority.superiors import Above
from store import absences, teams
from store.db.engine import Store
from store.models import Milestone, Officer, Team, TeamMember
from store.officers import Place
from store.states import RoleName
from tests import builders
from tests.builders import LONG_AGO

TODAY = date(2026, 6, 30)


class Office:
    """도로과 with two teams: 시설팀 (김하늘; its lead 시설장) and 정비팀 (its lead 정비장), head 과장."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.worker = builders.linked(session)
        self.task = builders.task(session, self.worker)
        self.entry = builders.milestone(session, self.task, TODAY)
        department = self.worker.department
        assert department is not None
        self.department_id = department.id
        self.facility, self.repair = (teams.ensure(session, department, one) for one in ("시설팀", "정비팀"))
        self.join(self.worker, self.facility)
        self.head = self.above("과장", RoleName.HEAD)

    def join(self, person: Officer, team: Team) -> None:
        person.membership = TeamMember(team=team)
        self.session.flush()

    def above(self, name: str, role: RoleName = RoleName.LEAD, team: Team | None = None) -> Officer:
        person = builders.linked(self.session, name)
        builders.role(self.session, person, role, department_id=self.department_id).team = team
        self.session.flush()
        return person

    def matter(self, by: Officer | None = None) -> Matter:
        by_id = (by or self.worker).id
        level = lowest_level(line_of(self.session, self.entry, by_id, TODAY), RoleName.LEAD)
        return Matter(self.entry, level, by_id, LONG_AGO)

    def asked(self) -> list[Officer]:
        found = asked(self.session, self.matter(), TODAY)
        return found.people if found else []

    def deciding(self) -> list[str]:
        found = deciders(self.session, self.matter(), TODAY)
        return [one.officer.name for _role, held in found for one in held]

    def may(self, who: Officer, action: Action, entry: Milestone | None = None) -> bool:
        return may(self.session, standing_of(self.session, who, TODAY), action, entry or self.entry, TODAY)


@pytest.fixture
def office(store: Store) -> Iterator[Office]:
    with store.write() as session:
        yield Office(session)


def test_the_lead_of_the_own_team_is_asked_and_no_other_teams(office: Office) -> None:
    own = office.above("시설장", team=office.facility)
    office.above("정비장", team=office.repair)
    assert office.asked() == [own]
    assert office.deciding() == ["시설장", "과장"]


def test_a_team_without_a_lead_goes_to_the_departments(office: Office) -> None:
    office.above("정비장", team=office.repair)
    whole = office.above("부서팀장")
    assert office.asked() == [whole]


def test_where_the_department_has_no_lead_of_its_own_the_head_is_asked(office: Office) -> None:
    office.above("정비장", team=office.repair)
    assert office.asked() == [office.head]


def test_where_no_team_is_known_every_lead_of_the_department_is_asked(office: Office) -> None:
    leads = [office.above("시설장", team=office.facility), office.above("정비장", team=office.repair)]
    office.worker.membership = None
    office.session.flush()
    assert office.asked() == leads


def test_a_team_of_another_department_says_nothing_of_the_task(office: Office) -> None:
    other = builders.officer(office.session, "박바다", "환경과").department
    assert other is not None
    lead = office.above("정비장", team=office.repair)
    office.join(office.worker, teams.ensure(office.session, other, "대기팀"))
    assert teams.of_task(office.session, office.task, TODAY) is None
    assert office.asked() == [lead]


def test_while_the_teams_lead_is_away_the_departments_lead_is_asked_before_the_head(office: Office) -> None:
    own, whole = office.above("시설장", team=office.facility), office.above("부서팀장")
    absences.begin(office.session, own, None, (TODAY, TODAY), LONG_AGO)
    assert office.asked() == [whole]


def test_who_stands_in_for_the_teams_lead_decides_in_that_place(office: Office) -> None:
    own, other = office.above("시설장", team=office.facility), office.above("정비장", team=office.repair)
    absences.begin(office.session, own, other, (TODAY, TODAY), LONG_AGO)
    assert office.asked() == [other]
    assert office.may(other, Action.DECIDE)


def test_a_lead_who_answers_for_the_task_goes_to_the_head(office: Office) -> None:
    own = office.above("시설장", team=office.facility)
    office.above("정비장", team=office.repair)
    assert office.matter(by=own).level is RoleName.HEAD


def test_another_teams_lead_as_deputy_leaves_it_to_the_own_teams(office: Office) -> None:
    office.above("시설장", team=office.facility)
    other = office.above("정비장", team=office.repair)
    assert office.matter(by=other).level is RoleName.LEAD


@pytest.mark.parametrize("action", [Action.DECIDE, Action.REOPEN, Action.ASSIGN, Action.NUDGE])
def test_another_teams_lead_sees_the_task_and_has_no_say(office: Office, action: Action) -> None:
    own, other = office.above("시설장", team=office.facility), office.above("정비장", team=office.repair)
    assert (office.may(own, action), office.may(other, action)) == (True, False)
    assert office.may(other, Action.VIEW)


def test_a_task_of_no_known_team_is_every_leads(office: Office) -> None:
    other = office.above("정비장", team=office.repair)
    vacant = builders.milestone(office.session, builders.task(office.session), TODAY)
    assert office.may(other, Action.ASSIGN, vacant)


def test_the_team_is_that_of_who_is_accountable_today(office: Office) -> None:
    successor = builders.linked(office.session, "조이음")
    office.join(successor, office.repair)
    office.task.assignments[0].until_on = TODAY - timedelta(days=1)
    builders.assign(office.session, office.task, successor, from_on=TODAY)
    assert teams.of_task(office.session, office.task, TODAY) == office.repair.id
    assert teams.of_task(office.session, office.task, TODAY - timedelta(days=1)) == office.facility.id


def test_what_is_told_up_the_line_takes_the_same_turns(office: Office) -> None:
    own, whole = office.above("시설장", team=office.facility), office.above("부서팀장")
    office.above("정비장", team=office.repair)
    above = Above(office.session, TODAY)
    place = Place(office.department_id, office.facility.id)
    assert [*above.first(RoleName.LEAD, place, ())] == [own.id]
    assert [*above.first(RoleName.LEAD, place, {own.id})] == [whole.id]
    assert [*above.first(RoleName.LEAD, place, {own.id, whole.id})] == [office.head.id]
