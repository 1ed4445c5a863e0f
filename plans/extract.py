"""Lines of a plan document -> PlanDraft: cards, numbered works or a register, whichever the document has (추출)."""

from __future__ import annotations

from collections.abc import Sequence

from plans.account import account_findings, settle
from plans.checks import check, in_order
from plans.checks.claims import read_claims
from plans.document import Document, Placed, Progress
from plans.draft import PlanDraft, TaskDraft
from plans.entries.body import read_period
from plans.entries.remarks import notice_finding
from plans.fields.money import read_budgets
from plans.fields.people import read_officers, read_offices, read_phones
from plans.readers.form import Notice
from plans.structure.cards import find_cards
from plans.structure.cover import read_cover
from plans.structure.from_cards import read_cards
from plans.structure.from_works import read_works
from plans.structure.works import find_works, stand_in_works
from plans.tables.registers import RegisterRow, find_register
from plans.text.lines import split_lines


def read_draft(
    text: str,
    year: int | None = None,
    progress: Progress | None = None,
    notices: Sequence[Notice] = (),
) -> PlanDraft:
    """The draft of a plan's text; `year` is used where the document does not say its own."""
    document = read_document(text, year, progress or _unheard)
    document.findings += [notice_finding(one) for one in notices]
    findings = check(document)
    account = settle(document, findings, notices)
    return PlanDraft(
        plan_year=document.year,
        title=document.cover.title,
        organisation=document.cover.organisation,
        tasks=[placed.task for placed in document.tasks],
        findings=in_order([*findings, *account_findings(account)]),
        claims=read_claims(document),
        account=account,
    )


def _unheard(done: int, total: int) -> None:
    return None


def read_document(text: str, year: int | None, progress: Progress) -> Document:
    """Tasks with their places; `progress` gets lines done and lines in all."""
    lines = split_lines(text)
    cover = read_cover(lines)
    document = Document(lines, cover, cover.year or year)
    cards = find_cards(lines)
    if cards and not stand_in_works(lines, cards, find_works(lines)):
        read_cards(document, cards, progress)
    else:
        _read_without_cards(document, progress)
    progress(len(lines), len(lines))
    return document


def _read_without_cards(document: Document, progress: Progress) -> None:
    """Numbered works where there are several, else a register."""
    works, rows = find_works(document.lines), find_register(document.lines)
    if len(works) > 1 or (works and not rows):
        read_works(document, works, progress)
        return
    document.is_register = True
    document.tasks = [register_task(row, document) for row in rows]


def register_task(row: RegisterRow, document: Document) -> Placed:
    """One task a row."""

    def text(name: str) -> str:
        return row.values.get(name, ("", ""))[1]

    task = TaskDraft(
        no=row.no,
        title=row.title,
        department=row.department,
        related=read_offices(text("related")),
        officers=read_officers(text("officers")),
        phones=read_phones(text("phones")),
        budgets=read_budgets(text("budgets"), row.values.get("budgets", ("", ""))[0]),
        period=read_period(text("period"), document.year),
        status=row.status,
        area=row.area,
        pledge_no=row.pledge_no,
        pledge=row.pledge,
    )
    return Placed(
        task, document.lines[row.line - 1 : row.line], first=row.line, pledge=row.pledge, area=row.area
    )
