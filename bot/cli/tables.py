"""What the command line prints: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from bot.texts import render
from bot.texts.terminal import cell, echo
from reports.listing import Row
from reports.overview import DetailedStatus
from reports.status import Counts, Status
from store.states import MilestoneState
from store.words import STATE_WORDS


def print_json(found: Sequence[BaseModel] | BaseModel) -> None:
    content = (
        found.model_dump(mode="json")
        if isinstance(found, BaseModel)
        else [one.model_dump(mode="json") for one in found]
    )
    echo(json.dumps(content, ensure_ascii=False, indent=2))


def print_rows(found: Sequence[Row], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    if not found:
        echo("등록된 일정이 없습니다.")
        return
    if not sys.stdout.isatty():
        _print_plain(found)
        return
    table = Table("번호", "과제", "일정", "부서", "담당", "기한", "상태", box=None, pad_edge=False)
    for one in found:
        due = one.due.isoformat() if one.due else "-"
        moved = f" (당초 {one.original_due})" if one.original_due != one.due and one.original_due else ""
        table.add_row(
            f"#{one.id}",
            cell(render.cut(f"{one.task_no or ''} {one.task}".strip(), 30)),
            cell(render.cut(one.title, 40)),
            cell(one.department or "-"),
            cell(", ".join(each.name for each in one.officers)) or "-",
            due + moved,
            STATE_WORDS[MilestoneState(one.state)],
        )
    Console().print(table)


def _print_plain(found: Sequence[Row]) -> None:
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
        echo("\t".join([*map(str, cells), STATE_WORDS[MilestoneState(one.state)]]))


def print_status(found: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    echo(
        f"기준 {render.long_day(found.as_of.date())} {found.as_of:%H:%M} ({found.timezone}) · 과제 {found.tasks}개"
    )
    table = Table("부서", "완료", "경과", "오늘", "14일 내", "보류", box=None, pad_edge=False)
    for name, counts in [("전체", found.milestones), *((one.name, one) for one in found.departments)]:
        table.add_row(cell(name), *_cells(counts))
    Console().print(table)
    if isinstance(found, DetailedStatus):
        _print_lists(found)


def _print_lists(found: DetailedStatus) -> None:
    week = found.last_week
    echo(f"지난 7일: 완료 {week.done} · 새로 경과 {week.became_overdue} · 연기 {week.delayed}")
    for heading, lines in (
        ("오래 경과한 일정", found.late),
        ("외부 사유로 기다리는 일정", found.waiting_outside),
        ("앞으로 14일", found.next_14_days),
    ):
        if lines:
            echo(f"\n{heading} {len(lines)}건")
        for one in lines:
            echo(f"#{one.id}\t{one.due or ''}\t{one.title}\t{one.department or ''}\t{one.reason or ''}")


def _cells(counts: Counts) -> list[str]:
    done = f"{counts.done}/{counts.total} ({counts.rate()}%)"
    return [
        done,
        *(str(one) for one in (counts.overdue, counts.due_today, counts.due_14_days, counts.on_hold)),
    ]
