"""A made-up plan in every format, each time with something done to it: nothing is lost in silence, nothing is wrong.

A few rounds here; GIHAN_MUTATIONS=1000 makes it a thousand. What holds after each: every entry has its right day and no
other, nothing else is registered; what has no day, or was crossed out or hidden, is no promise and is said; the account
counts every date of the file, and its heaps make up all of them.
"""

from __future__ import annotations

import os
import random
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot.texts import plan_words
from plans.draft import PlanDraft
from plans.read import plan_of
from plans.readers.child import source_of
from plans.time.scan import find_dates
from tests.plans import writers

ROUNDS = int(os.environ.get("GIHAN_MUTATIONS", "4"))
YEAR = 2031
DATE = re.compile(r"20\d\d년|(?:20\d\d\. )?\d{1,2}\. \d{1,2}\.|20\d\d\. \d{1,2}\.|\d월")
HEAD = ["2031년도 주요업무계획", "", "한별시", "", "1. 하늘마당 조성", "", "□ 추진계획"]
TAIL = ["", "2. 별빛길 정비", "", "□ 추진계획", " ○ 2031. 9. 9. : 별빛길 기본구상 발표"]
NAMES = (
    "설계 용역 착수",
    "주민 설명회",
    "보상 협의",
    "공사 발주",
    "기공식",
    "중간 점검",
    "준공 검사",
    "개관 행사",
)


@dataclass
class Made:
    """A document and what is right of it."""

    lines: list[str]
    days: dict[str, set[date]] = field(default_factory=dict)  # entries that must be registered
    others: dict[str, set[date]] = field(default_factory=dict)  # entries that may be, but with this day
    told: set[str] = field(default_factory=set)  # words that a finding must have
    looks: dict[str, str] = field(default_factory=dict)  # entry -> how its line looks
    merges: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)  # line, column -> its reach
    is_alone: bool = False  # whether a row has nothing but its action, since its time is merged
    joined: set[str] = field(default_factory=set)  # entries of which a cell is merged
    split: set[str] = field(default_factory=set)  # entries below a title in their table: read, or told

    def place(self, words: str) -> int:
        """The number of the first line with these words."""
        return next(number for number, line in enumerate(self.lines, 1) if words in line)

    @property
    def written(self) -> writers.Looks:
        lines = {self.place(name): look for name, look in self.looks.items()}
        merged = {
            (self.lines.index(line) + 1, column): reach for (line, column), reach in self.merges.items()
        }
        return writers.Looks(lines, merged)

    def write_time(self, name: str, time: str, is_first: bool = True) -> None:
        """Another time in the line of an entry, before or behind it."""
        at = self.place(name) - 1
        cells = self.lines[at].split("\t")
        if len(cells) > 1:
            self.lines[at] = "\t".join(time if find_dates(cell) else cell for cell in cells)
        else:
            self.lines[at] = f" ○ {time} : {name}" if is_first else f" ○ {name} : {time}"


def made(chance: random.Random) -> Made:
    """Entries in order of time, the year written now and then."""
    found = Made(list(HEAD))
    months = sorted(chance.sample(range(1, 12), 6))
    for name, month in zip(chance.sample(NAMES, 6), months, strict=True):
        day = date(YEAR, month, chance.randint(1, 28))
        found.lines.append(f" ○ {name}")
        found.write_time(name, shown(day, chance), chance.random() < 0.5)
        found.days[name] = {day}
    found.lines += TAIL
    found.days["별빛길 기본구상 발표"] = {date(YEAR, 9, 9)}
    return found


def shown(day: date, chance: random.Random) -> str:
    return f"{YEAR}. {day.month}. {day.day}." if chance.random() < 0.5 else f"{day.month}. {day.day}."


def chosen(doc: Made, chance: random.Random, is_line: bool = False) -> str:
    """One entry of the first task that nothing else was done to; `is_line`: in no table."""
    free = [name for name in doc.days if name in NAMES and name not in doc.joined | set(doc.looks)]
    return chance.choice([one for one in free if not is_line or "\t" not in doc.lines[doc.place(one) - 1]])


