"""Who stands in for somebody absent, as a sentence names the person (대직자)."""

from __future__ import annotations

from typing import Final

from plans.time.lazy import pattern

_NAME: Final = (
    r"(?P<{0}>[가-힣]{{2,4}}?)(?:\s*(?:주무관|실무관|서기관|사무관|팀장|과장|계장|국장|주사|서기))?(?:님)?"
)
_PATTERNS: Final = (
    pattern(r"@(?P<name>[가-힣]{2,10}|[A-Za-z][A-Za-z ]*)"),
    pattern(r"대직(?:자)?(?:는|은|이|:|：)?\s*" + _NAME.format("name") + r"(?=$|[\s.,!이가은는을께입])"),
    pattern(_NAME.format("name") + r"(?:이|가|께서)?\s*(?:대신|대직|대리)"),
)


def substitute_in(text: str) -> str | None:
    """The name alone; None where nobody is named."""
    found = next((found for one in _PATTERNS if (found := one.search(text))), None)
    return found["name"].strip() if found else None
