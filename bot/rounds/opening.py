"""What a round that is to be opened is limited to, and what it is called: for chat and shell alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from reports.period import Period, quarter_of_day
from store import officers, plans, rounds
from store.models import Plan

SCOPE_NAME_MOST = 30


class Limits(TypedDict):
    """To what a round is limited (범위)."""

    departments: list[str]
    areas: list[str]
    bureaus: list[str]
    plan_ids: list[int]


def limits_of(session: Session, text: str) -> Limits:
    """Departments, bureaus, areas and plans by their names. Raises UsageError with one that is none of them."""
    found = Limits(departments=[], areas=[], bureaus=[], plan_ids=[])
    known, bureaus = rounds.areas(session), rounds.department_bureaus(session)
    for name in (one.strip() for one in text.split(",") if one.strip()):
        department = officers.department(session, name)
        if department is not None:
            found["departments"].append(department.name)
        elif name in bureaus:
            found["bureaus"].append(name)
        elif name in known:
            found["areas"].append(name)
        elif (plan := plans.active_named(session, name)) is not None:
            found["plan_ids"].append(plan.id)
        else:
            raise UsageError(say("rounds.neither", said=guard.words(name), choices=", ".join(known)))
    return found


def period_for(
    session: Session, quarter: Period | None, name: str, limits: Limits, as_of: date
) -> Period | None:
    """Where the round stands: the quarter's own, or one with a name, said or that of its scope; None where neither is said.
    The quarter is part of a name that it was said with."""
    name = name or (_by_scope(session, quarter, limits) if quarter is not None else "")
    if not name or quarter is None:
        return replace(quarter_of_day(as_of), name=name) if name else quarter
    return replace(quarter, name=label("rounds.name-of-quarter", quarter=quarter.quarter, name=name))


def _by_scope(session: Session, quarter: Period, limits: Limits) -> str:
    """A round of a scope beside the one that the quarter has already is called by its scope."""
    if rounds.find(session, quarter.year, quarter.quarter) is None:
        return ""
    titles = [plan.title for one in limits["plan_ids"] if (plan := session.get(Plan, one))]
    names = [*titles, *limits["areas"], *limits["bureaus"], *limits["departments"]]
    return render.cut(" ".join(names), SCOPE_NAME_MOST) if names else ""
