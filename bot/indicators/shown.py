"""An indicator as a message with the buttons of its reader, and the list page by page, laggards first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.lists import page_of, paging, titled
from bot.chat.turn import Keyboard, Turn, button
from bot.indicators import whose, worded
from bot.texts import render
from bot.texts.render import label, say
from jobs.indicators.figures import open_period
from jobs.indicators.listing import kpi_rows
from reports.indicators import KpiRow, counts, laggards_first
from store import indicators
from store.deliveries import Html, Message
from store.models import Indicator

VIEW, PAGE = "kpiview", "kpilist"
ENTER, SAME = "kpienter", "kpisame"
PER_PAGE, A_ROW, VALUES_SHOWN = 7, 3, 6


def rows(turn: Turn, found: Sequence[Indicator], *, is_brief: bool = False) -> list[KpiRow]:
    """As they stand today."""
    bound = turn.office.rules.indicators.bound
    return kpi_rows(turn.session, found, turn.today, bound, is_brief=is_brief)


def line(row: KpiRow) -> Html:
    """One indicator in a list."""
    return say("indicators.line", **worded.line_facts(row, is_chat=True))


def message(turn: Turn, one: Indicator, said: str = "") -> Message:
    """The whole indicator, and what its reader can do with it."""
    [row] = rows(turn, [one])
    wanted = open_period(indicators.rows_of(turn.session, one), turn.today)
    text = render.text(
        "kpi",
        said=said,
        line=worded.line_facts(row, is_chat=True),
        title=whose.owner_title(one),
        baseline=worded.told(row.baseline, row.unit) if row.baseline else None,
        targets=[
            {
                "year": each.year,
                "month": each.month,
                "told": worded.told(each, row.unit),
                "first": worded.told(each.first, row.unit) if each.first else None,
            }
            for each in row.targets
        ],
        proposed=[{"told": worded.told(each, row.unit), "number": each.adjustment} for each in row.proposed],
        values=[
            {
                "day": each.ends_on,
                "told": worded.told(each, row.unit),
                "was": worded.told(each.corrected, row.unit) if each.corrected else None,
            }
            for each in row.values[-VALUES_SHOWN:]
        ],
        wanted=wanted,
        is_own=whose.may_enter(turn, one),
    )
    return Message(text, keyboard(turn, one, wanted))


def keyboard(turn: Turn, one: Indicator, wanted: date | None) -> Keyboard:
    """Where a value is missing: enter it, or say that it is as before."""
    if wanted is None or not whose.may_enter(turn, one):
        return []
    return [
        [
            button(label("indicators.button.enter", number=one.id), ENTER, one.id),
            button(label("indicators.button.same"), SAME, one.id, one.revision),
        ]
    ]


def page(turn: Turn, wanted: int) -> Message:
    """What the reader has to do with, those behind first, and their counts."""
    found = laggards_first(rows(turn, whose.mine(turn), is_brief=True))
    on_page, current, pages = page_of(found, wanted, PER_PAGE)
    told = counts(found)
    hint = say(
        "indicators.counts",
        total=told.total,
        planned=told.planned,
        kept=told.kept,
        behind=told.behind,
        missing=told.missing,
    )
    lines = [line(one) for one in on_page]
    text = titled(
        turn,
        label("indicators.title"),
        len(found),
        lines,
        say("indicators.empty"),
        hint,
        page=current,
        pages=pages,
    )
    opened = [button(label("indicators.button.open", number=one.no), VIEW, one.no) for one in on_page]
    return Message(
        text, [opened[at : at + A_ROW] for at in range(0, len(opened), A_ROW)] + paging(PAGE, current, pages)
    )
