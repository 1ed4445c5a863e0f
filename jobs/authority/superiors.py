"""Who stands above whom: team lead, department head, bureau head, planning office; and who holds that on a day."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from store import chat_links, officers
from store.officers import Holder, Place
from store.states import RoleName

T = TypeVar("T")

# From the lowest to the highest: a vacant or unlinked approver is stood in for by the next one.
LINE = (RoleName.LEAD, RoleName.HEAD, RoleName.BUREAU, RoleName.PLANNER)
ABOVE = (RoleName.LEAD, RoleName.HEAD)  # who is asked for a task without an officer, in this order


def rank(role: RoleName) -> int:
    """How high the role stands in the line; -1 for one that is not in it."""
    return LINE.index(role) if role in LINE else -1


def in_turn(leads: Iterable[tuple[T, int | None]], team_id: int | None) -> list[list[T]]:
    """The leads (with the team of each) in the order in which they stand above something of the team: the team's own, then
    those of the whole department, never another team's. Where no team is known, all of them at once."""
    held = list(leads)
    if team_id is None:
        return [[one for one, _ in held]]
    turns = ([one for one, team in held if team == wanted] for wanted in (team_id, None))
    return [one for one in turns if one]


def line_over(held: dict[RoleName, list[Holder]], team_id: int | None) -> list[tuple[RoleName, list[Holder]]]:
    """Those who stand above it in turn, from the lowest up; of a role there may be two turns. `held`: see officers.over."""
    leads = in_turn(((one, one.team_id) for one in held.get(RoleName.LEAD, ())), team_id)
    others = [(role, held.get(role, [])) for role in LINE if role is not RoleName.LEAD]
    return [(role, some) for role, some in [*((RoleName.LEAD, one) for one in leads), *others] if some]


class Above:
    """Who stands above whom on one day, over whichever department; everybody is read once, when first asked for."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self._chats: dict[int, int] = {}
        self._looked_up: set[int] = set()

    @cached_property
    def held(self) -> dict[tuple[RoleName, int], list[int]]:
        """Team leads and heads, by role and department."""
        return officers.above(self.session, ABOVE, self.today)

    @cached_property
    def _bureau_heads(self) -> dict[int, list[int]]:
        return officers.bureau_heads_by_department(self.session, self.today)

    @cached_property
    def _planners(self) -> list[int]:
        return officers.holder_ids(self.session, RoleName.PLANNER, self.today)

    @cached_property
    def _leads(self) -> dict[int, list[tuple[int, int | None]]]:
        return officers.leads(self.session, self.today)

    def line(self, levels: Sequence[RoleName], place: Place) -> Iterator[tuple[RoleName, list[int]]]:
        """Who stands above the place in turn, of the levels alone; see in_turn."""
        for role in levels:
            if role is RoleName.LEAD and place.team_id is not None:
                for held in in_turn(self._leads.get(place.department_id or 0, ()), place.team_id):
                    yield role, held
            else:
                yield role, self.over(role, place.department_id)

    def over(self, role: RoleName, department_id: int | None) -> list[int]:
        """Who holds the role over the department, of whichever team; see officers.over."""
        if role is RoleName.PLANNER:
            return self._planners
        held = self._bureau_heads.get(department_id or 0) if role is RoleName.BUREAU else None
        return held or self.held.get((role, department_id or 0), [])

    def remember(self, officer_ids: Iterable[int], chats: dict[int, int]) -> None:
        """Of these it is known who can be written to, and in which chat."""
        self._looked_up.update(officer_ids)
        self._chats |= chats

    def reached(self, officer_ids: Collection[int]) -> dict[int, int]:
        """Those who can be written to, each with the chat; the first question asks for everybody of the departments."""
        if not self._looked_up.issuperset(officer_ids):
            wanted = {*officer_ids, *(one for held in self.held.values() for one in held)} - self._looked_up
            self.remember(wanted, chat_links.chats(self.session, wanted))
        return {one: self._chats[one] for one in officer_ids if one in self._chats}

    def first(self, level: RoleName, place: Place, but: Collection[int]) -> dict[int, int]:
        """The first of the line from the level on who can be written to, each with the chat; nobody of `but`."""
        for _role, held in self.line(LINE[rank(level) :], place):
            found = self.reached([one for one in held if one not in but])
            if found:
                return found
        return {}
