"""A city with three pledges and people of every role, for playing rounds without chat."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.rounds import entries, lifecycle
from jobs.rounds import freeze as freezing
from jobs.rounds.entries import Answer
from jobs.rounds.lifecycle import Opening
from reports.period import Period
from reports.settings import RoundSettings
from store import rounds as kept
from store.audit import Who
from store.db.engine import Store
from store.models import AuditEntry, Round, RoundEntry, SnapshotRow, Task
from store.states import PledgeStatus, RoundState
from tests import builders
from tests.builders import RULES, kst

ON_TRACK, PARTIAL, CONTINUING = PledgeStatus.ON_TRACK, PledgeStatus.PARTIAL, PledgeStatus.CONTINUING
NOW = kst(2030, 7, 1)
Q2, Q3 = Period(2030, 2), Period(2030, 3)
SETTINGS = RoundSettings()


class RoundTable:
    """Every call is a transaction of its own, by the person of the role."""

    def __init__(self, store: Store, count: int = 3) -> None:
        self.store = store
        with store.write() as session:
            people = ("담당", "팀장", "부서장", "총괄")
            self.people = {name: builders.officer(session, f"{name}이").id for name in people}
            for i in range(1, count + 1):
                task = builders.task(session, title=f"공약 사업 {i}")
                task.no, task.pledge_no, task.area, task.position = f"1-{i}", "1", "걷기", i
                task.status = "정상추진"

    def who(self, name: str) -> Who:
        return Who(self.people[name], name, "test", f"test:{name}")

    def deed(self, session: Session, name: str = "총괄") -> Deed:
        return Deed(session, self.who(name), NOW, RULES)

    def open(self, period: Period = Q2) -> int:
        """Announced and begun; gives the round's id."""
        opening = Opening(period, period.last_day, basis="조례 제7조", first_due_on=date(2031, 1, 9))
        with self.store.write() as session:
            made = lifecycle.announce(self.deed(session), opening, SETTINGS)
            lifecycle.begin(self.deed(session), made.id)
            return made.id

    def ids(self, round_id: int) -> list[int]:
        with self.store.read() as session:
            return [one.id for one in kept.entries(session, round_id)]

    def answer(
        self, entry_id: int, status: PledgeStatus = ON_TRACK, by: str = "담당", text: str = "착공"
    ) -> None:
        with self.store.write() as session:
            entries.answer(self.deed(session, by), entry_id, Answer(status, results=text))

    def confirm(self, entry_id: int, by: str = "팀장") -> None:
        with self.store.write() as session:
            entries.confirm(self.deed(session, by), entry_id)

    def sign(self, entry_id: int, by: str = "부서장") -> None:
        with self.store.write() as session:
            entries.sign(self.deed(session, by), entry_id)

    def send_back(self, entry_id: int, reason: str = "실적 수치를 적어 주십시오.") -> None:
        with self.store.write() as session:
            entries.send_back(self.deed(session), entry_id, reason)

    def evaluate(self, entry_id: int, status: PledgeStatus = ON_TRACK, **more: bool | str) -> None:
        with self.store.write() as session:
            entries.evaluate(self.deed(session), entry_id, status, **more)  # type: ignore[arg-type]

    def reopen(self, entry_id: int) -> None:
        with self.store.write() as session:
            entries.reopen(self.deed(session), entry_id, "수치 재확인")

    def up_to_signed(self, entry_id: int, status: PledgeStatus = ON_TRACK) -> None:
        self.answer(entry_id, status)
        self.confirm(entry_id)
        self.sign(entry_id)

    def play(self, round_id: int, *statuses: PledgeStatus) -> None:
        """Every entry to its status, then frozen."""
        for entry_id, status in zip(self.ids(round_id), statuses, strict=True):
            self.up_to_signed(entry_id, status)
            self.evaluate(entry_id, status)
        self.freeze(round_id)

    def freeze(self, round_id: int) -> None:
        with self.store.write() as session:
            freezing.freeze(self.deed(session), round_id, SETTINGS)

    def correct(self, row_id: int, after: str, field: str = "status", reason: str = "증빙 확인") -> None:
        with self.store.write() as session:
            freezing.correct(self.deed(session), row_id, field, after, reason)

    def entry(self, entry_id: int) -> RoundEntry:
        with self.store.read() as session:
            found = kept.entry(session, entry_id)
            assert found is not None
            return found

    def state(self, round_id: int) -> RoundState:
        with self.store.read() as session:
            return session.get_one(Round, round_id).state

    def rows(self, round_id: int) -> list[SnapshotRow]:
        with self.store.read() as session:
            return kept.rows(session, round_id)

    def task_statuses(self) -> list[str | None]:
        with self.store.read() as session:
            return list(session.scalars(select(Task.status).order_by(Task.position)))

    def actions(self) -> list[str]:
        with self.store.read() as session:
            return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def row_ids(session: Session, round_id: int) -> list[int]:
    return [one.id for one in kept.rows(session, round_id)]
