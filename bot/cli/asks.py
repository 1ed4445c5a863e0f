"""`gihan ask …`: what is asked of departments by a day, from the shell: opened from a sheet, followed, taken in, closed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from bot.asks import worded
from bot.asks.worded import refusals
from bot.chat.turn import UsageError
from bot.cli import tables
from bot.cli.options import AsJson, Config, Desk, opened
from bot.cli.rights import Acting, acting, day_of, department_named, minute_of, names_of, write_sheet
from bot.texts import round_words
from bot.texts.render import label, labels
from bot.texts.terminal import cell, echo
from jobs.asks import corrections, replies, turns, verdicts, window
from jobs.asks import kind as kinds
from jobs.asks.opening import Opening, Outlook, again, open_, outlook, steps_of
from jobs.asks.replies import Reply
from jobs.asks.window import AskError
from jobs.authority.permissions import Action
from jobs.rounds.checks import entry_doubts
from jobs.rounds.lifecycle import name_of
from plans.readers.document import read_cells
from plans.sheet.question import Form, corrected, read_form
from plans.sheet.returned import At, CellError, Returned, read_returned, read_value, read_values
from plans.text.characters import number_of
from plans.text.spelling import close_up
from reports import ask_files, checks
from reports import asks as listing
from reports.ask_words import kind_name, kind_said, verdict_said, verdict_word
from reports.texts.grammar import full_day
from reports.texts.speaking import speaking
from store import asks, officers, rounds
from store.models import Ask, AskAnswer, Department, RoundEntry
from store.states import AnswerKind, EntryState

Number = Annotated[int, typer.Argument(help=label("cli.option.ask"), min=1, show_default=False)]
Place = Annotated[str, typer.Argument(help=label("cli.option.department"), show_default=False)]
Reason = Annotated[str, typer.Argument(help=label("cli.option.ask-reason"), show_default=False)]
Output = Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.xlsx"))]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help=label("cli.option.ask-as"))]
Yes = Annotated[bool, typer.Option("--yes", help=label("cli.option.yes"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=label("cli.option.dry-run"))]
MOST_DIGITS = 3  # of a number of rows


def _acting(config: Path | None, person: str | None) -> AbstractContextManager[Acting]:
    """Everything that happens inside is one transaction; a refusal changes nothing."""
    return acting(config, person, "ask", refusals())


def open_ask(
    sheet: Annotated[
        Path | None, typer.Argument(help=label("cli.option.ask-sheet"), show_default=False)
    ] = None,
    due: Annotated[str, typer.Option("--due", help=label("cli.option.ask-due"))] = "",
    at: Annotated[str | None, typer.Option("--time", help=label("cli.option.ask-time"))] = None,
    title: Annotated[str | None, typer.Option("--title", help=label("cli.option.ask-title"))] = None,
    places: Annotated[str, typer.Option("--to", help=label("cli.option.ask-to"))] = "",
    bureaus: Annotated[str, typer.Option("--bureau", help=label("cli.option.ask-bureau"))] = "",
    opens: Annotated[str | None, typer.Option("--opens", help=label("cli.option.ask-opens"))] = None,
    basis: Annotated[str | None, typer.Option("--basis", help=label("cli.option.ask-basis"))] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help=label("cli.option.ask-as-of"))] = None,
    rows: Annotated[str | None, typer.Option("--rows", help=label("cli.option.ask-rows"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=label("cli.option.ask-kind"))] = None,
    steps: Annotated[str | None, typer.Option("--steps", help=label("cli.option.ask-steps"))] = None,
    is_confirmed: Annotated[bool, typer.Option("--confirm", help=label("cli.option.ask-confirm"))] = False,
    specs: Annotated[list[str] | None, typer.Option("--field", help=label("cli.option.ask-field"))] = None,
    like: Annotated[int | None, typer.Option("--like", help=label("cli.option.ask-like"))] = None,
    every: Annotated[str | None, typer.Option("--every", help=label("cli.option.ask-every"))] = None,
    ahead: Annotated[int, typer.Option("--ahead", help=label("cli.option.ask-ahead"))] = turns.AHEAD,
    yes: Yes = False,
    dry_run: DryRun = False,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        earlier = _ask(here.session, like) if like is not None else None
        form, (first, day) = _form(sheet, earlier, specs or []), _days(here, due, every, ahead)
        name = form.title or (sheet.stem if sheet else "")
        base = again(earlier, form, day) if earlier is not None else Opening(name, form, day)
        said: dict[str, Any] = {
            "title": title or None,
            "opens_on": day_of(opens, here.desk) if opens is not None else first,
            "due_minute": minute_of(at) if at is not None else None,
            "basis": basis or None,
            "as_of_on": day_of(as_of, here.desk) if as_of is not None else None,
            "rows": _rows(rows) if rows is not None else None,
            "kind": _kind(kind) if kind is not None else None,
        }
        if kind is not None:
            base = replace(base, steps=None)
        wanted = replace(base, **{key: value for key, value in said.items() if value is not None})
        wanted = replace(wanted, steps=_steps(wanted, steps, is_confirmed=is_confirmed))
        if places or bureaus:
            wanted = replace(wanted, departments=names_of(places), bureaus=names_of(bureaus))
        shown_before(here, wanted, outlook(here.session, wanted, here.desk.today))
        if dry_run:
            return
        if not yes:
            typer.confirm(label("cli.asks.confirm"), abort=True)
        made = open_(here.deed, wanted)
        echo(label("cli.asks.opened", number=made.id, title=made.title))
        if every is not None:
            series = turns.begin(here.deed, made, every, ahead)
            echo(label("cli.asks.repeated", opens=series.opens_on, day=series.due_on, number=made.id))


def _days(here: Acting, due: str, every: str | None, ahead: int) -> tuple[date | None, date]:
    """When it opens (None: today) and is due: as typed, else the next turn of what comes again. Raises UsageError."""
    if due:
        return None, day_of(due, here.desk)
    if every is None:
        raise UsageError(label("cli.asks.no-due"))
    today, calendar = here.desk.today, here.desk.rules.calendar
    opens_on, due_on = turns.days_of(turns.rule_of(every, today), today, ahead, calendar)
    return (opens_on if opens_on > today else None), due_on


def end(number: Number, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        turns.end(here.deed, _ask(here.session, number))
        echo(label("cli.asks.repeat-ended", number=number))


def _kind(text: str) -> str:
    """The key of the kind that was typed. Raises UsageError with those that there are."""
    found = kind_said(text, kinds.known())
    if found is None:
        names = ", ".join(f"{key} ({kind_name(key)})" for key in kinds.known())
        raise UsageError(label("cli.asks.no-kind", said=text, choices=names))
    return found


def _steps(wanted: Opening, text: str | None, *, is_confirmed: bool) -> tuple[str, ...]:
    """answer,confirm,sign,evaluate,select; those of the kind where nothing is typed. Raises UsageError."""
    known = (*asks.STEPS, asks.SELECT)
    typed = names_of(text) if text is not None else ()
    if any(one not in known for one in typed):
        raise UsageError(label("cli.asks.no-step", said=text, choices=", ".join(known)))
    found = steps_of(replace(wanted, steps=typed) if typed else wanted)
    return (*found, asks.CONFIRM) if is_confirmed else found


def _form(sheet: Path | None, earlier: Ask | None, specs: Sequence[str]) -> Form:
    """That of the sheet, else that of the earlier request, each column put right where it was said."""
    if sheet is None and earlier is None:
        raise UsageError(label("cli.asks.no-sheet"))
    form = listing.form_of(earlier) if sheet is None and earlier is not None else read_form(_cells(sheet))
    for spec in specs:
        form = corrected(form, spec)
    return form


def _cells(sheet: Path | None) -> Any:
    assert sheet is not None
    return read_cells(sheet)


def _rows(text: str) -> tuple[int, int | None]:
    """3 -> exactly so many; 3+ -> at least; 1-3 -> from … to."""
    first, _, last = text.strip().partition("-")
    least = number_of(first.removesuffix("+"), MOST_DIGITS)
    most = number_of(last, MOST_DIGITS) if last else (None if text.endswith("+") else least)
    if least is None or (last and most is None):
        raise UsageError(label("cli.asks.no-count", said=text))
    return least, most


def shown_before(here: Acting, wanted: Opening, found: Outlook) -> None:
    """What would be asked, of whom, and what that means that week."""
    echo(label("cli.asks.would", title=wanted.title, day=wanted.due_on, count=len(found.departments)))
    for line in worded.fields(wanted.form):
        echo(f"  {line}")
    if wanted.form.examples:
        echo(label("cli.asks.examples", count=len(wanted.form.examples)))
    echo(label("cli.asks.load", people=found.people, count=found.fields))
    if found.busiest is not None:
        [busiest] = officers.by_ids(here.session, [found.busiest[0]])
        echo(label("cli.asks.busiest", name=busiest.name, count=found.busiest[1]))
    echo(label("cli.asks.that-week", count=found.due_that_week, total=found.asked_that_week))
    if found.vacant:
        echo(label("cli.asks.vacant", names=", ".join(found.vacant)))


def list_asks(as_json: AsJson = False, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session:
        zone = desk.settings.organisation.zone
        found = listing.summaries(session, desk.now, zone) + checks.summaries(session, desk.now, zone)
        found.sort(key=lambda one: one.no, reverse=True)
    if as_json:
        tables.print_json(found)
    elif not found:
        echo(label("cli.asks.none"))
    else:
        table = Table(*labels("cli.asks.head"), box=None, pad_edge=False)
        for one in found:
            counts = f"{one.answered}/{one.respondents}"
            due = full_day(one.due_at.date()) if one.due_at is not None else "-"
            table.add_row(
                str(one.no), cell(one.title), due, worded.states()[one.state], counts, str(one.overdue)
            )
        Console(highlight=False).print(table)


def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals():
        found, series, doubts = _shown(session, number, desk)
    if as_json:
        tables.print_json(found)
        return
    due = f"{full_day(found.due_at.date())} {found.due_at:%H:%M}" if found.due_at is not None else "-"
    state = worded.states()[found.state]
    echo(label("cli.asks.shown", number=found.no, title=found.title, state=state, due=due))
    if series is not None:
        echo(label("cli.asks.series", said=series[0], opens=series[1], day=series[2]))
    echo(label("cli.asks.counts", total=found.respondents, done=found.answered, late=found.overdue))
    table = Table(
        *labels("cli.asks.reply-head"), *[cell(one.name) for one in found.fields], box=None, pad_edge=False
    )
    for row in found.rows:
        values = [cell(str(row.values.get(one.key, ""))) for one in found.fields]
        table.add_row(cell(row.respondent), cell(row.owner or "-"), _state_word(found, row), *values)
    Console(highlight=False).print(table)
    for name, text in doubts:
        echo(label("cli.asks.doubt", department=name, text=text))


def _shown(
    session: Session, number: int, desk: Desk
) -> tuple[listing.Whole, tuple[str, date, date] | None, list[tuple[str, str]]]:
    """A request, or a self-check of that number, with how it comes again and what does not fit in its replies."""
    zone = desk.settings.organisation.zone
    check = rounds.by_number(session, number)
    if check is not None:
        doubts = partial(entry_doubts, term_ends_on=desk.settings.review.term_ends_on)
        open_ones = [] if check.state in rounds.SETTLED else rounds.entries(session, check.id)
        said = [(one.task.title, text) for one in open_ones if not _is_over(one) for text in doubts(one)]
        return checks.whole(session, check, desk.now, zone), None, said
    of = _ask(session, number)
    found = listing.whole(session, of, _owners(session, of, desk.today), desk.now, zone)
    said = [(own.department.name, text) for own, text in listing.all_doubts(session, of)]
    return found, _series(session, of), said


def _is_over(entry: RoundEntry) -> bool:
    return entry.state is EntryState.EVALUATED


def _series(session: Session, of: Ask) -> tuple[str, date, date] | None:
    """How it comes again, and when next."""
    found = asks.series_of(session, of)
    return (
        (found.said, found.opens_on, found.due_on) if found is not None and found.ended_at is None else None
    )


def _ask(session: Session, number: int) -> Ask:
    found = asks.get(session, number)
    if found is None:
        check = rounds.by_number(session, number)
        raise AskError("is-check", round=name_of(check)) if check else AskError("no-ask", number=number)
    return found


def _state_word(found: listing.Whole, row: listing.ReplyRow) -> str:
    is_check = found.kind == checks.KIND
    return round_words.entry_states()[EntryState(row.state)] if is_check else worded.reply_state(row)


def _owners(session: Session, of: Ask, today: date) -> dict[int, str]:
    return worded.owner_names(session, [one.department_id for one in asks.answers(session, of.id)], today)


def form(
    number: Number,
    output: Output,
    place: Annotated[str | None, typer.Option("--department", help=label("cli.option.ask-form-of"))] = None,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals(), speaking(None):
        of = _ask(session, number)
        where = department_named(session, place) if place is not None else None
        before = _before(session, of, where) if where is not None else []
        content = ask_files.empty_form(listing.form_of(of), where.name if where else None, before)
    write_sheet(output, content)
    echo(label("cli.asks.form", path=output, count=len(before)))


def _before(session: Session, of: Ask, where: Department) -> list[dict[str, Any]]:
    """What the department has handed in to it, else what its list says, else to the earlier request that it is like."""
    own = asks.answer_of(session, of.id, where.id)
    if own is not None and not own.version and (given := asks.given(of, where.id)):
        return given
    for one in (of.id, of.like_id):
        own = asks.answer_of(session, one, where.id) if one is not None else None
        if own is not None and own.version:
            return [row.cells for row in asks.rows(session, own)]
    return []


def take(
    number: Number,
    place: Place,
    sheet: Annotated[Path, typer.Argument(help=label("cli.option.ask-back"), show_default=False)],
    person: As = None,
    config: Config = None,
) -> None:
    grid = read_cells(sheet)
    with _acting(config, person) as here:
        form = listing.form_of(_ask(here.session, number))
        _hand_in(here, number, place, read_returned(form, grid, here.desk.today.year))


def answer(
    number: Number,
    place: Place,
    values: Annotated[list[str] | None, typer.Option("--set", help=label("cli.option.ask-set"))] = None,
    is_none: Annotated[bool, typer.Option("--none", help=label("cli.option.ask-none"))] = False,
    is_void: Annotated[bool, typer.Option("--not-applicable", help=label("cli.option.ask-void"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    if (bool(values), is_none, is_void).count(True) != 1:
        raise UsageError(label("cli.asks.one-of"))
    with _acting(config, person) as here:
        if values:
            form = listing.form_of(_ask(here.session, number))
            found = read_values(form, _said(form, values), here.desk.today.year)
        else:
            found = Returned("none" if is_none else "not-applicable")
        _hand_in(here, number, place, found)


def _said(form: Form, values: Sequence[str]) -> dict[str, str]:
    """이름=값 by the keys of the form. Raises UsageError for a name that it does not have."""
    found: dict[str, str] = {}
    for one in values:
        name, is_set, value = one.partition("=")
        keys = [each.key for each in form.asked if close_up(name) in (close_up(each.name), each.key)]
        if not is_set or len(keys) != 1:
            choices = ", ".join(each.name for each in form.asked)
            raise UsageError(label("cli.asks.no-field", said=one, choices=choices))
        found[keys[0]] = value
    return found


def _hand_in(here: Acting, number: int, place: str, found: Returned) -> None:
    where = department_named(here.session, place)
    here.ensure_for(Action.REPLY, where)
    if found.faults:
        raise UsageError("\n".join([*worded.faults(found.faults), label("cli.unchanged")]))
    reply = Reply(AnswerKind(found.outcome), found.rows)
    done = replies.hand_in(here.deed, number, where.id, reply, is_on_behalf=not here.is_of(where))
    echo(_told(here, done, len(found.rows)))
    for text in listing.doubts_of(here.session, done):
        echo(label("cli.asks.doubt", department=done.department.name, text=text))


def _told(here: Acting, own: AskAnswer, count: int) -> str:
    zone = here.desk.settings.organisation.zone
    return label(
        "cli.asks.taken",
        number=own.ask_id,
        department=own.department.name,
        count=count,
        kind=own.kind.value if own.kind else None,
        is_late=listing.is_late(own.ask, own, zone, here.desk.now),
        is_repeat=own.version > 1,
    )


def confirm(number: Number, place: Place, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        where = department_named(here.session, place)
        here.ensure_for(Action.CONFIRM_REPLY, where)
        replies.confirm(here.deed, number, where.id)
        echo(label("cli.asks.confirmed", number=number, department=where.name))


def sign(number: Number, place: Place, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        where = department_named(here.session, place)
        here.ensure_for(Action.SIGN_REPLY, where)
        replies.sign(here.deed, number, where.id)
        echo(label("cli.asks.signed", number=number, department=where.name))


def evaluate(
    number: Number,
    place: Place,
    verdict: Annotated[str, typer.Argument(help=label("cli.option.ask-verdict"), show_default=False)],
    opinion: Annotated[str | None, typer.Option("--opinion", help=label("cli.option.ask-opinion"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        where = department_named(here.session, place)
        of = _ask(here.session, number)
        verdicts.evaluate(here.deed, number, where.id, _verdict(of, verdict), opinion)
        word = verdict_word(of.kind, _verdict(of, verdict))
        echo(label("cli.asks.evaluated", number=number, department=where.name, verdict=word))


def choose(
    number: Number,
    place: Place,
    row: Annotated[int, typer.Argument(help=label("cli.option.ask-row"), min=1, show_default=False)],
    choice: Annotated[str, typer.Argument(help=label("cli.option.ask-choice"), show_default=False)],
    reason: Annotated[str | None, typer.Option("--reason", help=label("cli.option.ask-opinion"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        where = department_named(here.session, place)
        of = _ask(here.session, number)
        made = verdicts.choose(here.deed, number, where.id, row, _verdict(of, choice), reason)
        word = verdict_word(of.kind, made.verdict)
        echo(label("cli.asks.chosen", number=number, department=where.name, row=row, verdict=word))


def correct(
    number: Number,
    place: Place,
    row: Annotated[int, typer.Argument(help=label("cli.option.ask-row"), min=1, show_default=False)],
    value: Annotated[str, typer.Argument(help=label("cli.option.ask-set"), show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help=label("cli.option.ask-reason"))],
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        where = department_named(here.session, place)
        form = listing.form_of(_ask(here.session, number))
        [(key, text)] = _said(form, [value]).items()
        [field] = [one for one in form.asked if one.key == key]
        try:
            read = read_value(field, text, here.desk.today.year, At(row, field.name))
        except CellError as wrong:
            raise UsageError("\n".join(worded.faults([wrong.fault]))) from wrong
        made = corrections.correct(here.deed, number, where.id, row, field, read, reason)
        facts = {"name": field.name, "before": made.before, "after": made.after}
        echo(label("cli.asks.corrected", number=number, department=where.name, row=row, **facts))


def _verdict(of: Ask, text: str) -> str:
    """What was typed, as a code of the kind. Raises UsageError with those that it has."""
    found = verdict_said(of.kind, text)
    if found is None:
        kind = kinds.of(of.kind)
        words = ", ".join(verdict_word(of.kind, one) for one in (*kind.verdicts, *kind.choices))
        raise UsageError(label("cli.asks.no-verdict", said=text, choices=words or "-"))
    return found


def back(number: Number, place: Place, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        where = department_named(here.session, place)
        here.ensure_for(Action.CONFIRM_REPLY, where)
        replies.send_back(here.deed, number, where.id, reason)
        echo(label("cli.asks.sent-back", number=number, department=where.name))


def reopen(number: Number, place: Place, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        where = department_named(here.session, place)
        replies.reopen(here.deed, number, where.id, reason)
        echo(label("cli.asks.reopened", number=number, department=where.name))


def extend(
    number: Number,
    day: Annotated[str, typer.Argument(help=label("cli.option.ask-due"), show_default=False)],
    reason: Reason,
    place: Annotated[str | None, typer.Option("--department", help=label("cli.option.ask-extend-of"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        where = department_named(here.session, place) if place is not None else None
        to = day_of(day, here.desk)
        of = window.extend(here.deed, number, to, reason, where.id if where else None)
        first = of.first_due_on
        name = where.name if where else None
        echo(label("cli.asks.extended", number=number, day=to, original=first, department=name))


def freeze(number: Number, yes: Yes = False, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        of = window.open_one(here.deed, number)
        left, open_ = window.waiting(here.deed, number), window.unconfirmed(here.deed, of)
        if not yes:
            typer.confirm(label("cli.asks.freeze", left=left, waiting=open_), abort=True)
        window.freeze(here.deed, number)
        echo(label("cli.asks.frozen", number=number, left=left))


def cancel(number: Number, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.ASKS)
        of = window.cancel(here.deed, number, reason)
        given = [one.department.name for one in asks.answers(here.session, of.id) if one.version]
        echo(label("cli.asks.cancelled", number=number, names=", ".join(given)))


def book(number: Number, output: Output, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals(), speaking(None):
        of, zone = _ask(session, number), desk.settings.organisation.zone
        found = ask_files.replies_of(
            of,
            asks.answers(session, of.id),
            asks.rows_of(session, of.id),
            _owners(session, of, desk.today),
            zone,
            desk.now,
            asks.verdicts_of(session, of.id),
        )
        doubts = listing.all_doubts(session, of)
        content = ask_files.workbook(of, found, zone, desk.now, doubts, asks.corrections_of(session, of.id))
    write_sheet(output, content)
    given = [one for one in found if one.own.state in asks.GIVEN]
    total, count = len(found), sum(one.count for one in found)
    echo(label("cli.asks.book", path=output, total=total, done=len(given), count=count))
    if doubts:
        echo(label("cli.asks.doubts", count=len(doubts)))
