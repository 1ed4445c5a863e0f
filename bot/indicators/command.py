"""/kpi: indicators — one's own or those in reach, laggards first; a value by a number, or [지난달과 같음]."""

from __future__ import annotations

from datetime import date

from bot.chat.command import Command
from bot.chat.lists import Pages
from bot.chat.turn import Press, RefusedError, Turn, UsageError, ensure_words, note, numbered
from bot.indicators import laggards, sheet, shown, vocabulary, whose, worded
from bot.indicators.picture import PICTURE
from bot.indicators.worded import refusals
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.indicators import steps
from jobs.indicators.figures import open_period
from jobs.indicators.steps import Amount, IndicatorError
from plans.text.spelling import squeeze
from store import indicators
from store.models import Dialogue, Indicator

VALUE, SURE = "kpi-value", "kpi-sure"


def kpi(turn: Turn, text: str) -> None:
    """Alone: the list. With a number: that indicator, or its value that the words behind it say. 부진: what is asked about
    what is behind."""
    found = numbered(text)
    first, _, rest = text.strip().partition(" ")
    if first.casefold() in vocabulary.LAGGARDS:
        laggards.show(turn, rest)
        return
    if not found.ids:
        _named(turn, text) if text.strip() else HOME.show(turn)
        return
    of = whose.indicator_of(turn, found.ids[0])
    rest = vocabulary.NUMBER.sub("", text.strip(), count=1)
    if rest:
        _take(turn, of, rest)
    else:
        turn.say(shown.message(turn, of))


def _named(turn: Turn, text: str) -> None:
    """The one whose name has the words, or the list of them. Raises UsageError for none."""
    wanted = squeeze(text)
    found = [one for one in indicators.names(turn.session, *whose.mine(turn)) if wanted in squeeze(one.name)]
    if not found:
        raise UsageError(
            say("indicators.no-such-name", said=text.strip()), example=label("indicators.example")
        )
    if len(found) == 1:
        turn.say(shown.message(turn, whose.indicator_of(turn, found[0].number)))
        return
    turn.say(shown.named(turn, [one.number for one in found]))


def _take(turn: Turn, of: Indicator, text: str) -> None:
    """[기간] 값: of the named period, else of the newest one without a value."""
    _ensure_enters(turn, of)
    if "".join(text.casefold().split()) in vocabulary.SAME:
        _same(turn, of, None)
        return
    with refusals():
        end, said = worded.period_and_rest(of, text, turn.today)
        _enter(turn, of, end or _open(turn, of), worded.amount_of(of.kind, said, of.unit))


def _open(turn: Turn, of: Indicator) -> date:
    found = open_period(indicators.rows_of(turn.session, of), turn.today)
    if found is None:
        raise UsageError(
            say("indicators.no-open", number=of.id), example=label("indicators.example-period", number=of.id)
        )
    return found


def _ensure_enters(turn: Turn, of: Indicator) -> None:
    if not whose.may_enter(turn, of):
        raise RefusedError(say("indicators.not-yours", number=of.id))


def _enter(turn: Turn, of: Indicator, end: date, amount: Amount, *, is_sure: bool = False) -> None:
    """A sum to date that falls is asked back before it counts. Raises IndicatorError."""
    if amount.words is not None:
        ensure_words("note")
        amount = Amount(words=note(amount.words) or "")
    try:
        steps.enter_value(turn.deed, of.id, end, amount, is_sure=is_sure)
    except IndicatorError as error:
        if error.code != "lower":
            raise
        turn.ask(
            SURE, "text", indicator=of.id, end=end.isoformat(), number=amount.number, second=amount.second
        )
        turn.answer(
            "kpi_sure", number=of.id, name=_name(of), said=amount.number, before=error.facts["before"]
        )
        return
    _told(turn, of, end)


def _told(turn: Turn, of: Indicator, end: date) -> None:
    fresh = whose.indicator_of(turn, of.id)
    turn.say(shown.message(turn, fresh, label("indicators.entered", day=end)))


