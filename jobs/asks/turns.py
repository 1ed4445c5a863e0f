"""되풀이: a request that opens anew by itself, with the form, the departments and the steps of the last one; and its end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.asks.opening import again, open_
from jobs.asks.window import AskError
from jobs.authority.permissions import PROGRAM, Deed
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.singly import singly
from plans.sheet.question import Form
from plans.time.workdays import next_turn, read_every
from store import asks
from store.audit import Who
from store.db.engine import when_committed
from store.models import Ask, AskSeries

log = logging.getLogger(__name__)

AHEAD = 5  # working days for which it is open, unless another number is said
MOST_AHEAD = 60
SAID_MOST = 80


def days_of(rule: str, after: date, ahead: int, calendar: WorkCalendar) -> tuple[date, date]:
    """When the next one opens and is due: the first due day behind `after`, and so many working days before it. Raises
    AskError for what is no rule."""
    due = next_turn(rule, after, calendar.is_working)
    if due is None:
        raise AskError("no-rule")
    opens = due
    for _ in range(ahead):
        opens = calendar.previous_or_same(opens - timedelta(days=1))
    return opens, due


def rule_of(said: str, today: date) -> str:
    """매월 5번째 근무일 -> its rule. Raises AskError."""
    found = read_every(said, today.year)
    if found is None:
        raise AskError("no-rule")
    return found


def begin(deed: Deed, of: Ask, said: str, ahead: int = AHEAD) -> AskSeries:
    """The request comes again by the rule, from the turn after its own due day on. Raises AskError."""
    if not 0 <= ahead <= MOST_AHEAD:
        raise AskError("ahead", most=MOST_AHEAD)
    if (known := asks.series_of(deed.session, of)) is not None and known.ended_at is None:
        raise AskError("comes-again", said=known.said)
    rule = rule_of(said, deed.today)
    opens_on, due_on = days_of(rule, max(of.due_on, deed.today), ahead, deed.rules.calendar)
    made = AskSeries(
        rule=rule,
        said=said.strip()[:SAID_MOST],
        ahead=ahead,
        opens_on=opens_on,
        due_on=due_on,
        made_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    of.series_id = made.id
    deed.session.flush()
    deed.record("ask-repeated", f"ask:{of.id}", after={"every": made.said, "opens_on": opens_on})
    return made


def end(deed: Deed, of: Ask) -> AskSeries:
    """No more of them; what is open stays open. Raises AskError."""
    found = asks.series_of(deed.session, of)
    if found is None or found.ended_at is not None:
        raise AskError("comes-not-again", number=of.id)
    found.ended_at = deed.now
    deed.session.flush()
    deed.record("ask-repeat-ended", f"ask:{of.id}", before={"every": found.said})
    return found


def take_effect(session: Session, now: datetime, rules: Rules) -> list[Ask]:
    """Those whose day has come open; gives them. A turn that is past by now, because nothing ran, is left out."""
    today = rules.calendar.local_date(now)
    made: list[Ask] = []

    def open_due(some: Sequence[AskSeries]) -> int:
        for one in some:
            act = f"ask-series:{one.id}:{one.due_on.isoformat()}"
            deed = Deed(session, Who(None, PROGRAM, act, act), now, rules)
            if one.due_on >= today:
                made.append(_open(deed, one))
            one.opens_on, one.due_on = days_of(one.rule, max(one.due_on, today), one.ahead, rules.calendar)
        session.flush()
        return len(some)

    def broken(one: AskSeries) -> None:
        log.exception("action=ask-series-failed series=%d", one.id)

    singly(session, asks.series_due(session, today), open_due, broken)
    for one in made:
        when_committed(session, log.info, "action=ask-opened ask=%d", one.id)
    return made


def _open(deed: Deed, series: AskSeries) -> Ask:
    last = asks.last_of(deed.session, series.id)
    assert last is not None
    opened = open_(deed, again(last, Form.model_validate(last.form), series.due_on))
    opened.series_id = series.id
    deed.session.flush()
    return opened
