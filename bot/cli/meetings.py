"""`gihan meeting …`: meetings from the shell: planned, with agenda and material, decided on, counted, as a pack."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from bot.asks.worded import faults as fault_lines
from bot.chat.turn import UsageError
from bot.cli import tables
from bot.cli.files import write
from bot.cli.items import Kind as ItemKindSaid
from bot.cli.items import kind_named, officer_named
from bot.cli.options import AsJson, Config, Desk, opened
from bot.cli.rights import Acting, acting, day_of, department_named, minute_of, names_of, write_sheet
from bot.meetings import panels, vocabulary, worded
from bot.meetings.worded import refusals
from bot.speech.dates import Leaning
from bot.texts.render import label, labels
from bot.texts.terminal import cell, echo
from jobs.authority.permissions import Action
from jobs.items.steps import Entry
from jobs.meetings import panels as panel_steps
from jobs.meetings import steps
from jobs.meetings.panels import Seats
from jobs.meetings.rules import chairs, closing, item_kind
from jobs.meetings.steps import MeetingError, Plan
from jobs.plans.registration import RegisterError
from plans.readers.document import read_cells
from plans.sheet.opinions import read_opinions
from reports.meetings import files, opinion_files, pack
from reports.meetings.rows import MeetingRow, rows
from reports.texts.grammar import full_day
from reports.texts.speaking import speaking
from reports.texts.states import MEETING_KIND_WORDS
from store import asks, meetings
from store.models import Department, MeetingTime
from store.states import MeetingKind

Number = Annotated[int, typer.Argument(help=label("cli.option.meeting"), min=1, show_default=False)]
Reason = Annotated[str, typer.Argument(help=label("cli.option.ask-reason"), show_default=False)]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help=label("cli.option.ask-as"))]
Kind = Annotated[str | None, typer.Option("--kind", help=label("cli.option.meeting-kind"))]
Place = Annotated[str | None, typer.Option("--department", help=label("cli.option.meeting-department"))]
Time = Annotated[str | None, typer.Option("--time", help=label("cli.option.meeting-time"))]
PanelNamed = Annotated[str | None, typer.Option("--panel", help=label("cli.option.meeting-of-panel"))]
WRITERS = {".xlsx": files.workbook, ".docx": files.document}


def _acting(config: Path | None, person: str | None) -> AbstractContextManager[Acting]:
    """Everything that happens inside is one transaction; a refusal changes nothing."""
    return acting(config, person, "meeting", refusals())


def add(
    title: Annotated[str, typer.Argument(help=label("cli.option.meeting-title"), show_default=False)],
    when: Annotated[str, typer.Option("--when", help=label("cli.option.meeting-when"))],
    until: Annotated[str | None, typer.Option("--until", help=label("cli.option.meeting-until"))] = None,
    place: Annotated[str | None, typer.Option("--place", help=label("cli.option.meeting-place"))] = None,
    chair: Annotated[str, typer.Option("--chair", help=label("cli.option.meeting-chair"))] = "",
    places: Annotated[str, typer.Option("--to", help=label("cli.option.meeting-to"))] = "",
    kind: Kind = None,
    agenda_days: Annotated[
        int, typer.Option("--agenda-days", min=0, max=60, help=label("cli.option.meeting-agenda-days"))
    ] = 2,
    material_days: Annotated[
        int, typer.Option("--material-days", min=0, max=60, help=label("cli.option.meeting-material-days"))
    ] = 2,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        found = worded.occasion_of(when, here.desk.today)
        if found is None:
            raise UsageError(label("cli.meetings.no-when", said=when))
        made = steps.plan(
            here.deed,
            Plan(
                title=title,
                kind=_kind(kind) or worded.kind_in(title),
                days=found.days,
                rrule=found.rrule,
                until=day_of(until, here.desk) if until else None,
                minute=found.minute,
                place=place,
                chairs=chairs(chair),
                departments=worded.departments_of(here.session, places) if places else [],
                agenda_days=agenda_days,
                material_days=material_days,
            ),
        )
        days = [one.held_on for one in made]
        echo(
            label(
                "cli.meetings.added",
                number=made[0].id,
                title=title,
                count=len(made),
                first=days[0],
                last=days[-1],
            )
        )


def _kind(said: str | None) -> MeetingKind | None:
    if said is None:
        return None
    found = worded.kind_of(said)
    if found is None:
        raise UsageError(label("cli.meetings.no-kind", said=said, choices=worded.kind_words()))
    return found


def list_meetings(
    kind: Kind = None,
    since: Annotated[str | None, typer.Option("--since", help=label("cli.option.meeting-since"))] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session:
        first = day_of(since, desk, Leaning.PAST) if since else desk.today
        found = _rows(session, meetings.listed(session, first, _kind(kind)), desk)
    if as_json:
        tables.print_json(found)
        return
    if not found:
        echo(label("cli.meetings.none"))
        return
    table = Table(*labels("cli.meetings.head"), box=None, pad_edge=False)
    for one in found:
        given = sum(each.text is not None for each in one.parts)
        table.add_row(
            str(one.no),
            full_day(one.on),
            one.time or "-",
            cell(one.title),
            MEETING_KIND_WORDS[MeetingKind(one.kind)],
            cell(one.chair or "-"),
            str(len(one.agenda)),
            f"{given}/{len(one.parts)}",
        )
    Console(highlight=False).print(table)


def _rows(session: Session, found: list[MeetingTime], desk: Desk) -> list[MeetingRow]:
    return rows(session, found, desk.today, closing(found, desk.rules.calendar))


def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals():
        [row] = _rows(session, [_meeting(session, number)], desk)
    if as_json:
        tables.print_json([row])
        return
    echo(label("cli.meetings.shown", row=row, kind=MEETING_KIND_WORDS[MeetingKind(row.kind)]))
    for topic in row.agenda:
        echo(label("cli.meetings.topic", row=topic))
    for part in row.parts:
        echo(label("cli.meetings.part", row=part))
    if row.decisions:
        echo(label("cli.meetings.decisions", numbers=row.decisions))
    for panel_row in row.panels:
        echo(label("cli.meetings.panel", row=panel_row))


def _meeting(session: Session, number: int) -> MeetingTime:
    found = meetings.get(session, number)
    if found is None:
        raise MeetingError("no-meeting", number=number)
    return found


def agenda(
    number: Number,
    title: Annotated[str, typer.Argument(help=label("cli.option.meeting-topic"))] = "",
    place: Place = None,
    drop: Annotated[int | None, typer.Option("--drop", help=label("cli.option.meeting-drop"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        is_office = here.may(Action.MEETINGS)
        if drop is not None:
            done = steps.drop_topic(here.deed, number, drop, is_office=is_office)
        else:
            own = here.person.officer.department if here.person is not None else None
            where = department_named(here.session, place) if place else own
            done = steps.add_topic(here.deed, number, title, where, is_office=is_office)
        echo(label("cli.meetings.agenda", number=number, count=len(meetings.topics(done))))


def give(
    number: Number,
    text: Annotated[str, typer.Argument(help=label("cli.option.meeting-text"), show_default=False)],
    place: Place = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        where = _own_place(here, place)
        here.ensure_for(Action.MATERIAL, where)
        done = steps.give(here.deed, number, where.id, text, is_on_behalf=not here.is_of(where))
        left = [one.department.name for one in meetings.missing(done)]
        echo(label("cli.meetings.given", number=number, department=where.name, left=left))


def _own_place(here: Acting, name: str | None) -> Department:
    """The department that is named, else the person's own. Raises UsageError for neither."""
    own = here.person.officer.department if here.person is not None else None
    if name:
        return department_named(here.session, name)
    if own is None:
        raise UsageError(label("cli.meetings.which-department"))
    return own


