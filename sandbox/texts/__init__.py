"""What the sandbox says to people, by key; what bots are told is Telegram's own English and stands where it is told.

`ko/lines.toml` has the answers of the control API, `ko/index.html` and `ko/page.js` what the page shows.
"""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGE = "ko"
FOLDER = Path(__file__).parent / LANGUAGE


@cache
def _lines() -> dict[str, str]:
    return tomllib.loads((FOLDER / "lines.toml").read_text(encoding="utf-8"))


def line(key: str, /, **facts: object) -> str:
    """The text with its facts in its {braces}. Raises KeyError for a text or a fact that is not there."""
    return _lines()[key].format(**facts)
