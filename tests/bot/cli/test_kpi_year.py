"""Twelve months of twenty indicators of a made-up city at the shell: two fall behind and recover, one target is adjusted, one
grade is announced from outside, the year is frozen and one value corrected. Every figure is worked out a second time here."""

from __future__ import annotations

import json
from calendar import monthrange
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from store import officers
from store.db.engine import Store
from store.states import RoleName
from tests.bot.cli.test_asks import set_clock
from tests.bot.cli.test_items import PEOPLE
from tests.shell import Shell

pytestmark = pytest.mark.long
YEAR = 2026


@dataclass
class One:
    """An indicator, and what the test itself knows of it. `slow`: months in which little comes."""

    name: str
    kind: str = "건수"
    adding: str = "누계"
    plan: int = 10
    slow: range = range(0)
    is_total: bool = False
    number: int = 0
    came: list[tuple[int, int | None]] = field(default_factory=list)
    planned: list[int] = field(default_factory=list)

    def month(self, month: int) -> tuple[int, int | None]:
        """What comes in the month: about the plan, a third of it where it is slow, half as much again after."""
        base = self.plan * month if self.adding == "현재" else self.plan
        share = (
            (3, 10) if month in self.slow else (21, 10) if self.slow and month > self.slow[-1] else (11, 10)
        )
        number = base * share[0] // share[1]
        return (number, 2 * self.plan) if self.kind == "비율" else (number, None)

    def reached(self) -> Fraction:
        firsts, seconds = [one for one, _ in self.came], [of for _, of in self.came if of is not None]
        if self.adding == "현재":
            return Fraction(firsts[-1])
        return Fraction(sum(firsts), sum(seconds)) if seconds else Fraction(sum(firsts))

    def aimed(self) -> Fraction:
        if self.kind == "비율":
            return Fraction(self.planned[-1], 100)
        return Fraction(self.planned[-1] if self.adding == "현재" else sum(self.planned))

    def target(self, month: int) -> int:
        return 50 if self.kind == "비율" else self.plan * (month if self.adding == "현재" else 1)


def city() -> list[One]:
    flows = [One(f"상담 {at}", plan=10 * at) for at in range(1, 8)]
    totals = [One(f"방문 {at}", plan=20 * at, is_total=True) for at in range(1, 3)]
    stocks = [One(f"쉼터 {at}", adding="현재", plan=at) for at in range(10, 14)]
    ratios = [One(f"반영률 {at}", kind="비율", plan=10 * at) for at in range(1, 4)]
    flows[0].slow, flows[1].slow = range(3, 6), range(4, 8)
    return [*flows, *totals, *stocks, *ratios]


def words(shell: Shell) -> list[int]:
    """Two grades, one of them announced from outside, and two goals in words."""
    for name, more in (
        ("청렴도", ("--kind", "등급", "--scale", "1,2,3", "--announced", "12")),
        ("안전지수", ("--kind", "등급", "--scale", "1,2,3")),
        ("걷는 마을", ("--kind", "문장")),
        ("만나는 마을", ("--kind", "문장")),
    ):
        shell("kpi", "add", name, "--department", "교통과", "--period", "연", "--as", "최기획", *more)
    return [one["no"] for one in listed(shell) if one["kind"] in ("grade", "text")]


def listed(shell: Shell) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shell("kpi", "list", "--json", "--year", str(YEAR)))
    return found


def go_to(shell: Shell, day: date) -> None:
    set_clock(Path(shell.always["GIHAN_CLOCK__FILE"]), f"{day.isoformat()}T00:30:00+00:00")


