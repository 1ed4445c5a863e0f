"""/start CODE links the account; /start alone greets, and resumes after /stop."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.chat.command import Command
from bot.chat.line import Section, section_of
from bot.chat.lists import MY
from bot.chat.turn import Office, Turn
from bot.people import pack
from bot.texts import render
from bot.texts.render import label
from jobs.authority.approval import over_officer
from jobs.authority.permissions import Action, Actor, Deed, actor_of, has, may_link, standing_of
from jobs.people.appointment import appoint
from jobs.people.own_hour import comes_at
from jobs.texts import kept
from reports.texts.speaking import speaking
from reports.texts.states import ROLE_WORDS
from store import chat_links, deliveries, invites, milestones, officers, reachability
from store.audit import Who
from store.deliveries import Message
from store.models import Invite, Officer
from store.states import DeliveryKind, LinkState, MilestoneState, RoleName


def start(turn: Turn, text: str) -> None:
    """For somebody linked: a new good code links anew; no code resumes and greets."""
    if text.strip():
        if _is_anothers(turn, text.strip()):
            turn.answer("anothers_code", name=turn.actor.officer.name)
            return
        linked = redeem(
            turn.session,
            turn.office,
            text.strip(),
            turn.actor.link.chat_id,
            turn.actor.link.user_id,
            turn.actor.link.telegram_name,
            turn.now,
            turn.cause,
        )
        if linked is None:
            turn.answer("used_code", name=turn.actor.officer.name)
            return
        turn.actor = linked
        tell_leads(turn)
        welcome(turn, label("people.start.linked"))
        pack.show_waiting(turn)
        return
    is_paused = turn.actor.link.state is not LinkState.ACTIVE
    resumed = is_paused or turn.was_away
    if is_paused:
        chat_links.resume(turn.actor.link, turn.now)
    if resumed:
        welcome_back(turn)
    else:
        welcome(turn, label("people.start.standing"))


def _is_anothers(turn: Turn, code: str) -> bool:
    """A good code of another person, pressed in a chat that is in use: it is left good, and nobody is unlinked."""
    invite = invites.find(turn.session, code)
    return (
        invite is not None
        and invites.is_open(invite, turn.now)
        and invite.officer_id != turn.actor.officer.id
        and turn.actor.link.state is LinkState.ACTIVE
    )


def redeem(
    session: Session,
    office: Office,
    code: str,
    chat_id: int,
    user_id: int,
    telegram_name: str | None,
    now: datetime,
    cause: str,
) -> Actor | None:
    """Link the chat by a good code, grant the invite's role; None for any code that is not good."""
    invite = invites.find(session, code)
    today = office.rules.calendar.local_date(now)
    if invite is None or not invites.is_open(invite, now) or not _is_vouched_for(session, invite, today):
        return None
    invite.used_at = now
    ousted, before = (
        chat_links.of_chat(session, chat_id, user_id),
        chat_links.of_officer(session, invite.officer_id),
    )
    left = before.chat_id if before is not None and before.chat_id != chat_id else None
    chat_links.connect(session, invite.officer, office.bot_id, chat_id, user_id, telegram_name, now)
    if ousted is not None and ousted.officer_id != invite.officer_id:
        reachability.look_again(session, today, [ousted.officer_id])  # that person has no chat any more
    who = Who(invite.officer_id, invite.officer.name, f"telegram:{cause}", cause)
    deed = Deed(session, who, now, office.rules)
    appoint(deed, invite.officer, invite.role, _department_of(invite))
    deed.record("linked", f"officer:{invite.officer_id}", after=_as_logged(session, invite))
    session.flush()
    if left is not None:
        _tell_moved(session, invite.officer, left, now, today, cause)
    return actor_of(session, chat_id, user_id, today)


def _is_vouched_for(session: Session, invite: Invite, today: date) -> bool:
    """Who made the link in chat might still make it today; the operator's word stands."""
    maker = session.get(Officer, invite.made_by_id) if invite.made_by_id is not None else None
    if maker is None:
        return True
    return may_link(session, standing_of(session, maker, today), invite.officer, today)


