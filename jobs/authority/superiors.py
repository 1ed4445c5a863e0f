"""Who stands above whom: team lead, department head, bureau head, planning office; and who holds that on a day."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from store import chat_links, officers
from store.states import RoleName

# From the lowest to the highest: a vacant or unlinked approver is stood in for by the next one.
LINE = (RoleName.LEAD, RoleName.HEAD, RoleName.BUREAU, RoleName.PLANNER)
ABOVE = (RoleName.LEAD, RoleName.HEAD)  # who is asked for a task without an officer, in this order


def rank(role: RoleName) -> int:
    """How high the role stands in the line; -1 for one that is not in it."""
    return LINE.index(role) if role in LINE else -1


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

    def over(self, role: RoleName, department_id: int | None) -> list[int]:
        """Who holds the role over the department; see officers.over."""
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

    def first(self, level: RoleName, department_id: int | None, but: Collection[int]) -> dict[int, int]:
        """The first of the line from the level on who can be written to, each with the chat; nobody of `but`."""
        for role in LINE[rank(level) :]:
            found = self.reached([one for one in self.over(role, department_id) if one not in but])
            if found:
                return found
        return {}
