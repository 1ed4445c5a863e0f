"""`gihan setup`: the first hour with a plan as the chat's /setup has it, and when it starts."""

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.options import Config, Desk, opened
from bot.cli.wrong_use import OwnError
from bot.documents.setup import text_of
from bot.texts import render
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.plans import setup as first_hour
from jobs.plans import start
from store.models import Plan

NOW, LATER = "now", "later"
Start = Annotated[str | None, typer.Option("--start", help=label("cli.option.start"), show_default=False)]


def day_of(text: str, desk: Desk) -> date | None:
    """The day on which officers hear first; None for later. Raises BadParameter."""
    if text in {NOW, LATER}:
        return desk.today if text == NOW else None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise OwnError(label("cli.setup.no-day", text=text)) from None
    if day < desk.today:
        raise OwnError(label("cli.setup.passed", day=day))
    return day


def choose(desk: Desk, plan_id: int, day: date | None) -> None:
    """When the plan starts. One that has started stays as it is, and that is said."""
    with desk.store.write() as session:
        plan = session.get_one(Plan, plan_id)
        if not plan.awaits_start:
            echo(label("cli.setup.started"), err=True)
            return
        is_begun = start.choose(desk.deed(session, f"start:{plan.id}"), plan, day)
    said = "begun" if is_begun else "waits" if day else "later"
    echo(label(f"cli.setup.{said}", day=day), err=True)


def setup(start: Start = None, config: Config = None) -> None:
    with opened(config) as desk:
        with desk.store.read() as session:
            plan = first_hour.newest(session)
        if plan is None:
            raise OwnError(label("cli.setup.no-plan"))
        if start is not None:
            choose(desk, plan.id, day_of(start, desk))
        with desk.store.read() as session:
            of = session.get_one(Plan, plan.id)
            text = text_of(session, of, desk.today, desk.rules, is_at_shell=True)
            echo(render.unmarked(text))
