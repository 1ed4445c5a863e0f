"""Lines of a plan document -> PlanDraft: cards, numbered works or a register, whichever the document has (추출)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plans.account import account_findings, settle
from plans.checks import check, in_order
from plans.checks.claims import read_claims
from plans.document import Document, Progress
from plans.draft import PlanDraft
from plans.english.document import read_english_document
from plans.english.language import is_english
from plans.entries.remarks import notice_finding
from plans.readers.form import Notice
from plans.structure.cards import find_cards
from plans.structure.cover import read_cover
from plans.structure.from_cards import read_cards
from plans.structure.from_register import read_registers
from plans.structure.from_works import read_works
from plans.structure.works import find_works, stand_in_works
from plans.tables.entries import NO_ANSWERS
from plans.tables.registers import Register, find_registers
from plans.text.lines import split_lines


def read_draft(
    text: str,
    year: int | None = None,
    progress: Progress | None = None,
    notices: Sequence[Notice] = (),
    answers: Mapping[str, str] = NO_ANSWERS,
) -> PlanDraft:
    """The draft of a plan's text; `year` is used where the document does not say its own, `answers` (form of a table ->
    header of its time) where nobody can say which column the time is."""
    document = read_document(text, year, progress or _unheard, answers)
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


def read_document(
    text: str, year: int | None, progress: Progress, answers: Mapping[str, str] = NO_ANSWERS
) -> Document:
    """Tasks with their places; `progress` gets lines done and lines in all."""
    lines = split_lines(text)
    if is_english(text):
        return read_english_document(lines, text, year, progress)
    cover = read_cover(lines)
    document = Document(lines, cover, cover.year or year, answers=answers)
    registers = find_registers(lines)
    listed = {line.no for register in registers for line in register.table.rows}
    cards = [card for card in find_cards(lines) if lines[card.start].no not in listed]
    if cards and not stand_in_works(lines, cards, find_works(lines)):
        read_cards(document, cards, progress)
    else:
        _read_without_cards(document, registers, progress)
    progress(len(lines), len(lines))
    return document


def _read_without_cards(document: Document, registers: Sequence[Register], progress: Progress) -> None:
    """Numbered works where there are several, or one whose tables number no tasks; else registers."""
    works = find_works(document.lines)
    is_numbered = any(register.columns.of("no") for register in registers)
    if len(works) > 1 or (works and not is_numbered):
        read_works(document, works, progress)
    else:
        read_registers(document, registers)
