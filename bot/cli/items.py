"""`gihan item …`: what was raised and wants a reply, from the shell: entered, answered, closed, as a list and as a workbook."""

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
from bot.cli.options import AsJson, Config, Desk, opened
from bot.cli.rights import Acting, acting, day_of, department_named, minute_of, names_of, write_sheet
from bot.items import worded
from bot.items.worded import refusals
from bot.speech.dates import Leaning
from bot.texts.render import label, labels
from bot.texts.terminal import cell, echo
from jobs.authority.permissions import Action, answerable
from jobs.items import sheet as sheets
from jobs.items import steps
from jobs.items.steps import Entry, ItemError
from plans.readers.document import read_cells
from plans.sheet.items import read_items
from reports import item_files
from reports import items as listing
from reports.texts.grammar import full_day
from reports.texts.speaking import speaking
from reports.texts.states import ITEM_KIND_WORDS, ITEM_STAGE_WORDS, outcome_word
from store import items, officers
from store.items import Filter
from store.models import Department, Item, Officer
from store.states import ItemKind, ItemStage

Number = Annotated[int, typer.Argument(help=label("cli.option.item"), min=1, show_default=False)]
Reason = Annotated[str, typer.Argument(help=label("cli.option.ask-reason"), show_default=False)]
Output = Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.xlsx"))]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help=label("cli.option.ask-as"))]
Outcome = Annotated[str | None, typer.Option("--outcome", help=label("cli.option.item-outcome"))]
Kind = Annotated[str | None, typer.Option("--kind", help=label("cli.option.item-kind"))]
Place = Annotated[str | None, typer.Option("--department", help=label("cli.option.item-department"))]
Since = Annotated[str | None, typer.Option("--since", help=label("cli.option.item-since"))]
Until = Annotated[str | None, typer.Option("--until", help=label("cli.option.item-until"))]
State = Annotated[str | None, typer.Option("--state", help=label("cli.option.item-state"))]
Yes = Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))]


def _acting(config: Path | None, person: str | None) -> AbstractContextManager[Acting]:
    """Everything that happens inside is one transaction; a refusal changes nothing."""
    return acting(config, person, "item", refusals())


