"""New people: only the planning office puts somebody on the list whom no plan knows; others pass their wish on."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.turn import Turn, UsageError
from bot.texts.render import say
from jobs.authority.permissions import Action, has
from store import audit, officers
from store.audit import Who
from store.models import Department, Officer

Add = Callable[[str, Department], Officer]


class NewcomerError(UsageError):
    """Nobody of that name is on the list, and the speaker may not add anybody."""

    def __init__(self, name: str, department: Department) -> None:
        super().__init__(say("chat.error.newcomer"))
        self.name = name
        self.department = department


def enter(session: Session, name: str, department: Department, who: Who, now: datetime) -> Officer:
    """The person, new on the list, with the word in the log of who answers for that."""
    officer = officers.ensure(session, name, department)
    after = {"name": officer.name, "department": department.name}
    audit.Act(session, who, now).record("officer-added", f"officer:{officer.id}", after=after)
    return officer


def adding(turn: Turn) -> Add:
    """How somebody unknown is added by the speaker's word. What it gives raises NewcomerError for those who may not."""

    def add(name: str, department: Department) -> Officer:
        if not has(turn.actor, Action.PLANS):
            raise NewcomerError(name, department)
        return enter(turn.session, name, department, turn.who, turn.now)

    return add


def pass_on(turn: Turn, error: NewcomerError, command: str) -> None:
    """The planning office gets the wish with the command that carries it out; nothing else happens."""
    facts = {"name": error.name, "department": error.department.name}
    told = turn.tell_planners(
        "newcomer-asked", "newcomer_asked", by=turn.actor.officer, command=command, **facts
    )
    turn.answer("newcomer", is_told=bool(told), **facts)
