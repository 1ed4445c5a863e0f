"""What the made-up town of `gihan sandbox` asks of its departments: one request, just opened."""

from datetime import timedelta

from bot.texts.render import label, labels
from jobs.asks.opening import Opening, open_
from jobs.authority.permissions import Deed
from plans.sheet.grid import Grid
from plans.sheet.question import read_form

WITHIN = timedelta(days=11)


def begin(deed: Deed) -> None:
    """Of every department; where it has no contact, its lead is asked."""
    title = label("cli.sandbox.ask-title")
    form = read_form(Grid(name=title, rows=[[title], list(labels("cli.sandbox.ask-head"))]))
    open_(deed, Opening(title=title, form=form, due_on=deed.today + WITHIN))
