"""`gihan calendar`: the year's table (연간 일정표) as a spreadsheet; `gihan yearbook`: what the year leaves behind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import yearbook as binding
from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.cli.status import ScopeName, scope_named
from bot.texts.terminal import echo
from jobs.plans.registration import RegisterError
from reports import scope as scopes
from reports import year_sheet
from reports.year import year_table

YEARS = range(1990, 2100)


def checked(year: int | None, this_year: int) -> int:
    """The year that is meant. Raises RegisterError for one that cannot be."""
    if year is not None and year not in YEARS:
        raise RegisterError(f"{year}년은 쓸 수 없습니다. 예) {this_year}")
    return year or this_year


def calendar(
    output: Annotated[Path, typer.Option("-o", "--output", help="만들 파일 (.xlsx)")],
    year: Annotated[int | None, typer.Argument(help="연도 (기본: 올해)", show_default=False)] = None,
    scope: ScopeName = None,
    config: Config = None,
) -> None:
    if output.suffix.lower() != ".xlsx":
        raise RegisterError("연간 일정표는 .xlsx 파일로 만듭니다. 예) gihan calendar 2026 -o 일정표.xlsx")
    with opened(config) as desk, desk.store.read() as session:
        organisation = desk.settings.organisation
        wanted, named = checked(year, desk.now.year), scope_named(session, scope)
        within = [scopes.condition(named, desk.today)] if named is not None else []
        table = year_table(
            session, wanted, named.name if named is not None else organisation.name, desk.now,
            organisation.zone.key, *within, reported_is_done=not desk.settings.approval.confirm_done,
        )  # fmt: skip
    write(output, year_sheet.xlsx(table))
    tasks = list(table.tasks())
    entries = sum(len(one.entries) for one in tasks)
    echo(f"{output} 파일을 만들었습니다. {wanted}년 과제 {len(tasks)}개, 일정 {entries}건")


def yearbook(
    output: Annotated[Path, typer.Option("-o", "--output", help="만들 파일 (.zip)")],
    year: Annotated[int | None, typer.Argument(help="연도 (기본: 올해)", show_default=False)] = None,
    config: Config = None,
) -> None:
    if output.suffix.lower() != ".zip":
        raise RegisterError("자료집은 .zip 파일로 만듭니다. 예) gihan yearbook 2026 -o 자료집.zip")
    with opened(config) as desk, desk.store.read() as session:
        wanted = checked(year, desk.now.year)
        files = binding.files_of(session, wanted, desk.settings, desk.now)
    write(output, binding.zipped(files))
    echo(f"{output} 파일을 만들었습니다. {wanted}년 {len(files)}개 파일: {', '.join(files)}")
