"""What the command line prints: tables for people, JSON for programs."""

import json
import sys
from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from bot.texts import render
from bot.texts.render import label, labels
from bot.texts.terminal import cell, echo
from reports.listing import Row, TaskRow
from reports.overview import DetailedStatus
from reports.status import Counts, Status
from reports.texts.states import STATE_WORDS
from store.states import MilestoneState


def print_json(found: Sequence[BaseModel] | BaseModel) -> None:
    content = (
        found.model_dump(mode="json")
        if isinstance(found, BaseModel)
        else [one.model_dump(mode="json") for one in found]
    )
    echo(json.dumps(content, ensure_ascii=False, indent=2))


def print_rows(found: Sequence[Row], today: date, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    if not found:
        echo(label("cli.tables.none"))
        return
    if not sys.stdout.isatty():
        _print_plain(found, today)
        return
    table = Table(*labels("cli.tables.rows"), box=None, pad_edge=False)
    for one in found:
        due = one.due.isoformat() if one.due else "-"
        moved = (
            label("cli.tables.moved", day=one.original_due)
            if one.original_due != one.due and one.original_due
            else ""
        )
        table.add_row(
            f"#{one.id}",
            cell(render.cut(f"{one.task_no or ''} {one.task}".strip(), 30)),
            cell(render.cut(one.title, 40)),
            cell(one.department or "-"),
            cell(", ".join(each.name for each in one.officers)) or "-",
            due + moved,
            _state(one, today),
        )
    Console().print(table)


def _print_plain(found: Sequence[Row], today: date) -> None:
    """One line a milestone with tabs between the columns, for grep and cut."""
    for one in found:
        officers = ",".join(each.name for each in one.officers)
        cells = (
            f"#{one.id}",
            one.task_no or "",
            one.task,
            one.title,
            one.department or "",
            officers,
            one.due or "",
        )
        echo("\t".join([*map(str, cells), _state(one, today)]))


def _state(one: Row, today: date) -> str:
    """What is still planned after its day says for how long."""
    state = MilestoneState(one.state)
    days = (today - one.due).days if one.due is not None and state is MilestoneState.PLANNED else 0
    return label("cli.tables.passed", state=STATE_WORDS[state], days=days) if days > 0 else STATE_WORDS[state]


def print_tasks(found: Sequence[TaskRow], *, as_json: bool) -> None:
    """Tasks; off a terminal one line each with tabs between the columns."""
    if as_json:
        print_json(found)
        return
    if not found:
        echo(label("cli.tables.no-tasks"))
        return
    if not sys.stdout.isatty():
        for one in found:
            echo("\t".join(_task_cells(one)))
        return
    table = Table(*labels("cli.tables.tasks"), box=None, pad_edge=False)
    for one in found:
        number, no, title, *others = _task_cells(one)
        table.add_row(number, cell(no), cell(render.cut(title, 40)), *(cell(each or "-") for each in others))
    Console().print(table)


def _task_cells(one: TaskRow) -> list[str]:
    officers = ", ".join(each.name for each in one.officers)
    counts = f"{one.open}/{one.milestones}"
    return [f"#{one.id}", one.no or "", one.title, one.department or "", officers, one.status or "", counts]


def print_status(found: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    echo(
        label(
            "cli.tables.as-of",
            day=render.long_day(found.as_of.date()),
            moment=f"{found.as_of:%H:%M}",
            zone=found.timezone,
            tasks=found.tasks,
        )
    )
    table = Table(*labels("cli.tables.counts"), box=None, pad_edge=False)
    for name, counts in [
        (label("cli.tables.all"), found.milestones),
        *((one.name, one) for one in found.departments),
    ]:
        table.add_row(cell(name), *_cells(counts))
    Console().print(table)
    if isinstance(found, DetailedStatus):
        _print_lists(found)


def _print_lists(found: DetailedStatus) -> None:
    week = found.last_week
    echo(label("cli.tables.week", done=week.done, late=week.became_overdue, moved=week.delayed))
    for heading, lines in (
        ("late", found.late),
        ("waiting", found.waiting_outside),
        ("ahead", found.next_14_days),
    ):
        if lines:
            echo(label(f"cli.tables.{heading}", count=len(lines)))
        for one in lines:
            echo(f"#{one.id}\t{one.due or ''}\t{one.title}\t{one.department or ''}\t{one.reason or ''}")


def _cells(counts: Counts) -> list[str]:
    done = f"{counts.done}/{counts.total} ({counts.rate()}%)"
    return [
        done,
        *(
            str(one)
            for one in (
                counts.late,
                counts.due_today,
                counts.due_14_days,
                counts.on_hold,
                counts.before_start,
            )
        ),
    ]
