"""`python -m tests.plans.labels.compare DOCUMENT [DRAFT.json]`: a draft's indicators held against labels made by hand.

DOCUMENT is the name that the labels bear (`000`). Without DRAFT.json the document beside the project is read by
`gihan import … --dry-run --json`; where it is not there, that is said and nothing is compared. `hash name|text "…"`
prints what stands in the table for a wording. README.md beside this says what is an indicator's value and what is not.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
TABLE = Path(__file__).with_name("indicators.tsv")
SHARED = ROOT.parent / "shared"
NEAR = 3  # lines: a draft may name the heading of a table in the place of its row
SIDES = {"before": "before", "baseline": "before", "after": "after", "target": "after", "result": "result"}
MULTIPLES = {"만": 10_000, "억": 100_000_000}
TAG, BRACKETS = re.compile(r"<[^<>]*>"), re.compile(r"\([^()]*\)")
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([만억]?)")


def text_hash(wording: str) -> str:
    """Of a goal in words: letters and digits alone, in one form and case; tags, marks and spaces say nothing."""
    plain = unicodedata.normalize("NFKC", TAG.sub(" ", wording)).casefold()
    return hashlib.sha256("".join(one for one in plain if one.isalnum()).encode()).hexdigest()


def name_hash(name: str) -> str:
    """As `text_hash`, without what stands in brackets."""
    return text_hash(BRACKETS.sub(" ", unicodedata.normalize("NFKC", name)))


@dataclass(frozen=True)
class Label:
    """One value as a careful reader marked it. `where`: `indicators` or `targets` of a draft; `indicator` numbers those of
    one line; `names` are the hashes of the names that are right; what is not `must` is never missed and never invented."""

    document: str
    line: int
    where: str
    indicator: int
    role: str
    kind: str
    number: Decimal | None
    of: Decimal | None
    unit: str | None
    bound: str | None
    period: str | None
    must: bool
    names: frozenset[str]
    text: str | None

    @property
    def side(self) -> str:
        return SIDES[self.role]

    @property
    def year(self) -> int | None:
        return int(self.period[:4]) if self.period else None

    def __str__(self) -> str:
        said = (self.document, self.line, self.role, self.kind, self.number, self.unit, self.period)
        return " ".join(str(one) for one in said if one is not None)


@dataclass
class Score:
    """Values of one kind: right, missed (labelled, not in the draft) and invented (in the draft, labelled nowhere)."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        labelled = self.right + len(self.missed)
        return self.right / labelled if labelled else 1.0

    def __str__(self) -> str:
        labelled = self.right + len(self.missed)
        return f"{self.right}/{labelled} right ({self.share:.3f}), {len(self.invented)} invented"


@dataclass
class Result:
    """What the labels say of one draft. `named` and `misnamed`: of the values that are right and labelled with a name, those
    that bear it; `sentences`: of the goals in words that are labelled with a sentence before, how many have it, of all;
    `beside`: sentences before that stand in the draft and in no label, of whatever goal.
    """

    numbers: Score = field(default_factory=Score)
    texts: Score = field(default_factory=Score)
    targets: Score = field(default_factory=Score)
    named: int = 0
    misnamed: list[str] = field(default_factory=list)
    sentences: tuple[int, int] = (0, 0)
    beside: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield f"numbers: {self.numbers}; names {self.named}/{self.named + len(self.misnamed)}"
        before = f"{self.sentences[0]}/{self.sentences[1]}, {len(self.beside)} beside"
        yield f"text goals: {self.texts}; with the sentence before {before}"
        yield f"yearly goals: {self.targets}"
        for word in ("missed", "invented"):
            for score in (self.numbers, self.texts, self.targets):
                yield from (f"{word} {one}" for one in getattr(score, word))
        yield from (f"beside {one}" for one in self.beside)
        yield from (f"misnamed {one}" for one in self.misnamed)


@dataclass(frozen=True)
class Said:
    """One value of a draft's entry. `plan_year`: that of the draft."""

    side: str
    number: Decimal | None
    entry: Mapping[str, Any]
    plan_year: int | None = None

    def __str__(self) -> str:
        unit = self.entry.get("unit") or ""
        return f"{self.entry.get('line')} {self.side} {self.number if self.number is not None else 'text'} {unit}"


def labels(table: Path = TABLE) -> list[Label]:
    with table.open(encoding="utf-8", newline="") as file:
        return [_label(row) for row in csv.DictReader(file, delimiter="\t")]


