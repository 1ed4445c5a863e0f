"""An indicator in words: every number with its counts and its as-of day; what the rules of one refuse; periods as typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from bot.chat.turn import UsageError
from bot.texts.render import label, say
from jobs.indicators.figures import ends_of
from jobs.indicators.steps import Amount, IndicatorError
from jobs.milestones.adjustment import AdjustmentError
from plans.time.timeline import CannotSay, Context, read_time
from reports import texts
from reports.indicators import Count, KpiRow, grouped, share
from reports.texts.states import JUDGEMENT_WORDS
from store.deliveries import Html
from store.models import Indicator
from store.states import IndicatorKind, Judgement

RATE_SIGN = "%"
OF_TWO = "/"


@contextmanager
def refusals() -> Iterator[None]:
    """What the rules of an indicator refuse is told to whoever asked."""
    try:
        yield
    except IndicatorError as error:
        raise UsageError(refusal(error)) from error
    except AdjustmentError as error:
        raise UsageError(say("indicators.refusal.adjusting", number=error.facts.get("number"))) from error


def refusal(error: IndicatorError) -> Html:
    """The sentence of a step that cannot be taken."""
    return say(f"indicators.refusal.{error.code}", **error.facts)


def amount_of(kind: IndicatorKind, said: str) -> Amount:
    """What was typed of a value: 412, of a ratio 412/520, else words."""
    text = said.strip()
    if kind in {IndicatorKind.TEXT, IndicatorKind.GRADE}:
        return Amount(words=text)
    if kind is IndicatorKind.RATIO and text.endswith(RATE_SIGN):
        raise IndicatorError("two-counts")
    number, is_two, second = text.partition(OF_TWO)
    return Amount(number.strip(), second.strip() if is_two else None)


def target_of(kind: IndicatorKind, said: str) -> Amount:
    """The same of a target: a ratio is aimed at as so many of a hundred (80%)."""
    text = said.strip()
    return amount_of(kind, text.removesuffix(RATE_SIGN) if kind is IndicatorKind.RATIO else text)


def period_of(indicator: Indicator, said: str, today: date) -> date:
    """The last day of the period that was typed (6월, 2분기, 2031. 6.). Raises IndicatorError."""
    found = read_time(said, Context(today.year))
    if isinstance(found, CannotSay) or len(found.windows) != 1 or found.windows[0].due is None:
        raise IndicatorError("no-period-said", said=said)
    due = found.windows[0].due
    ends = [end for end in ends_of(indicator, due.year) if end >= due]
    if not ends:
        raise IndicatorError("no-period", number=indicator.id, day=due)
    return ends[0]


def told(count: Count | None, unit: str | None) -> str:
    """412건, both counts of a ratio and what they come to, a grade, words; a dash for nothing."""
    return texts.line("indicators.told", **facts(count, unit))


def facts(count: Count | None, unit: str | None) -> dict[str, object]:
    """What the sentence of a count needs."""
    if count is None or count.number is None:
        return {
            "number": None,
            "of": None,
            "unit": unit,
            "share": None,
            "words": count.words if count else None,
        }
    return {
        "number": grouped(count.number),
        "of": grouped(count.of) if count.of is not None else None,
        "unit": unit,
        "share": share(count.number, count.of) if count.of is not None else None,
        "words": None,
    }


def line_of(row: KpiRow) -> str:
    """One line: what there is of what was planned, the rate, and the day up to which it counts."""
    return label("indicators.line", **line_facts(row))


def line_facts(row: KpiRow, *, is_chat: bool = False) -> dict[str, object]:
    """What the line needs; in chat nothing but the number of a secret task's."""
    if is_chat and row.secret:
        nothing = dict.fromkeys(("reached", "planned", "rate", "as_of", "state", "first"))
        return {"number": row.no, "name": label("indicators.hidden"), **nothing}
    return {
        "number": row.no,
        "name": row.name,
        "reached": told(row.reached, row.unit)
        if row.reached and not (is_chat and row.kind == "text")
        else None,
        "planned": told(row.planned, row.unit) if row.planned else None,
        "rate": row.rate,
        "as_of": row.as_of,
        "state": JUDGEMENT_WORDS[Judgement(row.judgement)] if row.judgement else state_of(row),
        "first": first_told(row),
    }


def name_of(one: Indicator) -> str:
    """As a message may have it."""
    return label("indicators.hidden") if one.task is not None and one.task.is_secret else one.name


def state_of(row: KpiRow) -> str:
    """What its pace says, in a word."""
    return texts.words("indicators.state").get(row.state or "", "")


def first_told(row: KpiRow) -> str | None:
    """당초목표 and the adjustment, where the year's target was changed."""
    changed = next((one for one in row.targets if one.first is not None and one.month is None), None)
    if changed is None:
        return None
    return label(
        "indicators.changed", before=told(changed.first, row.unit), now=told(changed, row.unit),
        number=changed.adjustment,
    )  # fmt: skip
