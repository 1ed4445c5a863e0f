"""/item: what was raised and wants a reply — entered and closed by the planning office, answered by departments."""

from __future__ import annotations

from datetime import date

from bot.chat.command import Command, misused
from bot.chat.lists import Pages
from bot.chat.names import party
from bot.chat.turn import Press, RefusedError, Turn, UsageError, ensure_words, note, numbered
from bot.items import entering, sheet, shown, vocabulary, whose
from bot.items.worded import outcome_before, outcome_words, refusals
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.items import steps
from jobs.items.rules import outcomes
from store import items
from store.models import Dialogue, Item
from store.states import ItemStage

REPLY, REASON = "item-reply", "item-reason"


def item(turn: Turn, text: str) -> None:
    """Alone: the list. With a number: that item, or what the words behind it say. Else a new one, by the planning office."""
    found = numbered(text)
    if not found.ids and not text.strip():
        PAGES.show(turn)
        return
    if not found.ids:
        _enter(turn, text)
        return
    number, rest = found.ids[0], vocabulary.NUMBER.sub("", text.strip(), count=1)
    of = whose.item_of(turn, number)
    if not rest:
        turn.say(shown.message(turn, of))
    elif not _verb(turn, of, rest):
        _answer(turn, of, rest)


def _enter(turn: Turn, text: str) -> None:
    if not whose.is_planner(turn):
        raise misused("items.which", "item")
    made = entering.enter(turn, text, label("items.example-new"))
    turn.say(shown.message(turn, made, label("items.added", number=made.id)))


def _verb(turn: Turn, of: Item, rest: str) -> bool:
    """A step by its word; False for words that are a reply."""
    word, _, more = rest.partition(" ")
    verb, more = word.casefold(), more.strip()
    if verb in vocabulary.FINISH:
        _finish(turn, of, _outcome(turn, of, more))
    elif verb in vocabulary.REPLY and more:
        _reply(turn, of, more)
    elif whose.is_planner(turn) and (step := _PLANNERS.get(verb)) is not None:
        step(turn, of, more)
    else:
        return False
    return True


def _outcome(turn: Turn, of: Item, text: str) -> str:
    found, rest = outcome_before(text, turn.office.rules.items)
    if found is None or rest:
        choices = outcome_words(turn.office.rules.items)
        raise UsageError(
            say("items.refusal.unknown-outcome", choices=choices),
            example=label("items.example-finish", number=of.id),
        )
    return found


def _answer(turn: Turn, of: Item, text: str) -> None:
    """반영 8월에 설치하겠습니다: the reply, and with an outcome in front closing is asked for as well."""
    if "".join(text.casefold().split()) in vocabulary.SAME:
        _same(turn, of)
        return
    if not whose.own(turn, of):
        raise UsageError(say("items.how-planner"), example=label("items.example-close", number=of.id))
    outcome, rest = outcome_before(text, turn.office.rules.items)
    if outcome is None or not rest:
        _reply(turn, of, text)
        return
    done = _replied(turn, of, rest)
    if items.missing(done) or done.department not in whose.own(turn, done):
        turn.say(shown.message(turn, done, _told(done)))
    else:
        _finish(turn, done, outcome)


def _reply(turn: Turn, of: Item, text: str) -> None:
    done = _replied(turn, of, text)
    turn.say(shown.message(turn, done, _told(done)))


def _replied(turn: Turn, of: Item, text: str) -> Item:
    ensure_words("note")
    where = whose.answering(turn, of)
    on_behalf = where not in whose.own(turn, of)
    said = note(text) or ""
    with refusals():
        return steps.reply(turn.deed, of.id, where.id, said, is_on_behalf=on_behalf)


def _told(done: Item) -> str:
    left = [one.department.name for one in items.missing(done)]
    return label("items.replied", departments=left)


def _finish(turn: Turn, of: Item, outcome: str, revision: int | None = None) -> None:
    if of.department not in whose.own(turn, of) and not whose.is_planner(turn):
        raise RefusedError(say("items.lead-only", department=of.department.name))
    with refusals():
        done = steps.ask_to_close(turn.deed, of.id, outcome, revision)
    turn.say(shown.message(turn, done, label("items.finished")))


def _close(turn: Turn, of: Item, text: str) -> None:
    outcome = _outcome(turn, of, text) if text else None
    _closed(turn, of, outcome, None)


def _closed(turn: Turn, of: Item, outcome: str | None, revision: int | None) -> None:
    with refusals():
        done = steps.close(turn.deed, of.id, outcome, revision)
    turn.say(shown.message(turn, done, label("items.closed")))


def _back(turn: Turn, of: Item, text: str, revision: int | None = None) -> None:
    asked_by = of.asked_by_id
    reason = note(text, is_optional=True) or ""
    with refusals():
        done = steps.send_back(turn.deed, of.id, reason, revision)
    if asked_by is not None and asked_by != turn.actor.officer.id:
        turn.tell(asked_by, "item-back", "raised_back", number=of.id, title=of.title, reason=reason)
    turn.say(shown.message(turn, done, label("items.sent-back")))


def _reopen(turn: Turn, of: Item, text: str) -> None:
    with refusals():
        done = steps.reopen(turn.deed, of.id, note(text, is_optional=True) or "")
    turn.say(shown.message(turn, done, label("items.reopened")))


def _drop(turn: Turn, of: Item, text: str) -> None:
    with refusals():
        done = steps.drop(turn.deed, of.id, note(text, is_optional=True) or "")
    turn.say(shown.message(turn, done, label("items.dropped")))