def decide(
    number: Number,
    title: Annotated[str, typer.Argument(help=label("cli.option.item-title"), show_default=False)],
    place: Annotated[str, typer.Option("--department", help=label("cli.option.item-lead"))],
    kind: ItemKindSaid = None,
    officer: Annotated[str | None, typer.Option("--officer", help=label("cli.option.item-officer"))] = None,
    others: Annotated[str, typer.Option("--with", help=label("cli.option.item-with"))] = "",
    due: Annotated[str | None, typer.Option("--due", help=label("cli.option.item-due"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        of = _meeting(here.session, number)
        where = department_named(here.session, place)
        entry = Entry(
            kind=kind_named(kind) or item_kind(of.meeting.kind),
            title=title,
            source_on=of.held_on,
            department=where,
            officer=officer_named(here.session, officer, where) if officer else None,
            cooperating=[department_named(here.session, one) for one in names_of(others)],
            due_on=day_of(due, here.desk) if due else None,
        )
        made = steps.decide(here.deed, number, entry)
        echo(
            label("cli.meetings.decided", number=number, item=made.id, department=where.name, due=made.due_on)
        )


def attend(
    number: Number,
    counted: Annotated[str, typer.Argument(help=label("cli.option.meeting-counted"), show_default=False)],
    place: Place = None,
    person: As = None,
    config: Config = None,
) -> None:
    found = vocabulary.COUNTED.fullmatch(counted.strip())
    if found is None:
        raise UsageError(label("cli.meetings.no-count", said=counted))
    with _acting(config, person) as here:
        where = _own_place(here, place)
        here.ensure_for(Action.MATERIAL, where)
        steps.attend(here.deed, number, where.id, int(found[1]), int(found[2]))
        facts = {"present": int(found[1]), "total": int(found[2])}
        echo(label("cli.meetings.attended", number=number, department=where.name, **facts))


def move(
    number: Number,
    day: Annotated[str, typer.Argument(help=label("cli.option.meeting-day"), show_default=False)],
    reason: Reason,
    at: Time = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        minute = minute_of(at) if at else None
        done = steps.move(here.deed, number, day_of(day, here.desk), reason, minute)
        echo(label("cli.meetings.moved", number=number, day=done.held_on, original=done.first_held_on))


def cancel(
    number: Number,
    reason: Reason,
    is_all: Annotated[bool, typer.Option("--all", help=label("cli.option.meeting-all"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        gone = steps.cancel(here.deed, number, reason, is_all=is_all)
        echo(label("cli.meetings.cancelled", number=number, count=len(gone)))


def pack_of(
    number: Number,
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.meeting-output"))],
    place: Place = None,
    bureau: Annotated[str | None, typer.Option("--bureau", help=label("cli.option.meeting-bureau"))] = None,
    panel_name: PanelNamed = None,
    config: Config = None,
) -> None:
    writer = WRITERS.get(output.suffix.lower())
    if writer is None:
        raise RegisterError(label("cli.meetings.no-writer"))
    with opened(config) as desk, desk.store.read() as session, refusals(), speaking(None):
        of = _meeting(session, number)
        zone = desk.settings.organisation.zone
        only = _only(session, place, bureau)
        part = panels.named(session, of, panel_name) if panel_name else None
        content = writer(pack.build(session, of, desk.now, zone, only, part))
    write(output, content)
    echo(label("cli.meetings.pack", path=output))


def _only(session: Session, place: str | None, bureau: str | None) -> list[int] | None:
    """The departments that are meant; None: all. Raises UsageError."""
    if place:
        return [department_named(session, place).id]
    if not bureau:
        return None
    found = asks.in_scope(session, [], [bureau])
    if not found:
        raise UsageError(label("cli.meetings.no-bureau", said=bureau))
    return [one.id for one in found]


def panel(
    number: Number,
    name: Annotated[str, typer.Argument(help=label("cli.option.meeting-panel"), show_default=False)],
    citizens: Annotated[
        int | None, typer.Option("--citizens", min=0, help=label("cli.option.meeting-citizens"))
    ] = None,
    experts: Annotated[
        int | None, typer.Option("--experts", min=0, help=label("cli.option.meeting-experts"))
    ] = None,
    scope: Annotated[str, typer.Option("--tasks", help=label("cli.option.meeting-tasks"))] = "",
    is_dropped: Annotated[bool, typer.Option("--drop", help=label("cli.option.meeting-panel-drop"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        if is_dropped:
            panel_steps.drop(here.deed, number, name)
            echo(label("cli.meetings.panel-dropped", name=name))
            return
        done = panel_steps.seat(here.deed, number, Seats(name, citizens, experts, names_of(scope)))
        echo(label("cli.meetings.panel-set", name=done.panel.name, count=done.tasks, moved=done.moved))


def opinion(
    number: Number,
    task: Annotated[str, typer.Argument(help=label("cli.option.meeting-task"), show_default=False)],
    text: Annotated[str, typer.Argument(help=label("cli.option.meeting-opinion"))] = "",
    is_none: Annotated[bool, typer.Option("--none", help=label("cli.option.meeting-no-opinion"))] = False,
    due: Annotated[str | None, typer.Option("--due", help=label("cli.option.item-due"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        of = _meeting(here.session, number)
        about = panels.task_in(here.session, of, task)
        words = None if is_none else panels.words_of(text)
        made = panel_steps.opine(here.deed, number, about.id, words, day_of(due, here.desk) if due else None)
        echo(panels.told(made))


def opinions(
    number: Number,
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.xlsx"))],
    panel_name: PanelNamed = None,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals(), speaking(None):
        of = _meeting(session, number)
        part = panels.named(session, of, panel_name) if panel_name else None
        content = opinion_files.sheet(session, of, part)
    write_sheet(output, content)
    echo(label("cli.meetings.pack", path=output))


def take(
    sheet: Annotated[Path, typer.Argument(help=label("cli.option.meeting-sheet"), show_default=False)],
    number: Annotated[int | None, typer.Option("--meeting", help=label("cli.option.meeting"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    grid = read_cells(sheet)
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        found = read_opinions(grid)
        of = _meeting(here.session, number or found.meeting or 0)
        with here.session.begin_nested() as trial:
            done = panel_steps.take(here.deed, of.id, found.rows)
            wrong = [*found.faults, *done.faults]
            if wrong or dry_run:
                trial.rollback()
        if wrong:
            raise UsageError("\n".join([*fault_lines(wrong), label("cli.unchanged")]))
        counts = {"added": done.entered, "changed": done.changed, "silent": done.none, "known": done.known}
        echo(label("cli.meetings.taken", number=of.id, is_trial=dry_run, **counts))


def request(
    number: Number,
    asked: Annotated[int, typer.Argument(help=label("cli.option.ask"), min=1, show_default=False)],
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.MEETINGS)
        steps.ask_by(here.deed, number, asked)
        echo(label("cli.meetings.requested", number=number, asked=asked))
