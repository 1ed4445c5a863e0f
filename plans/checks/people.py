"""Officers with two telephone numbers (담당자 점검)."""

from __future__ import annotations

import re
from collections import defaultdict

from plans.document import Document, Placed
from plans.draft import Finding, finding
from plans.facts import short


def phones_of_officers(document: Document) -> list[Finding]:
    """The same officer of the same department whose cards give different numbers; messages do not repeat them."""
    seen: dict[tuple[str, str], list[tuple[set[str], Placed]]] = defaultdict(list)
    for placed in document.tasks:
        task = placed.task
        numbers = {re.sub(r"\D", "", phone) for phone in task.phones}
        if len(task.officers) == 1 and numbers:
            seen[task.officers[0].name, task.department or ""].append((numbers, placed))
    return [
        _differs(name, department, places[0][1], other)
        for (name, department), places in seen.items()
        for numbers, other in places[1:]
        if not places[0][0] & numbers
    ]


def _differs(name: str, department: str, one: Placed, other: Placed) -> Finding:
    return finding(
        other.first,
        "phone-differs",
        department=department,
        name=name,
        task=short(one.task.title),
        there=one.first,
        other=short(other.task.title),
    )