def _label(row: Mapping[str, str]) -> Label:
    return Label(
        document=row["document"],
        line=int(row["line"]),
        where=row["where"],
        indicator=int(row["indicator"]),
        role=row["role"],
        kind=row["kind"],
        number=Decimal(row["number"]) if row["number"] else None,
        of=Decimal(row["of"]) if row["of"] else None,
        unit=row["unit"] or None,
        bound=row["bound"] or None,
        period=row["period"] or None,
        must={"yes": True, "no": False}[row["must"]],
        names=frozenset(row["name_sha256"].split("|")) - {""},
        text=row["text_sha256"] or None,
    )


def compare(draft: Mapping[str, Any], marks: Sequence[Label]) -> Result:
    """The draft of one document against that document's labels."""
    result = Result()
    tasks = draft.get("tasks") or []
    entries = [one for task in tasks for one in task.get("indicators") or []]
    groups = _groups(one for one in marks if one.where == "indicators")
    pairs = _pairs(entries, groups, draft.get("plan_year"))
    may = [one for one in marks if not one.must and one.where == "indicators"]
    spent: set[Label] = set()
    for at, entry in enumerate(entries):
        _judge(
            result, _said(entry, draft.get("plan_year")), groups[pairs[at]] if at in pairs else [], may, spent
        )
    for at, group in enumerate(groups):
        if at not in pairs.values():
            _miss(result, group)
    _yearly(
        result, [one for task in tasks for one in task.get("targets") or []],
        [one for one in marks if one.where == "targets"],
    )  # fmt: skip
    return result


def _groups(marks: Iterable[Label]) -> list[list[Label]]:
    """The values of each indicator, together."""

    def own(one: Label) -> tuple[int, int]:
        return one.line, one.indicator

    return [list(values) for _, values in groupby(sorted(marks, key=own), own)]


def _pairs(
    entries: Sequence[Mapping[str, Any]], groups: Sequence[Sequence[Label]], plan_year: int | None
) -> dict[int, int]:
    """Which entry of the draft tells of which indicator: where most values agree, then the nearest line."""
    found = []
    for at, entry in enumerate(entries):
        for to, group in enumerate(groups):
            far = abs((entry.get("line") or -NEAR) - group[0].line)
            alike = sum(any(_agrees(one, said) for one in group) for said in _said(entry, plan_year))
            if far <= NEAR and alike:
                found.append((-alike, not _is_named(group, entry), far, at, to))
    pairs: dict[int, int] = {}
    for *_, at, to in sorted(found):
        if at not in pairs and to not in pairs.values():
            pairs[at] = to
    return pairs


def _said(entry: Mapping[str, Any], plan_year: int | None) -> list[Said]:
    """The values of an entry. It tells of a goal in words where it has no number at all."""
    said = [
        Said(side, number_of(str(entry[key]), entry.get("unit")), entry, plan_year)
        for side, key in (("before", "before"), ("after", "target"), ("result", "result"))
        if entry.get(key) is not None
    ]
    if entry.get("target") is None and all(one.number is None for one in said):
        said.append(Said("after", None, entry, plan_year))
    return said


def number_of(written: str, unit: str | None) -> Decimal | None:
    """`1,250`, `35만`, `50%` (where that is the unit) as a number; None for a word."""
    found = NUMBER.fullmatch(written.strip().removesuffix(unit or "").strip())
    if found is None:
        return None
    try:
        return Decimal(found[1].replace(",", "")) * MULTIPLES.get(found[2], 1)
    except InvalidOperation:
        return None


def _agrees(label: Label, said: Said) -> bool:
    if label.side != said.side or label.number != said.number:
        return False
    if label.number is None:
        wording = said.entry.get("text") if said.side == "after" else said.entry.get(said.side)
        return label.text == text_hash(wording or "") and _is_of_its_year(label, said)
    is_unit = (label.unit or "").casefold() == str(said.entry.get("unit") or "").strip().casefold()
    return is_unit and _is_of_its_year(label, said) and _has_more_right(label, said.entry)


def _is_of_its_year(label: Label, said: Said) -> bool:
    """`year` is that of the goal; a draft that tells the year before has it as `before_year`. A goal in words whose year
    is not written may be given the plan's or none."""
    if label.number is None and label.year is None:
        return said.side == "before" or said.entry.get("year") in {None, said.plan_year}
    key = "before_year" if said.side == "before" else "year"
    return label.year == said.entry[key] if key in said.entry else said.side == "before"