def add(
    title: Annotated[str, typer.Argument(help=label("cli.option.item-title"), show_default=False)],
    place: Annotated[str, typer.Option("--department", help=label("cli.option.item-lead"))],
    kind: Kind = None,
    officer: Annotated[str | None, typer.Option("--officer", help=label("cli.option.item-officer"))] = None,
    others: Annotated[str, typer.Option("--with", help=label("cli.option.item-with"))] = "",
    requester: Annotated[str | None, typer.Option("--from", help=label("cli.option.item-from"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=label("cli.option.item-source"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=label("cli.option.item-on"))] = None,
    due: Annotated[str | None, typer.Option("--due", help=label("cli.option.item-due"))] = None,
    at: Annotated[str | None, typer.Option("--time", help=label("cli.option.ask-time"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        where = department_named(here.session, place)
        entry = Entry(
            kind=kind_named(kind) or ItemKind.SUGGESTION,
            title=title,
            source_on=day_of(on, here.desk, Leaning.PAST) if on else here.desk.today,
            department=where,
            officer=officer_named(here.session, officer, where) if officer else None,
            cooperating=[department_named(here.session, one) for one in names_of(others)],
            source=source,
            requester=requester,
            due_on=day_of(due, here.desk) if due else None,
            due_minute=minute_of(at) if at else None,
        )
        made = steps.enter(here.deed, entry)
        echo(
            label("cli.items.added", number=made.id, title=made.title, due=made.due_on, department=where.name)
        )
        _tell_before(here, made)


def _tell_before(here: Acting, made: Item) -> None:
    """What was said to the same requester before."""
    before = items.earlier(here.session, made, made.department_id)
    if before is not None:
        echo(label("cli.items.before", number=before[0].id, day=before[0].source_on, text=before[1].text))


def kind_named(said: str | None) -> ItemKind | None:
    if said is None:
        return None
    found = worded.kind_of(said)
    if found is None:
        raise UsageError(label("cli.items.no-kind", said=said, choices=worded.kind_words()))
    return found


def _outcome(said: str | None, desk: Desk) -> str | None:
    if said is None:
        return None
    found = worded.outcome_of(said, desk.rules.items)
    if found is None:
        choices = worded.outcome_words(desk.rules.items)
        raise UsageError(label("cli.items.no-outcome", said=said, choices=choices))
    return found


def officer_named(session: Session, name: str, where: Department) -> Officer:
    found = [one for one in officers.find(session, name) if one.department_id == where.id]
    if len(found) != 1:
        raise UsageError(label("cli.items.no-officer", said=name, department=where.name))
    return found[0]


def _only(
    session: Session, desk: Desk, kind: str | None, place: str | None, since: str | None, until: str | None
) -> Filter:
    chosen = kind_named(kind)
    return Filter(
        kinds=[chosen] if chosen is not None else None,
        department_id=department_named(session, place).id if place else None,
        since=day_of(since, desk, Leaning.PAST) if since else None,
        until=day_of(until, desk, Leaning.PAST) if until else None,
    )


def _in_state(found: list[Item], state: str | None) -> list[Item]:
    if state is None:
        return found
    codes = ITEM_STAGE_WORDS.codes() | {one.value: one for one in ItemStage}
    if state not in codes:
        raise UsageError(label("cli.items.no-state", said=state, choices=list(ITEM_STAGE_WORDS.values())))
    return [one for one in found if one.state is codes[state]]


def list_items(
    kind: Kind = None,
    place: Place = None,
    state: State = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session:
        zone = desk.settings.organisation.zone
        found = _in_state(items.listed(session, _only(session, desk, kind, place, since, until)), state)
        rows = listing.rows(session, found, zone, desk.now)
    if as_json:
        tables.print_json(rows)
        return
    if not rows:
        echo(label("cli.items.none"))
        return
    table = Table(*labels("cli.items.head"), box=None, pad_edge=False)
    for one in rows:
        stage = _state_word(one)
        kind_word = ITEM_KIND_WORDS[ItemKind(one.kind)]
        asked = one.requester or "-"
        table.add_row(
            str(one.no),
            kind_word,
            cell(one.title),
            cell(asked),
            cell(one.department),
            full_day(one.due_at.date()),
            stage,
        )
    Console(highlight=False).print(table)
    echo(item_files.counted(listing.counts(rows), desk.now))


def _state_word(one: listing.ItemRow) -> str:
    if one.outcome is not None:
        return outcome_word(one.outcome)
    stage = ITEM_STAGE_WORDS[ItemStage(one.state)]
    return label("cli.items.late", state=stage) if one.overdue else stage


def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals():
        item = _item(session, number)
        [row] = listing.rows(session, [item], desk.settings.organisation.zone, desk.now)
        before = items.earlier(session, item, item.department_id)
    if as_json:
        tables.print_json([row])
        return
    state, kind = _state_word(row), ITEM_KIND_WORDS[ItemKind(row.kind)]
    echo(label("cli.items.shown", row=row, kind=kind, state=state, due=row.due_at, day=row.source_on))
    for one in row.replies:
        echo(
            label(
                "cli.items.said",
                department=one.department,
                text=one.text,
                day=one.replied_on,
                name=one.replied_by,
            )
        )
    if before is not None:
        echo(label("cli.items.before", number=before[0].id, day=before[0].source_on, text=before[1].text))


def _item(session: Session, number: int) -> Item:
    found = items.get(session, number)
    if found is None:
        raise ItemError("no-item", number=number)
    return found


def reply(
    number: Number,
    text: Annotated[str, typer.Argument(help=label("cli.option.item-reply"), show_default=False)],
    place: Place = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        item = _item(here.session, number)
        where = department_named(here.session, place) if place else _answering(here, item)
        _ensure_answers(here, item, where)
        on_behalf = not here.is_of(where)
        done = steps.reply(here.deed, number, where.id, text, is_on_behalf=on_behalf)
        left = [one.department.name for one in items.missing(done)]
        echo(label("cli.items.replied", number=number, department=where.name, left=left))


def _answering(here: Acting, item: Item) -> Department:
    """The department for which the person answers, where none is named: of those that have a part the person's own first."""
    mine = answerable(here.person, item) if here.person is not None else []
    own = here.person.officer.department_id if here.person is not None else None
    wanted = own if own in mine else next(iter(mine), item.department_id)
    return next(one.department for one in item.parts if one.department_id == wanted)


def _ensure_answers(here: Acting, item: Item, where: Department) -> None:
    if here.person is not None and where.id not in answerable(here.person, item):
        raise UsageError(label("cli.asks.not-allowed"))


def finish(number: Number, outcome: Outcome = None, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        item, chosen = _item(here.session, number), _outcome(outcome, here.desk)
        _ensure_answers(here, item, item.department)
        if chosen is None:
            raise UsageError(
                label("cli.items.which-outcome", choices=worded.outcome_words(here.deed.rules.items))
            )
        steps.ask_to_close(here.deed, number, chosen)
        echo(label("cli.items.finished", number=number, outcome=outcome_word(chosen)))


def close(number: Number, outcome: Outcome = None, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        done = steps.close(here.deed, number, _outcome(outcome, here.desk))
        echo(label("cli.items.closed", number=number, outcome=outcome_word(done.outcome or "")))


def back(number: Number, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        steps.send_back(here.deed, number, reason)
        echo(label("cli.items.sent-back", number=number))


def reopen(number: Number, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        steps.reopen(here.deed, number, reason)
        echo(label("cli.items.reopened", number=number))


def extend(
    number: Number,
    day: Annotated[str, typer.Argument(help=label("cli.option.ask-due"), show_default=False)],
    reason: Reason,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        done = steps.extend(here.deed, number, day_of(day, here.desk), reason)
        echo(label("cli.items.extended", number=number, day=done.due_on, original=done.first_due_on))


def assign(
    number: Number,
    name: Annotated[str, typer.Argument(help=label("cli.option.item-officer"), show_default=False)],
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        item = _item(here.session, number)
        here.ensure_for(Action.ASSIGN, item.department)
        steps.assign(here.deed, number, officer_named(here.session, name, item.department))
        echo(label("cli.items.assigned", number=number, name=name))


def drop(number: Number, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        steps.drop(here.deed, number, reason)
        echo(label("cli.items.dropped", number=number))


def take(
    sheet: Annotated[Path, typer.Argument(help=label("cli.option.item-sheet"), show_default=False)],
    kind: Kind = None,
    columns: Annotated[
        list[str] | None, typer.Option("--column", help=label("cli.option.item-column"))
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    person: As = None,
    config: Config = None,
) -> None:
    grid = read_cells(sheet)
    with _acting(config, person) as here:
        here.ensure(Action.ITEMS)
        found = read_items(grid, here.desk.today.year, _columns(columns or []))
        words = worded.sheet_words(here.desk.rules.items, kind_named(kind) or ItemKind.SUGGESTION)
        rows, wrong = sheets.looked_up(here.session, found, words, here.deed)
        if wrong:
            raise UsageError("\n".join([*fault_lines(wrong), label("cli.unchanged")]))
        echo(
            label(
                "cli.items.would", count=len(rows), columns=list(found.columns.values()), unread=found.unread
            )
        )
        if dry_run:
            return
        if not yes:
            typer.confirm(label("cli.items.confirm"), abort=True)
        done = sheets.take(here.deed, rows)
        counts = {"added": len(done.entered), "answered": len(done.answered), "closed": len(done.closed)}
        echo(label("cli.items.taken", known=done.known, **counts))


def _columns(said: list[str]) -> dict[str, str]:
    """field=name of its column."""
    found = {}
    for one in said:
        name, is_set, column = one.partition("=")
        if not is_set or name.strip() not in sheets.FIELDS:
            raise UsageError(label("cli.items.no-column", said=one, choices=list(sheets.FIELDS)))
        found[name.strip()] = column.strip()
    return found


def form(output: Output) -> None:
    with speaking(None):
        content = item_files.empty()
    write_sheet(output, content)
    echo(label("cli.items.form", path=output))


def book(
    output: Output,
    kind: Kind = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals(), speaking(None):
        zone = desk.settings.organisation.zone
        found = items.listed(session, _only(session, desk, kind, place, since, until))
        rows = listing.rows(session, found, zone, desk.now)
        content = item_files.workbook(rows, zone, desk.now)
    write_sheet(output, content)
    echo(label("cli.items.book", path=output, count=len(rows)))
