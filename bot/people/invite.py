"""/invite DEPARTMENT, NAME or everybody: registration links for who is not linked, and the sheet of them to be printed."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat import invites
from bot.chat.command import Command, example_of, misused
from bot.chat.invites import InviteRow
from bot.chat.names import party
from bot.chat.turn import Keyboard, Office, Press, RefusedError, Turn, UsageError, button
from bot.people.handover import tell_of_link
from bot.texts import render
from bot.texts.render import label, labels, say
from jobs.authority.permissions import Action, may_link
from plans.text.characters import clean
from reports.drawing.apart import drawn
from reports.invite_sheet import Invited, Sheets, Words
from store import invites as codes
from store import officers
from store.db import meta
from store.deliveries import Message
from store.models import ChatLink, Department, Invite, Officer
from store.states import LinkState, RoleName

MOST = 20  # links of one message
MOST_PRINTED = 300  # of one sheet
SHEET = "invites"  # the sheet among the files that can be asked for, and what it is made of under its message
VERB = "invsheet"


def invite(turn: Turn, text: str) -> None:
    said = clean(text)
    if not said:
        raise misused("people.invite.whom", "invite")
    people = _everybody(turn) if said == label("people.invite.everybody") else _people(turn, said)
    allowed = [one for one in people if may_link(turn.session, turn.actor, one, turn.today)]
    if not allowed:
        raise RefusedError(say(f"people.invite.{'not-yours' if people else 'nobody'}"))
    username, links = meta.get(turn.session, meta.BOT_USERNAME), turn.office.links
    invited = allowed[: MOST_PRINTED if username else MOST]
    rows = invites.invite(turn.session, invited, RoleName.OFFICER, turn.now, links, username, turn.who)
    _tell(turn, invited)
    text = render.text(
        "invite_links",
        rows=list(zip(invited, rows, strict=True))[:MOST],
        count=len(invited),
        more=len(invited[MOST:]),
        left=len(allowed) - len(invited),
        hours=links.invite_hours,
    )
    keyboard: Keyboard = (
        [[button(label("people.invite-sheet.button", count=len(rows)), VERB)]] if username else []
    )
    shown = turn.say(Message(text, keyboard))
    shown.payload = shown.payload | {"links": _sheet(rows)}


def _tell(turn: Turn, people: list[Officer]) -> None:
    """Of one person as of every link; of many at once the planning office hears in one message."""
    if len(people) == 1:
        tell_of_link(turn, people[0])
    else:
        turn.tell_planners("link-made", "links_made", by=turn.actor.officer, count=len(people))


def _sheet(rows: list[InviteRow]) -> dict[str, Any]:
    return {"codes": [one.code for one in rows], "until": rows[0].expires_at.isoformat()}


def _people(turn: Turn, said: str) -> list[Officer]:
    """The one who is named, or everybody of a department who is not linked. Raises UsageError."""
    where = officers.department(turn.session, said)
    if where is None:
        named = party(turn.session, said, example=example_of("invite"))
        one = named.one()
        if one is None:
            raise UsageError(say("people.invite.several"), example=example_of("invite"))
        return [one]
    return _unlinked(turn.session, {where.id})


def _everybody(turn: Turn) -> list[Officer]:
    """Who is not linked of all departments of which the speaker may dispose."""
    within = {one.department_id for one in turn.actor.roles_for(Action.DISPOSE)}
    return _unlinked(turn.session, None if None in within else {one for one in within if one is not None})


def _unlinked(session: Session, departments: set[int] | None) -> list[Officer]:
    """By department and name; None: of all departments."""
    linked = select(ChatLink.officer_id).where(ChatLink.state != LinkState.ENDED)
    query = select(Officer).join(Department).where(Officer.id.not_in(linked))
    if departments is not None:
        query = query.where(Officer.department_id.in_(departments))
    return list(session.scalars(query.order_by(Department.name, Officer.name, Officer.id)))


def press_sheet(turn: Turn, _press: Press) -> None:
    """[QR 안내장]: the links of that message on sheets to be printed."""
    shown = turn.pressed()
    wanted = shown.payload.get("links") if shown is not None else None
    if wanted is None or not _open(turn.session, wanted["codes"], turn.now):
        raise UsageError(say("people.invite.over"), example=example_of("invite"))
    name = label("people.invite-sheet.file", day=turn.today)
    turn.send_file(SHEET, render.text("invite_sheet"), **wanted, name=name)


def _open(session: Session, made: list[str], now: datetime) -> dict[str, Invite]:
    """Those that nobody has used and that are still good, by their codes."""
    by_hash = {one.code_hash: one for one in codes.find_all(session, made) if codes.is_open(one, now)}
    return {one: by_hash[key] for one in made if (key := codes.hash_code(one)) in by_hash}


def file_of(
    session: Session, wanted: dict[str, Any], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """Name and content of the sheet; None where no link of it is good any more."""
    username, found = meta.get(session, meta.BOT_USERNAME), _open(session, wanted["codes"], now)
    if not found or username is None:
        return None
    until = datetime.fromisoformat(wanted["until"])
    invited = [invited_of(one.officer, invites.link_of(username, code)) for code, one in found.items()]
    return wanted["name"], drawn(Sheets(tuple(invited), sheet_words(until, office.zone)))


def invited_of(officer: Officer, link: str) -> Invited:
    """The person as the sheet and the table of links have it."""
    department = officer.department.name if officer.department else ""
    return Invited(department, officer.name, officer.rank or "", link)


def sheet_words(until: datetime, zone: ZoneInfo) -> Words:
    last = label("people.invite-sheet.until", until=render.moment(until, zone))
    return Words(label("people.invite-sheet.title"), (*labels("people.invite-sheet.how"), last))


COMMAND = Command(name="invite", effect=invite, action=Action.DISPOSE, buttons={VERB: press_sheet})
