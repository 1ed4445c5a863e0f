"""The planning office's morning in a few lines: what changed, the first of what is late, who cannot be written to."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Office, Press, Turn, UsageError, button
from bot.digest.waiting_decisions import late_ones
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.owed import nudge
from jobs.owed.nudge import Nudged
from jobs.owed.office_morning import MORNING, last_morning
from reports.office_morning import changed
from store import chat_links, deliveries, escalations, milestones, officers, reachability
from store.deliveries import Html
from store.models import DeliveryItem, Milestone, Officer
from store.states import DeliveryKind, ItemState, RoleName

VERB = "nudgeall"
NAMED = 2  # of what is late
PEOPLE_NAMED = 3


def is_office(session: Session, reader: Officer, today: date) -> bool:
    """The reader is of the planning office."""
    return any(one.role is RoleName.PLANNER for one in officers.roles(session, reader.id, today))


def change_line(session: Session, items: Sequence[DeliveryItem], office: Office, day: date) -> list[Html]:
    """A line for each kind of news, with the first item and how many others; none where nothing changed."""
    if not any(one.rule == MORNING for one in items):
        return []
    since = last_morning(day, office.rules.calendar)
    found = changed(session, since, day, office.zone)
    news = [(kind, numbers) for kind, numbers in found if numbers]
    rows = [(kind, milestones.by_ids(session, numbers[:1])[0], len(numbers) - 1) for kind, numbers in news]
    return [render.text("changed_line", since=since, rows=rows, today=day)] if rows else []


def late_lines(late: Sequence[Milestone], today: date) -> list[Html]:
    """The first of what is late, in a line each; the others are counted."""
    found = [
        render.text(
            "late_brief",
            milestone=one,
            department=one.task.department.name if one.task.department else "",
            people=[each.officer.name for each in milestones.assignees(one, today)],
            days=(today - one.due_on).days if one.due_on else 0,
        )
        for one in late[:NAMED]
    ]
    more = len(late) - len(found)
    return [*found, say("digest.rest.overdue", count=more)] if more > 0 else found


def nudge_rows(
    session: Session, late: Sequence[Milestone], digest_id: int | None, today: date
) -> list[list[dict[str, str]]]:
    """[담당자 n명에게 확인 요청] where somebody of them can be asked."""
    asked = {one.officer_id for each in late for one in milestones.assignees(each, today)}
    if digest_id is None or not asked or not chat_links.chats(session, asked):
        return []
    return [[button(label("digest.button.nudgeall", count=len(late)), VERB, digest_id)]]


def press_nudge(turn: Turn, pressed: Press) -> None:
    """Everything late that the message names or counts is asked about once more; what was asked today is left out."""
    digest = deliveries.get(turn.session, pressed.id)
    is_own = digest is not None and digest.officer_id == turn.actor.officer.id
    if digest is None or not is_own or digest.kind is not DeliveryKind.DIGEST:
        raise UsageError(say("digest.over"))
    subjects = [one.subject for one in digest.items if one.state is ItemState.INCLUDED]
    named = [int(one.partition(":")[2]) for one in subjects if one.partition(":")[0] == escalations.RULE]
    late = [turn.milestone(one.id, Action.NUDGE) for one in late_ones(turn.session, named, turn.today)]
    done = [(one, nudge.nudge(turn.deed, one)) for one in late]
    asked = [one.id for one, outcome in done if isinstance(outcome, Nudged)]
    turn.answer("nudged_all", numbers=asked, left=[one.id for one in late if one.id not in asked])


def unreached_lines(session: Session, items: Sequence[DeliveryItem], today: date) -> list[Html]:
    """Who cannot be written to since lately, in one line; who is back meanwhile is left out."""
    people = {one.instead_of_id for one in items if one.instead_of_id is not None}
    found = officers.by_ids(session, reachability.reasons(session, people)) if people else []
    if not found:
        return []
    names = [render.beside(one.name, one.department.name) if one.department else one.name for one in found]
    return [render.text("unreached_brief", count=len(names), names=names[:PEOPLE_NAMED])]