def _has_more_right(label: Label, entry: Mapping[str, Any]) -> bool:
    """What a draft may say beyond the contract counts where it has the key: of a bound and of a whole also null, which says
    that there is none. A bound is the goal's."""
    more = {"of": label.of} | ({"bound": label.bound} if label.side == "after" else {})
    is_kind = entry.get("kind") is None or entry["kind"] == label.kind
    return is_kind and all(_same(entry[key], right) for key, right in more.items() if key in entry)


def _same(said: Any, right: Decimal | str | None) -> bool:
    return number_of(str(said), None) == right if isinstance(right, Decimal) else said == right


def _is_named(group: Sequence[Label], entry: Mapping[str, Any]) -> bool:
    names = group[0].names
    return not names or name_hash(str(entry.get("name") or "")) in names


def _judge(
    result: Result, told: Sequence[Said], group: Sequence[Label], may: Sequence[Label], spent: set[Label]
) -> None:
    """The values of one entry with the labels of its indicator ([]: of none). `may`: what a draft may say or leave; a result
    of it may stand in the row below that of its goal, and is then told (`spent`)."""
    left = list(group)
    for said in told:
        label = next((one for one in left if _agrees(one, said)), None)
        if label is not None:
            left.remove(label)
            spent.add(label)
            _right(result, label, said.entry)
        elif said.number is None and said.side == "before":
            result.beside.append(str(said))  # beside a number, or told otherwise: no value of its own
        elif any(one.line == said.entry.get("line") for one in may):
            continue
        elif (
            near := next((one for one in may if one not in spent and _is_told_near(one, said)), None)
        ) is not None:
            spent.add(near)
        else:
            (result.numbers if said.number is not None else result.texts).invented.append(str(said))
    _miss(result, left)


def _is_told_near(label: Label, said: Said) -> bool:
    """Whether it is a result that stands near by, as labelled."""
    line = said.entry.get("line")
    return (
        said.side == "result" and line is not None and abs(line - label.line) <= NEAR and _agrees(label, said)
    )


def _right(result: Result, label: Label, entry: Mapping[str, Any]) -> None:
    if not label.must:
        return
    if label.kind == "text" and label.side == "before":
        result.sentences = (result.sentences[0] + 1, result.sentences[1] + 1)
        return
    (result.texts if label.kind == "text" else result.numbers).right += 1
    if label.names and _is_named([label], entry):
        result.named += 1
    elif label.names:
        result.misnamed.append(str(label))


def _miss(result: Result, left: Sequence[Label]) -> None:
    for one in left:
        if not one.must:
            continue
        if one.kind == "text" and one.side == "before":
            result.sentences = (result.sentences[0], result.sentences[1] + 1)
        else:
            (result.texts if one.kind == "text" else result.numbers).missed.append(str(one))


def _yearly(result: Result, said: Sequence[Mapping[str, Any]], marks: Sequence[Label]) -> None:
    """Goals of a year (연차별 달성 목표), and the one at the end (최종목표), which has no year."""
    left = list(marks)
    for one in said:
        key = (one.get("year"), text_hash(str(one.get("text") or "")))
        label = next((mark for mark in left if (mark.year, mark.text) == key), None)
        if label is None:
            result.targets.invented.append(f"yearly goal of {one.get('year')}")
        else:
            left.remove(label)
            result.targets.right += label.must
    result.targets.missed += [str(one) for one in left if one.must]


def document_of(name: str, shared: Path = SHARED) -> Path | None:
    """The labelled document, which lies beside the project or nowhere."""
    path = shared / "plans" / f"{name}.txt"
    return path if path.is_file() else None


def _draft(path: Path) -> str:
    command = [str(Path(sys.executable).with_name("gihan")), "import", str(path), "--dry-run", "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(arguments: Sequence[str], shared: Path = SHARED) -> Iterator[str]:
    if arguments[0] == "hash":
        yield {"name": name_hash, "text": text_hash}[arguments[1]](arguments[2])
        return
    name, *drafts = arguments
    path = document_of(name, shared)
    if not drafts and path is None:
        yield f"skipped: no document {name} beside the project ({shared / 'plans'})"
        return
    source = Path(drafts[0]).read_text(encoding="utf-8") if drafts else _draft(path or shared)
    yield from compare(json.loads(source), [one for one in labels() if one.document == name]).lines()


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(line + "\n")