def style(look: str) -> Callable[[Made, random.Random], None]:
    def do(doc: Made, chance: random.Random) -> None:
        name = chosen(doc, chance, is_line=look == "boxed")
        doc.looks[name] = look
        if look != "boxed":
            del doc.days[name]
            doc.told.add(name)

    return do


def merge(doc: Made, chance: random.Random) -> None:
    """The last entries as a table of which some cells are one: a time or an action over two rows, a group over all,
    a title across."""
    names = [name for name in doc.days if name in NAMES][-chance.randint(3, 4) :]
    at = doc.place(names[0]) - 1
    first = chance.choice([0, 0, 1])
    time, action = chance.choice([(first, first + 1), (first + 1, first)])
    head = _row(first, {0: "구분"} | {time: "추진일자", action: "추진사항"})
    rows = [
        _row(
            first,
            {0: "1공구" if name == names[0] else ""}
            | {time: shown(max(doc.days[name]), chance), action: name},
        )
        for name in names
    ]
    joined = chance.choice([time, action, None])
    upper, lower = chance.choice(list(pairwise(range(len(rows)))))
    if joined is not None:
        rows[lower][joined] = ""
        doc.joined |= {names[upper], names[lower]}
        if joined == time and time > action == 0:
            doc.days.pop(names[lower])  # an action alone in its row may be a title as well
            doc.told.add(names[lower])
            doc.is_alone = True
        elif joined == time:
            doc.days[names[lower]] = doc.days[names[upper]]
        else:
            doc.days[names[upper]] |= doc.days.pop(names[lower])
        doc.merges["\t".join(rows[upper]), joined] = (2, 1)
    if first:
        doc.joined.add(names[0])
        doc.merges["\t".join(rows[0]), 0] = (len(rows), 1)
    elif not doc.is_alone and chance.random() < 0.5:
        rows.insert(upper, ["마무리 단계", ""])
        doc.split = set(names)
        doc.merges["마무리 단계\t", 0] = (1, 2)
    doc.lines[at : at + len(names)] = ["", "□ 추진일정", *("\t".join(row) for row in (head, *rows)), ""]


def _row(first: int, cells: dict[int, str]) -> list[str]:
    """A row of cells by their column; those before `first` only where a group is told."""
    return [cells.get(column, "") for column in range(first + 2)]


def arrow(doc: Made, chance: random.Random) -> None:
    name = chosen(doc, chance)
    [day] = doc.days[name]
    later = date(YEAR, min(day.month + 1, 12), day.day)
    old, new = f"{YEAR}. {day.month}. {day.day}.", f"{YEAR}. {later.month}. {later.day}."
    moved = chance.choice([f"{old} → {new}", f"(당초) {old} (변경) {new}"])
    doc.write_time(name, moved, chance.random() < 0.5)
    doc.days[name] = {later}


def impossible(doc: Made, chance: random.Random) -> None:
    name = chosen(doc, chance)
    wrong = chance.choice([f"{YEAR}. 2. 30.", f"{YEAR}. 6. 31.", f"{YEAR}. 11. 31."])
    doc.write_time(name, wrong, chance.random() < 0.5)
    del doc.days[name]
    doc.told.add(name)


def reversed_span(doc: Made, chance: random.Random) -> None:
    name = chosen(doc, chance)
    doc.write_time(name, f"{YEAR}. 9. 20. ~ {YEAR}. 9. 3.", chance.random() < 0.5)
    del doc.days[name]
    doc.told.add(name)


def moved_note(doc: Made, chance: random.Random) -> None:
    """A remark with another year, anywhere but inside a table."""
    places = range(len(HEAD) + 1, len(doc.lines) - len(TAIL) + 1)
    at = chance.choice([one for one in places if "\t" not in doc.lines[one - 1]])
    year, month = chance.choice([2029, 2033]), chance.randint(1, 12)
    doc.lines.insert(at, f"   ※ {year}. {month}. 관계기관 협의")
    doc.others["관계기관 협의"] = {date(year, month, monthrange(year, month)[1])}


