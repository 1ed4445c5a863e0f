"""The printed result of every quarter that is played equals the rows of the store, counted anew from the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.cli.bureaus import import_bureaus
from plans.read import read_plan
from reports.period import Period
from reports.quarterly import page
from reports.quarterly.build import build
from reports.quarterly.load import load
from reports.settings import RoundSettings
from reports.texts.states import PLEDGE_WORDS
from store import rounds
from store.models import Department, Round, RoundEntry, Task
from store.states import PledgeStatus, RoleName
from tests.bot.chat import SEOUL, Chat

SAMPLES = Path(__file__).parents[2] / "samples"
DONE = (PledgeStatus.COMPLETED, PledgeStatus.CONTINUING)
SLIPS = {PledgeStatus.ON_TRACK: PledgeStatus.PARTIAL, PledgeStatus.PARTIAL: PledgeStatus.ON_TRACK}
Row = tuple[str, str, PledgeStatus]  # area, bureau, final status


def play(city: Chat, quarter: str, step: int, becomes: Mapping[PledgeStatus, PledgeStatus]) -> None:
    """The planning office judges every project as before, but for every `step`-th of those under way, which becomes what
    is said, else is done."""
    city.say("최기획", f"/round {quarter}")
    city.tap("최기획", "입력 시작")
    with city.store.read() as session:
        of = next(iter(rounds.working(session)), None)
        assert of is not None
        asked = [(one.task_id, one.previous_status) for one in rounds.entries(session, of.id)]
    moved = {task_id for task_id, _ in [one for one in asked if one[1] not in DONE][::step]}
    for task_id, before in asked:
        assert before is not None
        status = becomes.get(before, PledgeStatus.COMPLETED) if task_id in moved else before
        city.say("최기획", f"/check {task_id} 평가 {PLEDGE_WORDS[status]} 현장 확인")
    city.say("최기획", "/round")
    city.tap("최기획", "확정")
    city.tap("최기획", "확정")


def printed(city: Chat, period: Period) -> str:
    with city.store.read() as session:
        loaded = load(session, period, RoundSettings())
        assert loaded is not None
        now = city.clock.now().astimezone(SEOUL)
        made = build(loaded.quarter, loaded.previous, loaded.settings, "한별시", now, "Asia/Seoul")
        return page.text(made)


def rows(city: Chat, period: Period) -> list[Row]:
    """Every row of the quarter, from the tables themselves."""
    with city.store.read() as session:
        query = select(Task.area, Department.bureau, RoundEntry.final_status)
        query = query.join(RoundEntry, RoundEntry.task_id == Task.id).join(Round)
        query = query.join(Department, Task.department_id == Department.id).order_by(RoundEntry.position)
        query = query.where(Round.year == period.year, Round.quarter == period.quarter)
        return [
            (area or "", bureau or "", one) for area, bureau, one in session.execute(query) if one is not None
        ]


def table_below(text: str, heading: str) -> list[list[str]]:
    """The cells of the table that begins with the heading's cell, up to what is no row of as many cells."""
    lines = [one.split("\t") for one in text.splitlines()]
    first = next(at for at, cells in enumerate(lines) if cells[0] == heading)
    width, last = len(lines[first]), first
    while last < len(lines) and len(lines[last]) == width:
        last += 1
    return [["0" if cell == "-" else cell.removesuffix("건") for cell in row] for row in lines[first:last]]


def assert_printed_equals_rows(text: str, found: list[Row]) -> None:
    areas, done = list(dict.fromkeys(area for area, _, _ in found)), [one for one in found if one[2] in DONE]
    head, total, *inner = table_below(text, "구분")
    of_bureau = Counter(bureau for _, bureau, _ in found)
    assert set(head[2:]) == set(of_bureau)
    assert total[1:] == [str(len(found)), *(str(of_bureau[one]) for one in head[2:])]
    for area, row in zip(areas, inner, strict=True):
        cells = Counter(bureau for of, bureau, _ in found if of == area)
        assert row[1:] == [str(cells.total()), *(str(cells[one]) for one in head[2:])]
    statuses, counts = table_below(text[text.index("2. 점검결과") :], "구분")[:2]
    words = Counter(PLEDGE_WORDS[status] for _, _, status in found)
    assert counts[1:] == [
        str(len(found)), *(str(sum(words[one] for one in name.split(" / "))) for name in statuses[2:])
    ]  # fmt: skip
    rate = f"{int(len(done) * 1000 / len(found) + 0.5) / 10:.1f}%"
    assert f"{rate} ({len(done)}/{len(found)})" in text
    shares = re.findall(r"^- (.+) (\d+)/(\d+) \(", text[text.index("이행 현황") :], re.MULTILINE)
    by_area = [(sum(one[0] == of for one in done), sum(one[0] == of for one in found)) for of in areas]
    assert [(int(one), int(of)) for _, one, of in shares[: len(areas)]] == by_area
    assert {name for name, _, _ in shares[len(areas) :]} == set(of_bureau)
    for name, one, of in shares[len(areas) :]:
        assert (int(one), int(of)) == (sum(row[1] == name for row in done), of_bureau[name])
    assert [row[4] for row in table_below(text, "분야")[1:]] == [PLEDGE_WORDS[one[2]] for one in found]


def assert_changes_are_those_of_the_rows(text: str, before: list[Row], found: list[Row]) -> None:
    moves = [
        f"{PLEDGE_WORDS[one[2]]} → {PLEDGE_WORDS[other[2]]}"
        for one, other in zip(before, found, strict=True)
        if one[2] is not other[2]
    ]
    part = text[text.index("변경사항\n") : text.index("□ 세부 점검결과")]
    assert moves
    assert sorted(re.findall(r" : (\S.* → .*)$", part, re.MULTILINE)) == sorted(moves)


def play_two_quarters(city: Chat, first: Period) -> list[int]:
    """Plays two quarters and compares what is printed after each; gives how many rows they have."""
    second = Period(first.year + first.quarter // 4, first.quarter % 4 + 1)
    counts: list[int] = []
    before: list[Row] = []
    for period, step, becomes in ((first, 2, {}), (second, 5, SLIPS)):
        play(city, f"{period.year}-{period.quarter}분기", step, becomes)
        found, text = rows(city, period), printed(city, period)
        assert_printed_equals_rows(text, found)
        if before:
            assert_changes_are_those_of_the_rows(text, before, found)
        before = found
        counts.append(len(found))
    return counts


def city_of(folder: Path, document: Path, bureaus: Path) -> Chat:
    city = Chat(folder)
    city.put(read_plan(document))
    city.join("최기획", RoleName.PLANNER)
    import_bureaus(city.store, bureaus, datetime(2030, 7, 1, tzinfo=UTC), takes_rest=False)
    return city


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    made = city_of(tmp_path, SAMPLES / "quarter.txt", SAMPLES / "quarter-bureaus.csv")
    yield made
    made.store.close()


def test_what_is_printed_after_each_of_two_quarters_equals_the_stores_rows(city: Chat) -> None:
    assert play_two_quarters(city, Period(2030, 3)) == [11, 11]


def test_a_row_that_changed_behind_the_print_is_seen(city: Chat) -> None:
    play(city, "2030-3분기", 2, {})
    text, found = printed(city, Period(2030, 3)), rows(city, Period(2030, 3))
    area, bureau, _ = found[0]
    with pytest.raises(AssertionError):
        assert_printed_equals_rows(text, [(area, bureau, PledgeStatus.PARTIAL), *found[1:]])
