"""A request as people see it in chat: what is to be done, the planning office's list, one request, who has not replied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.asks import whose, worded
from bot.chat.lists import page_of, paging
from bot.chat.turn import Keyboard, Turn, button
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.texts import render
from bot.texts.render import label, words
from jobs.authority.permissions import Action
from plans.sheet.question import Form
from plans.sheet.returned import Value
from reports import asks as listing
from reports import checks
from reports.ask_words import kind_name
from reports.asks import Summary
from reports.hours import hour_of
from store import asks, rounds
from store.asks import Seat
from store.deliveries import Message
from store.models import Ask, AskAnswer, Round
from store.states import AnswerKind, AnswerState, AskState

VIEW, PAGE, FILL, NONE, VOID, SAME = "ask", "asks", "askfill", "asknone", "askvoid", "asksame"
LATER, CONFIRM, ALL, BACK = "asklater", "askok", "askall", "askback"
RESULT, REPEAT_END = "askresult", "askrepeatend"
SHARE, GATHER = "askshare", "askgather"
EXTEND, CANCEL, REOPEN, AGAIN, START = "askext", "askcancel", "askreopen", "asklike", "askbegin"
MISSING, BOOK, FORM, END, FREEZE = "askmiss", "askbook", "askform", "askend", "askfreeze"
MOST = 3  # requests of one's own with a button
PER_PAGE = 4
ROWS_SHOWN = 5
DOUBTS_SHOWN = 5
NAMES_SHOWN = 40
TITLE_MOST = 60


def page(turn: Turn, wanted: int = 1) -> Message:
    """What the person has to do, then, for the planning office, the open requests and self-checks with their counts, page by
    page."""
    own, waiting = whose.wanted(turn), whose.confirmable(turn)
    under_way = _under_way(turn) if whose.is_planner(turn) else []
    shown, current, pages = page_of(under_way, wanted, PER_PAGE)
    found = _summaries(turn, shown)
    text = render.text(
        "ask_list",
        rows=lines(turn, own[:MOST]),
        more=max(0, len(own) - MOST),
        waiting=lines(turn, waiting[:MOST]),
        waiting_more=max(0, len(waiting) - MOST),
        is_planner=whose.is_planner(turn),
        requests=found,
        total=len(under_way),
        page=current,
        pages=pages,
        today=turn.today,
    )
    rows: Keyboard = [
        [button(label("asks.button.answer", number=one.ask_id), FILL, one.answer_id)] for one in own[:MOST]
    ]
    rows += confirm_rows(turn)
    views = [
        button(label("asks.button.view", number=one.no, is_check=one.kind == checks.KIND), VIEW, one.no)
        for one in found
    ]
    rows += [views] if views else []
    rows += [[button(label("asks.button.new"), START)]] if whose.is_planner(turn) else []
    return Message(text, rows + paging(PAGE, current, pages))


def _under_way(turn: Turn) -> list[Ask | Round]:
    """What is asked now, the soonest due first; a self-check of which no day was said comes last."""
    found: list[Ask | Round] = [*asks.under_way(turn.session), *rounds.unsettled(turn.session)]
    return sorted(
        found, key=lambda one: (one.due_on if isinstance(one, Ask) else one.first_due_on) or date.max
    )


def _summaries(turn: Turn, shown: Sequence[Ask | Round]) -> list[Summary]:
    """In the same order; the replies of all requests are counted in one look."""
    zone = turn.office.zone
    requests = [one for one in shown if isinstance(one, Ask)]
    counted = iter(listing.summaries(turn.session, turn.now, zone, requests))
    return [
        next(counted) if isinstance(one, Ask) else checks.summary(turn.session, one, turn.now, zone)
        for one in shown
    ]


def lines(turn: Turn, seats: list[Seat]) -> list[dict[str, object]]:
    """Each as a line has it: number, title, day and hour, how many days are left; of several departments whose it is."""
    titles = asks.by_numbers(turn.session, {one.ask_id for one in seats})
    return [
        {
            "number": one.ask_id,
            "title": render.cut(titles[one.ask_id].title, TITLE_MOST),
            "day": one.due_on,
            "hour": hour_of(one.due_minute),
            "left": (one.due_on - turn.today).days,
        }
        for one in seats
    ]


def confirm_rows(turn: Turn) -> Keyboard:
    """[모두 확인] and [하나씩], where the person has some to confirm."""
    waiting = whose.confirmable(turn)
    return confirm_buttons(waiting) if waiting else []


def confirm_buttons(waiting: list[Seat]) -> Keyboard:
    """`waiting`: the replies that the reader is told of."""
    if len(waiting) == 1:
        return [[button(label("asks.button.see-one"), VIEW, waiting[0].ask_id)]]
    name = label("asks.button.confirm-all", count=len(waiting))
    every = button(name, ALL, len(waiting), whose.sign_of(waiting))
    return [[every, button(label("asks.button.one-by-one"), VIEW, waiting[0].ask_id)]]


def message(turn: Turn, of: Ask, said: str = "") -> Message:
    """One request: what is asked and by when; the reader's own reply, and for the planning office the counts."""
    own = whose.own_or_none(turn, of.id)
    rows = asks.rows(turn.session, own) if own is not None and own.version else []
    form, due = listing.form_of(of), listing.due_on(of, own)
    planned = whose.is_planner(turn)
    is_open, is_given = of.state is AskState.OPEN, own is not None and own.state in asks.GIVEN
    text = render.text(
        "ask_one",
        said=said,
        number=of.id,
        title=of.title,
        basis=of.basis,
        state=worded.states()[listing.state_of(of, turn.today)],
        kind=kind_name(of.kind),
        due=due,
        original=of.first_due_on if of.first_due_on != due else None,
        hour=hour_of(of.due_minute),
        left=(due - turn.today).days if is_open else None,
        fields=[] if is_given and not planned else worded.fields(form),
        rows_wanted=rows_wanted(of, own.department_id if own is not None else None),
        own_state=own_state(own) if own is not None else None,
        rows=[row_line(form, one.cells) for one in rows[:ROWS_SHOWN]],
        more=max(0, len(rows) - ROWS_SHOWN),
        handed=_handed(turn, own) if own is not None and own.state in asks.OUTSTANDING else [],
        reason=own.sent_back_reason if own is not None and own.state is AnswerState.SENT_BACK else None,
        found=listing.summary(turn.session, of, turn.now, turn.office.zone) if planned else None,
        doubts=doubts(turn, own),
        series=_series(turn, of),
    )
    return Message(text, _keyboard(turn, of, own))


