"""A made-up city of 49 projects in ten departments, whose people play quarterly self-checks by chat alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.rounds import publish
from plans.draft import PlanDraft
from reports.period import Period
from reports.quarterly.result import Result
from reports.settings import RoundSettings
from store import rounds
from store.db.engine import Store
from store.models import RoundEntry
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
PLANNER = "최기획"
OFF = "/check {} {} / {} / 없음 / 다음 단계 추진"
Q2, Q3 = Period(2030, 2), Period(2030, 3)
OPENING = {
    Q2: datetime(2030, 7, 1, 9, 10, tzinfo=SEOUL),
    Q3: datetime(2030, 10, 1, 9, 10, tzinfo=SEOUL),
}
BACK, REOPENED = 40, 5  # places of the project that is sent back and of the one whose evaluation is reopened
CONTINUING, ON_TRACK, PARTIAL = "이행 후 계속추진", "정상추진", "일부추진"
CAME = {Q2: {32: CONTINUING, 33: CONTINUING}, Q3: {10: PARTIAL, 34: CONTINUING}}  # what each quarter changes


def status_at(period: Period | None, at: int) -> str:
    """The status of the project at the end of the quarter; None: before the first, where 32 of 49 are done."""
    found = CONTINUING if at < 31 else "완료" if at == 31 else ON_TRACK
    for quarter in (Q2, Q3):
        if period is not None and quarter <= period:
            found = CAME[quarter].get(at, found)
    return found


def number(at: int) -> str:
    return f"{at // 10 + 1}-{at % 10 + 1}"


def department(at: int) -> str:
    return DEPARTMENTS[at % len(DEPARTMENTS)]


def place(one: RoundEntry) -> int:
    return one.position - 1


def plan() -> PlanDraft:
    drafts = []
    for at in range(COUNT):
        one = task(f"공약 사업 {at + 1}", department(at), [f"담당{department(at)}"])
        one.no, one.pledge_no = number(at), str(at // 10 + 1)
        one.area, one.pledge, one.status = AREAS[at // 10], f"공약 {at // 10 + 1}", status_at(None, at)
        drafts.append(one)
    return PlanDraft(plan_year=2030, title="민선9기 공약", organisation="한별시", tasks=drafts)


# Everybody who takes part, with role and department.
STAFF = [
    (PLANNER, RoleName.PLANNER, "기획예산실"),
    *((f"담당{name}", RoleName.OFFICER, name) for name in DEPARTMENTS),
    *((f"팀장{name}", RoleName.LEAD, name) for name in DEPARTMENTS),
    *((f"부서장{name}", RoleName.HEAD, name) for name in DEPARTMENTS),
]


class Hands(Protocol):
    """How the people of the city reach the bot. `said` and `pressed` are (who, what), done side by side; the
    texts that they get for it come back together."""

    store: Store

    def say(self, *said: tuple[str, str]) -> list[str]: ...
    def tap(self, *pressed: tuple[str, str]) -> list[str]: ...
    def offered(self, name: str, label: str) -> bool: ...
    def received(self, name: str) -> list[str]: ...
    def move_to(self, at: datetime) -> None: ...


class InProcess:
    """Hands without a network."""

    def __init__(self, folder: Path) -> None:
        self.chat = Chat(folder, now=OPENING[Q2].astimezone(UTC))
        self.store = self.chat.store
        self.chat.put(plan())
        for name, role, where in STAFF:
            self.chat.join(name, role, where)
        self.chat.send_all()

    def say(self, *said: tuple[str, str]) -> list[str]:
        return [answer for name, text in said for answer in self.chat.say(name, text)]

    def tap(self, *pressed: tuple[str, str]) -> list[str]:
        return [answer for name, label in pressed for answer in self.chat.tap(name, label)]

    def offered(self, name: str, label: str) -> bool:
        return any(label in text for text in self.chat.keyboard(name))

    def received(self, name: str) -> list[str]:
        return [one.payload["text"] for one in self.chat.owed(self.chat.people[name])]

    def move_to(self, at: datetime) -> None:
        self.chat.clock.current = at.astimezone(UTC)


class City:
    """The quarters as they are played; each step is what a person of the role would send."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.store = hands.store

    def entries(self, period: Period) -> list[RoundEntry]:
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
        self.hands.move_to(OPENING[period])
        self.hands.say((PLANNER, f"/round {period} {first} {second}"))
        self.hands.tap((PLANNER, "입력 시작"))

    def answer(self, period: Period, found: Sequence[RoundEntry], text: str = "공정대로 추진") -> list[str]:
        """The officers answer these entries with the status of the quarter's end."""
        return self.hands.say(
            *(
                (
                    f"담당{department(place(one))}",
                    OFF.format(one.task_id, status_at(period, place(one)), text),
                )
                for one in found
            )
        )

    def step(self, role: str, label: str) -> None:
        """Everybody of the role takes the step for all that is theirs, by the button."""
        names = [f"{role}{name}" for name in DEPARTMENTS]
        self.hands.say(*((name, "/check") for name in names))
        self.hands.tap(*((name, label) for name in names if self.hands.offered(name, label)))

    def sign_all(self) -> None:
        self.step("팀장", "모두 확인")
        self.step("부서장", "모두 확정")

    def evaluate_all(self) -> None:
        self.hands.say((PLANNER, "/check"))
        self.hands.tap((PLANNER, "자체판정대로 모두 평가"))

    def one_by_one(self, one: RoundEntry) -> None:
        """What was sent back goes up the line again."""
        name = department(place(one))
        self.hands.say((f"팀장{name}", f"/check {one.task_id} 확인"))
        self.hands.say((f"부서장{name}", f"/check {one.task_id} 확정"))

    def reopen(self, one: RoundEntry) -> None:
        self.hands.say((PLANNER, f"/check {one.task_id}"))
        self.hands.tap((PLANNER, "평가 다시 열기"))
        self.hands.say((PLANNER, "증빙 재확인"))

    def settle(self) -> list[str]:
        """What is shown before the freeze, and what is said after the notice."""
        self.hands.say((PLANNER, "/round"))
        shown = self.hands.tap((PLANNER, "확정…"))
        self.hands.tap((PLANNER, "되돌릴 수 없음"))
        return [*shown, *self.hands.tap((PLANNER, "부서에 통보"))]

    def result(self, period: Period) -> Result:
        with self.store.read() as session:
            at = OPENING[period]
            return publish.result_of(session, period, RoundSettings(), "한별시", at, "Asia/Seoul")