@pytest.fixture
def shell(gihan: Shell, tmp_path: Path) -> Shell:
    clock = tmp_path / "clock.json"
    set_clock(clock, f"{YEAR}-01-05T00:30:00+00:00")
    gihan.always |= {"GIHAN_CLOCK__FILE": str(clock), "GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}
    (gihan.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    gihan("roster", "people.csv", "--yes")
    with closing(Store(f"sqlite:///{gihan.folder / 'gihan.db'}")) as store, store.write() as session:
        [planner] = officers.find(session, "최기획")
        officers.grant(session, planner, RoleName.PLANNER, date(YEAR, 1, 1), None)
    return gihan


def begin(shell: Shell, ones: list[One]) -> None:
    for at, one in enumerate(ones, 1):
        one.number = at
        more = ("--total",) if one.is_total else ()
        shell(
            "kpi",
            "add",
            one.name,
            "--department",
            "교통과",
            "--kind",
            one.kind,
            "--adding",
            one.adding,
            *more,
        )
        for month in range(1, 13):
            shell(
                "kpi", "target", str(at), str(one.target(month)), "--month", str(month), "--year", str(YEAR)
            )


def enter(shell: Shell, one: One, month: int) -> None:
    first, second = one.month(month)
    one.came.append((first, second))
    one.planned.append(one.target(month))
    typed = sum(number for number, _ in one.came) if one.is_total else first
    said = f"{typed}/{second}" if second is not None else str(typed)
    shell("kpi", "result", str(one.number), said, "--period", f"{YEAR}. {month}.", "--as", "박마루")


def tenth(share: Fraction) -> str:
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return str(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def check(rows: list[dict[str, Any]], ones: list[One], end: date) -> set[str]:
    """Every figure of the list, worked out again; gives who is behind."""
    by_no = {one["no"]: one for one in rows}
    for one in ones:
        row = by_no[one.number]
        rate = one.reached() / one.aimed()
        assert row["as_of"] == end.isoformat()
        assert row["rate"] == tenth(rate), one.name
        assert (row["state"] == "behind") is (rate < Fraction(7, 10)), one.name
    return {one["name"] for one in rows if one["state"] == "behind"}


def test_a_year_of_twenty_indicators(shell: Shell) -> None:
    ones = city()
    begin(shell, ones)
    in_words = words(shell)
    assert len(listed(shell)) == 20
    behind: list[set[str]] = []
    for month in range(1, 13):
        end = date(YEAR, month, monthrange(YEAR, month)[1])
        go_to(shell, date(YEAR + month // 12, month % 12 + 1, 8))
        for one in ones:
            enter(shell, one, month)
        behind.append(check(listed(shell), ones, end))
    assert behind[0] == behind[11] == set()
    assert {name for some in behind for name in some} == {"상담 1", "상담 2"}
    grade, _, goal, _ = in_words
    shell(
        "kpi",
        "result",
        str(grade),
        "2",
        "--period",
        f"{YEAR}. 12. 31.",
        "--rank",
        "12",
        "--evidence",
        "공문 7",
    )
    shell("kpi", "judge", str(goal), "달성", "--year", str(YEAR), "--as", "최기획")
    shell("kpi", "target", str(ones[2].number), "400", "--year", str(YEAR))
    shell("kpi", "adjust", str(ones[2].number), "300", "국비 축소", "--year", str(YEAR), "--as", "최기획")
    shell("kpi", "freeze", str(YEAR), "--as", "최기획")
    shell("kpi", "result", str(ones[0].number), "1", "--period", f"{YEAR}. 12.", "--as", "박마루", code=2)
    shell(
        "kpi", "result", str(ones[0].number), "1", "--period", f"{YEAR}. 12.", "--as", "최기획", "--evidence", "공문 8"
    )  # fmt: skip
    by_no = {one["no"]: one for one in listed(shell)}
    corrected = by_no[ones[0].number]["values"][-1]
    assert (corrected["number"], corrected["corrected"]["number"]) == ("1", str(ones[0].came[-1][0]))
    [whole] = [one for one in by_no[ones[2].number]["targets"] if one["month"] is None]
    assert (whole["number"], whole["first"]["number"]) == ("300", "400")
    assert by_no[ones[2].number]["planned"]["number"] == "300"
    assert (by_no[grade]["reached"]["words"], by_no[grade]["state"]) == ("2", None)
    assert by_no[goal]["judgement"] == "reached"
