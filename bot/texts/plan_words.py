"""What the reader of plans says, in words: the sentence of a code with its facts, and what its forms have written in them.

They stand in `bot/texts/<language>/plans/` (findings.toml, errors.toml …) and are texts as a terminal, a file and JSON have
them. In a chat they are facts of a message, and pass the guard there like every word of a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from plans.draft import Account, Finding, PlanDraft
from plans.errors import PlanError
from plans.facts import Fault, Reason, figure
from plans.preview import by_year
from reports.texts import grammar
from reports.texts.catalogue import Spoken

if TYPE_CHECKING:
    from plans.sheet.writer import Example, Words

_MILLION, _THOUSAND = 1_000_000, 1_000
_EXAMPLE: Final = ("plan", "no", "task", "department", "officer", "entry", "expr")


def line(key: str, /, **facts: object) -> str:
    """A text of the reader with its facts."""
    return TEXTS.line(key, **facts)


def finding(one: Finding) -> str:
    """The sentence of a finding."""
    return line(f"findings.{one.code}", line=one.line, **one.facts)


def refusal(error: PlanError) -> str:
    """Why a file cannot be read, and what to do."""
    return line(f"errors.{error.code}", **error.facts)


def fault(one: Fault) -> str:
    """What is wrong with a row of a list."""
    return line(f"faults.{one.code}", line=one.line, **one.facts)


def reason(said: Reason) -> str:
    """Why a time cannot be said."""
    return line(f"words.reasons.{said['why']}", **said)


def faults(found: Iterable[Fault]) -> list[str]:
    return [fault(one) for one in found]


def account(one: Account) -> str:
    """날짜 214개: 등록 96, 확인 7, 실적 60, 기간 30, 통계·본문 21."""
    return line("account.shown", **one.facts)


def years(draft: PlanDraft) -> str:
    """2025년 96건 · 2026년 3건; "" where nothing is dated."""
    return line("account.years", years=by_year(draft))


def sheet() -> Words:
    """What stands in the spreadsheet of a plan."""
    from plans.sheet.writer import Words  # noqa: PLC0415 - openpyxl takes long to load

    plan, tasks, entries, goals = (line(f"sheet.{name}") for name in ("plan", "tasks", "entries", "goals"))
    return Words(plan, tasks, entries, goals, TEXTS.labels("sheet.help"))


def register() -> tuple[str, Sequence[str]]:
    """What stands in the sheet of the whole register: its name, and help above the table."""
    return line("sheet.register"), TEXTS.labels("sheet.register-help")


def example(year: int) -> Example:
    """What stands in the empty one."""
    from plans.sheet.writer import Example  # noqa: PLC0415

    return Example(*(line(f"sheet.example.{name}", year=year) for name in _EXAMPLE))


def handover_example(year: int) -> list[str]:
    """The row of the empty list of hand-overs."""
    names = ("giver", "department", "taker", "department", "day")
    return [line(f"handovers.{name}", year=year) for name in names]


def roster_example() -> list[str]:
    """The row of the empty list of people."""
    return [line(f"roster.{name}") for name in ("name", "rank", "team", "department", "bureau", "role")]


def _environment(folder: str) -> Any:
    from reports.texts import templates  # noqa: PLC0415 - most commands read no document

    code = folder.partition("/")[0]
    env, told = templates.environment(code), grammar.of(code)
    env.filters |= {
        "quoted": told.quoted,
        "won": won,
        "reason": reason,
        "full_day": lambda day: told.full_day(date.fromisoformat(day)),
        "weekday": lambda day: told.weekday(date.fromisoformat(day)),
        "month": lambda day: told.year_month(date.fromisoformat(day)),
    }
    env.globals["worded"] = line
    return env


TEXTS: Final = Spoken("bot", within="plans", environment=_environment)


def won(value: int) -> str:
    """An amount in the unit in which plans write it: millions where even, else thousands, else won."""
    for unit, name in ((_MILLION, "million"), (_THOUSAND, "thousand")):
        if value % (unit // 10) == 0 and value >= unit:
            return line(f"words.money.{name}", amount=figure(Decimal(value) / unit))
    return line("words.money.won", amount=f"{value:,}")
