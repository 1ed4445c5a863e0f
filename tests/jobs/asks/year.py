"""A year of requests in bulk: 300 departments with a contact and a lead each, 50 requests of all of them, in every state."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, select

from store.db.engine import Store
from store.models import Ask, AskAnswer, ChatLink, Department, Officer, Role
from store.states import AnswerKind, AnswerState, AskState, LinkState, RoleName
from tests.builders import kst
from tests.jobs.ask_table import FORM

DEPARTMENTS, REQUESTS = 300, 50
FIRST = date(2030, 1, 7)
STATES = (AnswerState.ASKED, AnswerState.ANSWERED, AnswerState.CONFIRMED, AnswerState.SENT_BACK)


def fill(
    store: Store, departments: int = DEPARTMENTS, requests: int = REQUESTS, *, is_open: bool = False
) -> None:
    """`is_open`: all of them at once, else one a week, of which the last ones are open."""
    at = kst(2030, 1, 7)
    with store.write() as session:
        session.execute(
            insert(Department), [{"name": f"부서{n:03}", "bureau": f"국{n % 10}"} for n in range(departments)]
        )
        places = list(session.scalars(select(Department.id).order_by(Department.id)))
        people = [
            {"name": f"{what}{one}", "department_id": one} for one in places for what in ("서무", "팀장")
        ]
        session.execute(insert(Officer), people)
        found = session.execute(select(Officer.id, Officer.department_id, Officer.name)).all()
        roles = [
            {
                "officer_id": one.id,
                "role": RoleName.CONTACT if one.name.startswith("서무") else RoleName.LEAD,
                "department_id": one.department_id,
                "from_on": FIRST,
            }
            for one in found
        ]
        session.execute(insert(Role), roles)
        links = [
            {
                "officer_id": one.id,
                "chat_id": 90_000 + one.id,
                "user_id": 90_000 + one.id,
                "bot_id": 42,
                "state": LinkState.ACTIVE,
                "linked_at": at,
                "active_from": at,
            }
            for one in found
        ]
        session.execute(insert(ChatLink), links)
        for n in range(requests):
            opens = FIRST if is_open else FIRST + timedelta(weeks=n)
            is_over = not is_open and n < requests - 3
            ask = Ask(
                title=f"조사 {n}", kind="collection", steps=["answer", "confirm"],
                state=AskState.FROZEN if is_over else AskState.OPEN, form=FORM.model_dump(mode="json"),
                scope={"departments": [], "bureaus": []}, rows_least=1, rows_most=None, opens_on=opens,
                due_on=opens + timedelta(days=20), first_due_on=opens + timedelta(days=20), opened_at=at,
            )  # fmt: skip
            session.add(ask)
            session.flush()
            session.execute(
                insert(AskAnswer), [_reply(ask.id, one, place, n) for place, one in enumerate(places)]
            )


def _reply(number: int, department: int, place: int, n: int) -> dict[str, object]:
    state = STATES[(place + n) % len(STATES)]
    given = state is not AnswerState.ASKED
    return {
        "ask_id": number, "department_id": department, "position": place, "state": state,
        "kind": AnswerKind.NONE if given else None, "version": int(given), "is_on_behalf": False, "revision": 1,
        "answered_at": kst(2030, 1, 8) if given else None, "due_on": FIRST + timedelta(days=27) if place % 50 == 7 else None,
    }  # fmt: skip
