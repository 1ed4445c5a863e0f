"""`gihan forms list` and `gihan forms forget N`: what was answered about forms of documents (문서 서식)."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.options import Config, opened
from bot.texts.render import label, labels
from bot.texts.terminal import cell, echo
from jobs.plans.registration import RegisterError
from reports.texts.grammar import short_day
from store import forms
from store.audit import Act
from store.models import DocumentForm

Number = Annotated[int, typer.Argument(help=label("cli.option.form"), min=1, show_default=False)]


def list_forms(config: Config = None) -> None:
    with opened(config) as desk, desk.store.read() as session:
        found = forms.listed(session)
        if not found:
            echo(label("cli.forms.none"))
            return
        table = Table(*labels("cli.forms.head"), box=None, pad_edge=False)
        for one in found:
            by = one.decided_by.name if one.decided_by is not None else label("cli.forms.operator")
            day = short_day(one.decided_at.astimezone(desk.settings.organisation.zone).date())
            table.add_row(f"#{one.id}", cell(one.name), cell(answered(one)), cell(by), day)
        Console(highlight=False).print(table)


def answered(form: DocumentForm) -> str:
    """The answers in plain words."""
    return " · ".join(label(f"cli.forms.answer.{key}", column=value) for key, value in form.answers.items())


def forget(number: Number, config: Config = None) -> None:
    with opened(config) as desk, desk.store.write() as session:
        form = forms.forget(Act(session, desk.deed(session, "forms").who, desk.now), number)
        if form is None:
            raise RegisterError(label("cli.forms.unknown", number=number))
        name = form.name
    echo(label("cli.forms.forgotten", number=number, name=name))
