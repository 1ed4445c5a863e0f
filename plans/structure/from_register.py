"""Tasks of registers: one a row, or one above several rows of what is done (공약·과제 목록)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plans.document import Document, Placed
from plans.draft import MilestoneDraft, TaskDraft
from plans.entries.body import Body, grid_milestone, read_period
from plans.fields.labels import DONE
from plans.fields.money import read_budgets
from plans.fields.people import department_in, read_officers, read_offices, read_phones
from plans.structure.sections import Section
from plans.tables.entries import TableEntries, read_table
from plans.tables.registers import Register, RegisterRow

_ELSEWHERE: Final = 0  # no line: above the rows of tasks, or in a sum


def read_registers(document: Document, registers: Sequence[Register]) -> None:
    """Puts one task a row of the registers into the document."""
    for register in registers:
        section = Section(None, "schedule", register.table.start, register.table.end)
        found = read_table(register.table, section, document.scope, document.answers, is_register=True)
        bodies = _bodies(register, found)
        document.tasks += [_placed(row, bodies[row.line], document.year) for row in register.rows]
        document.findings += bodies[_ELSEWHERE].findings


def _bodies(register: Register, found: TableEntries) -> dict[int, Body]:
    """What was found, by the first line of the task in whose rows it stands."""
    owners = {line.no: row.line for row in register.rows for line in row.lines}
    bodies = {row.line: Body() for row in register.rows} | {_ELSEWHERE: Body()}
    for no, owner in owners.items():
        bodies[owner].kinds[no] = "schedule"
    for one in found.milestones:
        bodies[owners.get(one.line, _ELSEWHERE)].milestones.append(one)
    for entry in found.grids:
        bodies[owners.get(entry.row, _ELSEWHERE)].grids.append(entry)
    for asked in found.asked:
        bodies[owners.get(asked.line, _ELSEWHERE)].asked.append(asked)
    for finding in found.findings:
        bodies[owners.get(finding.line or _ELSEWHERE, _ELSEWHERE)].findings.append(finding)
    return bodies


def _placed(row: RegisterRow, body: Body, year: int | None) -> Placed:
    task = _task(row, year)
    task.milestones = [_settled(one, task) for one in body.milestones]
    task.milestones += [grid_milestone(entry, task.title) for entry in body.grids]
    task.asked = body.asked
    return Placed(task, row.lines, body, row.line, row.pledge, row.area)


def _settled(entry: MilestoneDraft, task: TaskDraft) -> MilestoneDraft:
    """What a finished task says was to be done is done."""
    return entry.model_copy(update={"done": True}) if task.status == DONE else entry


def _task(row: RegisterRow, year: int | None) -> TaskDraft:
    def text(name: str) -> str:
        return row.values.get(name, ("", ""))[1]

    return TaskDraft(
        no=row.no,
        title=row.title,
        department=row.department or department_in(text("officers")),
        related=read_offices(text("related")),
        officers=read_officers(text("officers")),
        phones=read_phones(text("phones")) or read_phones(text("officers")),
        budgets=read_budgets(text("budgets"), row.values.get("budgets", ("", ""))[0]),
        period=read_period(text("period"), year),
        status=row.status,
        area=row.area,
        pledge_no=row.pledge_no,
        pledge=row.pledge,
    )
