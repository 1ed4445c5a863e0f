"""A whole hand-over list (인사이동 명단): every row checked first, then all confirmed together or none."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import buttons, packs
from bot.arguments import UsageError
from bot.buttons import Press
from bot.texts import render
from bot.turn import Turn
from jobs import handing
from plans.handover_list import HandoverList, HandoverRow
from store import links, officers
from store.audit import Who
from store.deliveries import Message
from store.models import Handover, Officer
from store.states import HandoverState

CONFIRM = "hoall"


class RowError(Exception):
    """A row cannot be carried out; the message says why."""


def proposals(
    session: Session, found: HandoverList, today: date, now: datetime, by: int | None
) -> tuple[list[Handover], list[str]]:
    """A proposal for each row, none of them added to the session; and a sentence for each row that cannot be."""
    rows, faults = [], list(found.faults)
    seen: set[int] = set()
    for one in found.rows:
        try:
            row = _proposal(session, one, today, now, by)
            if row.from_officer_id in seen:
                raise RowError("같은 전임자가 두 번 적혀 있습니다.")
            assert row.from_officer_id is not None
            seen.add(row.from_officer_id)
            rows.append(row)
        except RowError as error:
            faults.append(f"{one.line}번째 줄({one.giver}): {error}")
    if not rows and not faults:
        faults.append("명단에 적힌 사람이 없습니다.")
    return rows, faults


def _proposal(session: Session, one: HandoverRow, today: date, now: datetime, by: int | None) -> Handover:
    giver = _person(session, one.giver, one.giver_department, "전임")
    if one.day < today:
        raise RowError(f"기준일 {render.long_day(one.day)}이 지났습니다.")
    taker = _taker(session, one) if one.taker else None
    if taker is not None and taker.id == giver.id:
        raise RowError("전임자와 후임자가 같습니다.")
    row = Handover(
        from_officer_id=giver.id,
        to_officer_id=taker.id if taker else None,
        from_on=one.day,
        state=HandoverState.PROPOSED,
        proposed_by_id=by,
        created_at=now,
    )
    if not handing.tasks_of(session, row):
        raise RowError("맡고 있는 과제가 없습니다.")
    return row


def _person(session: Session, name: str, department: str | None, side: str) -> Officer:
    found = officers.find(session, name, department)
    if not found:
        raise RowError(f"{name} 님을 찾지 못했습니다." + (" 부서를 확인해 주십시오." if department else ""))
    if len(found) > 1:
        raise RowError(f"{name} 님이 여러 명입니다. ‘{side} 부서’를 적어 주십시오.")
    return found[0]


def _taker(session: Session, one: HandoverRow) -> Officer:
    """The successor; somebody whom no plan knows is added where a known department is written."""
    known = officers.department(session, one.taker_department) if one.taker_department else None
    if known is not None and not officers.find(session, one.taker, known.name):
        return officers.ensure(session, one.taker, known)
    return _person(session, one.taker, one.taker_department, "후임")


def confirm_all(session: Session, rows: list[Handover], who: Who, now: datetime) -> int:
    """All of them; gives how many tasks change hands."""
    session.add_all(rows)
    session.flush()
    return sum(handing.confirm(session, one, who, now) for one in rows)


def strangers(session: Session, rows: list[Handover]) -> list[str]:
    """Successors who cannot be written to yet."""
    found = [one.successor for one in rows if one.successor is not None]
    return sorted({one.name for one in found if links.active(session, one.id) is None})


def receive(turn: Turn, name: str, found: HandoverList) -> None:
    """The list as sent in chat: shown with its faults, or waiting for [모두 확정]."""
    with turn.session.begin_nested() as trial:
        rows, faults = proposals(turn.session, found, turn.today, turn.now, turn.actor.officer.id)
        if faults:
            trial.rollback()
    if faults:
        turn.answer("handover_list", name=name, faults=faults, rows=[], count=0)
        return
    turn.session.add_all(rows)
    turn.session.flush()
    count = sum(len(handing.tasks_of(turn.session, one)) for one in rows)
    text = render.text("handover_list", name=name, faults=[], rows=rows, count=count)
    turn.say(Message(text, [[buttons.button("✅ 모두 확정", CONFIRM, rows[0].id, len(rows))]]))


def press_all(turn: Turn, press: Press) -> None:
    """Everything that came with the row of that number, by the same person at the same instant."""
    first = turn.session.get(Handover, press.id)
    if first is None or first.proposed_by_id != turn.actor.officer.id:
        raise UsageError("이 명단을 확정할 권한이 없습니다.")
    query = select(Handover).where(
        Handover.proposed_by_id == first.proposed_by_id,
        Handover.created_at == first.created_at,
        Handover.state == HandoverState.PROPOSED,
    )
    rows = list(turn.session.scalars(query.order_by(Handover.id)))
    if not rows or any(one.from_on < turn.today for one in rows):
        raise UsageError("이미 처리하였거나 기준일이 지난 명단입니다. 명단을 다시 보내 주십시오.")
    count = confirm_all(turn.session, rows, turn.who, turn.now)
    effective = handing.take_effect(turn.session, turn.now, turn.today)
    for row in effective:
        packs.send(turn, row)
    turn.answer("handover_list_done", rows=rows, count=count, strangers=strangers(turn.session, rows))
