"""Contradictions inside a document, each with its place and both values (확인 필요).

Every check takes the document and gives findings; a rule that cannot be sure says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from plans.checks.amounts import source_sums, task_amounts
from plans.checks.announced import missing_tasks
from plans.checks.counts import near_counts, register_counts
from plans.checks.names import group_titles, list_titles, listed_cards, similar_departments, sub_project_names
from plans.checks.numbering import lost_titles, skipped_marks, skipped_numbers
from plans.checks.people import phones_of_officers
from plans.checks.rates import changes, rates
from plans.checks.schedule import beyond_period, late_start, outside_tasks, rules, status, twice
from plans.checks.sums import table_sums
from plans.checks.twins import area_names, twin_rows
from plans.document import Document
from plans.draft import Finding

CHECKS: Final[tuple[Callable[[Document], list[Finding]], ...]] = (
    missing_tasks,
    lost_titles,
    skipped_marks,
    skipped_numbers,
    list_titles,
    listed_cards,
    group_titles,
    sub_project_names,
    similar_departments,
    twin_rows,
    area_names,
    source_sums,
    table_sums,
    task_amounts,
    near_counts,
    register_counts,
    rates,
    changes,
    rules,
    twice,
    late_start,
    beyond_period,
    status,
    phones_of_officers,
    outside_tasks,
)
"""All checks, in the order in which their findings of one line are listed."""

ENGLISH_CHECKS: Final = (beyond_period, status, outside_tasks)
"""Those that look at what was read; the others look for words that only Korean documents have."""


def check(document: Document) -> list[Finding]:
    """All findings of the document by line, each said once."""
    found = document.findings + [finding for placed in document.tasks for finding in placed.body.findings]
    rules = CHECKS if document.language == "ko" else ENGLISH_CHECKS
    found += [finding for rule in rules for finding in rule(document)]
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by line, each said once."""
    once = {(finding.line, finding.code, repr(finding.facts)): finding for finding in findings}
    return sorted(once.values(), key=lambda finding: (finding.line or 0, finding.kind))
