"""How findings are worded: short helpers that all checks share (문구)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from plans.draft import Finding, Severity, TaskDraft
from plans.spelling import without_brackets

LONGEST_NAME: Final = 40


def finding(line: int | None, code: str, message: str, severity: Severity = "check") -> Finding:
    """A finding; the message ends as a request to the planning officer where something must be looked at."""
    tail = " 확인하여 주시기 바랍니다." if severity == "check" else ""
    return Finding(line=line, code=code, severity=severity, message=message + tail)


def quote(text: str) -> str:
    """A name in quotes, cut where long."""
    return f"'{text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + '…'}'"


def name_of(task: TaskDraft) -> str:
    """'1-1-① 하늘길 걷기' for a message."""
    title = task.title if len(task.title) <= LONGEST_NAME else task.title[: LONGEST_NAME - 1] + "…"
    return f"'{task.no} {title}'" if task.no else f"'{title}'"


_DIGIT_BATCHIM: Final = "013678"  # 영 일 삼 육 칠 팔 end in a consonant
_PAIRS: Final[dict[str, tuple[str, str]]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}


def with_particle(shown: str, particle: str) -> str:
    """`shown` with the particle that its last letter asks for: with_particle("'백서'", "은") is "'백서'는"."""
    letters = [c for c in without_brackets(shown) if "가" <= c <= "힣" or c.isdigit()]
    last = letters[-1] if letters else "가"
    final = (ord(last) - 0xAC00) % 28 if last >= "가" else int(last in _DIGIT_BATCHIM)
    closed, open_ = _PAIRS[particle]
    is_closed = final not in (0, 8) if particle == "으로" else final != 0
    return shown + (closed if is_closed else open_)


def figure(value: Decimal | int | float) -> str:
    """1234.50 -> 1,234.5."""
    number = Decimal(str(value)).normalize()
    return f"{number:,f}"


def krw(value: int) -> str:
    """Won in the unit in which plans write it: 백만원 where even, else 천원, else 원."""
    for unit, name in ((1_000_000, "백만원"), (1_000, "천원")):
        if value % (unit // 10 or 1) == 0 and value >= unit:
            return f"{figure(Decimal(value) / unit)}{name}"
    return f"{value:,}원"
