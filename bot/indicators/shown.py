"""An indicator as a message with the buttons of its reader, and the list page by page, laggards first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement

from bot.chat.lists import page_of, paging, titled
from bot.chat.turn import Keyboard, Turn, button
from bot.indicators import whose, worded
from bot.texts import render
from bot.texts.render import label, say
from jobs.indicators import standings
from jobs.indicators.figures import open_period
from jobs.indicators.listing import kpi_rows
from jobs.indicators.pace import State
from jobs.indicators.standings import Counts, Placed
from reports.indicator_words import range_told
from reports.indicators import KpiRow
from reports.texts import unnamed
from store import indicators
from store.deliveries import Html, Message
from store.models import Department, Indicator

VIEW, PAGE, PLACES, BEHIND = "kpiview", "kpilist", "kpiplaces", "kpibehind"
ENTER, SAME, DRAW = "kpienter", "kpisame", "kpidraw"
OF_NUMBERS = ("count", "ratio", "amount")
LAGGARDS = "kpilag"
PER_PAGE, A_ROW, VALUES_SHOWN = 7, 3, 6
PLACES_PER_PAGE, SEVERAL, NAME_MOST = 12, 2, 20


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
                "told": worded.told(each, row.unit),
                "first": worded.told(each.first, row.unit) if each.first else None,
            }
            for each in row.targets
            if each.month is None
        ],
        year=row.year,
        months=[
            {
                "month": each.month,
                "told": worded.told(each, row.unit),
                "first": worded.told(each.first, row.unit) if each.first else None,
            }
            for each in row.targets
            if each.month is not None
        ],
        proposed=[{"told": worded.told(each, row.unit), "number": each.adjustment} for each in row.proposed],
        projection=range_told(row),
        values=[
            {
                "period": worded.period_name(row.period, each.ends_on),
                "told": worded.told(each, row.unit),
                "was": worded.told(each.corrected, row.unit) if each.corrected else None,
            }
            for each in row.values[-VALUES_SHOWN:]
        ],
        wanted=wanted,
        is_own=whose.may_enter(turn, one),
    )
    drawn = [button(label("indicators.button.picture"), DRAW, one.id)]
    can_draw = not row.secret and row.kind in OF_NUMBERS and bool(row.values or _has_plan(row))
    return Message(text, keyboard(turn, one, wanted) + ([drawn] if can_draw else []))


def _has_plan(row: KpiRow) -> bool:
    return any(one.year == row.year and one.number is not None for one in row.targets)


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


def home(turn: Turn, wanted: int) -> Message:
    """What the reader has to do with: of several departments one line each, those with most behind first; of one its list."""
    found = standing(turn)
    groups = standings.by_department(found)
    if len(groups) < SEVERAL:
        return _list(turn, found, wanted, PAGE)
    told = standings.together(groups)
    shown, current, pages = page_of(groups, wanted, PLACES_PER_PAGE)
    names = {one.department_id: _department(turn, one.department_id) for one in shown}
    lines = [
        say("indicators.department", department=names[one.department_id], counts=one.counts._asdict())
        for one in shown
    ]
    text = titled(
        turn, label("indicators.title"), len(found), lines, say("indicators.empty"), hint(told),
        page=current, pages=pages,
    )  # fmt: skip
    opened = [button(render.cut(names[one], NAME_MOST), PAGE, 1, one) for one in names if one is not None]
    rows = [opened[at : at + A_ROW] for at in range(0, len(opened), A_ROW)]
    every = label("indicators.button.behind", count=told.behind)
    slow = [[button(every, BEHIND, 1)]] if told.behind else []
    slow += [asking()] if told.behind and whose.is_planner(turn) else []
    return Message(text, rows + slow + paging(PLACES, current, pages))


def asking() -> list[dict[str, str]]:
    """[부진지표 요청]: what the planning office would ask about them."""
    return [button(label("indicators.button.laggards"), LAGGARDS)]


def page(turn: Turn, wanted: int, department: int = 0) -> Message:
    """The list of one department, or of all that the reader has to do with (0); those behind first."""
    found = standing(turn)
    if department:
        found = [one for one in found if one.place.department_id == department]
    return _list(turn, found, wanted, PAGE, department)


def behind(turn: Turn, wanted: int) -> Message:
    """Those that are behind, of all departments."""
    found = [one for one in standing(turn) if one.of.state is State.BEHIND]
    return _list(turn, found, wanted, BEHIND)


def named(turn: Turn, numbers: Sequence[int]) -> Message:
    """Those of one name, as many as stand on a page."""
    return _list(turn, standing(turn, Indicator.id.in_(numbers[:PER_PAGE])), 1, PAGE)


def standing(turn: Turn, *conditions: ColumnElement[bool]) -> list[Placed]:
    """What the reader has to do with, as it stands today."""
    bound = turn.office.rules.indicators.bound
    return standings.placed(turn.session, turn.today, bound, *whose.mine(turn), *conditions)


def hint(told: Counts) -> Html:
    """The counts of a list."""
    return say("indicators.counts", **told._asdict())


def lines(turn: Turn, found: Sequence[Placed]) -> list[Html]:
    """A line each, in their order: only these are read whole."""
    numbers = [one.place.number for one in found]
    read = indicators.listed(turn.session, Indicator.id.in_(numbers))
    told = {row.no: line(row) for row in rows(turn, read, is_brief=True)}
    return [told[one] for one in numbers if one in told]


def _list(turn: Turn, found: Sequence[Placed], wanted: int, verb: str, department: int = 0) -> Message:
    on_page, current, pages = page_of(standings.laggards_first(found), wanted, PER_PAGE)
    name = _department(turn, department) if department else None
    text = titled(
        turn,
        label("indicators.title-of", department=name) if name else label("indicators.title"),
        len(found),
        lines(turn, on_page),
        say("indicators.empty"),
        hint(standings.counts(found)),
        page=current,
        pages=pages,
    )
    opened = [
        button(label("indicators.button.open", number=one.place.number), VIEW, one.place.number)
        for one in on_page
    ]
    keyboard = [opened[at : at + A_ROW] for at in range(0, len(opened), A_ROW)]
    keyboard += paging(verb, current, pages, department)
    if department or verb == BEHIND:
        keyboard.append([button(label("indicators.button.departments"), PLACES, 1)])
    if any(one.of.state is State.BEHIND for one in found) and whose.is_planner(turn):
        keyboard.append(asking())
    return Message(text, keyboard)


def _department(turn: Turn, number: int | None) -> str:
    found = turn.session.get(Department, number) if number else None
    return found.name if found is not None else unnamed.department()
