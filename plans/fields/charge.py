"""Who has a task in charge, wherever its lines say so (담당): rows, lines and brackets in their usual forms.

A row 담당 | 과장 가나다(4101) | 팀장 …, columns 부서장 | 팀장 | 담당자, a line 총괄부서 …, a bracket (총무과, 가나다 ☏1234).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from plans.draft import OfficerDraft
from plans.fields.labels import field_of
from plans.fields.people import Person, department_in, is_rank, read_department, read_offices, read_people
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze

_LABELS: Final = frozenset(
    (
        "담당",
        "담당자",
        "담당부서",
        "총괄",
        "총괄부서",
        "주관",
        "주관부서",
        "소관부서",
        "추진부서",
        "책임부서",
        "업무담당",
    )
)
_LINE: Final = re.compile(
    r"^[(\[]?(?P<label>(?:담당|총괄|주관|소관|추진|책임)(?:부서|자)?|업무담당)[)\]]?(?:\s*[:：]\s*|\s+)(?P<rest>\S.*)$"
)
_PARTNERS: Final = re.compile(
    r"[(\[]\s*(?:협조|협업|협력|관련)(?:부서|기관)?\s*[:：]\s*(?P<names>[^()\[\]]+)[)\]]"
)
_CLOSING: Final = re.compile(r"[(\[【<](?P<inner>[^()\[\]【】<>]{2,60})[)\]】>]\s*$")
LEAST_ROLES: Final = 2


@dataclass
class Charge:
    """What was found; who does the work stands before those who answer for it."""

    department: str | None = None
    related: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def officers(self) -> list[OfficerDraft]:
        return [OfficerDraft(name=one.name, rank=one.rank) for one in self._in_order()]

    @property
    def heads(self) -> list[OfficerDraft]:
        """Those who answer for the work."""
        return [OfficerDraft(name=one.name, rank=one.rank) for one in self._in_order() if one.level]

    @property
    def phones(self) -> list[str]:
        return list(dict.fromkeys(phone for one in self._in_order() for phone in one.phones))

    def _in_order(self) -> list[Person]:
        return sorted(self.people, key=lambda one: one.level)

    def take(self, other: Charge) -> None:
        """What is not known yet."""
        self.department = self.department or other.department
        self.related = self.related or other.related
        self.people = self.people or other.people


def charge_of(lines: Sequence[Line]) -> Charge:
    """What the lines of a task say, the first of each kind."""
    found = Charge()
    for one in (*_rows(lines), *(_of_line(line) for line in lines)):
        found.take(one)
    return found


def closing_charge(title: str) -> tuple[str, Charge]:
    """A title and who is named in the bracket at its end: 도서관 세우기 (총무과, 가나다 ☏1234)."""
    bracket = _CLOSING.search(title)
    charge = Charge() if bracket is None else _said(bracket["inner"])
    is_charge = charge.department is not None and bool(charge.people and charge.phones)
    return (title[: bracket.start()].strip(), charge) if bracket and is_charge else (title, Charge())


def read_lead(value: str) -> tuple[str | None, list[str]]:
    """The lead department and its partners: 총무과(협조: 세무과, 도로과)."""
    partners = _PARTNERS.search(value)
    lead = _PARTNERS.sub("", value)
    return read_department(lead), [] if partners is None else read_offices(partners["names"])


def _of_line(line: Line) -> Charge:
    """A line that begins with a label of charge, or ends in a bracket with an office, a name and a number."""
    if line.cells or line.is_note:
        return Charge()
    named = _LINE.match(line.body)
    if named is not None:
        return _labelled(named["label"], named["rest"])
    return closing_charge(line.body)[1]


def _labelled(label: str, value: str) -> Charge:
    found = _said(value)
    if not found.people and "자" not in label:
        found.department, found.related = read_lead(value)
        is_office = found.department is not None and department_in(found.department) is not None
        return found if is_office else Charge()
    partners = _PARTNERS.search(value)
    found.related = [] if partners is None else read_offices(partners["names"])
    return found if any(one.rank or one.phones for one in found.people) else Charge()


def _said(text: str) -> Charge:
    """Offices and people of a text; names alone are people only where a rank or a number stands beside one."""
    people = read_people(_PARTNERS.sub("", text))
    return Charge(department_in(text), [], people if any(one.rank or one.phones for one in people) else [])


def _rows(lines: Sequence[Line]) -> Iterator[Charge]:
    for above, line in pairwise([Line(0, ""), *lines]):
        filled = [one_line(text) for text in line.cells if text.strip()]
        if not filled:
            continue
        if _is_header(above, line):
            yield _under(above, line)
        elif squeeze(filled[0]) in _LABELS and len(filled) > 1 and not any(map(_role, filled[1:])):
            yield _said("\n".join(text.replace("<br>", "\n") for text in line.cells[1:] if text.strip()))
        elif sum(_role(text) is not None for text in filled) >= LEAST_ROLES:
            yield _paired(line)


def _role(text: str) -> str | None:
    """What a label stands for: a field of charge, or the rank of whoever is named behind it."""
    name = squeeze(text)
    known = field_of(text)
    if known in ("department", "officers", "phones"):
        return known
    return "head" if name == "부서장" or (is_rank(name) and len(name) <= len("담당팀장")) else None


def _is_header(above: Line, line: Line) -> bool:
    """Whether a row stands under one of nothing but labels of charge."""
    labels = [text for text in above.cells if text.strip()]
    is_head = len(labels) >= LEAST_ROLES and all(_role(text) is not None for text in labels)
    return is_head and not any(_role(text) is not None for text in line.cells)


def _under(header: Line, row: Line) -> Charge:
    found = Charge()
    for label, value in zip(header.cells, row.cells, strict=False):
        _put(found, label, value)
    return found


def _paired(row: Line) -> Charge:
    """담당부서 | 총무과 | 팀장 | 가나다 | 담당자 | 라마바 | 연락처 | 1234."""
    found = Charge()
    for label, value in pairwise(row.cells):
        if _role(value) is None:
            _put(found, label, value)
    return found


def _put(found: Charge, label: str, value: str) -> None:
    role = _role(label) if value.strip() else None
    if role == "department":
        found.department, found.related = read_lead(value)
    elif role == "phones" and found.people:
        found.people[-1].phones += [] if found.people[-1].phones else [one_line(value)]
    elif role in ("officers", "head"):
        people = read_people(value)
        for one in people:
            one.rank = one.rank or (one_line(label) if role == "head" else None)
        found.people += people
