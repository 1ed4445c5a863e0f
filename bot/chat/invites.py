"""Invites for people: whom a name means, and the one-time link that each of them gets."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import BaseModel
from sqlalchemy.orm import Session

from bot.chat import newcomers
from bot.chat.operator import operator
from bot.texts.render import label
from jobs.settings import LinkSettings
from plans.text.characters import ID_DIGITS, number_of
from store import audit, invites, officers
from store.audit import Who
from store.models import Officer
from store.states import RoleName

LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/\w{1,64}\?start=(?P<code>[\w-]{1,64})", re.ASCII)


class InviteError(Exception):
    """Nobody or several people are meant; the message lists the choices."""


class InviteRow(BaseModel):
    """As `gihan invite --json` prints it. `link` is None while the bot's name is not known."""

    officer_id: int
    name: str
    department: str | None
    role: str
    code: str
    link: str | None
    expires_at: datetime


@dataclass(frozen=True)
class Wish:
    """What the operator asked for. `role` None: not said, so that a name typed wrong makes nobody new."""

    name: str | None
    department: str | None
    role: RoleName | None
    everybody: bool


def chosen(session: Session, wish: Wish, now: datetime, today: date) -> list[Officer]:
    """The people meant; with `everybody`, or of a department where nobody is named, those who answer for a task, are not
    linked and not invited otherwise.

    A person not known yet is added where department and role say who it is.

    Raises InviteError where the name is ambiguous (with the choices) or unknown.
    """
    if wish.everybody or (wish.name is None and wish.role is None and wish.department is not None):
        _refuse_unknown(session, wish.department)
        found = invites.officers_to_invite(session, today, wish.department)
        if not found:
            raise InviteError(label("chat.invite.nobody"))
        return found
    if wish.name is None:
        raise InviteError(label("chat.invite.no-name"))
    if (known := find(session, wish.name, wish.department)) is not None:
        return [known]
    if wish.department is None or wish.role is None:
        raise InviteError(label("chat.invite.unknown", name=wish.name))
    where = officers.ensure_department(session, wish.department)
    return [newcomers.enter(session, wish.name, where, operator(now, "invite"), now)]


def _refuse_unknown(session: Session, department: str | None) -> None:
    if department is not None and officers.department(session, department) is None:
        known = ", ".join(officers.department_names(session))
        raise InviteError(label("chat.invite.no-department", department=department, known=known))


def find(session: Session, name: str, department: str | None) -> Officer | None:
    """The one person meant by a name or an id; None for nobody. Raises InviteError with the choices where there
    are several."""
    found = _by_id(session, name) or officers.find(session, name, department)
    if len(found) > 1:
        raise InviteError(_choices(name, found))
    return found[0] if found else None


def _by_id(session: Session, name: str) -> list[Officer]:
    """A number is a person's id, for two people of one name in one department."""
    number = number_of(name, ID_DIGITS)
    officer = session.get(Officer, number) if number is not None else None
    return [officer] if officer else []


def _choices(name: str, found: list[Officer]) -> str:
    choices = [
        label(
            "chat.invite.choice",
            department=one.department.name if one.department else None,
            name=one.name,
            number=one.id,
        )
        for one in found
    ]
    return "\n".join([label("chat.invite.several", name=name), *choices])


def link_of(bot_username: str, code: str) -> str:
    """What opens the person's chat with the bot and hands in the code."""
    return f"https://t.me/{bot_username}?start={code}"


def code_of_link(text: str) -> str:
    """The code of such a link, pasted instead of pressed; "" where the words are none."""
    found = LINK.fullmatch(text.strip())
    return found["code"] if found else ""


def invite(
    session: Session,
    people: list[Officer],
    role: RoleName,
    now: datetime,
    settings: LinkSettings,
    bot_username: str | None,
    by: Who,
) -> list[InviteRow]:
    """A new code for each; codes given to them before are void. `by`: who answers for it, in the log and when it is used."""
    expires_at = now + timedelta(hours=settings.invite_hours)
    rows = []
    for officer in people:
        _, code = invites.create(session, officer, role, now, expires_at, by.officer_id)
        audit.Act(session, by, now).record("invited", f"officer:{officer.id}", after={"role": role.value})
        rows.append(
            InviteRow(
                officer_id=officer.id,
                name=officer.name,
                department=officer.department.name if officer.department else None,
                role=role.value,
                code=code,
                link=link_of(bot_username, code) if bot_username else None,
                expires_at=expires_at,
            )
        )
    return rows