def _as_logged(session: Session, invite: Invite) -> dict[str, object]:
    maker = session.get(Officer, invite.made_by_id) if invite.made_by_id is not None else None
    nobody = kept("running.actor.operator")
    return {"role": invite.role.value, "invited_by": maker.name if maker is not None else nobody}


def _tell_moved(
    session: Session, officer: Officer, left: int, now: datetime, today: date, cause: str
) -> None:
    """The chat that was the person's until now, and the planning office, hear that it is another's."""
    planners = officers.holder_ids(session, RoleName.PLANNER, today)
    chats = chat_links.chats(session, [one for one in planners if one != officer.id])
    told = [(left, None, "link_ended"), *((chat, one, "link_moved") for one, chat in chats.items())]
    for part, (chat, to, template) in enumerate(told, 1):
        reader = session.get_one(Officer, to) if to is not None else officer
        with speaking(reader.language):
            message = Message(render.text(template, officer=officer), [])
        deliveries.add(
            session, DeliveryKind.EVENT, "link-notice", chat, now,
            officer_id=to, cause=f"{cause}:moved", part=part, message=message,
        )  # fmt: skip


def _department_of(invite: Invite) -> int | None:
    """The planning office, auditors and admins serve the whole organisation; others their department."""
    everywhere = {RoleName.PLANNER, RoleName.AUDITOR, RoleName.ADMIN}
    return None if invite.role in everywhere else invite.officer.department_id


def tell_leads(turn: Turn) -> None:
    """The lead of the own team, else of the department, if there is one, hears who linked."""
    officer = turn.actor.officer
    above = over_officer(turn.session, officer, turn.today)
    for lead in next((held for role, held in above if role is RoleName.LEAD), []):
        if lead.officer.id != officer.id:
            turn.tell(
                lead.officer.id,
                "link-notice",
                "link_notice",
                department=officer.department.name if officer.department else "",
                name=officer.name,
                rank=officer.rank,
                at=lambda: render.moment(turn.now, turn.office.zone),
            )


def welcome(turn: Turn, how: str) -> None:
    """One message with counts; what was missed is not sent after."""
    officer = turn.actor.officer
    turn.answer(
        "welcome",
        name=officer.name,
        rank=officer.rank,
        organisation=turn.office.name,
        how=how,
        roles=[ROLE_WORDS[role.role] for role in turn.actor.roles],
        is_manager=has(turn.actor, Action.OVERVIEW),
        counts=own_counts(turn.session, officer.id, turn.today),
        send_at=f"{comes_at(officer, turn.office.rules.settings):%H:%M}",
    )


def welcome_back(turn: Turn) -> None:
    """Who could not be written to also gets what is late or due today, with its buttons: the messages that were missed
    are not sent after."""
    welcome(turn, label("people.start.resumed"))
    counts = own_counts(turn.session, turn.actor.officer.id, turn.today)
    if counts["overdue"] or counts["today"]:
        MY.show(turn)


def own_counts(session: Session, officer_id: int, today: date) -> dict[str, int]:
    """How many open milestones the officer has, and how pressing they are."""
    mine = [
        one
        for one in milestones.of_officer(session, officer_id, today)
        if one.state is MilestoneState.PLANNED and not one.before_start
    ]
    where = [section_of(one, today) for one in mine]
    return {
        "open": len(mine),
        "overdue": where.count(Section.OVERDUE),
        "today": where.count(Section.TODAY),
        "week": where.count(Section.THIS_WEEK),
    }


COMMAND = Command(name="start", effect=start, in_menu=False)


def stop(turn: Turn, _text: str) -> None:
    chat_links.pause(turn.actor.link, LinkState.STOPPED, turn.now)
    reachability.look_again(turn.session, turn.today, [turn.actor.officer.id])
    turn.deed.record("stopped", f"officer:{turn.actor.officer.id}")
    turn.answer("stopped")


STOP = Command(name="stop", effect=stop)
