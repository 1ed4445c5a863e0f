"""Tasks that stand as projects in a document, and the document itself as one task (과제형 계획서)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from plans.document import Document, Placed, Progress
from plans.draft import TaskDraft
from plans.entries.body import Body, grid_milestone, read_body
from plans.fields.charge import Charge, charge_of, closing_charge, read_lead
from plans.fields.money import read_budgets
from plans.fields.people import read_officers, read_offices, read_phones
from plans.structure.cards import pairs_in
from plans.structure.cover import Cover
from plans.structure.projects import Project
from plans.text.lines import Line


def read_projects(document: Document, projects: Sequence[Project], progress: Progress) -> None:
    """Puts one task a project into the document; one without a department is of the department that presents it."""
    lines = document.lines
    for project in projects:
        within = lines[project.body : project.end]
        is_event = project.end - project.start < len(lines)
        title = project.title if is_event else ""
        body = read_body(within, document.scope, document.answers, "content", title)
        task = _task(within, project, body, document.cover)
        document.tasks.append(Placed(task, lines[project.start : project.end], body, lines[project.start].no))
        progress(project.end, len(lines))


def _task(lines: Sequence[Line], project: Project, body: Body, cover: Cover) -> TaskDraft:
    title, charge = closing_charge(project.title)
    task = TaskDraft(no=project.no, title=title, department=project.department or cover.department)
    task.milestones = body.milestones + [grid_milestone(entry, project.title) for entry in body.grids]
    task.period, task.asked = body.period, body.asked
    for line in lines:
        _take_attribute(task, line)
    charge.take(charge_of(lines))
    _take_charge(task, charge, is_own=task.department not in (None, cover.department))
    return task


def _take_charge(task: TaskDraft, charge: Charge, is_own: bool) -> None:
    """Who is named in charge anywhere below the heading, where no attribute says so; the cover's office comes last."""
    task.department = task.department if is_own else charge.department or task.department
    task.officers = task.officers or charge.officers
    task.phones = task.phones or charge.phones
    task.related = task.related or charge.related


_PAIR: Final = re.compile(r"^([가-힣][가-힣 ]{1,10}?)\s*[:：]\s*(.+)$")


def _take_attribute(task: TaskDraft, line: Line) -> None:
    """Fills a field from "○ 사 업 비 : 1,200백만원", the first line of each kind wins."""
    if line.cells or line.is_note:
        return
    several = pairs_in(line)
    found = _PAIR.match(line.body)
    if len(several) > 1:
        for _, label, value in several:
            _fill(task, label, value)
    elif found is not None:
        _fill(task, found[1], found[2])


def _fill(task: TaskDraft, label: str, value: str) -> None:
    name = re.sub(r"\s", "", label)
    if name in ("사업비", "총사업비", "소요예산", "예산", "예산액") and not task.budgets:
        task.budgets = read_budgets(value, label)
    elif name in ("담당부서", "주관부서", "추진부서", "소관부서", "총괄부서", "주관"):
        task.department, partners = read_lead(value)
        task.related = task.related or partners
    elif name in ("담당자", "담당") and not task.officers:
        task.officers = read_officers(value)
        task.phones = task.phones or read_phones(value)
    elif name in ("협업기관", "관련부서", "협조부서", "관련기관") and not task.related:
        task.related = read_offices(value)
    elif name in ("연락처", "전화번호") and not task.phones:
        task.phones = read_phones(value)
