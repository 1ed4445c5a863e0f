"""A list of items from a sheet comes in: names are looked up, new items entered, replies and outcomes of known ones taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.items import steps
from jobs.items.steps import Entry, ItemError
from plans.facts import Fact, Fault
from plans.sheet.item_words import HEADS
from plans.sheet.items import ItemDraft, ItemList, names_in
from reports.items import reply_of
from store import items, officers
from store.models import Department, Item, Officer
from store.states import ItemKind, ItemStage

FIELDS = tuple(HEADS)


@dataclass(frozen=True)
class Words:
    """What kinds and outcomes are called, closed up -> the kind, the outcome. `kind`: of rows that name none."""

    kinds: Mapping[str, ItemKind]
    outcomes: Mapping[str, str]
    kind: ItemKind


@dataclass
class Taken:
    """What became of the rows: numbers of items entered, answered and closed by it; `known`: rows that say nothing new."""

    entered: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    known: int = 0


@dataclass
class Row:
    """A draft with what its names mean. `item`: what is registered of it."""

    draft: ItemDraft
    kind: ItemKind
    department: Department
    cooperating: list[Department]
    officer: Officer | None
    outcome: str | None
    item: Item | None


def looked_up(session: Session, found: ItemList, words: Words, deed: Deed) -> tuple[list[Row], list[Fault]]:
    """The rows with what their names mean, and what is wrong in which cell. A column none of whose words is a kind tells no
    kinds: it is another division of the office's own."""
    rows, faults = [], list(found.faults)
    said = [one.texts["kind"] for one in found.rows if one.text("kind")]
    if said and not any(officers.alike(one) in words.kinds for one in said):
        for draft in found.rows:
            draft.texts["kind"] = ""
        found.unread.append(found.columns.pop("kind"))
    for draft in found.rows:
        before = len(faults)
        row = _row(session, draft, found, words, deed, faults)
        if row is not None and len(faults) == before:
            rows.append(row)
    return rows, faults


def _row(
    session: Session, draft: ItemDraft, found: ItemList, words: Words, deed: Deed, faults: list[Fault]
) -> Row | None:
    kind = _kind(draft, words, found, faults)
    places = [
        _department(session, one, "department", draft, found, faults) for one in _names(draft, "department")
    ]
    others = [
        _department(session, one, "cooperating", draft, found, faults) for one in _names(draft, "cooperating")
    ]
    outcome = _outcome(draft, words, found, faults)
    known = [one for one in (*places, *others) if one is not None]
    if kind is None or not known or None in (*places, *others):
        return None
    officer = _officer(session, known[0], draft, found, faults)
    return Row(draft, kind, known[0], known[1:], officer, outcome, _item(session, draft, kind, deed))


def _names(draft: ItemDraft, name: str) -> list[str]:
    return names_in(draft.texts.get(name, ""))


def _kind(draft: ItemDraft, words: Words, found: ItemList, faults: list[Fault]) -> ItemKind | None:
    said = draft.text("kind")
    if said is None:
        return words.kind
    kind = words.kinds.get(officers.alike(said))
    if kind is None:
        cell, name, shown = found.at(draft, "kind", said)
        facts: dict[str, Fact] = {"cell": cell, "name": name, "said": shown}
        faults.append(Fault(draft.line, "items.kind", facts))
    return kind


def _outcome(draft: ItemDraft, words: Words, found: ItemList, faults: list[Fault]) -> str | None:
    """An outcome goes with a reply."""
    said = draft.text("outcome")
    if said is None:
        return None
    outcome = words.outcomes.get(officers.alike(said))
    cell, name, shown = found.at(draft, "outcome", said)
    facts: dict[str, Fact] = {"cell": cell, "name": name, "said": shown}
    if outcome is None:
        faults.append(Fault(draft.line, "items.outcome", facts))
    elif not draft.text("reply") and draft.no is None:
        faults.append(Fault(draft.line, "items.no-reply", facts))
    return outcome


def _department(
    session: Session, said: str, name: str, draft: ItemDraft, found: ItemList, faults: list[Fault]
) -> Department | None:
    known = officers.department(session, said)
    if known is None:
        cell, head, shown = found.at(draft, name, said)
        facts: dict[str, Fact] = {"cell": cell, "name": head, "said": shown}
        faults.append(Fault(draft.line, "items.department", facts))
    return known


def _officer(
    session: Session, where: Department, draft: ItemDraft, found: ItemList, faults: list[Fault]
) -> Officer | None:
    said = draft.text("officer")
    if said is None:
        return None
    known = [one for one in officers.find(session, said) if one.department_id == where.id]
    if len(known) == 1:
        return known[0]
    cell, name, shown = found.at(draft, "officer", said)
    faults.append(
        Fault(
            draft.line, "items.officer", {"cell": cell, "name": name, "said": shown, "department": where.name}
        )
    )
    return None


def _item(session: Session, draft: ItemDraft, kind: ItemKind, deed: Deed) -> Item | None:
    """By its number, else by what it says."""
    if draft.no is not None and (known := items.get(session, draft.no)) is not None:
        return known
    day = draft.days.get("source_on", deed.today)
    same = items.same(session, kind, draft.texts["title"], draft.text("requester"), day)
    return items.get(session, same.id) if same is not None else None


def take(deed: Deed, rows: list[Row]) -> Taken:
    """Everything of the rows, in the caller's transaction. Raises ItemError with the line that it is about."""
    done = Taken()
    for row in rows:
        try:
            _take(deed, row, done)
        except ItemError as error:
            error.facts["line"] = row.draft.line
            raise
    return done


def _take(deed: Deed, row: Row, done: Taken) -> None:
    item = row.item
    if item is None:
        item = steps.enter(deed, _entry(deed, row))
        done.entered.append(item.id)
    is_news = item.id in done.entered
    if item.state in items.UNDER_WAY:
        is_news = _answer(deed, row, item, done) or is_news
        if row.outcome is not None:
            steps.close(deed, item.id, row.outcome)
            done.closed.append(item.id)
            is_news = True
    done.known += not is_news


def _entry(deed: Deed, row: Row) -> Entry:
    draft = row.draft
    return Entry(
        kind=row.kind,
        title=draft.texts["title"],
        source_on=draft.days.get("source_on", deed.today),
        department=row.department,
        officer=row.officer,
        cooperating=row.cooperating,
        source=draft.text("source"),
        requester=draft.text("requester"),
        due_on=draft.days.get("due"),
    )


def _answer(deed: Deed, row: Row, item: Item, done: Taken) -> bool:
    """What the row says as the lead department's reply, where that is new; the others' stay theirs. A row with an outcome
    answers for departments that have said nothing: the sheet's reply is the whole one."""
    said = row.draft.text("reply")
    if said is None or item.state is not ItemStage.OPEN:
        return False
    newest = items.replies(deed.session, [item])
    lead, words = item.parts[0], officers.alike(said)
    known = [newest[lead.id].text if lead.id in newest else "", reply_of(item, newest) or ""]
    wanted = [] if words in map(officers.alike, known) else [lead]
    if row.outcome is not None:
        wanted += [one for one in items.missing(item) if one is not lead]
    for part in wanted:
        on = row.draft.days.get("replied_on")
        steps.reply(deed, item.id, part.department_id, said, is_on_behalf=True, on=on)
    if wanted:
        done.answered.append(item.id)
    return bool(wanted)