def play_second_quarter(city: City) -> None:
    """34 are done at its end: 33 and 34 came to be, nothing fell. Three answer late, one is sent back, one reopened."""
    city.open(Q2, "7.9", "7.16")
    found = city.entries(Q2)
    city.answer(Q2, found[:-3])
    city.hands.move_to(datetime(2030, 7, 10, 9, 10, tzinfo=SEOUL))
    assert sum("마감 후" in text for text in city.answer(Q2, found[-3:])) == 3
    city.sign_all()
    assert all_in(city.entries(Q2), EntryState.SIGNED)
    back = found[BACK]
    city.hands.say((PLANNER, f"/check {back.task_id} 보완 실적 수치를 적어 주십시오"))
    assert city.entries(Q2)[BACK].state is EntryState.SENT_BACK
    city.answer(Q2, [back], "공정률 40%")
    city.one_by_one(back)
    city.evaluate_all()
    assert all_in(city.entries(Q2), EntryState.EVALUATED)
    again = found[REOPENED]
    city.reopen(again)
    assert city.entries(Q2)[REOPENED].state is EntryState.SIGNED
    city.hands.say((PLANNER, f"/check {again.task_id} 평가 {CONTINUING} 증빙 확인함"))
    assert all_in(city.entries(Q2), EntryState.EVALUATED)


def settle_second_quarter(city: City) -> None:
    """34 of 49 are frozen, and every one of the departments' thirty people gets one notice."""
    said = city.settle()
    assert any("69.4%(34/49)" in text and "2건" in text for text in said)
    assert any("30명에게 통보" in text for text in said)
    assert city.state(Q2) is RoundState.NOTIFIED
    told = [sum("점검결과 통보" in text for text in city.hands.received(name)) for name, _, _ in STAFF]
    assert told == [0] + [1] * 30


def open_third_quarter(city: City) -> None:
    city.open(Q3, "10.8", "10.15")


def play_third_quarter(city: City) -> None:
    """It is open. One comes to be done and one falls back to 일부추진."""
    city.answer(Q3, city.entries(Q3))
    city.sign_all()
    city.evaluate_all()
    city.settle()
    assert city.state(Q3) is RoundState.NOTIFIED


def all_in(found: list[RoundEntry], state: EntryState) -> bool:
    return all(one.state is state for one in found)


DONE = {PledgeStatus.COMPLETED, PledgeStatus.CONTINUING}
