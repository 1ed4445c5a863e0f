"""정정 of a closed request: one field of one row is put right with a reason; both values and versions stay."""

from sqlalchemy import update

from jobs.asks.window import AskError, reply_of
from jobs.authority.permissions import Deed
from plans.sheet.question import Question
from plans.sheet.returned import Value
from store import asks
from store.db.engine import changed
from store.models import AskAnswer, AskCorrection, AskRow, AskVerdict
from store.states import AskState


def correct(
    deed: Deed,
    number: int,
    department_id: int,
    position: int,
    field: Question,
    value: Value | None,
    reason: str,
) -> AskCorrection:
    """The value holds from now on, in a version of the reply of its own. Raises AskError."""
    of = asks.locked(deed.session, number)
    if of is None:
        raise AskError("no-ask", number=number)
    if of.state is not AskState.FROZEN:
        raise AskError("not-closed-yet", number=number)
    if not reason.strip():
        raise AskError("no-reason")
    own = reply_of(deed, number, department_id)
    rows = asks.rows(deed.session, own) if own.state in asks.GIVEN else []
    row = next((one for one in rows if one.position == position), None)
    if row is None:
        raise AskError("no-row", count=position)
    before = row.cells.get(field.key)
    if before == value:
        raise AskError("same-already")
    _next_version(deed, own, rows, position, {**row.cells, field.key: value})
    made = AskCorrection(
        answer_id=own.id, version=own.version + 1, position=position, field=field.key, before=_said(before),
        after=_said(value), reason=reason.strip(), by_id=deed.who.officer_id, by=deed.who.name, at=deed.now,
    )  # fmt: skip
    deed.session.add(made)
    deed.session.flush()
    facts = {"row_no": position, "answer": _said(value)}
    deed.record(
        "reply-corrected", f"reply:{own.id}", before={"answer": _said(before)}, after=facts, reason=reason,
        revision=own.revision + 1,
    )  # fmt: skip
    return made


def _said(value: Value | None) -> str | None:
    return None if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _next_version(
    deed: Deed, own: AskAnswer, rows: list[AskRow], position: int, cells: dict[str, Value | None]
) -> None:
    """The rows as they were but for that one, and what was said of them. Raises AskError where the reply has moved on."""
    condition = AskAnswer.id == own.id, AskAnswer.revision == own.revision, AskAnswer.version == own.version
    new = {"version": own.version + 1, "revision": own.revision + 1}
    kept = {key: value for key, value in cells.items() if value is not None}
    said = asks.verdicts(deed.session, own)
    if changed(deed.session, update(AskAnswer).where(*condition).values(new)) != 1:
        raise AskError("reply-moved-on", state=own.state)
    for one in rows:
        values = kept if one.position == position else dict(one.cells)
        deed.session.add(
            AskRow(answer_id=own.id, version=own.version + 1, position=one.position, cells=values)
        )
    for each in said.values():
        names = ["answer_id", "position", "verdict", "opinion", "by_id", "by", "at", "became"]
        copied = {name: getattr(each, name) for name in names}
        deed.session.add(AskVerdict(version=own.version + 1, **copied))
    deed.session.flush()