def _series(turn: Turn, of: Ask) -> dict[str, object] | None:
    """How it comes again, for the planning office."""
    found = asks.series_of(turn.session, of) if whose.is_planner(turn) else None
    if found is None or found.ended_at is not None:
        return None
    return {"every": found.said, "opens": found.opens_on, "due": found.due_on}


def doubts(turn: Turn, own: AskAnswer | None) -> list[str]:
    """What does not fit in the reply, as questions to whoever sees it."""
    found = listing.doubts_of(turn.session, own) if own is not None else []
    return [guard.words(one) for one in found[:DOUBTS_SHOWN]]


def _handed(turn: Turn, own: AskAnswer) -> list[tuple[str, int | None]]:
    """Whom rows were handed to, and how many each has filled in; None: not yet."""
    return [
        (guard.named(one.officer), len(one.rows) if one.filled_at is not None else None)
        for one in asks.parts(turn.session, own.id)
    ]


def rows_wanted(of: Ask, department_id: int | None = None) -> str:
    """Of a department, or of any of them."""
    return rows_said(*(asks.bounds(of, department_id) if department_id else (of.rows_least, of.rows_most)))


def about(own: AskAnswer, row: int) -> str:
    """What the row is about, where the request is over a list."""
    given = asks.given(own.ask, own.department_id)
    if row >= len(given):
        return ""
    form = listing.form_of(own.ask)
    cells = (f"{one.name} {given[row][one.key]}" for one in form.given if given[row].get(one.key))
    return guard.words(" · ".join(cells))


def proposals(own: AskAnswer) -> list[dict[str, Value]]:
    """What the list proposes for the columns that are asked, a row each."""
    keys = [one.key for one in listing.form_of(own.ask).asked]
    given = asks.given(own.ask, own.department_id)
    return [{key: row[key] for key in keys if row.get(key) is not None} for row in given]


def proposes(own: AskAnswer) -> bool:
    """Whether every row could be handed in as it is proposed."""
    needed = {one.key for one in listing.form_of(own.ask).asked if one.is_needed}
    found = proposals(own)
    return bool(found) and all(needed <= row.keys() and row for row in found)


def rows_said(least: int, most: int | None) -> str:
    """How many rows a reply has, in words."""
    if most is None:
        return label(f"asks.rows.{'at-least' if least > 1 else 'any'}", count=least)
    if most == least:
        return label("asks.rows.exactly", count=least)
    return label("asks.rows.between", count=least, total=most)


def own_state(own: AskAnswer) -> str:
    """The state in a word; of a reply without rows, why."""
    state = worded.reply_states()[own.state]
    if own.kind in {None, AnswerKind.ROWS} or own.state not in asks.GIVEN:
        return state
    return f"{state} ({words('asks.reply')[own.kind]})"


