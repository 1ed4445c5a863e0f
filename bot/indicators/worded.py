"""An indicator in words: every number with its counts and its as-of day; what the rules of one refuse; periods as typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from bot.chat.turn import UsageError
from bot.indicators import vocabulary
from bot.texts.render import label, say, words
from jobs.indicators.figures import ends_of
from jobs.indicators.sheet import Difference
from jobs.indicators.steps import Amount, IndicatorError
from jobs.milestones.adjustment import AdjustmentError
from plans.draft import Window
from plans.indicators.values import counted
from plans.sheet.indicator_words import HEADS
from plans.text.spelling import squeeze
from plans.time.english import Usage, read_english
from plans.time.timeline import CannotSay, Context, read_time
from reports import texts
from reports.indicators import Count, KpiRow, grouped, share
from reports.texts.states import JUDGEMENT_WORDS
from store.deliveries import Html
from store.indicators import Target
from store.models import Indicator
from store.states import IndicatorKind, IndicatorPeriod, Judgement

RATE_SIGN = "%"
LOOKS_BACK, DECEMBER = 183, 12  # days, the last month
OF_NUMBERS = frozenset({IndicatorKind.COUNT, IndicatorKind.RATIO, IndicatorKind.AMOUNT})


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


def amount_of(kind: IndicatorKind, said: str, unit: str | None = None) -> Amount:
    """What was typed of a value: 412, 1,250명, of a ratio 412/520, 72 of 90, 90건 중 72건, else words."""
    text = said.strip()
    if kind in {IndicatorKind.TEXT, IndicatorKind.GRADE}:
        return Amount(words=text)
    if kind is IndicatorKind.RATIO and text.endswith(RATE_SIGN):
        raise IndicatorError("two-counts")
    whole_first = vocabulary.AMONG.split(text, maxsplit=1)
    parts = whole_first[::-1] if len(whole_first) > 1 else vocabulary.OF.split(text, maxsplit=1)
    number, *second = (_digits(one, unit) for one in parts)
    return Amount(number, second[0] if second else None)


def _digits(text: str, unit: str | None) -> str:
    """The number without its unit; what is none stays as it was typed, for the rules to refuse."""
    found = counted(text, unit)
    return format(found, "f") if found is not None else text.strip()


def target_of(kind: IndicatorKind, said: str, unit: str | None = None) -> Amount:
    """The same of a target: a ratio is aimed at as so many of a hundred (80%)."""
    text = said.strip()
    return amount_of(kind, text.removesuffix(RATE_SIGN) if kind is IndicatorKind.RATIO else text, unit)


def period_and_rest(indicator: Indicator, said: str, today: date) -> tuple[date | None, str]:
    """The end of the period that is named before the value, or behind a number, and the value; None where none is named."""
    words = said.split()
    is_number = indicator.kind in OF_NUMBERS
    for count in range(min(len(words) - 1, vocabulary.MOST_PERIOD_WORDS), 0, -1):
        splits = [(words[:count], words[count:])]
        splits += [(words[-count:], words[:-count])] if is_number else []
        for named, rest in splits:
            if is_number and not rest[0][:1].isdigit():
                continue
            window = window_of(" ".join(named).rstrip(":"), today)
            if window is not None and _is_period(indicator, window):
                return _end(indicator, window), " ".join(rest)
    return None, " ".join(words)


def _is_period(indicator: Indicator, window: Window) -> bool:
    """A month or longer; of days only the last one of a period names it."""
    due = window.due
    return due is not None and (window.precision != "day" or due in ends_of(indicator, due.year))


def target_period(said: str, today: date) -> tuple[tuple[int, int | None] | None, str]:
    """Year and month (None: the whole year) that are named in front of a target, and what stands behind; None for no period."""
    words = said.split()
    for count in range(min(len(words) - 1, vocabulary.MOST_PERIOD_WORDS), 0, -1):
        window = _read(" ".join(words[:count]).rstrip(":"), today.year)
        if window is not None and window.due is not None and window.precision != "day":
            is_year = window.start == date(window.due.year, 1, 1) and window.due.month == DECEMBER
            return (window.due.year, None if is_year else window.due.month), " ".join(words[count:])
    return None, " ".join(words)


def count_of(row: Target) -> Count:
    """A target as it is told."""
    return Count(number=row.number, of=row.second, words=row.words)


def period_of(indicator: Indicator, said: str, today: date) -> date:
    """The last day of the period that was typed (6월, 2분기, 2031. 6., Oct, Q3). Raises IndicatorError."""
    window = window_of(said, today)
    if window is None or not _is_period(indicator, window):
        raise IndicatorError("no-period-said", said=said)
    return _end(indicator, window)


def _end(indicator: Indicator, window: Window) -> date:
    assert window.due is not None
    ends = [end for end in ends_of(indicator, window.due.year) if end >= window.due]
    if not ends:
        raise IndicatorError("no-period", number=indicator.id, day=window.due)
    return ends[0]


def window_of(said: str, today: date) -> Window | None:
    """The period that the words name, in Korean or in English; one without a year may be of the months
    before the turn of the year (October, said in January). None where they name none."""
    found = _read(said, today.year)
    if found is not None and found.start is not None and found.start > today:
        earlier = _read(said, today.year - 1)
        if earlier is not None and earlier.due is not None and (today - earlier.due).days < LOOKS_BACK:
            return earlier
    return found


def _read(said: str, year: int) -> Window | None:
    for found in (read_time(said, Context(year)), read_english(said, Context(year), Usage())):
        if isinstance(found, CannotSay) or len(found.windows) != 1:
            continue
        if found.windows[0].due is not None:
            return found.windows[0]
    return None


def period_name(period: str, end: date) -> str:
    """What the period that ends on the day is called: 6월, 2분기, 상반기, 2026년."""
    facts = {"month": end.month, "year": end.year}
    match IndicatorPeriod(period):
        case IndicatorPeriod.MONTH:
            return label("indicators.period.month", **facts)
        case IndicatorPeriod.QUARTER:
            return label("indicators.period.quarter", **facts)
        case IndicatorPeriod.HALF:
            return label("indicators.period.half", **facts)
    return label("indicators.period.year", **facts)


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


def columns_of(said: Sequence[str]) -> dict[str, str]:
    """칸=머리글 -> field and the name of its column. Raises UsageError."""
    found = {}
    for one in said:
        name, is_set, column = one.partition("=")
        field = field_said(name)
        if not is_set or field is None:
            raise UsageError(say("indicators.no-column", said=one.strip(), choices=list(HEADS)))
        found[field] = column.strip()
    return found


def field_said(name: str) -> str | None:
    """A field of a register by its name, or by a word of its header."""
    typed = squeeze(name).casefold()
    return next((field for field, names in HEADS.items() if typed == field or typed in names), None)


def difference(one: Difference) -> str:
    """지표 7번 쉼터 이용: 2026년 목표 520 → 400."""
    return label(
        "indicators.difference",
        number=one.number,
        name=one.name,
        what=words("indicators.field")[one.what],
        year=one.year,
        month=one.month,
        before=one.before,
        said=one.said,
    )


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
