"""An item as a message with the buttons of its reader, a line of a list, and the list page by page."""

from __future__ import annotations

from datetime import date

from bot.chat.lists import page_of, paging, titled
from bot.chat.turn import Keyboard, Turn, button
from bot.items import whose
from bot.texts import render
from bot.texts.render import label, say
from jobs.items.rules import outcomes
from reports import items as listing
from reports.hours import hour_of
from reports.texts.states import ITEM_KIND_WORDS, ITEM_STAGE_WORDS, outcome_word
from store import items
from store.deliveries import Html, Message
from store.models import Item
from store.states import ItemStage

VIEW, PAGE = "itview", "itlist"
ANSWER, SAME = "itreply", "itsame"
ASK, CLOSE, BACK = "itask", "itclose", "itback"
BOOK = "itbook"
PER_PAGE = 7
MOST_OUTCOMES, A_ROW = 8, 3


def line(item: Item, today: date) -> Html:
    """One item in a list or in the daily message."""
    return render.text(
        "raised_line",
        number=item.id,
        kind=ITEM_KIND_WORDS[item.kind],
        title=item.title,
        due=item.due_on,
        hour=hour_of(item.due_minute),
        days=(item.due_on - today).days,
        is_told=item.state is ItemStage.CLOSING,
        is_complete=not items.missing(item),
        outcome=outcome_word(item.asked_outcome) if item.asked_outcome else "",
    )


def message(turn: Turn, item: Item, said: str = "") -> Message:
    """The whole item, and what its reader can do with it."""
    replies = items.replies(turn.session, [item])
    before = earlier(turn, item)
    text = render.text(
        "raised",
        said=said,
        number=item.id,
        kind=ITEM_KIND_WORDS[item.kind],
        title=item.title,
        state=outcome_word(item.outcome) if item.outcome else ITEM_STAGE_WORDS[item.state],
        requester=item.requester,
        source=item.source,
        day=item.source_on,
        due=item.due_on,
        original=item.first_due_on,
        hour=hour_of(item.due_minute),
        days=(item.due_on - turn.today).days,
        is_open=item.state is ItemStage.OPEN,
        officer=item.officer,
        parts=[
            {
                "department": one.department.name,
                "text": replies[one.id].text if one.id in replies else None,
                "on": one.replied_on,
            }
            for one in item.parts
        ],
        wanted=outcome_word(item.asked_outcome or "") if item.state is ItemStage.CLOSING else None,
        reason=item.sent_back_reason,
        earlier=before,
    )
    return Message(text, keyboard(turn, item, has_earlier=before is not None))


def earlier(turn: Turn, item: Item) -> dict[str, object] | None:
    """What the reader's department said last to the same requester; None where there is nothing, or a reply by now."""
    if item.state is not ItemStage.OPEN:
        return None
    mine = whose.own(turn, item) or [item.department]
    missing = {one.department_id for one in items.missing(item)}
    place = next((one.id for one in mine if one.id in missing), None)
    found = items.earlier(turn.session, item, place) if place is not None else None
    if found is None:
        return None
    return {"number": found[0].id, "on": found[0].source_on, "text": found[1].text}


def keyboard(turn: Turn, item: Item, *, has_earlier: bool) -> Keyboard:
    """Of the planning office: close, send back; of a department: answer, and ask to have it closed."""
    is_planner = whose.is_planner(turn)
    if item.state is ItemStage.CLOSING:
        return _closing_rows(item) if is_planner else []
    mine = whose.own(turn, item)
    if item.state is not ItemStage.OPEN or not (mine or is_planner):
        return []
    rows = [[button(label("items.button.answer", number=item.id), ANSWER, item.id, item.revision)]]
    if has_earlier and mine:
        rows[0].append(button(label("items.button.same"), SAME, item.id, item.revision))
    if not items.missing(item) and (is_planner or item.department in mine):
        rows += _outcome_rows(turn, item, CLOSE if is_planner else ASK)
    return rows


def _closing_rows(item: Item) -> Keyboard:
    """As it was asked for, or back."""
    asked = outcome_word(item.asked_outcome or "")
    close = button(label("items.button.close", outcome=asked), CLOSE, item.id, item.revision)
    return [[close, button(label("items.button.back"), BACK, item.id, item.revision)]]


def _outcome_rows(turn: Turn, item: Item, verb: str) -> Keyboard:
    """One button an outcome."""
    key = "items.button.close" if verb == CLOSE else "items.button.ask"
    drawn = [
        button(label(key, outcome=outcome_word(code)), f"{verb}{at}", item.id, item.revision)
        for at, code in enumerate(outcomes(turn.office.rules.items)[:MOST_OUTCOMES])
    ]
    return [drawn[at : at + A_ROW] for at in range(0, len(drawn), A_ROW)]


def page(turn: Turn, wanted: int) -> Message:
    """What the reader has to do with, and for the planning office the counts of everything."""
    found = whose.mine(turn)
    shown, current, pages = page_of(found, wanted, PER_PAGE)
    lines = [line(one, turn.today) for one in shown]
    is_planner = whose.is_planner(turn)
    hint, title, empty = say("items.hint"), label("items.title"), say("items.empty")
    if is_planner:
        hint = _counts(turn)
        empty = render.joined([say("items.empty-planner"), hint], "\n")
    text = titled(turn, title, len(found), lines, empty, hint, page=current, pages=pages)
    opened = [button(label("items.button.open", number=one.id), VIEW, one.id) for one in shown]
    rows = [opened[at : at + A_ROW] for at in range(0, len(opened), A_ROW)]
    if is_planner:
        rows.append([button(label("items.button.book"), BOOK)])
    return Message(text, rows + paging(PAGE, current, pages))


def _counts(turn: Turn) -> Html:
    """반영률, with both its counts and the open ones."""
    rows = listing.rows(turn.session, items.listed(turn.session), turn.office.zone, turn.now)
    found = listing.counts(rows)
    return say(
        "items.counts",
        total=found.total,
        done=found.answered,
        adopted=found.adopted,
        rate=found.rate,
        left=found.open,
        waiting=found.closing,
        late=found.overdue,
    )
