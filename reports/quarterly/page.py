"""The result as a page of its own (.html, A4 and phone) and as plain text (.txt), from one set of templates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reports import texts
from reports.quarterly import wording
from reports.quarterly.result import Rate, Result
from reports.texts.speaking import language
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

if TYPE_CHECKING:
    from jinja2 import Environment


def html(result: Result) -> str:
    """One file without anything from outside; every text of the register is escaped."""
    return _environment(language()).get_template("result.html").render(_facts(result))


def text(result: Result) -> str:
    """The whole result in lines, for a terminal or a mail."""
    return _environment(language()).get_template("result.txt").render(_facts(result)).strip() + "\n"


def _facts(result: Result) -> dict[str, object]:
    shown = {status for column in result.columns for status in column.statuses}
    criteria = [
        (PLEDGE_WORDS[one], wording.criteria(one, result.criteria)) for one in PledgeStatus if one in shown
    ]
    goal = wording.goal_words(result.rate, result.settings, result.period.year)
    source = wording.criteria_source(result)
    return {"r": result, "goal": goal, "criteria": criteria, "criteria_source": source}


@cache
def _environment(code: str) -> Environment:
    """The room's own of a language, with what only the result prints."""
    env = texts.CATALOGUE.of(code).environment.overlay()
    env.filters = env.filters | {
        "percent": _percent,
        "figures": lambda rate: f"{_percent(rate)} ({rate.done}/{rate.counted})",
        "difference": wording.difference_words,
        "status": _status,
        "before": wording.before_word,
        "after": wording.after_word,
        "dash": lambda count: str(count) if count else "-",
        "field": wording.field_word,
        "kind": wording.kind_word,
    }
    env.globals |= {"line": texts.line, "labels": texts.labels}
    return env


def _percent(rate: Rate) -> str:
    return f"{rate.value}%" if rate.value is not None else "-"


def _status(status: PledgeStatus | None) -> str:
    return PLEDGE_WORDS[status] if status is not None else "-"
