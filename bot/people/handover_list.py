"""A whole hand-over list (인사이동 명단): every row checked first, then all confirmed together or none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat import newcomers
from bot.chat.newcomers import Add
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.people import handover, pack
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, Deed
from jobs.people import handover as handing
from plans.sheet.handover import HandoverList, HandoverRow
from store import chat_links, handovers, officers
from store.audit import Who
from store.deliveries import Message
from store.models import Assignment, Handover, Officer
from store.states import HandoverState

CONFIRM = "hoall"


class RowError(Exception):
    """A row cannot be carried out; the message says why."""


@dataclass(frozen=True)
class Maker:
    """Whose list it is: `id` None for the operator; of whom it may say that they leave; how new people come in."""

    id: int | None
    may_dismiss: Callable[[Officer], bool]
    add: Add


def operator(session: Session, who: Who, now: datetime, today: date) -> Maker:
    """The operator at the command line, who may let everybody leave but the last of the planning office."""
    return Maker(
        None,
        lambda officer: not handing.is_last_planner(session, officer.id, today),
        lambda name, department: newcomers.enter(session, name, department, who, now),
    )


def proposals(
    session: Session, found: HandoverList, today: date, now: datetime, by: Maker
) -> tuple[list[Handover], list[str]]:
    """A proposal for each row, none of them added to the session; and a sentence for each row that cannot be."""
    rows, faults = [], plan_words.faults(found.faults)
    seen: set[int] = set()
    for one in found.rows:
        try:
            row = _proposal(session, one, today, now, by)
            if row.from_officer_id in seen:
                raise RowError(label("people.list.twice"))
            assert row.from_officer_id is not None
            seen.add(row.from_officer_id)
            rows.append(row)
        except RowError as error:
            faults.append(
                label("people.list.row", line=one.line, person=guard.name(one.giver), error=str(error))
            )
    if not rows and not faults:
        faults.append(label("people.list.nobody"))
    return rows, faults


def _proposal(session: Session, one: HandoverRow, today: date, now: datetime, by: Maker) -> Handover:
    giver = _person(session, one.giver, one.giver_department, "giver")
    if one.day < today:
        raise RowError(label("people.list.passed", day=one.day))
    if not by.may_dismiss(giver):
        raise RowError(label("people.list.not-by-list"))
    taker = _taker(session, one, by.add) if one.taker else None
    if taker is not None and taker.id == giver.id:
        raise RowError(label("people.list.same"))
    row = Handover(
        from_officer_id=giver.id,
        to_officer_id=taker.id if taker else None,
        from_on=one.day,
        leaves=True,
        state=HandoverState.PROPOSED,
        proposed_by_id=by.id,
        created_at=now,
    )
    if not handing.tasks_of(session, row):
        raise RowError(label("people.list.no-tasks"))
    return row


def _person(session: Session, name: str, department: str | None, side: str) -> Officer:
    found = officers.find(session, name, department)
    if not found:
        raise RowError(label("people.list.unknown", person=guard.name(name), department=department))
    if len(found) > 1:
        raise RowError(label(f"people.list.several.{side}", person=guard.name(name)))
    return found[0]


def _taker(session: Session, one: HandoverRow, add: Add) -> Officer:
    """The successor; somebody whom no plan knows is added where a known department is written."""
    known = officers.department(session, one.taker_department) if one.taker_department else None
    if known is not None and not officers.find(session, one.taker, known.name):
        return add(one.taker, known)
    return _person(session, one.taker, one.taker_department, "taker")


def moved_by(session: Session, rows: list[Handover]) -> list[list[Assignment]]:
    """What changes hands by each, worked out for all before the first of them begins."""
    return [handing.tasks_of(session, one) for one in rows]


def confirm_all(deed: Deed, rows: list[Handover]) -> list[int]:
    """All of them; gives how many tasks change hands by each."""
    deed.session.add_all(rows)
    deed.session.flush()
    moved = moved_by(deed.session, rows)
    handing.confirm_all(deed, list(zip(rows, moved, strict=True)))
    return [len(one) for one in moved]


def moving(rows: list[Handover]) -> list[str]:
    """Who gives a desk and takes another over by the same list: their chats go on."""
    takers = {one.to_officer_id for one in rows}
    return [one.giver.name for one in rows if one.giver is not None and one.from_officer_id in takers]


def strangers(session: Session, rows: list[Handover]) -> list[str]:
    """Successors who cannot be written to yet."""
    found = [one.successor for one in rows if one.successor is not None]
    return sorted({one.name for one in found if chat_links.active(session, one.id) is None})


def receive(turn: Turn, name: str, found: HandoverList) -> None:
    """The list as sent in chat: shown with its faults, or waiting for [모두 확정]."""
    with turn.session.begin_nested() as trial:
        maker = Maker(
            turn.actor.officer.id, lambda one: turn.may_dispose(one, Action.DISMISS), newcomers.adding(turn)
        )
        rows, faults = proposals(turn.session, found, turn.today, turn.now, maker)
        if faults:
            trial.rollback()
    if faults:
        turn.answer("handover_list", name=name, faults=faults, rows=[], count=0, moved=[])
        return
    turn.session.add_all(rows)
    turn.session.flush()
    count = sum(map(len, moved_by(turn.session, rows)))
    text = render.text("handover_list", name=name, faults=[], rows=rows, count=count, moved=moving(rows))
    turn.say(Message(text, [[button(label("people.list.confirm"), CONFIRM, rows[0].id, len(rows))]]))


def press_all(turn: Turn, press: Press) -> None:
    """Everything that came with the row of that number, by the same person at the same instant."""
    first = turn.session.get(Handover, press.id)
    if first is None or first.proposed_by_id != turn.actor.officer.id:
        raise UsageError(say("people.list.not-to-confirm"))
    query = select(Handover).where(
        Handover.proposed_by_id == first.proposed_by_id,
        Handover.created_at == first.created_at,
        Handover.state == HandoverState.PROPOSED,
    )
    rows = list(turn.session.scalars(query.order_by(Handover.id)))
    if not rows or any(one.from_on < turn.today for one in rows):
        raise UsageError(say("people.list.settled"))
    if turn.now > first.created_at + handovers.PROPOSAL_LASTS:
        raise UsageError(say("people.list.old"))
    if not all(one.giver is not None and turn.may_dispose(one.giver, Action.DISMISS) for one in rows):
        raise RefusedError(say("people.list.roles-changed"))
    counts, moved = confirm_all(turn.deed, rows), moving(rows)
    for row, count in zip(rows, counts, strict=True):
        handover.tell_giver(turn, row, count)
    turn.tell_planners(
        "handover-notice", "handover_list_office", by=turn.actor.officer, people=len(rows), moved=moved
    )
    effective = handing.take_effect(turn.session, turn.now, turn.today)
    for row in effective:
        pack.send(turn, row)
    turn.answer(
        "handover_list_done",
        rows=rows,
        count=sum(counts),
        moved=moved,
        strangers=strangers(turn.session, rows),
    )