def _same(turn: Turn, of: Indicator, end: date | None) -> None:
    with refusals():
        at = end or _open(turn, of)
        steps.same_as_before(turn.deed, of.id, at)
    _told(turn, of, at)


def _name(of: Indicator) -> str:
    return worded.name_of(of)


# --- what was pressed


def press_view(turn: Turn, press: Press) -> None:
    turn.say(shown.message(turn, whose.indicator_of(turn, press.id)))


def press_enter(turn: Turn, press: Press) -> None:
    """The value is asked."""
    of = whose.indicator_of(turn, press.id)
    _ensure_enters(turn, of)
    end = _open(turn, of)
    turn.ask(VALUE, "text", indicator=of.id, end=end.isoformat())
    turn.answer(
        "kpi_ask", number=of.id, name=_name(of), day=end, unit=of.unit, kind=of.kind.value, is_total=of.says_total,
        first=of.first_count, second=of.second_count, scale=of.scale,
    )  # fmt: skip


def press_same(turn: Turn, press: Press) -> None:
    """As in the period before; a button that is older than the newest value changes nothing."""
    of = whose.indicator_of(turn, press.id)
    _ensure_enters(turn, of)
    if press.revision != of.revision:
        turn.say(shown.message(turn, of, label("indicators.moved-on")))
        return
    _same(turn, of, None)


def press_draw(turn: Turn, press: Press) -> None:
    """Its picture by month."""
    of = whose.indicator_of(turn, press.id)
    caption = render.text(
        "file_caption", what=say("indicators.picture-caption", number=of.id, name=_name(of))
    )
    turn.send_file(PICTURE, caption, indicator=str(of.id), officer=str(turn.actor.officer.id))


def carry_value(turn: Turn, asked: Dialogue, text: str) -> None:
    of = whose.indicator_of(turn, int(asked.data["indicator"]))
    _ensure_enters(turn, of)
    end = date.fromisoformat(asked.data["end"])
    if "".join(text.casefold().split()) in vocabulary.SAME:
        turn.forget_asked()
        _same(turn, of, end)
        return
    with refusals():
        amount = worded.amount_of(of.kind, text, of.unit)
        turn.forget_asked()
        _enter(turn, of, end, amount)


def carry_sure(turn: Turn, asked: Dialogue, text: str) -> None:
    """맞음: the lower sum counts; another number is taken as the value."""
    of = whose.indicator_of(turn, int(asked.data["indicator"]))
    _ensure_enters(turn, of)
    end, is_sure = date.fromisoformat(asked.data["end"]), text.strip().casefold() in vocabulary.RIGHT
    with refusals():
        amount = (
            Amount(asked.data["number"], asked.data["second"])
            if is_sure
            else worded.amount_of(of.kind, text, of.unit)
        )
        turn.forget_asked()
        _enter(turn, of, end, amount, is_sure=is_sure)


def press_list(turn: Turn, press: Press) -> None:
    """Under another message: what /kpi alone says. A page of a department's list, or of all."""
    if not press.id:
        HOME.show(turn)
        return
    turn.rewrite_pressed(shown.page(turn, press.id, press.revision))


HOME, SLOW = Pages(shown.home), Pages(shown.behind)


COMMAND = Command(
    name="kpi",
    effect=kpi,
    action=Action.KPI_VALUE,
    buttons={
        shown.VIEW: press_view,
        shown.PAGE: press_list,
        shown.PLACES: HOME.turn_page,
        shown.BEHIND: SLOW.turn_page,
        shown.ENTER: press_enter,
        shown.SAME: press_same,
        shown.DRAW: press_draw,
        sheet.TAKE: sheet.press_take,
        sheet.DROP: sheet.press_drop,
        laggards.SHOW: laggards.press_show,
        laggards.OPEN: laggards.press_open,
        laggards.BOOK: laggards.press_book,
        laggards.PAPER: laggards.press_book,
    },
    dialogues={VALUE: carry_value, SURE: carry_sure, sheet.COLUMN: sheet.carry_column},
)
