"""/invite DEPARTMENT or NAME: registration links for who is not linked, to be handed on privately."""

from sqlalchemy import select

from bot.chat import invites
from bot.chat.command import Command, example_of, misused
from bot.chat.names import party
from bot.chat.turn import RefusedError, Turn, UsageError
from bot.people.handover import tell_of_link
from bot.texts.render import say
from jobs.authority.permissions import Action, may_link
from plans.text.characters import clean
from store import chat_links, officers
from store.db import meta
from store.models import Officer
from store.states import RoleName

MOST = 20  # links of one message


def invite(turn: Turn, text: str) -> None:
    said = clean(text)
    if not said:
        raise misused("people.invite.whom", "invite")
    people = _people(turn, said)
    allowed = [one for one in people if may_link(turn.session, turn.actor, one, turn.today)]
    if not allowed:
        raise RefusedError(say(f"people.invite.{'not-yours' if people else 'nobody'}"))
    username, links = meta.get(turn.session, meta.BOT_USERNAME), turn.office.links
    shown = allowed[:MOST]
    rows = invites.invite(turn.session, shown, RoleName.OFFICER, turn.now, links, username, turn.who)
    for one in shown:
        tell_of_link(turn, one)
    pairs = list(zip(shown, rows, strict=True))
    turn.answer("invite_links", rows=pairs, more=len(allowed) - len(shown), hours=links.invite_hours)


def _people(turn: Turn, said: str) -> list[Officer]:
    """The one who is named, or everybody of a department who is not linked. Raises UsageError."""
    where = officers.department(turn.session, said)
    if where is None:
        named = party(turn.session, said, example=example_of("invite"))
        one = named.one()
        if one is None:
            raise UsageError(say("people.invite.several"), example=example_of("invite"))
        return [one]
    query = select(Officer).where(Officer.department_id == where.id).order_by(Officer.name, Officer.id)
    found = turn.session.scalars(query)
    return [one for one in found if chat_links.of_officer(turn.session, one.id) is None]


COMMAND = Command(name="invite", effect=invite, action=Action.DISPOSE)
