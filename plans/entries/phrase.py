"""What one entry of a line is: an action and its time, and the small readings that all forms share (문구)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from plans.facts import Reason
from plans.fields.labels import is_attribute
from plans.text.spelling import CIRCLED, one_line
from plans.time.timeline import Code, Context, Reading, parse_prefix

ORDINAL: Final = re.compile(rf"^(?:[{CIRCLED}]|\d{{1,2}}\)|[가-하][.)]|[ㄱ-ㅎ][.)])\s*")


@dataclass(frozen=True)
class Clause:
    """What happens and when; an empty `title` means the line above says what."""

    title: str
    expr: str
    reading: Reading
    is_bracketed: bool = False


@dataclass(frozen=True)
class Unreadable:
    """An entry whose time cannot be said, for a finding."""

    title: str
    expr: str
    reason: Reason
    code: Code = "unreadable-time"


def clean_title(text: str) -> str:
    """An action without ordinals, trailing colons, separators and remarks behind ※."""
    text = ORDINAL.sub("", text.strip())
    text = re.split(r"\s[※*]\s?", text)[0]
    return one_line(text).strip(" :：,·ㆍ→⇒⇨➡➔▶/-~")


def whole(text: str | None, context: Context) -> Reading | None:
    """The time that a text is from end to end, or None; one that cannot be said has `trouble`."""
    found = parse_prefix(text or "", context)
    return found if isinstance(found, Reading) and not found.has_tail else None


_FIGURE: Final = re.compile(r"[\d,.\s%]+(?:[가-힣]{0,3}|개\s?[가-힣]{1,4})(?:\s*\([^()]*\))?")


def is_figure(text: str) -> bool:
    """Whether what stands where an action should is only a count (9개소, 6개 과정)."""
    return _FIGURE.fullmatch(one_line(text)) is not None


def is_year_only(found: Reading) -> bool:
    """Whether a time is no more exact than a year."""
    return bool(found.windows) and all(window.precision == "year" for window in found.windows)


def is_described(body: str) -> bool:
    """Whether the line is "LABEL : value" of a thing."""
    left = re.match(r"^([^:：]{1,20})[:：]", body)
    return left is not None and is_attribute(left[1])
