"""/unreachable: who gets no messages, since when, what is open there, what to do about it."""

from bot.chat import invites
from bot.chat.command import Command
from bot.chat.lists import Pages, page_of, paging
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.digest.unreached import OPEN_LIST, why_words
from bot.people import handover
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import TABLE, Action, Scope, has, may_link, reach
from store import reachability
from store.db import meta
from store.deliveries import Message
from store.reachability import Unreachable, Why
from store.states import RoleName

VERB = "unreach"
REINVITE = "reinvite"
PER_PAGE = 7
WITH_LINK = {Why.NEVER, Why.LEFT}  # who needs a new registration link


def people(turn: Turn) -> list[Unreachable]:
    """Those in the speaker's reach."""
    if any(TABLE[Action.UNREACHED][name] is Scope.ALL for name in turn.actor.names):
        return reachability.unreachable(turn.session, turn.today)
    where = reach(turn.session, turn.actor, Action.UNREACHED, turn.today)
    return reachability.unreachable(turn.session, turn.today, where)


def page(turn: Turn, wanted: int) -> Message:
    found = people(turn)
    shown, current, pages = page_of(found, wanted, PER_PAGE)
    zone = turn.office.zone
    text = render.text(
        "unreachable",
        total=len(found),
        moment=render.moment(turn.now, zone),
        today=turn.today,
        people=[
            {
                "name": guard.named(one.officer),
                "rank": one.officer.rank,
                "department": one.officer.department.name if one.officer.department else None,
                "why": why_words(one.why),
                "since": one.since.astimezone(zone).date() if one.since else None,
                "numbers": one.numbers,
                "advice": label(f"people.advice.{one.why}"),
            }
            for one in shown
        ],
        page=current,
        pages=pages,
    )
    keyboard = []
    if has(turn.actor, Action.PLANS):
        keyboard = [
            [button(label("people.link.of", officer=one.officer), REINVITE, one.officer.id)]
            for one in shown
            if one.why in WITH_LINK and may_link(turn.session, turn.actor, one.officer, turn.today)
        ]
    return Message(text, keyboard + paging(VERB, current, pages))


def press_reinvite(turn: Turn, press: Press) -> None:
    """A new link for somebody on the list; the planning office hands it over."""
    if not has(turn.actor, Action.PLANS):
        raise UsageError(say("people.link.office-only"))
    found = next((one for one in people(turn) if one.officer.id == press.id), None)
    if found is None or found.why not in WITH_LINK:
        raise UsageError(say("people.link.not-listed"))
    if not may_link(turn.session, turn.actor, found.officer, turn.today):
        raise RefusedError(say("people.link.shell-only"))
    username = meta.get(turn.session, meta.BOT_USERNAME)
    [made] = invites.invite(
        turn.session, [found.officer], RoleName.OFFICER, turn.now, turn.office.links, username, turn.who
    )
    handover.tell_of_link(turn, found.officer)
    turn.answer(
        "reinvited",
        name=found.officer.name,
        rank=found.officer.rank,
        link=made.link,
        code=made.code,
        until=render.moment(made.expires_at, turn.office.zone),
    )


PAGES = Pages(page)
COMMAND = Command(
    name="unreachable",
    effect=PAGES.show,
    action=Action.UNREACHED,
    buttons={VERB: PAGES.turn_page, OPEN_LIST: PAGES.show, REINVITE: press_reinvite},
)
