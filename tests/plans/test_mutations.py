"""A made-up plan in every format, each time with something done to it: nothing is lost in silence, nothing is wrong.

A few rounds here; GIHAN_MUTATIONS=1000 makes it a thousand. What holds after each: every entry has its right day, or
a finding names it; the heaps of the account make up all dates; what was crossed out or hidden is no promise and is said.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from plans.draft import PlanDraft
from plans.read import plan_of
from plans.readers.child import source_of
from tests.plans import writers

ROUNDS = int(os.environ.get("GIHAN_MUTATIONS", "4"))
YEAR = 2031
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
    days: dict[str, date] = field(default_factory=dict)  # entries that must be registered
    told: set[str] = field(default_factory=set)  # words that a finding must have
    looks: dict[str, str] = field(default_factory=dict)  # entry -> how its line looks

    @property
    def styles(self) -> writers.Styles:
        places = {
            name: next(i for i, line in enumerate(self.lines, 1) if name in line) for name in self.looks
        }
        return {places[name]: look for name, look in self.looks.items()}


def made(chance: random.Random) -> Made:
    """Entries in order of time, the year written now and then."""
    found = Made(list(HEAD))
    months = sorted(chance.sample(range(1, 12), 6))
    for name, month in zip(chance.sample(NAMES, 6), months, strict=True):
        day = date(YEAR, month, chance.randint(1, 28))
        written = f"{YEAR}. {day.month}. {day.day}." if chance.random() < 0.5 else f"{day.month}. {day.day}."
        found.lines.append(f" ○ {written} : {name}" if chance.random() < 0.5 else f" ○ {name} : {written}")
        found.days[name] = day
    found.lines += TAIL
    found.days["별빛길 기본구상 발표"] = date(YEAR, 9, 9)
    return found


def chosen(doc: Made, chance: random.Random) -> tuple[int, str]:
    """The index and the name of one entry of the first task."""
    name = chance.choice([one for one in doc.days if one in NAMES])
    return next(i for i, line in enumerate(doc.lines) if name in line), name


def style(look: str) -> Callable[[Made, random.Random], None]:
    def do(doc: Made, chance: random.Random) -> None:
        _, name = chosen(doc, chance)
        doc.looks[name] = look
        if look != "boxed":
            del doc.days[name]
            doc.told.add(name)

    return do


def arrow(doc: Made, chance: random.Random) -> None:
    at, name = chosen(doc, chance)
    day = doc.days[name]
    later = date(YEAR, min(day.month + 1, 12), day.day)
    old, new = f"{YEAR}. {day.month}. {day.day}.", f"{YEAR}. {later.month}. {later.day}."
    moved = chance.choice([f"{old} → {new}", f"(당초) {old} (변경) {new}"])
    doc.lines[at] = chance.choice([f" ○ {moved} : {name}", f" ○ {name} : {moved}"])
    doc.days[name] = later


def impossible(doc: Made, chance: random.Random) -> None:
    at, name = chosen(doc, chance)
    wrong = chance.choice([f"{YEAR}. 2. 30.", f"{YEAR}. 6. 31.", f"{YEAR}. 11. 31."])
    doc.lines[at] = chance.choice([f" ○ {wrong} : {name}", f" ○ {name} : {wrong}"])
    del doc.days[name]
    doc.told.add(name)


def reversed_span(doc: Made, chance: random.Random) -> None:
    at, name = chosen(doc, chance)
    doc.lines[at] = f" ○ {YEAR}. 9. 20. ~ {YEAR}. 9. 3. : {name}"
    del doc.days[name]
    doc.told.add(name)


def moved_note(doc: Made, chance: random.Random) -> None:
    at = chance.randrange(len(HEAD), len(HEAD) + 6)
    doc.lines.insert(at + 1, f"   ※ {chance.choice([2029, 2033])}. {chance.randint(1, 12)}. 관계기관 협의")


def results(doc: Made, chance: random.Random) -> None:
    """Last year's results as a section of their own, above or below."""
    section = ["□ 2030년 추진실적", " ○ 3월 : 지난 축제 개최", " ○ 2030. 11. 2. : 지난 축제 정산"]
    at = chance.choice([len(HEAD) - 1, len(doc.lines) - len(TAIL)])
    doc.lines[at:at] = section


TEXT_MUTATIONS = (arrow, impossible, reversed_span, moved_note, results)
Writer = Callable[[str, writers.Styles, Path], None]


def plain(write: Callable[[str, Path], None]) -> Writer:
    return lambda text, _styles, path: write(text, path)


def write_txt(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


FORMATS: dict[str, tuple[Writer, tuple[str, ...]]] = {
    ".txt": (plain(write_txt), ()),
    ".csv": (plain(writers.write_csv), ()),
    ".md": (writers.write_styled_md, ("struck",)),
    ".xlsx": (writers.write_styled_xlsx, ("struck", "hidden")),
    ".docx": (writers.write_styled_docx, ("struck", "hidden", "boxed")),
    ".hwpx": (writers.write_styled_hwpx, ("struck", "boxed")),
    ".pdf": (writers.write_styled_pdf, ("struck",)),
}


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize("kind", list(FORMATS))
def test_whatever_is_done_to_a_plan_nothing_is_lost_or_wrong_in_silence(tmp_path: Path, kind: str) -> None:
    write, looks = FORMATS[kind]
    mutations = [*TEXT_MUTATIONS, *map(style, looks)]
    for seed in range(max(1, ROUNDS // len(FORMATS) + 1)):
        chance = random.Random(f"{kind}{seed}")
        doc = made(chance)
        for mutation in chance.sample(mutations, 2):
            mutation(doc, chance)
        path = tmp_path / f"plan{seed}{kind}"
        write("\n".join(doc.lines), doc.styles, path)
        assert_nothing_is_lost(read_here(path), doc, f"{kind} {seed}\n" + "\n".join(doc.lines))


def read_here(path: Path) -> PlanDraft:
    """The same as in the reading process, without starting one for each of a thousand files."""
    source = source_of(path.suffix, path)
    return plan_of(source.text, None, None, source.notices)


def assert_nothing_is_lost(draft: PlanDraft, doc: Made, shown: str) -> None:
    entries = [one for task in draft.tasks for one in task.milestones]
    found = {one.title: one.windows[0].due for one in entries if one.windows}
    messages = " ".join(one.message for one in draft.findings)
    for name, day in doc.days.items():
        assert found.get(name) == day, f"{name} {found.get(name)} {draft.findings}\n{shown}"
    for name in doc.told:
        assert name not in found, shown
        assert name in messages, f"{name} {draft.findings}\n{shown}"
    assert draft.account is not None
    assert draft.account.holds, f"{draft.account.shown}\n{shown}"
    assert draft.account.registered >= len(doc.days), f"{draft.account.shown}\n{shown}"
