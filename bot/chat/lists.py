"""Lists in chat: which milestones, under which headings, page by page with buttons."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement

from bot.chat.line import Section, action_row, line, section_of
from bot.chat.turn import ROWS_MOST, Press, Turn, button
from bot.texts import message_length, render
from bot.texts.render import label, words
from jobs.authority.permissions import Action, reach, team_led
from store import milestones, teams
from store.deliveries import Html, Message
from store.models import Milestone
from store.states import MilestoneState

PER_PAGE = 10
T = TypeVar("T")
MOST_DAYS = 366  # how far ahead a list may look
Keyboard = list[list[dict[str, str]]]


class Turned(ABC):
    """What is shown page by page."""

    @abstractmethod
    def show(self, turn: Turn) -> None:
        """Its first page, in a message of its own."""

    @abstractmethod
    def turn_page(self, turn: Turn, press: Press) -> None:
        """The page whose number the button has, in the pressed message."""

    def show_or_turn(self, turn: Turn, press: Press) -> None:
        """The button under another message shows it (page 0), its own ones turn it."""
        if press.id:
            self.turn_page(turn, press)
        else:
            self.show(turn)


@dataclass(frozen=True)
class View(Turned):
    """One list: `verb` is its name in button data and in the catalogue, `number` a parameter of it (days, say)."""

    verb: str
    rows: Callable[[Turn, int], list[Milestone]]
    with_people: bool = False
    rows_of_buttons: Callable[[Milestone], Keyboard] = lambda _milestone: []

    def show(self, turn: Turn, number: int = 0) -> None:
        turn.say(self.page(turn, 1, number), {"verb": self.verb, "page": 1, "number": number})

    def turn_page(self, turn: Turn, press: Press) -> None:
        """The button of another page: `id` is the page, `revision` the list's number."""
        turn.rewrite_pressed(self.page(turn, press.id, press.revision))
        shown = turn.pressed()
        if shown is not None:
            view = {"verb": self.verb, "page": press.id, "number": press.revision}
            shown.payload = shown.payload | {"view": view}

    def page_of(self, turn: Turn, milestone: Milestone, number: int = 0) -> int:
        """The page on which the milestone stands now, so that a list stays where its reader is."""
        rows = self.rows(turn, number)
        ids = [one.id for one in rows]
        return ids.index(milestone.id) // self._per_page(rows) + 1 if milestone.id in ids else 1

    def _per_page(self, rows: Sequence[Milestone]) -> int:
        """As many as have room for their buttons, with a row for turning the page."""
        most = max((len(self.rows_of_buttons(one)) for one in rows), default=0)
        return min(PER_PAGE, (ROWS_MOST - 1) // most) if most else PER_PAGE

    def page(self, turn: Turn, wanted: int, number: int) -> Message:
        """A page that does not exist any more gives the last one."""
        rows = self.rows(turn, number)
        lines = [
            line(one, turn.today, turn.office.rules.calendar, with_people=self.with_people) for one in rows
        ]
        cuts = message_length.pages(lines, self._per_page(rows))
        page = min(max(wanted, 1), len(cuts))
        first = sum(len(cut) for cut in cuts[: page - 1])
        shown = rows[first : first + len(cuts[page - 1])]
        said = words(f"chat.list.{self.verb}")
        has_days = number and self.verb == "upcoming"
        text = render.text(
            "list",
            title=label("chat.list.upcoming.title-days", days=number) if has_days else said["title"],
            total=len(rows),
            moment=render.moment(turn.now, turn.office.zone),
            sections=under_headings(turn, shown, cuts[page - 1]),
            empty=said["empty"],
            hint=said.get("hint", "") if rows else "",
            page=page,
            pages=len(cuts),
        )
        keyboard = [row for one in shown for row in self.rows_of_buttons(one)]
        return Message(text, keyboard + paging(self.verb, page, len(cuts), number))


@dataclass(frozen=True)
class Pages(Turned):
    """A list of anything, of which `page` makes one page: shown by its command, by the button of another message, turned."""

    page: Callable[[Turn, int], Message]

    def show(self, turn: Turn, _words: object = "") -> None:
        turn.say(self.page(turn, 1))

    def turn_page(self, turn: Turn, press: Press) -> None:
        turn.rewrite_pressed(self.page(turn, press.id))


def titled(
    turn: Turn,
    title: str,
    total: int,
    lines: Sequence[str],
    empty: str,
    hint: str = "",
    page: int = 1,
    pages: int = 1,
) -> Html:
    """A list without headings. `empty`: what is said where there is nothing; `hint`: what below the lines, if any."""
    return render.text(
        "list",
        title=title,
        total=total,
        moment=render.moment(turn.now, turn.office.zone),
        sections=[("", lines)] if lines else [],
        empty=empty,
        hint=hint if lines else "",
        page=page,
        pages=pages,
    )


def page_of(rows: Sequence[T], wanted: int, per_page: int) -> tuple[Sequence[T], int, int]:
    """The rows of the wanted page, its number and the number of pages; one that does not exist gives the nearest."""
    pages = max(1, -(-len(rows) // per_page))
    current = min(max(wanted, 1), pages)
    return rows[(current - 1) * per_page : current * per_page], current, pages


def paging(verb: str, page: int, pages: int, number: int = 0) -> list[list[dict[str, str]]]:
    """[이전] [더 보기] where there are such pages."""
    row = []
    if page > 1:
        row.append(button(label("chat.button.back"), verb, page - 1, number))
    if page < pages:
        row.append(button(label("chat.button.more"), verb, page + 1, number))
    return [row] if row else []


def under_headings(turn: Turn, rows: list[Milestone], lines: list[Html]) -> list[tuple[str, list[Html]]]:
    """The lines under their sections, problems first, in the order given within each."""
    found: dict[Section, list[Html]] = {}
    for milestone, text in zip(rows, lines, strict=True):
        found.setdefault(section_of(milestone, turn.today), []).append(text)
    return [(one.heading, found[one]) for one in Section if one in found]


def open_in_reach(turn: Turn, action: Action, *more: ColumnElement[bool]) -> list[Milestone]:
    """Open milestones of active plans that the speaker may do the action to, soonest first."""
    condition = reach(turn.session, turn.actor, action, turn.today)
    return milestones.search(turn.session, condition, Milestone.state == MilestoneState.PLANNED, *more)


def _actions(milestone: Milestone) -> Keyboard:
    row = action_row(milestone)
    return [row] if row else []


def _my(turn: Turn, _number: int) -> list[Milestone]:
    """In the order of their sections, so that lines, pages and buttons have one."""
    mine = milestones.of_officer(turn.session, turn.actor.officer.id, turn.today)
    live = [one for one in mine if one.state in {MilestoneState.PLANNED, MilestoneState.ON_HOLD}]
    order = list(Section)
    return sorted(live, key=lambda one: order.index(section_of(one, turn.today)))


def _late(turn: Turn, _number: int) -> list[Milestone]:
    return milestones.late_of(turn.session, turn.actor.officer.id, turn.today)


def _overseen(turn: Turn) -> list[ColumnElement[bool]]:
    """Of a lead of a team, as /status alone: the team's."""
    team = team_led(turn.session, turn.actor, turn.today)
    return [teams.is_of(team.id, turn.today)] if team else []


def _overdue(turn: Turn, _number: int) -> list[Milestone]:
    return open_in_reach(turn, Action.OVERVIEW, milestones.is_late(turn.today), *_overseen(turn))


def _upcoming(turn: Turn, days: int) -> list[Milestone]:
    last = turn.today + timedelta(days=min(days, MOST_DAYS))
    is_near = Milestone.due_on >= turn.today, Milestone.due_on <= last
    return open_in_reach(turn, Action.OVERVIEW, *is_near, *_overseen(turn))


MY = View(
    verb="my",
    rows=_my,
    rows_of_buttons=_actions,
)
OVERDUE = View(
    verb="overdue",
    rows=_overdue,
    with_people=True,
)
UPCOMING = View(
    verb="upcoming",
    rows=_upcoming,
    with_people=True,
)

LATE = View(
    verb="mylate",
    rows=_late,
    rows_of_buttons=_actions,
)

LISTS = {one.verb: one for one in (MY, OVERDUE, UPCOMING, LATE)}


def refresh_pressed(turn: Turn) -> None:
    """The list whose button was pressed shows the new state, unless the press rewrote it itself."""
    shown = turn.pressed()
    view = shown.payload.get("view") if shown is not None and not turn.has_rewritten else None
    if view is not None and view["verb"] in LISTS:
        turn.rewrite_pressed(LISTS[view["verb"]].page(turn, view["page"], view["number"]))
