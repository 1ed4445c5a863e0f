"""Lines of a plan document -> PlanDraft: cards, projects, a register, or one task, whichever the document has (추출)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from plans.account import account_findings, settle
from plans.checks import check, in_order
from plans.checks.claims import read_claims
from plans.document import Document, Progress
from plans.draft import UNTITLED, PlanDraft, finding
from plans.english.document import read_english_document
from plans.english.language import is_english
from plans.english.timelines import is_time as is_english_time
from plans.entries.paragraphs import is_time
from plans.entries.remarks import notice_finding
from plans.fields.labels import action_named, english_field
from plans.indicators.read import read_indicators
from plans.own_dates import own_dates
from plans.places import as_written
from plans.preview import year_of_dates
from plans.readers.form import Notice
from plans.residue.proposals import propose, proposed_finding
from plans.structure.cards import find_cards
from plans.structure.cover import read_cover
from plans.structure.from_cards import read_cards
from plans.structure.from_fields import field_projects, owned_projects, titled_projects
from plans.structure.from_grid import tasks_of_grid
from plans.structure.from_groups import tasks_of_groups
from plans.structure.from_projects import read_projects
from plans.structure.from_register import read_registers
from plans.structure.from_rest import join_rows, read_rest, tasks_of_rows
from plans.structure.letter import without_frame
from plans.structure.projects import (
    Project,
    bare_projects,
    common_heading,
    find_projects,
    marked_projects,
    stand_in_projects,
    whole_project,
)
from plans.tables.column_roles import heads_more, heads_times
from plans.tables.entries import NO_ANSWERS
from plans.tables.flows import with_flows
from plans.tables.headed import with_headings
from plans.tables.lost import with_lost_cells
from plans.tables.registers import Register, find_registers
from plans.tables.results import with_results
from plans.tables.upright import Words, with_upright_tables
from plans.text.lines import Line, split_lines
from plans.time.english import Usage
from plans.time.weekday_year import year_of_weekdays

_TIMES: Final = frozenset({"due", "start", "original", "revised", "period"})


def _is_english_time(line: Line) -> bool:
    return is_english_time(line, Usage())


def _heads_english_times(text: str) -> bool:
    return english_field(text) in _TIMES


def _heads_more_in_english(text: str) -> bool:
    return english_field(text) not in (None, *_TIMES) or action_named(text) is not None


KOREAN: Final = Words(is_time, heads_times, heads_more)
ENGLISH: Final = Words(_is_english_time, _heads_english_times, _heads_more_in_english)


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
    findings = check(document)
    account = settle(document, findings, notices)
    draft = PlanDraft(
        plan_year=document.cover.year or year,
        title=document.cover.title,
        organisation=document.cover.organisation,
        tasks=[placed.task for placed in document.tasks],
        findings=[*findings, *account_findings(account), *proposed_finding(document)],
        claims=read_claims(document),
        account=account,
        is_offered=document.is_offered,
        own=document.own,
    )
    as_written(draft, document.lines)
    draft.findings = in_order([*draft.findings, *(notice_finding(one) for one in notices)])
    return draft


def _unheard(done: int, total: int) -> None:
    return None


def read_document(
    text: str, year: int | None, progress: Progress, answers: Mapping[str, str] = NO_ANSWERS
) -> Document:
    """Tasks with their places; `progress` gets lines done and lines in all."""
    lines = split_lines(text)
    if is_english(text):
        return read_english_document(with_upright_tables(lines, ENGLISH), text, year, progress)
    lines = with_headings(with_flows(with_lost_cells(with_upright_tables(lines, KOREAN))))
    letter = without_frame(lines)
    lines = letter.lines
    cover = read_cover(lines, letter.title, letter.frame)
    said = cover.year or year
    document = Document(lines, cover, year_of_weekdays(text, said), answers=answers, frame=letter.frame)
    if document.year != said:
        document.findings.append(finding(None, "year-weekdays", said=said, year=document.year))
    registers = find_registers(lines)
    listed = {line.no for register in registers for line in register.table.rows}
    cards = [card for card in find_cards(lines) if lines[card.start].no not in listed]
    tree = document.scope.tree
    projects = find_projects(lines, tree, document.year)
    if cards and not stand_in_projects(tree, [card.start for card in cards], projects):
        read_cards(document, cards, progress)
    else:
        _read_without_cards(document, projects, registers, progress)
    if document.tasks and not document.is_offered:
        read_rest(document)
    of_plan = document.year or year_of_dates(placed.task for placed in document.tasks)
    for placed in document.tasks:
        placed.task.milestones = with_results(placed.task.milestones, placed.lines, of_plan)
    read_indicators(document)
    if len(document.tasks) > 1:
        document.own += own_dates(document)
    propose(document)
    document.own = document.own or own_dates(document)
    progress(len(lines), len(lines))
    return document


def _read_without_cards(
    document: Document, projects: Sequence[Project], registers: Sequence[Register], progress: Progress
) -> None:
    """Projects where there are several, or one whose tables number no tasks, and the registers beside them; else registers,
    else the document as one task, to be confirmed."""
    is_numbered = any(register.columns.of("no") for register in registers)
    if len(projects) > 1 or (projects and not is_numbered):
        read_projects(document, projects, progress)
        own = list(document.tasks)
        read_registers(document, [register for register in registers if _is_apart(document, register)])
        join_rows(document, own, document.tasks[len(own) :])
        return
    read_registers(document, registers)
    document.is_register = bool(registers)
    if not document.tasks:
        lines = document.lines
        projects = titled_projects(lines) or field_projects(lines) or owned_projects(lines)
        read_projects(document, projects, progress)
    if not document.tasks:
        _offer_whole(document, progress)


def _is_apart(document: Document, register: Register) -> bool:
    """Whether a register that numbers its tasks stands in no project."""
    inside = {line.no for placed in document.tasks for line in placed.lines}
    return bool(register.columns.of("no")) and not any(line.no in inside for line in register.table.rows)


def _offer_whole(document: Document, progress: Progress) -> None:
    """The bullets below bare titles as their tasks, else the dated lines of a document as those of one, which a person has
    to confirm."""
    document.is_register = False
    tree = document.scope.tree
    bare = bare_projects(document.lines, tree, document.year)
    read_projects(document, bare or marked_projects(document.lines, tree, document.year), progress)
    if any(placed.task.milestones or placed.task.asked for placed in document.tasks):
        return
    document.tasks = []
    whole = whole_project(document.lines, document.scope.tree, document.cover.title or UNTITLED)
    read_projects(document, [whole], progress)
    whole_task = document.tasks[0]
    parts = tasks_of_grid(whole_task) or tasks_of_groups(whole_task) or tasks_of_rows(document, whole_task)
    if parts:
        document.tasks = parts
        return
    task = document.tasks[0].task
    if whole.title == document.cover.title:
        task.title = common_heading(document.scope.tree, [one.line for one in task.milestones]) or task.title
    document.is_offered = bool(task.milestones or task.asked)
    if not document.is_offered:
        document.tasks = []
