"""The result as a page of its own (.html, A4 and phone) and as plain text (.txt), from one set of templates."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reports.quarterly import wording
from reports.quarterly.result import Previous, Rate, Result
from reports.quarterly.wording import CRITERIA, CRITERIA_SOURCE
from store.states import PLEDGE_WORDS, PledgeStatus

FIELD_WORDS = {
    "status": "추진상황",
    "title": "공약명",
    "area": "분야",
    "pledge": "공약",
    "department": "주관부서",
    "bureau": "국",
}


def html(result: Result) -> str:
    """One file without anything from outside; every text of the register is escaped."""
    return _environment().get_template("result.html").render(_facts(result))


def text(result: Result) -> str:
    """The whole result in lines, for a terminal or a mail."""
    return _environment().get_template("result.txt").render(_facts(result)).strip() + "\n"


def _facts(result: Result) -> dict[str, object]:
    shown = {status for column in result.columns for status in column.statuses}
    criteria = [(PLEDGE_WORDS[one], CRITERIA[one]) for one in PledgeStatus if one in shown]
    goal = wording.goal_words(result.rate, result.settings)
    return {"r": result, "goal": goal, "criteria": criteria, "criteria_source": CRITERIA_SOURCE}


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("reports", "quarterly/templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "day": wording.full_day,
        "percent": _percent,
        "difference": difference,
        "status": _status,
        "dash": lambda count: str(count) if count else "-",
        "moment": _moment,
        "local_day": _local_day,
        "field": lambda name: FIELD_WORDS.get(name, name),
    }
    return env


def _percent(rate: Rate) -> str:
    return f"{rate.value}%" if rate.value is not None else "-"


def difference(previous: Previous) -> str:
    """2.0%p↑ as the published form has it, with the unit that it should have."""
    rise = previous.difference
    if rise is None:
        return "비교할 수 없음"
    return f"{abs(rise)}%p{'↑' if rise > 0 else '↓'}" if rise else "변동 없음"


def _status(status: PledgeStatus | None, missing: str = "-") -> str:
    return PLEDGE_WORDS[status] if status is not None else missing


def _moment(instant: datetime) -> str:
    return f"{wording.full_day(instant.date())} {instant:%H:%M}"


def _local_day(instant: datetime | date) -> str:
    return f"{instant.year}. {instant.month}. {instant.day}."