def row_line(form: Form, cells: dict[str, Value]) -> str:
    """사업명 쉼터 · 금액 30: what was given, as one line."""
    named = ((one, cells[one.key]) for one in (*form.given[1:2], *form.asked) if one.key in cells)
    return guard.words(" · ".join(f"{one.name} {value_text(value)}" for one, value in named))


def value_text(value: Value) -> str:
    return f"{value:,g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def _keyboard(turn: Turn, of: Ask, own: AskAnswer | None) -> Keyboard:
    """Only what the reader may do with it as it stands."""
    rows: Keyboard = []
    is_open = of.state is AskState.OPEN and turn.today >= of.opens_on
    if own is not None and is_open:
        rows += own_rows(turn, own)
    if whose.is_planner(turn):
        rows.append(_buttons(of.id, 0, missing=MISSING, book=BOOK, form=FORM))
        if of.state is AskState.OPEN:
            rows.append(_buttons(of.id, 0, extend=EXTEND, close=END, cancel=CANCEL))
        rows.append(_buttons(of.id, 0, again_like=AGAIN))
        series = asks.series_of(turn.session, of)
        if series is not None and series.ended_at is None:
            rows.append(_buttons(of.id, 0, repeat_end=REPEAT_END))
        if of.state is AskState.FROZEN and of.notified_at is None:
            rows.append(_buttons(of.id, 0, result=RESULT))
    return rows


def own_rows(turn: Turn, own: AskAnswer) -> Keyboard:
    """What the reader may do with the department's reply."""
    rows: Keyboard = []
    is_mine = own.department_id in whose.departments(turn, Action.REPLY)
    if is_mine and own.state in (*asks.OUTSTANDING, AnswerState.ANSWERED):
        key = "again" if own.state is AnswerState.ANSWERED else "fill"
        rows.append([button(label(f"asks.button.{key}"), FILL, own.id, own.revision)])
        rows += no_rows(turn, own)
        rows += _parts_row(turn, own)
    step = asks.next_step(own.ask.steps, own.state)
    if step in asks.ABOVE and whose.may_confirm(turn, own):
        rows.append(_buttons(own.id, own.revision, **{str(step): CONFIRM}, back=BACK))
    return rows


def _parts_row(turn: Turn, own: AskAnswer) -> Keyboard:
    """[담당자에게 넘기기], and [모아서 제출] where somebody has filled in what was handed over."""
    if own.state not in asks.OUTSTANDING:
        return []
    filled = any(one.filled_at is not None for one in asks.parts(turn.session, own.id))
    return [_buttons(own.id, own.revision, **({"gather": GATHER} if filled else {}), share=SHARE)]


def no_rows(turn: Turn, own: AskAnswer) -> Keyboard:
    """[지난번과 같음] [0건] [해당 없음]: replies by one press; of one that is given only by [다시 내기]."""
    if own.state not in asks.OUTSTANDING:
        return []
    given = _buttons(own.id, own.revision, none=NONE, void=VOID)
    last = _buttons(own.id, own.revision, same=SAME) if proposes(own) or before(turn, own) is not None else []
    return [last, given] if last else [given]


def later_row(own: AskAnswer) -> Keyboard:
    return [_buttons(own.id, own.revision, later=LATER)]


def _buttons(number: int, revision: int, **verbs: str) -> list[dict[str, str]]:
    """A row of them, each called as the catalogue has it."""
    return [button(label(f"asks.button.{name}"), verb, number, revision) for name, verb in verbs.items()]


def before(turn: Turn, own: AskAnswer) -> AskAnswer | None:
    """What the department replied to the earlier request that this one is like; None where that asked for other things."""
    like = own.ask.like_id
    found = asks.answer_of(turn.session, like, own.department_id) if like is not None else None
    if found is None or found.state not in asks.GIVEN:
        return None
    is_alike = listing.form_of(found.ask).columns == listing.form_of(own.ask).columns
    return found if is_alike else None


def missing(turn: Turn, of: Ask) -> Message:
    """Who has not replied, by name, with whom to turn to."""
    replies = [one for one in asks.answers(turn.session, of.id) if one.state in asks.OUTSTANDING]
    owners = worded.owner_names(turn.session, [one.department_id for one in replies], turn.today)
    is_named = guard.lets(Part.ORGANISATION)
    text = render.text(
        "ask_missing",
        number=of.id,
        title=of.title,
        rows=[(one.department.name, owners.get(one.department_id, "")) for one in replies[:NAMES_SHOWN]]
        if is_named
        else [],
        is_named=is_named,
        more=max(0, len(replies) - NAMES_SHOWN) if is_named else 0,
        total=len(replies),
    )
    return Message(text, [_buttons(of.id, 0, back_to=VIEW)])
