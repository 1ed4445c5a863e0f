"""`gihan bureaus` and `gihan round import`: a list from a file, its faults by line, written whole or not at all."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.chat.operator import operator
from bot.texts import plan_words, round_words
from bot.texts.render import label, unmarked
from bot.texts.terminal import echo
from jobs.authority.permissions import Deed
from jobs.plans.quarter_document import rows_of
from jobs.plans.registration import RegisterError
from jobs.rounds import freeze
from jobs.rounds.freeze import Register
from jobs.rounds.lifecycle import RoundError
from jobs.rules.policy import Rules
from plans.facts import Fault
from plans.readers.document import read_text
from plans.sheet.lists import BureauRow, read_bureaus, read_statuses
from reports.period import Period
from store import audit, officers, rounds
from store.db.engine import Store

FAULTS_SHOWN = 20


def refuse_faults(faults: Sequence[Fault], *, takes_rest: bool) -> None:
    """Every faulty row with its line. Raises RegisterError unless the rest is to be taken."""
    if not faults:
        return
    ordered = sorted(faults, key=lambda one: one.line)
    listed = [
        label("cli.bureaus.fault", line=one.line, fault=plan_words.fault(one))
        for one in ordered[:FAULTS_SHOWN]
    ]
    if len(ordered) > FAULTS_SHOWN:
        listed.append(label("cli.bureaus.more", count=len(ordered) - FAULTS_SHOWN))
    if not takes_rest:
        raise RegisterError("\n".join([*listed, label("cli.bureaus.refused", count=len(ordered))]))
    for line in [*listed, label("cli.bureaus.left-out", count=len(ordered))]:
        echo(line, err=True)


def bureau_order(rows: Sequence[BureauRow]) -> list[str]:
    """The bureaus by the list's own numbers, else as they come first."""
    numbers: dict[str, int] = {}
    for position, row in enumerate(rows):
        numbers.setdefault(row.bureau, row.order if row.order is not None else position)
    return sorted(numbers, key=lambda name: numbers[name])


def import_bureaus(store: Store, file: Path, now: datetime, *, takes_rest: bool) -> str:
    """Departments get their bureaus, in one transaction. Gives a line that says what changed."""
    rows, faults = read_bureaus(read_text(file))
    refuse_faults(faults, takes_rest=takes_rest)
    if not rows:
        raise RegisterError(label("cli.bureaus.none"))
    with store.write() as session:
        changed = sum(_set_bureau(session, row, now) for row in rows)
        order = bureau_order(rows)
        rounds.set_bureau_order(session, order)
    return label(
        "cli.bureaus.done", count=len(rows), changed=changed, bureaus=len(order), names=", ".join(order)
    )


def _set_bureau(session: Session, row: BureauRow, now: datetime) -> bool:
    department = officers.ensure_department(session, row.department)
    if department.bureau == row.bureau:
        return False
    before, department.bureau = department.bureau, row.bureau
    act = audit.Act(session, operator(now, "bureaus"), now)
    act.record(
        "bureau", f"department:{department.id}", before={"bureau": before}, after={"bureau": row.bureau}
    )
    return True


def import_quarter(
    store: Store,
    period: Period,
    file: Path,
    as_of: date | None,
    now: datetime,
    rules: Rules,
    *,
    takes_rest: bool,
) -> str:
    """A past quarter's register becomes its frozen record. Gives a line that says what was written.

    Raises RegisterError for faulty rows and for a quarter that is recorded already.
    """
    listed, faults = read_statuses(read_text(file))
    with store.write() as session:
        rows, more = rows_of(session, listed, period)
        refuse_faults([*faults, *more], takes_rest=takes_rest)
        register = Register(period, as_of or period.last_day, rows, file.name)
        try:
            freeze.take_over(Deed(session, operator(now, "round"), now, rules), register)
        except RoundError as error:
            raise RegisterError(unmarked(round_words.refusal(error))) from None
    return label(
        "cli.bureaus.quarter", period=period.label, count=len(rows), day=register.as_of_on.isoformat()
    )
