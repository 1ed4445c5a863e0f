"""`gihan kpi …`: indicators (성과지표) from the shell: entered, given targets and values, adjusted, listed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.cli import tables
from bot.cli.files import write
from bot.cli.options import AsJson, Config, Desk, opened
from bot.cli.rights import Acting, acting, day_of, department_named
from bot.indicators import worded
from bot.indicators.worded import refusals
from bot.speech.dates import Leaning
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.authority.permissions import Action, may_department, may_task
from jobs.indicators import steps
from jobs.indicators.figures import open_period
from jobs.indicators.listing import kpi_rows
from jobs.indicators.steps import Entry, IndicatorError
from jobs.plans.registration import RegisterError
from reports import indicator_files
from reports.indicators import KpiRow, laggards_first
from reports.texts.speaking import speaking
from reports.texts.states import (
    ADDING_WORDS,
    DIRECTION_WORDS,
    INDICATOR_KIND_WORDS,
    INDICATOR_PERIOD_WORDS,
    JUDGEMENT_WORDS,
    CodeWords,
)
from store import indicators
from store.models import Indicator, Task
from store.states import Adding, Bound, Direction, IndicatorKind, IndicatorPeriod, IndicatorSource

Number = Annotated[int, typer.Argument(help=label("cli.option.kpi"), min=1, show_default=False)]
Said = Annotated[str, typer.Argument(help=label("cli.option.kpi-said"), show_default=False)]
Target = Annotated[str, typer.Argument(help=label("cli.option.kpi-target"), show_default=False)]
Reason = Annotated[str, typer.Argument(help=label("cli.option.ask-reason"), show_default=False)]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help=label("cli.option.ask-as"))]
Year = Annotated[int | None, typer.Option("--year", help=label("cli.option.kpi-year"))]
Month = Annotated[int | None, typer.Option("--month", help=label("cli.option.kpi-month"), min=1, max=12)]
Place = Annotated[str | None, typer.Option("--department", help=label("cli.option.item-department"))]
Evidence = Annotated[str | None, typer.Option("--evidence", help=label("cli.option.kpi-evidence"))]
T = TypeVar("T", bound=StrEnum)


def _acting(config: Path | None, person: str | None) -> AbstractContextManager[Acting]:
    """Everything that happens inside is one transaction; a refusal changes nothing."""
    return acting(config, person, "kpi", refusals())


def add(
    name: Annotated[str, typer.Argument(help=label("cli.option.kpi-name"), show_default=False)],
    task: Annotated[int | None, typer.Option("--task", help=label("cli.option.kpi-task"))] = None,
    place: Annotated[
        str | None, typer.Option("--department", help=label("cli.option.kpi-department"))
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=label("cli.option.kpi-kind"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=label("cli.option.kpi-unit"))] = None,
    period: Annotated[str | None, typer.Option("--period", help=label("cli.option.kpi-period"))] = None,
    adding: Annotated[str | None, typer.Option("--adding", help=label("cli.option.kpi-adding"))] = None,
    direction: Annotated[
        str | None, typer.Option("--direction", help=label("cli.option.kpi-direction"))
    ] = None,
    formula: Annotated[str | None, typer.Option("--formula", help=label("cli.option.kpi-formula"))] = None,
    scale: Annotated[str, typer.Option("--scale", help=label("cli.option.kpi-scale"))] = "",
    counts: Annotated[str, typer.Option("--counts", help=label("cli.option.kpi-counts"))] = "",
    total: Annotated[bool, typer.Option("--total", help=label("cli.option.kpi-total"))] = False,
    announced: Annotated[
        int | None, typer.Option("--announced", help=label("cli.option.kpi-announced"), min=1, max=12)
    ] = None,
    starts: Annotated[str | None, typer.Option("--starts", help=label("cli.option.kpi-starts"))] = None,
    ends: Annotated[str | None, typer.Option("--ends", help=label("cli.option.kpi-ends"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        first, _, second = counts.partition("/")
        entry = Entry(
            name=name,
            kind=_word(INDICATOR_KIND_WORDS, IndicatorKind, kind) or IndicatorKind.COUNT,
            task=_task(here.session, task) if task is not None else None,
            department=department_named(here.session, place) if place else None,
            unit=unit,
            formula=formula,
            direction=_word(DIRECTION_WORDS, Direction, direction) or Direction.UP,
            adding=_word(ADDING_WORDS, Adding, adding) or Adding.FLOW,
            period=_word(INDICATOR_PERIOD_WORDS, IndicatorPeriod, period) or IndicatorPeriod.MONTH,
            source=IndicatorSource.ANNOUNCED if announced else IndicatorSource.OWN,
            announced_month=announced,
            scale=[one.strip() for one in scale.split(",") if one.strip()],
            first_count=first,
            second_count=second,
            says_total=total,
            starts_on=day_of(starts, here.desk, Leaning.PAST) if starts else None,
            ends_on=day_of(ends, here.desk) if ends else None,
        )
        made = steps.add(here.deed, entry)
        echo(label("cli.kpi.added", number=made.id, name=made.name))


def _word(words: CodeWords[T], kind: type[T], said: str | None) -> T | None:
    """The code of a word, or a code, as typed. Raises UsageError."""
    if said is None:
        return None
    found = words.codes().get(said.strip()) or next((one for one in kind if one.value == said.strip()), None)
    if found is None:
        raise UsageError(label("cli.kpi.no-word", said=said, choices=list(words.values())))
    return found


def _task(session: Session, number: int) -> Task:
    found = session.get(Task, number)
    if found is None:
        raise UsageError(label("cli.kpi.no-task", number=number))
    return found


def list_kpi(
    place: Place = None,
    year: Year = None,
    behind: Annotated[bool, typer.Option("--behind", help=label("cli.option.kpi-behind"))] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=label("cli.option.kpi-output"))
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals():
        only: list[ColumnElement[bool]] = []
        if place:
            only = [indicators.is_of(department_named(session, place).id)]
        rows = _rows(session, indicators.listed(session, *only), desk, year)
        rows = laggards_first([one for one in rows if not behind or one.state == "behind"])
        if output is not None:
            _write(output, rows, desk)
            return
    if as_json:
        tables.print_json(rows)
        return
    if not rows:
        echo(label("cli.kpi.none"))
        return
    for one in rows:
        echo(worded.line_of(one))
    echo(indicator_files.counted(rows, desk.now))


def _rows(session: Session, found: list[Indicator], desk: Desk, year: int | None) -> list[KpiRow]:
    return kpi_rows(session, found, desk.today, desk.rules.indicators.bound, year)


def _write(output: Path, rows: list[KpiRow], desk: Desk) -> None:
    makers = {".xlsx": indicator_files.workbook, ".html": indicator_files.page}
    make = makers.get(output.suffix.lower())
    if make is None:
        raise RegisterError(label("cli.kpi.wrong-ending", names=list(makers)))
    with speaking(None):
        content = make(rows, desk.now)
    write(output, content)
    echo(label("cli.kpi.book", path=output, count=len(rows)))


def show(number: Number, year: Year = None, as_json: AsJson = False, config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session, refusals():
        [row] = _rows(session, [_indicator(session, number)], desk, year)
    if as_json:
        tables.print_json([row])
        return
    echo(worded.line_of(row))
    owner = row.task_title or row.department
    echo(label("cli.kpi.owner", task=row.task, place=owner, formula=row.formula, asked=row.asked))
    if row.baseline is not None:
        echo(label("cli.kpi.baseline", value=worded.told(row.baseline, row.unit)))
    for target in row.targets:
        told, first = (
            worded.told(target, row.unit),
            worded.told(target.first, row.unit) if target.first else None,
        )
        echo(label("cli.kpi.target-line", year=target.year, month=target.month, target=told, first=first))
    for proposed in row.proposed:
        told = worded.told(proposed, row.unit)
        echo(
            label(
                "cli.kpi.proposed",
                year=proposed.year,
                month=proposed.month,
                target=told,
                number=proposed.adjustment,
            )
        )
    for value in row.values:
        told = worded.told(value, row.unit)
        was = worded.told(value.corrected, row.unit) if value.corrected else None
        echo(label("cli.kpi.value-line", day=value.ends_on, value=told, was=was, evidence=value.evidence))
    if row.missing:
        echo(label("cli.kpi.missing", days=row.missing))


def _indicator(session: Session, number: int) -> Indicator:
    found = indicators.get(session, number)
    if found is None:
        raise IndicatorError("unknown", number=number)
    return found


def result(
    number: Number,
    said: Annotated[str | None, typer.Argument(help=label("cli.option.kpi-said"), show_default=False)] = None,
    of_period: Annotated[str | None, typer.Option("--period", help=label("cli.option.kpi-of-period"))] = None,
    same: Annotated[bool, typer.Option("--same", help=label("cli.option.kpi-same"))] = False,
    sure: Annotated[bool, typer.Option("--sure", help=label("cli.option.kpi-sure"))] = False,
    evidence: Evidence = None,
    rank: Annotated[int | None, typer.Option("--rank", help=label("cli.option.kpi-rank"), min=1)] = None,
    money: Annotated[str | None, typer.Option("--money", help=label("cli.option.kpi-money"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        one = _indicator(here.session, number)
        _ensure_enters(here, one)
        end = _period(here, one, of_period)
        if same:
            made = steps.same_as_before(here.deed, number, end)
        else:
            amount = worded.amount_of(one.kind, said or "", one.unit)
            made = steps.enter_value(
                here.deed, number, end, steps.Amount(amount.number, amount.second, amount.words, rank, money),
                evidence=evidence, is_sure=sure, may_correct=_may_run(here),
            )  # fmt: skip
        [row] = _rows(here.session, [_indicator(here.session, number)], here.desk, end.year)
        told = next(worded.told(value, row.unit) for value in row.values if value.ends_on == end)
        echo(label("cli.kpi.entered", day=end, value=told, correction=made.is_correction))
        echo(worded.line_of(row))


def _period(here: Acting, one: Indicator, said: str | None) -> date:
    """What was typed, else the latest period that is over and has no value."""
    if said is not None:
        return worded.period_of(one, said, here.desk.today)
    found = open_period(indicators.rows_of(here.session, one), here.desk.today)
    if found is None:
        raise UsageError(label("cli.kpi.no-open", number=one.id))
    return found


def _may_run(here: Acting) -> bool:
    try:
        here.ensure(Action.KPI)
    except UsageError:
        return False
    return True


def _ensure_enters(here: Acting, one: Indicator) -> None:
    """Whose indicator it is, and whoever may enter for them. Raises UsageError."""
    if here.person is None:
        return
    if one.task_id is not None:
        is_allowed = may_task(here.session, here.person, Action.KPI_VALUE, one.task_id, here.desk.today)
    else:
        assert one.department_id is not None
        is_allowed = may_department(here.person, Action.KPI_VALUE, one.department_id)
    if not is_allowed:
        raise UsageError(label("cli.asks.not-allowed"))


def target(
    number: Number,
    said: Target,
    year: Year = None,
    month: Month = None,
    least: Annotated[bool, typer.Option("--least", help=label("cli.option.kpi-least"))] = False,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        one, of = _indicator(here.session, number), year or here.desk.today.year
        amount = worded.target_of(one.kind, said, one.unit)
        steps.set_target(here.deed, number, amount, of, month, bound=Bound.LEAST if least else None)
        echo(label("cli.kpi.targeted", number=number, year=of, month=month, target=said))


def adjust(
    number: Number,
    said: Target,
    reason: Reason,
    year: Year = None,
    month: Month = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        one, of = _indicator(here.session, number), year or here.desk.today.year
        amount = worded.target_of(one.kind, said, one.unit)
        _, opened = steps.adjust(here.deed, number, amount, of, reason, month)
        opened_by = opened.adjustment.id if opened is not None else None
        echo(
            label("cli.kpi.adjusted", number=number, year=of, month=month, target=said, adjustment=opened_by)
        )


def ask_monthly(
    number: Number,
    off: Annotated[bool, typer.Option("--off", help=label("cli.option.kpi-off"))] = False,
    day: Annotated[int | None, typer.Option("--day", help=label("cli.option.kpi-day"), min=1, max=15)] = None,
    period: Annotated[str | None, typer.Option("--period", help=label("cli.option.kpi-period"))] = None,
    adding: Annotated[str | None, typer.Option("--adding", help=label("cli.option.kpi-adding"))] = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        how = (_word(INDICATOR_PERIOD_WORDS, IndicatorPeriod, period), _word(ADDING_WORDS, Adding, adding))
        steps.ask_monthly(here.deed, number, is_on=not off, day=day, period=how[0], adding=how[1])
        of = day or here.desk.rules.indicators.asked_day
        echo(label("cli.kpi.asking", number=number, on=not off, day=of))


def judge(
    number: Number,
    said: Annotated[str, typer.Argument(help=label("cli.option.kpi-judgement"), show_default=False)],
    year: Year = None,
    evidence: Evidence = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        found = JUDGEMENT_WORDS.codes().get(said.strip())
        if found is None:
            raise UsageError(label("cli.kpi.no-word", said=said, choices=list(JUDGEMENT_WORDS.values())))
        of = year or here.desk.today.year
        steps.judge(here.deed, number, of, found, evidence)
        echo(label("cli.kpi.judged", number=number, year=of, judgement=JUDGEMENT_WORDS[found]))


def freeze(
    year: Annotated[int, typer.Argument(help=label("cli.option.kpi-year"), show_default=False)],
    place: Place = None,
    person: As = None,
    config: Config = None,
) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        only = [indicators.is_of(department_named(here.session, place).id)] if place else []
        found = indicators.rows(here.session, indicators.listed(here.session, *only))
        wanted = [one.indicator.id for one in found if not one.is_frozen(year)]
        for number in wanted:
            steps.freeze(here.deed, number, year)
        echo(label("cli.kpi.frozen", year=year, count=len(wanted)))


def drop(number: Number, reason: Reason, person: As = None, config: Config = None) -> None:
    with _acting(config, person) as here:
        here.ensure(Action.KPI)
        steps.drop(here.deed, number, reason)
        echo(label("cli.kpi.dropped", number=number))
