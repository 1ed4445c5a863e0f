"""`gihan list`: milestones, or with `--tasks` tasks, one a line."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import tables
from bot.cli.options import AsJson, Config, PlanName, opened
from bot.cli.status import check_plan
from bot.cli.wrong_use import OwnError
from bot.texts.render import label
from reports.listing import rows, task_rows
from store import officers
from store.models import Department
from store.states import MilestoneState


def list_(
    department: Annotated[str | None, typer.Option(help=label("cli.option.department"))] = None,
    state: Annotated[MilestoneState | None, typer.Option(help=label("cli.option.state"))] = None,
    plan: PlanName = None,
    is_tasks: Annotated[bool, typer.Option("--tasks", help=label("cli.option.tasks"))] = False,
    as_json: AsJson = False,
    sheet: Annotated[Path | None, typer.Option("--sheet", help=label("cli.option.register-sheet"))] = None,
    config: Config = None,
) -> None:
    if is_tasks and state is not None:
        raise OwnError(label("cli.tables.tasks-have-no-state"))
    if sheet is not None:
        from bot.cli import registers  # noqa: PLC0415 - what reads sheets takes long to load, and few need it

        with opened(config) as desk:
            registers.write_out(sheet, desk)
        return
    with opened(config) as desk, desk.store.read() as session:
        check_plan(session, plan)
        _check_department(session, department)
        if is_tasks:
            tables.print_tasks(
                task_rows(session, desk.today, department=department, plan=plan), as_json=as_json
            )
            return
        found = rows(session, desk.today, department=department, state=state, plan=plan)
        tables.print_rows(found, desk.today, as_json=as_json)


def _check_department(session: Session, name: str | None) -> None:
    if name is not None and officers.department(session, name) is None:
        known = ", ".join(session.scalars(select(Department.name).order_by(Department.name)))
        raise OwnError(label("cli.tables.no-department", name=name, known=known))
