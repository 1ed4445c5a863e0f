"""A made-up city of 49 projects in ten departments, whose people play quarterly self-checks in chat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot import publishing
from reports.period import Period
from reports.quarterly.result import Result
from reports.settings import ReviewSettings
from store import rounds
from store.models import ReviewEntry
from store.states import EntryState, PledgeStatus, RoleName, RoundState
from tests.bot.chat import SEOUL, Chat, task

DEPARTMENTS = (
    "기획예산실",
    "도로과",
    "환경과",
    "복지과",
    "아동과",
    "문화과",
    "체육과",
    "안전과",
    "보건과",
    "공원과",
)
BUREAUS = (
    "실",
    "안전도시국",
    "환경국",
    "복지국",
    "복지국",
    "문화국",
    "문화국",
    "안전도시국",
    "보건소",
    "환경국",
)
AREAS = ("걷기", "돌봄", "문화", "안전", "건강")
COUNT = 49
OFF = "/check {} {} / {} / 없음 / 다음 단계 추진"


def before(place: int) -> str:
    """The status of the project a quarter before: 32 of 49 are done."""
    return "이행 후 계속추진" if place < 31 else "완료" if place == 31 else "정상추진"


class City(Chat):
    """Chat with the whole city linked; each step is what a person of the role would send."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, now=datetime(2030, 7, 1, 9, 10, tzinfo=SEOUL).astimezone(UTC))
        drafts = []
        for place in range(COUNT):
            department = DEPARTMENTS[place % len(DEPARTMENTS)]
            one = task(f"공약 사업 {place + 1}", department, [f"담당{department}"])
            one.no, one.pledge_no = f"{place // 10 + 1}-{place % 10 + 1}", str(place // 10 + 1)
            one.area, one.pledge, one.status = AREAS[place // 10], f"공약 {place // 10 + 1}", before(place)
            drafts.append(one)
        self.put(self.draft(*drafts, title="민선9기 공약", year=2030))
        self.join("최기획", RoleName.PLANNER)
        for name in DEPARTMENTS:
            self.join(f"담당{name}")
            self.join(f"팀장{name}", RoleName.LEAD, name)
            self.join(f"부서장{name}", RoleName.HEAD, name)
        self.send_all()

    def entries(self, period: Period) -> list[ReviewEntry]:
        with self.store.read() as session:
            of = rounds.find(session, period.year, period.quarter)
            assert of is not None
            return rounds.entries(session, of.id)

    def state(self, period: Period) -> RoundState:
        with self.store.read() as session:
            of = rounds.find(session, period.year, period.quarter)
            assert of is not None
            return of.state

    def open(self, period: Period, first: str, second: str) -> None:
        self.say("최기획", f"/round {period} {first} {second}")
        self.tap("최기획", "입력 시작")

    def answer(self, one: ReviewEntry, status: str, text: str = "공정대로 추진") -> list[str]:
        assert one.task.department is not None
        return self.say(f"담당{one.task.department.name}", OFF.format(one.task_id, status, text))

    def step(self, period: Period, role: str, label: str) -> None:
        """Everybody of the role takes the step for all at once, in rounds of the button."""
        for name in DEPARTMENTS:
            self.say(f"{role}{name}", "/check")
            if any(label in text for text in self.keyboard(f"{role}{name}")):
                self.tap(f"{role}{name}", label)

    def one_by_one(self, one: ReviewEntry) -> None:
        """What was sent back goes up the line again."""
        assert one.task.department is not None
        name = one.task.department.name
        self.say(f"팀장{name}", f"/check {one.task_id} 확인")
        self.say(f"부서장{name}", f"/check {one.task_id} 확정")

    def settle(self, period: Period) -> list[str]:
        self.say("최기획", "/round")
        [shown] = self.tap("최기획", "확정…")
        self.tap("최기획", "되돌릴 수 없음")
        return [shown, *self.tap("최기획", "부서에 통보")]

    def result(self, period: Period) -> Result:
        with self.store.read() as session:
            local = self.clock.now().astimezone(SEOUL)
            return publishing.result_of(session, period, ReviewSettings(), "한별시", local, "Asia/Seoul")


def all_in(found: list[ReviewEntry], state: EntryState) -> bool:
    return all(one.state is state for one in found)


Wish = Callable[[int], str]
DONE = {PledgeStatus.COMPLETED, PledgeStatus.CONTINUING}