def results(doc: Made, chance: random.Random) -> None:
    """Last year's results as a section of their own, above or below."""
    section = ["□ 2030년 추진실적", " ○ 3월 : 지난 축제 개최", " ○ 2030. 11. 2. : 지난 축제 정산"]
    at = chance.choice([len(HEAD) - 1, len(doc.lines) - len(TAIL)])
    doc.lines[at:at] = section
    doc.others |= {"지난 축제 개최": {date(2030, 3, 31)}, "지난 축제 정산": {date(2030, 11, 2)}}


TEXT_MUTATIONS = (merge, arrow, impossible, reversed_span, moved_note, results)
FORMATS: dict[str, tuple[writers.Write, tuple[str, ...]]] = {
    ".txt": (writers.write_txt, ()),
    ".csv": (writers.write_csv, ()),
    ".md": (writers.write_md, ("struck", "hidden")),
    ".xlsx": (writers.write_xlsx, ("struck", "hidden", "boxed")),
    ".docx": (writers.write_docx, ("struck", "hidden", "boxed")),
    ".hwp": (writers.write_hwp, ("struck", "boxed")),
    ".hwpx": (writers.write_hwpx, ("struck", "boxed")),
    ".pdf": (writers.write_pdf, ("struck", "boxed")),
}


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize("kind", list(FORMATS))
def test_whatever_is_done_to_a_plan_nothing_is_lost_or_wrong_in_silence(tmp_path: Path, kind: str) -> None:
    write, looks = FORMATS[kind]
    for seed in range(max(1, ROUNDS // len(FORMATS) + 1)):
        doc = mutated(random.Random(f"{kind}{seed}"), looks)
        if kind == ".csv" and doc.is_alone:
            continue  # it knows no merged cells: nobody can tell such a row from a title between two tables
        path = tmp_path / f"plan{seed}{kind}"
        write("\n".join(doc.lines), path, doc.written)
        assert_nothing_is_lost(read_here(path), doc, f"{kind} {seed}\n" + "\n".join(doc.lines))


def mutated(chance: random.Random, looks: tuple[str, ...]) -> Made:
    """A plan with two or three things done to it; cells are merged first, where they are."""
    doc = made(chance)
    chosen_ones = chance.sample([*TEXT_MUTATIONS, *map(style, looks)], chance.randint(2, 3))
    for mutation in sorted(chosen_ones, key=lambda one: one is not merge):
        mutation(doc, chance)
    return doc


def read_here(path: Path) -> PlanDraft:
    """The same as in the reading process, without starting one for each of a thousand files."""
    source = source_of(path.suffix, path)
    return plan_of(source.text, None, None, source.notices)


def assert_nothing_is_lost(draft: PlanDraft, doc: Made, story: str) -> None:
    found: dict[str, set[date | None]] = {}
    for task in draft.tasks:
        for one in task.milestones:
            found.setdefault(one.title, set()).update(window.due for window in one.windows)
    messages = " ".join(plan_words.finding(one) for one in draft.findings)
    unread = " ".join(one.text for one in draft.account.unread) if draft.account else ""
    for name, days in doc.days.items():
        if name in doc.split and name not in found and name in unread:
            continue
        assert found.pop(name, None) == days, f"{name} {found} {draft.findings}\n{story}"
    for name in doc.told:
        assert name not in found, story
        assert name in messages or (name in doc.split and name in unread), f"{name} {draft.findings}\n{story}"
    for name, wrong in found.items():
        assert doc.others.get(name) == wrong, f"{name} {wrong}\n{story}"
    assert_the_sums_are_right(draft, doc, story)


def assert_the_sums_are_right(draft: PlanDraft, doc: Made, story: str) -> None:
    assert draft.account is not None
    assert draft.account.holds, f"{draft.account.facts}\n{story}"
    assert draft.account.total == len(DATE.findall("\n".join(doc.lines))), f"{draft.account.facts}\n{story}"
    lines = {doc.place(name) for name in doc.days if name not in doc.joined | doc.split}
    assert draft.account.registered >= len(lines), f"{draft.account.facts}\n{story}"