def _extend(turn: Turn, of: Item, text: str) -> None:
    found = read(text, turn.ahead())
    if found is None or not isinstance(found.value, date):
        raise UsageError(say("items.extend-how"), example=label("items.example-extend", number=of.id))
    with refusals():
        done = steps.extend(turn.deed, of.id, found.value, note(found.rest, is_optional=True) or "")
    turn.say(shown.message(turn, done, label("items.extended")))


def _assign(turn: Turn, of: Item, text: str) -> None:
    example = label("items.example-assign", number=of.id)
    named = party(turn.session, text, example=example)
    there = [one for one in named.people if one.department_id == of.department_id]
    if not named.is_nobody and len(there) != 1:
        raise UsageError(say("items.no-officer", department=of.department.name), example=example)
    with refusals():
        done = steps.assign(turn.deed, of.id, None if named.is_nobody else there[0])
    turn.say(shown.message(turn, done, label("items.assigned")))


_PLANNERS = {
    **dict.fromkeys(vocabulary.CLOSE, _close),
    **dict.fromkeys(vocabulary.BACK, _back),
    **dict.fromkeys(vocabulary.REOPEN, _reopen),
    **dict.fromkeys(vocabulary.EXTEND, _extend),
    **dict.fromkeys(vocabulary.ASSIGN, _assign),
    **dict.fromkeys(vocabulary.DROP, _drop),
}
"""Steps that are the planning office's, by their words."""


def _same(turn: Turn, of: Item) -> None:
    """지난번과 같음: what the department said last to the same requester is its reply to this."""
    where = whose.answering(turn, of)
    before = items.earlier(turn.session, of, where.id)
    if before is None:
        raise UsageError(say("items.nothing-before"))
    _reply(turn, of, before[1].text)


# --- what was pressed


def _drawn(turn: Turn, press: Press) -> Item | None:
    """The item as the button was drawn for it (0: whatever it is); where it has moved on, it is shown and None given."""
    of = whose.item_of(turn, press.id)
    if press.revision in (0, of.revision):
        return of
    turn.say(shown.message(turn, of, label("items.moved-on")))
    return None


def press_view(turn: Turn, press: Press) -> None:
    turn.say(shown.message(turn, whose.item_of(turn, press.id)))


def press_answer(turn: Turn, press: Press) -> None:
    """The reply is asked."""
    if (of := _drawn(turn, press)) is None:
        return
    if of.state is not ItemStage.OPEN:
        turn.say(shown.message(turn, of, label("items.moved-on")))
        return
    ensure_words("note")
    where = whose.answering(turn, of)
    turn.ask(REPLY, "text", item=of.id)
    turn.answer("raised_ask", number=of.id, title=of.title, department=where.name)


def carry_reply(turn: Turn, asked: Dialogue, text: str) -> None:
    of = whose.item_of(turn, int(asked.data["item"]))
    turn.forget_asked()
    if of.state is not ItemStage.OPEN:
        turn.say(shown.message(turn, of, label("items.moved-on")))
    elif "".join(text.casefold().split()) in vocabulary.SAME:
        _same(turn, of)
    else:
        _reply(turn, of, text)


def press_same(turn: Turn, press: Press) -> None:
    if (of := _drawn(turn, press)) is not None:
        _same(turn, of)


def _chosen(turn: Turn, press: Press, verb: str) -> str | None:
    """The outcome of the button; None where it has none: as was asked."""
    at = press.verb.removeprefix(verb)
    found = outcomes(turn.office.rules.items)
    return found[int(at)] if at and int(at) < len(found) else None


def press_ask(turn: Turn, press: Press) -> None:
    of, outcome = _drawn(turn, press), _chosen(turn, press, shown.ASK)
    if of is not None and outcome is not None:
        _finish(turn, of, outcome, press.revision)


def press_close(turn: Turn, press: Press) -> None:
    if (of := _drawn(turn, press)) is not None:
        _closed(turn, of, _chosen(turn, press, shown.CLOSE), press.revision)


def press_back(turn: Turn, press: Press) -> None:
    """The reason is asked."""
    if (of := _drawn(turn, press)) is not None:
        turn.ask(REASON, "reason", item=of.id, revision=of.revision)
        turn.answer("raised_why", number=of.id, title=of.title)


def carry_reason(turn: Turn, asked: Dialogue, text: str) -> None:
    _ensure_planner(turn)
    of = whose.item_of(turn, int(asked.data["item"]))
    turn.forget_asked()
    _back(turn, of, text, int(asked.data["revision"]))


def _ensure_planner(turn: Turn) -> None:
    if not whose.is_planner(turn):
        raise RefusedError(say("items.planners-only"))


def press_book(turn: Turn, _press: Press) -> None:
    """The list as a file."""
    turn.send_file(
        "itembook", render.text("file_caption", what=label("items.title")), name=label("items.file")
    )


PAGES = Pages(shown.page)


_AT = range(shown.MOST_OUTCOMES)
COMMAND = Command(
    name="item",
    effect=item,
    action=Action.ITEM_REPLY,
    buttons={
        shown.VIEW: press_view,
        shown.PAGE: PAGES.show_or_turn,
        shown.ANSWER: press_answer,
        shown.SAME: press_same,
        **{f"{shown.ASK}{at}": press_ask for at in _AT},
    },
    dialogues={REPLY: carry_reply, REASON: carry_reason},
)
CLOSING = Command(
    name="item-closing",
    action=Action.ITEMS,
    buttons={
        shown.CLOSE: press_close,
        **{f"{shown.CLOSE}{at}": press_close for at in _AT},
        shown.BACK: press_back,
        shown.BOOK: press_book,
        sheet.TAKE: sheet.press_take,
        sheet.DROP: sheet.press_drop,
    },
    in_menu=False,
)
"""What the planning office presses."""
