"""Words of the result that come from its numbers: the comment's draft (총평), footnotes, rates and names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reports import texts
from reports.quarterly.changes import Move
from reports.quarterly.result import Finding, Previous, Rate, Result, StatusColumn, goal_of
from reports.quarterly.rows import Quarter, Row
from reports.settings import RoundSettings
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

_TOTAL = re.compile(r"^(총|합|소)?계$")


def letters(name: str) -> str:
    """A bureau's name without counts in brackets, dots and spaces: "실(2)단(3)" and "실·단" are one."""
    return "".join(char for char in re.sub(r"\([^()]*\)", "", name) if char.isalnum())


def is_total(name: str) -> bool:
    return bool(_TOTAL.match("".join(name.split())))


def criteria(
    status: PledgeStatus, own: Mapping[PledgeStatus, tuple[str, ...]] = MappingProxyType({})
) -> tuple[str, ...]:
    """What a status means, as officers read it when they choose one; in the organisation's own words where it has them."""
    return own.get(status) or texts.labels(f"result.criteria.of.{status.value}")


def criteria_source(result: Result) -> str:
    """From where the criteria are; a document that names none, and has criteria, stands for itself."""
    if result.criteria_source or not result.criteria:
        return result.criteria_source or texts.line("result.criteria.source")
    return texts.line("result.criteria.own")


def before_word(move: Move) -> str:
    """What the project was a quarter ago."""
    return PLEDGE_WORDS[move.before] if move.before is not None else texts.line("result.new")


def after_word(move: Move) -> str:
    return PLEDGE_WORDS[move.after] if move.after is not None else texts.line("result.gone")


def field_word(field: str) -> str:
    """What a corrected field is called."""
    return texts.words("result.fields").get(field, field)


def kind_word(finding: Finding) -> str:
    """What a finding is called: 원문과 다름."""
    return texts.words("result.source.kinds")[finding.kind]


def count_words(columns: Sequence[StatusColumn]) -> str:
    """완료 / 이행 후 계속추진 33건, 정상추진 15건, 일부추진 1건"""
    shown = [one for one in columns if one.count]
    return ", ".join(texts.line("result.count", label=one.label, count=one.count) for one in shown)


def rate_words(rate: Rate) -> str:
    """67.3%(33/49)"""
    return (
        f"{rate.value}%({rate.done}/{rate.counted})"
        if rate.value is not None
        else texts.line("result.no-rate")
    )


def goal_words(
    rate: Rate, settings: RoundSettings, year: int | None = None, plan: str | None = None
) -> str | None:
    """목표 90%(66개 가운데 60개)까지 9개 부족; None without a goal."""
    goal = goal_of(rate, settings, year, plan)
    if goal is None:
        return None
    percent = f"{goal.percent.normalize():f}"
    return texts.line(
        f"result.goal.{'short' if goal.short else 'reached'}",
        percent=percent,
        counted=rate.counted,
        wanted=goal.wanted,
        short=goal.short,
    )


def difference_words(previous: Previous) -> str:
    """2.0%p↑ as the published form has it, with the unit that it should have."""
    rise = previous.difference
    if rise is None:
        return texts.line("result.difference.unknown")
    return f"{abs(rise)}%p{'↑' if rise > 0 else '↓'}" if rise else texts.line("result.difference.none")


def comment(
    columns: Sequence[StatusColumn],
    rate: Rate,
    previous: Previous | None,
    quarter: Quarter,
    settings: RoundSettings,
) -> tuple[str, ...]:
    """총평 as drafted from the numbers, for the planning office to edit."""
    total = sum(one.count for one in columns)
    lines = [texts.line("result.comment.counts", total=total, counts=count_words(columns))]
    if previous is not None:
        lines += [_against(previous, rate, settings), _moves(previous)]
    return (*lines, _open_areas(quarter.rows, settings), _adjusting(quarter))


def _against(previous: Previous, rate: Rate, settings: RoundSettings) -> str:
    return texts.line(
        "result.comment.against",
        rate_name=settings.rate_name,
        rate=rate_words(rate),
        period=previous.period.short,
        before=rate_words(previous.rate),
        trend=_trend(previous),
    )


def _trend(previous: Previous) -> str:
    rise = previous.difference
    if not rise:
        return texts.line(f"result.comment.trend-{'unknown' if rise is None else 'same'}")
    return texts.line(f"result.comment.trend-{'up' if rise > 0 else 'down'}", by=abs(rise))


def _moves(previous: Previous) -> str:
    moves = previous.changes.moves
    if not moves:
        return texts.line("result.comment.no-moves")
    listed = _listed(Counter(after_word(one) for one in moves))
    return texts.line("result.comment.moves", count=len(moves), listed=listed)


def _listed(counts: Counter[str]) -> str:
    parts = (texts.line("result.comment.part", name=name, count=count) for name, count in counts.items())
    return ", ".join(parts)


def _open_areas(rows: Sequence[Row], settings: RoundSettings) -> str:
    """Where what is still to be done lies, most first."""
    closed = {*settings.done_statuses, *settings.excluded_statuses}
    areas = Counter(row.area for row in rows if row.status not in closed)
    if not areas:
        return texts.line("result.comment.all-done")
    listed = _listed(Counter(dict(areas.most_common())))
    return texts.line("result.comment.open", count=areas.total(), listed=listed)


def _adjusting(quarter: Quarter) -> str:
    found = quarter.adjustments
    if not found:
        return texts.line("result.comment.no-adjustments")
    listed = ", ".join(one.no or one.title for one in found)
    return texts.line("result.comment.adjustments", count=len(found), listed=listed)


def footnotes(columns: Sequence[StatusColumn], settings: RoundSettings) -> tuple[str, ...]:
    """The formula, the rounding, and which share was adjusted so that the row adds to 100."""
    formula = texts.line(
        "result.footnotes.formula",
        rate_name=settings.rate_name,
        done=[PLEDGE_WORDS[one] for one in PledgeStatus if one in settings.done_statuses],
        excluded=[PLEDGE_WORDS[one] for one in PledgeStatus if one in settings.excluded_statuses],
        places=texts.labels("result.footnotes.places")[settings.decimals],
        rounding=texts.words("result.footnotes.rounding")[settings.rounding],
    )
    adjusted = [one for one in columns if one.plain is not None]
    if not adjusted:
        return (formula,)
    counted = sum(one.count for one in columns if one.share is not None)
    each = (texts.line("result.footnotes.adjusted-part", one=one, counted=counted) for one in adjusted)
    return formula, texts.line("result.footnotes.adjusted", listed=", ".join(each))
